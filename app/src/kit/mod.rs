//! What staff pages are made of, so that a page is its data and their order.
//!
//! - [`layout`]: sidebar, navigation and head of a page; [`auth_layout`]: the sheet before the log-in; [`brand`] and [`logo`];
//! - [`section`]: a part of a page; [`action`]: buttons, and links that look like them;
//! - [`form`]: what stands around fields; [`field`]: one of them, with its help and what is wrong;
//! - [`confirm`]: the question before something happens; [`toast`]: what has just happened; [`notice`]: both, and what
//!   does not work;
//! - [`table`]: sorted and turned over by links; [`filter_bar`]: filters; both live in an [`address`];
//! - [`dated_list`], [`named_list`], [`status_list`], [`log`]: things by date, by name, by how they are, and what
//!   happened; [`facts`]: what is known of one;
//! - [`empty`]: what stands where there is nothing yet;
//! - [`chart`]: charts drawn by us; [`as_table`]: their numbers.
//!
//! A part knows no page and no kind of data. What belongs to one page stays with it.

pub mod action;
pub mod address;
pub mod as_table;
pub mod auth_layout;
pub mod brand;
pub mod chart;
pub mod confirm;
pub mod dated_list;
pub mod empty;
pub mod facts;
pub mod field;
pub mod filter_bar;
pub mod form;
pub mod layout;
pub mod log;
pub mod logo;
pub mod named_list;
pub mod notice;
pub mod section;
pub mod status_list;
pub mod table;
pub mod toast;
