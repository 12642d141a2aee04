//! `flags`, as the program sets them.

use domain::{flag::Flag, time::Millis};
use uuid::Uuid;

use crate::{responses::NewResponse, rows::row::row};

row! {
    /// A flag that nobody has lifted. The other columns are for what staff do about it.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct FlagRow {
        pub(crate) response: Uuid,
        pub(crate) flag: String,
        pub(crate) set_at: Millis,
    }
}

impl FlagRow {
    /// A doubt about a response.
    pub(crate) fn new(response: Uuid, flag: Flag, set_at: Millis) -> Self {
        Self { response, flag: flag.as_str().to_owned(), set_at }
    }

    /// The flags that a response came with.
    pub(crate) fn of(item: &NewResponse) -> impl Iterator<Item = Self> {
        let (id, at) = (item.response.id.0, item.place.received_at);
        item.distinct_flags().into_iter().map(move |flag| Self::new(id, flag, at))
    }
}
