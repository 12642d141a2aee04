//! `POST /api/v1/kiosk/responses`: a batch from an outbox.

use std::fmt;

use api::{
    number,
    responses::{Batch, BatchResult},
};
use axum::{Extension, Json, body::Body, extract::State};
use domain::time::Millis;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{
    http::{json::text, problem::Problem, problem_kind::ProblemKind, state::AppState},
    intake::Delivery,
};
use store::kiosks::Pairing;

/// [`Batch`] with its items still unread: a bad one is refused alone, see [`crate::intake`].
#[derive(Deserialize)]
struct Incoming<'a> {
    #[serde(deserialize_with = "number::clock")]
    device_now: Millis,
    #[serde(borrow)]
    responses: Items<'a>,
}

/// The items of a batch. As many are kept as may be there; what is beyond is only counted, because eight megabytes can
/// hold millions.
struct Items<'a> {
    kept: Vec<&'a RawValue>,
    count: usize,
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = Items<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of responses")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Items<'de>, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < Batch::MAX_ITEMS {
            let Some(item) = items.next_element()? else { break };
            kept.push(item);
        }
        let mut count = kept.len();
        while count >= Batch::MAX_ITEMS && items.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(Items { kept, count })
    }
}

/// Stores what is new and says of each item what became of it.
///
/// # Errors
/// A problem document for the whole batch: not JSON, too many items, or the store cannot do it now;
/// in none of these cases is anything acknowledged.
#[utoipa::path(
    post, path = "/api/v1/kiosk/responses", tag = "kiosk", request_body = Batch,
    responses(
        (status = 200, body = BatchResult, description = "what became of each item"),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid kiosk token"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many items or bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many requests of this tablet; `Retry-After` says when"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; send it again"),
    ),
    security(("kiosk" = []))
)]
pub async fn post(
    State(state): State<AppState>,
    Extension(pairing): Extension<Pairing>,
    body: Body,
) -> Result<Json<BatchResult>, Problem> {
    let body = text(body, Batch::MAX_BYTES).await?;
    let batch: Incoming<'_> = body.json()?;
    let Items { kept, count } = batch.responses;
    if count > Batch::MAX_ITEMS {
        let detail = format!("{count} items; at most {} at a time", Batch::MAX_ITEMS);
        return Err(Problem::new(ProblemKind::TooManyItems, detail));
    }
    let received_at = state.clock.now();
    let delivery = Delivery { by: &pairing, received_at, offset_ms: received_at.saturating_sub(batch.device_now) };

    // Before anything is written: what is stored is acknowledged whatever happens to a read.
    let epoch = state.cache.epoch().await?.to_string();
    let results = state.intake.judge(&kept, delivery).await?.write(&state.writer).await?;
    Ok(Json(BatchResult { server_now: received_at, epoch, results }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(usize, usize), serde_json::Error> {
        serde_json::from_str::<Incoming<'_>>(text).map(|batch| (batch.responses.kept.len(), batch.responses.count))
    }

    #[test]
    fn of_millions_of_items_few_are_kept() {
        for count in [0, 1, Batch::MAX_ITEMS, Batch::MAX_ITEMS + 1, 1_000_000] {
            let items = vec!["0"; count].join(",");
            let read = read(&format!(r#"{{"device_now":1,"responses":[{items}]}}"#)).unwrap();
            assert_eq!(read, (count.min(Batch::MAX_ITEMS), count));
        }
        assert!(read(r#"{"device_now":1,"responses":{}}"#).is_err_and(|error| error.is_data()));
        let broken = format!(r#"{{"device_now":1,"responses":[{}"#, "0,".repeat(600));
        assert!(read(&broken).is_err_and(|error| !error.is_data()), "what is no JSON is no JSON");
    }
}
