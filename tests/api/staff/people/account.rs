//! One's own account: a forgotten password, another one, and log-ins that end.

use aplodi::{connections::places::ConnectionLimits, server::Limits};
use domain::time::HOUR;
use harness::{
    on_test_server,
    store::sqlite,
    test_server::{NOW, TestServer},
};
use store::{Scope, staff::Role};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::{PASSWORD, emails, employ, get, link_in, post};

const OTHER: &str = "silence in the stalls";

async fn log_in(server: &TestServer, password: &str) -> u16 {
    let form = [("email", "eva@house.example"), ("password", password)];
    post(server, "", "/staff/login", &form).await.status().as_u16()
}

on_test_server!(a_forgotten_password_is_chosen_anew, |server| {
    let (_, cookie) = employ(server, "eva@house.example", Role::Viewer, Scope::All).await;
    let mut answers = Vec::new();
    for email in ["nobody@house.example", " Eva@House.example", "no address", "a\u{0}b"] {
        let response = post(server, "", "/staff/forgot", &[("email", email)]).await;
        answers.push((response.status(), response.text().await.expect("text")));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "the same for everybody");
    let mails = emails(server, 1).await;
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "eva@house.example"));
    let link = link_in(&mails[0].text, server);
    assert_eq!(log_in(server, PASSWORD).await, 303, "until it is used everything stays as it is");
    assert_eq!(post(server, "", &link, &[("password", OTHER)]).await.status(), 303);
    assert_eq!(get(server, &cookie, "/staff").await.0, 303, "every log-in ends");
    assert_eq!((log_in(server, PASSWORD).await, log_in(server, OTHER).await), (422, 303));
    assert_eq!(post(server, "", &link, &[("password", PASSWORD)]).await.status(), 410, "once");
});

on_test_server!(the_link_opens_for_an_hour_and_is_not_sent_for_ever, |server| {
    employ(server, "eva@house.example", Role::Viewer, Scope::All).await;
    let ask = async || post(server, "", "/staff/forgot", &[("email", "eva@house.example")]).await.status();
    for _ in 0..9 {
        assert_eq!(ask().await, 200);
    }
    let mails = emails(server, 5).await;
    assert_eq!(mails.len(), 5, "no more than attempts to log in");
    assert_eq!(log_in(server, PASSWORD).await, 303, "which they do not use up");
    server.clock.set(NOW + HOUR + 1);
    assert_eq!(get(server, "", &link_in(&mails[4].text, server)).await.0, 410);
});

on_test_server!(an_administrator_has_a_link_sent_and_never_sees_it, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let (ida, _) = employ(server, "ida@house.example", Role::Viewer, Scope::All).await;
    let page = format!("/staff/people/{}", ida.id);
    let response = post(server, &admin, &format!("{page}/reset"), &[]).await;
    assert_eq!(response.status(), 303);
    assert_eq!(emails(server, 1).await[0].to, "ida@house.example");
    let shown = get(server, &admin, &format!("{page}?done=reset")).await.1;
    assert!(shown.contains("has been sent") && !shown.contains("/staff/set-up/"), "{shown}");
});

on_test_server!(a_password_is_changed_and_log_ins_end, |server| {
    let (eva, cookie) = employ(server, "eva@house.example", Role::Viewer, Scope::All).await;
    let system = server.state.store.system();
    system.add_session([7; 32], eva.id, NOW, NOW + HOUR).await.expect("a session");
    let shown = get(server, &cookie, "/staff/account").await.1;
    assert!(shown.contains("This browser") && shown.contains(&hex::encode([7; 32])), "{shown}");
    let (other, _) = employ(server, "ida@house.example", Role::Viewer, Scope::All).await;
    system.add_session([8; 32], other.id, NOW, NOW + HOUR).await.expect("a session");
    for key in [[7; 32], [8; 32]] {
        let end = post(server, &cookie, "/staff/account/sessions/end", &[("session", &hex::encode(key))]).await;
        assert_eq!(end.status(), 303);
    }
    assert!(system.session([7; 32], NOW).await.expect("a look").is_none());
    assert!(system.session([8; 32], NOW).await.expect("a look").is_some(), "nobody else's");

    let change = async |current, new| {
        post(server, &cookie, "/staff/account/password", &[("current", current), ("password", new)]).await
    };
    for (current, new, field) in [("wrong", OTHER, "current-problem"), (PASSWORD, "short", "password-problem")] {
        let refused = change(current, new).await;
        assert_eq!(refused.status(), 422);
        assert!(refused.text().await.expect("text").contains(field));
    }
    let done = change(PASSWORD, OTHER).await;
    assert_eq!(done.status(), 303);
    let fresh = done.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("one").to_owned();
    assert_eq!((get(server, &cookie, "/staff").await.0, get(server, &fresh, "/staff").await.0), (303, 200));
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_waits_for_a_link_gives_way_where_connections_run_out() {
    let (db, _folder) = sqlite().await;
    let connections = ConnectionLimits { most: 8, of_one_source: 8 };
    let server = TestServer::open_with(&db.url, Limits { connections, ..Limits::default() }).await;
    let mut turns = Vec::new();
    for _ in 0..4 {
        turns.push(server.state.logins.turn(None).await.expect("a turn"));
    }
    // Nobody's turn comes while these are held.
    let host = server.base.trim_start_matches("http://");
    let asks = format!(
        "POST /staff/forgot HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: 7\r\n\r\nemail=a",
        server.base
    );
    let mut waiting = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect(host).await.expect("a connection");
        stream.write_all(asks.as_bytes()).await.expect("sent");
        waiting.push(stream);
        let others = reqwest::Client::builder().pool_max_idle_per_host(0).build().expect("a client");
        let answer = others.get(format!("{}/healthz", server.base)).send().await.expect("a place for others");
        assert_eq!(answer.status(), 200);
    }
    drop(turns);
    server.close().await;
}
