//! `/staff/login` and `/staff/logout`

use aplodi::auth::{
    login_throttle::{ATTEMPTS, Guesser, LoginThrottle},
    password,
};
use domain::time::{DAY, MINUTE};
use harness::{
    on_test_server,
    statements::counted,
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
    log_in_from(server, "", email, password, next).await
}

/// Logs in from a browser that has these cookies.
async fn log_in_from(server: &TestServer, cookies: &str, email: &str, password: &str, next: &str) -> reqwest::Response {
    let pairs = [("email", email), ("password", password), ("next", next)];
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    server
        .http
        .post(format!("{}/staff/login", server.base))
        .header("origin", &server.base)
        .header("cookie", cookies)
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

on_test_server!(strangers_do_not_shut_out_a_browser_that_is_known, |server| {
    employ(server).await;
    let response = log_in(server, "eva@house.example", PASSWORD, "").await;
    let mut cookies = response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().expect("text"));
    let cookie = cookies.find(|cookie| cookie.starts_with("aplodi-browser=")).expect("it is remembered");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let browser = cookie.split(';').next().expect("a cookie");
    assert_eq!(staff(server, browser).await.status(), 303, "it opens nothing");

    for _ in 0..ATTEMPTS {
        assert_eq!(log_in(server, "eva@house.example", "wrong password", "").await.status(), 422);
    }
    assert_eq!(log_in(server, "eva@house.example", PASSWORD, "").await.status(), 429, "from elsewhere one waits");
    assert_eq!(log_in_from(server, browser, "eva@house.example", PASSWORD, "").await.status(), 303);
    let other = log_in_from(server, browser, "ida@house.example", "wrong password", "").await;
    assert_eq!(other.status(), 422, "to another address it is a stranger");

    for _ in 0..ATTEMPTS {
        assert_eq!(log_in_from(server, browser, "eva@house.example", "wrong password", "").await.status(), 422);
    }
    assert_eq!(log_in_from(server, browser, "eva@house.example", PASSWORD, "").await.status(), 429, "nor may it guess");
});

on_test_server!(a_guess_that_is_refused_costs_the_database_nothing, |server| {
    employ(server).await;
    let store = &**server.state.store.system();
    let throttle = LoginThrottle::default();
    let eva = Guesser::Stranger("eva@house.example".to_owned());
    let (mut written, mut asked) = (0, 0);
    for _ in 0..ATTEMPTS {
        let (may, statements) = counted(throttle.may_try(store, &eva, None, NOW)).await;
        assert!(may.expect("the store answers"));
        asked += statements.sent;
        let (failed, statements) = counted(throttle.failed(store, &eva, NOW)).await;
        failed.expect("the store answers");
        written += u64::from(statements.sent > 0);
    }
    assert_eq!((asked, written), (1, 1), "it is looked up once and written down once");
    for _ in 0..100 {
        let (may, statements) = counted(throttle.may_try(store, &eva, None, NOW)).await;
        assert_eq!((may.expect("the store answers"), statements.sent), (false, 0));
    }
    let elsewhere = LoginThrottle::default();
    assert!(!elsewhere.may_try(store, &eva, None, NOW).await.expect("the store answers"), "another server knows");
    let later = NOW + 16 * MINUTE;
    for throttle in [&throttle, &elsewhere] {
        assert!(throttle.may_try(store, &eva, None, later).await.expect("the store answers"));
    }
    // However many addresses somebody guesses with, so many are looked at from one source.
    let mut statements = 0;
    for number in 0..1_000 {
        let guesser = Guesser::Stranger(format!("{number}@house.example"));
        let source = Some([192, 0, 2, 1].into());
        statements += counted(elsewhere.may_try(store, &guesser, source, later)).await.1.sent;
    }
    assert_eq!(statements, 20);
});

on_test_server!(nobody_has_a_password_that_is_too_long, |server| {
    employ(server).await;
    for _ in 0..2 * ATTEMPTS {
        let long = "a".repeat(password::LONGEST + 1);
        assert_eq!(log_in(server, "eva@house.example", &long, "").await.status(), 422);
    }
    assert_eq!(log_in(server, "eva@house.example", PASSWORD, "").await.status(), 303, "so it was no attempt");
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
    server.clock.set(NOW + 26 * DAY);
    assert_eq!(staff(server, &cookie).await.status(), 200, "it was used meanwhile");
    server.clock.set(NOW + 40 * DAY);
    assert_eq!(staff(server, &cookie).await.status(), 303, "and then not for 14 days");
    // However often it is used, it ends.
    server.clock.set(NOW);
    let response = log_in(server, "eva@house.example", PASSWORD, "").await;
    let cookie =
        response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie").to_owned();
    for days in [10, 20, 30, 40, 50, 60, 70, 80, 89] {
        server.clock.set(NOW + days * DAY);
        assert_eq!(staff(server, &cookie).await.status(), 200, "after {days} days");
    }
    server.clock.set(NOW + 90 * DAY);
    assert_eq!(staff(server, &cookie).await.status(), 303);
});

on_test_server!(whoever_logs_out_everywhere_ends_their_own_sessions_alone, |server| {
    employ(server).await;
    let another = server.session(Role::Admin).await;
    let mut devices = Vec::new();
    for _ in 0..3 {
        let response = log_in(server, "eva@house.example", PASSWORD, "").await;
        let cookie = response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie");
        devices.push(cookie.to_owned());
    }
    let about = server.http.get(format!("{}/staff/about?lang=sv", server.base)).header("cookie", &devices[0]);
    let about = about.send().await.expect("an answer").text().await.expect("text");
    assert!(about.contains("action=\"/staff/logout/everywhere\"") && about.contains("Logga ut överallt"), "{about}");
    let leave = server.http.post(format!("{}/staff/logout/everywhere", server.base)).header("origin", &server.base);
    let left = leave.header("cookie", &devices[0]).send().await.expect("an answer");
    assert_eq!((left.status().as_u16(), &left.headers()["location"]), (303, &"/staff/login".parse().expect("a value")));
    assert!(left.headers()["set-cookie"].to_str().expect("text").contains("Max-Age=0"));
    for device in &devices {
        assert_eq!(staff(server, device).await.status(), 303);
    }
    assert_eq!(staff(server, &another).await.status(), 200);
});

on_test_server!(another_site_cannot_log_anybody_in_or_out, |server| {
    let cookie = server.session(Role::Admin).await;
    for path in ["/staff/login", "/staff/logout", "/staff/logout/everywhere"] {
        for header in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("x-nothing", "1")] {
            let request = server.http.post(format!("{}{path}", server.base)).header("cookie", &cookie);
            let response = request.header(header.0, header.1).send().await.expect("an answer");
            assert_eq!(response.status(), 403, "{path} {header:?}");
        }
    }
});
