//! What staff ask of tablets from afar.

use async_trait::async_trait;
use domain::{
    id::{KioskId, UserId, VenueId},
    kiosk_command::CommandKind,
    time::{DAY, HOUR, Millis},
};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, pairings::locked, scope::Scoped};
use crate::{
    StoreError,
    audit::{Entry, Kind, Verb},
    changes::Change,
    kiosk_commands::{Command, KioskCommands, NewCommand, StaffKioskCommands},
};

/// What has no other end is of use for so long.
const EVENING: Millis = 12 * HOUR;
/// So long it is kept what was asked and is over.
const KEPT: Millis = 30 * DAY;

#[async_trait]
impl KioskCommands for Backend {
    async fn commands_of(&self, kiosk: KioskId, now: Millis) -> Result<Vec<Command>, StoreError> {
        let rows: Vec<CommandRow> = sqlx::query_as(
            "SELECT kiosk, number, kind, words, ends_at, done_at FROM kiosk_commands
             WHERE kiosk = $1 AND ends_at > $2 ORDER BY number",
        )
        .bind(kiosk.0)
        .bind(now)
        .fetch_all(self.reader())
        .await?;
        rows.into_iter().map(Command::try_from).collect()
    }

    async fn commands_done(&self, kiosk: KioskId, number: Millis, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let venue: Option<Uuid> = sqlx::query_scalar("SELECT venue FROM kiosks WHERE id = $1")
            .bind(kiosk.0)
            .fetch_optional(tx.connection())
            .await?;
        sqlx::query("UPDATE kiosk_commands SET done_at = $3 WHERE kiosk = $1 AND number <= $2 AND done_at IS NULL")
            .bind(kiosk.0)
            .bind(number)
            .bind(now)
            .execute(tx.connection())
            .await?;
        if let Some(venue) = venue {
            tx.announce(Change::Kiosk { venue: VenueId(venue) });
        }
        tx.commit().await
    }
}

#[async_trait]
impl StaffKioskCommands for Scoped {
    async fn command(&self, commands: &[NewCommand], by: Option<UserId>, now: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        for one in commands {
            // Two that ask at the same moment would give the same number.
            let Some((VenueId(venue), name)) = locked(&mut tx, &self.scope, one.kiosk).await? else {
                return Ok(false);
            };
            sqlx::query("DELETE FROM kiosk_commands WHERE kiosk = $1 AND ends_at < $2")
                .bind(one.kiosk.0)
                .bind(now - KEPT)
                .execute(tx.connection())
                .await?;
            let last: Option<Millis> = sqlx::query_scalar("SELECT max(number) FROM kiosk_commands WHERE kiosk = $1")
                .bind(one.kiosk.0)
                .fetch_one(tx.connection())
                .await?;
            sqlx::query(
                "INSERT INTO kiosk_commands (kiosk, number, kind, words, ends_at, asked_by)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(one.kiosk.0)
            .bind(last.map_or(now, |last| now.max(last + 1)))
            .bind(one.kind.as_str())
            .bind(one.words.as_ref().map(serde_json::to_string).transpose()?)
            .bind(ends_at(tx.connection(), one.kind, venue, now).await?)
            .bind(by.map(|by| by.0))
            .execute(tx.connection())
            .await?;
            let told = json!({ "command": one.kind.as_str(), "words": one.words });
            let entry = Entry::did(Verb::Asked, Kind::Kiosk, one.kiosk).named(&name);
            tx.record(entry.with(&Value::Null, &told)).await?;
            tx.announce(Change::Kiosk { venue: VenueId(venue) });
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn commands(&self, now: Millis) -> Result<Vec<Command>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT kiosk, number, kind, words, ends_at, done_at FROM kiosk_commands
             JOIN kiosks ON kiosks.id = kiosk_commands.kiosk WHERE ends_at > ",
        );
        query.push_bind(now);
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY kiosk, number");
        let rows: Vec<CommandRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        rows.into_iter().map(Command::try_from).collect()
    }
}

/// Until when a command is of use.
async fn ends_at(
    connection: &mut Connection,
    kind: CommandKind,
    venue: Uuid,
    now: Millis,
) -> Result<Millis, StoreError> {
    let next: Option<(Millis, Millis)> = sqlx::query_as(
        "SELECT COALESCE(doors_at, starts_at) AS doors, window_until FROM events
         WHERE venue = $1 AND NOT cancelled AND COALESCE(doors_at, starts_at) > $2 AND span_until > $2
         ORDER BY doors, id LIMIT 1",
    )
    .bind(venue)
    .bind(now)
    .fetch_optional(connection)
    .await?;
    let end = match (kind, next) {
        (CommandKind::Pause, Some((doors, _))) => Some(doors),
        (CommandKind::NextEvent, Some((_, until))) => Some(until),
        _ => None,
    };
    Ok(end.unwrap_or(now + EVENING))
}

#[derive(sqlx::FromRow)]
struct CommandRow {
    kiosk: Uuid,
    number: Millis,
    kind: String,
    words: Option<String>,
    ends_at: Millis,
    done_at: Option<Millis>,
}

impl TryFrom<CommandRow> for Command {
    type Error = StoreError;

    fn try_from(row: CommandRow) -> Result<Self, StoreError> {
        Ok(Self {
            kiosk: KioskId(row.kiosk),
            number: row.number,
            kind: CommandKind::from_name(&row.kind)
                .ok_or_else(|| StoreError::unknown_word("kind of command", &row.kind))?,
            words: row.words.map(|words| serde_json::from_str(&words)).transpose()?,
            ends_at: row.ends_at,
            done_at: row.done_at,
        })
    }
}
