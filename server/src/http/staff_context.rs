//! What a handler for staff can reach: the store within the caller's scope, and of the server what
//! says nothing about anybody's data.
//!
//! Routes for staff have [`StaffState`] as their state, and no way leads from there to
//! [`AppState`] or to `Store::system`: a handler that asks for more does not compile as a route for
//! staff (`routes`), and a test reads the folders for a way round that.

use std::collections::BTreeSet;

use app::{
    emails::{alert::Email, reader_added::reader_added_email},
    pages::shell::Worn,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::{
    id::VenueId,
    lang::{Lang, LanguageTag},
    live_delay::LiveDelay,
    time::Millis,
    venue_settings::{Burst, Pin},
};
use store::{
    Caller, LiveView, Scope, StaffStore, StoreError,
    audit::Author,
    decisions::DecidedBy,
    error_log::log_error,
    kiosks::TokenHash,
    mail_readers::MailReader,
    pairings::Place,
    staff::{Role, User},
};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    access::Principal,
    page::{Frame, PageError},
    sign_in::forgot::send_link,
    site::Site,
    state::AppState,
};
use crate::{
    clock::Rng,
    codes::new_code,
    judge::Preview,
    metrics::OpenStream,
    notify::stop_link::stop_token,
    pairing::{Confirmed, words::Words},
    secrets::{hash_token, new_token, usual_pin},
    survey_cache::SurveyCache,
};

/// The state of routes for staff. It opens nothing by itself.
#[derive(Clone, Debug)]
pub struct StaffState(AppState);

impl StaffState {
    pub(super) const fn new(state: AppState) -> Self {
        Self(state)
    }
}

/// Somebody of the staff who calls, or a program of theirs, with all that is there for them.
pub struct StaffContext {
    /// what they may do
    pub role: Role,
    /// who it is; `None` for an API token
    pub user: Option<User>,
    /// what they may read and write, as late as the organisation has chosen
    pub store: Box<dyn StaffStore>,
    /// how late that is
    pub delay: LiveDelay,
    /// whether they read what visitors wrote
    pub reads_comments: bool,
    sees_everything: bool,
    state: AppState,
}

impl FromRequestParts<StaffState> for StaffContext {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, StaffState(state): &StaffState) -> Result<Self, PageError> {
        // Every route for staff has passed the guard, which has put them here.
        let Principal { role, scope, user, actor } = parts.extensions.get().cloned().ok_or(PageError::Forbidden)?;
        let delay = state.cache.live_delay().await?;
        let now = state.clock.now();
        let author = Author { actor, at: now };
        let sees_everything = matches!(scope, Scope::All);
        let reads_comments = role != Role::Viewer || state.cache.organisation_settings().await?.viewers_read_comments;
        let view = LiveView { delay, now, comments: reads_comments };
        let store = state.store.for_caller(Caller { scope, view, author });
        Ok(Self { role, user, store, delay, reads_comments, sees_everything, state: state.clone() })
    }
}

