//! `GET /api/v1/events`

use harness::in_a_house;
use serde_json::Value;
use store::staff::Role;

in_a_house!(lists_events_with_how_many_answered, |house| {
    house.results(&[house.item(1, 5, 10), house.item(2, 1, 0)]).await;
    let token = house.api_token(Role::Viewer).await;
    let list =
        |query: &'static str| house.http.get(format!("{}/api/v1/events{query}", house.base)).bearer_auth(&token).send();
    let body: Value = list("").await.expect("an answer").json().await.expect("JSON");
    assert_eq!(body["events"].as_array().expect("events").len(), 1);
    assert_eq!(body["events"][0]["code"], "KX7P");
    assert_eq!(body["events"][0]["counted"], 2);
    let body: Value = list("?until=1000").await.expect("an answer").json().await.expect("JSON");
    assert_eq!(body["events"], serde_json::json!([]));
});
