//! The rows that bring responses: the columns of each table once, as the fields of a struct. Every
//! statement that writes a whole row, or reads it back, is made from them, on both databases.
//!
//! - `response`, `comment`, `flag`, `conflict`: what stands in the tables of these names;
//! - `tally`: what the two tables of tallies have in common, and what a cell looks like in them;
//! - `seq_block`: the numbers that a pairing gave;
//! - `table`, `row`: what a table and a row of one are.
//!
//! What does not belong here: statements, and rows that are written in one place and by one statement.

mod comment;
mod conflict;
mod flag;
mod judgement;
mod response;
mod row;
mod seq_block;
mod table;
mod tally;

pub use self::table::Table;
pub(crate) use self::{
    comment::CommentRow,
    conflict::ConflictRow,
    flag::FlagRow,
    judgement::JudgementRow,
    response::ResponseRow,
    row::{Bind, BindArrays, Row, Value},
    seq_block::SeqBlockRow,
    tally::CellRow,
};

/// Responses.
pub const RESPONSES: Table = Table::new("responses", ResponseRow::COLUMNS);
/// Comments of responses.
pub const COMMENTS: Table = Table::new("comments", CommentRow::COLUMNS);
/// What responses are doubted for.
pub const FLAGS: Table = Table::new("flags", FlagRow::COLUMNS);
/// Responses that came under a taken id.
pub const CONFLICTS: Table = Table::new("conflicts", ConflictRow::COLUMNS);
/// The numbers that pairings gave.
pub const SEQ_BLOCKS: Table = Table::new("pairing_seq", SeqBlockRow::COLUMNS);
/// The days of tablets and codes that are to be judged.
pub const JUDGEMENTS: Table = Table::new("judgements", JudgementRow::COLUMNS);
/// Tallies by subject and local day.
pub const DAY_TALLIES: Table = Table { name: "tallies", owner: &["subject", "local_day"], own: CellRow::COLUMNS };
/// Tallies by venue or production and month.
pub const MONTH_TALLIES: Table = Table { name: "period_tallies", owner: &["whose", "month"], own: CellRow::COLUMNS };

/// Every table that responses are added to.
pub const ALL: [Table; 8] = [RESPONSES, COMMENTS, FLAGS, CONFLICTS, SEQ_BLOCKS, JUDGEMENTS, DAY_TALLIES, MONTH_TALLIES];
