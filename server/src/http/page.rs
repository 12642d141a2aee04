//! Pages for people: in which language, in which document, and what they see when something is
//! wrong.

use std::convert::Infallible;

use app::{
    pages::{
        document,
        error::{ErrorData, ErrorPage},
        shell::{Assets, Shell, Worn},
    },
    server_functions::form_error::FormError,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::lang::{Lang, LanguageTag, Reader};
use leptos::{IntoView, view};

use super::{
    body::Unread,
    cookies::cookie,
    island::{self, is_island},
    phone::language::Wanted,
    site::Site,
};
use crate::http::state::AppState;
use store::{
    StoreError,
    error_log::{Logged, log_error},
    writer::NotWritten,
};

/// Staff choose a language once; visitors never get a cookie.
const COOKIE: &str = "aplodi-lang";

/// Where the frame of a page comes from.
pub trait Frame {
    /// Scripts, styles, fonts.
    fn site(&self) -> &Site;

    /// Whether a demo season is played.
    fn is_demo(&self) -> bool;

    /// Whether the reader decides about people.
    fn is_admin(&self) -> bool {
        false
    }

    /// The organisation's name.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    fn organisation_name(&self) -> impl Future<Output = Result<Option<String>, StoreError>> + Send;

    /// The languages that the organisation writes in, the default first.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    fn organisation_languages(&self) -> impl Future<Output = Result<Vec<LanguageTag>, StoreError>> + Send;

    /// What the organisation looks like.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    fn worn(&self) -> impl Future<Output = Result<Worn, StoreError>> + Send;
}

impl Frame for AppState {
    fn site(&self) -> &Site {
        &self.site
    }

    fn is_demo(&self) -> bool {
        self.is_demo
    }

    async fn organisation_name(&self) -> Result<Option<String>, StoreError> {
        self.store.system().organisation_name().await
    }

    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError> {
        self.store.system().organisation_languages().await
    }

    async fn worn(&self) -> Result<Worn, StoreError> {
        Ok(self.wardrobe.dressed(&self.site, &**self.store.system()).await?.worn.clone())
    }
}

/// In which language a page is read, and where it is.
#[derive(Clone, Debug)]
pub struct PageContext {
    /// the reader's language
    pub lang: Lang,
    /// the address of the page, without its query
    pub path: String,
    chosen: bool,
}

impl<S: Sync> FromRequestParts<S> for PageContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let wanted = Wanted::from_request_parts(parts, &()).await?;
        let chosen = wanted.lang.as_deref().and_then(|tag| tag.parse().ok());
        let lang =
            chosen.or_else(|| cookie(&parts.headers, COOKIE)?.parse().ok()).or_else(|| wanted.lang(&parts.headers));
        Ok(Self { lang: lang.unwrap_or_default(), path: parts.uri.path().to_owned(), chosen: chosen.is_some() })
    }
}

impl PageContext {
    /// The same reader at another page.
    #[must_use]
    pub fn at(&self, path: String) -> Self {
        Self { path, ..self.clone() }
    }

    /// What a page is told beside its own data.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn shell(&self, frame: &impl Frame) -> Result<Shell, StoreError> {
        let organisation = frame.organisation_name().await?.unwrap_or_default();
        let shell = self.shell_of(frame.site(), self.reader(frame).await?, organisation, frame.is_demo());
        Ok(Shell { is_admin: frame.is_admin(), worn: frame.worn().await?, ..shell })
    }

    /// Who reads what the organisation has written.
    ///
    /// # Errors
    /// Where the store cannot do it now.
    pub async fn reader(&self, frame: &impl Frame) -> Result<Reader, StoreError> {
        Ok(Reader::new(self.lang, frame.organisation_languages().await?.first().copied()))
    }

    fn shell_of(&self, site: &Site, reader: Reader, organisation: String, is_demo: bool) -> Shell {
        let assets = Assets::new(site.addresses().clone());
        Shell {
            lang: self.lang,
            reader,
            assets,
            path: self.path.clone(),
            organisation,
            is_demo,
            is_admin: false,
            worn: Worn::default(),
        }
    }

    /// Sends a page; remembers the language where the reader has just chosen one.
    pub fn page<V: IntoView>(&self, page: impl FnOnce() -> V) -> Response {
        let mut response = Html(document(page)).into_response();
        if self.chosen && self.path.starts_with("/staff") {
            let cookie = format!("{COOKIE}={}; Path=/staff; Max-Age=31536000; HttpOnly; SameSite=Lax", self.lang);
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
        }
        response
    }
}

/// Why a person does not see the page they wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// there is no such page, or the reader may not know whether there is
    #[error("nothing at this address")]
    NotFound,
    /// there is a page, but it is not called like that
    #[error("method not allowed")]
    MethodNotAllowed,
    /// the reader's role does not allow it
    #[error("not allowed")]
    Forbidden,
    /// it was sent from a page at another address
    #[error("from a page at another address")]
    CrossSite,
    /// what was sent cannot be read
    #[error("unreadable request")]
    BadRequest,
    /// more was sent than is read
    #[error("too large")]
    TooLarge,
    /// they ask too often
    #[error("too many requests")]
    TooMany,
    /// it was there once: a used link
    #[error("gone")]
    Gone,
    /// the store cannot do it now, which has been logged
    #[error("the store cannot do it now")]
    Unavailable(Logged),
    /// something unexpected, which has been logged
    #[error("unexpected")]
    Unexpected(Logged),
}

impl PageError {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Gone => StatusCode::GONE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Something unexpected: logged once with its whole chain, and never shown.
    #[must_use]
    pub fn unexpected(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::Unexpected(log_error(error))
    }

    const fn logged(error: &StoreError, logged: Logged) -> Self {
        if error.may_pass() { Self::Unavailable(logged) } else { Self::Unexpected(logged) }
    }
}

impl From<Unread> for PageError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooLarge => Self::TooLarge,
            Unread::TooSlow | Unread::BrokenOff => Self::BadRequest,
        }
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::logged(&error, log_error(&error))
    }
}

impl From<NotWritten> for PageError {
    fn from(NotWritten { error, logged }: NotWritten) -> Self {
        Self::logged(&error, logged)
    }
}

impl IntoResponse for PageError {
    /// Without words yet: [`render_errors`] knows the reader's language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts the error page around an error that a handler of a page, or the guard before it, ended with. An island is told
/// in lines, and its form stays as it is.
pub async fn render_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(context) = PageContext::from_request_parts(&mut parts, &state).await;
    let for_island = is_island(&parts.headers);
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(error) = response.extensions().get::<PageError>().copied() else { return response };
    if for_island {
        return island::refusal(error.status(), &FormError::of_status(context.lang, error.status().as_u16()));
    }
    let shell = context.shell_of(&state.site, context.lang.into(), String::new(), state.is_demo);
    let public = (error == PageError::CrossSite).then(|| state.address(""));
    let data = ErrorData { status: error.status().as_u16(), public };
    let mut page = context.page(move || view! { <ErrorPage data=data shell=shell /> });
    *page.status_mut() = error.status();
    page
}
