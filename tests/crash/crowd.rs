//! People who answer at once, some one by one and some through tablets that were offline for a while,
//! and who remember exactly what was confirmed to them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::{SystemTime, UNIX_EPOCH},
};

use harness::{PATIENCE, fixture::Fixture};
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

/// How many answers each of them sends at a time.
const AT_A_TIME: [usize; 6] = [1, 1, 1, 1, 25, 100];

/// A crowd of one fixture.
#[derive(Clone)]
pub(crate) struct Crowd(Arc<Inner>);

struct Inner {
    fixture: Fixture,
    token: String,
    memory: Mutex<Memory>,
    /// how many were confirmed so far
    confirmed: watch::Sender<usize>,
}

/// What the crowd remembers.
#[derive(Default)]
struct Memory {
    /// how many have begun to answer
    begun: u64,
    /// the server said that it has them
    confirmed: Vec<Uuid>,
    /// what they said, to say it again to data that came from a backup
    said: HashMap<Uuid, Value>,
    /// sent, and nothing came back: perhaps stored, perhaps not
    unconfirmed: HashMap<Uuid, Value>,
    /// how many went a second time
    sent_again: usize,
}

impl Crowd {
    pub(crate) fn new(fixture: Fixture, token: String) -> Self {
        let confirmed = watch::Sender::new(0);
        Self(Arc::new(Inner { fixture, token, memory: Mutex::default(), confirmed }))
    }

    /// Everybody answers, each until the server does not.
    pub(crate) fn answer(&self, base: &str) -> JoinSet<()> {
        let mut everybody = JoinSet::new();
        for at_a_time in AT_A_TIME {
            let (crowd, base) = (self.clone(), base.to_owned());
            everybody.spawn(async move {
                let http = client();
                while crowd.send(&http, &base, crowd.next(at_a_time)).await.is_ok() {}
            });
        }
        everybody
    }

    /// Waits until so many more were confirmed.
    pub(crate) async fn wait_until_confirmed(&self, more: usize) {
        let mut confirmed = self.0.confirmed.subscribe();
        let enough = *confirmed.borrow() + more;
        let wait = confirmed.wait_for(|confirmed| *confirmed >= enough);
        tokio::time::timeout(PATIENCE, wait).await.expect("answers are confirmed").expect("alive");
    }

    /// Sends everything again to which nothing came back, until everything is confirmed.
    pub(crate) async fn send_again(&self, base: &str) {
        let http = client();
        while self.unconfirmed() > 0 {
            self.send(&http, base, self.next(100)).await.expect("the server answers");
        }
    }

    /// Sends everything again that was confirmed, as tablets do where the data came from a backup.
    /// Returns how many of them it did not have.
    pub(crate) async fn bring_back(&self, base: &str) -> usize {
        let (http, said) = (client(), self.memory().said.clone());
        let said: Vec<(Uuid, Value)> = said.into_iter().collect();
        let mut lacked = 0;
        for batch in said.chunks(100) {
            let body = self.post(&http, base, batch).await.expect("the server answers");
            let results = body["results"].as_array().expect("results");
            assert!(results.iter().all(|result| result["status"] == "stored" || result["status"] == "duplicate"));
            lacked += results.iter().filter(|result| result["status"] == "stored").count();
        }
        lacked
    }

    /// One answer, sent and judged on its own.
    pub(crate) async fn one(&self, base: &str, item: &Value) -> reqwest::Result<reqwest::Response> {
        post(&client(), base, &self.0.token, &[item]).await
    }

    /// Sends one answer, which must be confirmed.
    pub(crate) async fn confirm(&self, base: &str, (id, item): &(Uuid, Value)) {
        self.send(&client(), base, vec![(*id, item.clone())]).await.expect("the server answers");
    }

    /// Whether somebody began to answer with this id and does not know what became of it.
    pub(crate) fn has_begun(&self, id: &Uuid) -> bool {
        self.memory().unconfirmed.contains_key(id)
    }

    /// Somebody answers, and has not sent it yet.
    pub(crate) fn somebody(&self) -> (Uuid, Value) {
        self.begin(&mut self.memory())
    }

    pub(crate) fn confirmed(&self) -> Vec<Uuid> {
        self.memory().confirmed.clone()
    }

    pub(crate) fn unconfirmed(&self) -> usize {
        self.memory().unconfirmed.len()
    }

    pub(crate) fn sent_again(&self) -> usize {
        self.memory().sent_again
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.memory.lock().expect("nobody panicked here")
    }

    /// What goes next: first what went before without an answer, else something new.
    fn next(&self, most: usize) -> Vec<(Uuid, Value)> {
        let mut memory = self.memory();
        let again: Vec<Uuid> = memory.unconfirmed.keys().take(most).copied().collect();
        if again.is_empty() {
            return (0..most).map(|_| self.begin(&mut memory)).collect();
        }
        memory.sent_again += again.len();
        again.into_iter().filter_map(|id| memory.unconfirmed.remove_entry(&id)).collect()
    }

    fn begin(&self, memory: &mut Memory) -> (Uuid, Value) {
        memory.begun += 1;
        visitor(&self.0.fixture, memory.begun)
    }

    /// Posts a batch, and remembers what came of it. An error where nothing came back.
    async fn send(&self, http: &reqwest::Client, base: &str, items: Vec<(Uuid, Value)>) -> reqwest::Result<()> {
        let result = self.post(http, base, &items).await;
        let mut memory = self.memory();
        match &result {
            Ok(body) => {
                let results = body["results"].as_array().expect("results");
                assert_eq!(results.len(), items.len());
                for (result, (id, item)) in results.iter().zip(items) {
                    assert!(result["status"] == "stored" || result["status"] == "duplicate", "{result}");
                    assert_eq!(result["id"], id.to_string());
                    memory.confirmed.push(id);
                    memory.said.insert(id, item);
                }
            }
            Err(_) => memory.unconfirmed.extend(items),
        }
        self.0.confirmed.send_replace(memory.confirmed.len());
        result.map(drop)
    }

    async fn post(&self, http: &reqwest::Client, base: &str, items: &[(Uuid, Value)]) -> reqwest::Result<Value> {
        let responses: Vec<&Value> = items.iter().map(|(_, item)| item).collect();
        post(http, base, &self.0.token, &responses).await?.error_for_status()?.json().await
    }
}

/// A visitor who answers like nobody else.
pub(crate) fn visitor(fixture: &Fixture, nth: u64) -> (Uuid, Value) {
    let id = Uuid::now_v7();
    let item = json!({
        "id": id, "survey_version": fixture.version.version, "event": fixture.event.id, "lang": "fi",
        "answered_at": now(), "end": "done", "seq": nth,
        "answers": [
            {"question": fixture.question(0), "value": 1 + nth % 5},
            {"question": fixture.question(1), "value": nth % 11},
            {"question": fixture.question(3), "value": format!("Olin numero {nth}.")},
        ],
    });
    (id, item)
}

/// Posts a batch.
pub(crate) async fn post(
    http: &reqwest::Client,
    base: &str,
    token: &str,
    responses: &[&Value],
) -> reqwest::Result<reqwest::Response> {
    let body = json!({"device_now": now(), "responses": responses});
    http.post(format!("{base}/api/v1/kiosk/responses")).bearer_auth(token).json(&body).send().await
}

pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().timeout(PATIENCE).build().expect("a client")
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    u64::try_from(since.as_millis()).expect("before the year 500,000,000")
}
