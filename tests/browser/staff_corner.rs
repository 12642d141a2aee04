//! The staff corner of the tablet: five taps and a PIN, how the tablet is, a file to carry away, demo
//! mode, and the way out.

use std::path::{Path, PathBuf};

use aplodi::{clock::Rng, secrets::usual_pin};
use harness::{
    PATIENCE,
    browser::{Browser, Screen},
    demo::Demo,
    program::run,
    store::TestStore,
    test_tablet::kept,
    until, until_within,
};
use serde_json::{Value, json};
use store::{open, organisation::InstanceKeys, programme::Coded};

use crate::{
    builds::whole_build,
    pairing::{at_the_show, pair, words},
    steps::{HAPPIEST, answer_all, log_in, next_visitor, tablet, waiting_tablet},
};

/// What the note of the sheet says.
const NOTE: &str = ".corner .corner-note";

/// Taps into the top left corner, as a finger would.
async fn tap_corner(kiosk: &Browser, times: u32) {
    for _ in 0..times {
        for kind in ["mousePressed", "mouseReleased"] {
            let tap = json!({"type": kind, "x": 30, "y": 30, "button": "left", "clickCount": 1});
            kiosk.tell("Input.dispatchMouseEvent", tap).await;
        }
    }
}

/// Types on the pad.
pub(crate) async fn type_pin(kiosk: &Browser, pin: &str) {
    for digit in pin.chars() {
        let key = if digit == '0' { 11 } else { digit.to_digit(10).expect("a digit") };
        kiosk.click(&format!(".pin button:nth-child({key})")).await;
    }
    kiosk.click(".pin .is-primary").await;
}

/// The PIN that the demo's tablet knows.
pub(crate) async fn pin_of(demo: &Demo) -> String {
    let store = open(&demo.database_url).await.expect("the demo's data");
    let rng = Rng::from_system();
    let proposed = InstanceKeys::propose(rng.bytes(), rng.bytes(), rng.bytes());
    let key = store.system().instance_keys(&proposed, 0).await.expect("instance keys").form_key;
    let code = demo.tonight().await["code"].as_str().expect("a code").to_owned();
    let Some(Coded::Event(event)) = store.system().coded(&code).await.expect("the code") else {
        panic!("no event {code}")
    };
    usual_pin(&key, event.venue).as_str().to_owned()
}

/// Taps into the corner until the pad is there: where the clock goes on, five taps may take longer than they may.
pub(crate) async fn open_corner(kiosk: &Browser) {
    until("the pad opens", async || {
        let open = kiosk.has(".corner .pin-dots").await;
        if !open {
            tap_corner(kiosk, 5).await;
        }
        open
    })
    .await;
}

/// Opens the corner, types the PIN, and waits for the sheet.
pub(crate) async fn open_sheet(kiosk: &Browser, pin: &str) {
    open_corner(kiosk).await;
    type_pin(kiosk, pin).await;
    kiosk.wait_for(".corner .sheet").await;
}

/// Waits until a row of the sheet says it.
async fn row(kiosk: &Browser, place: u32, says: impl Fn(&str) -> bool) {
    kiosk.wait_for_text(&format!(".sheet > div:nth-child({place}) dd"), says).await;
}

