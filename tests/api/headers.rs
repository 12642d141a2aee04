//! Headers that every answer carries.

use harness::in_a_house;
use store::staff::Role;

in_a_house!(every_answer_is_safe_to_open, |house| {
    let cookie = house.session(Role::Viewer).await;
    for path in
        ["/", "/kiosk", "/f/KX7P", "/f/NONE", "/staff", "/staff/login", "/healthz", "/api/openapi.json", "/nothing"]
    {
        let response =
            house.http.get(format!("{}{path}", house.base)).header("cookie", &cookie).send().await.expect("an answer");
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

in_a_house!(the_phone_page_has_no_script_at_all, |house| {
    let response = house.http.get(format!("{}/f/KX7P", house.base)).send().await.expect("an answer");
    let policy = response.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(!policy.contains("script-src") && policy.starts_with("default-src 'none'"));
    assert!(response.headers().get("set-cookie").is_none(), "visitors get no cookie");
    let html = response.text().await.expect("text");
    assert!(!html.contains("<script") && !html.contains("style="), "{html}");
});
