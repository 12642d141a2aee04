//! `/staff/login` and `/staff/logout`

use aplodi::auth::password;
use domain::time::{DAY, MINUTE};
use harness::{
    house::{House, NOW},
    in_a_house,
};
use store::{
    Scope,
    staff::{Role, User},
};

const PASSWORD: &str = "applause in the foyer";

async fn employ(house: &House) -> User {
    let user = User {
        id: house.state.chance.uuid(NOW).into(),
        email: "eva@house.example".into(),
        role: Role::Viewer,
        scope: Scope::All,
    };
    assert!(house.state.store.add_user(&user, NOW).await.expect("a user"));
    let hash = password::hash(PASSWORD.into()).await.expect("a hash");
    house.state.store.set_password(user.id, &hash, NOW).await.expect("a password");
    user
}

async fn log_in(house: &House, email: &str, password: &str, next: &str) -> reqwest::Response {
    let pairs = [("email", email), ("password", password), ("next", next)];
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    house
        .http
        .post(format!("{}/staff/login", house.base))
        .header("origin", &house.base)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

async fn staff(house: &House, cookie: &str) -> reqwest::Response {
    house.http.get(format!("{}/staff/events", house.base)).header("cookie", cookie).send().await.expect("an answer")
}

in_a_house!(in_and_out, |house| {
    employ(house).await;
    let door = staff(house, "").await;
    assert_eq!(door.status(), 303);
    assert_eq!(door.headers()["location"], "/staff/login?next=%2Fstaff%2Fevents");
    let response = log_in(house, " Eva@House.example ", PASSWORD, "/staff/events").await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/staff/events");
    let cookie = response.headers()["set-cookie"].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let cookie = cookie.split(';').next().expect("a cookie").to_owned();
    assert_eq!(staff(house, &cookie).await.status(), 200);
    let out =
        house.http.post(format!("{}/staff/logout", house.base)).header("cookie", &cookie).header("origin", &house.base);
    assert_eq!(out.send().await.expect("an answer").status(), 303);
    assert_eq!(staff(house, &cookie).await.status(), 303, "the session is over on the server, too");
});

in_a_house!(nobody_is_sent_elsewhere_after_the_login, |house| {
    employ(house).await;
    let response = log_in(house, "eva@house.example", PASSWORD, "https://evil.example/").await;
    assert_eq!(response.headers()["location"], "/staff");
});

in_a_house!(guessing_is_slowed_down, |house| {
    employ(house).await;
    for _ in 0..5 {
        assert_eq!(log_in(house, "eva@house.example", "wrong password", "").await.status(), 422);
    }
    let response = log_in(house, "eva@house.example", PASSWORD, "").await;
    assert_eq!(response.status(), 429, "even the right one has to wait");
    assert_eq!(log_in(house, "nobody@house.example", "wrong password", "").await.status(), 422, "others do not");
    house.clock.set(NOW + 16 * MINUTE);
    assert_eq!(log_in(house, "eva@house.example", PASSWORD, "").await.status(), 303);
});

in_a_house!(guessing_much_at_once_does_not_help, |house| {
    employ(house).await;
    let guesses = (0..40).map(|_| log_in(house, "eva@house.example", "wrong password", ""));
    let mut statuses = futures::future::join_all(guesses).await;
    let wrong = statuses.iter().filter(|response| response.status() == 422).count();
    assert_eq!(wrong, 5, "as many are looked at as if they had come one by one");
    statuses.retain(|response| response.status() != 422);
    assert!(statuses.iter().all(|response| response.status() == 429));
    assert_eq!(log_in(house, "eva@house.example", PASSWORD, "").await.status(), 429);
    assert_eq!(log_in(house, "nobody@house.example", "wrong password", "").await.status(), 422, "others do not wait");
});

in_a_house!(the_right_password_makes_up_for_wrong_ones, |house| {
    employ(house).await;
    for _ in 0..2 {
        for _ in 0..4 {
            assert_eq!(log_in(house, "eva@house.example", "wrong password", "").await.status(), 422);
        }
        assert_eq!(log_in(house, "eva@house.example", PASSWORD, "").await.status(), 303);
    }
});

in_a_house!(an_address_that_cannot_be_is_only_wrong, |house| {
    let long = format!("{}@house.example", "a".repeat(300));
    for email in ["a\0@x.fi", "a\nb@x.fi", &long, ""] {
        assert_eq!(log_in(house, email, "wrong password", "").await.status(), 422, "{email:?}");
    }
    assert_eq!(log_in(house, "a@x.fi", "a\0b", "").await.status(), 422);
});

in_a_house!(a_session_ends, |house| {
    employ(house).await;
    let response = log_in(house, "eva@house.example", PASSWORD, "").await;
    let cookie =
        response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie").to_owned();
    house.clock.set(NOW + 13 * DAY);
    assert_eq!(staff(house, &cookie).await.status(), 200);
    house.clock.set(NOW + 15 * DAY);
    assert_eq!(staff(house, &cookie).await.status(), 303);
});

in_a_house!(another_site_cannot_log_anybody_in_or_out, |house| {
    let cookie = house.session(Role::Admin).await;
    for path in ["/staff/login", "/staff/logout"] {
        for header in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("x-nothing", "1")] {
            let request = house.http.post(format!("{}{path}", house.base)).header("cookie", &cookie);
            let response = request.header(header.0, header.1).send().await.expect("an answer");
            assert_eq!(response.status(), 403, "{path} {header:?}");
        }
    }
});
