//! Every promise of the store, proved on both databases. Each story is written once.

mod aggregates;
mod changes;
mod comments;
mod migrations;
mod proof;
mod replays;
mod staff;
mod tallies;
mod writer;
