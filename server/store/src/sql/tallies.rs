//! Tallies: reading the sums, and proving them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{
    event::Subject,
    flag::Standing,
    id::{EventId, VenueId},
    tally::Tally,
    time::{LocalDay, LocalMonth},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, recount, scope::Scoped};
use crate::{
    Scope, StoreError,
    responses::StoredResponse,
    rows::CellRow,
    scope::push_list,
    tallies::{DayCount, Difference, MonthsOf, StaffTallies, Tallies},
};

/// So many ids stand in one statement: databases allow some ten thousand values.
const IDS: usize = 1_000;
/// So many venues stand in one statement: SQLite joins at most 500 parts.
const PARTS: usize = 250;

#[async_trait]
impl Tallies for Backend {
    async fn recount(&self, fix: bool) -> Result<Vec<Difference>, StoreError> {
        recount::recount(self, fix).await
    }
}

#[async_trait]
impl StaffTallies for Scoped {
    async fn tally(&self, subject: Subject, day: Option<LocalDay>) -> Result<Tally, StoreError> {
        if self.view.is_everything() {
            return self.tally_of(&mut *self.reader().acquire().await?, subject, day).await;
        }
        // One moment: else a response would be taken out of a sum that it is not part of.
        let mut moment = self.backend.snapshot().await?;
        let mut tally = self.tally_of(&mut moment, subject, day).await?;
        for held in self.held_back(&mut moment, subject, day).await? {
            take_out(&mut tally, &held);
        }
        Ok(tally)
    }

    async fn tallies(&self, events: &[EventId]) -> Result<BTreeMap<EventId, Tally>, StoreError> {
        if self.view.is_everything() {
            return self.tallies_of(&mut *self.reader().acquire().await?, events).await;
        }
        let mut moment = self.backend.snapshot().await?;
        let mut tallies = self.tallies_of(&mut moment, events).await?;
        for held in self.held_back_of_events(&mut moment, events).await? {
            if let Some(tally) = held.place.event.and_then(|event| tallies.get_mut(&event)) {
                take_out(tally, &held);
            }
        }
        tallies.retain(|_, tally| !tally.is_empty());
        Ok(tallies)
    }

    async fn tally_of_months(&self, of: MonthsOf, from: LocalMonth, until: LocalMonth) -> Result<Tally, StoreError> {
        // Summed here, because every row that leaves the database costs more than adding it up there.
        let key = CellRow::key();
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(&key).push(", CAST(sum(count) AS BIGINT) AS count FROM period_tallies WHERE month BETWEEN ");
        query.push_bind(from.0).push(" AND ").push_bind(until.0).push(" AND whose = ");
        match of {
            MonthsOf::Venue(venue) => {
                query.push_bind(venue.0);
                self.scope.narrow(&mut query, "whose");
            }
            MonthsOf::Production(production) => {
                query.push_bind(production.0);
                if let Scope::Venues(venues) = &self.scope {
                    query.push(" AND NOT EXISTS (SELECT 1 FROM events WHERE production = ").push_bind(production.0);
                    query.push(" AND NOT coalesce(venue IN ");
                    push_list(&mut query, venues.iter().map(|venue| venue.0));
                    query.push(", FALSE))");
                }
            }
        }
        query.push(" GROUP BY ").push(key);
        let rows: Vec<CellRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(CellRow::read).collect()
    }

    async fn counted(&self, events: &[EventId]) -> Result<BTreeMap<EventId, u64>, StoreError> {
        if self.view.is_everything() {
            return self.counted_of(&mut *self.reader().acquire().await?, events).await;
        }
        let mut moment = self.backend.snapshot().await?;
        let mut counted = self.counted_of(&mut moment, events).await?;
        for held in self.held_back_of_events(&mut moment, events).await?.iter().filter(|held| counts(held)) {
            if let Some(n) = held.place.event.and_then(|event| counted.get_mut(&event)) {
                *n = n.saturating_sub(1);
            }
        }
        Ok(counted)
    }

    async fn days(&self, venues: &[(VenueId, LocalDay)], limit: u32) -> Result<Vec<DayCount>, StoreError> {
        if self.view.is_everything() {
            return self.days_of(&mut *self.reader().acquire().await?, venues, limit).await;
        }
        let mut moment = self.backend.snapshot().await?;
        let mut days = self.days_of(&mut moment, venues, limit).await?;
        for day in days.iter_mut().filter(|day| !self.view.is_over(day.day)) {
            for held in self.held_back_of_venue(&mut moment, day.venue.0, Some(day.day)).await? {
                let n = if counts(&held) { &mut day.counted } else { &mut day.aside };
                *n = n.saturating_sub(1);
            }
        }
        // That somebody has answered is told with the answer.
        days.retain(|day| day.counted + day.aside > 0);
        Ok(days)
    }
}

fn counts(held: &StoredResponse) -> bool {
    Standing::from_flags(&held.flags) == Standing::Counted
}

