//! The rows of users, and what is written of them and their links by more than one aggregate.

use domain::{
    id::{UserId, VenueId},
    time::Millis,
};
use uuid::Uuid;

use super::write_tx::WriteTx;
use crate::{
    Scope, StoreError,
    changes::Change,
    kiosks::TokenHash,
    staff::{Purpose, Role, SetupLink, User},
};

/// Keeps a link; an earlier one for the same user and purpose is void.
pub(super) async fn add_link(tx: &mut WriteTx<'_>, link: &SetupLink) -> Result<(), StoreError> {
    let user = link.user.map(|user| user.0);
    sqlx::query("DELETE FROM setup_links WHERE user_id IS NOT DISTINCT FROM $1 AND purpose = $2")
        .bind(user)
        .bind(link.purpose.as_str())
        .execute(tx.connection())
        .await?;
    sqlx::query("INSERT INTO setup_links (token, user_id, expires_at, purpose) VALUES ($1, $2, $3, $4)")
        .bind(&link.token[..])
        .bind(user)
        .bind(link.expires_at)
        .bind(link.purpose.as_str())
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Adds a user. False where the address is taken.
pub(super) async fn add_user(tx: &mut WriteTx<'_>, user: &User, at: Millis) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO users (id, email, role, scope, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (email) DO NOTHING",
    )
    .bind(user.id.0)
    .bind(&user.email)
    .bind(user.role.as_str())
    .bind(scope_text(&user.scope)?)
    .bind(at)
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A scope as it is kept: a JSON list of venues, or nothing where it is all of them.
pub(super) fn scope_text(scope: &Scope) -> Result<Option<String>, StoreError> {
    Ok(match scope {
        Scope::All => None,
        Scope::Venues(venues) => Some(serde_json::to_string(venues)?),
    })
}

/// Sets a password and ends every session of the user.
pub(super) async fn set_password(
    tx: &mut WriteTx<'_>,
    user: UserId,
    password: &str,
    at: Millis,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET password = $2, password_set_at = $3, disabled_at = NULL WHERE id = $1")
        .bind(user.0)
        .bind(password)
        .bind(at)
        .execute(tx.connection())
        .await?;
    // Nor does any other link open what has just been closed.
    for sql in ["DELETE FROM sessions WHERE user_id = $1", "DELETE FROM setup_links WHERE user_id = $1"] {
        sqlx::query(sql).bind(user.0).execute(tx.connection()).await?;
    }
    tx.announce(Change::Access);
    Ok(())
}

/// Uses a set-up link up, other than one of the printed code. False where somebody was quicker.
pub(super) async fn use_link(
    tx: &mut WriteTx<'_>,
    token: TokenHash,
    user: Option<UserId>,
    now: Millis,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM setup_links WHERE token = $1 AND user_id IS NOT DISTINCT FROM $2 AND expires_at > $3
         AND purpose <> $4",
    )
    .bind(&token[..])
    .bind(user.map(|user| user.0))
    .bind(now)
    .bind(Purpose::Recovery.as_str())
    .execute(tx.connection())
    .await?;
    Ok(done.rows_affected() > 0)
}

#[derive(sqlx::FromRow)]
pub(super) struct UserRow {
    id: Uuid,
    email: String,
    role: String,
    scope: Option<String>,
    pub(super) password: Option<String>,
}

impl UserRow {
    pub(super) const fn has_password(&self) -> bool {
        self.password.is_some()
    }
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        let scope = match &row.scope {
            None => Scope::All,
            Some(venues) => Scope::Venues(serde_json::from_str::<Vec<VenueId>>(venues)?),
        };
        Ok(Self { id: UserId(row.id), email: row.email, role: role(&row.role)?, scope })
    }
}

/// The role that a word in the store names.
pub(super) fn role(word: &str) -> Result<Role, StoreError> {
    Role::from_name(word).ok_or_else(|| StoreError::unknown_word("role", word))
}
