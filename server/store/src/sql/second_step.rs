//! The second step at the log-in.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};
use sqlx::QueryBuilder;

use super::{Backend, Db, FOR_UPDATE, write_tx::WriteTx};
use crate::{
    StoreError,
    audit::{Author, Entry, Kind, Verb},
    changes::Change,
    kiosks::TokenHash,
    second_step::{SecondStep, SecondSteps},
};

#[async_trait]
impl SecondSteps for Backend {
    async fn second_step(&self, user: UserId) -> Result<Option<SecondStep>, StoreError> {
        let row: Option<(Option<Vec<u8>>, Option<String>)> =
            sqlx::query_as("SELECT totp_secret, recovery_codes FROM users WHERE id = $1")
                .bind(user.0)
                .fetch_optional(self.reader())
                .await?;
        let Some((Some(secret), codes)) = row else { return Ok(None) };
        Ok(Some(SecondStep { secret, codes_left: read(codes.as_deref())?.len() }))
    }

    async fn switch_on(
        &self,
        user: UserId,
        secret: &[u8],
        step: i64,
        codes: &[TokenHash],
        here: Option<TokenHash>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let codes: Vec<String> = codes.iter().map(hex::encode).collect();
        let mut tx = self.write().await?.by(&Author::user(user, now));
        sqlx::query("UPDATE users SET totp_secret = $2, totp_step = $3, recovery_codes = $4 WHERE id = $1")
            .bind(user.0)
            .bind(secret)
            .bind(step)
            .bind(serde_json::to_string(&codes)?)
            .execute(tx.connection())
            .await?;
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND token IS DISTINCT FROM $2")
            .bind(user.0)
            .bind(here.map(|token| token.to_vec()))
            .execute(tx.connection())
            .await?;
        tx.announce(Change::Access);
        tx.record(Entry::did(Verb::SecondStepOn, Kind::User, user)).await?;
        tx.commit().await
    }

    async fn switch_off(&self, user: UserId, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?.by(&Author::user(user, now));
        switch_off(&mut tx, user).await?;
        tx.record(Entry::did(Verb::SecondStepOff, Kind::User, user)).await?;
        tx.commit().await
    }

    async fn use_step(&self, user: UserId, step: i64) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let done = sqlx::query(
            "UPDATE users SET totp_step = $2 WHERE id = $1 AND totp_secret IS NOT NULL
             AND (totp_step IS NULL OR totp_step < $2)",
        )
        .bind(user.0)
        .bind(step)
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn use_recovery_code(&self, user: UserId, code: TokenHash, now: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?.by(&Author::user(user, now));
        let mut query = QueryBuilder::<Db>::new("SELECT recovery_codes FROM users WHERE id = ");
        query.push_bind(user.0).push(" AND totp_secret IS NOT NULL").push(FOR_UPDATE);
        let kept: Option<Option<String>> = query.build_query_scalar().fetch_optional(tx.connection()).await?;
        let mut codes = read(kept.flatten().as_deref())?;
        let (before, code) = (codes.len(), hex::encode(code));
        codes.retain(|kept| *kept != code);
        if codes.len() == before {
            return Ok(false);
        }
        sqlx::query("UPDATE users SET recovery_codes = $2 WHERE id = $1")
            .bind(user.0)
            .bind(serde_json::to_string(&codes)?)
            .execute(tx.connection())
            .await?;
        tx.record(Entry::did(Verb::Used, Kind::RecoveryCode, user)).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Takes the second step of a user away.
pub(super) async fn switch_off(tx: &mut WriteTx<'_>, user: UserId) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET totp_secret = NULL, totp_step = NULL, recovery_codes = NULL WHERE id = $1")
        .bind(user.0)
        .execute(tx.connection())
        .await?;
    Ok(())
}

fn read(codes: Option<&str>) -> Result<Vec<String>, StoreError> {
    Ok(codes.map(serde_json::from_str).transpose()?.unwrap_or_default())
}
