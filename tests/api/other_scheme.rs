//! http beside https: nobody fills in what will be refused, and no visitor's answer is.

use harness::{on_both_databases, store::TestStore, test_server::TestServer};

on_both_databases!(
    who_comes_by_http_is_led_to_https_before_anything_is_typed,
    an_answer_sent_by_http_is_taken_all_the_same,
    a_page_by_https_works_where_http_is_public,
);

/// A server that is reached at one address and is known to the public by another.
async fn known_as(db: &TestStore, public: &str) -> TestServer {
    let public = public.parse().expect("an address");
    TestServer::open_as(&db.url, |options| options.public_url = public).await
}

async fn get(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> reqwest::Response {
    let request = server.http.get(format!("{}{path}", server.base));
    headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, *value))
        .send()
        .await
        .expect("an answer")
}

async fn post(server: &TestServer, path: &str, body: String, headers: &[(&str, &str)]) -> reqwest::Response {
    let request = server.http.post(format!("{}{path}", server.base)).body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    headers
        .iter()
        .fold(request, |request, (name, value)| request.header(*name, *value))
        .send()
        .await
        .expect("an answer")
}

async fn who_comes_by_http_is_led_to_https_before_anything_is_typed(db: &TestStore) {
    let server = known_as(db, "https://own.example").await;
    for (path, right) in [
        ("/f/KX7P?lang=sv", "https://own.example/f/KX7P?lang=sv&led=here"),
        ("/f", "https://own.example/f?led=here"),
        ("/staff/login?next=%2Fstaff", "https://own.example/staff/login?next=%2Fstaff&led=here"),
        ("/staff/set-up/abc", "https://own.example/staff/set-up/abc?led=here"),
    ] {
        for by_http in [&[][..], &[("x-forwarded-proto", "http")]] {
            let led = get(&server, path, by_http).await;
            assert_eq!(led.status(), 307, "{path}");
            assert_eq!(led.headers()["location"], right);
        }
        for by_https in [("sec-fetch-site", "none"), ("x-forwarded-proto", "https")] {
            assert_ne!(get(&server, path, &[by_https]).await.status(), 307, "{path}");
        }
        let (_, again) = right.split_once("https://own.example").expect("the address");
        assert_ne!(get(&server, again, &[]).await.status(), 307, "led once: {path}");
    }
    for path in ["/healthz", "/f/KX7P/thanks"] {
        assert_eq!(get(&server, path, &[]).await.status(), 200, "{path}");
    }
    // Who sends it by http all the same is told where to go, and nothing about accounts.
    let refused = post(&server, "/staff/login", String::new(), &[("origin", "http://own.example")]).await;
    assert_eq!(refused.status(), 403);
    let html = refused.text().await.expect("text");
    assert!(html.contains("href=\"https://own.example/staff/login\"") && !html.contains("ticket"), "{html}");
    let foreign = post(&server, "/f/KX7P/answer", String::new(), &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(foreign.status(), 403);
    let html = foreign.text().await.expect("text");
    assert!(html.contains("href=\"https://own.example/f/KX7P\"") && !html.contains("account"), "{html}");
    server.close().await;
}

async fn an_answer_sent_by_http_is_taken_all_the_same(db: &TestStore) {
    let server = known_as(db, "https://own.example").await;
    let origins = ["http://own.example".to_owned(), "https://own.example".to_owned(), server.base.clone()];
    for origin in &origins {
        let page = get(&server, "/f/KX7P?led=here", &[]).await.text().await.expect("text");
        let (_, token) = page.split_once("name=\"token\" value=\"").expect("a token");
        let token = token.split_once('"').expect("its end").0;
        let answer = format!("token={token}&q.{}=5", server.question(0).id);
        let sent = post(&server, "/f/KX7P/answer", answer, &[("origin", origin)]).await;
        assert_eq!(sent.status(), 303, "{origin}");
    }
    assert_eq!(server.state.store.system().responses(None, 9).await.expect("responses").responses.len(), origins.len());
    server.close().await;
}

async fn a_page_by_https_works_where_http_is_public(db: &TestStore) {
    let server = known_as(db, "http://own.example").await;
    let by_https = [("x-forwarded-proto", "https"), ("origin", "https://own.example")];
    assert_eq!(get(&server, "/staff/login", &by_https[..1]).await.status(), 200);
    let wrong_password = post(&server, "/staff/login", "email=a@b.example&password=c".to_owned(), &by_https).await;
    assert_ne!(wrong_password.status(), 403, "read, and not refused for where it comes from");
    server.close().await;
}
