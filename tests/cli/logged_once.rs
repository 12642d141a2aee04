//! What nobody expected is logged exactly once, with everything that caused it, whoever asked for what; and the log
//! speaks with one vocabulary.

mod faults;

use std::{collections::BTreeSet, path::Path};

use aplodi::{
    clock::{Clock, SystemClock},
    secrets::{hash_token, new_token},
};
use app::server_functions::{form_error::Lines, venue_settings::SaveVenueSettings};
use domain::time::HOUR;
use futures::StreamExt;
use harness::{
    fixture::Fixture,
    on_both_databases,
    program::{Serving, token},
    store::{TestStore, sqlite},
    until,
};
use leptos::server_fn::{ContentType, ServerFn};
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use store::{
    Scope,
    staff::{Role, User},
};
use uuid::Uuid;

use crate::log::lines;

const METRICS_TOKEN: &str = "a token for Prometheus";
const FORM: &str = "application/x-www-form-urlencoded";

on_both_databases!(
    whatever_fails_is_logged_once_whoever_asked,
    what_fails_behind_an_event_stream_is_logged_once,
    a_job_that_fails_is_logged_once,
);

/// A server that logs to a file, and everybody who asks it for something.
struct LoggedServer<'a> {
    serving: Serving,
    db: &'a TestStore,
    fixture: Fixture,
    log: std::path::PathBuf,
    http: Client,
    kiosk: String,
    api: String,
    cookie: String,
}

impl<'a> LoggedServer<'a> {
    /// On this data, of which a part may be broken.
    async fn start(db: &'a TestStore, fixture: Fixture, folder: &Path) -> Self {
        let kiosk = token(&db.url, &["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer"]).await;
        let api = token(&db.url, &["token", "add", "--name", "test", "--role", "viewer"]).await;
        let cookie = session(db).await;
        let log = folder.join("log");
        let options = ["--log-format", "json", "--log", "warn,aplodi=debug", "--metrics-token", METRICS_TOKEN];
        let serving = Serving::start_logging_to(&log, &db.url, &options).await;
        let http = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { serving, db, fixture, log, http, kiosk, api, cookie }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.serving.base))
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.serving.base)).header("origin", &self.serving.base)
    }

    fn staff(&self, path: &str) -> RequestBuilder {
        self.get(path).header("cookie", &self.cookie)
    }

    /// A form of the staff, sent as a browser does.
    fn staff_form(&self, path: &str, form: &'static str) -> RequestBuilder {
        self.post(path).header("cookie", &self.cookie).header("content-type", FORM).body(form)
    }

    /// The settings of the venue, sent as a browser without JavaScript does, or as an island.
    fn settings(&self, accept: &str) -> RequestBuilder {
        let form = self.post(SaveVenueSettings::PATH).header("cookie", &self.cookie).header("accept", accept);
        form.header("content-type", FORM).body(settings_form(&self.fixture.venue.id.to_string()))
    }

    fn answer(&self) -> Value {
        let (id, now) = (Uuid::now_v7(), json!(harness::test_server::NOW));
        json!({"device_now": now, "responses": [{
            "id": id, "survey_version": self.fixture.version.version, "lang": "fi", "answered_at": now, "end": "done",
            "answers": [{"question": self.fixture.question(0), "value": 5}],
        }]})
    }

    /// Everything that was logged.
    fn lines(&self) -> Vec<Value> {
        lines(&std::fs::read_to_string(&self.log).expect("a log"))
    }

    /// The lines that say that something is wrong.
    fn complaints(&self) -> Vec<Value> {
        self.lines()
            .into_iter()
            .filter(|line| ["ERROR", "WARN"].contains(&line["level"].as_str().unwrap_or("")))
            .collect()
    }

    /// Those of them that are about a request. What the server does by itself every half minute may miss a table, too,
    /// while it is away.
    fn complaints_of_requests(&self) -> Vec<Value> {
        let mut complaints = self.complaints();
        complaints.retain(|line| line["span"]["name"] != "job");
        complaints
    }

    /// Takes a table away, asks, and puts it back: one line tells of it, with the cause, in the span of that route.
    async fn asks(&self, route: &str, table: &str, request: RequestBuilder) {
        let before = self.complaints_of_requests().len();
        self.db.execute(&format!("ALTER TABLE {table} RENAME TO gone")).await;
        let answer = request.send().await.expect("an answer");
        self.db.execute(&format!("ALTER TABLE gone RENAME TO {table}")).await;
        let status = answer.status();
        assert!(
            [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::SERVICE_UNAVAILABLE].contains(&status),
            "{route} without {table}: {status}"
        );
        let told = answer.text().await.expect("text");
        assert!(
            !told.contains("no such table") && !told.contains("does not exist"),
            "{route} tells strangers why: {told}"
        );
        let complaints = self.complaints_of_requests().split_off(before);
        assert_eq!(complaints.len(), 1, "{route} without {table}, once: {complaints:#?}");
        assert_eq!(complaints[0]["span"]["route"], route, "{}", complaints[0]);
        self.is_told_whole(&complaints[0], table);
    }

    fn is_told_whole(&self, line: &Value, table: &str) {
        let cause = line["fields"]["error"].as_str().unwrap_or_default();
        let is_told = if self.db.is_sqlite() {
            cause.ends_with(&format!("no such table: {table}"))
        } else {
            // It goes on with a line of PostgreSQL's own source.
            cause.contains(&format!("relation \"{table}\" does not exist"))
        };
        assert!(is_told, "with its cause: {line}");
        assert!(cause.matches(table).count() == 1, "and nothing of it twice: {line}");
    }
}

