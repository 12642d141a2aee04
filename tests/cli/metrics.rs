//! `aplodi serve --metrics-listen`

use harness::{
    program::{HeldPort, Serving},
    prometheus_text::{self, samples, value},
    store::sqlite,
};

async fn get(address: &str) -> reqwest::Response {
    reqwest::get(address).await.expect("an answer")
}

#[tokio::test]
async fn metrics_have_an_address_of_their_own() {
    let (db, _folder) = sqlite().await;
    let port = HeldPort::new();
    let address = format!("127.0.0.1:{}", port.number());
    let serving = Serving::start(&db.url, &["--metrics-listen", &address]).await;
    let metrics = format!("http://{address}");
    let response = get(&format!("{metrics}/metrics")).await;
    assert_eq!(response.status(), 200);
    let samples = samples(&response.text().await.expect("text"));
    assert!(value(&samples, "aplodi_http_requests_total", &[("route", "/healthz")]).is_some_and(|count| count >= 1.0));
    assert_eq!(value(&samples, "aplodi_build_info", &[("database", "sqlite")]), Some(1.0));
    // A request like any other: in a span, and counted.
    let again = prometheus_text::samples(&get(&format!("{metrics}/metrics")).await.text().await.expect("text"));
    assert_eq!(value(&again, "aplodi_http_requests_total", &[("route", "/metrics"), ("status", "200")]), Some(1.0));
    for path in ["/", "/staff", "/api/v1/events"] {
        assert_eq!(get(&format!("{metrics}{path}")).await.status(), 404, "nothing else is there: {path}");
    }
    assert_eq!(get(&format!("{}/metrics", serving.base)).await.status(), 404, "nor is it where everybody is served");
    assert!(serving.stop().await, "it ends well");
}
