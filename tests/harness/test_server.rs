//! A whole server in this process, on a real database and a free port of this machine, with a clock
//! that the test sets: one venue, a show that has just ended, a paired kiosk and staff.

use std::{panic::AssertUnwindSafe, sync::Arc};

use aplodi::{
    client_address::Proxies,
    clock::{Rng, StoppedClock},
    demo::tablets::DemoTablets,
    http::{site::Site, state::AppState},
    jobs::alerts::AlertJob,
    notify::{email::Mailer, reach::WebhookReach},
    secrets::{hash_token, new_token},
    server::{Limits, Options, Server},
    standard_survey,
};
use domain::{
    event::{Event, Venue, Window},
    lang::{Lang, LanguageTag, Reader, Text},
    survey::{Question, SurveyVersion},
    time::{DAY, HOUR, MINUTE, Millis},
};
use futures::FutureExt;
use serde_json::{Value, json};
use store::{
    Scope,
    kiosks::Pairing,
    staff::{Role, User},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use uuid::Uuid;

use crate::message_sinks::MailSink;
use crate::store::{drop_postgres, postgres, sqlite};

/// The instant at which every story begins: Saturday 21 November 2026, 18:30 UTC, 20:30 in Helsinki.
pub const NOW: Millis = 1_795_285_800_000;

/// A running server with a venue, an event, a kiosk and staff in it.
pub struct TestServer {
    /// where it listens
    pub base: String,
    /// its parts, to look behind the scenes
    pub state: AppState,
    /// its job that tells people about tablets
    pub alert_job: Arc<AlertJob>,
    /// the tablets of a demo, where one is played
    pub demo_tablets: Option<Arc<DemoTablets>>,
    /// its clock
    pub clock: Arc<StoppedClock>,
    /// follows no redirects, keeps no cookies
    pub http: reqwest::Client,
    /// where the show is
    pub venue: Venue,
    /// the show that ended ten minutes ago
    pub event: Event,
    /// what is asked
    pub survey: SurveyVersion,
    /// the tablet in the server
    pub pairing: Pairing,
    /// its token
    pub kiosk_token: String,
    /// where its e-mails arrive
    pub mail: MailSink,
    /// where its data is
    pub database_url: String,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl TestServer {
    /// Starts one on this database.
    ///
    /// # Panics
    /// Where the server does not start.
    pub async fn open(database_url: &str) -> Self {
        Self::open_with(database_url, Limits::default()).await
    }

    /// Starts one that takes no more than this.
    ///
    /// # Panics
    /// Where the server does not start.
    pub async fn open_with(database_url: &str, limits: Limits) -> Self {
        Self::open_as(database_url, |options| options.limits = limits).await
    }

    /// Starts one that is set up otherwise.
    ///
    /// # Panics
    /// Where the server does not start.
    pub async fn open_as(database_url: &str, set_up: impl FnOnce(&mut Options)) -> Self {
        let clock = Arc::new(StoppedClock::at(NOW));
        let mail = MailSink::open().await;
        let rng = Arc::new(Rng::seeded(42));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let mut options = Options {
            database_url: database_url.to_owned(),
            public_url: base.parse().expect("a URL"),
            demo: false,
            mailer: Some(mailer_to(&mail)),
            webhooks: WebhookReach::Private,
            open_id: None,
            site: Site::load().unwrap_or_default(),
            clock: clock.clone(),
            rng: Arc::clone(&rng),
            limits: Limits::default(),
            proxies: Proxies::default(),
            metrics_token: None,
        };
        set_up(&mut options);
        let server = Server::prepare(options).await.expect("the server starts");
        let (state, alert_job) = (server.state().clone(), Arc::clone(server.alert_job()));
        let demo_tablets = server.demo_tablets().cloned();
        let (venue, event, survey) = world(&state).await;
        let kiosk_token = new_token(&rng);
        let pairing = Pairing {
            id: rng.uuid(NOW).into(),
            kiosk: rng.uuid(NOW).into(),
            kiosk_name: "Foyer".into(),
            venue: venue.id,
        };
        state.store.system().add_kiosk(&pairing, hash_token(&kiosk_token), NOW - 60 * DAY).await.expect("a kiosk");
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let asked = async {
                // A dropped sender asks as well.
                let _: Result<(), _> = stopped.await;
            };
            // Its jobs are done when a story says so, by the story's clock.
            server.serve(listener, asked).await;
        });
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let database_url = database_url.to_owned();
        Self {
            base,
            state,
            alert_job,
            demo_tablets,
            clock,
            http,
            venue,
            event,
            survey,
            pairing,
            kiosk_token,
            mail,
            database_url,
            stop,
            running,
        }
    }

    /// Stops the server as an administrator would.
    ///
    /// # Panics
    /// Where it does not end well.
    pub async fn close(self) {
        drop(self.stop);
        self.running.await.expect("the server ends well");
    }

    /// The question with this place in the standard survey.
    pub fn question(&self, place: usize) -> &Question {
        &self.survey.questions[place]
    }

    /// A response that is worth storing: a face and a recommendation.
    pub fn item(&self, number: u128, face: u8, nps: u8) -> Value {
        json!({
            "id": id(number), "survey_version": self.survey.version, "event": self.event.id, "lang": "fi",
            "answered_at": NOW - MINUTE, "end": "done", "seq": number.max(1),
            "answers": [
                {"question": self.question(0).id, "value": face},
                {"question": self.question(1).id, "value": nps},
            ],
        })
    }

    /// Posts a batch as the kiosk.
    pub async fn post(&self, items: &[Value]) -> reqwest::Response {
        let body = json!({"device_now": NOW, "responses": items});
        self.post_raw(body.to_string().into_bytes()).await
    }

    /// Posts any bytes as the kiosk.
    pub async fn post_raw(&self, body: Vec<u8>) -> reqwest::Response {
        self.http
            .post(format!("{}/api/v1/kiosk/responses", self.base))
            .bearer_auth(&self.kiosk_token)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .expect("an answer")
    }

    /// Posts a batch and reads what became of each item.
    pub async fn results(&self, items: &[Value]) -> Vec<Value> {
        let response = self.post(items).await;
        assert_eq!(response.status(), 200);
        let mut body: Value = response.json().await.expect("JSON");
        serde_json::from_value(body["results"].take()).expect("results")
    }

    /// An API token of a role.
    pub async fn api_token(&self, role: Role) -> String {
        let token = new_token(&self.state.rng);
        self.state.store.system().add_token(hash_token(&token), "test", role, NOW).await.expect("a token");
        token
    }

    /// A session of somebody with a role: the value of the `Cookie` header.
    pub async fn session(&self, role: Role) -> String {
        let (state, token, now) = (&self.state, new_token(&self.state.rng), self.state.clock.now());
        let email = format!("{}-{}@house.example", role.as_str(), state.rng.uuid(now));
        let user = User { id: state.rng.uuid(NOW).into(), email, role, scope: Scope::All };
        assert!(state.store.system().add_user(&user, NOW).await.expect("a user"));
        state.store.system().add_session(hash_token(&token), user.id, now, now + HOUR).await.expect("a session");
        format!("aplodi={token}")
    }

    /// Judges until nothing is due.
    pub async fn settle(&self) {
        self.state.judge.settle().await.expect("judged");
        assert_eq!(self.state.store.system().due(1).await.expect("what is due"), []);
    }

    /// The event's summary, as a program of the staff reads it.
    pub async fn summary(&self) -> Value {
        let token = self.api_token(Role::Viewer).await;
        let address = format!("{}/api/v1/events/{}/summary", self.base, self.event.id);
        self.http.get(address).bearer_auth(token).send().await.expect("an answer").json().await.expect("JSON")
    }

    /// Asks tonight's questions in another language as well, which the venue lists last. `translate` is given the
    /// English words of each text.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn speak(&self, tag: &str, translate: impl Fn(&str) -> String) -> SurveyVersion {
        let (store, tag): (_, LanguageTag) = (self.state.store.system(), tag.parse().expect("a tag"));
        let mut survey = self.survey.clone();
        survey.version = id(700).into();
        for text in survey.texts_mut() {
            let words = translate(Reader::from(Lang::En).words(text).text);
            text.set(tag, words);
        }
        store.publish(id(701).into(), &standard_survey::name(), &survey, NOW).await.expect("published");
        let mut venue = self.venue.clone();
        venue.languages.push(tag);
        store.save_venue(&venue).await.expect("a venue");
        let mut event = self.event.clone();
        event.survey_version = survey.version;
        let title = translate(Reader::from(Lang::En).words(&event.title).text);
        event.title.set(tag, title);
        store.save_event(&event).await.expect("an event");
        self.state.cache.forget(store::changes::Change::Programme);
        self.state.rendered.forget();
        survey
    }
}

