//! Tallies: reading the sums, and proving them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    event::Subject,
    id::{EventId, VenueId},
    tally::{Cell, Columns, Tally},
    time::{LocalDay, LocalMonth},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Db, recount};
use crate::{
    StoreError,
    tallies::{DayCount, Difference, Tallies},
};

#[async_trait]
impl Tallies for Backend {
    async fn tally(&self, subject: Subject, day: Option<LocalDay>) -> Result<Tally, StoreError> {
        let rows: Vec<CellRow> = sqlx::query_as(
            "SELECT survey_version, question, value, standing, dimension, member, count FROM tallies
             WHERE subject = $1 AND ($2 IS NULL OR local_day = $2)",
        )
        .bind(subject.id())
        .bind(day.map(|day| day.0))
        .fetch_all(self.reader())
        .await?;
        read(rows)
    }

    async fn tally_of_months(&self, owner_id: Uuid, from: LocalMonth, until: LocalMonth) -> Result<Tally, StoreError> {
        // Summed here, because every row that leaves the database costs more than adding it up there.
        let rows: Vec<CellRow> = sqlx::query_as(
            "SELECT survey_version, question, value, standing, dimension, member, CAST(sum(count) AS BIGINT) AS count
             FROM period_tallies WHERE whose = $1 AND month BETWEEN $2 AND $3
             GROUP BY survey_version, question, value, standing, dimension, member",
        )
        .bind(owner_id)
        .bind(from.0)
        .bind(until.0)
        .fetch_all(self.reader())
        .await?;
        read(rows)
    }

    async fn counted(&self, events: &[EventId]) -> Result<BTreeMap<EventId, u64>, StoreError> {
        let mut query =
            QueryBuilder::<Db>::new("SELECT subject, CAST(sum(count) AS BIGINT) FROM tallies WHERE subject IN (NULL");
        for event in events {
            query.push(", ").push_bind(event.0);
        }
        query.push(") AND value = 'responses' AND standing = 0 AND dimension = 0 GROUP BY subject");
        let rows: Vec<(Uuid, i64)> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        Ok(rows.into_iter().map(|(event, n)| (EventId(event), u64::try_from(n).unwrap_or(0))).collect())
    }

    async fn days(&self, venue: VenueId, from: LocalDay, limit: u32) -> Result<Vec<DayCount>, StoreError> {
        // In the order of the primary key, backwards: it is left as soon as there are enough days.
        let rows: Vec<(i32, i64, i64)> = sqlx::query_as(
            "SELECT local_day, CAST(sum(CASE standing WHEN 0 THEN count ELSE 0 END) AS BIGINT),
             CAST(sum(CASE standing WHEN 0 THEN 0 ELSE count END) AS BIGINT)
             FROM tallies WHERE subject = $1 AND local_day >= $2 AND value = 'responses' AND dimension = 0
             GROUP BY local_day ORDER BY local_day DESC LIMIT $3",
        )
        .bind(venue.0)
        .bind(from.0)
        .bind(i64::from(limit))
        .fetch_all(self.reader())
        .await?;
        let many = |n: i64| u64::try_from(n).unwrap_or(0);
        let days = rows.into_iter();
        Ok(days
            .map(|(day, counted, aside)| DayCount { day: LocalDay(day), counted: many(counted), aside: many(aside) })
            .collect())
    }

    async fn recount(&self, fix: bool) -> Result<Vec<Difference>, StoreError> {
        recount::recount(self, fix).await
    }
}

#[derive(sqlx::FromRow)]
struct CellRow {
    survey_version: Uuid,
    question: Uuid,
    value: String,
    standing: i16,
    dimension: i16,
    member: String,
    count: i64,
}

fn read(rows: Vec<CellRow>) -> Result<Tally, StoreError> {
    rows.into_iter()
        .map(|row| {
            let CellRow { survey_version, question, value, standing, dimension, member, count } = row;
            let cell = Cell::try_from(Columns { survey_version, question, value, standing, dimension, member });
            Ok((cell.map_err(|error| StoreError::Unreadable(error.to_string()))?, count))
        })
        .collect()
}
