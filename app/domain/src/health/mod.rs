//! How a kiosk is, from what it told and what arrived: the same judgement for the page that staff
//! read and for the alerts that are sent.
//!
//! - [`sequence_gaps`]: which response numbers have never been seen;
//! - [`monitoring_hours`]: when a tablet is expected to be in touch;
//! - [`version`]: how old the tablet's program is;
//! - [`concern`]: what may be wrong, and how much it matters; [`checks`]: those that tell staff a tablet needs attention;
//! - [`alert`]: which messages are sent to people who are away, and when.
//!
//! That a tablet's storage was cleared is certain only where its token stood elsewhere, in the address that
//! it opens: then its response numbers begin again under the same token. A tablet that was paired by words
//! loses the token together with the rest and looks like a new one. So where a tablet that was in touch until
//! lately is replaced, it may be another device or the same one that was reset, and staff are asked which.
//!
//! What does not belong here: reading what the store knows, words for people, sending anything.

pub mod alert;
pub mod checks;
pub mod concern;
pub mod monitoring_hours;
pub mod sequence_gaps;
pub mod version;

use self::{
    concern::{Concern, Weight},
    sequence_gaps::Run,
};
use super::{
    heartbeat::Heartbeat,
    time::{DAY, MINUTE, Millis},
};

/// A tablet gives a sign of life every minute; three that failed are more than a hiccup.
const LATE: Millis = 3 * MINUTE;

/// What the server knows of a kiosk's tablet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// when it was paired; `None` where the kiosk has no tablet
    pub paired_at: Option<Millis>,
    /// when its last sign of life came
    pub last_contact: Option<Millis>,
    /// what that said
    pub beat: Option<Heartbeat>,
    /// when it told fewer responses than before: its storage had been cleared
    pub cleared_at: Option<Millis>,
    /// numbers it has given to responses, as far as it has told, that the server has never seen
    pub missing: Vec<Run>,
    /// how many responses of earlier tablets of this kiosk have not come
    pub left_behind: u64,
    /// the last sign of life of the tablet whose place it took, where one was paired until then
    pub before: Option<Millis>,
    /// how many responses came of which the server had another content already
    pub conflicts: u64,
}

impl Report {
    /// For how long nothing has been heard of the tablet although a server listened, in milliseconds.
    /// `None` where the kiosk has no tablet.
    #[must_use]
    pub fn unheard(&self, context: HealthContext<'_>) -> Option<Millis> {
        let heard = self.last_contact.or(self.paired_at).filter(|_| self.paired_at.is_some())?;
        Some(context.now - heard.max(context.listening_since))
    }
}

/// What a report is judged against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HealthContext<'a> {
    /// milliseconds UTC
    pub now: Millis,
    /// whether the tablet is expected to be in touch now
    pub is_monitored: bool,
    /// when it will be the next time
    pub next_monitored: Option<Millis>,
    /// since when a server has listened to tablets without a pause: what nobody could hear is no silence
    pub listening_since: Millis,
    /// without a sign of life for this long it counts as silent, in milliseconds
    pub silent_after: Millis,
    /// the version of the server
    pub version: &'a str,
}

/// Whether a tablet is in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// the kiosk has no tablet
    Unpaired,
    /// it was paired and has never been heard of
    Never,
    /// it is in touch
    Fine,
    /// some signs of life have not come
    Late,
    /// it is not in touch
    Silent,
}

impl Contact {
    /// Judges a report.
    #[must_use]
    pub fn of(report: &Report, context: HealthContext<'_>) -> Self {
        match (report.unheard(context), report.last_contact.map(|last| context.now - last)) {
            (None, _) => Self::Unpaired,
            (Some(_), None) => Self::Never,
            (Some(_), Some(silence)) if silence < LATE => Self::Fine,
            // A server that has just come back gives everybody the time to be heard.
            (Some(unheard), Some(silence)) if silence < context.silent_after || unheard < LATE => Self::Late,
            (Some(_), Some(_)) => Self::Silent,
        }
    }
}

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

/// What a tablet told before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// its last sign of life
    pub beat: Option<&'a Heartbeat>,
    /// the highest number it ever told
    pub highest: u64,
    /// when it was last noticed that its storage had been cleared
    pub cleared_at: Option<Millis>,
}

