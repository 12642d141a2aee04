//! What tablets do again and again in these stories.

use domain::time::Millis;
use harness::house::House;
use serde_json::{Value, json};

/// Time passes, and the server listens all the while.
pub(crate) async fn pass_until(house: &House, now: Millis) {
    house.state.store.listen(house.state.clock.now(), now).await.expect("a server that listens");
    house.clock.set(now);
}

/// A sign of life by the clock of the house: everything is well, but for what is given.
pub(crate) async fn beat(house: &House, given: Value) {
    let mut beat = json!({
        "device_now": house.state.clock.now(), "seq": 0, "outbox": 0, "rejected": 0,
        "app_version": house.state.site.version(), "persisted": true,
    });
    for (name, value) in given.as_object().into_iter().flatten() {
        beat[name] = value.clone();
    }
    let address = format!("{}/api/v1/kiosk/heartbeat", house.base);
    let answer = house.http.post(address).bearer_auth(&house.kiosk_token).json(&beat).send().await;
    assert_eq!(answer.expect("an answer").status(), 200);
}
