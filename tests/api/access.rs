//! The route table: complete, as written here, and obeyed by every route for every caller.

use aplodi::http::{
    access::Access,
    routes::{Route, Routes},
};
use harness::{on_test_server, test_server::TestServer};
use store::staff::Role;

/// What the table is meant to say. A route that is added, or opened wider, has to be written here as well.
const MEANT: &[(&str, &str, &str)] = &[
    ("GET", "/", "Public"),
    ("GET", "/accessibility", "Public"),
    ("GET", "/api/openapi.json", "Public"),
    ("GET", "/api/v1/events", "Api(Viewer)"),
    ("POST", "/api/v1/events/{id}/decisions", "Api(Editor)"),
    ("GET", "/api/v1/events/{id}/doubts", "Api(Editor)"),
    ("POST", "/api/v1/events/{id}/moves", "Api(Editor)"),
    ("GET", "/api/v1/events/{id}/summary", "Api(Viewer)"),
    ("POST", "/api/v1/kiosk/claim", "Kiosk"),
    ("GET", "/api/v1/kiosk/config", "Kiosk"),
    ("POST", "/api/v1/kiosk/heartbeat", "Kiosk"),
    ("POST", "/api/v1/kiosk/pairings", "Tablet"),
    ("GET", "/api/v1/kiosk/pairings/{id}", "Tablet"),
    ("POST", "/api/v1/kiosk/responses", "Kiosk"),
    ("POST", "/api/v1/kiosk/unpair", "Kiosk"),
    ("GET", "/api/v1/productions", "Api(Viewer)"),
    ("POST", "/api/v1/responses/{id}/decisions", "Api(Editor)"),
    ("POST", "/api/v1/responses/{id}/moves", "Api(Editor)"),
    ("GET", "/api/v1/venues", "Api(Viewer)"),
    ("POST", "/api/v1/venues/{id}/limits/preview", "Api(Editor)"),
    ("GET", "/assets/{*path}", "Public"),
    ("GET", "/f", "Public"),
    ("GET", "/f/{code}", "Public"),
    ("GET", "/f/{code}/answer", "Public"),
    ("POST", "/f/{code}/answer", "PublicForm"),
    ("GET", "/f/{code}/thanks", "Public"),
    ("GET", "/feed/{file}", "Public"),
    ("GET", "/healthz", "Public"),
    ("GET", "/icons/{*path}", "Public"),
    ("GET", "/kiosk", "Public"),
    ("GET", "/kiosk/help", "Public"),
    ("GET", "/mail/stop/{token}", "Public"),
    ("POST", "/mail/stop/{token}", "PublicForm"),
    ("GET", "/manifest.webmanifest", "Public"),
    ("GET", "/metrics", "Metrics"),
    ("GET", "/privacy", "Public"),
    ("GET", "/readyz", "Public"),
    ("GET", "/robots.txt", "Public"),
    ("GET", "/staff", "Staff(Viewer)"),
    ("GET", "/staff/about", "Staff(Viewer)"),
    ("GET", "/staff/about/licences.txt", "Staff(Viewer)"),
    ("GET", "/staff/account", "Staff(Viewer)"),
    ("POST", "/staff/account/password", "Staff(Viewer)"),
    ("GET", "/staff/account/second-step", "Staff(Viewer)"),
    ("POST", "/staff/account/second-step", "Staff(Viewer)"),
    ("POST", "/staff/account/second-step/off", "Staff(Viewer)"),
    ("POST", "/staff/account/sessions/end", "Staff(Viewer)"),
    ("POST", "/staff/call/venue-settings", "Staff(Editor)"),
    ("GET", "/staff/changes", "Staff(Viewer)"),
    ("GET", "/staff/events", "Staff(Viewer)"),
    ("GET", "/staff/events/export.csv", "Staff(Viewer)"),
    ("GET", "/staff/events/export.ics", "Staff(Viewer)"),
    ("GET", "/staff/events/export.xlsx", "Staff(Viewer)"),
    ("GET", "/staff/events/feeds", "Staff(Editor)"),
    ("POST", "/staff/events/feeds", "Staff(Editor)"),
    ("POST", "/staff/events/feeds/{id}/remove", "Staff(Editor)"),
    ("GET", "/staff/events/import", "Staff(Editor)"),
    ("POST", "/staff/events/import", "Upload(Editor)"),
    ("GET", "/staff/events/import/preview", "Staff(Editor)"),
    ("POST", "/staff/events/import/preview", "Staff(Editor)"),
    ("GET", "/staff/events/new", "Staff(Editor)"),
    ("POST", "/staff/events/new", "Staff(Editor)"),
    ("GET", "/staff/events/{id}", "Staff(Viewer)"),
    ("POST", "/staff/events/{id}/attendance", "Staff(Editor)"),
    ("GET", "/staff/events/{id}/delete", "Staff(Editor)"),
    ("POST", "/staff/events/{id}/delete", "Staff(Editor)"),
    ("GET", "/staff/events/{id}/edit", "Staff(Editor)"),
    ("POST", "/staff/events/{id}/edit", "Staff(Editor)"),
    ("GET", "/staff/events/{id}/live", "Staff(Viewer)"),
    ("GET", "/staff/events/{id}/move", "Staff(Editor)"),
    ("POST", "/staff/events/{id}/move", "Staff(Editor)"),
    ("GET", "/staff/events/{id}/poster", "Staff(Viewer)"),
    ("GET", "/staff/events/{id}/repeat", "Staff(Editor)"),
    ("POST", "/staff/events/{id}/repeat", "Staff(Editor)"),
    ("GET", "/staff/events/{id}/ways", "Staff(Viewer)"),
    ("POST", "/staff/events/{id}/ways/faces", "Staff(Editor)"),
    ("POST", "/staff/events/{id}/ways/mail", "Staff(Editor)"),
    ("POST", "/staff/first-steps/away", "Staff(Admin)"),
    ("GET", "/staff/forgot", "Public"),
    ("POST", "/staff/forgot", "Public"),
    ("GET", "/staff/kiosks", "Staff(Viewer)"),
    ("POST", "/staff/kiosks/commands", "Staff(Editor)"),
    ("GET", "/staff/kiosks/live", "Staff(Viewer)"),
    ("GET", "/staff/kiosks/pair", "Staff(Editor)"),
    ("POST", "/staff/kiosks/pair", "Staff(Editor)"),
    ("GET", "/staff/kiosks/{id}", "Staff(Viewer)"),
    ("POST", "/staff/kiosks/{id}/commands", "Staff(Editor)"),
    ("POST", "/staff/kiosks/{id}/name", "Staff(Editor)"),
    ("GET", "/staff/kiosks/{id}/unpair", "Staff(Editor)"),
    ("POST", "/staff/kiosks/{id}/unpair", "Staff(Editor)"),
    ("POST", "/staff/kiosks/{id}/venue", "Staff(Editor)"),
    ("GET", "/staff/kit", "Staff(Viewer)"),
    ("GET", "/staff/login", "Public"),
    ("POST", "/staff/login", "Public"),
    ("POST", "/staff/login/code", "Public"),
    ("GET", "/staff/login/openid", "Public"),
    ("GET", "/staff/login/openid/back", "Public"),
    ("POST", "/staff/logout", "Staff(Viewer)"),
    ("POST", "/staff/logout/everywhere", "Staff(Viewer)"),
    ("GET", "/staff/organisation", "Staff(Editor)"),
    ("POST", "/staff/organisation", "Staff(Editor)"),
    ("GET", "/staff/organisation/logo", "Staff(Editor)"),
    ("POST", "/staff/organisation/logo", "Upload(Editor)"),
    ("GET", "/staff/organisation/look", "Staff(Editor)"),
    ("POST", "/staff/organisation/look", "Staff(Editor)"),
    ("GET", "/staff/organisation/notices", "Staff(Editor)"),
    ("POST", "/staff/organisation/notices", "Staff(Editor)"),
    ("GET", "/staff/people", "Staff(Admin)"),
    ("POST", "/staff/people", "Staff(Admin)"),
    ("GET", "/staff/people/log", "Staff(Admin)"),
    ("POST", "/staff/people/log", "Staff(Admin)"),
    ("GET", "/staff/people/log.csv", "Staff(Admin)"),
    ("GET", "/staff/people/readers", "Staff(Admin)"),
    ("POST", "/staff/people/readers", "Staff(Admin)"),
    ("POST", "/staff/people/readers/{id}/remove", "Staff(Admin)"),
    ("POST", "/staff/people/recovery-code", "Staff(Admin)"),
    ("POST", "/staff/people/recovery-code/seen", "Staff(Admin)"),
    ("GET", "/staff/people/{id}", "Staff(Admin)"),
    ("POST", "/staff/people/{id}", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/disable", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/hand-over", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/link", "Staff(Admin)"),
    ("GET", "/staff/people/{id}/remove", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/remove", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/reset", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/second-step/off", "Staff(Admin)"),
    ("POST", "/staff/people/{id}/sessions/end", "Staff(Admin)"),
    ("GET", "/staff/productions", "Staff(Viewer)"),
    ("GET", "/staff/productions/new", "Staff(Editor)"),
    ("POST", "/staff/productions/new", "Staff(Editor)"),
    ("GET", "/staff/productions/{id}", "Staff(Viewer)"),
    ("GET", "/staff/productions/{id}/edit", "Staff(Editor)"),
    ("POST", "/staff/productions/{id}/edit", "Staff(Editor)"),
    ("GET", "/staff/recover", "Public"),
    ("POST", "/staff/recover", "Public"),
    ("GET", "/staff/set-up/{token}", "Public"),
    ("POST", "/staff/set-up/{token}", "Public"),
    ("GET", "/staff/venues", "Staff(Viewer)"),
    ("GET", "/staff/venues/new", "Staff(Editor)"),
    ("POST", "/staff/venues/new", "Staff(Editor)"),
    ("GET", "/staff/venues/{id}/days/{day}", "Staff(Viewer)"),
    ("GET", "/staff/venues/{id}/days/{day}/live", "Staff(Viewer)"),
    ("GET", "/staff/venues/{id}/edit", "Staff(Editor)"),
    ("POST", "/staff/venues/{id}/edit", "Staff(Editor)"),
    ("GET", "/staff/venues/{id}/poster", "Staff(Viewer)"),
    ("GET", "/staff/venues/{id}/settings", "Staff(Editor)"),
    ("GET", "/stage/{code}", "Public"),
    ("GET", "/sw.js", "Public"),
];

on_test_server!(the_table_says_what_was_meant, |server| {
    let routes = Routes::all(server.state.clone());
    let mut table: Vec<(String, &str, String)> = routes
        .table()
        .iter()
        .map(|route| (route.method.to_string(), route.path, format!("{:?}", route.access)))
        .collect();
    table.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    let table: Vec<_> = table.iter().map(|(method, path, access)| (method.as_str(), *path, access.as_str())).collect();
    assert_eq!(table, MEANT);
});

/// Somebody who calls a route.
struct Caller {
    name: &'static str,
    header: Option<(&'static str, String)>,
    kiosk: bool,
    session: Option<Role>,
    api: Option<Role>,
}

impl Caller {
    fn may(&self, access: Access) -> bool {
        match access {
            Access::Public | Access::PublicForm | Access::Tablet => true,
            Access::Kiosk => self.kiosk,
            // Nobody, where no token for it was given to the server.
            Access::Metrics => false,
            Access::Staff(least) | Access::Upload(least) => self.session.is_some_and(|role| role >= least),
            Access::Api(least) => self.session.max(self.api).is_some_and(|role| role >= least),
        }
    }
}

async fn callers(server: &TestServer) -> Vec<Caller> {
    let nobody = Caller { name: "nobody", header: None, kiosk: false, session: None, api: None };
    let bearer = |token: String| Some(("authorization", format!("Bearer {token}")));
    let mut callers = vec![
        Caller { name: "wrong token", header: bearer("wrong".into()), ..nobody },
        Caller { name: "wrong cookie", header: Some(("cookie", "aplodi=wrong".into())), ..nobody },
        Caller { name: "kiosk", header: bearer(server.kiosk_token.clone()), kiosk: true, ..nobody },
    ];
    for role in [Role::Viewer, Role::Editor, Role::Admin] {
        let token = server.api_token(role).await;
        callers.push(Caller { name: "API token", header: bearer(token), api: Some(role), ..nobody });
        let cookie = server.session(role).await;
        callers.push(Caller { name: "session", header: Some(("cookie", cookie)), session: Some(role), ..nobody });
    }
    callers.push(nobody);
    callers
}

async fn status(server: &TestServer, route: &Route, caller: &Caller) -> u16 {
    let path = route
        .path
        .replace("{code}", "KX7P")
        .replace("/venues/{id}", &format!("/venues/{}", server.venue.id))
        .replace("{day}", "2026-11-21")
        .replace("{id}", &server.event.id.to_string())
        .replace("{token}", "none")
        .replace("{file}", "none.ics")
        .replace("{*path}", "none");
    let method = reqwest::Method::from_bytes(route.method.as_str().as_bytes()).expect("a method");
    let mut request = server.http.request(method, format!("{}{path}", server.base)).header("origin", &server.base);
    if let Some((name, value)) = &caller.header {
        request = request.header(*name, value);
    }
    request.send().await.expect("an answer").status().as_u16()
}

on_test_server!(every_caller_meets_the_table_on_every_route, |server| {
    // Logging out ends the caller's own session, and leaving the tablet's pairing, so they come last.
    let routes = Routes::all(server.state.clone());
    let mut table = routes.table().to_vec();
    table.sort_by_key(|route| {
        ["/staff/logout", "/staff/logout/everywhere", "/api/v1/kiosk/unpair"].contains(&route.path)
    });
    let callers = callers(server).await;
    for route in &table {
        for caller in &callers {
            let status = status(server, route, caller).await;
            let who = format!("{} ({:?}) at {} {}: {status}", caller.name, caller.header, route.method, route.path);
            if caller.may(route.access) {
                assert!(![401, 403].contains(&status), "is refused: {who}");
                assert!(!(500..600).contains(&status), "breaks something: {who}");
            } else if matches!(route.access, Access::Staff(_) | Access::Upload(_)) {
                // Who is not logged in is sent to the login; who is, and may not, is refused.
                let closed = if caller.session.is_some() { 403 } else { 303 };
                assert_eq!(status, closed, "is neither sent to the login nor refused: {who}");
            } else if route.access == Access::Metrics {
                assert_eq!(status, 404, "is told that there is something: {who}");
            } else {
                assert!([401, 403].contains(&status), "gets in: {who}");
            }
        }
    }
});

on_test_server!(a_person_is_refused_with_a_page_and_a_program_with_a_problem, |server| {
    let address = |path: &str| format!("{}{path}", server.base);
    for (method, path, door) in [
        (reqwest::Method::GET, "/staff/events?scores=all", "/staff/login?next=%2Fstaff%2Fevents%3Fscores%3Dall"),
        (reqwest::Method::HEAD, "/staff/events", "/staff/login?next=%2Fstaff%2Fevents"),
        (reqwest::Method::POST, "/staff/logout", "/staff/login"),
    ] {
        let request = server.http.request(method.clone(), address(path)).header("origin", &server.base);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 303, "{method} {path}");
        assert_eq!(response.headers()["location"], door, "{method} {path}");
    }
    for path in ["/staff/login", "/staff/logout", "/staff/set-up/none", "/f/KX7P/answer"] {
        let request = server.http.post(address(path)).header("sec-fetch-site", "cross-site");
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 403, "{path}");
        let kind = response.headers()["content-type"].to_str().expect("text");
        assert!(kind.starts_with("text/html"), "{path}: {kind}");
    }
    for path in ["/api/v1/kiosk/config", "/api/v1/events"] {
        let response = server.http.get(address(path)).send().await.expect("an answer");
        assert_eq!(response.status(), 401, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
    }
});
