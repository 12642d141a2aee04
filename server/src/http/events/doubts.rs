//! `GET /api/v1/events/{id}/doubts`

use std::collections::BTreeMap;

use api::decisions::{DecisionTrace, DoubtGroup, EventDoubts};
use axum::{Json, extract::Path};
use domain::{id::EventId, time::Millis};
use store::decisions::{Doubted, Verdict};
use uuid::Uuid;

use super::decide::word;
use crate::{
    decisions::groups,
    http::{problem::Problem, staff_context::StaffContext},
};

/// What is set aside of an event, and what staff have decided about it.
///
/// Row-level data, and so for editors alone: a group may be of one response, since it is for an editor to look at one and
/// to put it back. Its time is cut to ten minutes where it is of fewer than five, and no id, number or tablet is told.
/// The summary, which viewers read as well, hides counts by reason that are smaller than five.
///
/// # Errors
/// A problem document where there is no such event in the caller's scope, or the store cannot do it now.
#[utoipa::path(
    get, path = "/api/v1/events/{id}/doubts", tag = "events", params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = EventDoubts),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "editors only"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no such event"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble"),
    ),
    security(("staff" = []))
)]
pub async fn get(staff: StaffContext, Path(id): Path<Uuid>) -> Result<Json<EventDoubts>, Problem> {
    let id = EventId(id);
    staff.store.event(id).await?.ok_or_else(Problem::not_found)?;
    let doubted = staff.store.doubted(id).await?;
    let groups = groups(&doubted).into_iter().map(|group| DoubtGroup {
        flags: group.flags,
        responses: group.responses as u64,
        from: group.from,
        until: group.until,
    });
    Ok(Json(EventDoubts { groups: groups.collect(), decisions: traces(&doubted) }))
}

/// Each decision once, by time, with the number of responses that it was about.
fn traces(doubted: &[Doubted]) -> Vec<DecisionTrace> {
    let mut alike: BTreeMap<(Millis, &str, Verdict, &str), u64> = BTreeMap::new();
    for trace in doubted.iter().flat_map(|one| &one.decisions) {
        *alike.entry((trace.at, &trace.who, trace.verdict, &trace.why)).or_default() += 1;
    }
    let trace = |((at, who, verdict, why), responses): ((Millis, &str, Verdict, &str), u64)| DecisionTrace {
        verdict: word(verdict),
        why: why.to_owned(),
        who: who.to_owned(),
        at,
        responses,
    };
    alike.into_iter().map(trace).collect()
}
