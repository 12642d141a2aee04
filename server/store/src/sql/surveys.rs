//! Published surveys.

use async_trait::async_trait;
use domain::{
    event::Subject,
    id::{SurveyId, SurveyVersionId},
    lang::Text,
    survey::{Collection, SurveyVersion},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Db, scope::Scoped, write_tx::WriteTx};
use crate::{
    StoreError,
    audit::{Entry, Kind},
    changes::Change,
    scope::push_list,
    surveys::{StaffSurveys, Survey, Surveys, read_collection},
};

#[async_trait]
impl Surveys for Backend {
    async fn publish(
        &self,
        survey: SurveyId,
        name: &Text,
        version: &SurveyVersion,
        at: Millis,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        publish(&mut tx, survey, name, version, at).await?;
        tx.commit().await
    }

    async fn survey_version(&self, id: SurveyVersionId) -> Result<Option<SurveyVersion>, StoreError> {
        let row = sqlx::query_as("SELECT id, questions FROM survey_versions WHERE id = $1").bind(id.0);
        row.fetch_optional(self.reader()).await?.map(version).transpose()
    }

    async fn collection_of(&self, version: SurveyVersionId) -> Result<Collection, StoreError> {
        let word: Option<String> = sqlx::query_scalar(
            "SELECT collection FROM survey_versions JOIN surveys ON surveys.id = survey_versions.survey
             WHERE survey_versions.id = $1",
        )
        .bind(version.0)
        .fetch_optional(self.reader())
        .await?;
        Ok(word.as_deref().map(read_collection).transpose()?.unwrap_or_default())
    }
}

#[async_trait]
impl StaffSurveys for Scoped {
    async fn surveys(&self) -> Result<Vec<Survey>, StoreError> {
        let rows: Vec<(Uuid, String, Uuid)> = sqlx::query_as(
            "SELECT surveys.id, name, survey_versions.id FROM surveys JOIN survey_versions ON survey = surveys.id
             ORDER BY name, surveys.id, published_at DESC, survey_versions.id DESC",
        )
        .fetch_all(self.reader())
        .await?;
        let mut surveys: Vec<Survey> = Vec::new();
        for (id, name, version) in rows {
            if surveys.last().is_none_or(|last| last.id.0 != id) {
                let name = serde_json::from_str(&name)?;
                surveys.push(Survey { id: SurveyId(id), name, newest: SurveyVersionId(version) });
            }
        }
        Ok(surveys)
    }

    async fn survey_versions(&self, ids: &[SurveyVersionId]) -> Result<Vec<SurveyVersion>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT id, questions FROM survey_versions WHERE id IN ");
        push_list(&mut query, ids.iter().map(|id| id.0));
        query.push(" ORDER BY published_at DESC, id DESC");
        let rows: Vec<(Uuid, String)> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        rows.into_iter().map(version).collect()
    }

    async fn add_wording(&self, of: SurveyVersionId, worded: &SurveyVersion) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let added = sqlx::query(
            "INSERT INTO survey_versions (id, survey, questions, published_at)
             SELECT $1, survey, $2, published_at FROM survey_versions WHERE id = $3 ON CONFLICT (id) DO NOTHING",
        )
        .bind(worded.version.0)
        .bind(serde_json::to_string(&worded.questions)?)
        .bind(of.0)
        .execute(tx.connection())
        .await?;
        if added.rows_affected() > 0 {
            tx.record(Entry::added(Kind::Survey, worded.version, &serde_json::json!({ "worded": of }))).await?;
            tx.announce(Change::Programme);
        }
        tx.commit().await
    }

    async fn collection(&self, version: SurveyVersionId) -> Result<Collection, StoreError> {
        self.backend.collection_of(version).await
    }

    async fn set_collection(&self, survey: SurveyId, collection: Collection) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        let row = sqlx::query_scalar("SELECT collection FROM surveys WHERE id = $1").bind(survey.0);
        let before: Option<String> = row.fetch_optional(tx.connection()).await?;
        if before.as_deref().is_none_or(|before| before == collection.as_str()) {
            return Ok(before.is_some());
        }
        let update = sqlx::query("UPDATE surveys SET collection = $1 WHERE id = $2");
        update.bind(collection.as_str()).bind(survey.0).execute(tx.connection()).await?;
        let told = |collection: Option<&str>| serde_json::json!({ "collection": collection });
        let (before, after) = (told(before.as_deref()), told(Some(collection.as_str())));
        tx.record(Entry::changed(Kind::Survey, survey, &before, &after)).await?;
        tx.announce(Change::Programme);
        tx.commit().await?;
        Ok(true)
    }

    async fn versions_of(&self, subject: Subject) -> Result<Vec<SurveyVersion>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT id, questions FROM survey_versions WHERE id IN (SELECT survey_version FROM tallies WHERE subject = ",
        );
        query.push_bind(subject.id());
        self.scope.narrow_subject(&mut query, "subject");
        query.push(") ORDER BY published_at DESC, id DESC");
        let rows: Vec<(Uuid, String)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(version).collect()
    }
}

fn version((id, questions): (Uuid, String)) -> Result<SurveyVersion, StoreError> {
    Ok(SurveyVersion { version: SurveyVersionId(id), questions: serde_json::from_str(&questions)? })
}

/// Publishes a version of a survey.
pub(super) async fn publish(
    tx: &mut WriteTx<'_>,
    survey: SurveyId,
    name: &Text,
    version: &SurveyVersion,
    at: Millis,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO surveys (id, name, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    )
    .bind(survey.0)
    .bind(serde_json::to_string(name)?)
    .bind(at)
    .execute(tx.connection())
    .await?;
    sqlx::query("INSERT INTO survey_versions (id, survey, questions, published_at) VALUES ($1, $2, $3, $4)")
        .bind(version.version.0)
        .bind(survey.0)
        .bind(serde_json::to_string(&version.questions)?)
        .bind(at)
        .execute(tx.connection())
        .await?;
    tx.announce(Change::Programme);
    Ok(())
}
