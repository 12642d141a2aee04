//! The organisation's logo.

use async_trait::async_trait;
use serde_json::json;

use super::{Backend, scope::Scoped, write_tx::WriteTx};
use crate::{
    StoreError,
    audit::{Entry, Kind},
    changes::Change,
    logo::{Extent, LogoFacts, LogoPictures, Logos, StaffLogos},
};

#[derive(sqlx::FromRow)]
struct LogoRow {
    hash: String,
    alt: String,
    small_width: i64,
    small_height: i64,
    large_width: i64,
    large_height: i64,
}

impl TryFrom<LogoRow> for LogoFacts {
    type Error = StoreError;

    fn try_from(row: LogoRow) -> Result<Self, StoreError> {
        Ok(Self {
            hash: row.hash,
            alt: row.alt,
            small: extent(row.small_width, row.small_height)?,
            large: extent(row.large_width, row.large_height)?,
        })
    }
}

fn extent(width: i64, height: i64) -> Result<Extent, StoreError> {
    match (u32::try_from(width), u32::try_from(height)) {
        (Ok(width), Ok(height)) => Ok(Extent { width, height }),
        _ => Err(StoreError::Unreadable(format!("a logo of {width} by {height}"))),
    }
}

#[async_trait]
impl Logos for Backend {
    async fn logo(&self) -> Result<Option<LogoFacts>, StoreError> {
        let row: Option<LogoRow> = sqlx::query_as(
            "SELECT hash, alt, small_width, small_height, large_width, large_height FROM logo WHERE id = 1",
        )
        .fetch_optional(self.reader())
        .await?;
        row.map(LogoFacts::try_from).transpose()
    }

    async fn logo_pictures(&self, hash: &str) -> Result<Option<LogoPictures>, StoreError> {
        let row: Option<(Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT small, large FROM logo WHERE id = 1 AND hash = $1")
                .bind(hash)
                .fetch_optional(self.reader())
                .await?;
        Ok(row.map(|(small, large)| LogoPictures { small, large }))
    }
}

#[async_trait]
impl StaffLogos for Scoped {
    async fn logo(&self) -> Result<Option<LogoFacts>, StoreError> {
        self.backend.logo().await
    }

    async fn choose_logo(&self, facts: &LogoFacts, pictures: &LogoPictures) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let before = self.backend.logo().await?;
        if before.as_ref() == Some(facts) {
            return Ok(true);
        }
        let mut tx = self.write().await?;
        sqlx::query(
            "INSERT INTO logo (id, hash, alt, small, small_width, small_height, large, large_width, large_height)
             VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, alt = excluded.alt, small = excluded.small,
             small_width = excluded.small_width, small_height = excluded.small_height, large = excluded.large,
             large_width = excluded.large_width, large_height = excluded.large_height",
        )
        .bind(&facts.hash)
        .bind(&facts.alt)
        .bind(&pictures.small)
        .bind(i64::from(facts.small.width))
        .bind(i64::from(facts.small.height))
        .bind(&pictures.large)
        .bind(i64::from(facts.large.width))
        .bind(i64::from(facts.large.height))
        .execute(tx.connection())
        .await?;
        changed(&mut tx, before.as_ref(), Some(facts)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn describe_logo(&self, alt: &str) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let Some(before) = self.backend.logo().await?.filter(|logo| logo.alt != alt) else { return Ok(true) };
        let after = LogoFacts { alt: alt.to_owned(), ..before.clone() };
        let mut tx = self.write().await?;
        sqlx::query("UPDATE logo SET alt = $1 WHERE id = 1").bind(alt).execute(tx.connection()).await?;
        changed(&mut tx, Some(&before), Some(&after)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn remove_logo(&self) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let Some(before) = self.backend.logo().await? else { return Ok(true) };
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM logo").execute(tx.connection()).await?;
        changed(&mut tx, Some(&before), None).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Says it in the audit log, and to open pages.
async fn changed(
    tx: &mut WriteTx<'_>,
    before: Option<&LogoFacts>,
    after: Option<&LogoFacts>,
) -> Result<(), StoreError> {
    let told = |logo: Option<&LogoFacts>| json!({ "logo": logo.map(|logo| &logo.hash), "logo_alt": logo.map(|logo| &logo.alt) });
    tx.record(Entry::changed(Kind::Organisation, "", &told(before), &told(after))).await?;
    tx.announce(Change::Programme);
    Ok(())
}
