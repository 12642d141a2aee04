//! Judging: what is due, what is looked at, and the signs that follow.

use std::collections::{BTreeSet, HashSet};

use async_trait::async_trait;
use domain::{
    doubt::{
        observed::{Observed, Screen},
        source::SourceClass,
    },
    flag::{Flag, Standing},
    id::{ProductionId, QuestionId, ResponseId, SurveyVersionId, VenueId},
    response::Channel,
    time::{DAY, LocalDay, Millis},
};
use futures::TryStreamExt;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{
    Backend, Connection, Db, comments, insert_row::insert_row, response_rows, write_deltas::write_deltas,
    write_tx::WriteTx,
};
use crate::{
    StoreError, answers,
    changes::Change,
    doubt::{Doubts, Due, EarlierAnswers, NewSigns, PlaceAnswers, PlaceDay},
    rows::{self, CellRow, FlagRow},
    scope::push_list,
    tally_deltas::TallyDeltas,
};

/// How often a batch begins anew because somebody who stores responses got into its way.
const TRIES: u32 = 5;

#[async_trait]
impl Doubts for Backend {
    async fn due(&self, limit: u32) -> Result<Vec<Due>, StoreError> {
        let rows: Vec<(Uuid, i32, i64)> = sqlx::query_as(
            "SELECT place, local_day, revision FROM judgements WHERE judged < revision ORDER BY local_day, place LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(self.reader())
        .await?;
        Ok(rows
            .into_iter()
            .map(|(place, day, revision)| Due { at: PlaceDay { place, day: LocalDay(day) }, revision })
            .collect())
    }

    async fn begin(&self, due: Due) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let begun = begin_to_apply(tx.connection(), due).await?;
        tx.commit_piece().await?;
        Ok(begun)
    }

    async fn judged_at(&self, at: PlaceDay) -> Result<PlaceAnswers, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let flags: Vec<(Uuid, String, bool)> = sqlx::query_as(
            "SELECT response, flag, lifted_at IS NOT NULL FROM flags JOIN responses ON responses.id = flags.response
             WHERE coalesce(kiosk, event, venue) = $1 AND local_day = $2 ORDER BY flag",
        )
        .bind(at.place)
        .bind(at.day.0)
        .fetch_all(&mut *snapshot)
        .await?;
        let (mut found, mut decided) = (PlaceAnswers::default(), HashSet::new());
        for (response, word, is_lifted) in flags {
            let flag = response_rows::flag(&word)?;
            if is_lifted {
                decided.insert(response);
            } else {
                found.flags.entry(ResponseId(response)).or_default().push(flag);
            }
        }
        let mut rows = sqlx::query_as::<_, JudgedRow>(
            "SELECT id, survey_version, channel, demo, duration_ms, venue, production, corrected_at, clock_known,
             address_class, answers FROM responses WHERE coalesce(kiosk, event, venue) = $1 AND local_day = $2",
        )
        .bind(at.place)
        .bind(at.day.0)
        .fetch(&mut *snapshot);
        while let Some(row) = rows.try_next().await? {
            let venue = VenueId(row.venue);
            found.venue = Some(found.venue.map_or(venue, |other| other.min(venue)));
            found.productions.extend(row.production.map(ProductionId));
            found.surveys.insert(SurveyVersionId(row.survey_version));
            if !decided.contains(&row.id) {
                found.observed.extend(row.observed()?);
            }
        }
        Ok(found)
    }

    async fn earlier_answers(
        &self,
        productions: &[ProductionId],
        before: LocalDay,
    ) -> Result<Vec<EarlierAnswers>, StoreError> {
        if productions.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(CellRow::key()).push(", CAST(sum(count) AS BIGINT) AS count FROM tallies WHERE subject IN (SELECT id FROM events WHERE production IN ");
        push_list(&mut query, productions.iter().map(|production| production.0));
        query.push(") AND dimension = 0 AND standing = ").push_bind(Standing::Counted.code());
        query.push(" AND value LIKE '=%' AND local_day < ").push_bind(before.0).push(" GROUP BY ").push(CellRow::key());
        let cells: Vec<CellRow> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        let mut answers = Vec::with_capacity(cells.len());
        for cell in cells {
            let (cell, count) = cell.read()?;
            if let domain::tally::Counted::Value(QuestionId(question), value) = cell.counted {
                let count = u64::try_from(count).unwrap_or(0);
                answers.push(EarlierAnswers { question: QuestionId(question), value, count });
            }
        }
        Ok(answers)
    }

    async fn set_signs(&self, due: Due, signs: &[NewSigns], at: Millis) -> Result<bool, StoreError> {
        let mut tries = 1;
        loop {
            match self.try_to_set(due, signs, at).await {
                Err(error) if error.is_collision() && tries < TRIES => tries += 1,
                done => return done,
            }
        }
    }

    async fn finish(&self, due: Due, productions: &[ProductionId]) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let finished = sqlx::query(
            "UPDATE judgements SET judged = $3 WHERE place = $1 AND local_day = $2 AND applied <= $3 AND judged < $3",
        )
        .bind(due.at.place)
        .bind(due.at.day.0)
        .bind(due.revision)
        .execute(tx.connection())
        .await?;
        if finished.rows_affected() > 0 {
            make_later_due(tx.connection(), due.at.day, productions).await?;
        }
        tx.commit_piece().await
    }

    async fn places(&self, venue: Option<VenueId>) -> Result<Vec<PlaceDay>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT place, local_day FROM judgements");
        push_places_of(&mut query, venue);
        query.push(" ORDER BY local_day, place");
        let rows: Vec<(Uuid, i32)> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        Ok(rows.into_iter().map(|(place, day)| PlaceDay { place, day: LocalDay(day) }).collect())
    }

    async fn judge_again(&self, venue: Option<VenueId>) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        make_due(tx.connection(), venue).await?;
        tx.commit().await
    }
}