/// What sends e-mails to a sink of the tests.
///
/// # Panics
/// Where its address cannot be read.
#[must_use]
pub fn mailer_to(mail: &MailSink) -> Mailer {
    Mailer::new(&mail.url, "Aplodi <aplodi@house.example>").expect("an address")
}

/// A UUIDv7 with a number in it.
pub fn id(number: u128) -> Uuid {
    let random = u128::to_be_bytes(number);
    let mut tail = [0; 10];
    tail.copy_from_slice(&random[6..]);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(NOW).expect("after 1970"), &tail).into_uuid()
}

async fn world(state: &AppState) -> (Venue, Event, SurveyVersion) {
    let (store, rng) = (state.store.system(), &state.rng);
    store.name_organisation("The House").await.expect("a name");
    let survey = standard_survey::version(rng, NOW);
    store.publish(rng.uuid(NOW).into(), &standard_survey::name(), &survey, NOW).await.expect("a survey");
    let venue = Venue {
        id: rng.uuid(NOW).into(),
        code: "TENT".into(),
        name: "The Tent".into(),
        time_zone: "Europe/Helsinki".into(),
        languages: Lang::ALL.map(Into::into).to_vec(),
        survey_version: survey.version,
    };
    store.save_venue(&venue).await.expect("a venue");
    let ends_at = NOW - 10 * MINUTE;
    let event = Event {
        id: rng.uuid(NOW).into(),
        code: "KX7P".into(),
        venue: venue.id,
        production: None,
        title: Text::new("Talvisirkus", "Vintercirkus", "Winter Circus"),
        doors_at: Some(ends_at - 3 * HOUR),
        starts_at: ends_at - 2 * HOUR,
        ends_at,
        window: Window::around(ends_at, Window::BEFORE, Window::AFTER, None),
        attendance: Some(540),
        survey_version: survey.version,
        links: Vec::new(),
    };
    store.save_event(&event).await.expect("an event");
    (venue, event, survey)
}

/// Tells a story to a server on SQLite.
pub async fn on_sqlite(story: impl AsyncFnOnce(&TestServer)) {
    let (data, _folder) = sqlite().await;
    let server = TestServer::open(&data.url).await;
    story(&server).await;
    server.close().await;
}

/// Tells a story to a server on PostgreSQL, and cleans up also where it ends badly.
///
/// # Panics
/// Where the story does.
pub async fn on_postgres(story: impl AsyncFnOnce(&TestServer)) {
    let data = postgres().await;
    let server = TestServer::open(&data.url).await;
    let end = AssertUnwindSafe(story(&server)).catch_unwind().await;
    server.close().await;
    drop_postgres(&data.url).await;
    if let Err(panic) = end {
        std::panic::resume_unwind(panic);
    }
}

/// Makes two tests of a story: `sqlite_story` and `postgres_story`.
#[macro_export]
macro_rules! on_test_server {
    ($story:ident, |$server:ident| $body:block) => {
        $crate::pastey::paste! {
            async fn $story($server: &$crate::test_server::TestServer) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn [<sqlite_ $story>]() {
                $crate::test_server::on_sqlite($story).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn [<postgres_ $story>]() {
                $crate::test_server::on_postgres($story).await;
            }
        }
    };
}
