//! What may be wrong with a tablet, in a sentence that says what to do.

use crate::{i18n::td_string, pages::when::When};
use domain::{
    health::{concern::Concern, sequence_gaps::Run},
    lang::Lang,
    time::{DAY, HOUR, MINUTE, Millis},
};

/// So many runs of numbers are named.
const RUNS: usize = 5;

/// What a concern means, and what to do about it.
pub(super) fn message(concern: &Concern, when: &When, lang: Lang) -> String {
    let at = |at: Millis| when.date_and_time(at);
    match concern {
        Concern::Unpaired => td_string!(lang, health.is_unpaired).to_owned(),
        Concern::Never { is_monitored: true } => td_string!(lang, health.is_never_now).to_owned(),
        Concern::Never { is_monitored: false } => td_string!(lang, health.is_never).to_owned(),
        Concern::Silent { since, is_monitored: true, .. } => {
            td_string!(lang, health.is_silent_now, since = at(*since))
        }
        Concern::Silent { since, next_monitored: Some(next), .. } => {
            td_string!(lang, health.is_silent_next, since = at(*since), next = at(*next))
        }
        Concern::Silent { since, .. } => td_string!(lang, health.is_silent, since = at(*since)),
        Concern::Late { since, .. } => td_string!(lang, health.is_late, since = at(*since)),
        Concern::Failure { says } => td_string!(lang, health.is_failing, says = says.as_str()),
        Concern::Lost { count, among } => {
            td_string!(lang, health.is_lost, n = *count, numbers = numbers(among))
        }
        Concern::LeftBehind { count } => td_string!(lang, health.is_left_behind, n = *count),
        Concern::ReplacedOrReset { before } => td_string!(lang, health.is_anew, before = at(*before)),
        Concern::Conflicts { count } => td_string!(lang, health.is_conflicting, n = *count),
        Concern::Cleared { at: noticed } => td_string!(lang, health.is_cleared, at = at(*noticed)),
        Concern::OpenedAgain { at: opened } => td_string!(lang, health.is_opened_again, at = at(*opened)),
        Concern::Rejected { count } => td_string!(lang, health.is_rejected, n = *count),
        Concern::Stuck { count, since } => {
            td_string!(lang, health.is_stuck, n = *count, since = at(*since))
        }
        Concern::Waiting { count } => td_string!(lang, health.is_waiting, n = *count),
        Concern::Altered => td_string!(lang, health.is_altered).to_owned(),
        Concern::BrowserTooOld => td_string!(lang, health.is_browser_too_old).to_owned(),
        Concern::TooOld { version } => td_string!(lang, health.is_too_old, version = version.as_str()),
        Concern::Behind { version } => td_string!(lang, health.is_behind, version = version.as_str()),
        Concern::Battery { percent } => td_string!(lang, health.is_battery, n = *percent),
        Concern::Storage { percent } => td_string!(lang, health.is_storage, n = *percent),
        Concern::NotPersisted => td_string!(lang, health.is_not_persisted).to_owned(),
        Concern::PersistenceUnknown => td_string!(lang, health.is_persistence_unknown).to_owned(),
        Concern::Clock { ahead } => {
            let span = span(ahead.saturating_abs(), lang);
            if *ahead > 0 {
                td_string!(lang, health.is_ahead, span = span.as_str())
            } else {
                td_string!(lang, health.is_slow, span = span.as_str())
            }
        }
    }
}

/// "12–13, 40", and "…" where there are many more.
fn numbers(runs: &[Run]) -> String {
    let mut named: Vec<String> = runs
        .iter()
        .take(RUNS)
        .map(|run| if run.count() == 1 { run.first.to_string() } else { format!("{}–{}", run.first, run.last) })
        .collect();
    if runs.len() > RUNS {
        named.push("…".to_owned());
    }
    named.join(", ")
}

/// "5 min", "3 h", "20 days".
fn span(span: Millis, locale: Lang) -> String {
    match span {
        span if span < 2 * HOUR => td_string!(locale, health.span_minutes, n = span / MINUTE),
        span if span < 2 * DAY => td_string!(locale, health.span_hours, n = span / HOUR),
        _ => td_string!(locale, health.span_days, n = span / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_named_as_people_write_them() {
        let run = |first, last| Run { first, last };
        assert_eq!(numbers(&[run(12, 13), run(40, 40)]), "12–13, 40");
        let many: Vec<Run> = (1..9).map(|number| run(10 * number, 10 * number)).collect();
        assert_eq!(numbers(&many), "10, 20, 30, 40, 50, …");
    }
}
