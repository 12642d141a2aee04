//! The audit log.

use async_trait::async_trait;
use domain::time::{DAY, Millis};
use sqlx::QueryBuilder;

use super::{Backend, Db, scope::Scoped, write_tx::WriteTx};
use crate::{
    StoreError,
    audit::{Actor, Audit, AuditQuery, Entry, Kind, Logged, StaffAudit, Verb},
};

/// So many rows are written in one statement.
const STATEMENT: usize = 200;
/// So much is forgotten in one transaction.
const PIECE: i64 = 1_000;
/// A month is at most so long: nothing is forgotten too early.
const MONTH: Millis = 31 * DAY;

impl WriteTx<'_> {
    /// Writes down what this transaction does, in the name of whoever it belongs to.
    pub(super) async fn record(&mut self, entry: Entry) -> Result<(), StoreError> {
        self.record_all([entry]).await
    }

    /// Writes down all that this transaction does, in as few statements as may be.
    pub(super) async fn record_all(
        &mut self,
        entries: impl IntoIterator<Item = Entry> + Send,
    ) -> Result<(), StoreError> {
        let mut written = Vec::new();
        for entry in entries {
            written.extend(entry.written()?);
        }
        let author = self.author().clone();
        let (user, name) = match &author.actor {
            Actor::User(user) => (Some(user.0), ""),
            Actor::Token(name) => (None, name.as_str()),
            Actor::CommandLine | Actor::Program => (None, ""),
        };
        let known = sqlx::query_scalar("SELECT email FROM users WHERE id = $1").bind(user);
        let email: Option<String> = if user.is_some() { known.fetch_optional(self.connection()).await? } else { None };
        let name = email.unwrap_or_else(|| name.to_owned());
        for piece in written.chunks(STATEMENT) {
            let mut query = QueryBuilder::<Db>::new(
                "INSERT INTO audit_log
                 (at, actor, actor_id, actor_name, verb, kind, subject, subject_name, before, after) ",
            );
            query.push_values(piece, |mut row, entry| {
                row.push_bind(author.at).push_bind(author.actor.as_str()).push_bind(user).push_bind(name.clone());
                row.push_bind(entry.verb).push_bind(entry.kind);
                row.push_bind(entry.subject.clone()).push_bind(entry.name.clone());
                row.push_bind(entry.before.clone()).push_bind(entry.after.clone());
            });
            query.build().persistent(piece.len() == 1).execute(self.connection()).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Audit for Backend {
    async fn forget_audit(&self, now: Millis) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let mut tx = self.write().await?;
            let done = sqlx::query(
                "DELETE FROM audit_log WHERE nth IN (SELECT nth FROM audit_log
                 WHERE at < $1 - $2 * (SELECT audit_months FROM organisation WHERE id = 1) ORDER BY at LIMIT $3)",
            )
            .bind(now)
            .bind(MONTH)
            .bind(PIECE)
            .execute(tx.connection())
            .await?;
            tx.commit_piece().await?;
            if done.rows_affected() == 0 {
                return Ok(forgotten);
            }
            forgotten += done.rows_affected();
        }
    }
}

#[async_trait]
impl StaffAudit for Scoped {
    async fn record(&self, entry: Entry) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        tx.record(entry).await?;
        tx.commit().await
    }

    async fn audit_log(&self, query: &AuditQuery, skip: u64, limit: u32) -> Result<Vec<Logged>, StoreError> {
        let mut sql = QueryBuilder::<Db>::new("SELECT * FROM audit_log");
        self.search(&mut sql, query);
        sql.push(" ORDER BY nth DESC LIMIT ").push_bind(i64::from(limit));
        sql.push(" OFFSET ").push_bind(i64::try_from(skip).unwrap_or(i64::MAX));
        let rows: Vec<Row> = sql.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        rows.into_iter().map(Logged::try_from).collect()
    }

    async fn audit_count(&self, query: &AuditQuery) -> Result<u64, StoreError> {
        let mut sql = QueryBuilder::<Db>::new("SELECT count(*) FROM audit_log");
        self.search(&mut sql, query);
        let count: i64 = sql.build_query_scalar().persistent(false).fetch_one(self.reader()).await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    async fn audit_actors(&self) -> Result<Vec<String>, StoreError> {
        if !self.scope.is_everything() {
            return Ok(Vec::new());
        }
        let names = sqlx::query_scalar(
            "SELECT DISTINCT CASE WHEN actor_name = '' THEN actor ELSE actor_name END AS name FROM audit_log ORDER BY name",
        );
        Ok(names.fetch_all(self.reader()).await?)
    }

    async fn audit_months(&self) -> Result<u32, StoreError> {
        let months: Option<i32> = sqlx::query_scalar("SELECT audit_months FROM organisation WHERE id = 1")
            .fetch_optional(self.reader())
            .await?;
        Ok(months.and_then(|months| u32::try_from(months).ok()).unwrap_or(0))
    }

    async fn keep_audit_for(&self, months: u32) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let before = self.audit_months().await?;
        let mut tx = self.write().await?;
        sqlx::query("UPDATE organisation SET audit_months = $1 WHERE id = 1")
            .bind(i32::try_from(months).unwrap_or(i32::MAX))
            .execute(tx.connection())
            .await?;
        let kept = |months: u32| serde_json::json!({ "months": months });
        tx.record(Entry::changed(Kind::Log, "", &kept(before), &kept(months))).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl Scoped {
    fn search(&self, sql: &mut QueryBuilder<Db>, query: &AuditQuery) {
        let AuditQuery { who, verb, kind, from, until } = query;
        sql.push(if self.scope.is_everything() { " WHERE 1 = 1" } else { " WHERE 1 = 0" });
        if let Some(who) = who {
            sql.push(" AND (actor_name = ").push_bind(who.clone());
            sql.push(" OR actor_name = '' AND actor = ").push_bind(who.clone()).push(")");
        }
        if let Some(verb) = verb {
            sql.push(" AND verb = ").push_bind(verb.as_str());
        }
        if let Some(kind) = kind {
            sql.push(" AND kind = ").push_bind(kind.as_str());
        }
        if let Some(from) = from {
            sql.push(" AND at >= ").push_bind(*from);
        }
        if let Some(until) = until {
            sql.push(" AND at < ").push_bind(*until);
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    nth: i64,
    at: Millis,
    actor: String,
    actor_name: String,
    verb: String,
    kind: String,
    subject: String,
    subject_name: String,
    before: Option<String>,
    after: Option<String>,
}

impl TryFrom<Row> for Logged {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let Row { nth, at, actor, actor_name, verb, kind, subject, subject_name, before, after } = row;
        let verb = Verb::from_name(&verb).ok_or_else(|| StoreError::unknown_word("verb", &verb))?;
        let kind = Kind::from_name(&kind).ok_or_else(|| StoreError::unknown_word("kind", &kind))?;
        Ok(Self { nth, at, actor, actor_name, verb, kind, subject, subject_name, before, after })
    }
}
