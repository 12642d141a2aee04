//! A tablet: a browser on the kiosk's page, whose visitors answer as fast as a test wants, and what it keeps.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::{
    browser::{Browser, Screen},
    fixture::Fixture,
    until_within,
};

/// What a whole evening may take on a busy machine.
pub(crate) const EVENING: Duration = Duration::from_mins(5);

/// A tablet at a venue, which answers as fast as a test wants.
pub struct TestTablet {
    /// its browser
    pub browser: Browser,
}

/// Short waits of the screens become shorter: a chosen answer is lit for a moment, thanks count down by seconds. And
/// because whoever looks now and then may miss thanks so short, they are counted.
const HASTE: &str = "{
    const real = window.setTimeout;
    window.setTimeout = (then, ms, ...rest) => real(then, ms <= 1000 ? ms / 100 : ms, ...rest);
    let stand = false;
    // A page may reload itself between visitors.
    sessionStorage.thanked ??= 0;
    new MutationObserver(() => {
        const thanks = document.querySelector('.thanks') !== null;
        if (thanks && !stand) sessionStorage.thanked = Number(sessionStorage.thanked) + 1;
        stand = thanks;
    }).observe(document, { childList: true, subtree: true });
}";

impl TestTablet {
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
        tablet.browser.become_tablet(address).await;
        tablet.is_ready().await;
        tablet
    }

    /// Makes haste in the pages that this tab will open, and holds their clock.
    pub async fn prepare(&self) {
        self.browser.hold_the_clock().await;
        self.browser.prepare(HASTE).await;
    }

    /// Its battery dies in this moment; later it is switched on again and opens the kiosk, with what it has kept.
    pub async fn dies_and_wakes(&mut self) {
        let home = self.browser.address().await;
        self.browser.kill_and_start_again().await;
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
        until_within(EVENING, &what, async || self.kept(store).await == many).await;
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
        let read = self.browser.look(READ, vec![store.into()]).await;
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
    let counted = tablet.look(COUNT, vec![store.into()]).await;
    counted.as_u64().expect("a number")
}

/// Responses as a tablet of this fixture writes them, one every ten seconds until a minute ago.
#[must_use]
pub fn written(fixture: &Fixture, pairing: &str, many: u64) -> Vec<(String, String)> {
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
                fixture.version.version.0,
                begin + 10_000 * nth,
                fixture.question(0).0,
                fixture.question(1).0,
            );
            (id, item)
        })
        .collect()
}
