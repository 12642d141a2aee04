//! `/staff/login` and `/staff/logout`

use aplodi::auth::password;
use domain::time::{DAY, MINUTE};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::{
    Scope,
    staff::{Role, User},
};

const PASSWORD: &str = "applause in the foyer";

async fn employ(server: &TestServer) -> User {
    let user = User {
        id: server.state.rng.uuid(NOW).into(),
        email: "eva@house.example".into(),
        role: Role::Viewer,
        scope: Scope::All,
    };
    assert!(server.state.store.system().add_user(&user, NOW).await.expect("a user"));
    let hash = password::hash(PASSWORD.into(), server.state.rng.bytes()).await.expect("a hash");
    server.state.store.system().set_password(user.id, &hash, NOW).await.expect("a password");
    user
}

async fn log_in(server: &TestServer, email: &str, password: &str, next: &str) -> reqwest::Response {
    let pairs = [("email", email), ("password", password), ("next", next)];
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    server
        .http
        .post(format!("{}/staff/login", server.base))
        .header("origin", &server.base)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

async fn staff(server: &TestServer, cookie: &str) -> reqwest::Response {
    server.http.get(format!("{}/staff/events", server.base)).header("cookie", cookie).send().await.expect("an answer")
}

on_test_server!(in_and_out, |server| {
    employ(server).await;
    let door = staff(server, "").await;
    assert_eq!(door.status(), 303);
    assert_eq!(door.headers()["location"], "/staff/login?next=%2Fstaff%2Fevents");
    let response = log_in(server, " Eva@House.example ", PASSWORD, "/staff/events").await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/staff/events");
    let cookie = response.headers()["set-cookie"].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let cookie = cookie.split(';').next().expect("a cookie").to_owned();
    assert_eq!(staff(server, &cookie).await.status(), 200);
    let out = server
        .http
        .post(format!("{}/staff/logout", server.base))
        .header("cookie", &cookie)
        .header("origin", &server.base);
    assert_eq!(out.send().await.expect("an answer").status(), 303);
    assert_eq!(staff(server, &cookie).await.status(), 303, "the session is over on the server, too");
});

on_test_server!(nobody_is_sent_elsewhere_after_the_login, |server| {
    employ(server).await;
    let response = log_in(server, "eva@house.example", PASSWORD, "https://evil.example/").await;
    assert_eq!(response.headers()["location"], "/staff");
});

on_test_server!(guessing_is_slowed_down, |server| {
    employ(server).await;
    for _ in 0..5 {
        assert_eq!(log_in(server, "eva@house.example", "wrong password", "").await.status(), 422);
    }
    let response = log_in(server, "eva@house.example", PASSWORD, "").await;
    assert_eq!(response.status(), 429, "even the right one has to wait");
    assert_eq!(log_in(server, "nobody@house.example", "wrong password", "").await.status(), 422, "others do not");
    server.clock.set(NOW + 16 * MINUTE);
    assert_eq!(log_in(server, "eva@house.example", PASSWORD, "").await.status(), 303);
});

on_test_server!(guessing_much_at_once_does_not_help, |server| {
    employ(server).await;
    let guesses = (0..40).map(|_| log_in(server, "eva@house.example", "wrong password", ""));
    let mut statuses = futures::future::join_all(guesses).await;
    let wrong = statuses.iter().filter(|response| response.status() == 422).count();
    assert_eq!(wrong, 5, "as many are looked at as if they had come one by one");
    statuses.retain(|response| response.status() != 422);
    assert!(statuses.iter().all(|response| response.status() == 429));
    assert_eq!(log_in(server, "eva@house.example", PASSWORD, "").await.status(), 429);
    assert_eq!(log_in(server, "nobody@house.example", "wrong password", "").await.status(), 422, "others do not wait");
});

on_test_server!(the_right_password_makes_up_for_wrong_ones, |server| {
    employ(server).await;
    for _ in 0..2 {
        for _ in 0..4 {
            assert_eq!(log_in(server, "eva@house.example", "wrong password", "").await.status(), 422);
        }
        assert_eq!(log_in(server, "eva@house.example", PASSWORD, "").await.status(), 303);
    }
});

on_test_server!(an_address_that_cannot_be_is_only_wrong, |server| {
    let long = format!("{}@house.example", "a".repeat(300));
    for email in ["a\0@x.fi", "a\nb@x.fi", &long, ""] {
        assert_eq!(log_in(server, email, "wrong password", "").await.status(), 422, "{email:?}");
    }
    assert_eq!(log_in(server, "a@x.fi", "a\0b", "").await.status(), 422);
});

on_test_server!(a_session_ends, |server| {
    employ(server).await;
    let response = log_in(server, "eva@house.example", PASSWORD, "").await;
    let cookie =
        response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie").to_owned();
    server.clock.set(NOW + 13 * DAY);
    assert_eq!(staff(server, &cookie).await.status(), 200);
    server.clock.set(NOW + 15 * DAY);
    assert_eq!(staff(server, &cookie).await.status(), 303);
});

on_test_server!(another_site_cannot_log_anybody_in_or_out, |server| {
    let cookie = server.session(Role::Admin).await;
    for path in ["/staff/login", "/staff/logout"] {
        for header in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("x-nothing", "1")] {
            let request = server.http.post(format!("{}{path}", server.base)).header("cookie", &cookie);
            let response = request.header(header.0, header.1).send().await.expect("an answer");
            assert_eq!(response.status(), 403, "{path} {header:?}");
        }
    }
});
