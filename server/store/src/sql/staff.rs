//! Users, sessions, set-up links, API tokens, failed logins.

use async_trait::async_trait;
use domain::{id::UserId, time::Millis};
use uuid::Uuid;

use super::{
    Backend, organisation, programme_writes, recovery, surveys,
    users::{UserRow, add_link, add_user, role, set_password, use_link},
};
use crate::{
    StoreError,
    audit::{Author, Entry, Kind, Verb},
    changes::Change,
    kiosks::TokenHash,
    staff::{
        Credentials, FirstSetup, Purpose, Role, Session, SetupLink, SetupOutcome, Staff, TokenEntry, User, UserEntry,
    },
};

#[async_trait]
impl Staff for Backend {
    async fn add_user(&self, user: &User, at: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let is_new = add_user(&mut tx, user, at).await?;
        tx.commit().await?;
        Ok(is_new)
    }

    async fn credentials(&self, email: &str) -> Result<Option<Credentials>, StoreError> {
        let row: Option<UserRow> =
            sqlx::query_as("SELECT * FROM users WHERE email = $1").bind(email).fetch_optional(self.reader()).await?;
        let credentials = row.map(|mut row| {
            let password = row.password.take();
            Ok(Credentials { user: row.try_into()?, password })
        });
        credentials.transpose()
    }

    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let row: Option<UserRow> =
            sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id.0).fetch_optional(self.reader()).await?;
        row.map(User::try_from).transpose()
    }

    async fn no_users(&self) -> Result<bool, StoreError> {
        let one: Option<Uuid> =
            sqlx::query_scalar("SELECT id FROM users LIMIT 1").fetch_optional(self.reader()).await?;
        Ok(one.is_none())
    }

    async fn set_password(&self, user: UserId, password: &str, at: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        set_password(&mut tx, user, password, at).await?;
        tx.commit().await
    }

    async fn change_password(&self, user: UserId, password: &str, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?.by(&Author::user(user, now));
        set_password(&mut tx, user, password, now).await?;
        tx.record(Entry::did(Verb::PasswordSet, Kind::User, user)).await?;
        tx.commit().await
    }

    async fn sessions_of(&self, user: UserId, now: Millis) -> Result<Vec<(TokenHash, Millis, Millis)>, StoreError> {
        let rows: Vec<(Vec<u8>, Millis, Millis)> = sqlx::query_as(
            "SELECT token, started_at, expires_at FROM sessions WHERE user_id = $1 AND expires_at > $2
             ORDER BY started_at DESC",
        )
        .bind(user.0)
        .bind(now)
        .fetch_all(self.reader())
        .await?;
        let known = |(token, started_at, expires_at): (Vec<u8>, Millis, Millis)| {
            let token = token.try_into().map_err(|_| StoreError::Unreadable("a hash of another length".into()))?;
            Ok((token, started_at, expires_at))
        };
        rows.into_iter().map(known).collect()
    }

    async fn add_setup_link(&self, link: &SetupLink) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        add_link(&mut tx, link).await?;
        tx.commit().await
    }

    async fn setup_link(&self, token: TokenHash, now: Millis) -> Result<Option<SetupLink>, StoreError> {
        let row: Option<(Option<Uuid>, Millis, String)> =
            sqlx::query_as("SELECT user_id, expires_at, purpose FROM setup_links WHERE token = $1 AND expires_at > $2")
                .bind(&token[..])
                .bind(now)
                .fetch_optional(self.reader())
                .await?;
        let Some((user, expires_at, word)) = row else { return Ok(None) };
        let purpose = Purpose::from_name(&word).ok_or_else(|| StoreError::unknown_word("purpose", &word))?;
        Ok(Some(SetupLink { token, user: user.map(UserId), expires_at, purpose }))
    }

    async fn set_up(&self, setup: &FirstSetup, now: Millis) -> Result<SetupOutcome, StoreError> {
        let mut tx = self.write().await?;
        if !use_link(&mut tx, setup.link, None, now).await? {
            return Ok(SetupOutcome::LinkGone);
        }
        if !add_user(&mut tx, &setup.user, now).await? {
            return Ok(SetupOutcome::EmailTaken);
        }
        set_password(&mut tx, setup.user.id, &setup.password, now).await?;
        surveys::publish(&mut tx, setup.survey, &setup.survey_name, &setup.version, now).await?;
        match programme_writes::save_venue(&mut tx, &setup.venue).await {
            Err(StoreError::Refused(_)) => return Ok(SetupOutcome::CodeTaken),
            saved => saved?,
        }
        organisation::name(&mut tx, &setup.organisation).await?;
        let mut tx = tx.by(&Author::user(setup.user.id, now));
        recovery::keep(&mut tx, setup.recovery_code, now).await?;
        tx.commit().await?;
        Ok(SetupOutcome::Done)
    }

    async fn choose_password(
        &self,
        link: TokenHash,
        user: UserId,
        password: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        if !use_link(&mut tx, link, Some(user), now).await? {
            return Ok(false);
        }
        set_password(&mut tx, user, password, now).await?;
        let mut tx = tx.by(&Author::user(user, now));
        tx.record(Entry::did(Verb::PasswordSet, Kind::User, user)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn add_session(
        &self,
        token: TokenHash,
        user: UserId,
        now: Millis,
        expires_at: Millis,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE expires_at <= $1").bind(now).execute(tx.connection()).await?;
        sqlx::query("INSERT INTO sessions (token, user_id, started_at, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(&token[..])
            .bind(user.0)
            .bind(now)
            .bind(expires_at)
            .execute(tx.connection())
            .await?;
        sqlx::query("UPDATE users SET last_used_at = $2 WHERE id = $1")
            .bind(user.0)
            .bind(now)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }

    async fn session(&self, token: TokenHash, now: Millis) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> = sqlx::query_as(
            "SELECT users.*, started_at, expires_at FROM sessions JOIN users ON users.id = sessions.user_id
             WHERE token = $1 AND expires_at > $2",
        )
        .bind(&token[..])
        .bind(now)
        .fetch_optional(self.reader())
        .await?;
        let session = |SessionRow { user, started_at, expires_at }| {
            Ok(Session { user: user.try_into()?, started_at, expires_at })
        };
        row.map(session).transpose()
    }

    async fn keep_session(&self, token: TokenHash, now: Millis, until: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE sessions SET expires_at = $2 WHERE token = $1 AND expires_at < $2")
            .bind(&token[..])
            .bind(until)
            .execute(tx.connection())
            .await?;
        sqlx::query("UPDATE users SET last_used_at = $2 WHERE id = (SELECT user_id FROM sessions WHERE token = $1)")
            .bind(&token[..])
            .bind(now)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }

    async fn end_sessions(&self, of: Option<UserId>) -> Result<u64, StoreError> {
        let mut tx = self.write().await?;
        let ended = match of {
            Some(user) => sqlx::query("DELETE FROM sessions WHERE user_id = $1").bind(user.0),
            None => sqlx::query("DELETE FROM sessions"),
        };
        let ended = ended.execute(tx.connection()).await?.rows_affected();
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(ended)
    }

    async fn users(&self, now: Millis) -> Result<Vec<UserEntry>, StoreError> {
        let rows: Vec<EntryRow> = sqlx::query_as(
            "SELECT users.*, (SELECT count(*) FROM sessions WHERE user_id = users.id AND expires_at > $1) AS sessions
             FROM users ORDER BY email",
        )
        .bind(now)
        .fetch_all(self.reader())
        .await?;
        let entry = |EntryRow { user, sessions }: EntryRow| {
            let has_password = user.password.is_some();
            Ok(UserEntry { user: user.try_into()?, has_password, sessions: u64::try_from(sessions).unwrap_or(0) })
        };
        rows.into_iter().map(entry).collect()
    }

    async fn tokens(&self) -> Result<Vec<TokenEntry>, StoreError> {
        let rows: Vec<(String, String, Millis, Option<Millis>)> =
            sqlx::query_as("SELECT name, role, created_at, revoked_at FROM api_tokens ORDER BY name, created_at")
                .fetch_all(self.reader())
                .await?;
        let entry = |(name, word, created_at, revoked_at): (String, String, Millis, Option<Millis>)| {
            Ok(TokenEntry { name, role: role(&word)?, created_at, revoked_at })
        };
        rows.into_iter().map(entry).collect()
    }

    async fn revoke_tokens(&self, name: &str, at: Millis) -> Result<u64, StoreError> {
        let mut tx = self.write().await?;
        let done = sqlx::query("UPDATE api_tokens SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL")
            .bind(name)
            .bind(at)
            .execute(tx.connection())
            .await?;
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    async fn change_tokens(&self, name: &str, role: Role) -> Result<u64, StoreError> {
        let mut tx = self.write().await?;
        let done = sqlx::query("UPDATE api_tokens SET role = $2 WHERE name = $1 AND revoked_at IS NULL")
            .bind(name)
            .bind(role.as_str())
            .execute(tx.connection())
            .await?;
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(done.rows_affected())
    }

    async fn end_session(&self, token: TokenHash) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE token = $1").bind(&token[..]).execute(tx.connection()).await?;
        tx.announce(Change::Access);
        tx.commit().await
    }

    async fn add_token(&self, token: TokenHash, name: &str, role: Role, at: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("INSERT INTO api_tokens (token, name, role, created_at) VALUES ($1, $2, $3, $4)")
            .bind(&token[..])
            .bind(name)
            .bind(role.as_str())
            .bind(at)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }

    async fn token_role(&self, token: TokenHash) -> Result<Option<Role>, StoreError> {
        let word: Option<String> =
            sqlx::query_scalar("SELECT role FROM api_tokens WHERE token = $1 AND revoked_at IS NULL")
                .bind(&token[..])
                .fetch_optional(self.reader())
                .await?;
        word.map(|word| role(&word)).transpose()
    }

    async fn try_login(&self, key: &str, now: Millis, since: Millis, most: u32) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        // Two that count at the same moment would both find the last place free.
        Backend::stop_others_with(tx.connection(), key).await?;
        sqlx::query("DELETE FROM failed_logins WHERE at < $1").bind(since).execute(tx.connection()).await?;
        let done = sqlx::query(
            "INSERT INTO failed_logins (key, at) SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT)
             WHERE (SELECT count(*) FROM failed_logins WHERE key = $1 AND at >= $3) < $4",
        )
        .bind(key)
        .bind(now)
        .bind(since)
        .bind(i64::from(most))
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn last_failed_login(&self, key: &str, since: Millis) -> Result<Option<Millis>, StoreError> {
        let last = sqlx::query_scalar("SELECT max(at) FROM failed_logins WHERE key = $1 AND at >= $2");
        Ok(last.bind(key).bind(since).fetch_one(self.reader()).await?)
    }

    async fn forget_logins(&self, key: &str) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM failed_logins WHERE key = $1").bind(key).execute(tx.connection()).await?;
        tx.commit().await
    }
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    user: UserRow,
    started_at: Millis,
    expires_at: Millis,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(flatten)]
    user: UserRow,
    sessions: i64,
}
