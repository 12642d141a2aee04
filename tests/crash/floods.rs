//! Floods, with an honest tablet beside them: whatever strangers do, it is never refused, and nothing that was confirmed
//! to it is missing. How long it took and how much memory that was is told, and asserted nowhere.

use std::{
    collections::BTreeMap,
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use aplodi::{
    clock::Rng,
    secrets::{hash_token, new_token},
};
use harness::{fixture::Fixture, program::Serving, report, store::on_sqlite};
use serde_json::Value;
use store::kiosks::Pairing;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::timeout,
};
use uuid::Uuid;

use crate::{
    aftermath::stored,
    crowd::{client, post, visitor},
};

/// So many answers of the tablet alone, and as many beside the flood.
const ANSWERS: u64 = 40;
/// Whoever floods looks as often whether it is over.
const LOOKS: Duration = Duration::from_millis(200);

/// Whether this is the long version: `cargo xtask torture`.
fn is_torture() -> bool {
    std::env::var_os("APLODI_TORTURE_CYCLES").is_some()
}

/// What strangers do.
#[derive(Clone, Copy)]
enum Flood {
    /// guess passwords
    Logins,
    /// open connections and say nothing
    Silent,
    /// ask and never read
    NeverRead,
    /// ask for words to be paired by
    Pairings,
    /// answer by a poster's code, with long comments
    Poster,
    /// send 8 MiB of nothing
    Zeros,
}

/// A server in a flood, and who takes part.
#[derive(Clone)]
struct Scene {
    base: String,
    code: String,
    kiosk: String,
    is_over: Arc<AtomicBool>,
    answers: Arc<Mutex<BTreeMap<String, u64>>>,
}

impl Scene {
    fn host(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    fn goes_on(&self) -> bool {
        !self.is_over.load(Ordering::Relaxed)
    }

    fn count(&self, what: &str) {
        *self.answers.lock().expect("nobody panicked here").entry(what.to_owned()).or_default() += 1;
    }

    /// Sends a request on a connection of its own, and counts what is answered.
    async fn ask(&self, head: &str, body: &[u8]) -> Option<String> {
        let answer = async {
            let mut stream = TcpStream::connect(self.host()).await?;
            let head = format!(
                "{head}\r\nhost: {}\r\norigin: {}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
                self.host(),
                self.base,
                body.len()
            );
            stream.write_all(head.as_bytes()).await?;
            // Whoever is refused may be told before everything was sent.
            let _ = stream.write_all(body).await;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            std::io::Result::Ok(String::from_utf8_lossy(&answer).into_owned())
        };
        match timeout(Duration::from_secs(20), answer).await {
            Ok(Ok(answer)) => {
                self.count(answer.get(9..12).unwrap_or("closed"));
                Some(answer)
            }
            Ok(Err(_)) => {
                self.count("closed");
                None
            }
            Err(_) => {
                self.count("no answer");
                None
            }
        }
    }

    /// One connection's part of the flood, until it is over.
    async fn flood(&self, flood: Flood, nth: usize) {
        const FORM: &str = "content-type: application/x-www-form-urlencoded";
        while self.goes_on() {
            match flood {
                Flood::Logins => {
                    let body = format!("email=eva{}%40house.example&password=guess-{nth}-of-many", nth % 7);
                    self.ask(&format!("POST /staff/login HTTP/1.1\r\n{FORM}"), body.as_bytes()).await;
                }
                Flood::Silent => self.hold("").await,
                Flood::NeverRead => self.hold(&"GET /kiosk HTTP/1.1\r\nhost: x\r\n\r\n".repeat(50)).await,
                Flood::Pairings => {
                    let token = hex::encode([Uuid::now_v7().into_bytes(), Uuid::now_v7().into_bytes()].concat());
                    let body = format!("{{\"token_sha256\":\"{token}\",\"lang\":\"fi\"}}");
                    let head = "POST /api/v1/kiosk/pairings HTTP/1.1\r\ncontent-type: application/json";
                    self.ask(head, body.as_bytes()).await;
                }
                Flood::Poster => self.answer_by_code().await,
                Flood::Zeros => {
                    let zeros = format!("{{\"device_now\":1,\"responses\":[{}0]}}", "0,".repeat(4_190_000));
                    let head = format!(
                        "POST /api/v1/kiosk/responses HTTP/1.1\r\nauthorization: Bearer {}\r\ncontent-type: application/json",
                        self.kiosk
                    );
                    self.ask(&head, zeros.as_bytes()).await;
                }
            }
        }
    }

    /// Opens a connection, says something, and holds it without a look at the answer until it is over.
    async fn hold(&self, says: &str) {
        let Ok(mut stream) = TcpStream::connect(self.host()).await else {
            self.count("closed");
            return tokio::time::sleep(LOOKS).await;
        };
        let _ = timeout(LOOKS, stream.write_all(says.as_bytes())).await;
        self.count("held");
        while self.goes_on() {
            tokio::time::sleep(LOOKS).await;
        }
    }

    async fn answer_by_code(&self) {
        let path = format!("/f/{}", self.code);
        let page = self.ask(&format!("GET {path} HTTP/1.1"), b"").await.unwrap_or_default();
        let field = |name: &str| Some(page.split_once(name)?.1.split_once('"')?.0.to_owned());
        let question = page.split_once("<textarea").and_then(|(_, rest)| rest.split_once("name=\""));
        let question = question.and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()));
        let (Some(token), Some(question)) = (field("name=\"token\" value=\""), question) else {
            return self.count("no form");
        };
        let fields = [("token", token), (&question, "x".repeat(2_000))];
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let head = format!("POST {path}/answer HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded");
        self.ask(&head, body.as_bytes()).await;
    }
}

