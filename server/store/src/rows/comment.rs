//! `comments`.

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
    }
}

impl CommentRow {
    /// The comments of a response.
    pub(crate) fn of(item: &NewResponse) -> impl Iterator<Item = Self> {
        let (response, may_quote) = (item.response.id.0, item.response.may_quote);
        answers::comments(&item.response.answers).map(move |(question, text)| Self {
            response,
            question,
            text: text.to_owned(),
            may_quote,
        })
    }
}