impl Told<'_> {
    /// When it was last noticed that the storage had been cleared, after one more sign of life. That
    /// one shows it by a number that is lower than the tablet once told, and lower than the last time.
    /// Two tablets that share a token look the same, and would again and again: so once a day is
    /// enough.
    #[must_use]
    pub fn cleared_at(&self, beat: &Heartbeat, now: Millis) -> Option<Millis> {
        let is_known = |beat: &Heartbeat| beat.failure.is_none();
        let was_low_already = self.beat.is_some_and(|before| is_known(before) && before.seq <= beat.seq);
        let is_news = self.cleared_at.is_none_or(|at| now - at >= DAY);
        let is_cleared = is_known(beat) && beat.seq < self.highest && !was_low_already && is_news;
        if is_cleared { Some(now) } else { self.cleared_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, SECOND};

    fn beat(seq: u64) -> Heartbeat {
        Heartbeat { seq, ..Heartbeat::default() }
    }

    #[test]
    fn contact_is_lost_by_and_by() {
        let report = |last_contact| Report { paired_at: Some(0), last_contact, ..Report::default() };
        let context = |now| HealthContext { now, silent_after: 15 * MINUTE, ..HealthContext::default() };
        let at = |now| Contact::of(&report(Some(0)), context(now));
        assert_eq!(at(LATE - 1), Contact::Fine);
        assert_eq!(at(LATE), Contact::Late);
        assert_eq!(at(15 * MINUTE - SECOND), Contact::Late);
        assert_eq!(at(15 * MINUTE), Contact::Silent);
        assert_eq!(Contact::of(&report(None), context(0)), Contact::Never);
        assert_eq!(Contact::of(&Report::default(), context(0)), Contact::Unpaired);
    }

    #[test]
    fn a_server_that_was_away_gives_everybody_time() {
        let report = Report { paired_at: Some(0), last_contact: Some(HOUR), ..Report::default() };
        let listening_since = 9 * HOUR;
        let at = |now| {
            Contact::of(
                &report,
                HealthContext { now, listening_since, silent_after: 15 * MINUTE, ..HealthContext::default() },
            )
        };
        assert_eq!(at(listening_since), Contact::Late, "the server has only just come back itself");
        assert_eq!(at(listening_since + LATE - 1), Contact::Late);
        assert_eq!(at(listening_since + LATE), Contact::Silent, "since long before");
    }

    fn is_cleared(before: Option<&Heartbeat>, highest: u64, beat: &Heartbeat) -> bool {
        Told { beat: before, highest, cleared_at: None }.cleared_at(beat, 1).is_some()
    }

    #[test]
    fn a_number_that_falls_is_a_cleared_storage_once() {
        assert!(!is_cleared(None, 0, &beat(0)), "a new tablet");
        assert!(!is_cleared(Some(&beat(17)), 17, &beat(17)));
        assert!(!is_cleared(Some(&beat(17)), 17, &beat(20)));
        assert!(is_cleared(Some(&beat(17)), 17, &beat(0)));
        assert!(!is_cleared(Some(&beat(0)), 17, &beat(0)), "told already");
        assert!(!is_cleared(Some(&beat(0)), 17, &beat(18)), "it goes on after the highest number");
    }

    #[test]
    fn two_tablets_with_one_token_are_noticed_once_a_day() {
        let told = Told { beat: Some(&beat(17)), highest: 17, cleared_at: Some(5) };
        assert_eq!(told.cleared_at(&beat(0), 5 + DAY - 1), Some(5));
        assert_eq!(told.cleared_at(&beat(0), 5 + DAY), Some(5 + DAY));
    }

    #[test]
    fn a_tablet_that_cannot_read_its_memory_says_nothing_about_numbers() {
        let failing = Heartbeat { failure: Some("closed".into()), ..beat(0) };
        assert!(!is_cleared(Some(&beat(17)), 17, &failing));
        assert!(!is_cleared(Some(&failing), 17, &beat(17)));
        assert!(is_cleared(Some(&failing), 17, &beat(0)), "and then it turned out to be empty");
    }
}
