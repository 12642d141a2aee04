//! `POST /api/v1/kiosk/claim`: one device is the tablet of a printed address.

use domain::time::{DAY, MINUTE};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::{Value, json};
use store::staff::Role;

use crate::steps::beat;

async fn claim(server: &TestServer, device: &str) -> reqwest::Response {
    let address = format!("{}/api/v1/kiosk/claim", server.base);
    let body = json!({"device_sha256": device});
    server.http.post(address).bearer_auth(&server.kiosk_token).json(&body).send().await.expect("an answer")
}

/// What staff read of their tablets, in English.
async fn tablets(server: &TestServer) -> String {
    let session = server.session(Role::Viewer).await;
    let page = server.http.get(format!("{}/staff/kiosks?lang=en", server.base)).header("cookie", session);
    page.send().await.expect("an answer").text().await.expect("a page")
}

on_test_server!(a_printed_address_makes_one_tablet, |server| {
    let (first, second) = ("ab".repeat(32), "cd".repeat(32));
    assert_eq!(claim(server, &first).await.status(), 204);
    assert_eq!(claim(server, &first).await.status(), 204, "whoever lost the answer asks again");
    assert!(!tablets(server).await.contains("opened again"));
    server.clock.set(NOW + 3 * MINUTE);
    let refused = claim(server, &second).await;
    assert_eq!(refused.status(), 409);
    let refused: Value = refused.json().await.expect("a problem");
    assert_eq!(refused["type"], "urn:aplodi:problem:address_used");
    let page = tablets(server).await;
    assert!(page.contains("opened again on another device (Sat 21 Nov, 20:33); it was refused"), "{page}");
    assert_eq!(claim(server, &first).await.status(), 204, "the tablet itself stays what it is");
    server.clock.set(NOW + 9 * DAY);
    assert!(!tablets(server).await.contains("opened again"), "nobody will remember");
});

on_test_server!(two_devices_at_once_are_one_tablet, |server| {
    let devices = ["ab", "cd", "ef", "01", "23", "45"].map(|byte| byte.repeat(32));
    let answers = futures::future::join_all(devices.iter().map(|device| claim(server, device))).await;
    let welcome = answers.iter().filter(|answer| answer.status() == 204).count();
    assert_eq!(welcome, 1, "{answers:?}");
});

on_test_server!(a_token_that_is_in_use_makes_no_other_tablet, |server| {
    // As a tablet of an earlier version, or a program.
    beat(server, json!({"seq": 3})).await;
    assert_eq!(claim(server, &"ab".repeat(32)).await.status(), 409);
    for nonsense in ["", "ab", &"xy".repeat(32)] {
        assert_eq!(claim(server, nonsense).await.status(), 422, "{nonsense}");
    }
});
