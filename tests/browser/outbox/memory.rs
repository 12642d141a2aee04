//! The tablet's own memory fails: nobody is thanked for what is nowhere, and it recovers.

use harness::{
    browser::{Browser, Screen},
    fault_proxy::Fault,
    proxied_server::ProxiedServer,
    test_tablet::TestTablet,
    until,
};

/// Breaks the browser's database as `sabotage` says, from the first page on.
const SABOTAGE: &str = "{
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...what) {
        if (window.sabotage === 'full') throw new DOMException('no room', 'QuotaExceededError');
        return put.apply(this, what);
    };
    const { transaction } = IDBDatabase.prototype;
    const { open } = IDBFactory.prototype;
    let opened = 0;
    const born = new WeakMap();
    IDBFactory.prototype.open = function (...what) {
        if (performance.now() < Number(sessionStorage.late ?? 0)) {
            throw new DOMException('Internal error opening backing store', 'UnknownError');
        }
        if (window.sabotage === 'severed') throw new DOMException('gone', 'UnknownError');
        const request = open.apply(this, what);
        request.addEventListener('success', () => born.set(request.result, ++opened));
        return request;
    };
    IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
        if (window.sabotage === 'severed') throw new DOMException('gone', 'UnknownError');
        // The handle is dead; a new one works.
        if (window.sabotage === 'closed' && born.get(this) < window.reopened) {
            throw new DOMException('The database connection is closing.', 'InvalidStateError');
        }
        const begun = transaction.call(this, stores, mode, ...rest);
        if (window.sabotage === 'aborted' && mode === 'readwrite') queueMicrotask(() => begun.abort());
        return begun;
    };
    // A disk stays full in a new page, a connection does not stay severed.
    window.sabotage = sessionStorage.sabotage;
    window.breaks = (how) => {
        window.sabotage = how;
        sessionStorage.sabotage = ['full', 'aborted'].includes(how) ? how : '';
        window.reopened = opened + 1;
    };
}";

async fn sabotaged(server: &ProxiedServer) -> TestTablet {
    let browser = Browser::open(Screen::TABLET).await;
    browser.prepare(SABOTAGE).await;
    TestTablet::with(browser, &server.kiosk_url).await
}

async fn breaks(tablet: &TestTablet, how: Option<&str>) {
    tablet.browser.execute("window.breaks(arguments[0]);", vec![how.into()]).await;
}

/// Somebody answers everything, and is thanked, or is told that the answer could not be kept.
async fn one_answers(tablet: &TestTablet) -> bool {
    tablet.is_ready().await;
    let before = tablet.thanked().await;
    tablet.browser.tap_until(".faces .answer:nth-child(5)", ".nps").await;
    let is_over = async || {
        // What is gone was tapped successfully before.
        tablet.browser.execute("document.querySelector('.nps .answer:nth-child(10)')?.click();", Vec::new()).await;
        tablet.thanked().await > before || tablet.browser.has(".notice").await
    };
    until("the visit ends", is_over).await;
    tablet.thanked().await > before
}

/// Neither a full disk nor one that gives up takes an answer; with a server nobody notices, without one nobody is
/// thanked until somebody has it.
async fn is_thanked_only_for_what_is_kept(how: &str) {
    let server = ProxiedServer::open().await;
    let tablet = sabotaged(&server).await;
    breaks(&tablet, Some(how)).await;
    assert!(one_answers(&tablet).await);
    assert_eq!(server.stored().await.len(), 1, "thanked, so it is on the server");
    tablet.is_ready().await;

    server.proxy.set(Fault::Silent);
    let thanked = tablet.thanked().await;
    assert!(!one_answers(&tablet).await, "neither disk nor server has it");
    let posts = server.proxy.posts().len();
    tablet.browser.click(".notice .button").await;
    until("it is tried again", async || server.proxy.posts().len() > posts).await;
    assert_eq!(tablet.thanked().await, thanked);

    // The server is there again, the memory is not.
    server.proxy.set(Fault::None);
    let again = async || {
        tablet.browser.execute("document.querySelector('.notice .button')?.click();", Vec::new()).await;
        tablet.thanked().await > thanked
    };
    until("the server takes it", again).await;
    assert_eq!(server.stored().await.len(), 2);
    tablet.is_ready().await;

    breaks(&tablet, None).await;
    tablet.answers(1).await;
    let there = async || server.stored().await.len() == 3;
    until("the third one arrives", there).await;
    tablet.keeps("outbox", 0).await;
    tablet.keeps("drafts", 0).await;
    assert_eq!(tablet.kept("rejected").await, 0);
    assert_eq!(server.numbers().await, [1], "what went past the disk has no number, and leaves no gap");
    tablet.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_not_thanked_for() {
    is_thanked_only_for_what_is_kept("full").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_aborted_write_is_not_thanked_for() {
    is_thanked_only_for_what_is_kept("aborted").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_handle_is_opened_again() {
    let server = ProxiedServer::open().await;
    let tablet = sabotaged(&server).await;
    server.proxy.set(Fault::Silent);
    tablet.answers(1).await;
    breaks(&tablet, Some("closed")).await;
    tablet.answers(2).await;
    assert_eq!(tablet.kept("outbox").await, 3);
    server.proxy.set(Fault::None);
    tablet.hears_of_the_network().await;
    server.wait_for_all(3).await;
    tablet.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_severed_database_brings_a_new_page_between_visitors() {
    let server = ProxiedServer::open().await;
    let tablet = sabotaged(&server).await;
    tablet.answers(1).await;
    server.wait_for_all(1).await;
    tablet.browser.execute("window.theSamePage = true;", Vec::new()).await;
    breaks(&tablet, Some("severed")).await;
    assert!(one_answers(&tablet).await);
    assert_eq!(server.stored().await.len(), 2, "thanked, so it is on the server");
    tablet.is_ready().await;
    // The next sign of life finds the database dead, and the server alive.
    tablet.browser.forward(60_000).await;
    let renewed = async || tablet.browser.execute("return !window.theSamePage;", Vec::new()).await == true;
    until("a new page comes by itself", renewed).await;
    tablet.answers(1).await;
    let there = async || server.stored().await.len() == 3;
    until("the third one arrives", there).await;
    tablet.browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_needs_a_moment_is_asked_again() {
    let server = ProxiedServer::open().await;
    let tablet = sabotaged(&server).await;
    tablet.answers(1).await;
    server.wait_for_all(1).await;
    server.proxy.set(Fault::Silent);
    tablet.begins_to_answer().await;
    tablet.browser.execute("sessionStorage.late = 4000;", Vec::new()).await;
    // The question comes by itself, without the server.
    tablet.reload().await;
    tablet.keeps("outbox", 1).await;
    tablet.answers(1).await;
    server.proxy.set(Fault::None);
    tablet.hears_of_the_network().await;
    server.wait_for_all(3).await;
    tablet.browser.close().await;
}
