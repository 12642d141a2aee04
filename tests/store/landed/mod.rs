//! Data of schemas that have landed goes on with today's program.
//!
//! `0011.sqlite.sql` and `0011.postgres.sql` hold the rows of a filled database as the program with migrations up to
//! 0011 left it, and so on; whatever lies in this folder under such a name is restored and opened. How to add the
//! next: `docs/recipes.md`, "Add a table".

mod dump;

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use aplodi::{summaries, survey_cache::SurveyCache};
use domain::{
    course::Course,
    flag::Flag,
    health::alert::{Alert, Kind},
    id::{EventId, MailReaderId, PairingId, UserId},
    kiosk_command::CommandKind,
    lang::{Lang, LanguageTag, Text},
    live_delay::LiveDelay,
    survey::Collection,
    time::HOUR,
};
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::{
    Scope,
    alerts::{DeliveryMethod, KioskAlert, Message},
    decisions::{DecidedBy, Decision, Verdict},
    feeds::Feed,
    import_files::ImportFile,
    kiosk_commands::NewCommand,
    logo::{Extent, LogoFacts, LogoPictures},
    mail_readers::{MailReader, ReaderAdded},
    organisation::InstanceKeys,
    pairings::{Waiting, WaitingLimits},
    responses::Outcome,
    staff::{Purpose, Role, SetupLink, User},
};
use uuid::Uuid;

use self::dump::{dump, migrations, number, restore, tables, tables_at};

on_both_databases!(data_of_every_landed_schema_goes_on, what_0011_left_means_the_same, a_dump_brings_everything_back);

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/store/landed");

fn ending(db: &TestStore) -> &'static str {
    if db.is_sqlite() { ".sqlite.sql" } else { ".postgres.sql" }
}

/// The dumps, by the number of the last migration that they have seen.
fn landed(db: &TestStore) -> BTreeMap<i64, String> {
    let files = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let dumps = files.filter(|file| file.to_str().unwrap().ends_with(ending(db)));
    dumps.map(|file| (number(&file), fs::read_to_string(file).unwrap())).collect()
}

/// How many rows each table has in a dump.
fn counts(dump: &str) -> BTreeMap<&str, usize> {
    let statements = dump.split("INSERT INTO ").filter_map(|statement| statement.split_once(' '));
    statements.map(|(table, rows)| (table, rows.matches("\n(").count())).collect()
}

async fn data_of_every_landed_schema_goes_on(db: &TestStore) {
    let landed = landed(db);
    assert!(landed.contains_key(&11), "{FOLDER} has the first");
    for (number, rows) in landed {
        let (counts, tables) = (counts(&rows), tables_at(db, number).await);
        let now = restore(db, number, &rows).await;
        for table in tables {
            assert!(counts.get(&*table).is_some_and(|rows| *rows > 0), "{number}: nothing of {table} was kept");
        }
        assert!(counts["responses"] > 20, "{counts:?}");
        for (table, count) in counts {
            // Two channels may have become one, and their tallies with them; of migrations there are more.
            if !table.ends_with("tallies") && table != "_sqlx_migrations" {
                assert_eq!(now.rows(table).await, i64::try_from(count).unwrap(), "{number}: {table}");
            }
        }
        everything_is_understood(&now).await;
    }
}

/// The tallies are those of the responses, and staff can read summaries, comments and tablets.
async fn everything_is_understood(db: &TestStore) {
    assert_eq!(db.system().recount(false).await.unwrap(), []);
    let stored = db.system().responses(None, 10_000).await.unwrap().responses;
    let mut of_events: BTreeMap<EventId, u64> = BTreeMap::new();
    for event in stored.iter().filter_map(|stored| stored.place.event) {
        *of_events.entry(event).or_default() += 1;
    }
    assert!(!of_events.is_empty());
    let (staff, surveys) = (db.everything(), SurveyCache::new(Arc::clone(db.store.system())));
    for (event, count) in of_events {
        let event = staff.event(event).await.unwrap().unwrap();
        let summary = summaries::of_event(&*staff, &surveys, &event, true).await.unwrap().summary;
        assert_eq!(summary.counted + summary.aside, count, "{event:?}");
    }
    assert!(!staff.venues().await.unwrap().is_empty());
    assert!(!staff.kiosk_reports(0).await.unwrap().is_empty());
    assert!(!staff.alert_log(9).await.unwrap().is_empty());
}

