//! Which responses of a group, and which before them, are part of a pace that is too fast: worked out
//! from times alone, in work that does not grow with what is stored.

use std::collections::{BTreeMap, HashSet};

use domain::{burst::BurstLimit, time::Millis};
use uuid::Uuid;

use super::responses::NewResponse;

/// New responses of one source, none further from the first than a burst lasts.
#[derive(Debug)]
pub(super) struct Cluster {
    /// where they were given
    pub(super) source: Uuid,
    /// what is too fast there
    pub(super) limit: BurstLimit,
    /// when the first was given
    pub(super) from: Millis,
    /// when the last was
    pub(super) until: Millis,
    /// these, and every other new one of the source that could share a burst with them: when, and
    /// its place in the group
    near: Vec<(Millis, usize)>,
}

/// Who is part of a burst.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BurstMembers {
    /// places in the group
    pub(super) new: HashSet<usize>,
    /// at these sources and times, everybody who was stored before
    pub(super) old: BTreeMap<Uuid, Vec<Millis>>,
}

/// The responses of a group that are looked at for their pace, each id once, as clusters.
pub(super) fn clusters(group: &[NewResponse]) -> Vec<Cluster> {
    let mut ids = HashSet::new();
    let mut sources: BTreeMap<(Uuid, usize, Millis), Vec<(Millis, usize)>> = BTreeMap::new();
    for (place, item) in group.iter().enumerate() {
        let Some(limit) = item.burst_limit.filter(|_| ids.insert(item.response.id)) else { continue };
        let key = (item.place.source(), limit.most, limit.within_ms);
        sources.entry(key).or_default().push((item.place.corrected_at, place));
    }
    let mut clusters = Vec::new();
    for ((source, most, within_ms), mut new) in sources {
        let limit = BurstLimit { most, within_ms };
        new.sort_unstable();
        let times: Vec<Millis> = new.iter().map(|(at, _)| *at).collect();
        for own in limit.clusters(&times) {
            let (from, until) = (times[own.start], times[own.end - 1]);
            let reach = from.saturating_sub(within_ms)..=until.saturating_add(within_ms);
            let near =
                &new[times.partition_point(|at| at < reach.start())..times.partition_point(|at| at <= reach.end())];
            clusters.push(Cluster { source, limit, from, until, near: near.to_vec() });
        }
    }
    clusters
}

impl Cluster {
    /// The first instant at which somebody could share a burst with the cluster.
    pub(super) const fn reach_from(&self) -> Millis {
        self.from.saturating_sub(self.limit.within_ms)
    }

    /// The last.
    pub(super) const fn reach_until(&self) -> Millis {
        self.until.saturating_add(self.limit.within_ms)
    }

    /// Adds to who is part of a burst, given when the neighbours in the store were given: at least the `2 * most`
    /// latest up to the end of the cluster, and the `most` earliest after it. New ones that turned out
    /// not to be new stand among those.
    pub(super) fn judge(&self, stored: &[Millis], is_new: impl Fn(usize) -> bool, members: &mut BurstMembers) {
        let new = self.near.iter().filter(|(_, place)| is_new(*place)).map(|(at, place)| (*at, Some(*place)));
        let mut all: Vec<(Millis, Option<usize>)> = new.chain(stored.iter().map(|at| (*at, None))).collect();
        all.sort_unstable();
        let times: Vec<Millis> = all.iter().map(|(at, _)| *at).collect();
        for ((at, place), _) in all.into_iter().zip(self.limit.bursts(&times)).filter(|(_, is_part)| *is_part) {
            match place {
                Some(place) => {
                    members.new.insert(place);
                }
                None => members.old.entry(self.source).or_default().push(at),
            }
        }
    }
}
