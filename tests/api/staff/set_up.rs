//! `/staff/set-up/{token}`: the first start, and somebody new.

use std::sync::Arc;

use aplodi::{
    client_address::Proxies,
    clock::{Rng, StoppedClock},
    http::site::Site,
    notify::reach::WebhookReach,
    secrets::hash_token,
    server::{Limits, Options, Server},
};
use domain::time::DAY;
use harness::{on_test_server, store::sqlite, test_server::NOW};
use store::staff::{Purpose, SetupLink};
use tokio::net::TcpListener;

async fn fill_in(http: &reqwest::Client, base: &str, link: &str, pairs: &[(&str, &str)]) -> reqwest::Response {
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    http.post(link)
        .header("origin", base)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn the_first_start_founds_an_organisation_once() {
    let (data, _folder) = sqlite().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let server = Server::prepare(Options {
        database_url: data.url.clone(),
        public_url: base.parse().expect("a URL"),
        demo: false,
        mailer: None,
        webhooks: WebhookReach::Private,
        open_id: None,
        site: Site::load().unwrap_or_default(),
        clock: Arc::new(StoppedClock::at(NOW)),
        rng: Arc::new(Rng::seeded(1)),
        limits: Limits::default(),
        proxies: Proxies::default(),
        metrics_token: None,
    })
    .await
    .expect("it starts");
    let link = server.first_link().expect("a link for the first user").to_owned();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(listener, async {
        let _: Result<(), _> = stopped.await;
    }));
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let page = http.get(&link).send().await.expect("an answer");
    assert_eq!(page.status(), 200);
    assert!(page.text().await.expect("text").contains("name=\"organisation\""));

    let wrong = [
        ("organisation", ""),
        ("venue", "Tent"),
        ("code", "a b"),
        ("time_zone", "Mars"),
        ("email", "eva"),
        ("password", "short"),
    ];
    let response = fill_in(&http, &base, &link, &wrong).await;
    assert_eq!(response.status(), 422);
    assert!(response.text().await.expect("text").contains("value=\"Tent\""), "what was right stays");

    let right = [
        ("organisation", "Circus"),
        ("venue", "Tent"),
        ("code", "tent"),
        ("time_zone", "Europe/Helsinki"),
        ("email", "eva@circus.example"),
        ("password", "applause in the foyer"),
    ];
    let (one, two) = tokio::join!(fill_in(&http, &base, &link, &right), fill_in(&http, &base, &link, &right));
    let mut both = [one.status().as_u16(), two.status().as_u16()];
    both.sort_unstable();
    assert_eq!(both, [200, 410], "a double click founds one organisation");
    let done = if one.status() == 200 { one } else { two };
    assert!(done.headers().contains_key("set-cookie"), "and is in");
    assert!(done.text().await.expect("text").contains("id=\"recovery-code\""), "with a sheet to print");
    assert_eq!(http.get(&link).send().await.expect("an answer").status(), 410);
    // The venue's code already opens a phone page with the standard survey.
    let page = http.get(format!("{base}/f/TENT")).send().await.expect("an answer");
    assert_eq!(page.status(), 200);
    drop(stop);
    running.await.expect("ended well");
}

on_test_server!(somebody_new_chooses_a_password_once, |server| {
    let user = store::staff::User {
        id: server.state.rng.uuid(NOW).into(),
        email: "new@house.example".into(),
        role: store::staff::Role::Viewer,
        scope: store::Scope::All,
    };
    assert!(server.state.store.system().add_user(&user, NOW).await.expect("a user"));
    let link = SetupLink {
        token: hash_token("secret"),
        user: Some(user.id),
        expires_at: NOW + DAY,
        purpose: Purpose::Invitation,
    };
    server.state.store.system().add_setup_link(&link).await.expect("a link");
    let address = format!("{}/staff/set-up/secret", server.base);
    let page = server.http.get(&address).send().await.expect("an answer").text().await.expect("text");
    assert!(page.contains("new@house.example") && !page.contains("name=\"organisation\""));
    let response = fill_in(&server.http, &server.base, &address, &[("password", "applause in the foyer")]).await;
    assert_eq!(response.status(), 303);
    assert!(response.headers().contains_key("set-cookie"), "and is in");
    let again = fill_in(&server.http, &server.base, &address, &[("password", "another long password")]).await;
    assert_eq!(again.status(), 410);
    let late =
        SetupLink { token: hash_token("late"), user: Some(user.id), expires_at: NOW - 1, purpose: Purpose::Invitation };
    server.state.store.system().add_setup_link(&late).await.expect("a link");
    let response = server.http.get(format!("{}/staff/set-up/late", server.base)).send().await.expect("an answer");
    assert_eq!(response.status(), 410);
});

on_test_server!(what_cannot_be_founded_leaves_nothing_behind_and_the_link_works, |server| {
    let user = store::staff::User {
        id: server.state.rng.uuid(NOW).into(),
        email: "eva@circus.example".into(),
        role: store::staff::Role::Viewer,
        scope: store::Scope::All,
    };
    assert!(server.state.store.system().add_user(&user, NOW).await.expect("a user"));
    let link =
        SetupLink { token: hash_token("first"), user: None, expires_at: NOW + DAY, purpose: Purpose::Invitation };
    server.state.store.system().add_setup_link(&link).await.expect("a link");
    let address = format!("{}/staff/set-up/first", server.base);
    let before = server.state.store.system().organisation_name().await.expect("a name");
    let right = [
        ("organisation", "Circus"),
        ("venue", "Arena"),
        ("code", "arena"),
        ("time_zone", "Europe/Helsinki"),
        ("email", "adam@circus.example"),
        ("password", "applause in the foyer"),
    ];
    for (field, value) in [
        ("email", "Eva@circus.example"),
        ("email", "a\0b@circus.example"),
        ("email", "a\u{7f}b@circus.example"),
        ("organisation", "Cir\0cus"),
        ("venue", "Are\nna"),
        ("code", "a\0b"),
        ("time_zone", "Europe/Hel\0sinki"),
    ] {
        let wrong = right.map(|(name, typed)| (name, if name == field { value } else { typed }));
        let response = fill_in(&server.http, &server.base, &address, &wrong).await;
        assert_eq!(response.status(), 422, "{field} {value:?}");
        let html = response.text().await.expect("text");
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{field} {value:?} is marked, and nothing else");
        assert_eq!(server.state.store.system().organisation_name().await.expect("a name"), before);
        assert!(server.state.store.system().coded("arena").await.expect("no trouble").is_none());
    }
    assert_eq!(fill_in(&server.http, &server.base, &address, &right).await.status(), 200, "the link still works");
    assert_eq!(server.state.store.system().organisation_name().await.expect("a name").as_deref(), Some("Circus"));
    assert!(server.state.store.system().coded("arena").await.expect("no trouble").is_some());
});
