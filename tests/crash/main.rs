//! What is left when something breaks in the middle of an evening: every answer that the program has
//! confirmed, once.
//!
//! - `killed`: the program, by `kill -9` and by an administrator;
//! - `power`: the power, on a disk that forgets what was not synced;
//! - `unsynced`: the program and then the power;
//! - `trouble`: the disk itself: errors, no room, no writing;
//! - `restored`: the data, which then comes from a backup;
//! - `floods`: the program, which strangers keep busy beside an honest tablet;
//! - `many`: nothing but fifty tablets at once, and one with ten thousand answers;
//! - [`crowd`]: people who answer all the while; [`disk`]: the disk; [`aftermath`]: what is left of it all.

#![expect(clippy::expect_used, reason = "a test that finds something wrong fails at once")]

mod aftermath;
mod crowd;
mod disk;
mod floods;
mod killed;
mod many;
mod power;
mod restored;
mod trouble;
mod unsynced;
