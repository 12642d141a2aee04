//! Who may call what: the kinds of callers that the route table names, and who somebody turned out to be.

use axum::http::{HeaderMap, header};

use store::{
    Scope,
    audit::Actor,
    staff::{Role, User},
};

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// everybody
    Public,
    /// everybody, also from a form on a page that does not say where it is: the phone page, and the button that a mail program
    /// presses
    PublicForm,
    /// a tablet that may not be paired: everybody, but a program reads the answer
    Tablet,
    /// a paired tablet
    Kiosk,
    /// somebody logged in, with at least this role
    Staff(Role),
    /// the same, who send a whole file
    Upload(Role),
    /// whoever has the token for metrics; nobody where there is none
    Metrics,
    /// a staff API token, or somebody logged in, with at least this role
    Api(Role),
}

impl Access {
    /// Whether a person reads what the route answers, and not a program.
    #[must_use]
    pub const fn is_page(self) -> bool {
        match self {
            Self::Public | Self::PublicForm | Self::Staff(_) | Self::Upload(_) => true,
            Self::Tablet | Self::Kiosk | Self::Metrics | Self::Api(_) => false,
        }
    }
}

/// Who is calling a route for staff.
#[derive(Clone, Debug)]
pub struct Principal {
    /// what they may do
    pub role: Role,
    /// which venues they may see
    pub scope: Scope,
    /// who it is; `None` for an API token
    pub user: Option<User>,
    /// in whose name they change something
    pub actor: Actor,
}

/// The bearer token of a request.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim())
}
