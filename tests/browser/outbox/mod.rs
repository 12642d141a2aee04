//! The tablet's outbox against everything that goes wrong at a venue, in a real browser with a real
//! disk, on a real server behind a bad network.

mod clock;
mod evening;
mod faults;
mod many;
mod memory;
mod poison;
mod restored;
mod tabs;
mod webkit;
