//! Networks and servers in a bad mood: each keeps the outbox waiting, none empties it.

use std::time::Duration;

use harness::{
    foyer::{Foyer, Tablet},
    proxy::Mood,
    until_within,
};

/// A reply that drips is given up after fifteen seconds, and more than one attempt is waited for.
const PATIENCE: Duration = Duration::from_mins(3);

/// Three visitors answer while the network is in that mood; at least two deliveries fail; then it is well again.
async fn survives(mood: Mood) {
    let foyer = Foyer::open().await;
    let tablet = Tablet::open(&foyer.tablet).await;
    tablet.answers(1).await;
    foyer.wait_for_all(1).await;
    tablet.keeps("outbox", 0).await;

    foyer.proxy.set(mood);
    tablet.answers(3).await;
    let tried = async || {
        tablet.hears_of_the_network().await;
        foyer.proxy.met(mood) >= 2
    };
    until_within(PATIENCE, "it is tried again", tried).await;
    if matches!(mood, Mood::CutsReplies | Mood::Drips) {
        // How many of them depends on the moment: after a lost reply less is sent at a time.
        let arrived = async || foyer.stored().await.len() > 1;
        until_within(PATIENCE, "some arrive, though nobody says so", arrived).await;
    } else {
        assert_eq!(foyer.stored().await.len(), 1, "{mood:?}");
    }
    assert_eq!((tablet.kept("outbox").await, tablet.kept("rejected").await), (3, 0), "{mood:?}: everything stays");

    foyer.proxy.set(Mood::Passes);
    let drained = async || {
        tablet.hears_of_the_network().await;
        tablet.kept("outbox").await == 0
    };
    until_within(PATIENCE, "the outbox drains", drained).await;
    foyer.wait_for_all(4).await;
    assert_eq!((tablet.kept("sent").await, tablet.kept("rejected").await), (4, 0), "{mood:?}");
    tablet.browser.close().await;
}

/// Only Aplodi's own word takes the questions off the screen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_at_the_door_keeps_nobody_from_answering() {
    let foyer = Foyer::open().await;
    let tablet = Tablet::open(&foyer.tablet).await;
    let moods = [Mood::Bars(401), Mood::Bars(403), Mood::Bars(404), Mood::Bars(410), Mood::Portal];
    for mood in moods {
        foyer.proxy.set(mood);
        tablet.reload().await;
        tablet.answers(1).await;
        for path in ["/config", "/heartbeat", "/responses"] {
            until_within(PATIENCE, &format!("{mood:?} meets {path}"), async || foyer.proxy.was_asked(mood, path)).await;
        }
        tablet.answers(1).await;
    }
    foyer.proxy.set(Mood::Away);
    tablet.answers(1).await;
    foyer.proxy.set(Mood::Passes);
    tablet.hears_of_the_network().await;
    foyer.wait_for_all(2 * moods.len() + 1).await;
    tablet.browser.close().await;
}

macro_rules! moods {
    ($($name:ident: $mood:expr,)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            survives($mood).await;
        }
    )*};
}

moods! {
    a_server_error_keeps_everything: Mood::Says(500),
    a_missing_right_keeps_everything: Mood::Says(401),
    a_forbidden_door_keeps_everything: Mood::Says(403),
    a_strangers_conflict_keeps_everything: Mood::Says(409),
    a_strangers_size_limit_keeps_everything: Mood::Says(413),
    a_busy_server_keeps_everything: Mood::Says(429),
    a_hotels_login_page_keeps_everything: Mood::Portal,
    a_reply_lost_after_the_commit_doubles_nothing: Mood::CutsReplies,
    a_reply_that_drips_doubles_nothing: Mood::Drips,
}
