//! `aplodi backup`, `aplodi restore` and `aplodi epoch`

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::time::DAY;
use harness::{
    fixture::{Fixture, TONIGHT},
    on_both_databases,
    program::{Serving, printed, run},
    store::{TestStore, on_postgres, on_sqlite},
};
use sqlx::{Connection, SqliteConnection};
use store::{
    Scope, Store, open,
    organisation::InstanceKeys,
    staff::{Role, User},
};
use tempfile::TempDir;
use uuid::Uuid;

use super::failed;

/// So many answers, and a foundation.
async fn open_fixture(db: &TestStore, answers: u64) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    db.system().commit(&fixture.audience(answers)).await.expect("stored");
    epoch(&db.store, "first").await;
}

/// The epoch of a store; the proposed one where it has none.
async fn epoch(store: &Store, proposed: &str) -> String {
    let proposed = InstanceKeys { epoch: proposed.into(), content_key: [1; 32], form_key: [2; 32] };
    let keys = store.system().instance_keys(&proposed, TONIGHT).await.expect("instance keys");
    assert_eq!(keys.content_key, [1; 32], "keys outlive epochs");
    keys.epoch
}

async fn answers(url: &str) -> usize {
    let store = open(url).await.expect("the data opens");
    assert_eq!(store.system().recount(false).await.expect("counted"), []);
    store.system().responses(None, 1_000).await.expect("a page").responses.len()
}

fn place(db: &TestStore) -> PathBuf {
    PathBuf::from(db.url.strip_prefix("sqlite://").expect("a file"))
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Backs up, in a folder of its own.
async fn backed_up(db: &TestStore) -> (TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("spring season.aplodi");
    let name = file.to_string_lossy().into_owned();
    printed(&db.url, &["backup", &name]).await;
    (folder, file, name)
}

#[tokio::test]
async fn a_backup_holds_everything_and_overwrites_nothing() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 40).await;
        let (folder, file, name) = backed_up(db).await;
        let copy = fs::read(&file).expect("a copy");
        assert_eq!(names(&folder), ["spring season.aplodi"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = file.metadata().expect("a file").permissions().mode();
            assert_eq!(mode & 0o077, 0, "comments are nobody else's business");
        }

        db.system().commit(&Fixture::new().audience(2)).await.expect("stored");
        let said = failed(&run(&db.url, &["backup", &name]).await);
        assert!(said.contains("is there already"), "{said}");
        assert_eq!(fs::read(&file).expect("still there"), copy);
        let nowhere = folder.path().join("nowhere/backup").to_string_lossy().into_owned();
        failed(&run(&db.url, &["backup", &nowhere]).await);
        assert_eq!(names(&folder), ["spring season.aplodi"], "nothing half made is left");
        assert_eq!(answers(&url(&file)).await, 40);
    })
    .await;
}

#[tokio::test]
async fn without_data_there_is_no_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy) = (folder.path().join("data.db"), folder.path().join("copy"));
    let said = failed(&run(&url(&data), &["backup", &copy.to_string_lossy()]).await);
    assert!(said.contains("there is no data"), "{said}");
    assert_eq!(names(&folder), [""; 0]);
}

#[tokio::test]
async fn a_restored_backup_has_an_epoch_of_its_own_and_everything_else_is_the_same() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 40).await;
        let (_folder, _, name) = backed_up(db).await;
        let elsewhere = tempfile::tempdir().expect("a folder");
        let data = url(&elsewhere.path().join("new/aplodi.db"));
        let said = printed(&data, &["restore", &name]).await;
        assert!(said.contains("40 responses"), "{said}");
        assert_eq!(answers(&data).await, 40);
        let store = open(&data).await.expect("the data opens");
        let begun = epoch(&store, "another").await;
        assert!(!["first", "another"].contains(&&*begun), "{begun}");
        assert_eq!(
            store.for_staff(Scope::All).venues().await.expect("venues"),
            db.everything().venues().await.expect("venues")
        );
        assert_eq!(epoch(&db.store, "another").await, "first", "the backup is only read");
    })
    .await;
}