/// What judging looks at of a response, and no more: there may be 100,000 of them.
#[derive(sqlx::FromRow)]
struct JudgedRow {
    id: Uuid,
    survey_version: Uuid,
    channel: String,
    demo: bool,
    duration_ms: Option<Millis>,
    venue: Uuid,
    production: Option<Uuid>,
    corrected_at: Millis,
    clock_known: bool,
    address_class: i16,
    answers: String,
}

impl JudgedRow {
    fn observed(&self) -> Result<Option<Observed>, StoreError> {
        let channel =
            Channel::from_name(&self.channel).ok_or_else(|| StoreError::unknown_word("channel", &self.channel))?;
        let source = SourceClass::from_code(self.address_class)
            .ok_or_else(|| StoreError::unknown_word("class of an address", &self.address_class.to_string()))?;
        let Some(screen) = Screen::of(channel, self.demo) else { return Ok(None) };
        let at = self.clock_known.then_some(self.corrected_at);
        let id = ResponseId(self.id);
        Ok(Some(Observed::at_screen(screen, id, &answers::from_json(&self.answers)?, self.duration_ms, at, source)))
    }
}

/// Makes everything due that was answered at a venue, or anywhere.
pub(super) async fn make_due(connection: &mut Connection, venue: Option<VenueId>) -> Result<(), StoreError> {
    let mut query = QueryBuilder::<Db>::new("UPDATE judgements SET revision = revision + 1");
    push_places_of(&mut query, venue);
    query.build().persistent(false).execute(connection).await?;
    Ok(())
}

/// The places of a venue: itself, its events, and every tablet that was ever there.
fn push_places_of(query: &mut QueryBuilder<Db>, venue: Option<VenueId>) {
    let Some(venue) = venue else { return };
    query.push(" WHERE place IN (SELECT id FROM events WHERE venue = ").push_bind(venue.0);
    query.push(" UNION ALL SELECT kiosk FROM pairings WHERE venue = ").push_bind(venue.0);
    query.push(" UNION ALL SELECT id FROM venues WHERE id = ").push_bind(venue.0).push(")");
}

impl Backend {
    async fn try_to_set(&self, due: Due, signs: &[NewSigns], at: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let mut deltas = TallyDeltas::default();
        // In one order, so that two servers never wait for each other for ever.
        let signs: BTreeSet<(ResponseId, &[Flag])> = signs.iter().map(|new| (new.id, &new.signs[..])).collect();
        for (id, signs) in signs {
            replace_signs(&mut tx, id.0, signs, at, &mut deltas).await?;
        }
        write_deltas(tx.connection(), &deltas).await?;
        // Last, as whoever stores responses marks the place last.
        if !begin_to_apply(tx.connection(), due).await? {
            return Ok(false);
        }
        tx.commit_piece().await?;
        Ok(true)
    }
}

