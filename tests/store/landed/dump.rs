//! The rows of a database as text, and back.

use std::{fmt::Write, fs, path::PathBuf, str::FromStr};

use harness::store::TestStore;
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions,
};
use store::open;
use uuid::Uuid;

/// Every table that has rows, as one statement each, in the order in which the tables were made.
pub(super) async fn dump(db: &TestStore) -> String {
    let quote = if db.is_sqlite() { "quote" } else { "quote_nullable" };
    let mut text = String::new();
    for table in tables(db).await {
        let columns = columns(db, &table).await;
        let values: Vec<String> = columns.iter().map(|column| format!("{quote}(\"{column}\")")).collect();
        let values = values.join(" || ',' || ");
        let rows = db.texts(&format!("SELECT '(' || {values} || ')' FROM {table} ORDER BY 1")).await;
        if !rows.is_empty() {
            let columns = columns.join(", ");
            writeln!(text, "INSERT INTO {table} ({columns}) VALUES\n{};", rows.join(",\n")).unwrap();
        }
    }
    text
}

/// Every table.
pub(super) async fn tables(db: &TestStore) -> Vec<String> {
    db.texts(if db.is_sqlite() {
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
    } else {
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY oid"
    })
    .await
}

/// The columns of a table that are not computed from others.
async fn columns(db: &TestStore, table: &str) -> Vec<String> {
    let sql = if db.is_sqlite() {
        format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid")
    } else {
        format!(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = '{table}'::regclass
             AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
        )
    };
    db.texts(&sql).await
}

/// Makes a database with the migrations up to a number, fills it with rows, and opens it with today's program. On
/// SQLite it stands beside the given one, on PostgreSQL in its place.
pub(super) async fn restore(db: &TestStore, number: i64, rows: &str) -> TestStore {
    let url = migrated(db, number).await;
    // The rows say which migrations they were written by: open() refuses where one of them has changed since.
    let rows = sqlx::raw_sql(AssertSqlSafe(format!("DELETE FROM _sqlx_migrations; {rows}")));
    if db.is_sqlite() {
        let options = SqliteConnectOptions::from_str(&url).unwrap().foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        rows.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        rows.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
    TestStore { store: open(&url).await.unwrap(), url }
}

/// Every table of the schema that the migrations up to a number make.
pub(super) async fn tables_at(db: &TestStore, number: i64) -> Vec<String> {
    let url = migrated(db, number).await;
    tables(&TestStore { store: db.store.clone(), url }).await
}

/// Makes an empty database with the migrations up to a number, and says where.
async fn migrated(db: &TestStore, number: i64) -> String {
    let migrator = migrator(db, number).await;
    if db.is_sqlite() {
        let url = db.url.replace("aplodi.db", &format!("{}.db", Uuid::now_v7().simple()));
        let options = SqliteConnectOptions::from_str(&url).unwrap().create_if_missing(true).foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        migrator.run(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        url
    } else {
        let mut connection = PgConnection::connect(&db.url).await.unwrap();
        sqlx::raw_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public").execute(&mut connection).await.unwrap();
        migrator.run(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        db.url.clone()
    }
}

async fn migrator(db: &TestStore, number: i64) -> Migrator {
    let folder = tempfile::tempdir().unwrap();
    for (of, file) in migrations(db) {
        if of <= number {
            fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
        }
    }
    Migrator::new(folder.path()).await.unwrap()
}

/// The migrations, with their numbers.
pub(super) fn migrations(db: &TestStore) -> Vec<(i64, PathBuf)> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/store/migrations"));
    let folder = root.join(if db.is_sqlite() { "sqlite" } else { "postgres" });
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (number(&file), file)).collect()
}

/// The number at the beginning of a file's name.
pub(super) fn number(file: &std::path::Path) -> i64 {
    file.file_name().and_then(|name| name.to_str()).and_then(|name| name.get(..4)).unwrap().parse().unwrap()
}
