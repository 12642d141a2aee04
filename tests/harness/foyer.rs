//! A tablet in a foyer: the program behind a bad network, one kiosk, and two questions.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::store::{TestStore, sqlite};
use crate::{
    audience::House,
    browser::{Browser, Screen},
    program::{Serving, token},
    proxy::Proxy,
    until_within,
};

/// What a whole evening may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// A server, a way to it, and a tablet's token.
pub struct Foyer {
    /// what is asked
    pub house: House,
    /// the way from the tablet to the server
    pub proxy: Proxy,
    /// opens the kiosk
    pub tablet: String,
    /// where the data is
    pub database_url: String,
    port: u16,
    serving: Option<Serving>,
    folder: TempDir,
}

impl Foyer {
    /// Opens one: a face, a recommendation, and thanks.
    pub async fn open() -> Self {
        let (TestStore { store, url }, folder) = sqlite().await;
        let mut house = House::new();
        house.version.questions.truncate(2);
        house.open(&*store).await;
        drop(store);
        let add = ["kiosk", "add", "--venue", &house.venue.code, "--name", "Foyer"];
        let token = token(&url, &add).await;
        let serving = Serving::start(&url, &[]).await;
        let port = serving.port();
        let proxy = Proxy::to(port).await;
        let tablet = format!("{}/kiosk#token={token}", proxy.base);
        Self { house, proxy, tablet, database_url: url, port, serving: Some(serving), folder }
    }

    /// Stops the server, as an administrator would.
    ///
    /// # Panics
    /// Where it is not running or does not end well.
    pub async fn stop(&mut self) {
        let serving = self.serving.take().expect("it runs");
        assert!(serving.stop().await, "it ends well");
    }

    /// Starts it again where it was.
    pub async fn start(&mut self) {
        self.serving = Some(Serving::start_on(self.port, &self.database_url, &[]).await);
    }

    /// Keeps a copy of the data.
    ///
    /// # Panics
    /// Where it cannot be copied.
    pub async fn back_up(&self) {
        // As `aplodi backup` does: what was committed last stands in the log beside the file.
        let copy = self.backup().display().to_string();
        sqlx::query("VACUUM INTO $1").bind(copy).execute(&mut self.data().await).await.expect("a copy");
    }

    /// Goes back to that copy, under a new epoch, as `aplodi restore` does; the server must be stopped.
    ///
    /// # Panics
    /// Where it cannot be copied.
    pub async fn restore(&self) {
        assert!(self.serving.is_none(), "a database in use is not replaced");
        for name in ["-wal", "-shm"] {
            let mut path = self.database().into_os_string();
            path.push(name);
            // After a clean end there is none.
            let _: std::io::Result<()> = std::fs::remove_file(path);
        }
        std::fs::copy(self.backup(), self.database()).expect("a copy");
        let mut data = self.data().await;
        let epoch = Uuid::now_v7().simple().to_string();
        sqlx::query("UPDATE foundation SET epoch = $1").bind(epoch).execute(&mut data).await.expect("an epoch");
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("data/aplodi.db")
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup.db")
    }

    async fn data(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.database_url).await.expect("the data opens")
    }

    /// The ids of what the server has.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn stored(&self) -> BTreeSet<Uuid> {
        let ids: Vec<Uuid> =
            sqlx::query_scalar("SELECT id FROM responses").fetch_all(&mut self.data().await).await.expect("responses");
        ids.into_iter().collect()
    }

    /// When the responses were given, in the order in which they arrived, as the server has it.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn given(&self) -> Vec<i64> {
        let given = "SELECT corrected_at FROM responses ORDER BY received_at, corrected_at";
        sqlx::query_scalar(given).fetch_all(&mut self.data().await).await.expect("responses")
    }

    /// The numbers that the server has seen from its tablets.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn numbers(&self) -> Vec<i64> {
        let blocks: Vec<(i64, i64)> = sqlx::query_as("SELECT block, bits FROM pairing_seq ORDER BY block")
            .fetch_all(&mut self.data().await)
            .await
            .expect("numbers");
        let of = |(block, bits): (i64, i64)| {
            (0..32).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| 32 * block + 1 + bit)
        };
        blocks.into_iter().flat_map(of).collect()
    }

    /// The pairing of the tablet.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn pairing(&self) -> String {
        let of = "SELECT pairings.id FROM pairings JOIN kiosks ON kiosks.id = kiosk WHERE name = 'Foyer'";
        let id: Uuid = sqlx::query_scalar(of).fetch_one(&mut self.data().await).await.expect("a pairing");
        id.to_string()
    }

    /// The last sign of life.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn heartbeat(&self) -> serde_json::Value {
        let beat: Option<String> =
            sqlx::query_scalar("SELECT heartbeat FROM pairings WHERE heartbeat IS NOT NULL ORDER BY last_contact DESC")
                .fetch_optional(&mut self.data().await)
                .await
                .expect("pairings");
        beat.map(|beat| serde_json::from_str(&beat).expect("JSON")).unwrap_or_default()
    }

    /// Waits until the server has so many, and checks that each came once and that no number is missing.
    ///
    /// # Panics
    /// Where that never happens.
    pub async fn wait_for_all(&self, many: usize) {
        let there = async || self.stored().await.len() >= many;
        until_within(PATIENCE, &format!("{many} responses arrive"), there).await;
        assert_eq!(self.stored().await.len(), many);
        let all: Vec<i64> = (1..).take(many).collect();
        assert_eq!(self.numbers().await, all, "no gap");
    }
}

