//! `GET /api/v1/kiosk/config`: everything a kiosk needs to ask, also without a network.

use domain::{
    time::{DAY, HOUR, MINUTE},
    venue_settings::{Opening, Pin, VenueSettings},
};
use harness::{
    house::{House, NOW},
    in_a_house, until,
};
use serde_json::Value;

async fn config(house: &House, etag: Option<&str>) -> reqwest::Response {
    let mut request = house.http.get(format!("{}/api/v1/kiosk/config", house.base)).bearer_auth(&house.kiosk_token);
    if let Some(etag) = etag {
        request = request.header("if-none-match", etag);
    }
    request.send().await.expect("an answer")
}

in_a_house!(tells_what_to_ask_and_then_only_what_changed, |house| {
    let response = config(house, None).await;
    assert_eq!(response.status(), 200);
    let etag = response.headers()["etag"].to_str().expect("text").to_owned();
    let body: Value = response.json().await.expect("JSON");
    assert_eq!(body["kiosk"]["name"], "Foyer");
    assert_eq!(body["venue"]["code"], "TENT");
    assert_eq!(body["venue"]["languages"], serde_json::json!(["fi", "sv", "en"]));
    assert_eq!(body["server_now"], NOW);
    let event = &body["events"][0];
    assert_eq!(event["title"]["sv"], "Vintercirkus");
    assert_eq!(event["window"][0], house.event.window.from);
    let questions = body["surveys"][0]["questions"].as_array().expect("questions");
    let kinds: Vec<&str> = questions.iter().map(|question| question["kind"].as_str().expect("a kind")).collect();
    assert_eq!(kinds, ["face", "nps", "choice", "choice", "text"]);
    assert_eq!(questions[0]["faces"], 5);
    assert_eq!(questions[0]["labels"].as_array().expect("labels").len(), 5);
    assert_eq!(questions[2]["show_if"]["in"], serde_json::json!([1, 2, 3]));

    // The clock goes on and answers come in: nothing to ask differently.
    house.clock.set(NOW + MINUTE);
    house.results(&[house.item(1, 5, 10)]).await;
    assert_eq!(config(house, Some(&etag)).await.status(), 304);
    let body: Value = config(house, None).await.json().await.expect("JSON");
    assert_eq!(body["kiosk"]["seq_seen"], 1);

    let mut renamed = house.event.clone();
    renamed.title.fi = "Kesäsirkus".into();
    house.state.store.save_event(&renamed).await.expect("saved");
    let response = config(house, Some(&etag)).await;
    assert_eq!(response.status(), 200);
    assert_ne!(response.headers()["etag"], etag);
});

in_a_house!(says_when_a_tablet_is_awake, |house| {
    let etag = |response: &reqwest::Response| response.headers()["etag"].to_str().expect("text").to_owned();
    let first = config(house, None).await;
    let always = etag(&first);
    let body: Value = first.json().await.expect("JSON");
    assert_eq!(body["open"], Value::Null, "nobody has said anything: always");

    // Closed all week: only tonight's event wakes it, and lets it go an hour after its end, long before
    // the next morning, until when phones may answer.
    let closed = VenueSettings { opening: Opening(Some([None; 7])), ..VenueSettings::default() };
    assert!(house.state.store.set_venue_settings(house.event.venue, &closed).await.expect("saved"));
    until("the settings are known", async || etag(&config(house, None).await) != always).await;
    let response = config(house, Some(&always)).await;
    assert_eq!(response.status(), 200);
    let (etag, body): (_, Value) = (etag(&response), response.json().await.expect("JSON"));
    let (window, lets_go) = (house.event.window, house.event.ends_at + HOUR);
    assert!(lets_go < window.until);
    assert_eq!(body["open"]["windows"], serde_json::json!([[window.from, lets_go]]));
    assert!(body["open"]["known_until"].as_i64().expect("an instant") > NOW + 13 * DAY);
    house.clock.set(NOW + MINUTE);
    assert_eq!(config(house, Some(&etag)).await.status(), 304, "and the clock alone changes nothing");
});

in_a_house!(says_how_to_know_the_pin_and_not_the_pin, |house| {
    let told = async || -> Value {
        let mut body: Value = config(house, None).await.json().await.expect("JSON");
        body["pin"].take()
    };
    let check = async |chosen| serde_json::to_value(house.state.pins.of(house.venue.id, chosen).await).expect("JSON");
    assert_eq!(told().await, check(None).await, "every venue has one from the beginning");
    let chosen: Pin = "471100".parse().expect("a PIN");
    let settings = VenueSettings { pin: Some(chosen.clone()), ..VenueSettings::default() };
    assert!(house.state.store.set_venue_settings(house.venue.id, &settings).await.expect("saved"));
    let expected = check(Some(&chosen)).await;
    until("the new PIN is told", async || told().await == expected).await;
    let mut fields: Vec<&String> = expected.as_object().expect("an object").keys().collect();
    fields.sort();
    assert_eq!(fields, ["hash", "rounds", "salt"]);
});
