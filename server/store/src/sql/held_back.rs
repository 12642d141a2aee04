//! Responses that are not shown yet, because staff have chosen to see numbers later (`crate::live_view`).

use std::collections::HashMap;

use domain::{
    event::Subject,
    flag::{Flag, Standing},
    id::EventId,
    time::{LocalDay, Millis},
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Connection, Db, response_rows, scope::Scoped};
use crate::{
    StoreError,
    responses::StoredResponse,
    rows::{self, ResponseRow},
    scope::push_list,
};

/// So many ids stand in one statement.
const IDS: usize = 500;

impl Scoped {
    /// Those of events.
    pub(super) async fn held_back_of_events(
        &self,
        connection: &mut Connection,
        events: &[EventId],
    ) -> Result<Vec<StoredResponse>, StoreError> {
        let mut held = Vec::new();
        for events in events.chunks(IDS) {
            let subjects: Vec<Uuid> = events.iter().map(|event| event.0).collect();
            let mut ids = Vec::new();
            if let Some(until) = self.view.delay.shown_until(self.view.now) {
                ids = self.newer_than(connection, &subjects, until).await?;
            } else {
                for event in self.that_take_answers(connection, &subjects).await? {
                    ids.extend(self.newest(connection, event, None).await?);
                }
            }
            held.extend(responses(connection, &ids).await?);
        }
        Ok(held)
    }

    /// Those of a venue outside its events: on one day, or on any.
    pub(super) async fn held_back_of_venue(
        &self,
        connection: &mut Connection,
        venue: Uuid,
        day: Option<LocalDay>,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        let ids = match self.view.delay.shown_until(self.view.now) {
            Some(until) => self.newer_than(connection, &[venue], until).await?,
            None if day.is_some_and(|day| self.view.is_over(day)) => Vec::new(),
            None => self.newest(connection, venue, day).await?,
        };
        let mut held = responses(connection, &ids).await?;
        held.retain(|response| day.is_none_or(|day| response.place.local_day == day));
        Ok(held)
    }

    /// Those of a subject.
    pub(super) async fn held_back(
        &self,
        connection: &mut Connection,
        subject: Subject,
        day: Option<LocalDay>,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        match subject {
            Subject::Event(event) => self.held_back_of_events(connection, &[event]).await,
            Subject::Venue(venue) => self.held_back_of_venue(connection, venue.0, day).await,
        }
    }

    /// What arrived, or was changed, after an instant.
    async fn newer_than(
        &self,
        connection: &mut Connection,
        subjects: &[Uuid],
        until: Millis,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("");
        for (nth, newer) in ["received_at > ", "revision > 1 AND answered_at > "].into_iter().enumerate() {
            query.push(if nth == 0 { "" } else { " UNION " });
            query.push("SELECT id FROM responses WHERE subject IN ");
            push_list(&mut query, subjects.iter().copied());
            query.push(" AND ").push(newer).push_bind(until);
            self.scope.narrow(&mut query, "venue");
        }
        Ok(query.build_query_scalar().persistent(false).fetch_all(connection).await?)
    }

    /// The newest of a subject that make no step yet: of those that count, and of those that do not.
    async fn newest(
        &self,
        connection: &mut Connection,
        subject: Uuid,
        day: Option<LocalDay>,
    ) -> Result<Vec<Uuid>, StoreError> {
        let mut newest: Vec<Uuid> = Vec::new();
        for standing in [Standing::Counted, Standing::SetAside] {
            let n = tallied(connection, subject, day, standing).await?;
            let kept_back = i64::try_from(self.view.delay.kept_back(n)).unwrap_or(i64::MAX);
            if kept_back == 0 {
                continue;
            }
            let mut query = QueryBuilder::<Db>::new("SELECT id FROM responses WHERE subject = ");
            query.push_bind(subject).push(" AND standing = ").push_bind(standing.code());
            if let Some(day) = day {
                query.push(" AND local_day = ").push_bind(day.0);
            }
            self.scope.narrow(&mut query, "venue");
            query.push(" ORDER BY received_at DESC, id DESC LIMIT ").push_bind(kept_back);
            newest.extend(query.build_query_scalar::<Uuid>().persistent(false).fetch_all(&mut *connection).await?);
        }
        Ok(newest)
    }

    /// The events among these whose answer window is still open, or to come.
    async fn that_take_answers(&self, connection: &mut Connection, events: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT id FROM events WHERE id IN ");
        push_list(&mut query, events.iter().copied());
        query.push(" AND window_until >= ").push_bind(self.view.now);
        Ok(query.build_query_scalar().persistent(false).fetch_all(connection).await?)
    }
}

/// How many are tallied.
async fn tallied(
    connection: &mut Connection,
    subject: Uuid,
    day: Option<LocalDay>,
    standing: Standing,
) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM tallies WHERE value = 'responses' AND dimension = 0 AND subject = ",
    );
    query.push_bind(subject).push(" AND standing = ").push_bind(standing.code());
    if let Some(day) = day {
        query.push(" AND local_day = ").push_bind(day.0);
    }
    let n: i64 = query.build_query_scalar().persistent(false).fetch_one(connection).await?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// Responses with the doubts that stand.
async fn responses(connection: &mut Connection, ids: &[Uuid]) -> Result<Vec<StoredResponse>, StoreError> {
    let mut responses = Vec::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        let mut query =
            QueryBuilder::<Db>::new("SELECT response, flag FROM flags WHERE lifted_at IS NULL AND response IN ");
        push_list(&mut query, ids.iter().copied());
        query.push(" ORDER BY flag");
        let words: Vec<(Uuid, String)> = query.build_query_as().persistent(false).fetch_all(&mut *connection).await?;
        let mut flags: HashMap<Uuid, Vec<Flag>> = HashMap::new();
        for (response, word) in words {
            flags.entry(response).or_default().push(response_rows::flag(&word)?);
        }
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(rows::RESPONSES.list()).push(" FROM responses WHERE id IN ");
        push_list(&mut query, ids.iter().copied());
        let rows: Vec<ResponseRow> = query.build_query_as().persistent(false).fetch_all(&mut *connection).await?;
        for row in rows {
            let flags = flags.remove(&row.id).unwrap_or_default();
            responses.push(row.read(flags)?);
        }
    }
    Ok(responses)
}
