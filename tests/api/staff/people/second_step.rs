//! The second step at the log-in: nobody gets round it, and no code opens twice.

use aplodi::auth::second_step::{read, step_of};
use domain::time::{MINUTE, Millis, SECOND};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::{Scope, staff::Role};

use super::{PASSWORD, emails, employ, get, link_in, post};

/// What an authenticator app would show.
fn shown_by_app(secret: &[u8], now: Millis) -> String {
    let is_of_now = |code: &String| step_of(secret, code, now) == Some(now / SECOND / 30);
    (0..1_000_000).map(|code| format!("{code:06}")).find(is_of_now).expect("one of a million")
}

fn value_of(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
    rest.split('"').next().expect("a value").to_owned()
}

/// Switches it on, and says the secret and the recovery codes.
async fn switch_on(server: &TestServer, cookie: &str) -> (Vec<u8>, Vec<String>) {
    let page = get(server, cookie, "/staff/account/second-step").await.1;
    let key = value_of(&page, "key");
    let secret = read(&key).expect("a secret");
    let code = shown_by_app(&secret, server.state.clock.now());
    let form = |code, current| [("key", key.as_str()), ("code", code), ("current", current)];
    for (code, current) in [("000000", PASSWORD), (code.as_str(), "wrong password")] {
        let refused = post(server, cookie, "/staff/account/second-step", &form(code, current)).await;
        assert_eq!(refused.status(), 422);
    }
    let page = post(server, cookie, "/staff/account/second-step", &form(&code, PASSWORD)).await;
    assert_eq!(page.status(), 200);
    let page = page.text().await.expect("text");
    let codes = page.split("<code>").skip(1).map(|rest| rest.split('<').next().expect("a code").to_owned()).collect();
    (secret, codes)
}

/// A right password, and what it leads to.
async fn log_in(server: &TestServer) -> String {
    let form = [("email", "eva@house.example"), ("password", PASSWORD)];
    let response = post(server, "", "/staff/login", &form).await;
    assert_eq!(response.status(), 200, "asked for the second step");
    assert!(response.headers().get("set-cookie").is_none(), "and not in yet");
    value_of(&response.text().await.expect("text"), "ticket")
}

async fn second(server: &TestServer, ticket: &str, code: &str) -> u16 {
    post(server, "", "/staff/login/code", &[("ticket", ticket), ("code", code)]).await.status().as_u16()
}

on_test_server!(a_code_opens_once_beside_the_password, |server| {
    let (eva, cookie) = employ(server, "eva@house.example", Role::Viewer, Scope::All).await;
    let system = server.state.store.system();
    system.add_session([7; 32], eva.id, NOW, NOW + 9 * MINUTE).await.expect("a session");
    let (secret, codes) = switch_on(server, &cookie).await;
    assert_eq!(codes.len(), 10);
    assert!(system.session([7; 32], NOW).await.expect("a look").is_none(), "log-ins without it end");
    assert_eq!(get(server, &cookie, "/staff/account").await.0, 200, "but this one");
    let ticket = log_in(server).await;
    let used = shown_by_app(&secret, NOW);
    assert_eq!(second(server, &ticket, &used).await, 422, "it was used to switch the step on");
    server.clock.set(NOW + MINUTE);
    let fresh = shown_by_app(&secret, NOW + MINUTE);
    assert_eq!(second(server, "nonsense", &fresh).await, 303, "back to the log-in");
    assert_eq!(second(server, &ticket, &fresh).await, 303);
    assert_eq!(second(server, &log_in(server).await, &fresh).await, 422, "nobody who looked on opens with it");
    let ticket = log_in(server).await;
    assert_eq!(second(server, &ticket, &codes[3].to_uppercase().replace('-', " ")).await, 303);
    assert_eq!(second(server, &ticket, &codes[3]).await, 422, "once");
    assert!(get(server, &cookie, "/staff/account").await.1.contains("Recovery codes left: 9"));
    server.clock.set(NOW + 12 * MINUTE);
    let late = post(server, "", "/staff/login/code", &[("ticket", &ticket), ("code", &codes[4])]).await;
    assert_eq!(late.headers()["location"], "/staff/login", "a ticket does not wait for ever");
});

on_test_server!(codes_are_not_guessed, |server| {
    let (_, cookie) = employ(server, "eva@house.example", Role::Viewer, Scope::All).await;
    let (_, codes) = switch_on(server, &cookie).await;
    let ticket = log_in(server).await;
    for _ in 0..5 {
        assert_eq!(second(server, &ticket, "000000").await, 422);
    }
    assert_eq!(second(server, &ticket, &codes[0]).await, 429, "even the right one has to wait");
});

on_test_server!(no_link_lifts_the_second_step, |server| {
    let (eva, cookie) = employ(server, "eva@house.example", Role::Viewer, Scope::All).await;
    let (_, admin) = employ(server, "ida@house.example", Role::Admin, Scope::All).await;
    let (_, codes) = switch_on(server, &cookie).await;
    post(server, "", "/staff/forgot", &[("email", "eva@house.example")]).await;
    let link = link_in(&emails(server, 1).await[0].text, server);
    let chosen = post(server, "", &link, &[("password", "silence in the stalls")]).await;
    assert_eq!(chosen.status(), 200);
    assert!(chosen.headers().get("set-cookie").is_none(), "asked for the second step");
    let ticket = value_of(&chosen.text().await.expect("text"), "ticket");
    assert_eq!(second(server, &ticket, &codes[0]).await, 303);

    let page = format!("/staff/people/{}", eva.id);
    assert!(get(server, &admin, &page).await.1.contains("Take the second step away"));
    assert_eq!(post(server, &admin, &format!("{page}/second-step/off"), &[]).await.status(), 303);
    assert_eq!(emails(server, 2).await[1].to, "eva@house.example", "they are told");
    assert!(get(server, &admin, "/staff/people/log").await.1.contains("Second step switched off"));
    let form = [("email", "eva@house.example"), ("password", "silence in the stalls")];
    assert_eq!(post(server, "", "/staff/login", &form).await.status(), 303);
});
