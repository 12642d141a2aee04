//! `GET /api/v1/kiosk/config`: everything a kiosk needs to ask, also without a network.

use domain::{
    time::{DAY, HOUR, MINUTE},
    venue_settings::{Opening, Pin, VenueSettings},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
    until,
};
use serde_json::Value;

async fn config(server: &TestServer, etag: Option<&str>) -> reqwest::Response {
    let mut request = server.http.get(format!("{}/api/v1/kiosk/config", server.base)).bearer_auth(&server.kiosk_token);
    if let Some(etag) = etag {
        request = request.header("if-none-match", etag);
    }
    request.send().await.expect("an answer")
}

on_test_server!(tells_what_to_ask_and_then_only_what_changed, |server| {
    let response = config(server, None).await;
    assert_eq!(response.status(), 200);
    let etag = response.headers()["etag"].to_str().expect("text").to_owned();
    let body: Value = response.json().await.expect("JSON");
    assert_eq!(body["kiosk"]["name"], "Foyer");
    assert_eq!(body["venue"]["code"], "TENT");
    assert_eq!(body["venue"]["languages"], serde_json::json!(["fi", "sv", "en"]));
    assert_eq!(body["server_now"], NOW);
    let event = &body["events"][0];
    assert_eq!(event["title"]["sv"], "Vintercirkus");
    assert_eq!(event["window"][0], server.event.window.from);
    let questions = body["surveys"][0]["questions"].as_array().expect("questions");
    let kinds: Vec<&str> = questions.iter().map(|question| question["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["face", "nps", "choice", "choice", "text"]);
    assert_eq!(questions[0]["faces"], 5);
    assert_eq!(questions[0]["labels"].as_array().expect("labels").len(), 5);
    assert_eq!(questions[2]["show_if"]["in"], serde_json::json!([1, 2, 3]));

    // The clock goes on and answers come in: nothing to ask differently.
    server.clock.set(NOW + MINUTE);
    server.results(&[server.item(1, 5, 10)]).await;
    assert_eq!(config(server, Some(&etag)).await.status(), 304);
    let body: Value = config(server, None).await.json().await.expect("JSON");
    assert_eq!(body["kiosk"]["seq_seen"], 1);

    let mut renamed = server.event.clone();
    renamed.title.set(domain::lang::Lang::Fi, "Kesäsirkus");
    server.state.store.system().save_event(&renamed).await.expect("saved");
    let response = config(server, Some(&etag)).await;
    assert_eq!(response.status(), 200);
    assert_ne!(response.headers()["etag"], etag);
});

on_test_server!(says_when_a_tablet_is_awake, |server| {
    let etag = |response: &reqwest::Response| response.headers()["etag"].to_str().expect("text").to_owned();
    let first = config(server, None).await;
    let always = etag(&first);
    let body: Value = first.json().await.expect("JSON");
    assert_eq!(body["open"], Value::Null, "nobody has said anything: always");

    // Closed all week: only tonight's event wakes it, and lets it go an hour after its end, long before
    // the next morning, until when phones may answer.
    let closed = VenueSettings { opening: Opening(Some([None; 7])), ..VenueSettings::default() };
    assert!(
        server
            .state
            .store
            .for_staff(store::Scope::All)
            .set_venue_settings(server.event.venue, &closed)
            .await
            .expect("saved")
    );
    until("the settings are known", async || etag(&config(server, None).await) != always).await;
    let response = config(server, Some(&always)).await;
    assert_eq!(response.status(), 200);
    let (etag, body): (_, Value) = (etag(&response), response.json().await.expect("JSON"));
    let (window, lets_go) = (server.event.window, server.event.ends_at + HOUR);
    assert!(lets_go < window.until);
    assert_eq!(body["open"]["windows"], serde_json::json!([[window.from, lets_go]]));
    assert!(body["open"]["known_until"].as_i64().expect("an instant") > NOW + 13 * DAY);
    server.clock.set(NOW + MINUTE);
    assert_eq!(config(server, Some(&etag)).await.status(), 304, "and the clock alone changes nothing");
});

on_test_server!(says_how_to_know_the_pin_and_not_the_pin, |server| {
    let told = async || -> Value {
        let mut body: Value = config(server, None).await.json().await.expect("JSON");
        body["pin"].take()
    };
    let check = async |chosen| serde_json::to_value(server.state.pins.of(server.venue.id, chosen).await).expect("JSON");
    assert_eq!(told().await, check(None).await, "every venue has one from the beginning");
    let chosen: Pin = "471100".parse().expect("a PIN");
    let settings = VenueSettings { pin: Some(chosen.clone()), ..VenueSettings::default() };
    assert!(
        server
            .state
            .store
            .for_staff(store::Scope::All)
            .set_venue_settings(server.venue.id, &settings)
            .await
            .expect("saved")
    );
    let expected = check(Some(&chosen)).await;
    until("the new PIN is told", async || told().await == expected).await;
    let mut fields: Vec<&String> = expected.as_object().expect("an object").keys().collect();
    fields.sort();
    assert_eq!(fields, ["hash", "rounds", "salt"]);
});
