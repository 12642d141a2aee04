//! The printed recovery code.

use async_trait::async_trait;
use domain::time::Millis;
use serde_json::json;

use super::{
    Backend,
    people::{change, told},
    scope::Scoped,
    users::{UserRow, add_link, add_user, set_password},
    write_tx::WriteTx,
};
use crate::{
    Scope, StoreError,
    audit::{Actor, Author, Entry, Kind, Verb},
    kiosks::TokenHash,
    recovery::{Recovered, Recovery, StaffRecovery},
    staff::{Purpose, Role, SetupLink, User},
};

#[async_trait]
impl Recovery for Backend {
    async fn use_printed_code(&self, code: TokenHash, link: &SetupLink, now: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?.by(&Author { actor: Actor::Program, at: now });
        let done = sqlx::query(
            "UPDATE installation SET recovery_code = NULL, recovery_made_at = NULL WHERE recovery_code = $1",
        )
        .bind(&code[..])
        .execute(tx.connection())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        add_link(&mut tx, link).await?;
        sqlx::query("UPDATE users SET recovery_notice_at = $1 WHERE role = $2")
            .bind(now)
            .bind(Role::Admin.as_str())
            .execute(tx.connection())
            .await?;
        tx.record(Entry::did(Verb::Used, Kind::RecoveryCode, "")).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn recover(&self, recovered: &Recovered, now: Millis) -> Result<Option<User>, StoreError> {
        let mut tx = self.write().await?;
        let done = sqlx::query("DELETE FROM setup_links WHERE token = $1 AND purpose = $2 AND expires_at > $3")
            .bind(&recovered.link[..])
            .bind(Purpose::Recovery.as_str())
            .bind(now)
            .execute(tx.connection())
            .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        let is_new = add_user(&mut tx, &recovered.user, now).await?;
        let row: UserRow = sqlx::query_as("SELECT * FROM users WHERE email = $1")
            .bind(&recovered.user.email)
            .fetch_one(tx.connection())
            .await?;
        let known = User::try_from(row)?;
        let mut tx = tx.by(&Author::user(known.id, now));
        let user = User { role: Role::Admin, scope: Scope::All, ..known.clone() };
        if is_new {
            tx.record(Entry::added(Kind::User, user.id, &told(&user)).named(&user.email)).await?;
        } else {
            change(&mut tx, &known, &user).await?;
        }
        set_password(&mut tx, user.id, &recovered.password, now).await?;
        tx.record(Entry::did(Verb::PasswordSet, Kind::User, user.id).named(&user.email)).await?;
        // Whoever looks at *Tonight* next is told, even where nobody else is left.
        sqlx::query("UPDATE users SET recovery_notice_at = $2 WHERE id = $1")
            .bind(user.id.0)
            .bind(now)
            .execute(tx.connection())
            .await?;
        if let Some(code) = recovered.code {
            keep(&mut tx, code, now).await?;
        }
        tx.commit().await?;
        Ok(Some(user))
    }

    async fn administrators(&self) -> Result<Vec<String>, StoreError> {
        let rows: Vec<UserRow> =
            sqlx::query_as("SELECT * FROM users WHERE role = $1 AND disabled_at IS NULL ORDER BY email")
                .bind(Role::Admin.as_str())
                .fetch_all(self.reader())
                .await?;
        let users = rows.into_iter().map(User::try_from).collect::<Result<Vec<_>, _>>()?;
        Ok(users.into_iter().filter(|user| user.scope == Scope::All).map(|user| user.email).collect())
    }
}

#[async_trait]
impl StaffRecovery for Scoped {
    async fn printed_code_made_at(&self) -> Result<Option<Millis>, StoreError> {
        if !self.scope.is_everything() {
            return Ok(None);
        }
        let made_at = sqlx::query_scalar("SELECT recovery_made_at FROM installation WHERE recovery_code IS NOT NULL");
        Ok(made_at.fetch_optional(self.reader()).await?.flatten())
    }

    async fn renew_printed_code(&self, code: TokenHash) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        keep(&mut tx, code, self.author.at).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn recovery_seen(&self) -> Result<(), StoreError> {
        let Actor::User(user) = self.author.actor else { return Ok(()) };
        let mut tx = self.write().await?;
        let done =
            sqlx::query("UPDATE users SET recovery_notice_at = NULL WHERE id = $1 AND recovery_notice_at IS NOT NULL")
                .bind(user.0)
                .execute(tx.connection())
                .await?;
        if done.rows_affected() > 0 {
            let seen = |is_seen: bool| json!({ "use_seen": is_seen });
            tx.record(Entry::changed(Kind::RecoveryCode, "", &seen(false), &seen(true))).await?;
        }
        tx.commit().await
    }
}

/// From now on this code opens, and no other.
pub(super) async fn keep(tx: &mut WriteTx<'_>, code: TokenHash, now: Millis) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO installation (one, recovery_code, recovery_made_at) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE
         SET recovery_code = $1, recovery_made_at = $2",
    )
    .bind(&code[..])
    .bind(now)
    .execute(tx.connection())
    .await?;
    tx.record(Entry::did(Verb::Added, Kind::RecoveryCode, "")).await
}