/// One of the buttons under the sheet.
pub(crate) fn action(place: u32) -> String {
    format!(".corner .sheet-actions button:nth-child({place})")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_corner_gesture_and_the_pin_open_the_corner() {
    // Whoever has typed too much waits for a minute, and a busy machine may take one.
    const NO_TIME_PASSES: &str = "sessionStorage.now ??= Date.now(); Date.now = () => Number(sessionStorage.now);";
    const ESCAPES: &str =
        "for (let n = 0; n < 5; n += 1) dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));";
    let demo = Demo::start().await;
    let pin = pin_of(&demo).await;
    let kiosk = tablet(&demo).await;
    tap_corner(&kiosk, 4).await;
    kiosk.click(".langs button[lang=fi]").await;
    tap_corner(&kiosk, 4).await;
    assert!(!kiosk.has(".corner").await, "four taps are a visitor's");
    open_corner(&kiosk).await;
    let found = kiosk.violations().await;
    assert!(found.is_empty(), "{found:?}");

    kiosk.execute(NO_TIME_PASSES, Vec::new()).await;
    kiosk.prepare(NO_TIME_PASSES).await;
    for _ in 0..5 {
        type_pin(&kiosk, "0000").await;
        kiosk.wait_for_text(NOTE, |note| note.contains("koodi")).await;
        kiosk.wait_for_end_of(".pin-dots .is-past").await;
    }
    kiosk.wait_for_text(NOTE, |note| note.contains("Liian monta")).await;
    kiosk.driver.refresh().await.expect("the page again");
    kiosk.wait_for(HAPPIEST).await;
    open_corner(&kiosk).await;
    kiosk.wait_for_text(NOTE, |note| note.contains("Liian monta")).await;
    type_pin(&kiosk, &pin).await;
    assert!(!kiosk.has(".corner .sheet").await, "a reload opens nothing");
    kiosk.execute("const now = Date.now; Date.now = () => now() + 61_000;", Vec::new()).await;
    kiosk.wait_for_text(NOTE, str::is_empty).await;
    type_pin(&kiosk, &pin).await;
    kiosk.wait_for(".corner .sheet").await;

    // By the keyboard, and in another language.
    kiosk.click(&action(5)).await;
    kiosk.wait_for_end_of(".corner").await;
    kiosk.click(".langs button[lang=sv]").await;
    kiosk.wait_for("html[lang=sv]").await;
    kiosk.execute(ESCAPES, Vec::new()).await;
    kiosk.wait_for_text("#corner-title", |title| title == "Personalens PIN-kod").await;
    kiosk.click(".corner-end button").await;
    kiosk.wait_for_end_of(".corner").await;
    answer_all(&kiosk, 9).await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_can_be_carried_away_and_still_counts_once() {
    let demo = Demo::start().await;
    let (pin, before) = (pin_of(&demo).await, demo.counted().await);
    let downloads = tempfile::tempdir().expect("a folder");
    let mut kiosk = waiting_tablet(&demo).await;
    kiosk.forgive("net::ERR_");
    let folder = json!({"behavior": "allow", "downloadPath": downloads.path()});
    kiosk.tell("Browser.setDownloadBehavior", folder).await;
    open_sheet(&kiosk, &pin).await;
    row(&kiosk, 1, |waiting| waiting == "0").await;
    let found = kiosk.violations().await;
    assert!(found.is_empty(), "{found:?}");
    kiosk.click(&action(1)).await;
    kiosk.wait_for_text(NOTE, |note| note.starts_with("Palvelin vastasi")).await;
    kiosk.click(&action(5)).await;

    let database = demo.database_url.clone();
    let demo = demo
        .restart(async || {
            for number in [9, 3] {
                answer_all(&kiosk, number).await;
                next_visitor(&kiosk).await;
            }
            open_sheet(&kiosk, &pin).await;
            row(&kiosk, 1, |waiting| waiting.starts_with("2, vanhin")).await;
            kiosk.click(&action(1)).await;
            kiosk.wait_for_text(NOTE, |note| note.starts_with("Palvelin ei vastaa")).await;
            kiosk.click(&action(2)).await;
            kiosk.wait_for_text(NOTE, |note| note.contains("2 vastausta")).await;
            until("the file is there", async || file_in(downloads.path()).is_some()).await;
            let file = file_in(downloads.path()).expect("a file");
            let imported = import(&database, &file).await;
            assert!(imported.contains("2 stored"), "{imported}");
            let again = import(&database, &file).await;
            assert!(again.contains("2 known already"), "{again}");
            assert_eq!(kept(&kiosk, "outbox").await, 2, "only the server's word takes them out");
        })
        .await;

    kiosk.click(&action(1)).await;
    kiosk.wait_for_text(NOTE, |note| note.starts_with("Lähetettiin 2") || note.starts_with("Palvelin vastasi")).await;
    until("the outbox is empty", async || kept(&kiosk, "outbox").await == 0).await;
    assert_eq!((kept(&kiosk, "sent").await, kept(&kiosk, "rejected").await), (2, 0));
    assert_eq!(demo.counted().await, before + 2);
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn demo_mode_is_seen_and_never_counted() {
    let demo = Demo::start().await;
    let (pin, before, marked) = (pin_of(&demo).await, demo.counted().await, flagged(&demo).await);
    let kiosk = tablet(&demo).await;
    open_sheet(&kiosk, &pin).await;
    kiosk.click(&action(3)).await;
    kiosk.wait_for_text(NOTE, |note| note.starts_with("Esittely on")).await;
    kiosk.click(&action(5)).await;
    kiosk.wait_for(".band").await;
    kiosk.driver.refresh().await.expect("the page again");
    kiosk.wait_for(HAPPIEST).await;
    assert_eq!(kiosk.text(".band").await, "Esittely: vastauksia ei lasketa");
    answer_all(&kiosk, 10).await;
    assert!(kiosk.has(".band").await, "on the thanks too");
    next_visitor(&kiosk).await;
    until("it has arrived", async || kept(&kiosk, "sent").await == 1).await;
    assert_eq!(demo.counted().await, before, "it does not count");
    assert_eq!(flagged(&demo).await, marked + 1, "and is not lost either");

    open_sheet(&kiosk, &pin).await;
    kiosk.click(&action(3)).await;
    kiosk.wait_for_text(NOTE, |note| note.starts_with("Esittely on päättynyt")).await;
    kiosk.click(&action(5)).await;
    kiosk.wait_for_end_of(".band").await;
    answer_all(&kiosk, 10).await;
    until("the real one counts", async || demo.counted().await == before + 1).await;
    assert_eq!(flagged(&demo).await, marked + 1);
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_is_unpaired_without_a_network_and_the_office_hears_of_it() {
    let demo = Demo::start().await;
    let (pin, before) = (pin_of(&demo).await, demo.counted().await);
    let mut kiosk = waiting_tablet(&demo).await;
    kiosk.forgive("net::ERR_");
    whole_build(&kiosk).await;
    let demo = demo
        .restart(async || {
            answer_all(&kiosk, 9).await;
            next_visitor(&kiosk).await;
            open_sheet(&kiosk, &pin).await;
            kiosk.click(&action(4)).await;
            kiosk.wait_for_text(".corner-lead", |lead| lead.contains("odottaa 1")).await;
            kiosk.click(&action(2)).await;
            kiosk.wait_for(".pairing").await;
            kiosk.wait_for_end_of(".corner").await;
            assert!(!kiosk.has(HAPPIEST).await, "nothing is asked any more");
        })
        .await;
    kiosk.wait_for(".words").await;
    // The next sign of life tells it.
    kiosk.forward(60_000).await;
    until_within(2 * PATIENCE, "the office hears of it", async || unpaired(&demo).await == 1).await;

    assert_eq!((kept(&kiosk, "outbox").await, demo.counted().await), (1, before));
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    pair(&staff, &demo, &words(&kiosk).await, &at_the_show(&demo).await).await;
    kiosk.wait_for(HAPPIEST).await;
    until("it arrives after the next pairing", async || demo.counted().await == before + 1).await;
    assert_eq!(unpaired(&demo).await, 1, "and the next pairing is none that ended");
    kiosk.close().await;
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_goes_out_before_the_tablet_is_unpaired() {
    const HOLD: &str = "
        const real = window.fetch;
        window.held = true;
        window.fetch = (asked, ...how) => {
            const delivers = String(asked.url ?? asked).endsWith('/responses');
            return window.held && delivers ? Promise.reject(new TypeError('held')) : real(asked, ...how);
        };";
    const UNPAIR: &str = "window.held = false; document.querySelector(arguments[0]).click();";
    let demo = Demo::start().await;
    let (pin, before) = (pin_of(&demo).await, demo.counted().await);
    // By a clock that stands, it waits for the server as long as it takes.
    let kiosk = tablet(&demo).await;
    kiosk.execute(HOLD, Vec::new()).await;
    answer_all(&kiosk, 9).await;
    next_visitor(&kiosk).await;
    open_sheet(&kiosk, &pin).await;
    kiosk.click(&action(4)).await;
    kiosk.wait_for_text(".corner-lead", |lead| lead.contains("odottaa 1")).await;
    kiosk.execute(UNPAIR, vec![action(2).into()]).await;
    kiosk.wait_for(".words").await;
    assert_eq!((kept(&kiosk, "outbox").await, demo.counted().await), (0, before + 1));
    until("the office hears of it", async || unpaired(&demo).await == 1).await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_database_brings_no_ended_pairing_back() {
    const DEAD: &str = "
        const { open } = IDBFactory.prototype;
        IDBFactory.prototype.open = function (...what) {
            if (sessionStorage.dead) throw new DOMException('gone', 'UnknownError');
            return open.apply(this, what);
        };";
    // What a page leaves that reloads because its database was severed.
    const LEFT: &str = "sessionStorage.token = arguments[0];";
    let demo = Demo::start().await;
    let pin = pin_of(&demo).await;
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.prepare(DEAD).await;
    kiosk.become_tablet(&demo.tablet).await;
    kiosk.wait_for(HAPPIEST).await;
    let (_, token) = demo.tablet.split_once("#token=").expect("a token");
    kiosk.execute(LEFT, vec![token.into()]).await;
    open_sheet(&kiosk, &pin).await;
    kiosk.click(&action(4)).await;
    kiosk.wait_for(".corner-lead").await;
    kiosk.click(&action(1)).await;
    kiosk.wait_for(".words").await;
    kiosk.execute("sessionStorage.dead = 'yes';", Vec::new()).await;
    kiosk.driver.refresh().await.expect("the page again");
    kiosk.wait_for(".pairing .sign").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sheet_says_what_is_wrong_with_the_memory() {
    const FULL: &str = "
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (...values) {
            if (window.full) throw new DOMException('full', 'QuotaExceededError');
            return put.apply(this, values);
        };
        window.full = true;";
    let demo = Demo::start().await;
    let (pin, before) = (pin_of(&demo).await, demo.counted().await);
    let kiosk = tablet(&demo).await;
    kiosk.execute(FULL, Vec::new()).await;
    answer_all(&kiosk, 9).await;
    assert_eq!(demo.counted().await, before + 1, "the server took it instead");
    next_visitor(&kiosk).await;
    open_sheet(&kiosk, &pin).await;
    row(&kiosk, 5, |storage| storage.starts_with("ei: tila on lopussa")).await;
    kiosk.execute("window.full = false;", Vec::new()).await;
    // Whatever is written next shows that there is room.
    kiosk.click(&action(3)).await;
    row(&kiosk, 5, |storage| !storage.starts_with("ei:")).await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_screen_stays_lit_and_the_battery_is_told() {
    const STUBS: &str = "
        window.asked = [];
        const lock = () => ({ released: false, release: async () => {} });
        Object.defineProperty(navigator, 'wakeLock', { value: { request: async (what) => {
            window.lock = lock(); asked.push(what); return window.lock; } } });
        navigator.getBattery = async () => ({ level: 0.57, charging: true });
        const real = window.fetch;
        window.fetch = (asking, how) => {
            if (asking.url?.endsWith('/heartbeat')) asking.clone().text().then((text) => { window.beat = text; });
            else if (String(asking).endsWith('/heartbeat')) window.beat = how.body;
            return real(asking, how);
        };";
    let demo = Demo::start().await;
    let kiosk = Browser::open(Screen::TABLET).await;
    kiosk.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": STUBS})).await;
    kiosk.become_tablet(&demo.tablet).await;
    kiosk.wait_for(HAPPIEST).await;
    let asked = async || kiosk.execute("return window.asked.length;", Vec::new()).await.as_u64();
    until("the lock is asked for", async || asked().await == Some(1)).await;
    kiosk.execute("window.lock.released = true; dispatchEvent(new Event('visibilitychange'));", Vec::new()).await;
    until("the lock is asked for again", async || asked().await >= Some(2)).await;
    // The next sign of life comes after a minute.
    until_within(2 * PATIENCE, "a sign of life tells the battery", async || {
        let beat = kiosk.execute("return window.beat ?? '{}';", Vec::new()).await;
        let beat: Value = serde_json::from_str(beat.as_str().expect("text")).expect("JSON");
        (beat["battery"].as_f64(), beat["charging"].as_bool()) == (Some(0.57), Some(true))
    })
    .await;
    kiosk.close().await;
}

/// How many pairings were ended by somebody at the tablet or in the office.
async fn unpaired(demo: &Demo) -> i64 {
    data(demo).await.rows("pairings WHERE ended = 'unpaired'").await
}

/// How many responses are marked as given in demo mode.
async fn flagged(demo: &Demo) -> i64 {
    data(demo).await.rows("flags WHERE flag = 'demo'").await
}

async fn data(demo: &Demo) -> TestStore {
    TestStore { store: open(&demo.database_url).await.expect("the demo's data"), url: demo.database_url.clone() }
}

/// The file that was saved there, once it is whole.
fn file_in(folder: &Path) -> Option<String> {
    let files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut paths = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "json"));
    let is_whole =
        |path: &PathBuf| std::fs::read(path).is_ok_and(|content| serde_json::from_slice::<Value>(&content).is_ok());
    paths.find(is_whole).map(|path| path.display().to_string())
}

async fn import(database: &str, file: &str) -> String {
    let output = run(database, &["outbox", "import", file]).await;
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}
