//! Checks that tell staff a tablet needs attention.

use super::{
    concern::Concern,
    contact::{Contact, LATE},
    report::{HealthContext, Report},
    sequence_gaps,
    version::Age,
};
use crate::{
    heartbeat::{ALTERED, BROWSER_TOO_OLD, Heartbeat},
    time::{DAY, MINUTE, Millis},
};

/// An answer that waits for longer than this, while the tablet is in touch, waits for a reason.
const WAITS: Millis = 10 * MINUTE;
/// For so long a cleared storage, or an address that was opened again, is worth a look.
pub(super) const REMEMBERED: Millis = 7 * DAY;
/// A clock that is wrong by more than this is worth setting, though answers are placed right anyway.
const CLOCK: Millis = 2 * MINUTE;
/// A battery under this share, and not charging, will not last an evening.
const BATTERY: f64 = 0.2;
/// A storage that is fuller than this share will not hold a long time without a network.
const STORAGE: f64 = 0.8;

/// Everything that may be wrong.
pub(super) fn all(report: &Report, contact: Contact, context: HealthContext<'_>) -> Vec<Concern> {
    let mut concerns: Vec<Concern> = touch(report, contact, context).into_iter().collect();
    if report.left_behind > 0 {
        concerns.push(Concern::LeftBehind { count: report.left_behind });
    }
    if report.conflicts > 0 {
        concerns.push(Concern::Conflicts { count: report.conflicts });
    }
    if contact == Contact::Unpaired {
        return concerns;
    }
    concerns.extend(anew(report, context.now));
    concerns.extend(report.cleared_at.filter(|at| context.now - at <= REMEMBERED).map(|at| Concern::Cleared { at }));
    let reopened = report.reopened_at.filter(|at| context.now - at <= REMEMBERED);
    concerns.extend(reopened.map(|at| Concern::OpenedAgain { at }));
    if let (Some(beat), Some(last)) = (&report.beat, report.last_contact) {
        match &beat.failure {
            Some(says) => concerns.push(Concern::Failure { says: says.clone() }),
            None => concerns.extend(answers(report, beat, last, contact)),
        }
        concerns.extend(device(beat, last, context));
    }
    concerns
}

fn touch(report: &Report, contact: Contact, context: HealthContext<'_>) -> Option<Concern> {
    let is_monitored = context.is_monitored;
    match (contact, report.last_contact) {
        (Contact::Unpaired, _) => Some(Concern::Unpaired),
        (Contact::Silent, Some(since)) => {
            Some(Concern::Silent { since, is_monitored, next_monitored: context.next_monitored })
        }
        (Contact::Late, Some(since)) => Some(Concern::Late { since, is_monitored }),
        (Contact::Fine, _) => None,
        (Contact::Never | Contact::Silent | Contact::Late, _) => {
            // A tablet that has just been paired is about to give its first sign of life.
            let is_awaited = report.unheard(context).is_some_and(|unheard| unheard >= LATE);
            Some(Concern::Never { is_monitored: is_monitored && is_awaited })
        }
    }
}

/// Whether the tablet took the place of one that was in touch until lately. For a day it is asked
/// about: whoever has just put it up knows the answer.
fn anew(report: &Report, now: Millis) -> Option<Concern> {
    let (paired_at, before) = (report.paired_at?, report.before?);
    (now - paired_at < DAY && paired_at - before < DAY).then_some(Concern::ReplacedOrReset { before })
}

/// What became of the responses, as far as the tablet has told.
fn answers(report: &Report, beat: &Heartbeat, last: Millis, contact: Contact) -> Vec<Concern> {
    let mut concerns = Vec::new();
    // A number that is missing may still wait in the tablet, or stand in its rejected list. Some of
    // those may be of an earlier pairing: then this finds fewer lost than there are, never more.
    let gone = sequence_gaps::count(&report.missing).saturating_sub(beat.outbox.saturating_add(beat.rejected));
    if gone > 0 {
        concerns.push(Concern::Lost { count: gone, among: report.missing.clone() });
    }
    if beat.rejected > 0 {
        concerns.push(Concern::Rejected { count: beat.rejected });
    }
    if beat.outbox > 0 {
        let since = last.saturating_sub(beat.oldest().unwrap_or(0));
        if contact == Contact::Silent {
            concerns.push(Concern::Waiting { count: beat.outbox });
        } else if last.saturating_sub(since) >= WAITS {
            concerns.push(Concern::Stuck { count: beat.outbox, since });
        }
    }
    concerns
}

