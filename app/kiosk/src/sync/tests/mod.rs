//! Sync with a clock in hand, a disk and a server as bad as a test wants them, and up to two tabs.

mod credentials;
mod outbox;
mod world;
