//! What is wrong is told in our words: to programs as problem documents, to people as pages.

use harness::on_test_server;
use serde_json::Value;
use store::staff::Role;

on_test_server!(programs_get_a_problem_document_for_every_error, |server| {
    let token = server.api_token(Role::Admin).await;
    for (method, path, status) in [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/events/not-an-id/summary", 400),
        ("GET", "/api/v1/events?from=yesterday", 400),
        ("DELETE", "/api/v1/events", 405),
        ("GET", "/api/v1/kiosk/responses", 405),
    ] {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let request = server.http.request(method, format!("{}{path}", server.base)).bearer_auth(&token);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
        assert_eq!(response.headers().contains_key("allow"), status == 405, "{path}");
        let problem: Value = response.json().await.expect("JSON");
        assert_eq!(problem["status"], status);
    }
});

on_test_server!(people_get_a_page_in_their_language, |server| {
    let cookie = server.session(Role::Viewer).await;
    for (path, status) in [("/nothing", 404), ("/staff/events/not-an-id", 400), ("/staff/set-up/used", 410)] {
        let request = server.http.get(format!("{}{path}", server.base)).header("cookie", &cookie);
        let response = request.header("accept-language", "sv").send().await.expect("an answer");
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8", "{path}");
        let html = response.text().await.expect("text");
        assert!(html.contains("<html lang=\"sv\""), "{path}");
    }
});
