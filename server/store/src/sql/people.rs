//! People, as administrators see them and decide about them.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Backend,
    scope::Scoped,
    second_step,
    users::{UserRow, add_link, add_user, scope_text},
    write_tx::WriteTx,
};
use crate::{
    Scope, StoreError,
    audit::{Actor, Entry, Kind, Verb},
    changes::Change,
    people::{Decided, Person, StaffPeople},
    staff::{Role, SetupLink, User},
};

/// One at a time decides about people: two administrators must not disable each other at the same moment.
pub(super) const LOCK: &str = "people";

#[async_trait]
impl StaffPeople for Scoped {
    async fn people(&self) -> Result<Vec<Person>, StoreError> {
        if !self.scope.is_everything() {
            return Ok(Vec::new());
        }
        let rows: Vec<PersonRow> = sqlx::query_as(
            "SELECT users.*, (SELECT count(*) FROM sessions WHERE user_id = users.id AND expires_at > $1) AS sessions,
             (SELECT max(expires_at) FROM setup_links WHERE user_id = users.id AND purpose = 'invitation'
             AND expires_at > $1) AS invited_until
             FROM users ORDER BY email",
        )
        .bind(self.author.at)
        .fetch_all(self.reader())
        .await?;
        rows.into_iter().map(Person::try_from).collect()
    }

    async fn invite(&self, user: &User, link: &SetupLink) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        if !add_user(&mut tx, user, self.author.at).await? {
            return Ok(Decided::EmailTaken);
        }
        add_link(&mut tx, link).await?;
        tx.record(Entry::added(Kind::User, user.id, &told(user)).named(&user.email)).await?;
        self.done(tx).await
    }

    async fn invite_again(&self, link: &SetupLink) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let Some(id) = link.user else { return Ok(Decided::NotThere) };
        let Some(user) = person(&mut tx, id).await? else { return Ok(Decided::NotThere) };
        sqlx::query("UPDATE users SET disabled_at = NULL WHERE id = $1").bind(id.0).execute(tx.connection()).await?;
        add_link(&mut tx, link).await?;
        tx.record(Entry::did(Verb::Invited, Kind::User, id).named(user.email)).await?;
        self.done(tx).await
    }

    async fn change_person(&self, user: &User) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let Some(before) = person(&mut tx, user.id).await? else { return Ok(Decided::NotThere) };
        let stays = user.role == Role::Admin && user.scope == Scope::All;
        if !stays && self.would_be_the_last(&mut tx, user.id).await? {
            return Ok(Decided::LastAdmin);
        }
        change(&mut tx, &before, user).await?;
        if before.role != user.role {
            end_sessions(&mut tx, user.id).await?;
        }
        self.done(tx).await
    }

    async fn disable_person(&self, id: UserId) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let Some(user) = person(&mut tx, id).await? else { return Ok(Decided::NotThere) };
        if self.would_be_the_last(&mut tx, id).await? {
            return Ok(Decided::LastAdmin);
        }
        self.disable(&mut tx, &user).await?;
        self.done(tx).await
    }

    async fn remove_person(&self, id: UserId) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let Some(user) = person(&mut tx, id).await? else { return Ok(Decided::NotThere) };
        if self.would_be_the_last(&mut tx, id).await? {
            return Ok(Decided::LastAdmin);
        }
        tx.record(Entry::removed(Kind::User, id, &told(&user)).named(user.email)).await?;
        // Sessions and links go with them.
        sqlx::query("DELETE FROM users WHERE id = $1").bind(id.0).execute(tx.connection()).await?;
        self.done(tx).await
    }

    async fn remove_second_step(&self, id: UserId) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let Some(user) = person(&mut tx, id).await? else { return Ok(Decided::NotThere) };
        second_step::switch_off(&mut tx, id).await?;
        tx.record(Entry::did(Verb::SecondStepOff, Kind::User, id).named(user.email)).await?;
        self.done(tx).await
    }

    async fn end_sessions_of(&self, id: UserId) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let Some(user) = person(&mut tx, id).await? else { return Ok(Decided::NotThere) };
        if end_sessions(&mut tx, id).await? > 0 {
            tx.record(Entry::did(Verb::LoggedOut, Kind::User, id).named(user.email)).await?;
        }
        self.done(tx).await
    }

    async fn hand_over(&self, from: UserId, to: UserId) -> Result<Decided, StoreError> {
        let Some(mut tx) = self.deciding().await? else { return Ok(Decided::NotThere) };
        let (leaving, next) = (person(&mut tx, from).await?, person(&mut tx, to).await?);
        let (Some(leaving), Some(next)) = (leaving, next) else { return Ok(Decided::NotThere) };
        change(&mut tx, &next, &User { role: Role::Admin, scope: Scope::All, ..next.clone() }).await?;
        if from == to || self.would_be_the_last(&mut tx, from).await? {
            return Ok(Decided::LastAdmin);
        }
        self.disable(&mut tx, &leaving).await?;
        self.done(tx).await
    }
}

