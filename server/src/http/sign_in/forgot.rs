//! `/staff/forgot`: somebody has forgotten their password, and gets a link to their own address.

use app::{
    emails::reset::reset_email,
    pages::staff::forgot::{Forgot, ForgotData},
};
use axum::{Extension, body::Body, extract::State, response::Response};
use domain::{
    lang::Lang,
    time::{HOUR, Millis},
};
use leptos::view;
use store::{
    StoreError,
    staff::{Purpose, SetupLink, User},
};

use crate::{
    auth::login_throttle::Guesser,
    client_address::Source,
    connections::places::Place,
    email_address,
    http::{
        forms::{fields, is_one_line},
        page::{PageContext, PageError},
        state::AppState,
    },
    secrets::{hash_token, new_token},
};

/// An address.
const MAX_BYTES: usize = 8 * 1024;
/// So long the link opens.
const OPENS: Millis = HOUR;

/// `GET`: the form, or what to do where no e-mail can be sent.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn show(State(state): State<AppState>, context: PageContext) -> Result<Response, PageError> {
    page(&state, &context, if state.alerts.can_email() { ForgotData::Ask } else { ForgotData::NoMail }).await
}

/// `POST`: the same answer whoever asks for whatever address.
///
/// # Errors
/// Where the form cannot be read, too many wait already, or the store cannot do it now.
pub async fn send(
    State(state): State<AppState>,
    Source(source): Source,
    place: Option<Extension<Place>>,
    context: PageContext,
    body: Body,
) -> Result<Response, PageError> {
    let email = fields(body, MAX_BYTES).await?.remove("email").unwrap_or_default().trim().to_lowercase();
    if !state.alerts.can_email() {
        return page(&state, &context, ForgotData::NoMail).await;
    }
    // Whoever waits in line gives way where connections run out.
    let waiting = place.as_ref().map(|Extension(place)| place.giving_way());
    let _turn = state.logins.turn(source).await.ok_or(PageError::TooMany)?;
    drop(waiting);
    if email.len() <= email_address::LONGEST && is_one_line(&email) {
        let (store, now) = (&**state.store.system(), state.clock.now());
        // Counted apart from attempts to log in, which these must not use up.
        let asker = Guesser::Stranger(format!("RESET {email}"));
        if state.logins.may_try(store, &asker, source, now).await? {
            let known = store.credentials(&email).await?;
            if let Some(known) = known.filter(|known| known.password.is_some()) {
                send_link(&state, &known.user, context.lang).await?;
            }
        }
    }
    page(&state, &context, ForgotData::Sent).await
}

/// Sends somebody a link for a new password, to their own address. Nobody waits for the mail server: how long it takes
/// would tell who has an account.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn send_link(state: &AppState, user: &User, lang: Lang) -> Result<(), StoreError> {
    let token = new_token(&state.rng);
    let expires_at = state.clock.now() + OPENS;
    let link = SetupLink { token: hash_token(&token), user: Some(user.id), expires_at, purpose: Purpose::Reset };
    let system = state.store.system();
    system.add_setup_link(&link).await?;
    let organisation = system.organisation_name().await?.unwrap_or_default();
    let email = reset_email(lang, &organisation, &state.address(&format!("/staff/set-up/{token}")));
    let (alerts, to) = (state.alerts.clone(), user.email.clone());
    tokio::spawn(async move { alerts.send_now(&to, &email).await });
    Ok(())
}

async fn page(state: &AppState, context: &PageContext, data: ForgotData) -> Result<Response, PageError> {
    let shell = context.shell(state).await?;
    Ok(context.page(move || view! { <Forgot data=data shell=shell /> }))
}
