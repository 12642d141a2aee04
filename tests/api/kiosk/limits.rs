//! How often a tablet may ask, and how long a client may take.

use std::time::Duration;

use aplodi::{
    auth::rate_limit::RateLimit,
    connections::Timeouts,
    secrets::{hash_token, new_token},
    server::Limits,
};
use domain::time::SECOND;
use harness::{
    store::sqlite,
    test_server::{NOW, TestServer},
};
use serde_json::Value;
use store::kiosks::Pairing;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{interval, timeout},
};

#[tokio::test]
async fn a_tablet_that_never_ceases_is_sent_away_for_a_while() {
    let (data, _folder) = sqlite().await;
    let rate_limit = RateLimit { at_once: 5, per_second: 1 };
    let server = TestServer::open_with(&data.url, Limits { rate_limit, ..Limits::default() }).await;
    let other = Pairing {
        id: server.state.rng.uuid(NOW).into(),
        kiosk: server.state.rng.uuid(NOW).into(),
        kiosk_name: "Bar".into(),
        venue: server.venue.id,
    };
    let other_token = new_token(&server.state.rng);
    server.state.store.system().add_kiosk(&other, hash_token(&other_token), NOW).await.expect("a kiosk");
    let config = async |token: &str| {
        let address = format!("{}/api/v1/kiosk/config", server.base);
        server.http.get(address).bearer_auth(token).send().await.expect("an answer")
    };
    // A long outbox is few requests.
    let items: Vec<Value> = (0..500).map(|number| server.item(number, 5, 10)).collect();
    for batch in items.chunks(125) {
        assert_eq!(server.post(batch).await.status(), 200);
    }
    assert_eq!(config(&server.kiosk_token).await.status(), 200);
    for _ in 0..3 {
        let refused = server.post(&[server.item(600, 5, 10)]).await;
        assert_eq!(refused.status(), 429);
        assert_eq!(refused.headers()["content-type"], "application/problem+json");
        let seconds = refused.headers()["retry-after"].to_str().expect("text").parse::<i64>().expect("seconds");
        assert!((1..=2).contains(&seconds), "{seconds}");
        let problem: Value = refused.json().await.expect("JSON");
        assert_eq!(problem["type"], "urn:aplodi:problem:too_many_requests");
    }
    assert_eq!(config(&server.kiosk_token).await.status(), 429, "whatever it asks");
    assert_eq!(config(&other_token).await.status(), 200, "the others behind the same router go on");
    server.clock.set(NOW + SECOND);
    assert_eq!(server.post(&[server.item(600, 5, 10)]).await.status(), 200, "and what it kept is welcome");
    server.close().await;
}

#[tokio::test]
async fn a_body_that_drips_is_not_waited_for() {
    let (data, _folder) = sqlite().await;
    let timeouts = Timeouts { body: Duration::from_millis(300), ..Timeouts::default() };
    let server = TestServer::open_with(&data.url, Limits { timeouts, ..Limits::default() }).await;
    let address = server.base.strip_prefix("http://").expect("an address");
    for path in ["/api/v1/kiosk/responses", "/api/v1/kiosk/heartbeat", "/staff/login"] {
        let mut client = TcpStream::connect(address).await.expect("a connection");
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
             authorization: Bearer {}\r\ncontent-length: 1000\r\n\r\n",
            server.kiosk_token
        );
        client.write_all(head.as_bytes()).await.expect("sent");
        let (mut read, mut write) = client.split();
        let drip = async {
            let mut often = interval(Duration::from_millis(20));
            loop {
                often.tick().await;
                if write.write_all(b" ").await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        let mut answer = [0; 12];
        let read_all = timeout(Duration::from_secs(30), read.read_exact(&mut answer));
        tokio::select! {
            () = drip => {}
            read = read_all => { read.expect("the server gives up").expect("with a word"); }
        }
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
        if path.starts_with("/api") {
            assert_eq!(answer, "HTTP/1.1 408", "{path}");
        }
    }
    server.close().await;
}

/// Nobody is told to send what will not be read, and nobody is waited for who would.
#[tokio::test]
async fn what_says_that_it_is_too_long_is_refused_before_it_comes() {
    let (data, _folder) = sqlite().await;
    let server = TestServer::open_with(&data.url, Limits::default()).await;
    let address = server.base.strip_prefix("http://").expect("an address");
    for (path, length) in [
        ("/api/v1/kiosk/responses", "8388609"),
        ("/api/v1/kiosk/heartbeat", "70000"),
        ("/api/v1/kiosk/pairings", "5000"),
        ("/api/v1/kiosk/pairings", "70000"),
        ("/f/KX7P/answer", "65537"),
        ("/staff/login", "99999999999999"),
    ] {
        for expect in ["", "expect: 100-continue\r\n"] {
            let mut client = TcpStream::connect(address).await.expect("a connection");
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
                 authorization: Bearer {}\r\n{expect}content-length: {length}\r\n\r\n",
                server.kiosk_token
            );
            client.write_all(head.as_bytes()).await.expect("sent");
            let mut answer = [0; 12];
            let read = timeout(Duration::from_secs(8), client.read_exact(&mut answer)).await;
            read.unwrap_or_else(|_| panic!("{path} {length} is waited for")).expect("an answer");
            assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 413", "{path} {length} {expect}");
        }
    }
    // Who has begun to send all of it hears the answer, and not a connection that breaks off.
    for (path, status) in [("/staff/login", 413), ("/staff/organisation", 303), ("/nothing", 404)] {
        let post = server.http.post(format!("{}{path}", server.base)).header("origin", &server.base);
        let answer = post.body(vec![b' '; 20 << 20]).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
    }
    server.close().await;
}
