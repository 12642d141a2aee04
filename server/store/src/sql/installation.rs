//! What has become of the installation.

use async_trait::async_trait;
use domain::{privacy::FEWEST, time::Millis};
use sqlx::FromRow;

use super::{Backend, scope::Scoped};
use crate::{
    StoreError,
    audit::{Actor, Entry, Kind},
    installation::{FirstSteps, Installation, InstallationState, StaffInstallation},
};

/// From so many answers on numbers are shown.
const SHOWN_FROM: i64 = FEWEST.cast_signed();

#[async_trait]
impl Installation for Backend {
    async fn note_backup(&self, at: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query(
            "INSERT INTO installation (one, backed_up_at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE
             SET backed_up_at = CASE WHEN installation.backed_up_at > $1 THEN installation.backed_up_at ELSE $1 END",
        )
        .bind(at)
        .execute(tx.connection())
        .await?;
        tx.commit().await
    }
}

#[async_trait]
impl StaffInstallation for Scoped {
    async fn installation(&self) -> Result<Option<InstallationState>, StoreError> {
        if !self.scope.is_everything() {
            return Ok(None);
        }
        let reader = if let Actor::User(user) = self.author.actor { Some(user.0) } else { None };
        let row: (Option<Millis>, Option<Millis>, Option<Millis>, bool) = sqlx::query_as(
            "SELECT (SELECT backed_up_at FROM installation), (SELECT steps_put_away_at FROM installation),
             (SELECT recovery_notice_at FROM users WHERE id = $1), EXISTS (SELECT 1 FROM responses)",
        )
        .bind(reader)
        .fetch_one(self.reader())
        .await?;
        let (backed_up_at, put_away_at, recovered_at, has_answers) = row;
        let state = InstallationState { backed_up_at, has_answers, recovered_at, first_steps: None };
        if put_away_at.is_some() {
            return Ok(Some(state));
        }
        let steps: StepsRow = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM kiosks) AS tablet,
             EXISTS (SELECT 1 FROM period_tallies WHERE dimension = 1 AND member = 'qr') AS poster,
             EXISTS (SELECT 1 FROM events) AS programme,
             (SELECT count(*) FROM users) > 1 AS colleagues,
             (SELECT count(*) FROM (SELECT 1 FROM responses WHERE standing = 0 LIMIT $1) AS found) >= $1 AS numbers",
        )
        .bind(SHOWN_FROM)
        .fetch_one(self.reader())
        .await?;
        Ok(Some(InstallationState { first_steps: Some(steps.into()), ..state }))
    }

    async fn put_first_steps_away(&self, at: Millis) -> Result<bool, StoreError> {
        if !self.scope.is_everything() {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        sqlx::query(
            "INSERT INTO installation (one, steps_put_away_at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE
             SET steps_put_away_at = $1",
        )
        .bind(at)
        .execute(tx.connection())
        .await?;
        let told = |put_away: bool| serde_json::json!({ "first_steps_put_away": put_away });
        tx.record(Entry::changed(Kind::Organisation, "", &told(false), &told(true))).await?;
        tx.commit().await?;
        Ok(true)
    }
}

#[derive(FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "each step is taken or not, whatever became of the others")]
struct StepsRow {
    tablet: bool,
    poster: bool,
    programme: bool,
    colleagues: bool,
    numbers: bool,
}

impl From<StepsRow> for FirstSteps {
    fn from(row: StepsRow) -> Self {
        let StepsRow { tablet, poster, programme, colleagues, numbers } = row;
        Self { tablet, poster, programme, colleagues, numbers }
    }
}
