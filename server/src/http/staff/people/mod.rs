//! `/staff/people`: who of the staff there is, and somebody new. Only administrators who see everything come here.
//!
//! - [`person`]: one of them; [`readers`]: who reads by e-mail only; [`recovery_code`]: the printed recovery code; `shown`: how somebody is shown; `rights`: what was posted about what they may do and see.

pub mod person;
pub mod readers;
pub mod recovery_code;
mod rights;
mod shown;

pub(super) use self::shown::time_zone;

use app::{
    emails::invitation::Invitation,
    pages::{
        staff::people::{
            EmailProblem, People, PeopleData, RightsForm,
            link::{LinkData, LinkPage},
        },
        when::When,
    },
};
use axum::{
    body::Body,
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{id::UserId, time::DAY};
use leptos::view;
use store::{
    people::Decided,
    staff::{Purpose, Role, SetupLink, User},
};

use self::{rights::Rights, shown::Shown};
use crate::{
    email_address::is_email_address,
    http::{
        forms::{AfterForm, pairs},
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
};

/// An address, and some hundreds of ticks.
const MAX_BYTES: usize = 64 * 1024;

/// `GET`: everybody.
///
/// # Errors
/// [`PageError::Forbidden`] for an administrator who sees a part only, or where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(after): Query<AfterForm>,
    context: PageContext,
) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let rights = Rights::nobodys().form(&staff).await?;
    let removed = after.done.as_deref() == Some("removed");
    page(&staff, &context, PeopleData { rights, removed, ..PeopleData::default() }).await
}

/// `POST`: somebody new. The link is on the page that answers, and nowhere else.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn invite(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let typed = pairs(body, MAX_BYTES).await?;
    let email = typed.iter().rfind(|(name, _)| name == "email").map(|(_, value)| value.trim().to_lowercase());
    let email = email.unwrap_or_default();
    let rights = Rights::posted(&typed);
    let mut problem = (!is_email_address(&email)).then_some(EmailProblem::NoAddress);
    if let (None, Some(scope)) = (problem, rights.scope()) {
        let user = User { id: staff.new_id().into(), email: email.clone(), role: rights.role, scope };
        let (token, link) = new_link(&staff, user.id);
        match staff.store.invite(&user, &link).await? {
            Decided::Done => return shown_once(&staff, &context, &email, &token, &link).await,
            Decided::EmailTaken => problem = Some(EmailProblem::Taken),
            Decided::NotThere | Decided::LastAdmin => return Err(PageError::Forbidden),
        }
    }
    let rights = rights.form(&staff).await?;
    let data = PeopleData { email, email_problem: problem, rights, ..PeopleData::default() };
    let page = page(&staff, &context, data).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// A link for somebody, and what stands in its address.
fn new_link(staff: &StaffContext, user: UserId) -> (String, SetupLink) {
    let (token, hash) = staff.new_token();
    let expires_at = staff.now() + 7 * DAY;
    (token, SetupLink { token: hash, user: Some(user), expires_at, purpose: Purpose::Invitation })
}

/// The page with a link, which is sent to them as well where e-mail can be sent.
async fn shown_once(
    staff: &StaffContext,
    context: &PageContext,
    email: &str,
    token: &str,
    link: &SetupLink,
) -> Result<Response, PageError> {
    let address = staff.address(&format!("/staff/set-up/{token}"));
    let shell = context.shell(staff).await?;
    let until = When::new(context.lang, &time_zone(staff).await?).date_and_time(link.expires_at);
    let invitation =
        Invitation { lang: context.lang, organisation: &shell.organisation, link: &address, until: &until };
    let is_mailed = staff.send_email(email, &invitation.email()).await;
    let data = LinkData { email: email.to_owned(), link: address, until, is_mailed };
    let context = context.at(app::pages::staff::people::PEOPLE.to_owned());
    let shell = app::pages::shell::Shell { path: context.path.clone(), ..shell };
    Ok(context.page(move || view! { <LinkPage data=data shell=shell /> }))
}

async fn page(staff: &StaffContext, context: &PageContext, mut data: PeopleData) -> Result<Response, PageError> {
    let shown = Shown::new(staff, context.lang).await?;
    let people = staff.store.people().await?;
    data.people = people.iter().map(|person| shown.row(person)).collect();
    data.code_made = staff.store.printed_code_made_at().await?.map(|at| shown.date(at));
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <People data=data shell=shell /> }))
}

/// The fields as they are before anybody has typed.
impl Rights {
    const fn nobodys() -> Self {
        Self { role: Role::Viewer, is_limited: false, venues: Vec::new() }
    }

    async fn form(&self, staff: &StaffContext) -> Result<RightsForm, PageError> {
        let venues = staff.store.venues().await?;
        Ok(self.in_form(venues.into_iter().map(|venue| (venue.id, venue.name))))
    }
}
