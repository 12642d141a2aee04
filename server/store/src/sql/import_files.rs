//! Files that staff look at before they take them, and what was said about their columns.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::scope::Scoped;
use crate::{
    StoreError,
    import_files::{ImportFile, StaffImportFiles},
};

/// A file is written in pieces of so many bytes, each in a transaction of its own: one of megabytes would keep answers
/// waiting.
const PIECE: usize = 256 * 1024;
/// So many are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 8;

#[async_trait]
impl StaffImportFiles for Scoped {
    async fn keep_import_file(
        &self,
        owner: UserId,
        file: &ImportFile,
        at: Millis,
        before: Millis,
    ) -> Result<(), StoreError> {
        let mut pieces = 0_i64;
        for piece in file.bytes.chunks(PIECE) {
            let mut tx = self.write().await?;
            sqlx::query(
                "INSERT INTO import_file_pieces (owner, kept_at, nth, bytes) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (owner, kept_at, nth) DO UPDATE SET bytes = excluded.bytes",
            )
            .bind(owner.0)
            .bind(at)
            .bind(pieces)
            .bind(piece)
            .execute(tx.connection())
            .await?;
            tx.commit_piece().await?;
            pieces += 1;
        }
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM import_files WHERE kept_at < $1").bind(before).execute(tx.connection()).await?;
        sqlx::query(
            "INSERT INTO import_files (owner, name, pieces, kept_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (owner) DO UPDATE SET name = excluded.name, pieces = excluded.pieces,
             kept_at = excluded.kept_at",
        )
        .bind(owner.0)
        .bind(&file.name)
        .bind(pieces)
        .bind(at)
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        self.forget_pieces(owner, Some(at), before).await
    }

    async fn import_file(&self, owner: UserId) -> Result<Option<ImportFile>, StoreError> {
        let rows: Vec<(String, i64, Option<Vec<u8>>)> = sqlx::query_as(
            "SELECT name, pieces, bytes FROM import_files AS file LEFT JOIN import_file_pieces AS piece
             ON piece.owner = file.owner AND piece.kept_at = file.kept_at AND nth < pieces
             WHERE file.owner = $1 ORDER BY nth",
        )
        .bind(owner.0)
        .fetch_all(self.reader())
        .await?;
        let Some((name, whole, _)) = rows.first().cloned() else { return Ok(None) };
        let pieces: Vec<Vec<u8>> = rows.into_iter().filter_map(|(.., bytes)| bytes).collect();
        // Of two that its owner sent at once, one has taken the pieces of the other away.
        let is_whole = i64::try_from(pieces.len()) == Ok(whole);
        Ok(is_whole.then(|| ImportFile { name, bytes: pieces.concat() }))
    }

    async fn forget_import_file(&self, owner: UserId) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM import_files WHERE owner = $1").bind(owner.0).execute(tx.connection()).await?;
        tx.commit().await?;
        self.forget_pieces(owner, None, Millis::MIN).await
    }

    async fn column_mappings(&self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sqlx::query_as("SELECT head, field FROM column_mappings ORDER BY head").fetch_all(self.reader()).await?)
    }

    async fn remember_columns(&self, mappings: &[(String, String)]) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        for (head, field) in mappings {
            sqlx::query(
                "INSERT INTO column_mappings (head, field) VALUES ($1, $2)
                 ON CONFLICT (head) DO UPDATE SET field = excluded.field",
            )
            .bind(head)
            .bind(field)
            .execute(tx.connection())
            .await?;
        }
        tx.commit().await
    }
}

impl Scoped {
    /// Forgets somebody's pieces but those of one moment, and whatever anybody kept before `before`.
    async fn forget_pieces(&self, owner: UserId, but: Option<Millis>, before: Millis) -> Result<(), StoreError> {
        loop {
            let mut tx = self.write().await?;
            let forgotten = sqlx::query(
                "DELETE FROM import_file_pieces WHERE (owner, kept_at, nth) IN (
                     SELECT owner, kept_at, nth FROM import_file_pieces
                     WHERE kept_at < $1 OR (owner = $2 AND kept_at <> $3) LIMIT $4)",
            )
            .bind(before)
            .bind(owner.0)
            .bind(but.unwrap_or(Millis::MIN))
            .bind(FORGOTTEN_AT_ONCE)
            .execute(tx.connection())
            .await?;
            tx.commit_piece().await?;
            if forgotten.rows_affected() == 0 {
                return Ok(());
            }
        }
    }
}
