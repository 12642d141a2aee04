//! A fresh store on either database, gone afterwards.

use std::{panic::AssertUnwindSafe, str::FromStr};

use futures::FutureExt;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Scope, StaffStore, Store, SystemStore, open};
use tempfile::TempDir;
use uuid::Uuid;

/// Where the tests' PostgreSQL is: the address of a database in which `CREATE DATABASE` is allowed.
pub const POSTGRES: &str = "APLODI_TEST_POSTGRES";

/// A fresh store, and the way round it to the database itself.
pub struct TestStore {
    /// the store
    pub store: Store,
    /// what [`open`](fn@open) was given
    pub url: String,
}

impl TestStore {
    async fn open(url: String) -> Self {
        let store = open(&url).await.expect("a fresh database opens");
        Self { store, url }
    }

    /// What the program itself does.
    pub fn system(&self) -> &dyn SystemStore {
        &**self.store.system()
    }

    /// What somebody of the staff sees.
    pub fn staff(&self, scope: Scope) -> Box<dyn StaffStore> {
        self.store.for_staff(scope)
    }

    /// What somebody of the staff sees who may see everything.
    pub fn everything(&self) -> Box<dyn StaffStore> {
        self.staff(Scope::All)
    }

    /// Runs a statement behind the store's back, and says how many rows it touched.
    pub async fn execute(&self, sql: &str) -> u64 {
        if self.is_sqlite() {
            return sqlite_execute(&self.url, sql).await;
        }
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap().rows_affected()
    }

    /// How many rows a table has.
    pub async fn rows(&self, table: &str) -> i64 {
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        if self.is_sqlite() {
            let mut connection = sqlite_file(&self.url).await;
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
        }
    }

    /// What a query of one text column says.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        if self.is_sqlite() {
            let mut connection = sqlite_file(&self.url).await;
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
        }
    }

    /// Which of the two it is.
    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}

/// A connection to a file that a store or a program may have open, which waits for its turn to write.
pub async fn sqlite_file(url: &str) -> SqliteConnection {
    let file = SqliteConnectOptions::from_str(url).expect("the address of a file");
    file.busy_timeout(crate::PATIENCE).connect().await.expect("the file opens")
}

/// Runs a statement on a file that a store or a program may have open, and says how many rows it touched.
///
/// The lock for writing is taken first: `ALTER TABLE` reads before it writes, and SQLite refuses that without waiting
/// when somebody writes in between.
pub async fn sqlite_execute(url: &str, sql: &str) -> u64 {
    let mut connection = sqlite_file(url).await;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let sql = AssertSqlSafe(sql.to_owned());
    let touched = sqlx::query(sql).execute(&mut *transaction).await.unwrap().rows_affected();
    transaction.commit().await.unwrap();
    touched
}

/// A store in a folder of its own; keep the folder for as long as the store.
pub async fn sqlite() -> (TestStore, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("data/aplodi.db").display());
    (TestStore::open(url).await, folder)
}

/// A store in a database of its own; [`drop_postgres`] takes it away again.
///
/// # Panics
/// Where no PostgreSQL was given: a test that silently passes proves nothing.
pub async fn postgres() -> TestStore {
    let server = std::env::var(POSTGRES)
        .unwrap_or_else(|_| panic!("{POSTGRES} names no PostgreSQL: run `cargo xtask test`, which starts one"));
    let name = format!("aplodi_{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::connect(&server).await.expect("the tests' PostgreSQL answers");
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let (place, _) = server.rsplit_once('/').expect("the address names a database");
    TestStore::open(format!("{place}/{name}")).await
}

/// Takes a database away again.
pub async fn drop_postgres(url: &str) {
    let server = std::env::var(POSTGRES).expect("was there a moment ago");
    let (_, name) = url.rsplit_once('/').expect("the address names a database");
    let mut admin = PgConnection::connect(&server).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut admin).await.unwrap();
}

/// Tells a story on SQLite.
pub async fn on_sqlite(story: impl AsyncFnOnce(&TestStore)) {
    let (db, _folder) = sqlite().await;
    story(&db).await;
}

/// Tells a story on PostgreSQL, and cleans up also where it ends badly.
pub async fn on_postgres(story: impl AsyncFnOnce(&TestStore)) {
    let db = postgres().await;
    let end = AssertUnwindSafe(story(&db)).catch_unwind().await;
    drop_postgres(&db.url).await;
    if let Err(panic) = end {
        std::panic::resume_unwind(panic);
    }
}

/// Makes two tests of each story `async fn story(db: &TestStore)`: `sqlite_story`, `postgres_story`.
#[macro_export]
macro_rules! on_both_databases {
    ($($story:ident),* $(,)?) => { $crate::pastey::paste! { $(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn [<sqlite_ $story>]() {
            $crate::store::on_sqlite($story).await;
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn [<postgres_ $story>]() {
            $crate::store::on_postgres($story).await;
        }
    )* } };
}