#[tokio::test]
async fn data_is_replaced_only_when_asked_and_then_moved_aside() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 10).await;
        let (_ten, _, ten) = backed_up(db).await;
        db.system().commit(&Fixture::new().audience(2)).await.expect("stored");
        let (_twelve, _, twelve) = backed_up(db).await;
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("aplodi.db");
        printed(&url(&data), &["restore", &ten]).await;
        let said = failed(&run(&url(&data), &["restore", &twelve]).await);
        assert!(said.contains("--force"), "{said}");
        printed(&url(&data), &["restore", &twelve, "--force"]).await;
        let said = printed(&url(&data), &["restore", &ten, "--force"]).await;
        assert!(said.contains("aplodi.db.before-restore-2"), "{said}");
        assert_eq!(names(&folder), ["aplodi.db", "aplodi.db.before-restore", "aplodi.db.before-restore-2"]);
        for (name, holds) in [("aplodi.db", 10), ("aplodi.db.before-restore", 10), ("aplodi.db.before-restore-2", 12)] {
            assert_eq!(answers(&url(&folder.path().join(name))).await, holds, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn data_in_use_is_not_replaced() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 10).await;
        let (_folder, _, name) = backed_up(db).await;
        let elsewhere = tempfile::tempdir().expect("a folder");
        let data = url(&elsewhere.path().join("aplodi.db"));
        printed(&data, &["restore", &name]).await;
        let serving = Serving::start(&data, &[]).await;
        let said = failed(&run(&data, &["restore", &name, "--force"]).await);
        assert!(said.contains("in use"), "{said}");
        assert!(serving.stop().await);
        printed(&data, &["restore", &name, "--force"]).await;
    })
    .await;
}

#[tokio::test]
async fn only_a_sound_backup_is_restored() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 400).await;
        let (folder, file, name) = backed_up(db).await;
        let other = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        fs::write(other("letter"), "Dear audience, thank you for coming!").expect("written");
        let half = fs::read(&file).expect("a backup");
        fs::write(other("half"), &half[..half.len() / 2]).expect("written");
        // A page in the middle that a bad disk has eaten.
        let mut eaten = half.clone();
        let middle = half.len() / 2 / 4_096 * 4_096;
        eaten[middle..middle + 4_096].fill(0xa5);
        fs::write(other("eaten"), eaten).expect("written");
        let mut sqlite =
            SqliteConnection::connect(&format!("sqlite://{}?mode=rwc", other("diary"))).await.expect("a file");
        sqlx::query("CREATE TABLE diary (line TEXT)").execute(&mut sqlite).await.expect("a table");
        sqlite.close().await.expect("closed");
        let (live, log) = (place(db), PathBuf::from(other("live-wal")));
        fs::copy(&live, other("live")).expect("copied, as one must not");
        fs::copy(live.with_extension("db-wal"), log).expect("copied");

        let elsewhere = tempfile::tempdir().expect("a folder");
        let data = elsewhere.path().join("aplodi.db");
        printed(&url(&data), &["restore", &name]).await;
        let before = fs::read(&data).expect("data");
        for bad in ["letter", "half", "eaten", "diary", "live", "nothing"] {
            let said = failed(&run(&url(&data), &["restore", &other(bad), "--force"]).await);
            assert!(said.contains(bad), "{said}");
            assert_eq!(names(&elsewhere), ["aplodi.db"], "{bad}");
        }
        // A device may have no end, and would be copied until the disk is full.
        for endless in ["/dev/null", &other("")] {
            let said = failed(&run(&url(&data), &["restore", endless, "--force"]).await);
            assert!(said.contains("is no file"), "{said}");
            assert_eq!(names(&elsewhere), ["aplodi.db"], "{endless}");
        }
        assert_eq!(fs::read(&data).expect("data"), before);
        assert_eq!(answers(&url(&data)).await, 400);
    })
    .await;
}

