//! `/staff/venues/{id}/settings`: what staff decide holds for the next answer, and only those who may decide it do.

use aplodi::{
    notify::reach::WebhookReach,
    secrets::{hash_token, new_token, usual_pin},
};
use app::server_functions::{
    form_error::{FieldError, FormError, Lines},
    venue_settings::SaveVenueSettings,
};
use domain::{
    id::VenueId,
    time::HOUR,
    venue_settings::{Burst, Hours, VenueSettings},
};
use harness::{
    on_both_databases, on_test_server,
    store::TestStore,
    test_server::{NOW, TestServer},
};
use leptos::server_fn::{ContentType, ServerFn, error::FromServerFnError};
use store::{
    Scope,
    staff::{Role, User},
};
use uuid::Uuid;

fn address(server: &TestServer, venue: VenueId) -> String {
    format!("{}/staff/venues/{venue}/settings", server.base)
}

/// The form as a browser sends it, with some fields changed, by their names in `form[...]`.
fn form(venue: VenueId, changed: &[(&str, &str)]) -> String {
    let usual = [
        ("[opening]", "always"),
        ("[window_before]", "90"),
        ("[window_after]", "840"),
        ("[burst_most]", "8"),
        ("[burst_by_code]", "300"),
        ("[burst_seconds]", "60"),
        ("[contradiction]", "true"),
        ("[silent_minutes]", "15"),
    ];
    let days: Vec<String> =
        (0..7).flat_map(|day| ["from", "until"].map(|end| format!("[week][{day}][{end}]"))).collect();
    let usual = usual.into_iter().chain(days.iter().map(|name| (name.as_str(), "")));
    let kept = usual.filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
    let fields = kept.chain(changed.iter().copied()).map(|(name, value)| (format!("form{name}"), value.to_owned()));
    let venue = [("venue".to_owned(), venue.to_string())];
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(venue.into_iter().chain(fields)).finish()
}

/// Posts a form, by a browser without JavaScript or by an island.
async fn send(server: &TestServer, cookie: &str, accept: &str, body: String) -> reqwest::Response {
    server
        .http
        .post(format!("{}{}", server.base, SaveVenueSettings::PATH))
        .header("origin", &server.base)
        .header("cookie", cookie)
        .header("accept", accept)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

async fn post(server: &TestServer, cookie: &str, venue: VenueId, changed: &[(&str, &str)]) -> reqwest::Response {
    send(server, cookie, "text/html,*/*;q=0.8", form(venue, changed)).await
}

async fn read(server: &TestServer, cookie: &str, query: &str) -> String {
    let address = format!("{}{query}", address(server, server.venue.id));
    let response = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.text().await.expect("text")
}

on_test_server!(an_editor_decides_about_a_venue, |server| {
    let editor = server.session(Role::Editor).await;
    let page = read(server, &editor, "?lang=en").await;
    let pin = usual_pin(&server.state.keys.form_key, server.venue.id);
    assert!(page.contains(&format!("value=\"{}\"", pin.as_str())), "the PIN that holds is shown");

    let response = post(
        server,
        &editor,
        server.venue.id,
        &[
            ("[opening]", "hours"),
            ("[week][4][from]", "17:00"),
            ("[week][4][until]", "02:00"),
            ("[burst_most]", "3"),
            ("[pin]", "4711"),
            ("[emails]", "vahti@house.example"),
            ("[quiet][from]", "23:00"),
            ("[quiet][until]", "07:00"),
        ],
    )
    .await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], format!("/staff/venues/{}/settings?done=saved", server.venue.id));
    let stored = server.state.store.system().venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored.opening.on(4), Hours::new(1_020, 1_560));
    assert_eq!(stored.burst, Burst { most: 3, ..Burst::default() });
    assert_eq!(stored.pin, Some("4711".parse().expect("a PIN")));
    assert_eq!(stored.alerts.quiet, Some([1_380, 420]));
    assert!(stored.contradiction);
    let page = read(server, &editor, "?done=saved&lang=en").await;
    assert!(page.contains("role=\"status\"") && page.contains("value=\"4711\"") && page.contains("value=\"02:00\""));

    // A box without its tick is not sent at all; an empty PIN is the usual one again.
    let without = form(server.venue.id, &[("[pin]", "")]).replace("&form%5Bcontradiction%5D=true", "");
    let response = send(server, &editor, "*/*", without).await;
    assert_eq!(response.status(), 303);
    let expected = VenueSettings { contradiction: false, ..VenueSettings::default() };
    assert_eq!(server.state.store.system().venue_settings(server.venue.id).await.expect("settings"), expected);
});

