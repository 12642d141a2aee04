//! Log-ins by a provider of OpenID Connect.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};

use super::{
    Backend,
    people::{LOCK, change, end_sessions, is_last_admin, told},
    users::{UserRow, add_user},
};
use crate::{
    Scope, StoreError,
    audit::{Author, Entry, Kind},
    changes::Change,
    open_id::{Admitted, OpenIdLogins},
    staff::{Role, User},
};

#[async_trait]
impl OpenIdLogins for Backend {
    async fn admit(&self, email: &str, role: Option<Role>, id: UserId, now: Millis) -> Result<Admitted, StoreError> {
        let mut tx = self.write().await?;
        Self::stop_others_with(tx.connection(), LOCK).await?;
        let known: Option<AccountRow> =
            sqlx::query_as("SELECT * FROM users WHERE email = $1").bind(email).fetch_optional(tx.connection()).await?;
        let Some(AccountRow { user, disabled_at }) = known else {
            let Some(role) = role else { return Ok(Admitted::Unknown) };
            let user = User { id, email: email.to_owned(), role, scope: Scope::All };
            let mut tx = tx.by(&Author::user(id, now));
            add_user(&mut tx, &user, now).await?;
            tx.record(Entry::added(Kind::User, id, &told(&user)).named(email)).await?;
            tx.commit().await?;
            return Ok(Admitted::User(user));
        };
        if disabled_at.is_some() {
            return Ok(Admitted::Disabled);
        }
        let before = User::try_from(user)?;
        let after = User { role: role.unwrap_or(before.role), ..before.clone() };
        if after.role == before.role || (after.role < before.role && is_last_admin(&mut tx, before.id).await?) {
            return Ok(Admitted::User(before));
        }
        let mut tx = tx.by(&Author::user(before.id, now));
        change(&mut tx, &before, &after).await?;
        end_sessions(&mut tx, after.id).await?;
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(Admitted::User(after))
    }
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    #[sqlx(flatten)]
    user: UserRow,
    disabled_at: Option<Millis>,
}