#[tokio::test]
async fn data_that_is_damaged_can_be_replaced() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 10).await;
        let (_folder, _, name) = backed_up(db).await;
        let elsewhere = tempfile::tempdir().expect("a folder");
        let data = elsewhere.path().join("aplodi.db");
        for (file, rubbish) in [("aplodi.db", "rubbish".repeat(1_000)), ("aplodi.db-wal", "the last answers".into())] {
            fs::write(elsewhere.path().join(file), rubbish).expect("written");
        }
        printed(&url(&data), &["restore", &name, "--force"]).await;
        assert_eq!(
            names(&elsewhere),
            ["aplodi.db", "aplodi.db.before-restore", "aplodi.db.before-restore-wal"],
            "who can repair it finds everything"
        );
        assert_eq!(answers(&url(&data)).await, 10);
    })
    .await;
}

/// A server that was killed has left a log. Played back over a backup, it would destroy it.
#[tokio::test]
async fn what_lies_beside_missing_data_goes_aside_too() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 40).await;
        let (_folder, _, name) = backed_up(db).await;
        let log = fs::read(place(db).with_extension("db-wal")).expect("the log of a store in use");
        assert!(!log.is_empty());
        let index = fs::read(place(db).with_extension("db-shm")).expect("its index");
        let elsewhere = tempfile::tempdir().expect("a folder");
        let data = elsewhere.path().join("aplodi.db");
        for (ending, holds) in [("wal", &log), ("shm", &index), ("journal", &log)] {
            fs::write(elsewhere.path().join(format!("aplodi.db-{ending}")), holds).expect("written");
        }
        let said = printed(&url(&data), &["restore", &name]).await;
        assert!(said.contains("40 responses") && said.contains("aplodi.db.before-restore-wal"), "{said}");
        let aside = ["journal", "shm", "wal"].map(|ending| format!("aplodi.db.before-restore-{ending}"));
        assert_eq!(names(&elsewhere), [&["aplodi.db".to_owned()][..], &aside].concat());
        assert_eq!(answers(&url(&data)).await, 40);
        let serving = Serving::start(&url(&data), &[]).await;
        assert!(serving.stop().await, "and a server starts with it");
    })
    .await;
}

/// Only the server that starts makes sure of what a crash has left: a command would hold up those that write.
#[tokio::test]
async fn no_command_rewrites_the_log_of_a_server() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 3).await;
        let log = place(db).with_extension("db-wal");
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        let file = fs::File::options().write(true).open(&log).expect("the log of a store in use");
        file.set_modified(long_ago).expect("a time");
        printed(&db.url, &["recount"]).await;
        assert_eq!(file.metadata().expect("the log").modified().expect("a time"), long_ago);
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn the_data_is_its_owners_and_a_server_says_where_it_is_not() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (data, log) = (folder.path().join("aplodi.db"), folder.path().join("log"));
    let open_to_others = || data.metadata().expect("the data").permissions().mode() & 0o077;
    assert!(Serving::start_logging_to(&log, &url(&data), &[]).await.stop().await);
    assert_eq!(open_to_others(), 0, "comments are nobody else's business");
    assert!(!fs::read_to_string(&log).expect("the log").contains("chmod"));
    fs::set_permissions(&data, fs::Permissions::from_mode(0o644)).expect("a mode");
    assert!(Serving::start_logging_to(&log, &url(&data), &[]).await.stop().await);
    assert!(fs::read_to_string(&log).expect("the log").contains("chmod 600"));
    assert_ne!(open_to_others(), 0, "whoever opened it may have had a reason");
}

#[cfg(unix)]
#[tokio::test]
async fn restored_data_is_its_owners_also_behind_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 10).await;
        let (_backup, _, name) = backed_up(db).await;
        for is_linked in [false, true] {
            let [data, disk] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
            let named = data.path().join("aplodi.db");
            let real = if is_linked { disk.path().join("real.db") } else { named.clone() };
            printed(&url(&real), &["restore", &name]).await;
            fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).expect("a mode");
            if is_linked {
                symlink(&real, &named).expect("a link");
            }
            printed(&url(&named), &["restore", &name, "--force"]).await;
            assert_eq!(named.is_symlink(), is_linked);
            assert_eq!(real.symlink_metadata().expect("the data").permissions().mode() & 0o7777, 0o600);
            assert!(PathBuf::from(format!("{}.before-restore", real.display())).is_file(), "moved aside where it was");
            assert_eq!(answers(&url(&named)).await, 10);
        }
    })
    .await;
}

