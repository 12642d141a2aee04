//! Three words on a tablet, typed by staff: a fresh tablet, one that is read by a camera, one that is
//! replaced while it still holds answers, one whose disk keeps nothing; and the guide beside the words.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    proxied_server::ProxiedServer,
    test_tablet::kept,
    until,
};
use serde_json::json;

use crate::{
    builds::whole_build,
    qr::read,
    steps::{HAPPIEST, answer_all, log_in, next_visitor, page_of_a_kiosk, waiting_tablet},
};

/// A tablet that nobody knows, showing its words.
pub(crate) async fn fresh(demo: &Demo) -> Browser {
    let tablet = Browser::open(Screen::TABLET).await;
    tablet.goto(format!("{}/kiosk", demo.serving.base)).await;
    tablet.wait_for(".words").await;
    tablet
}

/// What a person reads on it.
pub(crate) async fn words(tablet: &Browser) -> String {
    let mut words = Vec::new();
    for place in 1..=3 {
        words.push(tablet.text(&format!(".words li:nth-child({place})")).await);
    }
    words.join(" ")
}

/// A new kiosk where tonight's show is.
pub(crate) async fn at_the_show(demo: &Demo) -> String {
    format!("new:{}", demo.tonight().await["venue"].as_str().expect("a venue"))
}

/// Types words, chooses what the tablet is to be, and is told that it is paired.
pub(crate) async fn pair(staff: &Browser, demo: &Demo, words: &str, place: &str) {
    staff.goto(format!("{}/staff/kiosks/pair", demo.serving.base)).await;
    staff.write("#words", words).await;
    confirm(staff, place).await;
}

async fn confirm(staff: &Browser, place: &str) {
    staff.click(&format!("#place option[value='{place}']")).await;
    if place.starts_with("new:") {
        staff.write("#name", "Bar").await;
    }
    staff.click(".slip .button.is-primary").await;
    staff.wait_for(".notice.is-good").await;
}