/// Of the responses to three surveys, those to one came as `season`, those to another as `interview`, and one of each
/// was given to the third.
async fn what_0011_left_means_the_same(db: &TestStore) {
    let now = restore(db, 11, &landed(db)[&11]).await;
    let (system, staff) = (now.system(), now.everything());
    let mut collections = BTreeMap::new();
    let stored = system.responses(None, 100).await.unwrap().responses;
    for version in stored.iter().map(|stored| stored.response.survey_version).collect::<HashSet<_>>() {
        let collection = staff.collection(version).await.unwrap();
        let answers = stored.iter().filter(|stored| stored.response.survey_version == version).count();
        collections.insert(collection.as_str(), answers);
    }
    assert_eq!(collections[Collection::Periodic.as_str()], 2);
    assert_eq!(collections[Collection::Interview.as_str()], 2);
    assert_eq!(collections[Collection::Continuous.as_str()], stored.len() - 4);
    for table in ["responses", "conflicts"] {
        assert_eq!(now.rows(&format!("{table} WHERE channel IN ('season', 'interview')")).await, 0);
    }
    assert_eq!(now.rows("responses WHERE channel = 'spoken'").await, 3);
    assert_eq!(now.rows("conflicts WHERE channel = 'spoken'").await, 1);

    let three = Lang::ALL.map(LanguageTag::from);
    assert_eq!(system.organisation_languages().await.unwrap(), three);
    for event in stored.iter().filter_map(|stored| stored.place.event).collect::<HashSet<_>>() {
        let title = staff.event(event).await.unwrap().unwrap().title;
        assert_eq!(
            three.iter().filter_map(|lang| title.find(*lang, None)).collect::<HashSet<_>>().len(),
            3,
            "{title:?}"
        );
    }
    assert!(now.rows("comments").await > 0);
    for table in ["comments", "conflicts"] {
        assert_eq!(now.rows(&format!("{table} WHERE may_quote")).await, 0, "nobody was asked");
    }
}

/// Whatever is dumped today can be restored tomorrow. The dump stays in `target/landed`, so that it can be kept when
/// the schema lands.
async fn a_dump_brings_everything_back(db: &TestStore) {
    fill(db).await;
    for table in tables(db).await {
        assert!(db.rows(&table).await > 0, "fill() knows nothing of {table}");
    }
    let rows = dump(db).await;
    let newest = migrations(db).iter().map(|(number, _)| *number).max().unwrap();
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/landed"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(Path::new(&format!("{newest:04}{}", ending(db)))), &rows).unwrap();

    let again = restore(db, newest, &rows).await;
    assert_eq!(dump(&again).await, rows);
    everything_is_understood(&again).await;
}

