//! The organisation, and the keys that belong to its data.

use async_trait::async_trait;
use domain::{
    lang::{Lang, LanguageTag},
    live_delay::LiveDelay,
    look::Look,
    notices::Notices,
    organisation_settings::OrganisationSettings,
    time::Millis,
};
use serde_json::json;
use sqlx::QueryBuilder;

use super::{Backend, Db, KIND_AND_VERSION, scope::Scoped, write_tx::WriteTx};
use crate::{
    StoreError,
    audit::{Entry, Kind},
    changes::Change,
    organisation::{InstanceKeys, Organisation, StaffOrganisation},
    words::{self, Words},
};

#[async_trait]
impl Organisation for Backend {
    async fn instance_keys(&self, proposed: &InstanceKeys, at: Millis) -> Result<InstanceKeys, StoreError> {
        let mut tx = self.write().await?;
        sqlx::query(
            "INSERT INTO foundation (id, epoch, content_key, form_key, made_at) VALUES (1, $1, $2, $3, $4)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(&proposed.epoch)
        .bind(&proposed.content_key[..])
        .bind(&proposed.form_key[..])
        .bind(at)
        .execute(tx.connection())
        .await?;
        let (epoch, content_key, form_key): (String, Vec<u8>, Vec<u8>) =
            sqlx::query_as("SELECT epoch, content_key, form_key FROM foundation WHERE id = 1")
                .fetch_one(tx.connection())
                .await?;
        tx.commit().await?;
        Ok(InstanceKeys { epoch, content_key: key(&content_key)?, form_key: key(&form_key)? })
    }

    async fn epoch(&self) -> Result<Option<String>, StoreError> {
        let epoch = sqlx::query_scalar("SELECT epoch FROM foundation WHERE id = 1");
        Ok(epoch.fetch_optional(self.reader()).await?)
    }

    async fn begin_epoch(&self, epoch: &str) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        // Data without instance keys gets its first epoch at the first start.
        sqlx::query("UPDATE foundation SET epoch = $1").bind(epoch).execute(tx.connection()).await?;
        for sql in ["DELETE FROM sessions", "DELETE FROM setup_links"] {
            sqlx::query(sql).execute(tx.connection()).await?;
        }
        // Running servers look again who is who, and which epoch it is.
        tx.announce(Change::Access);
        tx.commit().await
    }

    async fn organisation_name(&self) -> Result<Option<String>, StoreError> {
        self.read_name().await
    }

    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError> {
        self.read_languages().await
    }

    async fn live_delay(&self) -> Result<LiveDelay, StoreError> {
        let kept = sqlx::query_scalar("SELECT live_delay FROM organisation WHERE id = 1");
        let kept: Option<String> = kept.fetch_optional(self.reader()).await?;
        let Some(word) = kept else { return Ok(LiveDelay::default()) };
        LiveDelay::from_name(&word).ok_or_else(|| StoreError::unknown_word("delay", &word))
    }

    async fn look(&self) -> Result<Look, StoreError> {
        self.read_words("colours").await.and_then(|words| words::look(&words))
    }

    async fn notices(&self) -> Result<Notices, StoreError> {
        Ok(words::notices(&self.read_words("notices").await?))
    }

    async fn organisation_settings(&self) -> Result<OrganisationSettings, StoreError> {
        self.read_words("settings").await.and_then(|words| words::organisation_settings(&words))
    }

    async fn name_organisation(&self, name: &str) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        self::name(&mut tx, name).await?;
        tx.commit().await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        // SQLite would say that one is one without a look at its file.
        sqlx::query("SELECT 1 FROM foundation").execute(self.reader()).await?;
        Ok(())
    }

    async fn database(&self) -> Result<String, StoreError> {
        Ok(sqlx::query_scalar(KIND_AND_VERSION).fetch_one(self.reader()).await?)
    }
}

#[async_trait]
impl StaffOrganisation for Scoped {
    async fn database(&self) -> Result<String, StoreError> {
        self.backend.database().await
    }

    async fn organisation_name(&self) -> Result<Option<String>, StoreError> {
        self.backend.read_name().await
    }

    async fn organisation_languages(&self) -> Result<Vec<LanguageTag>, StoreError> {
        self.backend.read_languages().await
    }

