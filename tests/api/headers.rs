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
    for allowed in ["script-src", "connect-src", "worker-src"] {
        assert!(!policy.contains(allowed) && policy.starts_with("default-src 'none'"), "{policy}");
    }
    assert!(response.headers().get("set-cookie").is_none(), "visitors get no cookie");
    let html = response.text().await.expect("text");
    assert!(!html.contains("<script") && !html.contains("style="), "{html}");
});

on_test_server!(what_is_behind_a_code_or_a_log_in_is_not_for_search_engines, |server| {
    let read = async |path: &str| server.http.get(format!("{}{path}", server.base)).send().await.expect("an answer");
    for path in ["/staff", "/staff/login", "/f/KX7P", "/f/NONE", "/api/openapi.json", "/api/v1/events"] {
        assert_eq!(read(path).await.headers()["x-robots-tag"], "noindex", "{path}");
    }
    assert!(read("/").await.headers().get("x-robots-tag").is_none());
    let robots = read("/robots.txt").await;
    assert_eq!(robots.headers()["content-type"], "text/plain; charset=utf-8");
    let robots = robots.text().await.expect("text");
    for line in ["User-agent: *", "Disallow: /staff", "Disallow: /f/", "Disallow: /share/", "Disallow: /api/"] {
        assert!(robots.lines().any(|one| one == line), "{line}: {robots}");
    }
});

on_test_server!(pages_travel_compressed, |server| {
    let cookie = server.session(Role::Viewer).await;
    let read = async |path: &str, site: &str| {
        let request = server.http.get(format!("{}{path}", server.base)).header("cookie", &cookie);
        let request = request.header("accept-encoding", "gzip, deflate, br").header("sec-fetch-site", site);
        let response = request.send().await.expect("an answer");
        let encoding = response.headers().get("content-encoding").map(|it| it.to_str().expect("text").to_owned());
        (encoding, response.headers().get("vary").cloned(), response.bytes().await.expect("a body"))
    };
    for path in ["/staff", "/staff/events", "/staff/kiosks", "/kiosk/help"] {
        let (encoding, vary, small) = read(path, "same-origin").await;
        assert_eq!(encoding.as_deref(), Some("gzip"), "{path}");
        assert_eq!(vary.expect("a header"), "accept-encoding", "{path}");
        let (encoding, _, whole) = read(path, "cross-site").await;
        assert_eq!(encoding, None, "what another site asks for has a length that tells it nothing: {path}");
        assert!(2 * small.len() < whole.len(), "{path}: {} of {}", small.len(), whole.len());
    }
    let stream = server.http.get(format!("{}/staff/changes", server.base)).header("cookie", &cookie);
    let stream = stream.header("accept-encoding", "gzip").send().await.expect("an answer");
    assert!(stream.headers().get("content-encoding").is_none(), "news must not wait for a full block");
});