impl Scoped {
    /// A transaction of somebody who may decide about people, and nobody else does until its end.
    async fn deciding(&self) -> Result<Option<WriteTx<'_>>, StoreError> {
        if !self.scope.is_everything() {
            return Ok(None);
        }
        let mut tx = self.write().await?;
        Backend::stop_others_with(tx.connection(), LOCK).await?;
        Ok(Some(tx))
    }

    async fn done(&self, mut tx: WriteTx<'_>) -> Result<Decided, StoreError> {
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(Decided::Done)
    }

    /// Whether nobody but this user can log in and decide about everything, and they can. Whoever may run commands on the
    /// server can make another.
    async fn would_be_the_last(&self, tx: &mut WriteTx<'_>, id: UserId) -> Result<bool, StoreError> {
        if self.author.actor == Actor::CommandLine {
            return Ok(false);
        }
        is_last_admin(tx, id).await
    }

    async fn disable(&self, tx: &mut WriteTx<'_>, user: &User) -> Result<(), StoreError> {
        sqlx::query("UPDATE users SET password = NULL, disabled_at = coalesce(disabled_at, $2) WHERE id = $1")
            .bind(user.id.0)
            .bind(self.author.at)
            .execute(tx.connection())
            .await?;
        end_sessions(tx, user.id).await?;
        sqlx::query("DELETE FROM setup_links WHERE user_id = $1").bind(user.id.0).execute(tx.connection()).await?;
        tx.record(Entry::did(Verb::Disabled, Kind::User, user.id).named(&user.email)).await
    }
}

/// Whether nobody but this user can log in with a password and decide about everything, and they can.
pub(super) async fn is_last_admin(tx: &mut WriteTx<'_>, id: UserId) -> Result<bool, StoreError> {
    let admins: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM users WHERE role = $1 AND scope IS NULL AND password IS NOT NULL AND disabled_at IS NULL",
    )
    .bind(Role::Admin.as_str())
    .fetch_all(tx.connection())
    .await?;
    Ok(admins == [id.0])
}

pub(super) async fn change(tx: &mut WriteTx<'_>, before: &User, after: &User) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET role = $2, scope = $3 WHERE id = $1")
        .bind(after.id.0)
        .bind(after.role.as_str())
        .bind(scope_text(&after.scope)?)
        .execute(tx.connection())
        .await?;
    let entry = Entry::changed(Kind::User, after.id, &rights(before), &rights(after));
    tx.record(entry.named(&before.email)).await
}

/// Ends every log-in of a user. How many there were.
pub(super) async fn end_sessions(tx: &mut WriteTx<'_>, id: UserId) -> Result<u64, StoreError> {
    let ended = sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(id.0).execute(tx.connection()).await?;
    Ok(ended.rows_affected())
}

async fn person(tx: &mut WriteTx<'_>, id: UserId) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> =
        sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id.0).fetch_optional(tx.connection()).await?;
    row.map(User::try_from).transpose()
}

/// Somebody as the audit log tells it.
pub(super) fn told(user: &User) -> Value {
    json!({ "email": user.email, "role": user.role.as_str(), "sees": sees(&user.scope) })
}

/// What somebody may do and see, as the audit log tells it.
fn rights(user: &User) -> Value {
    json!({ "role": user.role.as_str(), "sees": sees(&user.scope) })
}

fn sees(scope: &Scope) -> Value {
    match scope {
        Scope::All => json!("everything"),
        Scope::Venues(venues) => json!({ "venues": venues }),
    }
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    #[sqlx(flatten)]
    user: UserRow,
    sessions: i64,
    last_used_at: Option<Millis>,
    disabled_at: Option<Millis>,
    invited_until: Option<Millis>,
    totp_secret: Option<Vec<u8>>,
}

impl TryFrom<PersonRow> for Person {
    type Error = StoreError;

    fn try_from(row: PersonRow) -> Result<Self, StoreError> {
        let PersonRow { user, sessions, last_used_at, disabled_at, invited_until, totp_secret } = row;
        Ok(Self {
            has_password: user.has_password(),
            user: user.try_into()?,
            sessions: u64::try_from(sessions).unwrap_or(0),
            last_used_at,
            has_second_step: totp_secret.is_some(),
            disabled_at,
            invited_until,
        })
    }
}
