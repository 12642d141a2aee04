//! The kinds of problems that programs are told of (RFC 9457): each with its name, its status and its
//! title, here and nowhere else.

use axum::http::StatusCode;
use serde::{Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

use store::error_log::Logged;

/// Before the name of every kind.
const URN: &str = "urn:aplodi:problem:";

/// A kind of problem. Its name is stable: programs decide by it. What is the server's fault holds the proof that it has
/// been logged; `ProblemKind<()>` is a name alone, of which no problem can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind<Proof = Logged> {
    /// there is no such thing, or the caller may not know whether there is
    NotFound,
    /// the address answers other methods
    MethodNotAllowed,
    /// the path or the query has another shape than described
    MalformedRequest,
    /// the body is no JSON
    MalformedJson,
    /// the body is JSON of another shape
    WrongShape,
    /// the body is no UTF-8
    NotUtf8,
    /// the body has too many bytes
    BodyTooLarge,
    /// the body did not arrive in time
    BodyTooSlow,
    /// the body ended before its end
    BodyBrokenOff,
    /// a batch has too many items
    TooManyItems,
    /// a number is larger than it can be
    OutOfRange,
    /// what should be a SHA-256 is none
    NoHash,
    /// nobody is known by this token, or none was sent
    Unauthorised,
    /// the caller is known, and their role does not allow it
    Forbidden,
    /// a page of another site sent it
    CrossSite,
    /// one tablet asks too often
    TooManyRequests,
    /// too many tablets wait to be paired
    TooManyWaiting,
    /// the address of a tablet has made another device one
    AddressUsed,
    /// the store cannot do it now
    Storage(Proof),
    /// a fault of the server
    Unexpected(Proof),
}

impl ProblemKind<()> {
    /// Every kind.
    pub const ALL: [Self; 20] = [
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::MalformedRequest,
        Self::MalformedJson,
        Self::WrongShape,
        Self::NotUtf8,
        Self::BodyTooLarge,
        Self::BodyTooSlow,
        Self::BodyBrokenOff,
        Self::TooManyItems,
        Self::OutOfRange,
        Self::NoHash,
        Self::Unauthorised,
        Self::Forbidden,
        Self::CrossSite,
        Self::TooManyRequests,
        Self::TooManyWaiting,
        Self::AddressUsed,
        Self::Storage(()),
        Self::Unexpected(()),
    ];
}

impl<Proof: Copy> ProblemKind<Proof> {
    const fn described(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND, "Not found"),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED, "Method not allowed"),
            Self::MalformedRequest => ("malformed_request", StatusCode::BAD_REQUEST, "Malformed request"),
            Self::MalformedJson => ("malformed_json", StatusCode::BAD_REQUEST, "Not JSON"),
            Self::WrongShape => ("wrong_shape", StatusCode::UNPROCESSABLE_ENTITY, "JSON of another shape"),
            Self::NotUtf8 => ("not_utf8", StatusCode::BAD_REQUEST, "Not UTF-8"),
            Self::BodyTooLarge => ("body_too_large", StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
            Self::BodyTooSlow => ("body_too_slow", StatusCode::REQUEST_TIMEOUT, "Too slow"),
            Self::BodyBrokenOff => ("body_broken_off", StatusCode::BAD_REQUEST, "Broken off"),
            Self::TooManyItems => ("too_many_items", StatusCode::PAYLOAD_TOO_LARGE, "Too many items"),
            Self::OutOfRange => ("out_of_range", StatusCode::UNPROCESSABLE_ENTITY, "A number out of range"),
            Self::NoHash => ("no_hash", StatusCode::UNPROCESSABLE_ENTITY, "Not a SHA-256"),
            Self::Unauthorised => ("unauthorised", StatusCode::UNAUTHORIZED, "Who are you?"),
            Self::Forbidden => ("forbidden", StatusCode::FORBIDDEN, "Not allowed"),
            Self::CrossSite => ("cross_site", StatusCode::FORBIDDEN, "From another site"),
            Self::TooManyRequests => ("too_many_requests", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
            Self::TooManyWaiting => ("too_many_waiting", StatusCode::TOO_MANY_REQUESTS, "Too many tablets"),
            Self::AddressUsed => ("address_used", StatusCode::CONFLICT, "Used already"),
            Self::Storage(_) => ("storage", StatusCode::SERVICE_UNAVAILABLE, "Storage is not available"),
            Self::Unexpected(_) => ("unexpected", StatusCode::INTERNAL_SERVER_ERROR, "Unexpected"),
        }
    }

    /// Its stable name, such as `urn:aplodi:problem:too_many_items`.
    #[must_use]
    pub fn urn(self) -> String {
        format!("{URN}{}", self.described().0)
    }

    /// The HTTP status it comes with.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        self.described().1
    }

    /// The kind in words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.described().2
    }
}

impl Serialize for ProblemKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.urn())
    }
}

impl PartialSchema for ProblemKind {
    fn schema() -> RefOr<Schema> {
        let kinds =
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(ProblemKind::ALL.map(ProblemKind::urn)));
        kinds.description(Some("names the kind of problem; stable, and more may join these")).into()
    }
}

impl ToSchema for ProblemKind {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ProblemKind;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_is_an_error() {
        let names: BTreeSet<String> = ProblemKind::ALL.into_iter().map(ProblemKind::urn).collect();
        assert_eq!(names.len(), ProblemKind::ALL.len());
        for kind in ProblemKind::ALL {
            assert!(kind.status().is_client_error() || kind.status().is_server_error(), "{kind:?}");
        }
    }
}
