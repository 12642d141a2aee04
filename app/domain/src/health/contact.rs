//! Whether a tablet is in touch.

use super::report::{HealthContext, Report};
use crate::time::{MINUTE, Millis};

/// A tablet gives a sign of life every minute; three that failed are more than a hiccup.
pub(super) const LATE: Millis = 3 * MINUTE;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{HOUR, SECOND};

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
}