/// The tablet in a foyer, which answers as fast as a test wants.
pub struct Tablet {
    /// its browser
    pub browser: Browser,
}

/// Short waits of the screens become shorter: a chosen answer is lit for a moment, thanks stand for some seconds. And
/// because whoever looks now and then may miss thanks so short, they are counted.
const HASTE: &str = "{
    const real = window.setTimeout;
    window.setTimeout = (then, ms, ...rest) => real(then, ms <= 1000 ? ms / 25 : ms, ...rest);
    let stand = false;
    // A page may reload itself between visitors.
    sessionStorage.thanked ??= 0;
    new MutationObserver(() => {
        const thanks = document.querySelector('.thanks') !== null;
        if (thanks && !stand) sessionStorage.thanked = Number(sessionStorage.thanked) + 1;
        stand = thanks;
    }).observe(document, { childList: true, subtree: true });
}";

impl Tablet {
    /// A new one, which opens an address.
    pub async fn open(address: &str) -> Self {
        Self::with(Browser::open(Screen::TABLET).await, address).await
    }

    /// Prepares a browser that stands in for a tablet.
    pub async fn with(mut browser: Browser, address: &str) -> Self {
        // What the browser itself says about a server that is not there, or says no.
        browser.forgive("net::ERR_");
        browser.forgive("the server responded with a status of");
        let tablet = Self { browser };
        tablet.prepare().await;
        tablet.browser.goto(address).await;
        tablet.is_ready().await;
        tablet
    }

    /// Makes haste in the pages that this tab will open.
    pub async fn prepare(&self) {
        self.browser.prepare(HASTE).await;
    }

    /// Its battery dies in this moment; later it is switched on again and opens the kiosk, with what it has kept.
    pub async fn dies_and_wakes(&mut self) {
        let home = self.browser.address().await;
        self.browser.kill_and_start_again().await;
        self.prepare().await;
        self.browser.goto(home).await;
        self.is_ready().await;
    }

    /// Waits for the first question.
    pub async fn is_ready(&self) {
        self.browser.wait_for(".is-attract .faces .answer").await;
    }

