//! Reading responses back, by id.

use std::collections::HashMap;

use domain::flag::Flag;
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

use super::{Connection, Db, FOR_UPDATE};
use crate::{
    StoreError,
    responses::{Page, StoredResponse},
    rows::{self, ResponseRow},
};

/// Responses in the order of their ids, after `after`, at most `limit`.
pub(super) async fn page(connection: &mut Connection, after: Option<Uuid>, limit: u32) -> Result<Page, StoreError> {
    let after = after.unwrap_or_default();
    // Names that the program itself chose, no data.
    let sql =
        AssertSqlSafe(format!("SELECT {} FROM responses WHERE id > $1 ORDER BY id LIMIT $2", rows::RESPONSES.list()));
    let rows: Vec<ResponseRow> =
        sqlx::query_as(sql).bind(after).bind(i64::from(limit)).fetch_all(&mut *connection).await?;
    let Some(last) = rows.last().map(|row| row.id) else { return Ok(Page::default()) };
    let flags: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT response, flag FROM flags WHERE response > $1 AND response <= $2 AND lifted_at IS NULL ORDER BY flag",
    )
    .bind(after)
    .bind(last)
    .fetch_all(&mut *connection)
    .await?;
    let mut by_response: HashMap<Uuid, Vec<Flag>> = HashMap::new();
    for (response, word) in flags {
        by_response.entry(response).or_default().push(flag(&word)?);
    }
    let full = u32::try_from(rows.len()).is_ok_and(|found| found >= limit);
    let responses = rows.into_iter().map(|row| {
        let flags = by_response.remove(&row.id).unwrap_or_default();
        row.read(flags)
    });
    Ok(Page { responses: responses.collect::<Result<_, _>>()?, next: full.then_some(last) })
}

/// One response as it is now, kept for the writer who asks until its transaction ends.
pub(super) async fn locked(connection: &mut Connection, id: Uuid) -> Result<Option<Locked>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    query.push(rows::RESPONSES.list()).push(" FROM responses WHERE id = ").push_bind(id).push(FOR_UPDATE);
    let row: Option<ResponseRow> = query.build_query_as().fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let (content_form, content_hash) = (row.content_form, row.content_hash.clone());
    let flags = flags(connection, id).await?;
    Ok(Some(Locked { stored: row.read(flags)?, content_form, content_hash }))
}

/// A response that nobody else changes for now.
pub(super) struct Locked {
    /// what it says
    pub(super) stored: StoredResponse,
    /// the form that was hashed
    pub(super) content_form: i16,
    /// the hash of its content
    pub(super) content_hash: Vec<u8>,
}

/// The doubts about one response that have not been lifted.
pub(super) async fn flags(connection: &mut Connection, id: Uuid) -> Result<Vec<Flag>, StoreError> {
    let words: Vec<String> =
        sqlx::query_scalar("SELECT flag FROM flags WHERE response = $1 AND lifted_at IS NULL ORDER BY flag")
            .bind(id)
            .fetch_all(connection)
            .await?;
    words.iter().map(|word| flag(word)).collect()
}

/// The flag that a row names.
pub(super) fn flag(word: &str) -> Result<Flag, StoreError> {
    Flag::from_name(word).ok_or_else(|| StoreError::unknown_word("flag", word))
}
