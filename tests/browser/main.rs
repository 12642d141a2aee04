//! What people see and do, in real browsers on a real server. A file is a story.

mod accessibility;
mod kiosk_languages_and_idle;
mod kiosk_outbox;
mod kiosk_to_staff;
mod phone_without_javascript;
mod qr;
mod screens;
mod staff_without_javascript;
mod steps;