/// A session of somebody who may change settings: the value of the `Cookie` header.
async fn session(db: &TestStore) -> String {
    let rng = aplodi::clock::Rng::seeded(1);
    let (token, now) = (new_token(&rng), harness::test_server::NOW);
    let id = Uuid::now_v7();
    let user = User { id: id.into(), email: "staff@house.example".into(), role: Role::Admin, scope: Scope::All };
    assert!(db.system().add_user(&user, now).await.expect("a user"));
    // Longer than any test, whenever that runs.
    let ends = now + 1_000_000 * HOUR;
    db.system().add_session(hash_token(&token), user.id, now, ends).await.expect("a session");
    format!("aplodi={token}")
}

fn settings_form(venue: &str) -> String {
    let usual = [
        ("opening", "always"),
        ("burst_most", "8"),
        ("burst_by_code", "300"),
        ("burst_seconds", "60"),
        ("contradiction", "true"),
        ("silent_minutes", "15"),
        ("window_before", "90"),
        ("window_after", "840"),
    ];
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("venue", venue);
    for (name, value) in usual {
        form.append_pair(&format!("form[{name}]"), value);
    }
    for (day, end) in (0..7).flat_map(|day| ["from", "until"].map(|end| (day, end))) {
        form.append_pair(&format!("form[week][{day}][{end}]"), "");
    }
    form.finish()
}