on_test_server!(only_an_admin_names_a_program_to_call, |server| {
    let hook =
        async || server.state.store.system().venue_settings(server.venue.id).await.expect("settings").alerts.webhook;
    let (editor, admin) = (server.session(Role::Editor).await, server.session(Role::Admin).await);
    let named = [("[webhook]", "https://hooks.example/secret")];
    assert_eq!(post(server, &editor, server.venue.id, &named).await.status(), 303);
    assert_eq!(hook().await, None, "what an editor sends is not even looked at");
    assert!(read(server, &admin, "").await.contains("form[webhook]"));
    assert_eq!(post(server, &admin, server.venue.id, &named).await.status(), 303);
    assert_eq!(hook().await.as_deref(), Some("https://hooks.example/secret"));
    let page = read(server, &editor, "").await;
    assert!(!page.contains("form[webhook]") && !page.contains("hooks.example"), "{page}");
    assert_eq!(post(server, &editor, server.venue.id, &[("[webhook]", ""), ("[pin]", "4711")]).await.status(), 303);
    assert_eq!(hook().await.as_deref(), Some("https://hooks.example/secret"), "and nobody else takes it away");
});

on_both_databases!(no_program_in_the_own_network_is_called,);

async fn no_program_in_the_own_network_is_called(db: &TestStore) {
    let server = TestServer::open_as(&db.url, |options| options.webhooks = WebhookReach::Public).await;
    let admin = server.session(Role::Admin).await;
    for address in [
        "http://127.0.0.1:8080/",
        "https://10.0.0.5/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "http://localhost/",
    ] {
        let refused = post(&server, &admin, server.venue.id, &[("[webhook]", address)]).await;
        assert_eq!(refused.status(), 422, "{address}");
    }
    assert_eq!(post(&server, &admin, server.venue.id, &[("[webhook]", "https://hooks.example/")]).await.status(), 303);
    server.close().await;
}

on_test_server!(what_is_wrong_is_said_and_nothing_is_saved, |server| {
    let editor = server.session(Role::Admin).await;
    let wrong = [
        ("[opening]", "hours"),
        ("[week][0][from]", "10:00"),
        ("[burst_most]", "-1"),
        ("[pin]", "12"),
        ("[webhook]", "x"),
    ];
    let response = post(server, &editor, server.venue.id, &wrong).await;
    assert_eq!(response.status(), 422);
    let page = response.text().await.expect("text");
    assert_eq!(page.matches("aria-invalid").count(), 4, "the end of a day that is missing, and three more");
    assert!(page.contains("value=\"-1\""), "nothing has to be typed twice");
    let stored = server.state.store.system().venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored, VenueSettings::default());
});

on_test_server!(an_island_is_told_what_is_wrong_and_where_to_go, |server| {
    let editor = server.session(Role::Editor).await;
    let wrong = form(server.venue.id, &[("[pin]", "12"), ("[emails]", "a\u{7}@b")]);
    let cookie = format!("{editor}; aplodi-lang=en");
    let response = send(server, &cookie, Lines::CONTENT_TYPE, wrong).await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.headers()["content-type"], Lines::CONTENT_TYPE);
    assert!(response.headers().get("location").is_none());
    let FormError::Fields { says, fields } = FormError::de(response.bytes().await.expect("a body")) else {
        panic!("another answer");
    };
    assert!(says.contains("marked fields"), "{says}");
    let named: Vec<&str> = fields.iter().map(|FieldError { field, .. }| field.as_str()).collect();
    assert_eq!(named, ["pin", "emails"]);
    assert!(fields[0].says.contains("4 to 8 digits"), "{fields:?}");

    let response = send(server, &cookie, Lines::CONTENT_TYPE, form(server.venue.id, &[("[pin]", "4711")])).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["location"], format!("/staff/venues/{}/settings?done=saved", server.venue.id));
    assert!(response.headers().contains_key("serverfnredirect"), "the browser follows by itself");
    assert!(response.bytes().await.expect("a body").is_empty());
    let stored = server.state.store.system().venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored.pin, Some("4711".parse().expect("a PIN")));

    // What is no matter of fields is said at the form too, which stays as it is.
    let response = send(server, &cookie, Lines::CONTENT_TYPE, form(VenueId(Uuid::from_u128(9)), &[])).await;
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["content-type"], Lines::CONTENT_TYPE);
    let FormError::Fields { says, fields } = FormError::de(response.bytes().await.expect("a body")) else {
        panic!("another answer");
    };
    assert!(says.contains("no longer there") && fields.is_empty(), "{says}");
    let response = send(server, &cookie, "text/html", form(VenueId(Uuid::from_u128(9)), &[])).await;
    assert_eq!(
        (response.status().as_u16(), response.headers()["content-type"].as_bytes()),
        (404, &b"text/html; charset=utf-8"[..])
    );
});

