//! The tablet's outbox against everything that goes wrong in a foyer, in a real browser with a real
//! disk, on a real server behind a bad network.

mod clock;
mod evening;
mod many;
mod memory;
mod moods;
mod poison;
mod restored;
mod tabs;
mod webkit;