/// Whether nobody has begun to write what follows from a later revision; then this one has begun.
async fn begin_to_apply(connection: &mut Connection, due: Due) -> Result<bool, StoreError> {
    let begun = sqlx::query(
        "UPDATE judgements SET applied = $3 WHERE place = $1 AND local_day = $2 AND applied <= $3 AND judged < $3",
    )
    .bind(due.at.place)
    .bind(due.at.day.0)
    .bind(due.revision)
    .execute(connection)
    .await?;
    Ok(begun.rows_affected() > 0)
}

/// Puts signs in the place of those that a response carries. What staff have put back, or what is gone, stays.
async fn replace_signs(
    tx: &mut WriteTx<'_>,
    id: Uuid,
    signs: &[Flag],
    at: Millis,
    deltas: &mut TallyDeltas,
) -> Result<(), StoreError> {
    let Some(old) = response_rows::locked(tx.connection(), id).await? else { return Ok(()) };
    if is_decided(tx.connection(), id).await? {
        return Ok(());
    }
    let stored = old.stored;
    for flag in stored.flags.iter().filter(|flag| flag.is_weak() && !signs.contains(flag)) {
        sqlx::query("DELETE FROM flags WHERE response = $1 AND flag = $2 AND set_by IS NULL")
            .bind(id)
            .bind(flag.as_str())
            .execute(tx.connection())
            .await?;
    }
    for flag in signs.iter().filter(|flag| !stored.flags.contains(flag)) {
        let mut insert = insert_row(rows::FLAGS, FlagRow::new(id, *flag, at));
        insert.push(" ON CONFLICT (response, flag) DO NOTHING");
        insert.build().execute(tx.connection()).await?;
    }
    let flags = response_rows::flags(tx.connection(), id).await?;
    if flags == stored.flags {
        return Ok(());
    }
    let standing = Standing::from_flags(&flags);
    if standing == Standing::SetAside {
        comments::shorten(tx.connection(), &stored.response).await?;
    }
    deltas.count(&stored.response, &stored.place, &stored.flags, -1);
    sqlx::query("UPDATE responses SET standing = $2 WHERE id = $1")
        .bind(id)
        .bind(standing.code())
        .execute(tx.connection())
        .await?;
    deltas.count(&stored.response, &stored.place, &flags, 1);
    tx.announce(Change::of_response(&stored.place));
    Ok(())
}

/// Whether staff have put a response back.
async fn is_decided(connection: &mut Connection, id: Uuid) -> Result<bool, StoreError> {
    let lifted: i64 = sqlx::query_scalar("SELECT count(*) FROM flags WHERE lifted_at IS NOT NULL AND response = $1")
        .bind(id)
        .fetch_one(connection)
        .await?;
    Ok(lifted > 0)
}

/// What was answered on later days about these productions is judged against what counts now.
pub(super) async fn make_later_due(
    connection: &mut Connection,
    day: LocalDay,
    productions: &[ProductionId],
) -> Result<(), StoreError> {
    if productions.is_empty() {
        return Ok(());
    }
    // The days on which later events were answered, at their codes and at the tablets of their venues: some more than
    // it need be, so that not every response of those events is read while others wait to write.
    let later = |query: &mut QueryBuilder<Db>, what: &str| {
        query.push("(SELECT ").push(what).push(" FROM events AS later WHERE later.production IN ");
        push_list(query, productions.iter().map(|production| production.0));
        query.push(" AND later.starts_at > ").push_bind(day.midnight_utc() - 2 * DAY).push(")");
    };
    let mut query = QueryBuilder::<Db>::new("UPDATE judgements SET revision = revision + 1 WHERE local_day > ");
    query.push_bind(day.0).push(" AND local_day IN (SELECT local_day FROM tallies WHERE dimension = 0");
    query.push(" AND value = 'responses' AND subject IN ");
    later(&mut query, "later.id");
    query.push(") AND (place IN ");
    later(&mut query, "later.id");
    query.push(" OR place IN (SELECT kiosk FROM pairings WHERE venue IN ");
    later(&mut query, "later.venue");
    query.push("))");
    query.build().persistent(false).execute(connection).await?;
    Ok(())
}
