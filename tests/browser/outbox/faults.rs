//! Faults of networks and servers: each keeps the outbox waiting, none empties it.

use harness::{fault_proxy::Fault, proxied_server::ProxiedServer, test_tablet::TestTablet, until};

/// A reply that drips is given up after so many milliseconds.
const GIVEN_UP: u32 = 15_000;

/// Three visitors answer while the network has that fault; at least two deliveries fail; then it is well again.
async fn survives(fault: Fault) {
    let server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    tablet.answers(1).await;
    server.wait_for_all(1).await;
    tablet.keeps("outbox", 0).await;

    server.proxy.set(fault);
    tablet.answers(3).await;
    let tried = async || {
        tablet.hears_of_the_network().await;
        if fault == Fault::Drips && server.stored().await.len() > 1 {
            tablet.browser.forward(GIVEN_UP).await;
        }
        server.proxy.met(fault) >= 2
    };
    until("it is tried again", tried).await;
    if matches!(fault, Fault::CutsReplies | Fault::Drips) {
        // How many of them depends on the moment: after a lost reply less is sent at a time.
        let arrived = async || server.stored().await.len() > 1;
        until("some arrive, though nobody says so", arrived).await;
    } else {
        assert_eq!(server.stored().await.len(), 1, "{fault:?}");
    }
    assert_eq!((tablet.kept("outbox").await, tablet.kept("rejected").await), (3, 0), "{fault:?}: everything stays");

    server.proxy.set(Fault::None);
    if fault == Fault::Drips {
        tablet.browser.forward(GIVEN_UP).await;
    }
    let drained = async || {
        tablet.hears_of_the_network().await;
        tablet.kept("outbox").await == 0
    };
    until("the outbox drains", drained).await;
    server.wait_for_all(4).await;
    assert_eq!((tablet.kept("sent").await, tablet.kept("rejected").await), (4, 0), "{fault:?}");
    tablet.browser.close().await;
}

/// Only Aplodi's own word takes the questions off the screen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_at_the_door_keeps_nobody_from_answering() {
    let server = ProxiedServer::open().await;
    let tablet = TestTablet::open(&server.kiosk_url).await;
    let faults = [Fault::Bars(401), Fault::Bars(403), Fault::Bars(404), Fault::Bars(410), Fault::Portal];
    for fault in faults {
        server.proxy.set(fault);
        tablet.reload().await;
        tablet.answers(1).await;
        for path in ["/config", "/heartbeat", "/responses"] {
            until(&format!("{fault:?} meets {path}"), async || server.proxy.was_asked(fault, path)).await;
        }
        tablet.answers(1).await;
    }
    server.proxy.set(Fault::Away);
    tablet.answers(1).await;
    server.proxy.set(Fault::None);
    tablet.hears_of_the_network().await;
    server.wait_for_all(2 * faults.len() + 1).await;
    tablet.browser.close().await;
}

macro_rules! faults {
    ($($name:ident: $fault:expr,)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            survives($fault).await;
        }
    )*};
}

faults! {
    a_server_error_keeps_everything: Fault::Says(500),
    a_missing_right_keeps_everything: Fault::Says(401),
    a_forbidden_door_keeps_everything: Fault::Says(403),
    a_strangers_conflict_keeps_everything: Fault::Says(409),
    a_strangers_size_limit_keeps_everything: Fault::Says(413),
    a_busy_server_keeps_everything: Fault::Says(429),
    a_hotels_login_page_keeps_everything: Fault::Portal,
    a_reply_lost_after_the_commit_doubles_nothing: Fault::CutsReplies,
    a_reply_that_drips_doubles_nothing: Fault::Drips,
}
