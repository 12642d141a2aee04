//! What people see and do, in real browsers on a real server. A file is a story.

#![expect(clippy::expect_used, reason = "a test that finds something wrong fails at once")]

mod accessibility;
mod album;
mod builds;
mod first_evening;
mod forced_colours;
mod kiosk_altered;
mod kiosk_asleep;
mod kiosk_between_visitors;
mod kiosk_fingers;
mod kiosk_languages_and_idle;
mod kiosk_large_text;
mod kiosk_new_build;
mod kiosk_offline_start;
mod kiosk_outbox;
mod kiosk_remote;
mod kiosk_to_staff;
mod kiosk_too_old;
mod outbox;
mod pairing;
mod phone_without_javascript;
mod qr;
mod scale;
mod screens;
mod settings;
mod settings_without_javascript;
mod staff_corner;
mod staff_kiosks;
mod staff_kit;
mod staff_live;
mod staff_pages;
mod staff_stands_still;
mod staff_without_javascript;
mod stage;
mod steps;
mod watchers;
