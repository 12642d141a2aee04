//! The one table: every address of this server, and who may call it. There is no other way to add
//! a route, and a route without an entry does not exist.

use app::server_functions::venue_settings::SaveVenueSettings;
use axum::{
    Extension, Router,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};

use leptos::server_fn::axum::register_explicit;

use super::{
    access::Access, assets, events, guard::guard, health, kiosk, metrics, openapi, phone, robots,
    server_functions::FormFunction, staff,
};
use crate::http::state::AppState;
use store::staff::Role;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// how it is called
    pub method: Method,
    /// where it is
    pub path: &'static str,
    /// who may call it
    pub access: Access,
}

/// The table and the router that comes from it.
pub struct Routes {
    state: AppState,
    table: Vec<Route>,
    router: Router<AppState>,
}

impl Routes {
    /// Every route of the server.
    #[must_use]
    pub fn all(state: AppState) -> Self {
        use Access::{Api, Kiosk, Metrics, Public, PublicForm, Staff, Tablet};
        use Role::{Editor, Viewer};
        let routes = Self { state, table: Vec::new(), router: Router::new() };
        #[cfg(debug_assertions)]
        let routes = routes.get("/staff/kit", Staff(Viewer), get(staff::kit::show));
        routes
            .get("/", Public, get(phone::front::show))
            .get("/healthz", Public, get(health::live))
            .get("/readyz", Public, get(health::ready))
            .get("/robots.txt", Public, get(robots::show))
            .get("/metrics", Metrics, get(metrics::show))
            // what a browser loads
            .get("/assets/{*path}", Public, get(assets::asset))
            .get("/icons/{*path}", Public, get(assets::icon))
            .get("/manifest.webmanifest", Public, get(assets::manifest))
            .get("/sw.js", Public, get(assets::worker))
            .get("/kiosk", Public, get(assets::kiosk))
            .get("/kiosk/help", Public, get(kiosk::help::show))
            // the visitor's own phone
            .get("/f", Public, get(phone::front::show))
            .get("/f/{code}", Public, get(phone::form::show))
            .get("/f/{code}/answer", Public, get(phone::answer::back_to_form))
            .post("/f/{code}/answer", PublicForm, post(phone::answer::take))
            .get("/f/{code}/thanks", Public, get(phone::thanks::show))
            // the tablet
            .get("/api/v1/kiosk/config", Kiosk, get(kiosk::config::get))
            .post("/api/v1/kiosk/responses", Kiosk, post(kiosk::responses::post))
            .post("/api/v1/kiosk/heartbeat", Kiosk, post(kiosk::heartbeat::post))
            // pairing
            .post("/api/v1/kiosk/pairings", Tablet, post(kiosk::pairings::post))
            .get("/api/v1/kiosk/pairings/{id}", Tablet, get(kiosk::pairings::get))
            .post("/api/v1/kiosk/unpair", Kiosk, post(kiosk::unpair::post))
            .get("/staff/kiosks", Staff(Viewer), get(staff::kiosks::show))
            .get("/staff/kiosks/live", Staff(Viewer), get(staff::kiosks::live))
            .get("/staff/kiosks/pair", Staff(Editor), get(staff::pairing::pair::show))
            .post("/staff/kiosks/pair", Staff(Editor), post(staff::pairing::pair::take))
            .get("/staff/kiosks/{id}", Staff(Viewer), get(staff::pairing::kiosk::show))
            .post("/staff/kiosks/{id}/name", Staff(Editor), post(staff::pairing::kiosk::rename))
            .post("/staff/kiosks/{id}/venue", Staff(Editor), post(staff::pairing::kiosk::relocate))
            .get("/staff/kiosks/{id}/unpair", Staff(Editor), get(staff::pairing::unpair::ask))
            .post("/staff/kiosks/{id}/unpair", Staff(Editor), post(staff::pairing::unpair::take))
            // programs of the staff
            .get("/api/openapi.json", Public, get(openapi::get))
            .get("/api/v1/events", Api(Viewer), get(events::list::get))
            .get("/api/v1/events/{id}/summary", Api(Viewer), get(events::summary::get))
            // staff
            .get("/staff/login", Public, get(staff::login::show))
            .post("/staff/login", Public, post(staff::login::enter))
            .post("/staff/logout", Staff(Viewer), post(staff::logout::leave))
            .get("/staff/set-up/{token}", Public, get(staff::set_up::show))
            .post("/staff/set-up/{token}", Public, post(staff::set_up::take))
            .get("/staff", Staff(Viewer), get(staff::tonight::show))
            .get("/staff/about", Staff(Viewer), get(staff::about::show))
            .get("/staff/changes", Staff(Viewer), get(staff::live::changes))
            // the programme
            .get("/staff/events", Staff(Viewer), get(staff::programme::show))
            .get("/staff/events/{id}", Staff(Viewer), get(staff::subject::show::<staff::event::OfEvent>))
            .get("/staff/events/{id}/live", Staff(Viewer), get(staff::subject::live::<staff::event::OfEvent>))
            .get("/staff/events/{id}/poster", Staff(Viewer), get(staff::poster::of_event))
            .get("/staff/venues/{id}/days/{day}", Staff(Viewer), get(staff::subject::show::<staff::day::OfDay>))
            .get("/staff/venues/{id}/days/{day}/live", Staff(Viewer), get(staff::subject::live::<staff::day::OfDay>))
            .get("/staff/venues/{id}/poster", Staff(Viewer), get(staff::poster::of_venue))
            // what is decided about a venue
            .get("/staff/venues/{id}/settings", Staff(Editor), get(staff::settings::show))
            .function::<SaveVenueSettings>(Staff(Editor), post(staff::settings::save))
    }

    /// Who may call what.
    #[must_use]
    pub fn table(&self) -> &[Route] {
        &self.table
    }

    /// The router.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }

    fn get(self, path: &'static str, access: Access, handler: MethodRouter<AppState>) -> Self {
        self.on(Method::GET, path, access, handler)
    }

    fn post(self, path: &'static str, access: Access, handler: MethodRouter<AppState>) -> Self {
        self.on(Method::POST, path, access, handler)
    }

    /// A server function, at its own address. It is registered by name: collecting such functions at link time does not
    /// work with every linker.
    fn function<F: FormFunction>(self, access: Access, handler: MethodRouter<AppState>) -> Self {
        register_explicit::<F>();
        self.post(F::PATH, access, handler)
    }

    fn on(mut self, method: Method, path: &'static str, access: Access, handler: MethodRouter<AppState>) -> Self {
        self.table.push(Route { method, path, access });
        let guarded = handler.route_layer(from_fn_with_state(self.state.clone(), guard)).route_layer(Extension(access));
        self.router = self.router.route(path, guarded);
        self
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Routes").field("table", &self.table).finish_non_exhaustive()
    }
}