/// Killed ones cannot clean up behind themselves: the next one does, and says so.
#[cfg(unix)]
#[tokio::test]
async fn what_a_killed_backup_left_is_gone_after_the_next() {
    on_sqlite(async |db: &TestStore| {
        open_fixture(db, 3).await;
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for left in
            [".aplodi-a1b2c3.part", ".aplodi-d4e5f6.part", ".aplodi-d4e5f6.part-journal", ".tmpother", "notes.part"]
        {
            fs::write(at(left), "half").expect("written");
        }
        let at_work = fs::File::open(at(".aplodi-a1b2c3.part")).expect("a file");
        at_work.lock().expect("a lock");
        let said = printed(&db.url, &["backup", &at("one").to_string_lossy()]).await;
        assert!(said.contains(".aplodi-d4e5f6.part") && !said.contains("a1b2c3"), "{said}");
        assert_eq!(names(&folder), [".aplodi-a1b2c3.part", ".tmpother", "notes.part", "one"]);
        drop(at_work);
        let data = url(&at("aplodi.db"));
        let said = printed(&data, &["restore", &at("one").to_string_lossy()]).await;
        assert!(said.contains(".aplodi-a1b2c3.part"), "{said}");
        assert_eq!(names(&folder), [".tmpother", "aplodi.db", "notes.part", "one"]);
    })
    .await;
}

on_both_databases!(a_new_epoch_ends_sessions_and_links);

async fn a_new_epoch_ends_sessions_and_links(db: &TestStore) {
    open_fixture(db, 1).await;
    let user =
        User { id: Uuid::now_v7().into(), email: "a@house.example".into(), role: Role::Admin, scope: Scope::All };
    assert!(db.system().add_user(&user, TONIGHT).await.expect("a user"));
    printed(&db.url, &["user", "add", "--email", "b@house.example", "--role", "viewer"]).await;
    db.system().add_session([7; 32], user.id, TONIGHT, i64::MAX).await.expect("a session");
    assert_eq!((db.rows("sessions").await, db.rows("setup_links").await), (1, 1));
    printed(&db.url, &["epoch", "renew"]).await;
    assert_eq!((db.rows("sessions").await, db.rows("setup_links").await), (0, 0));
    assert_eq!((db.rows("users").await, db.rows("responses").await), (2, 1));
    let begun = epoch(&db.store, "another").await;
    assert!(!["first", "another"].contains(&&*begun), "{begun}");
}

#[tokio::test]
async fn postgres_is_told_how_to_do_it_itself() {
    on_postgres(async |db: &TestStore| {
        let url = db.url.replace("postgres@", "postgres:secret@");
        for (command, says) in [("backup", "pg_dump"), ("restore", "pg_restore")] {
            let said = failed(&run(&url, &[command, "spring.dump"]).await);
            assert!(said.contains(says) && said.contains("spring.dump") && !said.contains("secret"), "{said}");
        }
    })
    .await;
}

on_both_databases!(a_backup_made_by_other_means_is_noted);

async fn a_backup_made_by_other_means_is_noted(db: &TestStore) {
    open_fixture(db, 1).await;
    let state = async || db.everything().installation().await.expect("the store").expect("everything is seen");
    assert_eq!(state().await.backed_up_at, None);
    printed(&db.url, &["backup", "--noted"]).await;
    assert!(state().await.backed_up_at.is_some_and(|at| at > TONIGHT - DAY * 365));
    let neither = run(&db.url, &["backup"]).await;
    assert_eq!(neither.status.code(), Some(2), "a file, or --noted");
}

#[tokio::test]
async fn a_backup_is_noted_in_the_data_and_not_in_the_copy() {
    on_sqlite(async |db| {
        open_fixture(db, 1).await;
        let folder = TempDir::new().expect("a folder");
        let copy = folder.path().join("copy");
        printed(&db.url, &["backup", &copy.display().to_string()]).await;
        let at = async |store: &Store| {
            store.for_staff(Scope::All).installation().await.expect("the store").expect("everything").backed_up_at
        };
        assert!(at(&db.store).await.is_some());
        assert_eq!(at(&open(&url(&copy)).await.expect("the copy opens")).await, None);
    })
    .await;
}