impl StaffContext {
    /// What time it is, milliseconds UTC.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.state.clock.now()
    }

    /// Lets nobody go on who sees a part only: what comes is about everything.
    ///
    /// # Errors
    /// [`PageError::Forbidden`].
    pub const fn must_see_everything(&self) -> Result<(), PageError> {
        if self.sees_everything { Ok(()) } else { Err(PageError::Forbidden) }
    }

    /// What opens something, as it is given to its holder, and as the store knows it.
    #[must_use]
    pub fn new_token(&self) -> (String, TokenHash) {
        let token = new_token(&self.state.rng);
        let hash = hash_token(&token);
        (token, hash)
    }

    /// Sends an e-mail now. False where that is not possible, which is logged.
    pub async fn send_email(&self, to: &str, email: &Email) -> bool {
        self.state.alerts.send_now(to, email).await
    }

    /// Tells somebody who reads by e-mail from now on what will come, and how they stop it.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn welcome_reader(&self, reader: &MailReader) -> Result<(), StoreError> {
        let organisation = self.store.organisation_name().await?.unwrap_or_default();
        let stop = self.state.address(&format!("/mail/stop/{}", stop_token(&self.state.keys.form_key, reader.id)));
        let email = reader_added_email(reader.lang, &organisation, &stop);
        self.state.alerts.send_stoppable(&reader.email, &email, Some(&stop)).await;
        Ok(())
    }

    /// Sends somebody a link for a new password, to their own address.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn send_reset(&self, user: &User, lang: Lang) -> Result<(), StoreError> {
        send_link(&self.state, user, lang).await
    }

    /// An id for something new.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.state.rng.uuid(self.now())
    }

    /// Whether the caller sees all venues, and so may decide about what belongs to all of them.
    #[must_use]
    pub const fn sees_every_venue(&self) -> bool {
        self.sees_everything
    }

    /// Where ids and codes come from.
    #[must_use]
    pub fn rng(&self) -> &Rng {
        &self.state.rng
    }

    /// A code for a poster, none of those that are taken; they are in small letters.
    #[must_use]
    pub fn new_code(&self, taken: &BTreeSet<String>) -> String {
        loop {
            let code = new_code(&self.state.rng);
            if !taken.contains(&code.to_lowercase()) {
                return code;
            }
        }
    }

    /// What was ever asked: published surveys are nobody's in particular.
    #[must_use]
    pub fn surveys(&self) -> &SurveyCache {
        self.state.cache.surveys()
    }

    /// How many responses of a venue would stand otherwise with other limits; `None` where there is no such venue for the
    /// caller.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn preview(&self, venue: VenueId, limits: &Burst) -> Result<Option<Preview>, StoreError> {
        match self.store.places_of(venue).await? {
            Some(places) => self.state.judge.preview(&places, limits).await.map(Some),
            None => Ok(None),
        }
    }

    /// How late numbers are by now: what is open for long asks again.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn delay_now(&self) -> Result<LiveDelay, StoreError> {
        self.state.cache.live_delay().await
    }

    /// Who decides, where the caller does.
    #[must_use]
    pub fn deciding(&self) -> DecidedBy {
        self.user.as_ref().map_or(DecidedBy::Token, |user| DecidedBy::User(user.id))
    }

    /// Whether people reach this server over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.state.is_https()
    }

    /// A page of this server as people type it.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        self.state.address(path)
    }

    /// The version of the program that tablets get from here.
    #[must_use]
    pub fn version(&self) -> String {
        self.state.site.version()
    }

    /// The PIN of a venue's staff corner where nobody has chosen another.
    #[must_use]
    pub fn usual_pin(&self, venue: VenueId) -> Pin {
        usual_pin(&self.state.keys.form_key, venue)
    }

    /// Whether this server can send e-mails.
    #[must_use]
    pub fn can_email(&self) -> bool {
        self.state.alerts.can_email()
    }

    /// Whether this server may call a program at an address that staff have named.
    #[must_use]
    pub fn may_call(&self, address: &str) -> bool {
        self.state.alerts.may_call(address)
    }

    /// What is left on the server's disk, in bytes, where that is too little.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn too_little_disk(&self) -> Result<Option<u64>, StoreError> {
        Ok(self.state.store.system().size().await?.too_little_free())
    }

    /// What was saved of the look is worn by the next page; other servers hear of it.
    pub fn look_changed(&self) {
        self.state.wardrobe.forget();
        self.state.rendered.forget();
    }

    /// Becomes true when the server is asked to stop.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.state.stopping.clone()
    }

    /// Counts an open stream for as long as what is returned lives.
    #[must_use]
    pub fn open_stream(&self) -> OpenStream {
        self.state.metrics.open_stream()
    }

    /// Whether a session is still one. Storage trouble logs nobody out.
    pub async fn is_logged_in(&self, session: TokenHash) -> bool {
        match self.state.store.system().session(session, self.now()).await {
            Ok(user) => user.is_some(),
            Err(error) => {
                log_error(&error);
                true
            }
        }
    }

    /// Pairs the tablet that shows one of these words, where they may still try.
    ///
    /// # Errors
    /// [`PageError::Forbidden`] for a program, or where the store cannot do it now.
    pub async fn pair(&self, words: &[Words], place: Place) -> Result<Confirmed, PageError> {
        let by = self.user.as_ref().ok_or(PageError::Forbidden)?;
        Ok(self.state.pairings.confirm(&*self.store, words, place, by.id).await?)
    }
}

impl Frame for StaffContext {
    fn site(&self) -> &Site {
        &self.state.site
    }

    fn is_demo(&self) -> bool {
        self.state.is_demo
    }

    fn is_admin(&self) -> bool {
        self.role == Role::Admin && self.sees_everything
    }

    async fn organisation_name(&self) -> Result<Option<String>, StoreError> {
        self.store.organisation_name().await
    }

    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError> {
        self.store.organisation_languages().await
    }

    async fn worn(&self) -> Result<Worn, StoreError> {
        self.state.worn().await
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                sources(&entry.path(), found);
            } else {
                found.push((entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }

    #[test]
    fn no_handler_of_the_staff_finds_a_way_round_their_scope() {
        let http = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
        let mut found = Vec::new();
        for folder in ["staff", "events"] {
            sources(&http.join(folder), &mut found);
        }
        assert!(found.len() > 15, "{}", found.len());
        for (file, text) in &found {
            for way_round in ["system()", "SystemStore", "AppState", "store::open", "StaffState::new"] {
                assert!(!text.contains(way_round), "{file} names {way_round}");
            }
        }
    }
}
