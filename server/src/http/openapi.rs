//! `GET /api/openapi.json`: the API, described by the code that answers it.

use axum::Json;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Components,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{events, kiosk};

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
        kiosk::unpair::post,
        events::list::get,
        events::summary::get,
    ),
    components(schemas(app::domain::response::item::Item)),
    tags(
        (name = "kiosk", description = "what a tablet asks; all but asking for words needs its token"),
        (name = "events", description = "what staff read; needs a staff API token or a session"),
    ),
    modifiers(&Tokens)
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

/// The description of the API.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// `GET /api/openapi.json`
pub async fn get() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}
