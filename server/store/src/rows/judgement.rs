//! `judgements`, as responses mark them.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{doubt::PlaceDay, rows::row::row};

row! {
    /// A day of a tablet or a code where something changed.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct JudgementRow {
        pub(crate) place: Uuid,
        pub(crate) local_day: i32,
    }
}

impl JudgementRow {
    /// Where these responses were given, each day of each place once, in key order: two writers that take them in one
    /// order never wait for each other for ever.
    pub(crate) fn of(places: impl IntoIterator<Item = PlaceDay>) -> Vec<Self> {
        let places: BTreeSet<PlaceDay> = places.into_iter().collect();
        places.into_iter().map(|PlaceDay { place, day }| Self { place, local_day: day.0 }).collect()
    }
}
