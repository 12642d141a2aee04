//! `GET /api/openapi.json`: the API, described by the code that answers it.

use std::sync::LazyLock;

use axum::{http::header, response::IntoResponse};
use bytes::Bytes;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Components, ContentBuilder, HttpMethod, PathItem, PathsBuilder, Ref, ResponseBuilder,
        path::OperationBuilder,
        request_body::RequestBodyBuilder,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{events, kiosk, problem::Problem, productions, responses, venues};
use crate::notify::webhook::WebhookPayload;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Aplodi",
        description = "Asks the audience how it was. Times are integer milliseconds UTC; errors are problem details \
                       (RFC 9457); fields that may be null may be absent.",
    ),
    paths(
        kiosk::config::get,
        kiosk::responses::post,
        kiosk::heartbeat::post,
        kiosk::pairings::post,
        kiosk::pairings::get,
        kiosk::claim::post,
        kiosk::unpair::post,
        events::list::get,
        events::summary::get,
        events::doubts::get,
        events::decide::post,
        responses::decide::post,
        events::moves::post,
        responses::moves::post,
        venues::list::get,
        venues::preview_limits::post,
        productions::list::get,
    ),
    components(schemas(api::responses::Item, WebhookPayload)),
    tags(
        (name = "kiosk", description = "what a tablet asks; all but asking for words needs its token"),
        (name = "events", description = "what staff read; needs a staff API token or a session"),
    ),
    modifiers(&Tokens, &Webhooks)
)]
struct Document;

/// Both kinds of bearer token.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Components::new);
        for (name, what) in [("kiosk", "a kiosk token"), ("staff", "a staff API token")] {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what)).build();
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
        }
    }
}

/// What this server calls, where staff have named an address.
struct Webhooks;

impl Modify for Webhooks {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let call = ContentBuilder::new().schema(Some(Ref::from_schema_name("WebhookPayload"))).build();
        let says = "any status of success; after every other answer it is told again, later and later, for a day";
        let operation = OperationBuilder::new()
            .summary(Some("Something is wrong with a tablet, or is no longer"))
            .request_body(Some(RequestBodyBuilder::new().content("application/json", call).build()))
            .response("2XX", ResponseBuilder::new().description(says).build())
            .build();
        let paths = PathsBuilder::new().path("kiosk", PathItem::new(HttpMethod::Post, operation)).build();
        document.webhooks = Some(paths);
    }
}

/// The description of the API.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The description as it is sent. It is the same for everybody and takes longer to make than any page: anybody who asks
/// for it again and again would take that time from the answers.
static WRITTEN: LazyLock<serde_json::Result<Bytes>> = LazyLock::new(|| document().to_json().map(Bytes::from));

/// `GET /api/openapi.json`
///
/// # Errors
/// A problem document where it could not be written.
pub async fn get() -> Result<impl IntoResponse, Problem> {
    let written = WRITTEN.as_ref().map_err(|error| Problem::unexpected(error))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], written.clone()))
}