    async fn choose_languages(&self, languages: &[LanguageTag]) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let languages = serde_json::to_string(languages)?;
        let mut tx = self.write().await?;
        let before = sqlx::query_scalar("SELECT languages FROM organisation WHERE id = 1");
        let before: Option<String> = before.fetch_optional(tx.connection()).await?;
        if before.as_ref() == Some(&languages) {
            return Ok(true);
        }
        // First those that follow, while it is known which they are.
        for sql in [
            "UPDATE venues SET languages = $1 WHERE languages = (SELECT languages FROM organisation WHERE id = 1)",
            "UPDATE organisation SET languages = $1 WHERE id = 1",
        ] {
            sqlx::query(sql).bind(&languages).execute(tx.connection()).await?;
        }
        let told = |languages: Option<&str>| json!({ "languages": languages });
        let entry = Entry::changed(Kind::Organisation, "", &told(before.as_deref()), &told(Some(&languages)));
        tx.record(entry).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(true)
    }

    async fn choose_live_delay(&self, delay: LiveDelay) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let before = self.backend.live_delay().await?;
        let mut tx = self.write().await?;
        let changed = sqlx::query("UPDATE organisation SET live_delay = $1 WHERE id = 1 AND live_delay <> $1")
            .bind(delay.as_str())
            .execute(tx.connection())
            .await?;
        if changed.rows_affected() > 0 {
            let told = |delay: LiveDelay| json!({ "live_delay": delay.as_str() });
            tx.record(Entry::changed(Kind::Organisation, "", &told(before), &told(delay))).await?;
            tx.announce(Change::Programme);
            tx.commit().await?;
        }
        Ok(true)
    }

    async fn look(&self) -> Result<Look, StoreError> {
        self.backend.look().await
    }

    async fn choose_look(&self, look: &Look) -> Result<bool, StoreError> {
        self.keep_words("colours", words::words_of_look(look)).await
    }

    async fn notices(&self) -> Result<Notices, StoreError> {
        self.backend.notices().await
    }

    async fn say_notices(&self, notices: &Notices) -> Result<bool, StoreError> {
        self.keep_words("notices", words::words_of_notices(notices)).await
    }

    async fn organisation_settings(&self) -> Result<OrganisationSettings, StoreError> {
        self.backend.organisation_settings().await
    }

    async fn decide_settings(&self, settings: &OrganisationSettings) -> Result<bool, StoreError> {
        self.keep_words("settings", words::words_of_settings(settings)).await
    }
}

impl Scoped {
    /// Keeps words by name in a column of the organisation, where somebody sees everything.
    async fn keep_words(&self, column: &'static str, words: Words) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let before = self.backend.read_words(column).await?;
        if before == words {
            return Ok(true);
        }
        let mut tx = self.write().await?;
        let mut update = QueryBuilder::<Db>::new("UPDATE organisation SET ");
        update.push(column).push(" = ").push_bind(serde_json::to_string(&words)?).push(" WHERE id = 1");
        update.build().execute(tx.connection()).await?;
        let told = |words: &Words| json!({ column: words });
        tx.record(Entry::changed(Kind::Organisation, "", &told(&before), &told(&words))).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(true)
    }
}

impl Backend {
    /// The words by name in a column of the organisation.
    async fn read_words(&self, column: &'static str) -> Result<Words, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(column).push(" FROM organisation WHERE id = 1");
        let kept: Option<String> = query.build_query_scalar().fetch_optional(self.reader()).await?;
        kept.map_or_else(|| Ok(Words::new()), |json| Ok(serde_json::from_str(&json)?))
    }

    async fn read_name(&self) -> Result<Option<String>, StoreError> {
        let name = sqlx::query_scalar("SELECT name FROM organisation WHERE id = 1");
        Ok(name.fetch_optional(self.reader()).await?)
    }

    async fn read_languages(&self) -> Result<Vec<LanguageTag>, StoreError> {
        let kept: Option<String> =
            sqlx::query_scalar("SELECT languages FROM organisation WHERE id = 1").fetch_optional(self.reader()).await?;
        Ok(match kept {
            Some(json) => serde_json::from_str(&json)?,
            None => Lang::ALL.map(LanguageTag::from).to_vec(),
        })
    }
}

/// Names the organisation.
pub(super) async fn name(tx: &mut WriteTx<'_>, name: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO organisation (id, name) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    )
    .bind(name)
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn key(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Unreadable(format!("a key of {} bytes", bytes.len())))
}