/// Whether a tablet has a network.
async fn connect(tablet: &Browser, online: bool) {
    tablet.tell("Network.enable", json!({})).await;
    let conditions = json!({"offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    tablet.tell("Network.emulateNetworkConditions", conditions).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fresh_tablet_becomes_a_kiosk_by_three_words() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let tablet = fresh(&demo).await;
    let shown = words(&tablet).await;
    tablet.driver.refresh().await.expect("the page again");
    tablet.wait_for(".words").await;
    assert_eq!(words(&tablet).await, shown, "whoever is typing is not disturbed");
    tablet.click(".langs button[lang=sv]").await;
    tablet.wait_for(".words[lang=sv]").await;
    let swedish = words(&tablet).await;
    assert_ne!(swedish, shown);

    let staff = Browser::open(Screen::PHONE).await;
    log_in(&staff, &demo).await;
    pair(&staff, &demo, &swedish.to_uppercase(), &at_the_show(&demo).await).await;
    tablet.wait_for(HAPPIEST).await;
    answer_all(&tablet, 9).await;
    until("the answer arrives", async || demo.counted().await == before + 1).await;
    // The tablet lets go of it only once it has heard that it arrived.
    until("the tablet hears of it", async || kept(&tablet, "outbox").await == 0).await;
    assert_eq!(kept(&tablet, "sent").await, 1);

    tablet.driver.refresh().await.expect("the page again");
    tablet.wait_for(HAPPIEST).await;
    tablet.close().await;
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_code_on_the_tablet_fills_the_words_in() {
    let demo = Demo::start().await;
    let tablet = fresh(&demo).await;
    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("tablet.png");
    tablet.find(".pair .qr").await.screenshot(&picture).await.expect("a picture");
    let address = read(&picture).await;
    assert!(address.starts_with(&format!("{}/staff/kiosks/pair?words=", demo.serving.base)), "{address}");

    let phone = Browser::open(Screen::PHONE).await;
    phone.goto(&address).await;
    phone.write("#email", &demo.email).await;
    phone.write("#password", &demo.password).await;
    phone.click("form .button").await;
    phone.wait_for("#words").await;
    let filled = phone.execute("return document.querySelector('#words').value;", Vec::new()).await;
    assert_eq!(filled.as_str().expect("words").split(' ').count(), 3, "{filled}");
    confirm(&phone, &at_the_show(&demo).await).await;
    tablet.wait_for(HAPPIEST).await;
    tablet.close().await;
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replaced_tablet_brings_its_answers() {
    let demo = Demo::start().await;
    let before = demo.counted().await;
    let mut old = waiting_tablet(&demo).await;
    // What the browser itself says about no network, and about a token that opens nothing any more.
    old.forgive("net::ERR_");
    old.forgive("401 (Unauthorized)");
    let venue = demo.tonight().await["venue"].as_str().expect("a venue").to_owned();
    connect(&old, false).await;
    for number in [9, 10, 3] {
        answer_all(&old, number).await;
        next_visitor(&old).await;
    }
    assert_eq!(kept(&old, "outbox").await, 3);

    let new = fresh(&demo).await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    let kiosk = page_of_a_kiosk(&staff, &demo).await.replace("/staff/kiosks/", "instead:");
    pair(&staff, &demo, &words(&new).await, &kiosk).await;
    new.wait_for(HAPPIEST).await;
    assert_eq!(staff.execute("return document.querySelectorAll('.log > li').length;", Vec::new()).await, 2);

    connect(&old, true).await;
    // The first refusal tells it, and not some minutes later the question what is on.
    old.wait_for(".words").await;
    // It says what it still holds.
    old.wait_for_text(".kept", |kept| kept.ends_with(" 3")).await;
    assert_eq!(demo.counted().await, before);
    pair(&staff, &demo, &words(&old).await, &format!("new:{venue}")).await;
    old.wait_for(HAPPIEST).await;
    until("its answers arrive", async || demo.counted().await == before + 3).await;
    until("it holds nothing any more", async || kept(&old, "outbox").await == 0).await;
    assert_eq!((kept(&old, "sent").await, kept(&old, "rejected").await), (3, 0));
    old.close().await;
    new.close().await;
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_keeps_nothing_says_so() {
    const FULL: &str = "const put = IDBObjectStore.prototype.put; \
        IDBObjectStore.prototype.put = function (...values) { \
            if (!window.room) throw new DOMException('full', 'QuotaExceededError'); return put.apply(this, values); };";
    let demo = Demo::start().await;
    for address in [format!("{}/kiosk", demo.serving.base), demo.tablet.clone()] {
        let tablet = Browser::open(Screen::TABLET).await;
        tablet.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": FULL})).await;
        if address == demo.tablet {
            tablet.become_tablet(&address).await;
        } else {
            tablet.goto(&address).await;
        }
        tablet.wait_for_text(".pairing h1", |title| title == "Tämä selain ei muista mitään").await;
        assert!(tablet.has(".pairing .sign").await);
        assert!(!tablet.has(".words").await && !tablet.has(HAPPIEST).await);
        tablet.execute("window.room = true;", Vec::new()).await;
        // With room it goes on by itself: with words, or with the token that it was given.
        tablet.wait_for(if address == demo.tablet { HAPPIEST } else { ".words" }).await;
        tablet.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guide_is_there_without_a_network() {
    const COPIES: &str = "
        const done = arguments[0];
        const copies = ['fi', 'sv', 'en'].map((lang) => caches.match(`/kiosk/help?lang=${lang}`, { ignoreVary: true }));
        Promise.all(copies).then((copies) => done(copies.every(Boolean)));";
    const LINKS: &str = "return [...document.links].map((link) => link.getAttribute('href')).join(' ');";
    const IS_DRESSED: &str = "return [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0);";
    let demo = Demo::start().await;
    let mut tablet = fresh(&demo).await;
    tablet.forgive("net::ERR_");
    assert_eq!(tablet.execute(LINKS, Vec::new()).await, "/kiosk/help?lang=fi", "it leads nowhere else");
    whole_build(&tablet).await;
    let copied = async || tablet.look(COPIES, Vec::new()).await == true;
    until("the guide is kept", copied).await;
    demo.restart(async || {
        tablet.click(".pairing a").await;
        tablet.wait_for_text(".guide h1", |title| title == "Tabletti aulaan").await;
        assert_eq!(tablet.execute(IS_DRESSED, Vec::new()).await, true);
        tablet.click(".langs a[lang=sv]").await;
        tablet.wait_for("html[lang=sv] .guide").await;
        tablet.click(".ways a[href='/kiosk']").await;
        tablet.wait_for(".pairing").await;
    })
    .await;
    tablet.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_printed_address_asks_whether_this_is_the_tablet_and_makes_one() {
    const TITLE: &str = ".pairing h1";
    let server = ProxiedServer::open().await;
    let tablet = Browser::open(Screen::TABLET).await;
    tablet.hold_the_clock().await;
    tablet.goto(&server.kiosk_url).await;
    let asks = "Onko tämä se tabletti?";
    tablet.wait_for_text(TITLE, |title| title == asks).await;
    assert!(!tablet.address().await.contains("token"), "a photograph of the screen does not hold it");
    tablet.reload().await;
    tablet.wait_for_text(TITLE, |title| title == asks).await;
    tablet.click(".langs button[lang=sv]").await;
    tablet.wait_for_text(TITLE, |title| title == "Är det här surfplattan?").await;
    assert!(tablet.violations().await.is_empty());
    assert!(server.heartbeat().await.is_null(), "nothing has happened yet");
    tablet.click(".pairing .button.is-primary").await;
    tablet.wait_for(HAPPIEST).await;
    until("it is a tablet", async || !server.heartbeat().await.is_null()).await;

    // A browser for kiosks opens its address at every start.
    for _ in 0..2 {
        tablet.goto("about:blank").await;
        tablet.goto(&server.kiosk_url).await;
        tablet.wait_for(HAPPIEST).await;
    }

    let mut other = Browser::open(Screen::TABLET).await;
    other.forgive("the server responded with a status of 409");
    other.become_tablet(&server.kiosk_url).await;
    other.wait_for_text(TITLE, |title| title == "Osoite on jo käytetty").await;
    assert!(other.text(".pairing").await.contains("Toisesta laitteesta on jo tullut tabletti"));
    assert!(other.violations().await.is_empty());
    other.click(".pairing .button.is-primary").await;
    other.wait_for(".words").await;
    other.reload().await;
    other.wait_for(".words").await;

    tablet.reload().await;
    tablet.wait_for(HAPPIEST).await;
    tablet.close().await;
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_opens_a_used_address_stays_what_it_is() {
    let (server, other) = (ProxiedServer::open().await, ProxiedServer::open().await);
    // The address of another server means nothing here.
    let (_, unknown) = other.kiosk_url.split_once('#').expect("a token");
    let (home, _) = server.kiosk_url.split_once('#').expect("a token");
    let mut tablet = Browser::open(Screen::TABLET).await;
    tablet.forgive("the server responded with a status of 401");
    tablet.become_tablet(&server.kiosk_url).await;
    tablet.wait_for(HAPPIEST).await;
    tablet.goto("about:blank").await;
    tablet.become_tablet(format!("{home}#{unknown}")).await;
    tablet.wait_for_text(".pairing h1", |title| title == "Osoite ei ole enää voimassa").await;
    tablet.click(".pairing .button.is-primary").await;
    tablet.wait_for(HAPPIEST).await;
    tablet.close().await;
}