    /// So many visitors answer everything and are thanked.
    ///
    /// # Panics
    /// Where one of them is not.
    pub async fn answers(&self, many: usize) {
        const VISIT: &str = "
            const [many, done] = arguments;
            const seen = async (css) => {
                for (;;) {
                    const element = document.querySelector(css);
                    if (element) return element;
                    await new Promise((look) => setTimeout(look, 50));
                }
            };
            // A click alone is no finger: the tablet would take the visitor for gone.
            const tap = (css) => {
                const at = document.querySelector(css);
                const { x, y } = at?.getBoundingClientRect() ?? {};
                at?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: x + 9, clientY: y + 9 }));
                at?.click();
            };
            (async () => {
                for (let visit = 0; visit < many; visit += 1) {
                    const before = sessionStorage.thanked;
                    await seen('.is-attract .faces .answer');
                    // A tap too soon after the last one is the same tap.
                    while (!document.querySelector('.nps .answer')) {
                        tap('.is-attract .faces .answer:nth-child(5)');
                        await new Promise((look) => setTimeout(look, 100));
                    }
                    while (sessionStorage.thanked === before) {
                        tap('.nps .answer:nth-child(10)');
                        await new Promise((look) => setTimeout(look, 100));
                        if (document.querySelector('.notice')) return done('nobody was thanked');
                    }
                }
                done(null);
            })();";
        // A script may not take for ever, whatever the machine is doing.
        for part in (0..many).step_by(3).map(|from| 3.min(many - from)) {
            let complaint = self.browser.wait_for_script(VISIT, vec![part.into()]).await;
            assert!(complaint.is_null(), "{complaint}");
        }
    }

    /// How many were thanked in this tab.
    ///
    /// # Panics
    /// Where the page is not a tablet's.
    pub async fn thanked(&self) -> u64 {
        self.browser.execute("return Number(sessionStorage.thanked);", Vec::new()).await.as_u64().expect("a number")
    }

    /// Somebody answers the first question and hesitates; returns once that is on the disk.
    pub async fn begins_to_answer(&self) {
        self.is_ready().await;
        self.browser.tap_until(".faces .answer:nth-child(4)", ".nps").await;
        self.keeps("drafts", 1).await;
    }

    /// How much lies in one of its stores.
    ///
    /// # Panics
    /// Where its memory does not answer.
    pub async fn kept(&self, store: &str) -> u64 {
        kept(&self.browser, store).await
    }

    /// Waits until so much lies in one of its stores.
    pub async fn keeps(&self, store: &str, many: u64) {
        let what = format!("{many} in {store}");
        until_within(PATIENCE, &what, async || self.kept(store).await == many).await;
    }

    /// Lays texts into one of its stores, as another version of the program might have done.
    ///
    /// # Panics
    /// Where its memory refuses.
    pub async fn lay(&self, store: &str, items: Vec<(String, String)>) {
        const LAY: &str = "
            const [store, items, done] = arguments;
            const opening = indexedDB.open('aplodi');
            opening.onsuccess = () => {
                const database = opening.result;
                const writing = database.transaction(store, 'readwrite', { durability: 'strict' });
                for (const [key, value] of items) writing.objectStore(store).put(value, key);
                writing.oncomplete = () => { database.close(); done(true); };
                writing.onabort = () => done(false);
            };";
        for part in items.chunks(1_000) {
            let laid = self.browser.wait_for_script(LAY, vec![store.into(), serde_json::json!(part)]).await;
            assert_eq!(laid, true);
        }
    }

    /// Everything in one of its stores: keys and values.
    ///
    /// # Panics
    /// Where its memory does not answer.
    pub async fn shelf(&self, store: &str) -> Vec<(String, String)> {
        const READ: &str = "
            const [store, done] = arguments;
            const opening = indexedDB.open('aplodi');
            opening.onsuccess = () => {
                const database = opening.result;
                const shelf = database.transaction(store).objectStore(store);
                const keys = shelf.getAllKeys();
                const values = shelf.getAll();
                values.onsuccess = () => {
                    database.close();
                    done(keys.result.map((key, place) => [key, String(values.result[place])]));
                };
            };";
        let read = self.browser.wait_for_script(READ, vec![store.into()]).await;
        serde_json::from_value(read).expect("texts")
    }

    /// What the browser tells when the network is there again; the tablet tries at once.
    pub async fn hears_of_the_network(&self) {
        self.browser.execute("window.dispatchEvent(new Event('online'));", Vec::new()).await;
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.browser.reload().await;
        self.is_ready().await;
    }
}

/// How much a tablet keeps in one of its stores.
///
/// # Panics
/// Where its memory does not answer.
pub async fn kept(tablet: &Browser, store: &str) -> u64 {
    const COUNT: &str = "
        const [store, done] = arguments;
        const opening = indexedDB.open('aplodi');
        opening.onerror = () => done(null);
        opening.onsuccess = () => {
            const database = opening.result;
            const counting = database.transaction(store).objectStore(store).count();
            counting.onsuccess = () => { database.close(); done(counting.result); };
        };";
    let counted = tablet.wait_for_script(COUNT, vec![store.into()]).await;
    counted.as_u64().expect("a number")
}

/// Responses as a tablet of this house writes them, one every ten seconds until a minute ago.
#[must_use]
pub fn written(house: &House, pairing: &str, many: u64) -> Vec<(String, String)> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let now = u64::try_from(now.as_millis()).expect("before the year 500 million");
    let begin = now - 60_000 - 10_000 * many;
    (1..=many)
        .map(|nth| {
            let mut tail = [0; 10];
            tail[2..].copy_from_slice(&nth.to_be_bytes());
            let id = uuid::Builder::from_unix_timestamp_millis(begin + 10_000 * nth, &tail).into_uuid().to_string();
            let item = format!(
                r#"{{"id":"{id}","survey_version":"{}","lang":"fi","assisted":false,"answered_at":{},"offset_ms":0,"end":"done","demo":false,"channel":"kiosk","pairing":"{pairing}","answers":[{{"question":"{}","value":4}},{{"question":"{}","value":9}}],"seq":{nth}}}"#,
                house.version.version.0,
                begin + 10_000 * nth,
                house.question(0).0,
                house.question(1).0,
            );
            (id, item)
        })
        .collect()
}
