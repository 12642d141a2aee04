//! What the pages about one's own log-in share: the password, asked once more, and what stands around them.

use app::pages::shell::Shell;

use crate::{
    auth::{login_throttle::Guesser, password},
    http::{page::PageContext, state::AppState},
};
use store::{
    Scope, StoreError,
    staff::{Role, User},
};

/// Whether a password is the reader's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    Right,
    Wrong,
    Later,
}

/// Asks somebody who is logged in for their password once more.
pub(super) async fn check_password(state: &AppState, user: &User, current: String) -> Result<Checked, StoreError> {
    let (store, now) = (&**state.store.system(), state.clock.now());
    // Whoever found an open browser must not guess here what they could not guess at the log-in.
    let guesser = Guesser::Stranger(format!("CHANGE {}", user.email));
    if !state.logins.may_try(store, &guesser, None, now).await? {
        return Ok(Checked::Later);
    }
    let hash = store.credentials(&user.email).await?.and_then(|known| known.password);
    if !password::verify(current, hash).await {
        state.logins.failed(store, &guesser, now).await?;
        return Ok(Checked::Wrong);
    }
    state.logins.succeeded(&guesser);
    Ok(Checked::Right)
}

/// What a page is told beside its data, for somebody in particular.
pub(super) async fn own_shell(state: &AppState, context: &PageContext, user: &User) -> Result<Shell, StoreError> {
    let is_admin = user.role == Role::Admin && user.scope == Scope::All;
    Ok(Shell { is_admin, ..context.shell(state).await? })
}
