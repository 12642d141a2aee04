//! `POST /api/v1/events/{id}/decisions`, and what the decision about a single response shares with it.

use api::decisions::{Decided, GroupDecision, VerdictWord};
use axum::{Json, body::Body, extract::Path};
use domain::{
    id::EventId,
    name::{LONGEST_REASON, check_reason},
    time::{MINUTE, Millis},
};
use store::decisions::{Decision, Verdict, Which};
use uuid::Uuid;

use crate::{
    decisions::decide,
    http::{json::text, problem::Problem, problem_kind::ProblemKind, staff_context::StaffContext},
};

/// A decision is a few words.
pub const MAX_BYTES: usize = 16 * 1024;

/// Puts a group of responses back, or sets it aside.
///
/// # Errors
/// A problem document where there is no such event in the caller's scope, the body cannot be read, no reason is given, or
/// the store cannot do it now.
#[utoipa::path(
    post, path = "/api/v1/events/{id}/decisions", tag = "events", params(("id" = Uuid, Path)),
    request_body = GroupDecision,
    responses(
        (status = 200, body = Decided),
        (status = 400, body = Problem, content_type = "application/problem+json", description = "no id, not JSON or not UTF-8"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "no valid token"),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "editors only"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "no such event"),
        (status = 408, body = Problem, content_type = "application/problem+json", description = "the body did not arrive in time; send it again"),
        (status = 413, body = Problem, content_type = "application/problem+json", description = "too many bytes"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "JSON of another shape, no reason, or a span that is not of whole minutes"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "storage trouble; what was decided until then stays, send it again"),
    ),
    security(("staff" = []))
)]
pub async fn post(staff: StaffContext, Path(id): Path<Uuid>, body: Body) -> Result<Json<Decided>, Problem> {
    let GroupDecision { verdict, why, from, until, flag } = text(body, MAX_BYTES).await?.json()?;
    let event = EventId(id);
    staff.store.event(event).await?.ok_or_else(Problem::not_found)?;
    let decision = decision(&staff, verdict, &why)?;
    check_span(from, until)?;
    let which = Which::Group { event, from, until, flag };
    let responses = decide(&*staff.store, &which, &decision).await? as u64;
    log(&which, &decision, responses);
    Ok(Json(Decided { responses }))
}

/// Spans are of whole minutes: asked again and again with finer ones, how many each decides about would tell when
/// somebody answered to the millisecond, which nobody is told.
///
/// # Errors
/// A problem document where they are not.
pub fn check_span(from: Millis, until: Millis) -> Result<(), Problem> {
    if [from, until].into_iter().all(|at| at.rem_euclid(MINUTE) == 0) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::OutOfRange, "`from` and `until` are whole minutes"))
}

/// The decision of whoever calls.
///
/// # Errors
/// A problem document where no reason is given that can be shown, or a long one.
pub fn decision(staff: &StaffContext, verdict: VerdictWord, why: &str) -> Result<Decision, Problem> {
    let why = why.trim();
    if let Err(problem) = check_reason(why) {
        let detail = format!("`why` is one line of at most {LONGEST_REASON} characters; {problem}");
        return Err(Problem::new(ProblemKind::OutOfRange, detail));
    }
    let verdict = match verdict {
        VerdictWord::PutBack => Verdict::PutBack,
        VerdictWord::SetAside => Verdict::SetAside,
    };
    Ok(Decision { verdict, why: why.to_owned(), by: staff.deciding(), at: staff.now() })
}

/// Who: the span of the request says it, as a role; the reason stands with the responses.
pub fn log(which: &Which, decision: &Decision, responses: u64) {
    tracing::info!(?which, verdict = decision.verdict.as_str(), responses, "decided about responses");
}

/// A verdict as the API says it.
pub(super) const fn word(verdict: Verdict) -> VerdictWord {
    match verdict {
        Verdict::PutBack => VerdictWord::PutBack,
        Verdict::SetAside => VerdictWord::SetAside,
    }
}
