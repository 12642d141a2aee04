//! `/staff/first-steps/away`, and what *Tonight* shows to those who look after the installation.

use app::{
    kit::toast::done_address,
    pages::staff::first_steps::{InstallationData, Step},
};
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::{
    page::{Frame, PageError},
    staff_context::StaffContext,
};
use store::{StoreError, installation::FirstSteps, staff::Role};

/// What *Tonight* says after the steps were put away.
pub(super) const PUT_AWAY: &str = "steps-away";

/// `POST`: the first steps are no longer shown to anybody.
///
/// # Errors
/// [`PageError::Forbidden`] for somebody who sees a part of the installation only, or where the store cannot do it now.
pub async fn put_away(staff: StaffContext) -> Result<Response, PageError> {
    if !staff.store.put_first_steps_away(staff.now()).await? {
        return Err(PageError::Forbidden);
    }
    tracing::info!("first steps put away");
    Ok(Redirect::to(&done_address("/staff", PUT_AWAY)).into_response())
}

/// What is shown to admins who see everything; nothing in a demo, which nobody has to set up or back up.
pub(super) async fn installation(staff: &StaffContext) -> Result<Option<InstallationData>, StoreError> {
    if staff.role < Role::Admin || staff.is_demo() {
        return Ok(None);
    }
    let Some(state) = staff.store.installation().await? else { return Ok(None) };
    let time_zone =
        staff.store.venues().await?.into_iter().next().map_or_else(|| "UTC".to_owned(), |venue| venue.time_zone);
    let steps = state.first_steps.filter(|steps| !steps.are_done()).map(rows).unwrap_or_default();
    Ok(Some(InstallationData {
        steps,
        backed_up_at: state.backed_up_at,
        recovered_at: state.recovered_at,
        has_answers: state.has_answers,
        now: staff.now(),
        time_zone,
    }))
}

fn rows(steps: FirstSteps) -> Vec<(Step, bool)> {
    let FirstSteps { tablet, poster, programme, colleagues, numbers } = steps;
    vec![
        (Step::Tablet, tablet),
        (Step::Poster, poster),
        (Step::Programme, programme),
        (Step::Colleagues, colleagues),
        (Step::Numbers, numbers),
    ]
}
