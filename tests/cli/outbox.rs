//! `aplodi outbox import`

use harness::{fixture::Fixture, on_both_databases, program::run, store::TestStore};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::failed;

on_both_databases!(
    a_file_is_taken_once,
    a_bad_response_does_not_stop_its_neighbours,
    half_a_file_gives_what_it_has,
    what_no_type_holds_costs_one_response,
    a_dry_run_writes_nothing,
    files_that_are_none_of_ours_are_named,
);

/// Long ago, so that it is the past wherever these tests run.
const THEN: i64 = 1_763_740_800_000;

/// A tablet's file, in a folder that goes with it.
struct File {
    path: String,
    _folder: TempDir,
}

impl File {
    fn of(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outbox.json");
        std::fs::write(&path, text).expect("a file");
        Self { path: path.display().to_string(), _folder: folder }
    }

    /// What it did, and what it said.
    async fn import(&self, db: &TestStore, more: &[&str]) -> (bool, String) {
        let output = run(&db.url, &[&["outbox", "import", &self.path], more].concat()).await;
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).expect("UTF-8"))
    }
}

/// As a tablet writes it, see `api::outbox_file`.
fn text(fixture: &Fixture, responses: &[Value], rejected: &[Value]) -> String {
    let lines = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
    format!(
        "{{\"aplodi\":\"outbox\",\"version\":1,\"kiosk\":\"aula\",\"pairing\":\"{}\",\"exported_at\":{THEN},\
         \"offset_ms\":-120,\"responses\":[\n{}\n],\"rejected\":[\n{}\n]}}",
        fixture.pairing.id,
        lines(responses),
        lines(rejected)
    )
}

fn response(fixture: &Fixture, seq: u64) -> Value {
    json!({
        "id": Uuid::now_v7(), "seq": seq, "survey_version": fixture.version.version, "event": fixture.event.id, "lang": "fi",
        "answered_at": THEN, "offset_ms": -120, "end": "done", "pairing": fixture.pairing.id,
        "answers": [{"question": fixture.question(0), "value": 5}, {"question": fixture.question(3), "value": "Hyvä ilta!"}],
    })
}

async fn open(db: &TestStore) -> Fixture {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    fixture
}

async fn a_file_is_taken_once(db: &TestStore) {
    let fixture = open(db).await;
    let mut responses: Vec<Value> = (1..=3).map(|seq| response(&fixture, seq)).collect();
    responses[1]["demo"] = true.into();
    let file = File::of(&text(&fixture, &responses, &[]));
    let (well, said) = file.import(db, &[]).await;
    assert!(well && said.contains("3 stored"), "{said}");
    assert_eq!(db.rows("responses").await, 3);
    let (well, said) = file.import(db, &[]).await;
    assert!(well && said.contains("3 known already"), "{said}");
    assert_eq!(db.rows("responses").await, 3);
    let recount = run(&db.url, &["recount"]).await;
    assert!(recount.status.success(), "{}", String::from_utf8_lossy(&recount.stdout));
    assert_eq!(db.system().seq_seen(fixture.pairing.id).await.expect("a number"), 3);
}

async fn a_bad_response_does_not_stop_its_neighbours(db: &TestStore) {
    let fixture = open(db).await;
    let (mut strange, mut silent) = (response(&fixture, 2), response(&fixture, 3));
    strange["survey_version"] = json!(Uuid::now_v7());
    silent["answers"] = json!([]);
    let id = strange["id"].as_str().expect("an id").to_owned();
    let refused = json!({"reason": "http 413", "item": response(&fixture, 4)});
    let file = File::of(&text(&fixture, &[response(&fixture, 1), strange, silent, json!("what?")], &[refused]));
    let (well, said) = file.import(db, &[]).await;
    assert!(!well, "somebody must look at it: {said}");
    assert!(said.contains("2 stored") && said.contains("3 refused"), "{said}");
    assert!(said.contains(&format!("Number 2 ({id}): unknown_survey_version")), "{said}");
    assert!(said.contains("no_answers") && said.contains("Number 4: malformed"), "{said}");
    assert_eq!(db.rows("responses").await, 2);
}

async fn half_a_file_gives_what_it_has(db: &TestStore) {
    let fixture = open(db).await;
    let responses: Vec<Value> = (1..=4).map(|seq| response(&fixture, seq)).collect();
    let text = text(&fixture, &responses, &[]);
    let third = text.find(responses[2]["id"].as_str().expect("an id")).expect("the third");
    let (well, said) = File::of(&text[..third + 40]).import(db, &[]).await;
    assert!(!well && said.contains("2 stored") && said.contains("damaged"), "{said}");
    assert_eq!(db.rows("responses").await, 2);
}

async fn what_no_type_holds_costs_one_response(db: &TestStore) {
    let fixture = open(db).await;
    let responses: Vec<Value> = (1..=3).map(|seq| response(&fixture, seq)).collect();
    let whole = text(&fixture, &responses, &[]);
    // Half an emoji, as a browser writes a string that was cut in the middle of one.
    let file = File::of(&whole.replacen("Hyvä ilta!", "Hyvä \\ud83d", 1).replacen("-120", "-120.5", 1));
    let (well, said) = file.import(db, &[]).await;
    assert!(!well && said.contains("2 stored") && said.contains("1 refused"), "{said}");
    assert_eq!(db.rows("responses").await, 2);
}

async fn a_dry_run_writes_nothing(db: &TestStore) {
    let fixture = open(db).await;
    let file = File::of(&text(&fixture, &[response(&fixture, 1)], &[]));
    let (well, said) = file.import(db, &["--dry-run"]).await;
    assert!(well && said.contains("1 would be taken"), "{said}");
    assert_eq!(db.rows("responses").await, 0);
}

async fn files_that_are_none_of_ours_are_named(db: &TestStore) {
    let fixture = open(db).await;
    let said = failed(&run(&db.url, &["outbox", "import", "/nowhere/outbox.json"]).await);
    assert!(said.contains("/nowhere/outbox.json"), "{said}");
    // A device may have no end, and would be read until the memory is full.
    let said = failed(&run(&db.url, &["outbox", "import", "/dev/null"]).await);
    assert!(said.contains("/dev/null is no file"), "{said}");
    let mut stranger = Fixture::new();
    stranger.version = fixture.version.clone();
    for (text, expected) in [
        ("PK\u{3}\u{4}".to_owned(), "no outbox"),
        (text(&fixture, &[], &[]).replace("\"version\":1", "\"version\":2"), "update the server"),
        (text(&stranger, &[response(&stranger, 1)], &[]), "never paired"),
    ] {
        let file = File::of(&text);
        let said = failed(&run(&db.url, &["outbox", "import", &file.path]).await);
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(db.rows("responses").await, 0);
}