async fn whatever_fails_is_logged_once_whoever_asked(db: &TestStore) {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = Fixture::new().ending_at(SystemClock.now());
    fixture.open(db.system()).await;
    let server = LoggedServer::start(db, fixture, folder.path()).await;
    let event = server.fixture.event.id;

    // A visitor's phone; the form is still whole when it is opened.
    let phone = format!("/f/{}", server.fixture.event.code);
    let page = server.get(&phone).send().await.expect("an answer").text().await.expect("text");
    let form_token = page.split_once("name=\"token\" value=\"").expect("a token").1.split_once('"').expect("its end").0;
    let question = format!("q.{}", server.fixture.question(0).0);
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("token", form_token), (&question, "5")])
        .finish();
    let answer = server.post(&format!("{phone}/answer")).header("content-type", FORM).body(form);
    server.asks("/f/{code}/answer", "tallies", answer).await;
    server.asks("/f/{code}", "codes", server.get("/f/ABCD")).await;

    // A tablet, paired or not.
    let config = server.get("/api/v1/kiosk/config").bearer_auth(&server.kiosk);
    server.asks("/api/v1/kiosk/config", "events", config).await;
    let batch = server.post("/api/v1/kiosk/responses").bearer_auth(&server.kiosk).json(&server.answer());
    server.asks("/api/v1/kiosk/responses", "tallies", batch).await;
    let pairing = json!({"token_sha256": "0".repeat(64), "lang": "fi"});
    let pairing = server.post("/api/v1/kiosk/pairings").json(&pairing);
    server.asks("/api/v1/kiosk/pairings", "waiting_tablets", pairing).await;

    // Staff who read, write by a form and by a server function, and log in.
    server.asks("/staff/events", "events", server.staff("/staff/events")).await;
    server.asks("/staff/events/{id}", "tallies", server.staff(&format!("/staff/events/{event}"))).await;
    server.asks("/staff/events/{id}/live", "tallies", server.staff(&format!("/staff/events/{event}/live"))).await;
    server.asks("/staff/kiosks", "alerts", server.staff("/staff/kiosks")).await;
    server.asks(SaveVenueSettings::PATH, "venues", server.settings("text/html")).await;
    server.asks(SaveVenueSettings::PATH, "venues", server.settings(Lines::CONTENT_TYPE)).await;
    let languages = server.staff_form("/staff/organisation", "language=fi&language=sv&add=&default=fi");
    server.asks("/staff/organisation", "venues", languages).await;
    let login = server.post("/staff/login").header("content-type", FORM).body("email=a%40b.example&password=secret");
    server.asks("/staff/login", "users", login).await;
    // Whoever stands before the handlers.
    server.asks("/staff/about", "sessions", server.staff("/staff/about")).await;

    // Programs.
    let summary = server.get(&format!("/api/v1/events/{event}/summary")).bearer_auth(&server.api);
    server.asks("/api/v1/events/{id}/summary", "tallies", summary).await;
    let events = server.get("/api/v1/events").bearer_auth(&server.api);
    server.asks("/api/v1/events", "events", events).await;
    server.asks("/metrics", "kiosks", server.get("/metrics").bearer_auth(METRICS_TOKEN)).await;
    server.asks("/readyz", "foundation", server.get("/readyz")).await;

    // Everything is there again: it was the store alone that failed.
    let saved = server.settings("text/html").send().await.expect("an answer");
    assert_eq!(saved.status(), 303, "{}", saved.text().await.expect("text"));
    let log = std::fs::read_to_string(&server.log).expect("a log");
    speaks_with_one_vocabulary(&lines(&log));
    let saved = lines(&log).into_iter().find(|line| line["fields"]["message"] == "venue settings saved");
    let saved = saved.expect("who changed what is told");
    assert_eq!(saved["span"]["who"], "admin", "as a role: {saved}");
    assert!(server.serving.stop().await, "it ends well");
}

/// A page that listens for changes outlives its request; what goes wrong meanwhile stands in the span of that request.
async fn what_fails_behind_an_event_stream_is_logged_once(db: &TestStore) {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let server = LoggedServer::start(db, fixture, folder.path()).await;
    server.asks("/staff/changes", "sessions", server.staff("/staff/changes")).await;
    let before = server.complaints_of_requests().len();
    let stream = server.staff("/staff/changes?kiosks=true").send().await.expect("an answer");
    assert_eq!(stream.status(), StatusCode::OK);
    let mut notices = stream.bytes_stream();
    // Whenever somebody's access changes, the server looks whether the listener is still logged in.
    server.db.execute("ALTER TABLE sessions RENAME TO gone").await;
    let unpaired = server.post("/api/v1/kiosk/unpair").bearer_auth(&server.kiosk).send().await.expect("an answer");
    assert_eq!(unpaired.status(), StatusCode::NO_CONTENT);
    let mut heard = String::new();
    while !heard.contains("changed") {
        let bytes = notices.next().await.expect("trouble logs nobody out").expect("bytes");
        heard.push_str(&String::from_utf8_lossy(&bytes));
    }
    server.db.execute("ALTER TABLE gone RENAME TO sessions").await;
    let complaints = server.complaints_of_requests().split_off(before);
    assert_eq!(complaints.len(), 1, "{complaints:#?}");
    server.is_told_whole(&complaints[0], "sessions");
    assert_eq!(complaints[0]["span"]["route"], "/staff/changes", "{}", complaints[0]);
    drop(notices);
    assert!(server.serving.stop().await, "it ends well");
    let log = std::fs::read_to_string(&server.log).expect("a log");
    speaks_with_one_vocabulary(&lines(&log));
}