fn take_out(tally: &mut Tally, held: &StoredResponse) {
    tally.count(&held.response, &held.flags, held.place.slot(), -1);
}

impl Scoped {
    async fn tally_of(
        &self,
        connection: &mut Connection,
        subject: Subject,
        day: Option<LocalDay>,
    ) -> Result<Tally, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(CellRow::key()).push(", count FROM tallies WHERE subject = ").push_bind(subject.id());
        if let Some(day) = day {
            query.push(" AND local_day = ").push_bind(day.0);
        }
        self.scope.narrow_subject(&mut query, "subject");
        let rows: Vec<CellRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(connection).await?;
        rows.into_iter().map(CellRow::read).collect()
    }

    async fn tallies_of(
        &self,
        connection: &mut Connection,
        events: &[EventId],
    ) -> Result<BTreeMap<EventId, Tally>, StoreError> {
        let mut tallies: BTreeMap<EventId, Tally> = BTreeMap::new();
        for events in events.chunks(IDS) {
            let mut query = QueryBuilder::<Db>::new("SELECT subject, ");
            query.push(CellRow::key()).push(", count FROM tallies WHERE subject IN ");
            push_list(&mut query, events.iter().map(|event| event.0));
            self.scope.narrow_subject(&mut query, "subject");
            let rows: Vec<SubjectRow> = query.build_query_as().persistent(false).fetch_all(&mut *connection).await?;
            for SubjectRow { subject, cell } in rows {
                let (cell, count) = cell.read()?;
                tallies.entry(EventId(subject)).or_default().add(cell, count);
            }
        }
        Ok(tallies)
    }

    async fn counted_of(
        &self,
        connection: &mut Connection,
        events: &[EventId],
    ) -> Result<BTreeMap<EventId, u64>, StoreError> {
        let mut counted = BTreeMap::new();
        for events in events.chunks(IDS) {
            let mut query =
                QueryBuilder::<Db>::new("SELECT subject, CAST(sum(count) AS BIGINT) FROM tallies WHERE subject IN ");
            push_list(&mut query, events.iter().map(|event| event.0));
            self.scope.narrow_subject(&mut query, "subject");
            query.push(" AND value = 'responses' AND standing = 0 AND dimension = 0 GROUP BY subject");
            let rows: Vec<(Uuid, i64)> = query.build_query_as().persistent(false).fetch_all(&mut *connection).await?;
            counted.extend(rows.into_iter().map(|(event, n)| (EventId(event), u64::try_from(n).unwrap_or(0))));
        }
        Ok(counted)
    }

    async fn days_of(
        &self,
        connection: &mut Connection,
        venues: &[(VenueId, LocalDay)],
        limit: u32,
    ) -> Result<Vec<DayCount>, StoreError> {
        let mut days = Vec::new();
        for venues in venues.chunks(PARTS) {
            let mut query = QueryBuilder::<Db>::new("");
            for (nth, (venue, from)) in venues.iter().enumerate() {
                // In the order of the primary key, backwards: it is left as soon as there are enough days.
                query.push(if nth == 0 { "" } else { " UNION ALL " });
                query.push(
                    "SELECT * FROM (SELECT subject, local_day,
                     CAST(sum(CASE standing WHEN 0 THEN count ELSE 0 END) AS BIGINT) AS counted,
                     CAST(sum(CASE standing WHEN 0 THEN 0 ELSE count END) AS BIGINT) AS aside
                     FROM tallies WHERE subject = ",
                );
                query.push_bind(venue.0).push(" AND local_day >= ").push_bind(from.0);
                self.scope.narrow(&mut query, "subject");
                query.push(
                    " AND value = 'responses' AND dimension = 0 GROUP BY subject, local_day
                     ORDER BY subject DESC, local_day DESC LIMIT ",
                );
                query.push_bind(i64::from(limit)).push(") AS days");
            }
            let rows: Vec<DayRow> = query.build_query_as().persistent(false).fetch_all(&mut *connection).await?;
            days.extend(rows.into_iter().map(DayCount::from));
        }
        // Stable: on one day in the order of the venues.
        days.sort_by_key(|count| std::cmp::Reverse(count.day));
        Ok(days)
    }
}

#[derive(sqlx::FromRow)]
struct DayRow {
    subject: Uuid,
    local_day: i32,
    counted: i64,
    aside: i64,
}

impl From<DayRow> for DayCount {
    fn from(row: DayRow) -> Self {
        let whole = |n: i64| u64::try_from(n).unwrap_or(0);
        let DayRow { subject, local_day, counted, aside } = row;
        Self { venue: VenueId(subject), day: LocalDay(local_day), counted: whole(counted), aside: whole(aside) }
    }
}

#[derive(sqlx::FromRow)]
struct SubjectRow {
    subject: Uuid,
    #[sqlx(flatten)]
    cell: CellRow,
}
