//! Calendar feeds.

use async_trait::async_trait;
use domain::{
    id::VenueId,
    lang::{Lang, LanguageTag},
    time::Millis,
};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Db, scope::Scoped};
use crate::{
    StoreError,
    audit::{Entry, Kind},
    feeds::{Feed, Feeds, StaffFeeds},
    kiosks::TokenHash,
};

#[async_trait]
impl Feeds for Backend {
    async fn feed(&self, token: TokenHash) -> Result<Option<Feed>, StoreError> {
        let row: Option<FeedRow> = sqlx::query_as("SELECT id, name, venue, lang, made_at FROM feeds WHERE token = $1")
            .bind(token.as_slice())
            .fetch_optional(self.reader())
            .await?;
        row.map(Feed::try_from).transpose()
    }
}

#[async_trait]
impl StaffFeeds for Scoped {
    async fn feeds(&self) -> Result<Vec<Feed>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, name, venue, lang, made_at FROM feeds WHERE 1 = 1");
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY made_at, id");
        let rows: Vec<FeedRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(Feed::try_from).collect()
    }

    async fn add_feed(&self, feed: &Feed, token: TokenHash) -> Result<bool, StoreError> {
        let may = feed.venue.map_or_else(|| self.scope.is_everything(), |venue| self.scope.allows(venue));
        if !may {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        sqlx::query("INSERT INTO feeds (id, token, name, venue, lang, made_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(feed.id)
            .bind(token.as_slice())
            .bind(&feed.name)
            .bind(feed.venue.map(|venue| venue.0))
            .bind(LanguageTag::from(feed.lang).as_str())
            .bind(feed.made_at)
            .execute(tx.connection())
            .await?;
        tx.record(Entry::added(Kind::Feed, feed.id, &told(feed)).named(&feed.name)).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn remove_feed(&self, id: Uuid) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let mut query = QueryBuilder::<Db>::new("SELECT id, name, venue, lang, made_at FROM feeds WHERE id = ");
        query.push_bind(id);
        self.scope.narrow(&mut query, "venue");
        let row: Option<FeedRow> = query.build_query_as().persistent(false).fetch_optional(tx.connection()).await?;
        let Some(feed) = row.map(Feed::try_from).transpose()? else { return Ok(false) };
        sqlx::query("DELETE FROM feeds WHERE id = $1").bind(id).execute(tx.connection()).await?;
        tx.record(Entry::removed(Kind::Feed, feed.id, &told(&feed)).named(&feed.name)).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// A feed, as the audit log tells it.
fn told(feed: &Feed) -> Value {
    json!({ "name": feed.name, "venue": feed.venue })
}

#[derive(sqlx::FromRow)]
struct FeedRow {
    id: Uuid,
    name: String,
    venue: Option<Uuid>,
    lang: String,
    made_at: Millis,
}

impl TryFrom<FeedRow> for Feed {
    type Error = StoreError;

    fn try_from(row: FeedRow) -> Result<Self, StoreError> {
        let lang = row.lang.parse().ok().and_then(|tag: LanguageTag| tag.lang());
        let lang: Lang = lang.ok_or_else(|| StoreError::unknown_word("language", &row.lang))?;
        Ok(Self { id: row.id, name: row.name, venue: row.venue.map(VenueId), lang, made_at: row.made_at })
    }
}