/// What the database refuses is no trouble of whoever sent it together with others: it is said once, by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_response_that_the_database_refuses_is_logged_once() {
    let (db, folder) = sqlite().await;
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let server = LoggedServer::start(&db, fixture, folder.path()).await;
    server.db.execute("CREATE TRIGGER refusal BEFORE INSERT ON responses BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    let answer = server.answer();
    let batch = server.post("/api/v1/kiosk/responses").bearer_auth(&server.kiosk).json(&answer);
    let result: Value = batch.send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(result["results"][0]["status"], "rejected", "{result}");
    let complaints = server.complaints();
    assert_eq!(complaints.len(), 1, "{complaints:#?}");
    assert_eq!(complaints[0]["fields"]["response"], answer["responses"][0]["id"], "{}", complaints[0]);
    let cause = complaints[0]["fields"]["error"].as_str().unwrap_or_default();
    assert!(cause.ends_with("no"), "with its cause: {}", complaints[0]);
    assert!(server.serving.stop().await, "it ends well");
    let log = std::fs::read_to_string(&server.log).expect("a log");
    speaks_with_one_vocabulary(&lines(&log));
}

/// What the server does by itself is logged like what it is asked for.
async fn a_job_that_fails_is_logged_once(db: &TestStore) {
    let folder = tempfile::tempdir().expect("a folder");
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    // A job begins with its server.
    db.execute("ALTER TABLE leases RENAME TO gone").await;
    let server = LoggedServer::start(db, fixture, folder.path()).await;
    until("the job has failed", async || !server.complaints().is_empty()).await;
    server.db.execute("ALTER TABLE gone RENAME TO leases").await;
    let complaints = server.complaints();
    assert_eq!(complaints.len(), 1, "{complaints:#?}");
    server.is_told_whole(&complaints[0], "leases");
    assert_eq!(complaints[0]["span"], json!({"name": "job", "job": "alerts"}), "{}", complaints[0]);
    assert!(server.serving.stop().await, "it ends well");
    let log = std::fs::read_to_string(&server.log).expect("a log");
    speaks_with_one_vocabulary(&lines(&log));
}

/// The words of the log are few and known; none of them is a person, an address or a token.
fn speaks_with_one_vocabulary(log: &[Value]) {
    const REQUEST: [&str; 7] = ["id", "method", "ms", "name", "route", "status", "who"];
    const JOB: [&str; 2] = ["job", "name"];
    const FIELDS: [&str; 9] =
        ["backtrace", "changed", "delivery", "error", "message", "place", "response", "tries", "waiting"];
    const PLACES: [&str; 2] = ["kiosk", "venue"];
    const WHO: [&str; 5] = ["admin", "anyone", "editor", "kiosk", "viewer"];
    for line in log {
        let target = line["target"].as_str().expect("a target");
        assert!(["aplodi", "store"].iter().any(|ours| target.split("::").next() == Some(ours)), "{line}");
        let keys = |part: &Value| -> BTreeSet<String> {
            part.as_object().into_iter().flatten().map(|it| it.0.clone()).collect()
        };
        let fields = keys(&line["fields"]);
        assert!(fields.iter().all(|key| FIELDS.contains(&&**key) || PLACES.contains(&&**key)), "{line}");
        let span = keys(&line["span"]);
        match line["span"]["name"].as_str() {
            Some("request") => {
                assert!(span.iter().all(|key| REQUEST.contains(&&**key)), "{line}");
                let who = &line["span"]["who"];
                assert!(who.is_null() || WHO.iter().any(|role| who == role), "a role and no name: {line}");
            }
            Some("job") => assert!(span.iter().all(|key| JOB.contains(&&**key)), "{line}"),
            other => assert_eq!(other, None, "{line}"),
        }
    }
}
