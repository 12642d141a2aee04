//! How large the database and the cluster's log are.

use async_trait::async_trait;

use super::Postgres;
use crate::{
    StoreError,
    size::{DataSize, Size},
};

/// What PostgreSQL says to a user who may not look at the log: that is for `pg_monitor`.
const NOT_ALLOWED: &str = "42501";

#[async_trait]
impl Size for Postgres {
    async fn size(&self) -> Result<DataSize, StoreError> {
        let bytes: i64 =
            sqlx::query_scalar("SELECT pg_database_size(current_database())").fetch_one(self.reader()).await?;
        let wal: Result<i64, sqlx::Error> =
            sqlx::query_scalar("SELECT coalesce(sum(size), 0)::bigint FROM pg_ls_waldir()")
                .fetch_one(self.reader())
                .await;
        let wal_bytes = match wal {
            Ok(bytes) => Some(u64::try_from(bytes).unwrap_or(0)),
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(NOT_ALLOWED) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(DataSize { database_bytes: u64::try_from(bytes).unwrap_or(0), wal_bytes, free_bytes: None })
    }
}
