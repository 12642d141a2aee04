//! Logging in with OpenID Connect: who comes in, and what is not believed.

use std::collections::HashMap;

use aplodi::{auth::open_id::OpenIdSettings, notify::reach::WebhookReach};
use domain::time::{HOUR, MINUTE};
use harness::{
    open_id_provider::{CLIENT, OpenIdProvider, Told},
    store::sqlite,
    test_server::{NOW, TestServer},
};
use reqwest::Response;
use serde_json::{Value, json};
use store::{Scope, staff::Role};
use tempfile::TempDir;
use url::Url;

use super::{PASSWORD, employ, get, post};

const BEGIN: &str = "/staff/login/openid";

struct WithProvider {
    server: TestServer,
    provider: OpenIdProvider,
    _folder: TempDir,
}

/// A server with a provider, set up otherwise.
async fn house(set_up: impl FnOnce(&mut OpenIdSettings)) -> WithProvider {
    let provider = OpenIdProvider::open().await;
    let mut settings = OpenIdSettings {
        issuer: provider.issuer.parse().expect("a URL"),
        client_id: CLIENT.0.into(),
        client_secret: Some(CLIENT.1.into()),
        groups_claim: "groups".into(),
        groups: vec![(Role::Admin, vec!["office".into()]), (Role::Viewer, vec!["board".into()])],
        only: false,
        reach: WebhookReach::Private,
    };
    set_up(&mut settings);
    let (db, folder) = sqlite().await;
    let server = TestServer::open_as(&db.url, |options| options.open_id = Some(settings)).await;
    WithProvider { server, provider, _folder: folder }
}

/// Somebody who was sent to the provider: what stands in the address, and their cookie.
struct Sent {
    asked: HashMap<String, String>,
    cookie: String,
}

impl WithProvider {
    async fn send(&self) -> Sent {
        let response = self.server.http.get(format!("{}{BEGIN}?next=/staff/events", self.server.base)).send().await;
        let response = response.expect("an answer");
        assert_eq!(response.status(), 303);
        let to: Url = response.headers()["location"].to_str().expect("text").parse().expect("a URL");
        assert!(to.as_str().starts_with(&format!("{}/authorize?", self.provider.issuer)), "{to}");
        let set = response.headers()["set-cookie"].to_str().expect("text");
        assert!(set.contains("HttpOnly; SameSite=Lax"), "{set}");
        let cookie = set.split(';').next().expect("one").to_owned();
        Sent { asked: to.query_pairs().into_owned().collect(), cookie }
    }

    /// What an honest provider says of somebody.
    fn says(&self, sent: &Sent, email: &str, groups: &[&str]) -> Told {
        let now = NOW / 1_000;
        Told {
            header: json!({ "alg": "EdDSA", "kid": "key 1" }),
            claims: json!({
                "iss": self.provider.issuer, "aud": CLIENT.0, "sub": "4711", "iat": now, "exp": now + 300,
                "nonce": sent.asked["nonce"], "email": email, "email_verified": true, "groups": groups,
            }),
            signed_by: Some(1),
        }
    }

    async fn come_back(&self, sent: &Sent, state: &str, told: Told) -> Response {
        self.provider.tells(&sent.asked["code_challenge"], told);
        let back = format!("{}{BEGIN}/back?code=the-code&state={state}", self.server.base);
        let request = self.server.http.get(back).header("cookie", &sent.cookie).header("accept-language", "en");
        request.send().await.expect("an answer")
    }

    /// Through the provider and in; status and session.
    async fn log_in(&self, email: &str, groups: &[&str]) -> (u16, String) {
        let sent = self.send().await;
        let told = self.says(&sent, email, groups);
        let response = self.come_back(&sent, &sent.asked["state"], told).await;
        (response.status().as_u16(), session(&response))
    }

    async fn role_of(&self, email: &str) -> Option<Role> {
        let known = self.server.state.store.system().credentials(email).await.expect("a look");
        known.map(|known| known.user.role)
    }
}