/// How the device is.
fn device(beat: &Heartbeat, last: Millis, context: HealthContext<'_>) -> Vec<Concern> {
    let mut concerns = Vec::new();
    match beat.unkept.as_deref() {
        Some(ALTERED) => concerns.push(Concern::Altered),
        Some(BROWSER_TOO_OLD) => concerns.push(Concern::BrowserTooOld),
        // What a later version says.
        Some(_) | None => {}
    }
    let version = beat.app_version.clone();
    match Age::of(&version, context.version) {
        Age::TooOld => concerns.push(Concern::TooOld { version }),
        Age::Behind => concerns.push(Concern::Behind { version }),
        Age::Current | Age::Unknown => {}
    }
    if let Some(level) = beat.battery.filter(|level| *level < BATTERY && beat.charging != Some(true)) {
        concerns.push(Concern::Battery { percent: percent(level) });
    }
    if let Some(full) = fullness(beat).filter(|full| *full > STORAGE) {
        concerns.push(Concern::Storage { percent: percent(full) });
    }
    match beat.persisted {
        Some(true) => {}
        Some(false) => concerns.push(Concern::NotPersisted),
        None => concerns.push(Concern::PersistenceUnknown),
    }
    let ahead = beat.device_now.saturating_sub(last);
    if ahead.saturating_abs() > CLOCK {
        concerns.push(Concern::Clock { ahead });
    }
    concerns
}

/// How full the storage is, from 0 to 1, where the browser tells.
#[must_use]
pub fn fullness(beat: &Heartbeat) -> Option<f64> {
    let storage = beat.storage?;
    (storage.quota > 0.0 && storage.usage >= 0.0).then(|| storage.usage / storage.quota)
}

