//! Data outlives the program that wrote it.

use domain::{
    event::Subject,
    lang::{Lang, LanguageTag},
    survey::Collection,
};
use harness::{
    fixture::Fixture,
    on_both_databases,
    store::{TestStore, sqlite},
};
use store::{Scope, open, responses::Outcome};

on_both_databases!(
    opening_again_finds_everything,
    languages_come_to_data_that_has_none,
    texts_are_kept_in_any_language,
    seasons_and_interviews_become_collections
);

async fn opening_again_finds_everything(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&fixture.audience(20)).await.unwrap();
    let before = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();

    let again = open(&db.url).await.unwrap();
    assert_eq!(again.for_staff(Scope::All).tally(Subject::Event(fixture.event.id), None).await.unwrap(), before);
    assert_eq!(again.for_staff(Scope::All).venues().await.unwrap(), [fixture.venue]);
    assert_eq!(again.system().recount(false).await.unwrap(), []);
}

/// Migration 0013: what was a channel becomes a collection of the survey, the tallies follow, and what is sent
/// again is not counted again.
async fn seasons_and_interviews_become_collections(db: &TestStore) {
    let (mixed, seasonal, interviews) = (Fixture::new(), Fixture::new(), Fixture::new());
    let mut group = Vec::new();
    for fixture in [&mixed, &seasonal, &interviews] {
        fixture.open(db.system()).await;
        group.extend(fixture.audience(6));
    }
    let late = mixed.visitor().face(2).done();
    group.push(late.clone());
    db.system().commit(&group).await.unwrap();
    let tally = async |store: &store::Store, of: &Fixture| {
        store.for_staff(Scope::All).tally(Subject::Event(of.event.id), None).await.unwrap()
    };
    let before = tally(&db.store, &mixed).await;

    // As it was: one answer among others to a survey came as `season`, all to another did, and all to a third
    // as `interview`.
    let id = |id: uuid::Uuid| {
        if db.url.starts_with("sqlite") { format!("unhex('{}')", id.simple()) } else { format!("'{id}'::uuid") }
    };
    db.execute("ALTER TABLE surveys DROP COLUMN collection").await;
    db.execute("DELETE FROM _sqlx_migrations WHERE version = 13").await;
    db.execute(
        "CREATE INDEX responses_by_pace ON responses (coalesce(kiosk, event, venue), corrected_at)
         WHERE NOT demo AND channel <> 'interview'",
    )
    .await;
    let only = format!("id = {}", id(late.response.id.0));
    let all = |of: &Fixture| format!("survey_version = {}", id(of.version.version.0));
    for (responses, channel) in [(only, "season"), (all(&seasonal), "season"), (all(&interviews), "interview")] {
        db.execute(&format!("UPDATE responses SET channel = '{channel}' WHERE {responses}")).await;
    }
    for table in ["tallies", "period_tallies"] {
        for (of, channel) in [(&seasonal, "season"), (&interviews, "interview")] {
            let sql = format!("UPDATE {table} SET member = '{channel}' WHERE dimension = 1 AND {}", all(of));
            assert!(db.execute(&sql).await > 0);
        }
        // What the one answer adds to each of its cells moves from `kiosk` to `season`.
        let whose = if table == "tallies" { "subject, local_day" } else { "whose, month" };
        let cells = format!(
            "{} AND dimension = 1 AND (value IN ('responses', 'answered', '=2'))
             AND (value = 'responses' OR question = {})",
            all(&mixed),
            id(mixed.question(0).0),
        );
        let moved = format!(
            "INSERT INTO {table} ({whose}, survey_version, question, value, standing, dimension, member, count)
             SELECT {whose}, survey_version, question, value, standing, dimension, 'season', 1 FROM {table} WHERE {cells}"
        );
        assert!(db.execute(&moved).await >= 3);
        db.execute(&format!("UPDATE {table} SET count = count - 1 WHERE member = 'kiosk' AND {cells}")).await;
    }

    let again = open(&db.url).await.unwrap();
    let collection = async |of: &Fixture| again.for_staff(Scope::All).collection(of.version.version).await.unwrap();
    assert_eq!(collection(&mixed).await, Collection::Continuous);
    assert_eq!(collection(&seasonal).await, Collection::Periodic);
    assert_eq!(collection(&interviews).await, Collection::Interview);
    assert_eq!(db.rows("responses WHERE channel IN ('season', 'interview')").await, 0);
    assert_eq!(db.rows("responses WHERE channel = 'spoken'").await, 6);
    assert_eq!(again.system().recount(false).await.unwrap(), [], "the tallies are those of the responses");
    assert_eq!(tally(&again, &mixed).await, before);

    let outcomes = again.system().commit(&group).await.unwrap();
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Duplicate), "{outcomes:?}");
    assert_eq!(again.system().recount(false).await.unwrap(), []);

    assert!(again.for_staff(Scope::All).set_collection(mixed.survey, Collection::Periodic).await.unwrap());
    assert_eq!(collection(&mixed).await, Collection::Periodic);
    assert!(
        !again.for_staff(Scope::All).set_collection(Fixture::new().survey, Collection::Periodic).await.unwrap(),
        "there is none"
    );
}

/// Takes 0012 back out of a filled database: what stands there then is what the version before it left.
async fn languages_come_to_data_that_has_none(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&fixture.audience(20)).await.unwrap();
    db.system().name_organisation("Sirkus").await.unwrap();
    let before = db.everything().tally(Subject::Event(fixture.event.id), None).await.unwrap();
    db.execute("ALTER TABLE organisation DROP COLUMN languages").await;
    db.execute("DELETE FROM _sqlx_migrations WHERE version = 12").await;

    let again = open(&db.url).await.unwrap();
    let three = Lang::ALL.map(LanguageTag::from);
    assert_eq!(again.system().organisation_languages().await.unwrap(), three);
    assert_eq!(again.system().organisation_name().await.unwrap().as_deref(), Some("Sirkus"));
    let staff = again.for_staff(Scope::All);
    assert_eq!(staff.venues().await.unwrap(), [fixture.venue]);
    assert_eq!(staff.event(fixture.event.id).await.unwrap(), Some(fixture.event.clone()));
    assert_eq!(staff.tally(Subject::Event(fixture.event.id), None).await.unwrap(), before);
}

async fn texts_are_kept_in_any_language(db: &TestStore) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let mut event = fixture.event.clone();
    let arabic: LanguageTag = "ar".parse().unwrap();
    event.title.set(arabic, "سيرك الشتاء");
    db.system().save_event(&event).await.unwrap();
    let kept = db.everything().event(event.id).await.unwrap().unwrap();
    assert_eq!((kept.title.find(arabic, None), &kept), (Some((arabic, "سيرك الشتاء")), &event));
    assert_eq!(db.system().organisation_languages().await.unwrap(), Lang::ALL.map(LanguageTag::from));
}

#[tokio::test]
async fn only_two_kinds_of_address_open() {
    for (url, says) in [("mysql://localhost/aplodi", "sqlite:"), ("aplodi.db", "sqlite:"), ("sqlite::memory:", "file")]
    {
        let Err(error) = open(url).await else { panic!("{url} opens") };
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn sqlite_commits_are_synced() {
    let (db, _folder) = sqlite().await;
    assert_eq!(db.rows("pragma_journal_mode WHERE journal_mode = 'wal'").await, 1);
}
