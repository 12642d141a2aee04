//! Every promise of the store, proved on both databases. Each story is written once.

#![expect(clippy::unwrap_used, reason = "a test that finds something wrong fails at once")]

mod aggregates;
mod alerts;
mod audit;
mod changes;
mod comments;
mod courses;
mod decisions;
mod doubt;
mod health;
mod imports;
mod installation;
mod landed;
mod long_work;
mod migrations;
mod moving;
mod proof;
mod replays;
mod retention;
mod schema;
mod scope;
mod staff;
mod tallies;
mod writer;
