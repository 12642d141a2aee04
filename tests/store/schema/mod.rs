//! One schema on two databases, and rows as the program writes them.

use std::collections::{BTreeMap, BTreeSet};

use harness::{
    on_both_databases,
    store::{TestStore, on_postgres, on_sqlite},
};
use store::rows;

const SQLITE: &str = include_str!("sqlite.sql");
const POSTGRES: &str = include_str!("postgres.sql");

/// What only one of the databases has, and why.
const WANTED: [(&str, &str); 0] = [];

/// What stands in a table that responses are added to, and is not written with them.
const WRITTEN_OTHERWISE: [(&str, &str, &str); 9] = [
    ("responses", "revision", "begins with its default"),
    ("responses", "subject", "follows from event and venue"),
    ("flags", "set_by", "whoever sets a flag by hand"),
    ("flags", "why", "whoever sets a flag by hand"),
    ("flags", "lifted_by", "whoever lifts it"),
    ("flags", "lifted_at", "whoever lifts it"),
    ("judgements", "revision", "begins with its default"),
    ("judgements", "applied", "whoever judges"),
    ("judgements", "judged", "whoever judges"),
];

on_both_databases!(rows_are_written_whole);

/// The schema as lines: columns, keys, references and indexes, all in the words of SQLite.
async fn schema(db: &TestStore) -> BTreeSet<String> {
    db.texts(if db.is_sqlite() { SQLITE } else { POSTGRES }).await.into_iter().collect()
}

/// Types are compared as far as SQLite has them. What is not compared: checks, triggers, the conditions of partial
/// indexes and what indexed expressions say.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_schema() {
    let (mut on_one, mut on_other) = (BTreeSet::new(), BTreeSet::new());
    on_sqlite(async |db| on_one = schema(db).await).await;
    on_postgres(async |db| on_other = schema(db).await).await;
    for line in ["responses.id BLOB NOT NULL", "responses PRIMARY KEY (id)", "users UNIQUE (email)"] {
        assert!(on_one.contains(line), "{line} is among {on_one:#?}");
    }
    let different: BTreeSet<&str> = on_one.symmetric_difference(&on_other).map(String::as_str).collect();
    assert_eq!(different, WANTED.iter().map(|(line, _)| *line).collect());
}

async fn rows_are_written_whole(db: &TestStore) {
    let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in schema(db).await {
        let Some((table, column)) = line.split(' ').next().and_then(|name| name.split_once('.')) else { continue };
        columns.entry(table.to_owned()).or_default().insert(column.to_owned());
    }
    for table in rows::ALL {
        let written: Vec<&str> = table.columns().collect();
        let otherwise = WRITTEN_OTHERWISE.iter().filter(|(of, ..)| *of == table.name).map(|(_, column, _)| *column);
        let all: BTreeSet<String> = written.iter().copied().chain(otherwise.clone()).map(str::to_owned).collect();
        assert_eq!(columns[table.name], all, "{}", table.name);
        assert_eq!(all.len(), written.len() + otherwise.count(), "{}: each once", table.name);
    }
}
