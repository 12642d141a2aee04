//! What staff pages are made of, so that a page is its data and their order.
//!
//! - [`layout`]: sidebar, navigation and head of a page; [`auth_layout`]: the sheet before the log-in; [`brand`];
//! - [`field`]: a field of a form with its help and what is wrong;
//! - [`empty`]: what stands where there is nothing yet;
//! - [`chart`]: charts drawn by us; [`as_table`]: their numbers.
//!
//! A part knows no page and no kind of data. What belongs to one page stays with it.

pub mod as_table;
pub mod auth_layout;
pub mod brand;
pub mod chart;
pub mod empty;
pub mod field;
pub mod layout;
