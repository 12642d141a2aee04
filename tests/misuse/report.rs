//! The table.

use crate::{
    attackers::Attacker,
    crowds::Crowd,
    options::{Database, Options},
    trial::Outcome,
};

/// What stands above it.
pub(crate) fn heading(database: Database, options: &Options) -> String {
    let Options { evenings, seed, .. } = options;
    format!(
        "\n{database:?}: {evenings} evenings of each kind, seeds from {seed}\n\
         set aside wrongly: honest answers, in percent; moved: points of NPS from that of the honest answers, without\n\
         doubt and with it (mean, 95 % of evenings, worst)\n"
    )
}

/// An honest audience.
pub(crate) fn crowd_line(crowd: Crowd, outcomes: &[Outcome]) -> String {
    let (n, wrongly) = sum(outcomes, false);
    let share = percent(wrongly, n);
    let mean = outcomes.iter().map(Outcome::true_nps).sum::<f64>() / outcomes.len().max(1) as f64;
    let goal = crowd.goal_percent();
    let name = crowd.name();
    format!("{name:34} NPS {mean:+5.0}   set aside wrongly {share:5.2} %   goal {goal} %  {}", verdict(share <= goal))
}

/// An attacker on a hundred honest answers.
pub(crate) fn attack_line(attacker: Attacker, outcomes: &[Outcome]) -> String {
    let ((honest, wrongly), (false_ones, caught)) = (sum(outcomes, false), sum(outcomes, true));
    let trusting = outcomes.iter().map(|one| (one.trusting_nps() - one.true_nps()).abs()).sum::<f64>()
        / outcomes.len().max(1) as f64;
    let mut moved: Vec<f64> = outcomes.iter().map(|one| (one.shown_nps() - one.true_nps()).abs()).collect();
    moved.sort_by(f64::total_cmp);
    let mean = moved.iter().sum::<f64>() / moved.len().max(1) as f64;
    let nearly_all = moved.get(moved.len() * 95 / 100).copied().unwrap_or_default();
    let worst = moved.last().copied().unwrap_or_default();
    let goal = match attacker.goal_points() {
        Some(goal) => {
            let kept = moved.iter().filter(|moved| **moved <= goal).count();
            format!("goal {goal}: {:.0} % of evenings", percent(kept, moved.len()))
        }
        None => "no promise".to_owned(),
    };
    let name = attacker.name();
    let (caught, wrongly) = (percent(caught, false_ones), percent(wrongly, honest));
    format!(
        "{name:34} caught {caught:5.1} %   set aside wrongly {wrongly:4.2} %   \
         moved {trusting:5.1} -> {mean:4.1}, {nearly_all:4.1}, {worst:5.1}   {goal}"
    )
}

fn sum(outcomes: &[Outcome], is_false: bool) -> (usize, usize) {
    outcomes.iter().map(|one| one.set_aside(is_false)).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

const fn verdict(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}
