//! What this disk and this SQLite can do in this very minute, without us: the measure of every other figure.

use std::{
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use harness::fixture::Fixture;
use sqlx::{Connection, QueryBuilder, Sqlite, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{open::open, responses::NewResponse};

/// As many as the design compares with.
const TOGETHER: usize = 64;

/// Rates in a second.
pub(crate) struct Raw {
    /// 4 KiB appended to a file and synced
    pub(crate) syncs: f64,
    /// commits of one row
    pub(crate) commits: f64,
    /// rows, 64 to a commit
    pub(crate) rows: f64,
}

impl Raw {
    /// Measures each for so long.
    pub(crate) async fn measure(folder: &Path, each: Duration) -> Result<Self> {
        let folder = tempfile::tempdir_in(folder)?;
        Ok(Self {
            syncs: syncs(&folder.path().join("synced"), each)?,
            commits: rows(&folder.path().join("one.db"), 1, each).await?,
            rows: rows(&folder.path().join("many.db"), TOGETHER, each).await?,
        })
    }
}

fn syncs(path: &Path, each: Duration) -> Result<f64> {
    let mut file = File::create(path)?;
    let started = Instant::now();
    let mut syncs = 0_u32;
    while started.elapsed() < each {
        file.write_all(&[b'a'; 4_096])?;
        file.sync_data()?;
        syncs += 1;
    }
    Ok(f64::from(syncs) / started.elapsed().as_secs_f64())
}

/// The rows that the server would write, into its own tables with its own settings, but without tallies, without
/// looking whether an id is there already, and without HTTP.
async fn rows(path: &Path, together: usize, each: Duration) -> Result<f64> {
    // Makes the tables.
    drop(open(&format!("sqlite://{}", path.display())).await?);
    let options = SqliteConnectOptions::new().filename(path).foreign_keys(true);
    let options =
        options.pragma("synchronous", "FULL").pragma("cache_size", "-8192").pragma("wal_autocheckpoint", "4000");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let fixture = Fixture::new();
    let (mut written, mut spent) = (0_usize, Duration::ZERO);
    while spent < each {
        // Made while the clock stands still.
        let group = fixture.audience(together as u64);
        let started = Instant::now();
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        responses(&group).build().execute(&mut *transaction).await?;
        let commented: Vec<&NewResponse> = group.iter().filter(|item| item.response.answers.len() > 3).collect();
        if !commented.is_empty() {
            comments(&commented).build().execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        spent += started.elapsed();
        written += group.len();
    }
    Ok(written as f64 / spent.as_secs_f64())
}

fn responses(group: &[NewResponse]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(
        "INSERT INTO responses (id, survey_version, shown_event, channel, lang, segment, assisted, ended, demo,
         answered_at, offset_ms, age_ms, duration_ms, pairing, venue, kiosk, event, event_source, production,
         corrected_at, received_at, local_day, answers, content_form, content_hash, standing, commented) ",
    );
    query.push_values(group, |mut row, item| {
        let (response, place) = (&item.response, &item.place);
        let question = |nth: usize| response.answers.get(nth).map_or(response.id.0, |answer| answer.question.0);
        let answers = format!(
            r#"[["{}",{{"face":5}}],["{}",{{"nps":9}}],["{}",{{"choice":["sound"]}}]]"#,
            question(0),
            question(1),
            question(2)
        );
        row.push_bind(response.id.0)
            .push_bind(response.survey_version.0)
            .push_bind(response.event.map(|event| event.0));
        row.push_bind("kiosk")
            .push_bind("fi")
            .push_bind(None::<String>)
            .push_bind(false)
            .push_bind("done")
            .push_bind(false);
        row.push_bind(response.timing.answered_at).push_bind(response.timing.offset_ms).push_bind(None::<i64>);
        row.push_bind(response.timing.duration_ms).push_bind(response.pairing.map(|pairing| pairing.0));
        row.push_bind(place.venue.0)
            .push_bind(place.kiosk.map(|kiosk| kiosk.0))
            .push_bind(place.event.map(|event| event.0));
        row.push_bind("kiosk").push_bind(place.production.map(|production| production.0));
        row.push_bind(place.corrected_at).push_bind(place.received_at).push_bind(place.local_day.0);
        row.push_bind(answers).push_bind(item.content.form).push_bind(item.content.hash.to_vec());
        row.push_bind(0_i16).push_bind(response.answers.len() > 3);
    });
    query
}

fn comments(commented: &[&NewResponse]) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("INSERT INTO comments (response, question, text) ");
    query.push_values(commented, |mut row, item| {
        let question = item.response.answers.last().map(|answer| answer.question.0);
        row.push_bind(item.response.id.0)
            .push_bind(question)
            .push_bind("Ilta numero 123456 oli hieno, kiitos koko väelle!");
    });
    query
}
