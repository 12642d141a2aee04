//! Headers that every answer carries.

use harness::on_test_server;
use store::staff::Role;

on_test_server!(every_answer_is_safe_to_open, |server| {
    let cookie = server.session(Role::Viewer).await;
    for path in
        ["/", "/kiosk", "/f/KX7P", "/f/NONE", "/staff", "/staff/login", "/healthz", "/api/openapi.json", "/nothing"]
    {
        let response = server
            .http
            .get(format!("{}{path}", server.base))
            .header("cookie", &cookie)
            .send()
            .await
            .expect("an answer");
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
        assert!(headers.contains_key("cache-control"), "{path}");
        assert!(!headers.contains_key("strict-transport-security"), "not over http");
    }
});

on_test_server!(the_phone_page_has_no_script_at_all, |server| {
    let response = server.http.get(format!("{}/f/KX7P", server.base)).send().await.expect("an answer");
    let policy = response.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(!policy.contains("script-src") && policy.starts_with("default-src 'none'"));
    assert!(response.headers().get("set-cookie").is_none(), "visitors get no cookie");
    let html = response.text().await.expect("text");
    assert!(!html.contains("<script") && !html.contains("style="), "{html}");
});