fn session(response: &Response) -> String {
    let set = response.headers().get_all("set-cookie").iter().filter_map(|set| set.to_str().ok());
    set.filter(|set| set.starts_with("aplodi=")).filter_map(|set| set.split(';').next()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn groups_say_what_somebody_may_do() {
    let house = house(|_| ()).await;
    let server = &house.server;
    assert!(
        get(server, "", "/staff/login?next=/staff/events")
            .await
            .1
            .contains("/staff/login/openid?next=%2Fstaff%2Fevents")
    );
    let sent = house.send().await;
    assert_eq!((sent.asked["code_challenge_method"].as_str(), sent.asked["response_type"].as_str()), ("S256", "code"));
    let told = house.says(&sent, "Eva@House.example", &["board", "choir"]);
    let response = house.come_back(&sent, &sent.asked["state"], told).await;
    assert_eq!((response.status().as_u16(), &response.headers()["location"]), (303, &"/staff/events".parse().unwrap()));
    assert_eq!(get(server, &session(&response), "/staff").await.0, 200);
    assert_eq!(get(server, &session(&response), "/staff/people").await.0, 403, "a viewer");
    let (status, cookie) = house.log_in("eva@house.example", &["office"]).await;
    assert_eq!((status, get(server, &cookie, "/staff/people").await.0), (303, 200), "an administrator by now");
    assert!(get(server, &cookie, "/staff/people/log").await.1.contains("eva@house.example"));
    let again = house.come_back(&sent, &sent.asked["state"], house.says(&sent, "x@house.example", &["office"])).await;
    assert_eq!(
        again.status(),
        303,
        "the provider decides whether a code opens twice, and the browser has its cookie still"
    );
    assert_eq!(house.provider.discoveries(), 1, "known for an hour");
    server.clock.set(NOW + 2 * HOUR);
    house.send().await;
    assert_eq!(house.provider.discoveries(), 2);
    house.server.close().await;
}

/// What a provider says otherwise than it should.
type Twist = Box<dyn FnOnce(&mut Told)>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_provider_did_not_say_for_this_is_not_believed() {
    let house = house(|_| ()).await;
    let claim = |name: &'static str, value: Value| move |told: &mut Told| told.claims[name] = value;
    let past = NOW / 1_000 - 1;
    let twists: Vec<(&str, u16, Twist)> = vec![
        ("another log-in's nonce", 422, Box::new(claim("nonce", json!("another")))),
        ("no nonce", 422, Box::new(claim("nonce", Value::Null))),
        ("for another client", 422, Box::new(claim("aud", json!("other")))),
        ("for others as well", 422, Box::new(claim("aud", json!([CLIENT.0, "other"])))),
        ("of another issuer", 422, Box::new(claim("iss", json!("https://evil.example")))),
        ("too old", 422, Box::new(claim("exp", json!(past)))),
        ("not signed", 422, Box::new(|told| (told.header, told.signed_by) = (json!({ "alg": "none" }), None))),
        ("signed by nobody", 422, Box::new(|told| told.signed_by = None)),
        ("signed by another", 422, Box::new(|told| told.signed_by = Some(9))),
        ("said to be signed by the secret", 422, Box::new(|told| told.header = json!({ "alg": "HS256" }))),
        ("no e-mail", 403, Box::new(claim("email", Value::Null))),
        ("an e-mail that may be anybody's", 403, Box::new(claim("email_verified", json!(false)))),
        ("an e-mail of which nothing is said", 403, Box::new(claim("email_verified", Value::Null))),
        ("no group that has a role", 403, Box::new(claim("groups", json!(["choir"])))),
        ("no group", 403, Box::new(claim("groups", Value::Null))),
    ];
    for (what, status, twist) in twists {
        let sent = house.send().await;
        let mut told = house.says(&sent, "eva@house.example", &["office"]);
        twist(&mut told);
        let response = house.come_back(&sent, &sent.asked["state"], told).await;
        assert_eq!((response.status().as_u16(), session(&response)), (status, String::new()), "{what}");
    }
    assert_eq!(house.role_of("eva@house.example").await, None);
    house.server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_finishes_what_another_has_begun() {
    let house = house(|_| ()).await;
    let (mine, theirs) = (house.send().await, house.send().await);
    let told = |sent: &Sent| house.says(sent, "eva@house.example", &["office"]);
    for (sent, state) in [(&mine, &theirs.asked["state"]), (&mine, &String::new())] {
        let response = house.come_back(sent, state, told(sent)).await;
        assert_eq!((response.status().as_u16(), session(&response)), (422, String::new()));
    }
    let mut forged = house.send().await;
    let changed = if forged.cookie.ends_with('A') { "B" } else { "A" };
    forged.cookie.replace_range(forged.cookie.len() - 3..forged.cookie.len() - 2, changed);
    forged.cookie.push_str("AAAA");
    let state = forged.asked["state"].clone();
    assert_eq!(house.come_back(&forged, &state, told(&forged)).await.status(), 422, "the cookie is sealed");
    // The code of one log-in is worth nothing with the verifier of another.
    house.provider.tells(&theirs.asked["code_challenge"], told(&mine));
    let back = format!("{}{BEGIN}/back?code=the-code&state={}", house.server.base, mine.asked["state"]);
    let response = house.server.http.get(back).header("cookie", &mine.cookie).send().await.expect("an answer");
    assert_eq!(response.status(), 422);
    house.server.clock.set(NOW + 11 * MINUTE);
    assert_eq!(
        house.come_back(&mine, &mine.asked["state"], told(&mine)).await.status(),
        422,
        "it does not wait for ever"
    );
    house.server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_disabled_or_has_a_second_step_is_asked_here() {
    let house = house(|settings| settings.groups.clear()).await;
    let server = &house.server;
    let (_, admin) = employ(server, "ida@house.example", Role::Admin, Scope::All).await;
    let (eva, _) = employ(server, "eva@house.example", Role::Editor, Scope::All).await;
    assert_eq!(house.log_in("eva@house.example", &["office"]).await.0, 303, "who was invited");
    assert_eq!(house.role_of("eva@house.example").await, Some(Role::Editor), "groups decide nothing here");
    assert_eq!(house.log_in("nobody@house.example", &["office"]).await.0, 403);
    server.state.store.system().switch_on(eva.id, &[7; 20], 1, &[[9; 32]], None, NOW).await.expect("a second step");
    assert_eq!(house.log_in("eva@house.example", &[]).await, (200, String::new()), "one more step");
    assert_eq!(post(server, &admin, &format!("/staff/people/{}/disable", eva.id), &[]).await.status(), 303);
    assert_eq!(house.log_in("eva@house.example", &["office"]).await.0, 403, "whatever the provider says");
    house.server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_is_learned_and_the_last_administrator_stays() {
    let house = house(|_| ()).await;
    let (_, _) = employ(&house.server, "eva@house.example", Role::Admin, Scope::All).await;
    assert_eq!(house.log_in("eva@house.example", &["board"]).await.0, 303);
    assert_eq!(house.role_of("eva@house.example").await, Some(Role::Admin), "nobody else decides");
    house.provider.renews_key(2);
    house.server.clock.set(NOW + 2 * MINUTE);
    let sent = house.send().await;
    let mut told = house.says(&sent, "eva@house.example", &["office"]);
    (told.header, told.signed_by) = (json!({ "alg": "EdDSA", "kid": "key 2" }), Some(2));
    assert_eq!(house.come_back(&sent, &sent.asked["state"], told).await.status(), 303);
    house.server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nobody_has_a_password_the_sheet_still_opens() {
    let house = house(|settings| settings.only = true).await;
    let server = &house.server;
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let page = get(server, "", "/staff/login").await.1;
    assert!(page.contains(BEGIN) && page.contains("/staff/recover") && !page.contains("type=\"password\""), "{page}");
    let form = [("email", "eva@house.example"), ("password", PASSWORD)];
    assert_eq!(post(server, "", "/staff/login", &form).await.status(), 403);
    let sheet = post(server, &admin, "/staff/people/recovery-code", &[]).await.text().await.expect("text");
    let code = sheet.split_once("<dd>").and_then(|(_, rest)| rest.split_once('<')).expect("a code").0;
    let link = post(server, "", "/staff/recover", &[("code", code)]).await;
    let link = link.headers()["location"].to_str().expect("text").to_owned();
    let form = [("email", "uusi@house.example"), ("password", PASSWORD)];
    let restored = post(server, "", &link, &form).await;
    assert_eq!((restored.status().as_u16(), get(server, &session(&restored), "/staff/people").await.0), (200, 200));
    house.server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_in_the_own_network_is_asked() {
    let house = house(|settings| settings.reach = WebhookReach::Public).await;
    let response = house.server.http.get(format!("{}{BEGIN}", house.server.base)).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), house.provider.discoveries()), (422, 0));
    let plain = TestServer::open(&sqlite().await.0.url).await;
    assert_eq!(get(&plain, "", BEGIN).await.0, 404, "nor is anybody where there is no provider");
    plain.close().await;
    house.server.close().await;
}
