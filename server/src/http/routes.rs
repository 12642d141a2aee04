//! The one table: every address of this server, and who may call it. There is no other way to add
//! a route, and a route without an entry does not exist.

use app::{
    pages::staff::{
        first_steps::AWAY as FIRST_STEPS_AWAY,
        login::{BACK, BEGIN},
        people::readers::READERS,
        recovery::{NEW_CODE, SEEN as RECOVERY_SEEN},
    },
    server_functions::venue_settings::SaveVenueSettings,
};
use axum::{
    Extension, Router,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};

use leptos::server_fn::axum::register_explicit;

use super::{
    access::Access,
    assets, events, feed,
    guard::{HasPage, guard},
    health, kiosk, mail, metrics, openapi, phone, productions, responses, robots,
    server_functions::FormFunction,
    sign_in, staff, stage, venues,
};
use crate::http::{staff_context::StaffState, state::AppState};
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
    #[expect(clippy::too_many_lines, reason = "a line for each address, and one table of them")]
    #[must_use]
    pub fn all(state: AppState) -> Self {
        use Access::{Api, Kiosk, Metrics, Public, PublicForm, Staff, Tablet, Upload};
        use Role::{Admin, Editor, Viewer};
        let routes = Self { state, table: Vec::new(), router: Router::new() };
        #[cfg(debug_assertions)]
        let routes = routes.get_staff("/staff/kit", Staff(Viewer), get(staff::kit::show));
        routes
            .get("/", Public, get(phone::front::show))
            .get("/healthz", Public, get(health::live))
            .get("/readyz", Public, get(health::ready))
            .get("/robots.txt", Public, get(robots::show))
            .get("/metrics", Metrics, get(metrics::show))
            .get("/feed/{file}", Public, get(feed::show))
            .get("/privacy", Public, get(phone::notices::privacy))
            .get("/accessibility", Public, get(phone::notices::accessibility))
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
            .get("/stage/{code}", Public, get(stage::show))
            // whoever reads by e-mail
            .get("/mail/stop/{token}", Public, get(mail::ask))
            .post("/mail/stop/{token}", PublicForm, post(mail::stop))
            // the tablet
            .get("/api/v1/kiosk/config", Kiosk, get(kiosk::config::get))
            .post("/api/v1/kiosk/responses", Kiosk, post(kiosk::responses::post))
            .post("/api/v1/kiosk/heartbeat", Kiosk, post(kiosk::heartbeat::post))
            // pairing
            .post("/api/v1/kiosk/pairings", Tablet, post(kiosk::pairings::post))
            .get("/api/v1/kiosk/pairings/{id}", Tablet, get(kiosk::pairings::get))
            .post("/api/v1/kiosk/claim", Kiosk, post(kiosk::claim::post))
            .post("/api/v1/kiosk/unpair", Kiosk, post(kiosk::unpair::post))
            .get_staff("/staff/kiosks", Staff(Viewer), get(staff::kiosks::show))
            .get_staff("/staff/kiosks/live", Staff(Viewer), get(staff::kiosks::live))
            .post_staff("/staff/kiosks/commands", Staff(Editor), post(staff::remote::all))
            .post_staff("/staff/kiosks/{id}/commands", Staff(Editor), post(staff::remote::one))
            .get_staff("/staff/kiosks/pair", Staff(Editor), get(staff::pairing::pair::show))
            .post_staff("/staff/kiosks/pair", Staff(Editor), post(staff::pairing::pair::take))
            .get_staff("/staff/kiosks/{id}", Staff(Viewer), get(staff::pairing::kiosk::show))
            .post_staff("/staff/kiosks/{id}/name", Staff(Editor), post(staff::pairing::kiosk::rename))
            .post_staff("/staff/kiosks/{id}/venue", Staff(Editor), post(staff::pairing::kiosk::relocate))
            .get_staff("/staff/kiosks/{id}/unpair", Staff(Editor), get(staff::pairing::unpair::ask))
            .post_staff("/staff/kiosks/{id}/unpair", Staff(Editor), post(staff::pairing::unpair::take))
            // programs of the staff
            .get("/api/openapi.json", Public, get(openapi::get))
            .get_staff("/api/v1/events", Api(Viewer), get(events::list::get))
            .get_staff("/api/v1/events/{id}/summary", Api(Viewer), get(events::summary::get))
            .get_staff("/api/v1/events/{id}/doubts", Api(Editor), get(events::doubts::get))
            .post_staff("/api/v1/events/{id}/decisions", Api(Editor), post(events::decide::post))
            .post_staff("/api/v1/events/{id}/moves", Api(Editor), post(events::moves::post))
            .post_staff("/api/v1/responses/{id}/moves", Api(Editor), post(responses::moves::post))
            .post_staff("/api/v1/responses/{id}/decisions", Api(Editor), post(responses::decide::post))
            .get_staff("/api/v1/venues", Api(Viewer), get(venues::list::get))
            .get_staff("/api/v1/productions", Api(Viewer), get(productions::list::get))
            .post_staff("/api/v1/venues/{id}/limits/preview", Api(Editor), post(venues::preview_limits::post))
            // staff
            .get("/staff/login", Public, get(sign_in::login::show))
            .post("/staff/login", Public, post(sign_in::login::enter))
            .get(BEGIN, Public, get(sign_in::open_id::begin))
            .get(BACK, Public, get(sign_in::open_id::back))
            .post("/staff/login/code", Public, post(sign_in::second_step::enter))
            .get("/staff/account/second-step", Staff(Viewer), get(sign_in::second_step::show))
            .post("/staff/account/second-step", Staff(Viewer), post(sign_in::second_step::switch_on))
            .post("/staff/account/second-step/off", Staff(Viewer), post(sign_in::second_step::switch_off))
            .get("/staff/forgot", Public, get(sign_in::forgot::show))
            .post("/staff/forgot", Public, post(sign_in::forgot::send))
            .get("/staff/recover", Public, get(sign_in::recover::show))
            .post("/staff/recover", Public, post(sign_in::recover::take))
            .get("/staff/account", Staff(Viewer), get(sign_in::account::show))
            .post("/staff/account/password", Staff(Viewer), post(sign_in::account::change_password))
            .post("/staff/account/sessions/end", Staff(Viewer), post(sign_in::account::end_session))
            .post("/staff/logout", Staff(Viewer), post(sign_in::logout::leave))
            .post("/staff/logout/everywhere", Staff(Viewer), post(sign_in::logout::leave_everywhere))
            .get("/staff/set-up/{token}", Public, get(sign_in::set_up::show))
            .post("/staff/set-up/{token}", Public, post(sign_in::set_up::take))
            .get_staff("/staff", Staff(Viewer), get(staff::tonight::show))
            .post_staff(FIRST_STEPS_AWAY, Staff(Admin), post(staff::first_steps::put_away))
            .get_staff("/staff/about", Staff(Viewer), get(staff::about::show))
            .get_staff("/staff/about/licences.txt", Staff(Viewer), get(staff::about::licences))
            .get_staff("/staff/changes", Staff(Viewer), get(staff::live::changes))
            // people
            .get_staff("/staff/people", Staff(Admin), get(staff::people::show))
            .post_staff("/staff/people", Staff(Admin), post(staff::people::invite))
            .get_staff("/staff/people/log", Staff(Admin), get(staff::audit::show))
            .post_staff("/staff/people/log", Staff(Admin), post(staff::audit::keep))
            .get_staff("/staff/people/log.csv", Staff(Admin), get(staff::audit::export))
            .get_staff(READERS, Staff(Admin), get(staff::people::readers::show))
            .post_staff(READERS, Staff(Admin), post(staff::people::readers::add))
            .post_staff("/staff/people/readers/{id}/remove", Staff(Admin), post(staff::people::readers::remove))
            .post_staff(NEW_CODE, Staff(Admin), post(staff::people::recovery_code::renew))
            .post_staff(RECOVERY_SEEN, Staff(Admin), post(staff::people::recovery_code::seen))
            .get_staff("/staff/people/{id}", Staff(Admin), get(staff::people::person::show))
            .post_staff("/staff/people/{id}", Staff(Admin), post(staff::people::person::change))
            .post_staff("/staff/people/{id}/link", Staff(Admin), post(staff::people::person::link))
            .post_staff(
                "/staff/people/{id}/second-step/off",
                Staff(Admin),
                post(staff::people::person::remove_second_step),
            )
            .post_staff("/staff/people/{id}/sessions/end", Staff(Admin), post(staff::people::person::end_sessions))
            .post_staff("/staff/people/{id}/reset", Staff(Admin), post(staff::people::person::reset))
            .post_staff("/staff/people/{id}/disable", Staff(Admin), post(staff::people::person::disable))
            .get_staff("/staff/people/{id}/remove", Staff(Admin), get(staff::people::person::ask_remove))
            .post_staff("/staff/people/{id}/remove", Staff(Admin), post(staff::people::person::remove))
            .post_staff("/staff/people/{id}/hand-over", Staff(Admin), post(staff::people::person::hand_over))
            // the programme
            .get_staff("/staff/events", Staff(Viewer), get(staff::programme::show))
            .get_staff("/staff/events/new", Staff(Editor), get(staff::event_form::add))
            .post_staff("/staff/events/new", Staff(Editor), post(staff::event_form::take_new))
            .get_staff("/staff/events/{id}/edit", Staff(Editor), get(staff::event_form::edit))
            .post_staff("/staff/events/{id}/edit", Staff(Editor), post(staff::event_form::take_changed))
            .get_staff("/staff/events/feeds", Staff(Editor), get(staff::feeds::show))
            .post_staff("/staff/events/feeds", Staff(Editor), post(staff::feeds::make))
            .post_staff("/staff/events/feeds/{id}/remove", Staff(Editor), post(staff::feeds::remove))
            .get_staff("/staff/events/export.csv", Staff(Viewer), get(staff::export::delimited))
            .get_staff("/staff/events/export.xlsx", Staff(Viewer), get(staff::export::workbook))
            .get_staff("/staff/events/export.ics", Staff(Viewer), get(staff::export::calendar))
            .get_staff("/staff/events/import", Staff(Editor), get(staff::import::choose))
            .post_staff("/staff/events/import", Upload(Editor), post(staff::import::keep))
            .get_staff("/staff/events/import/preview", Staff(Editor), get(staff::import::look))
            .post_staff("/staff/events/import/preview", Staff(Editor), post(staff::import::take))
            .get_staff("/staff/events/{id}/repeat", Staff(Editor), get(staff::event_form::repeat::ask))
            .post_staff("/staff/events/{id}/repeat", Staff(Editor), post(staff::event_form::repeat::take))
            .get_staff("/staff/events/{id}/move", Staff(Editor), get(staff::event_form::move_answers::ask))
            .post_staff("/staff/events/{id}/move", Staff(Editor), post(staff::event_form::move_answers::take))
            .get_staff("/staff/events/{id}/delete", Staff(Editor), get(staff::event_form::delete::ask))
            .post_staff("/staff/events/{id}/delete", Staff(Editor), post(staff::event_form::delete::take))
            .post_staff("/staff/events/{id}/attendance", Staff(Editor), post(staff::attendance::save))
            .get_staff("/staff/events/{id}", Staff(Viewer), get(staff::subject::show::<staff::event::OfEvent>))
            .get_staff("/staff/events/{id}/live", Staff(Viewer), get(staff::subject::live::<staff::event::OfEvent>))
            .get_staff("/staff/events/{id}/ways", Staff(Viewer), get(staff::ways::show))
            .post_staff("/staff/events/{id}/ways/mail", Staff(Editor), post(staff::ways::make_link))
            .post_staff("/staff/events/{id}/ways/faces", Staff(Editor), post(staff::ways::choose_faces))
            .get_staff("/staff/events/{id}/poster", Staff(Viewer), get(staff::poster::of_event))
            .get_staff("/staff/venues/{id}/days/{day}", Staff(Viewer), get(staff::subject::show::<staff::day::OfDay>))
            .get_staff(
                "/staff/venues/{id}/days/{day}/live",
                Staff(Viewer),
                get(staff::subject::live::<staff::day::OfDay>),
            )
            .get_staff("/staff/venues/{id}/poster", Staff(Viewer), get(staff::poster::of_venue))
            // what is decided about the organisation, and about a venue
            .get_staff("/staff/organisation", Staff(Editor), get(staff::organisation::show))
            .post_staff("/staff/organisation", Staff(Editor), post(staff::organisation::save))
            .get_staff("/staff/organisation/notices", Staff(Editor), get(staff::notices::show))
            .post_staff("/staff/organisation/notices", Staff(Editor), post(staff::notices::save))
            .get_staff("/staff/organisation/logo", Staff(Editor), get(staff::logo::show))
            .post_staff("/staff/organisation/logo", Upload(Editor), post(staff::logo::save))
            .get_staff("/staff/organisation/look", Staff(Editor), get(staff::look::show))
            .post_staff("/staff/organisation/look", Staff(Editor), post(staff::look::save))
            .get_staff("/staff/productions", Staff(Viewer), get(staff::productions::show))
            .get_staff("/staff/productions/new", Staff(Editor), get(staff::productions::add))
            .post_staff("/staff/productions/new", Staff(Editor), post(staff::productions::take_new))
            .get_staff("/staff/productions/{id}", Staff(Viewer), get(staff::production::show))
            .get_staff("/staff/productions/{id}/edit", Staff(Editor), get(staff::productions::edit))
            .post_staff("/staff/productions/{id}/edit", Staff(Editor), post(staff::productions::take_changed))
            .get_staff("/staff/venues", Staff(Viewer), get(staff::venues::show))
            .get_staff("/staff/venues/new", Staff(Editor), get(staff::venues::add))
            .post_staff("/staff/venues/new", Staff(Editor), post(staff::venues::take_new))
            .get_staff("/staff/venues/{id}/edit", Staff(Editor), get(staff::venues::edit))
            .post_staff("/staff/venues/{id}/edit", Staff(Editor), post(staff::venues::take_changed))
            .get_staff("/staff/venues/{id}/settings", Staff(Editor), get(staff::settings::show))
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
    fn function<F: FormFunction>(self, access: Access, handler: MethodRouter<StaffState>) -> Self {
        register_explicit::<F>();
        self.post_staff(F::PATH, access, handler)
    }

    /// A route for staff, whose handler reaches what [`StaffContext`](super::staff_context::StaffContext) gives it.
    fn get_staff(self, path: &'static str, access: Access, handler: MethodRouter<StaffState>) -> Self {
        let handler = handler.with_state(StaffState::new(self.state.clone()));
        self.get(path, access, handler)
    }

    fn post_staff(self, path: &'static str, access: Access, handler: MethodRouter<StaffState>) -> Self {
        let handler = handler.with_state(StaffState::new(self.state.clone()));
        self.post(path, access, handler)
    }

    fn on(mut self, method: Method, path: &'static str, access: Access, handler: MethodRouter<AppState>) -> Self {
        self.table.push(Route { method, path, access });
        // What takes a form stands below the page that shows it.
        let has_page = HasPage(self.table.iter().any(|route| route.path == path && route.method == Method::GET));
        let guard = from_fn_with_state(self.state.clone(), guard);
        let guarded = handler.route_layer(guard).route_layer(Extension(access)).route_layer(Extension(has_page));
        self.router = self.router.route(path, guarded);
        self
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Routes").field("table", &self.table).finish_non_exhaustive()
    }
}
