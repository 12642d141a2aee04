//! `conflicts`.

use domain::time::Millis;
use uuid::Uuid;

use crate::{
    StoreError, answers,
    responses::NewResponse,
    rows::{ResponseRow, row::row},
};

row! {
    /// A response that came under the id of another one.
    #[derive(Debug, Default)]
    pub(crate) struct ConflictRow {
        pub(crate) response: Uuid,
        pub(crate) content_form: i16,
        pub(crate) content_hash: Vec<u8>,
        pub(crate) received_at: Millis,
        pub(crate) venue: Uuid,
        pub(crate) kiosk: Option<Uuid>,
        pub(crate) event: Option<Uuid>,
        pub(crate) pairing: Option<Uuid>,
        pub(crate) survey_version: Uuid,
        pub(crate) channel: String,
        pub(crate) lang: String,
        pub(crate) segment: Option<String>,
        pub(crate) assisted: bool,
        pub(crate) ended: String,
        pub(crate) corrected_at: Millis,
        pub(crate) answers: String,
        pub(crate) comments: Option<String>,
        pub(crate) may_quote: bool,
    }
}

impl ConflictRow {
    /// What is kept of it for staff, comments included.
    pub(crate) fn new(item: &NewResponse) -> Result<Self, StoreError> {
        let comments: Vec<_> = answers::comments(&item.response.answers).collect();
        let comments = (!comments.is_empty()).then(|| serde_json::to_string(&comments)).transpose()?;
        let row = ResponseRow::new(item)?;
        Ok(Self {
            response: row.id,
            content_form: row.content_form,
            content_hash: row.content_hash,
            received_at: row.received_at,
            venue: row.venue,
            kiosk: row.kiosk,
            event: row.event,
            pairing: row.pairing,
            survey_version: row.survey_version,
            channel: row.channel,
            lang: row.lang,
            segment: row.segment,
            assisted: row.assisted,
            ended: row.ended,
            corrected_at: row.corrected_at,
            answers: row.answers,
            comments,
            may_quote: item.response.may_quote,
        })
    }
}