/// The tablet's answers, one after the other; how long each took.
async fn answers(scene: &Scene, fixture: &Fixture, token: &str, confirmed: &mut Vec<Uuid>) -> Vec<Duration> {
    let http = client();
    let mut took = Vec::new();
    for _ in 0..ANSWERS {
        let (id, item) = visitor(fixture, confirmed.len() as u64 + 1);
        let began = Instant::now();
        let answer = post(&http, &scene.base, token, &[&item]).await.expect("an honest tablet is answered");
        assert_eq!(answer.status(), 200, "an honest tablet is never refused");
        let answer: Value = answer.json().await.expect("JSON");
        took.push(began.elapsed());
        assert_eq!(answer["results"][0]["status"], "stored", "{answer}");
        confirmed.push(id);
    }
    took.sort_unstable();
    took
}

fn kibibytes(process: u32, field: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// A flood of so many connections at once, at a server that may open so many files.
async fn beside(name: &str, flood: Flood, connections: usize, files: Option<u32>) {
    on_sqlite(async |db| {
        let fixture = Fixture::new();
        fixture.open(db.system()).await;
        let rng = Rng::seeded(9);
        let mut tokens = Vec::new();
        for name in ["honest", "other"] {
            let (id, kiosk) = (Uuid::now_v7().into(), Uuid::now_v7().into());
            let pairing = Pairing { id, kiosk, kiosk_name: name.into(), venue: fixture.venue.id };
            let token = new_token(&rng);
            db.system().add_kiosk(&pairing, hash_token(&token), 0).await.expect("a kiosk");
            tokens.push(token);
        }
        let serving = match files {
            Some(files) => Serving::start_with_files(files, &db.url, &[]).await,
            None => Serving::start(&db.url, &[]).await,
        };
        let scene = Scene {
            base: serving.base.clone(),
            code: fixture.venue.code.clone(),
            kiosk: tokens[1].clone(),
            is_over: Arc::default(),
            answers: Arc::default(),
        };
        let mut confirmed = Vec::new();
        let alone = answers(&scene, &fixture, &tokens[0], &mut confirmed).await;
        let idle = kibibytes(serving.id(), "VmRSS");
        let mut strangers = JoinSet::new();
        for nth in 0..connections {
            let scene = scene.clone();
            strangers.spawn(async move { scene.flood(flood, nth).await });
        }
        // From the first answer, or the first that was held, on.
        harness::until("the flood rises", async || !scene.answers.lock().expect("a map").is_empty()).await;
        let beside = answers(&scene, &fixture, &tokens[0], &mut confirmed).await;
        scene.is_over.store(true, Ordering::Relaxed);
        strangers.join_all().await;
        let most = kibibytes(serving.id(), "VmHWM");
        assert!(serving.stop().await);
        let stored = stored(&db.url).await;
        assert!(confirmed.iter().all(|id| stored.contains(id)), "what was confirmed is there");
        let at = |took: &[Duration], percent: usize| took[(took.len() - 1) * percent / 100];
        report::seen(&format!(
            "{name}, {connections} connections: p50/p95 alone {:.1?}/{:.1?}, beside {:.1?}/{:.1?} (unoptimised); memory {} MB, \
             {} MB at the most; answered {:?}",
            at(&alone, 50),
            at(&alone, 95),
            at(&beside, 50),
            at(&beside, 95),
            idle / 1_024,
            most / 1_024,
            scene.answers.lock().expect("a map"),
        ));
    })
    .await;
}

#[tokio::test]
async fn guesses_at_passwords() {
    for connections in if is_torture() { &[500, 4_000][..] } else { &[50] } {
        beside("guesses at passwords", Flood::Logins, *connections, None).await;
    }
}

#[tokio::test]
async fn connections_that_say_nothing() {
    beside("connections that say nothing, 256 files", Flood::Silent, if is_torture() { 1_100 } else { 300 }, Some(256))
        .await;
}

#[tokio::test]
async fn readers_that_never_read() {
    beside("readers that never read", Flood::NeverRead, 60, None).await;
}

#[tokio::test]
async fn tablets_that_want_words() {
    beside("pairings", Flood::Pairings, 4, None).await;
}

#[tokio::test]
async fn long_comments_by_a_posters_code() {
    beside("a poster's code", Flood::Poster, 4, None).await;
}

#[tokio::test]
async fn megabytes_of_zeros() {
    beside("8 MiB of zeros", Flood::Zeros, if is_torture() { 20 } else { 4 }, None).await;
}
