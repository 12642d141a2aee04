//! When somebody who is not there is told: once when something begins, once when a silent tablet is
//! back, and nothing in quiet hours that has mended itself by the morning.

use super::{HealthContext, Report, checks::REMEMBERED};
use crate::time::Millis;

/// What people are told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// a tablet is silent while there is an audience
    Silent,
    /// a tablet's storage was cleared
    Cleared,
    /// the server has refused responses of a tablet for good
    Rejected,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Silent, Self::Cleared, Self::Rejected];

    /// The word in the store and in a webhook.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Cleared => "cleared",
            Self::Rejected => "rejected",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Something that began at an instant and that people are told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// what
    pub kind: Kind,
    /// since when: the last sign of life, or when it was noticed
    pub began_at: Millis,
    /// until when; `None`: it is so now
    pub ended_at: Option<Millis>,
    /// when people were told that it began
    pub told_at: Option<Millis>,
    /// when people were told that it ended
    pub end_told_at: Option<Millis>,
}

/// What has to be done about one kind of alert of one kiosk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// what is to be kept, where it differs from what was known
    pub keep: Option<Alert>,
    /// people are told that it began
    pub tell: bool,
    /// people are told that it ended
    pub tell_end: bool,
}

/// What has to be done now. `known` is the newest alert of this kind for this kiosk; `quiet` says
/// whether people want to be left alone now.
#[must_use]
pub fn step(kind: Kind, report: &Report, context: HealthContext<'_>, known: Option<Alert>, quiet: bool) -> Step {
    let known = known.map(|alert| ended(alert, report, context.now));
    let before = known;
    let mut alert = match (known.map(|(alert, _)| alert), begins(kind, report, context)) {
        (Some(alert), _) if alert.ended_at.is_none() => alert,
        (Some(alert), Some(began_at)) if began_at <= alert.began_at => alert,
        (_, Some(began_at)) => {
            // A storage is cleared in a moment.
            let ended_at = (kind == Kind::Cleared).then_some(began_at);
            Alert { kind, began_at, ended_at, told_at: None, end_told_at: None }
        }
        (Some(alert), None) => alert,
        (None, None) => return Step::default(),
    };
    let mut step = Step::default();
    let holds = alert.ended_at.is_none() || kind == Kind::Cleared;
    if !quiet && holds && alert.told_at.is_none() {
        alert.told_at = Some(context.now);
        step.tell = true;
    }
    let is_back = kind == Kind::Silent && alert.ended_at.is_some() && report.paired_at.is_some();
    if !quiet && is_back && alert.told_at.is_some() && alert.end_told_at.is_none() {
        alert.end_told_at = Some(context.now);
        step.tell_end = true;
    }
    let unchanged = before.is_some_and(|(before, changed)| !changed && before == alert);
    step.keep = (!unchanged).then_some(alert);
    step
}

/// The alert as it stands now, and whether that is news.
fn ended(alert: Alert, report: &Report, now: Millis) -> (Alert, bool) {
    if alert.ended_at.is_some() {
        return (alert, false);
    }
    let ended_at = match alert.kind {
        Kind::Silent => match report.paired_at {
            // Nobody waits for a tablet that was taken away.
            None => Some(now),
            Some(paired_at) => report.last_contact.filter(|last| *last > alert.began_at && *last >= paired_at),
        },
        Kind::Cleared => Some(alert.began_at),
        Kind::Rejected => match &report.beat {
            Some(beat) if beat.rejected > 0 || beat.failure.is_some() => None,
            _ => Some(report.last_contact.unwrap_or(now)),
        },
    };
    (Alert { ended_at, ..alert }, ended_at.is_some())
}

