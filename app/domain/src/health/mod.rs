//! How a kiosk is, from what it told and what arrived: the same judgement for the page that staff
//! read and for the alerts that are sent.
//!
//! - [`Report`]: what the server knows of a tablet; [`HealthContext`]: what it is judged against;
//! - [`Contact`]: whether the tablet is in touch;
//! - [`Told`]: whether its storage was cleared, from what it told before;
//! - [`sequence_gaps`]: which response numbers have never been seen;
//! - [`monitoring_hours`]: when a tablet is expected to be in touch;
//! - [`version`]: how old the tablet's program is;
//! - [`concern`]: what may be wrong, and how much it matters; [`checks`]: those that tell staff a tablet needs attention;
//! - [`alert`]: which messages are sent to people who are away, and when.
//!
//! That a tablet's storage was cleared is certain only where its token stood elsewhere, as a program's does: then its
//! response numbers begin again under the same token. A tablet loses the token together with the rest and looks like a
//! new one, and where it opens its printed address again, like another one. So where a tablet that was in touch until
//! lately is replaced, it may be another device or the same one that was reset, and staff are asked which.
//!
//! What does not belong here: reading what the store knows, words for people, sending anything.

pub mod alert;
pub mod checks;
mod cleared_storage;
pub mod concern;
mod contact;
pub mod monitoring_hours;
mod report;
pub mod sequence_gaps;
pub mod version;

use self::concern::{Concern, Weight};
pub use self::{
    cleared_storage::Told,
    contact::Contact,
    report::{HealthContext, Report},
};

/// How a kiosk is.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// whether its tablet is in touch
    pub contact: Contact,
    /// what may be wrong, the worst first
    pub concerns: Vec<Concern>,
}

impl Health {
    /// Judges a report.
    #[must_use]
    pub fn of(report: &Report, context: HealthContext<'_>) -> Self {
        let contact = Contact::of(report, context);
        let mut concerns = checks::all(report, contact, context);
        // Stable: among equals the order in which they are found.
        concerns.sort_by_key(|concern| std::cmp::Reverse(concern.weight()));
        Self { contact, concerns }
    }

    /// How much the worst of it matters.
    #[must_use]
    pub fn weight(&self) -> Weight {
        self.concerns.first().map_or(Weight::Fine, Concern::weight)
    }
}