/// Puts something into every table.
async fn fill(db: &TestStore) {
    let fixture = Fixture::new();
    let store = db.system();
    fixture.open(store).await;
    let keys = InstanceKeys { epoch: "first".into(), content_key: [0; 32], form_key: [0; 32] };
    store.instance_keys(&keys, TONIGHT).await.unwrap();
    store.name_organisation("Sirkus").await.unwrap();
    store.note_backup(TONIGHT).await.unwrap();
    assert!(db.everything().choose_live_delay(LiveDelay::FiveMinutes).await.unwrap());
    let extent = Extent { width: 2, height: 1 };
    let logo = LogoFacts { hash: "0a".into(), alt: String::new(), small: extent, large: extent };
    assert!(db.everything().choose_logo(&logo, &LogoPictures { small: vec![1], large: vec![2] }).await.unwrap());

    let mut group = fixture.audience(20);
    group.extend(Flag::ALL.map(|flag| fixture.visitor().doubted(flag).done()));
    group.push(fixture.visitor().without_event().wrote("Kiitos").quotable().done());
    store.commit(&group).await.unwrap();
    let set_aside =
        Decision { verdict: Verdict::SetAside, why: "A test".into(), by: DecidedBy::CommandLine, at: TONIGHT };
    assert_eq!(db.everything().decide(&[group[1].response.id], &set_aside).await.unwrap(), 1);
    let first = fixture.visitor().face(5);
    store.commit(&[first.clone().done()]).await.unwrap();
    let outcome = store.commit(&[first.face(1).wrote("Toinen").done()]).await.unwrap();
    assert_eq!(outcome, [Outcome::Conflict]);
    assert!(store.delete_response(group[0].response.id, TONIGHT).await.unwrap());

    let course = Course::default();
    assert!(store.show_course(fixture.production.id, &course, &course).await.unwrap());

    let feed = Feed { id: Uuid::now_v7(), name: "Aula".into(), venue: None, lang: Lang::Fi, made_at: TONIGHT };
    assert!(db.everything().add_feed(&feed, [7; 32]).await.unwrap());

    let user = User {
        id: UserId(Uuid::now_v7()),
        email: "maija@example.org".into(),
        role: Role::Editor,
        scope: Scope::Venues(vec![fixture.venue.id]),
    };
    store.add_user(&user, TONIGHT).await.unwrap();
    let file = ImportFile { name: "syksy.csv".into(), bytes: b"Nimi;Alkaa".to_vec() };
    db.everything().keep_import_file(user.id, &file, TONIGHT, 0).await.unwrap();
    db.everything().remember_columns(&[("ilta".into(), "date".into())]).await.unwrap();
    let reader = MailReader {
        id: MailReaderId(Uuid::now_v7()),
        email: "lukija@example.org".into(),
        lang: Lang::Fi,
        scope: Scope::All,
        added_at: TONIGHT,
        stopped_at: None,
    };
    assert_eq!(db.everything().add_reader(&reader).await.unwrap(), ReaderAdded::Done);
    let link =
        SetupLink { token: [1; 32], user: Some(user.id), expires_at: TONIGHT + HOUR, purpose: Purpose::Invitation };
    store.add_setup_link(&link).await.unwrap();
    store.add_session([2; 32], user.id, TONIGHT, TONIGHT + HOUR).await.unwrap();
    store.add_token([3; 32], "raportit", Role::Viewer, TONIGHT).await.unwrap();
    store.try_login("maija@example.org", TONIGHT, TONIGHT - HOUR, 5).await.unwrap();

    let tablet = Waiting {
        id: PairingId(Uuid::now_v7()),
        token: [4; 32],
        words: [4; 16],
        expires_at: TONIGHT + HOUR,
        asked_at: None,
    };
    let limits = WaitingLimits { most: 9, silent_since: 0, expires_before: 0 };
    store.wait_for_pairing(&tablet, TONIGHT, limits).await.unwrap();
    let alert = Alert { kind: Kind::Silent, began_at: TONIGHT, ended_at: None, told_at: None, end_told_at: None };
    let alert = KioskAlert { id: Uuid::now_v7(), kiosk: fixture.pairing.kiosk, alert };
    let message = Message {
        id: Uuid::now_v7(),
        alert: alert.id,
        method: DeliveryMethod::Email,
        target: "maija@example.org".into(),
        payload: "{}".into(),
        made_at: TONIGHT,
        tries: 0,
    };
    store.keep_alert(&alert, &[message], 0).await.unwrap();
    store.claim("alerts", Uuid::now_v7(), TONIGHT, TONIGHT + HOUR).await.unwrap();
    store.listen(TONIGHT, TONIGHT + HOUR).await.unwrap();

    let kiosk = fixture.pairing.kiosk;
    let pause = NewCommand { kiosk, kind: CommandKind::Pause, words: Some(Text::same("Tauko")) };
    assert!(db.everything().command(&[pause], None, TONIGHT).await.unwrap());

    let season = db.everything().whole_programme().await.unwrap().events;
    db.everything().stage_events(Uuid::now_v7(), &season, TONIGHT).await.unwrap();
}
