//! `comments`.

use domain::{flag::Standing, survey::kinds::text::shortened};
use uuid::Uuid;

use crate::{answers, responses::NewResponse, rows::row::row};

row! {
    /// A comment.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct CommentRow {
        pub(crate) response: Uuid,
        pub(crate) question: Uuid,
        pub(crate) text: String,
        pub(crate) may_quote: bool,
        /// whether there was more
        pub(crate) shortened: bool,
    }
}

impl CommentRow {
    /// The comments of a response: whole, or only their beginning where it is set aside.
    pub(crate) fn of(item: &NewResponse) -> impl Iterator<Item = Self> {
        let (response, may_quote) = (item.response.id.0, item.response.may_quote);
        let is_aside = Standing::from_flags(&item.flags) == Standing::SetAside;
        answers::comments(&item.response.answers).map(move |(question, text)| {
            let kept = if is_aside { shortened(text) } else { text };
            Self { response, question, text: kept.to_owned(), may_quote, shortened: kept.len() < text.len() }
        })
    }
}
