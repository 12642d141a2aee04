//! iCalendar (RFC 5545): what Outlook, Google, Apple and ticketing systems export.
//!
//! `calcard` knows the names that Windows gives to zones, and what a rule of repetition means. Lines are read here, because
//! what is wrong must be told with its line; zones that the sender defines, because `calcard` passes them over; and the time
//! line is `jiff`'s, because a time that comes twice or never must be told as well.
//!
//! - [`lines`], [`components`]: from bytes to properties with their lines;
//! - [`values`]: dates, times and durations; [`zones`], [`observances`]: zones by name and by definition;
//! - [`rules`]: what repeats; [`times`]: when an event is; [`events`]: from components to events, [`series`]: those that repeat.

mod components;
pub mod events;
pub mod lines;
mod observances;
mod rules;
mod series;
mod times;
mod values;
pub mod zones;