/// Since when it is so, where it is.
fn begins(kind: Kind, report: &Report, context: HealthContext<'_>) -> Option<Millis> {
    let paired_at = report.paired_at?;
    match kind {
        Kind::Silent => {
            let is_silent = report.unheard(context)? >= context.silent_after;
            (is_silent && context.is_monitored).then_some(report.last_contact.unwrap_or(paired_at))
        }
        Kind::Cleared => report.cleared_at.filter(|at| context.now - at <= REMEMBERED),
        Kind::Rejected => {
            let beat = report.beat.as_ref()?;
            (beat.rejected > 0 && beat.failure.is_none()).then_some(report.last_contact?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        heartbeat::Heartbeat,
        time::{DAY, HOUR, MINUTE},
    };

    const NOW: Millis = 1_795_285_800_000;

    /// A kiosk whose tablet was last heard of at an instant, and a memory of what was told.
    struct Story {
        kind: Kind,
        report: Report,
        known: Option<Alert>,
        told: Vec<(&'static str, Millis)>,
        listening_since: Millis,
    }

    impl Story {
        fn of(kind: Kind) -> Self {
            let report = Report {
                paired_at: Some(NOW - DAY),
                last_contact: Some(NOW),
                beat: Some(Heartbeat::default()),
                ..Report::default()
            };
            Self { kind, report, known: None, told: Vec::new(), listening_since: 0 }
        }

        fn at(&mut self, now: Millis, is_monitored: bool, quiet: bool) {
            let listening_since = self.listening_since;
            let context = HealthContext {
                now,
                is_monitored,
                listening_since,
                silent_after: 15 * MINUTE,
                ..HealthContext::default()
            };
            let step = step(self.kind, &self.report, context, self.known, quiet);
            if step.keep.is_some() {
                self.known = step.keep;
            }
            if step.tell {
                self.told.push(("began", now - NOW));
            }
            if step.tell_end {
                self.told.push(("ended", now - NOW));
            }
        }

        /// Every minute from one instant to another, counted from the beginning.
        fn through(&mut self, from: Millis, until: Millis, is_monitored: bool, quiet: bool) {
            for minute in from / MINUTE..until / MINUTE {
                self.at(NOW + minute * MINUTE, is_monitored, quiet);
            }
        }
    }

    #[test]
    fn a_silence_is_told_once_and_so_is_its_end() {
        let mut story = Story::of(Kind::Silent);
        story.through(0, HOUR, true, false);
        assert_eq!(story.told, [("began", 15 * MINUTE)]);
        assert_eq!(story.known.unwrap().began_at, NOW);
        story.report.last_contact = Some(NOW + HOUR);
        story.through(HOUR, HOUR + 10 * MINUTE, true, false);
        assert_eq!(story.told[1..], [("ended", HOUR)]);
        story.through(HOUR + 10 * MINUTE, 2 * HOUR, true, false);
        assert_eq!(story.told[2..], [("began", HOUR + 15 * MINUTE)], "the next silence is another one");
    }

    #[test]
    fn a_tablet_that_is_switched_off_for_the_night_is_no_news() {
        let mut story = Story::of(Kind::Silent);
        story.through(0, 10 * HOUR, false, false);
        assert_eq!(story.told, []);
        story.at(NOW + 10 * HOUR, true, false);
        assert_eq!(story.told, [("began", 10 * HOUR)], "the audience is coming and it is still off");
    }

    #[test]
    fn what_mends_itself_in_quiet_hours_is_never_told() {
        let mut story = Story::of(Kind::Silent);
        story.through(0, HOUR, true, true);
        assert!(story.known.is_some() && story.told.is_empty());
        story.report.last_contact = Some(NOW + HOUR);
        story.through(HOUR, HOUR + 5 * MINUTE, true, true);
        story.through(HOUR + 5 * MINUTE, HOUR + 10 * MINUTE, true, false);
        assert_eq!(story.told, []);
    }

    #[test]
    fn what_still_holds_after_quiet_hours_is_told_then() {
        let mut story = Story::of(Kind::Silent);
        story.through(0, HOUR, true, true);
        story.through(HOUR, 9 * HOUR, false, true);
        story.at(NOW + 9 * HOUR, false, false);
        assert_eq!(story.told, [("began", 9 * HOUR)]);
        story.report.last_contact = Some(NOW + 10 * HOUR);
        story.at(NOW + 10 * HOUR, false, true);
        story.at(NOW + 11 * HOUR, false, false);
        assert_eq!(story.told[1..], [("ended", 11 * HOUR)], "an end in quiet hours waits as well");
    }

    #[test]
    fn a_tablet_that_never_came_is_silent_since_it_was_paired() {
        let mut story = Story::of(Kind::Silent);
        (story.report.last_contact, story.report.beat) = (None, None);
        story.at(NOW, true, false);
        assert_eq!(story.told, [("began", 0)]);
        assert_eq!(story.known.unwrap().began_at, NOW - DAY);
    }

    #[test]
    fn a_server_that_was_away_begins_to_wait_when_it_is_back() {
        let mut story = Story::of(Kind::Silent);
        story.listening_since = NOW + 10 * HOUR;
        story.through(10 * HOUR, 10 * HOUR + MINUTE, true, false);
        story.report.last_contact = Some(NOW + 10 * HOUR + MINUTE);
        story.through(10 * HOUR + MINUTE, 10 * HOUR + 10 * MINUTE, true, false);
        assert_eq!(story.told, [], "nor has a silence ended that there never was");
        story.listening_since = NOW + 20 * HOUR;
        story.through(20 * HOUR, 21 * HOUR, true, false);
        assert_eq!(story.told, [("began", 20 * HOUR + 15 * MINUTE)], "it is really gone");
        assert_eq!(story.known.unwrap().began_at, NOW + 10 * HOUR + MINUTE, "since its last sign of life");
        story.listening_since = NOW + 30 * HOUR;
        story.through(30 * HOUR, 31 * HOUR, true, false);
        assert_eq!(story.told.len(), 1, "what was told is not told again after the next pause");
    }

    #[test]
    fn a_tablet_that_was_taken_away_is_not_waited_for() {
        let mut story = Story::of(Kind::Silent);
        story.through(0, HOUR, true, false);
        story.report = Report::default();
        story.through(HOUR, 2 * HOUR, true, false);
        assert_eq!(story.told, [("began", 15 * MINUTE)]);
        assert!(story.known.unwrap().ended_at.is_some());
        let paired_at = Some(NOW + 2 * HOUR);
        story.report = Report { paired_at, last_contact: paired_at, ..Report::default() };
        story.at(NOW + 2 * HOUR, true, false);
        assert_eq!(story.known.unwrap().began_at, NOW, "the new one is in touch");
    }

    #[test]
    fn a_cleared_storage_is_told_once_and_after_quiet_hours() {
        let mut story = Story::of(Kind::Cleared);
        story.at(NOW, true, false);
        assert_eq!(story.known, None);
        story.report.cleared_at = Some(NOW + HOUR);
        story.through(HOUR, 2 * HOUR, true, true);
        assert_eq!(story.told, []);
        story.through(2 * HOUR, 3 * HOUR, true, false);
        assert_eq!(story.told, [("began", 2 * HOUR)]);
        story.report.cleared_at = Some(NOW + 4 * HOUR);
        story.through(4 * HOUR, 5 * HOUR, true, false);
        assert_eq!(story.told[1..], [("began", 4 * HOUR)]);
    }

    #[test]
    fn refused_responses_are_told_once_until_there_are_none() {
        let mut story = Story::of(Kind::Rejected);
        let refused = |rejected| Some(Heartbeat { rejected, ..Heartbeat::default() });
        for (hour, rejected) in [(1, 1), (2, 3), (3, 0), (4, 2)] {
            (story.report.beat, story.report.last_contact) = (refused(rejected), Some(NOW + hour * HOUR));
            story.through(hour * HOUR, hour * HOUR + 10 * MINUTE, false, false);
        }
        assert_eq!(story.told, [("began", HOUR), ("began", 4 * HOUR)], "nobody needs to hear that the list is empty");
    }

    #[test]
    fn nothing_is_written_where_nothing_changed() {
        let mut story = Story::of(Kind::Silent);
        story.through(0, HOUR, true, false);
        let context =
            HealthContext { now: NOW + HOUR, is_monitored: true, silent_after: MINUTE, ..HealthContext::default() };
        assert_eq!(step(Kind::Silent, &story.report, context, story.known, false), Step::default());
    }
}
