//! Files that staff look at before they take them, and what was said about their columns.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::scope::Scoped;
use crate::{
    StoreError,
    import_files::{ImportFile, StaffImportFiles},
};

#[async_trait]
impl StaffImportFiles for Scoped {
    async fn keep_import_file(
        &self,
        owner: UserId,
        file: &ImportFile,
        at: Millis,
        before: Millis,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM import_files WHERE kept_at < $1").bind(before).execute(tx.connection()).await?;
        sqlx::query(
            "INSERT INTO import_files (owner, name, bytes, kept_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (owner) DO UPDATE SET name = excluded.name, bytes = excluded.bytes,
             kept_at = excluded.kept_at",
        )
        .bind(owner.0)
        .bind(&file.name)
        .bind(&file.bytes)
        .bind(at)
        .execute(tx.connection())
        .await?;
        tx.commit().await
    }

    async fn import_file(&self, owner: UserId) -> Result<Option<ImportFile>, StoreError> {
        let row: Option<(String, Vec<u8>)> = sqlx::query_as("SELECT name, bytes FROM import_files WHERE owner = $1")
            .bind(owner.0)
            .fetch_optional(self.reader())
            .await?;
        Ok(row.map(|(name, bytes)| ImportFile { name, bytes }))
    }

    async fn forget_import_file(&self, owner: UserId) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM import_files WHERE owner = $1").bind(owner.0).execute(tx.connection()).await?;
        tx.commit().await
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