/// A share in whole percent.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
pub fn percent(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        health::{Health, concern::Weight, sequence_gaps::Run},
        heartbeat::StorageEstimate,
        time::{HOUR, SECOND},
    };

    const NOW: Millis = 1_795_285_800_000;
    const VERSION: &str = "0.5.0";

    fn context(is_monitored: bool) -> HealthContext<'static> {
        HealthContext {
            now: NOW,
            is_monitored,
            silent_after: 15 * MINUTE,
            version: VERSION,
            ..HealthContext::default()
        }
    }

    /// A tablet with which everything is as it should be.
    fn well() -> Report {
        let beat = Heartbeat {
            device_now: NOW - 30 * SECOND,
            seq: 40,
            app_version: VERSION.into(),
            persisted: Some(true),
            storage: Some(StorageEstimate { usage: 1e6, quota: 1e9 }),
            battery: Some(0.9),
            charging: Some(false),
            ..Heartbeat::default()
        };
        Report { paired_at: Some(0), last_contact: Some(NOW - 30 * SECOND), beat: Some(beat), ..Report::default() }
    }

    fn with(change: impl FnOnce(&mut Report, &mut Heartbeat)) -> Health {
        let mut report = well();
        let mut beat = report.beat.take().unwrap();
        change(&mut report, &mut beat);
        report.beat = Some(beat);
        Health::of(&report, context(true))
    }

    fn run(first: u64, last: u64) -> Run {
        Run { first, last }
    }

    #[test]
    fn where_everything_is_well_nothing_is_said() {
        let health = Health::of(&well(), context(true));
        assert_eq!((health.weight(), health.concerns), (Weight::Fine, vec![]));
    }

    #[test]
    fn silence_matters_while_there_is_an_audience() {
        let silent = Report { last_contact: Some(NOW - HOUR), ..well() };
        assert_eq!(Health::of(&silent, context(true)).weight(), Weight::Urgent);
        assert_eq!(Health::of(&silent, context(false)).weight(), Weight::Note);
        let never = Report { paired_at: Some(0), ..Report::default() };
        assert_eq!(Health::of(&never, context(true)).concerns, [Concern::Never { is_monitored: true }]);
        assert_eq!(Health::of(&never, context(false)).weight(), Weight::Note);
        let just_paired = Report { paired_at: Some(NOW - 2 * MINUTE), ..Report::default() };
        assert_eq!(Health::of(&just_paired, context(true)).weight(), Weight::Note);
        let late = Report { last_contact: Some(NOW - 5 * MINUTE), ..well() };
        assert_eq!(Health::of(&late, context(true)).weight(), Weight::Look);
        assert_eq!(Health::of(&Report::default(), context(true)).concerns, [Concern::Unpaired]);
    }

    #[test]
    fn what_a_replaced_tablet_still_holds_is_not_forgotten() {
        let replaced = Report { left_behind: 3, ..well() };
        assert_eq!(Health::of(&replaced, context(true)).concerns, [Concern::LeftBehind { count: 3 }]);
        let gone = Report { left_behind: 3, ..Report::default() };
        assert_eq!(Health::of(&gone, context(true)).weight(), Weight::Look);
    }

    #[test]
    fn who_takes_the_place_of_a_living_tablet_is_asked_about_for_a_day() {
        let replaced = |paired_at, before| {
            Health::of(&Report { paired_at: Some(paired_at), before: Some(before), ..well() }, context(true)).concerns
        };
        let before = NOW - HOUR;
        assert_eq!(replaced(NOW - MINUTE, before), [Concern::ReplacedOrReset { before }]);
        assert_eq!(replaced(NOW - MINUTE, NOW - MINUTE - DAY), [], "that one had been gone for long");
        assert_eq!(replaced(NOW - DAY, NOW - DAY - HOUR), [], "somebody knew, yesterday");
    }

    #[test]
    fn a_gap_that_still_waits_in_the_tablet_is_no_loss() {
        let missing = vec![run(12, 13), run(40, 40)];
        let health = with(|report, beat| {
            report.missing.clone_from(&missing);
            (beat.outbox, beat.rejected) = (2, 1);
        });
        assert_eq!(health.concerns, [Concern::Rejected { count: 1 }], "three missing, three accounted for");
        let health = with(|report, beat| {
            report.missing.clone_from(&missing);
            beat.outbox = 2;
        });
        assert_eq!(health.concerns, [Concern::Lost { count: 1, among: missing }]);
        assert_eq!(health.weight(), Weight::Urgent);
    }

    #[test]
    fn what_the_server_has_otherwise_is_good_to_know() {
        let health = with(|report, _| report.conflicts = 2);
        assert_eq!((health.weight(), &health.concerns[..]), (Weight::Note, &[Concern::Conflicts { count: 2 }][..]));
    }

    #[test]
    fn a_memory_that_fails_makes_every_number_worthless() {
        let health = with(|report, beat| {
            report.missing = vec![run(1, 40)];
            beat.failure = Some("quota".into());
        });
        assert_eq!(health.concerns, [Concern::Failure { says: "quota".into() }]);
    }

    #[test]
    fn answers_that_wait_are_counted_by_why() {
        let minute = with(|_, beat| (beat.outbox, beat.oldest_ms) = (3, Some(MINUTE)));
        assert_eq!(minute.concerns, [], "on their way");
        let long = with(|_, beat| (beat.outbox, beat.oldest_ms) = (3, Some(HOUR)));
        assert_eq!(long.concerns, [Concern::Stuck { count: 3, since: NOW - 30 * SECOND - HOUR }]);
        let asleep = with(|_, beat| (beat.outbox, beat.oldest_ms) = (3, Some(NOW)));
        assert_eq!(asleep.concerns, [], "nothing has waited since 1970");
        let silent = with(|report, beat| {
            report.last_contact = Some(NOW - HOUR);
            beat.device_now = NOW - HOUR;
            beat.outbox = 3;
        });
        assert_eq!(silent.concerns[1..], [Concern::Waiting { count: 3 }]);
    }

    #[test]
    fn a_cleared_storage_is_told_for_a_week() {
        let at = NOW - 7 * DAY;
        assert_eq!(with(|report, _| report.cleared_at = Some(at)).concerns, [Concern::Cleared { at }]);
        assert_eq!(with(|report, _| report.cleared_at = Some(at - 1)).concerns, []);
    }

    #[test]
    fn an_address_that_was_opened_again_is_told_for_a_week() {
        let at = NOW - 7 * DAY;
        let health = with(|report, _| report.reopened_at = Some(at));
        assert_eq!((health.weight(), &health.concerns[..]), (Weight::Look, &[Concern::OpenedAgain { at }][..]));
        assert_eq!(with(|report, _| report.reopened_at = Some(at - 1)).concerns, []);
    }

    #[test]
    fn the_device_is_judged_by_what_it_tells() {
        let one = |change: fn(&mut Heartbeat)| with(|_, beat| change(beat)).concerns;
        assert_eq!(one(|beat| beat.battery = Some(0.19)), [Concern::Battery { percent: 19 }]);
        assert_eq!(one(|beat| (beat.battery, beat.charging) = (Some(0.1), None)), [Concern::Battery { percent: 10 }]);
        assert_eq!(one(|beat| (beat.battery, beat.charging) = (Some(0.1), Some(true))), []);
        assert_eq!(one(|beat| beat.battery = None), []);
        let full = |usage| Some(StorageEstimate { usage, quota: 100.0 });
        assert_eq!(with(|_, beat| beat.storage = full(81.0)).concerns, [Concern::Storage { percent: 81 }]);
        assert_eq!(with(|_, beat| beat.storage = Some(StorageEstimate { usage: 1.0, quota: 0.0 })).concerns, []);
        assert_eq!(one(|beat| beat.persisted = Some(false)), [Concern::NotPersisted]);
        assert_eq!(one(|beat| beat.persisted = None), [Concern::PersistenceUnknown]);
        assert_eq!(one(|beat| beat.unkept = Some("altered".into())), [Concern::Altered]);
        assert_eq!(one(|beat| beat.unkept = Some("browser_too_old".into())), [Concern::BrowserTooOld]);
        assert_eq!(one(|beat| beat.unkept = Some("haunted".into())), [], "a later version may know more");
        assert_eq!(one(|beat| beat.device_now += 2 * MINUTE), []);
        assert_eq!(one(|beat| beat.device_now = 0)[..], [Concern::Clock { ahead: 30 * SECOND - NOW }]);
        assert_eq!(one(|beat| beat.app_version = "0.3.0".into()), [Concern::Behind { version: "0.3.0".into() }]);
        assert_eq!(one(|beat| beat.app_version = "0.2.9".into()), [Concern::TooOld { version: "0.2.9".into() }]);
    }

    #[test]
    fn the_worst_stands_first() {
        let health = with(|report, beat| {
            beat.persisted = Some(false);
            beat.rejected = 1;
            report.missing = vec![run(1, 9)];
        });
        let weights: Vec<Weight> = health.concerns.iter().map(Concern::weight).collect();
        assert_eq!(weights, [Weight::Urgent, Weight::Look, Weight::Note]);
    }
}
