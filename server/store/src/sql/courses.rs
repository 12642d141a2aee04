//! Courses: what arrived at their meetings, and what is shown of it.

use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;
use domain::{
    course::{Arrived, Course, PooledAnswer, Version},
    event::Event,
    id::{EventId, ProductionId, QuestionId, ResponseId},
    production::ProductionKind,
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, scope::Scoped};
use crate::{
    StoreError, answers,
    comments::Comment,
    courses::{Courses, StaffCourses},
    scope::push_list,
};

/// So many ids stand in one statement.
const IDS: usize = 500;

#[async_trait]
impl Courses for Backend {
    async fn courses(&self) -> Result<Vec<ProductionId>, StoreError> {
        let ids: Vec<Uuid> = sqlx::query_scalar("SELECT id FROM productions WHERE kind = $1 ORDER BY id")
            .bind(ProductionKind::Course.as_str())
            .fetch_all(self.reader())
            .await?;
        Ok(ids.into_iter().map(ProductionId).collect())
    }

    async fn shown_of_course(&self, production: ProductionId) -> Result<Course, StoreError> {
        Ok(shown(&mut *self.reader().acquire().await?, production).await?.unwrap_or_default())
    }

    async fn arrived_in_course(&self, production: ProductionId, until: Millis) -> Result<Vec<Arrived>, StoreError> {
        let rows: Vec<(Uuid, i32, Uuid)> = sqlx::query_as(
            "SELECT id, revision, subject FROM responses
             WHERE subject IN (SELECT id FROM events WHERE production = $1) AND standing = 0 AND received_at <= $2
             ORDER BY received_at, id",
        )
        .bind(production.0)
        .bind(until)
        .fetch_all(self.reader())
        .await?;
        let arrived = rows.into_iter().map(|(response, revision, meeting)| Arrived {
            answer: Version { response: ResponseId(response), revision },
            meeting: EventId(meeting),
        });
        Ok(arrived.collect())
    }

    async fn answers_in_course(&self, arrived: &[Arrived]) -> Result<Vec<PooledAnswer>, StoreError> {
        let mut said: HashMap<Version, String> = HashMap::new();
        for piece in arrived.chunks(IDS) {
            let mut query = QueryBuilder::<Db>::new("SELECT id, revision, answers FROM responses WHERE id IN ");
            push_list(&mut query, piece.iter().map(|one| one.answer.response.0));
            let rows: Vec<(Uuid, i32, String)> =
                query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
            let rows = rows.into_iter();
            said.extend(rows.map(|(id, revision, said)| (Version { response: ResponseId(id), revision }, said)));
        }
        let read = |one: &Arrived| {
            let said = said.get(&one.answer)?;
            Some(answers::from_json(said).map(|answers| PooledAnswer { arrived: *one, answers }))
        };
        arrived.iter().filter_map(read).collect()
    }

    async fn show_course(&self, production: ProductionId, before: &Course, next: &Course) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let shown = sqlx::query(
            "INSERT INTO courses (production, step, told) VALUES ($1, $2, $3)
             ON CONFLICT (production) DO UPDATE SET step = excluded.step, told = excluded.told WHERE courses.step = $4",
        )
        .bind(production.0)
        .bind(i64::from(next.steps().count()))
        .bind(serde_json::to_string(next)?)
        .bind(i64::from(before.steps().count()))
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(shown.rows_affected() > 0)
    }
}

#[async_trait]
impl StaffCourses for Scoped {
    async fn course_of(&self, event: EventId) -> Result<Option<ProductionId>, StoreError> {
        Ok(self.courses_of(&[event]).await?.first().map(|(_, production)| *production))
    }

    async fn courses_of(&self, events: &[EventId]) -> Result<Vec<(EventId, ProductionId)>, StoreError> {
        let mut found = Vec::new();
        for events in events.chunks(IDS) {
            let mut query = QueryBuilder::<Db>::new(
                "SELECT events.id, events.production FROM events JOIN productions ON productions.id = events.production
                 WHERE productions.kind = ",
            );
            query.push_bind(ProductionKind::Course.as_str()).push(" AND events.id IN ");
            push_list(&mut query, events.iter().map(|event| event.0));
            self.scope.narrow(&mut query, "events.venue");
            let rows: Vec<(Uuid, Uuid)> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
            found.extend(rows.into_iter().map(|(event, production)| (EventId(event), ProductionId(production))));
        }
        Ok(found)
    }