on_test_server!(a_server_function_is_for_whom_the_table_names_and_from_here_only, |server| {
    let call = |accept: &'static str| {
        let address = format!("{}{}", server.base, SaveVenueSettings::PATH);
        server.http.post(address).header("accept", accept).body(form(server.venue.id, &[("[burst_most]", "0")]))
    };
    let (editor, viewer) = (server.session(Role::Editor).await, server.session(Role::Viewer).await);
    for accept in [Lines::CONTENT_TYPE, "text/html"] {
        let foreign = call(accept).header("cookie", &editor).header("sec-fetch-site", "cross-site").send().await;
        assert_eq!(foreign.expect("an answer").status(), 403, "{accept}");
        let nowhere = call(accept).header("cookie", &editor).send().await;
        assert_eq!(nowhere.expect("an answer").status(), 403, "{accept}");
        let looker = call(accept).header("cookie", &viewer).header("origin", &server.base).send().await;
        assert_eq!(looker.expect("an answer").status(), 403, "{accept}");
    }
    let nobody = async |accept, from: &str| {
        let page = format!("{}{from}?done=saved", server.base);
        let call = call(accept).header("origin", &server.base).header("referer", page);
        call.send().await.expect("an answer")
    };
    let page = format!("/staff/venues/{}/settings", server.venue.id);
    let told = nobody(Lines::CONTENT_TYPE, &page).await;
    assert_eq!(told.status(), 401, "an island keeps what was typed");
    assert_eq!(FormError::de(told.bytes().await.expect("a body")), FormError::LoggedOut);
    let sent = nobody("text/html", &page).await;
    assert_eq!(sent.status(), 303);
    let back = format!("/staff/login?next=%2Fstaff%2Fvenues%2F{}%2Fsettings", server.venue.id);
    assert_eq!(sent.headers()["location"], back, "to the form again after the log-in");
    let sent = nobody("text/html", SaveVenueSettings::PATH).await;
    assert_eq!(sent.headers()["location"], "/staff/login", "where nothing can be read");
    let sent = nobody("text/html", "/f/KX7P").await;
    assert_eq!(sent.headers()["location"], "/staff/login", "no page of the staff");
    let stored = server.state.store.system().venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored, VenueSettings::default());
});

on_test_server!(only_the_venues_of_an_editor, |server| {
    let (state, token) = (&server.state, new_token(&server.state.rng));
    let scope = Scope::Venues(vec![VenueId(Uuid::from_u128(7))]);
    let user = User { id: state.rng.uuid(NOW).into(), email: "far@house.example".into(), role: Role::Editor, scope };
    assert!(state.store.system().add_user(&user, NOW).await.expect("a user"));
    state.store.system().add_session(hash_token(&token), user.id, NOW, NOW + HOUR).await.expect("a session");
    let far = format!("aplodi={token}");
    assert_eq!(post(server, &far, server.venue.id, &[]).await.status(), 404);
    let response =
        server.http.get(address(server, server.venue.id)).header("cookie", &far).send().await.expect("an answer");
    assert_eq!(response.status(), 404);

    let viewer = server.session(Role::Viewer).await;
    assert_eq!(post(server, &viewer, server.venue.id, &[("[burst_most]", "0")]).await.status(), 403);
    let programme = server.http.get(format!("{}/staff/events", server.base)).header("cookie", &viewer);
    let programme = programme.send().await.expect("an answer").text().await.expect("text");
    assert!(!programme.contains("/settings"), "who may only look is not led to a closed door");
    let stored = state.store.system().venue_settings(server.venue.id).await.expect("settings");
    assert_eq!(stored, VenueSettings::default());
    let editor = server.session(Role::Editor).await;
    assert_eq!(post(server, &editor, VenueId(Uuid::from_u128(9)), &[]).await.status(), 404);
});
