//! Every statement that both databases understand, written once.
//!
//! sqlx ties a statement to its database by type, so this folder is compiled twice: `sqlite/mod.rs`
//! and `postgres/mod.rs` each hold one `mod sql` that points here, and nothing else in the crate is
//! included by path. Generic code would need a page of bounds on every `impl`, and macros would hide
//! the statements from editors; a module is read, searched and jumped to like any other.
//!
//! A database supplies, as names of its own module that are imported below:
//! - `Backend`, its store; `Db`, `Connection`, sqlx's types for it; `Transaction`, one that writes;
//! - `FOR_UPDATE`: what keeps a row that was read from other writers; `KIND_AND_VERSION`, which asks what it is;
//! - `Backend::{reader, begin, snapshot}`: where to read, a transaction that writes, one that sees one moment;
//! - `Backend::give_way`: the rest between two pieces of long work;
//! - `Backend::stop_others_with`: a lock beyond a row's;
//! - `Backend::{tell_within, tell_after}`: notices of changes, before and after the commit;
//! - `bulk`: what a group of responses asks in one statement, and adds in one.
//!
//! What belongs here: one file for each aggregate, with what the program itself does on `Backend` and
//! what staff do on `scope::Scoped`; and what several aggregates share
//! (`write_tx`, `write_deltas`, `response_rows`, `programme_rows`, `insert_row`). What does not: a statement that only one database understands, the
//! columns of a response (`crate::rows`), and rules that need no database (`crate::tally_deltas`).

mod alerts;
mod audit;
mod codes;
mod comments;
mod courses;
mod decisions;
mod doubt;
mod feeds;
mod health;
mod held_back;
mod import_files;
mod imports;
mod insert_row;
mod installation;
mod kiosk_commands;
mod kiosks;
mod logo;
mod mail_readers;
mod moving;
mod open_id;
mod organisation;
mod pairings;
mod people;
mod placing;
mod programme;
mod programme_rows;
mod programme_writes;
mod recount;
mod recovery;
mod replacements;
mod response_rows;
mod responses;
mod scope;
mod second_step;
mod staff;
mod surveys;
mod tallies;
mod users;
mod write_deltas;
mod write_tx;

use super::{Backend, Connection, Db, FOR_UPDATE, KIND_AND_VERSION, Transaction, bulk};