    async fn course(&self, production: ProductionId) -> Result<Option<Course>, StoreError> {
        if !self.sees_course(production).await? {
            return Ok(None);
        }
        Ok(Some(shown(&mut *self.reader().acquire().await?, production).await?.unwrap_or_default()))
    }

    async fn course_comments(&self, production: ProductionId, limit: u32) -> Result<Vec<Comment>, StoreError> {
        let Some(course) = StaffCourses::course(self, production).await? else { return Ok(Vec::new()) };
        let shown: BTreeSet<Version> = course.steps().shown();
        let ids: Vec<Uuid> = shown.iter().map(|answer| answer.response.0).collect();
        let mut rows: Vec<CommentRow> = Vec::new();
        for ids in ids.chunks(IDS) {
            let mut query = QueryBuilder::<Db>::new(
                "SELECT responses.id, received_at, revision, question, lang, text, may_quote, shortened FROM responses
                 JOIN comments ON comments.response = responses.id WHERE standing = 0 AND text <> '' AND responses.id IN ",
            );
            push_list(&mut query, ids.iter().copied());
            query.push(" ORDER BY received_at DESC, responses.id DESC LIMIT ").push_bind(i64::from(limit));
            rows.extend(
                query
                    .build_query_as::<CommentRow>()
                    .persistent(false)
                    .fetch_all(self.reader())
                    .await?
                    .into_iter()
                    .filter(|row| shown.contains(&Version { response: ResponseId(row.id), revision: row.revision })),
            );
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.received_at, row.id)));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        rows.into_iter().map(Comment::try_from).collect()
    }

    async fn events_of(&self, production: ProductionId) -> Result<Vec<Event>, StoreError> {
        let mut query = QueryBuilder::new("SELECT * FROM events WHERE production = ");
        query.push_bind(production.0);
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY starts_at, id");
        self.backend.read_events(query, &self.scope).await
    }
}

impl Scoped {
    /// Whether a production is a course with no meeting that the reader may not see: its sum would tell of that one.
    async fn sees_course(&self, production: ProductionId) -> Result<bool, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT count(*) FROM productions WHERE id = ");
        query.push_bind(production.0).push(" AND kind = ").push_bind(ProductionKind::Course.as_str());
        if !self.scope.is_everything() {
            query.push(" AND EXISTS (SELECT 1 FROM events WHERE production = ").push_bind(production.0);
            self.scope.narrow(&mut query, "venue");
            query.push(") AND (SELECT count(*) FROM events WHERE production = ").push_bind(production.0);
            query.push(") = (SELECT count(*) FROM events WHERE production = ").push_bind(production.0);
            self.scope.narrow(&mut query, "venue");
            query.push(")");
        }
        let n: i64 = query.build_query_scalar().persistent(false).fetch_one(self.reader()).await?;
        Ok(n > 0)
    }
}

async fn shown(connection: &mut Connection, production: ProductionId) -> Result<Option<Course>, StoreError> {
    let told: Option<String> = sqlx::query_scalar("SELECT told FROM courses WHERE production = $1")
        .bind(production.0)
        .fetch_optional(connection)
        .await?;
    told.map(|told| Ok(serde_json::from_str(&told)?)).transpose()
}

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: Uuid,
    received_at: Millis,
    revision: i32,
    question: Uuid,
    lang: String,
    text: String,
    may_quote: bool,
    shortened: bool,
}

impl TryFrom<CommentRow> for Comment {
    type Error = StoreError;

    fn try_from(row: CommentRow) -> Result<Self, StoreError> {
        let lang = row.lang.parse().map_err(|_| StoreError::unknown_word("language", &row.lang))?;
        Ok(Self {
            question: QuestionId(row.question),
            lang,
            face: None,
            text: row.text,
            may_quote: row.may_quote,
            is_shortened: row.shortened,
        })
    }
}
