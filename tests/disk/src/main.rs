//! A disk that can be pulled out: a file system in memory that forgets what was not synced, and has
//! every trouble that real disks have when it is told to. A program of its own, so that a test which
//! fails, or is killed, leaves nothing mounted: the disk goes when nobody speaks to it any more.
//!
//! - [`image`]: what is durable, and what a power cut leaves of the rest;
//! - `folder`: the same as a folder that programs can use, through the kernel's FUSE;
//! - `state`: what is on it, and what is wrong with it;
//! - here: `disk FOLDER CONTENT SEED` makes FOLDER a disk that holds the files in CONTENT, says `ready` or
//!   `cannot: ...`, and then does what it is told, line by line, answering each with `done`:
//!
//!       none | syncs-fail | syncs-hang | read-only | full     how the disk is from now on
//!       await-hanging                                         answered when somebody waits for a sync
//!       let-go                                                ends the syncs that hang, with an error
//!       cut UNSYNCED FOLDER                                   cuts the power, and writes what is left

#[cfg(target_os = "linux")]
mod folder;
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "there is no FUSE to use it"))]
mod image;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod state;

#[cfg(target_os = "linux")]
fn main() -> std::io::Result<()> {
    machine::run()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("cannot: only Linux has such a disk");
}
