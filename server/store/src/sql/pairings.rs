//! How tablets come to kiosks, move with them and leave them.

use async_trait::async_trait;
use domain::{
    id::{KioskId, PairingId, UserId, VenueId},
    time::Millis,
};
use serde_json::{Value, json};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Connection, Db, scope::Scoped, write_tx::WriteTx};
use crate::{
    Scope, StoreError,
    audit::{Entry, Kind, Verb},
    changes::Change,
    kiosks::{Pairing, TokenHash},
    pairings::{
        Confirmation, EndReason, KioskEntry, Move, Paired, PairingRecord, Pairings, Place, StaffKiosks, Waiting,
        WaitingLimits, Waits,
    },
};

#[async_trait]
impl Pairings for Backend {
    async fn wait_for_pairing(
        &self,
        tablet: &Waiting,
        now: Millis,
        limits: WaitingLimits,
    ) -> Result<Waits, StoreError> {
        let mut tx = self.write().await?;
        // Two that count at the same moment would both find the last place free.
        Backend::stop_others_with(tx.connection(), "waiting tablets").await?;
        sqlx::query("DELETE FROM waiting_tablets WHERE expires_at <= $1").bind(now).execute(tx.connection()).await?;
        if let Some(waiting) = waiting(tx.connection(), tablet.token, now).await? {
            return Ok(Waits::Yes(waiting));
        }
        if is_full(&mut tx, limits).await? && !displace_one(&mut tx, limits).await? {
            return Ok(Waits::TooMany);
        }
        let done = sqlx::query(
            "INSERT INTO waiting_tablets (id, token, words, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(tablet.id.0)
        .bind(&tablet.token[..])
        .bind(&tablet.words[..])
        .bind(tablet.expires_at)
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(if done.rows_affected() > 0 { Waits::Yes(*tablet) } else { Waits::WordsTaken })
    }

    async fn waiting_tablet(&self, token: TokenHash, now: Millis) -> Result<Option<Waiting>, StoreError> {
        let mut reading = self.reader().acquire().await?;
        waiting(&mut reading, token, now).await
    }

    async fn waiting_tablet_asked(&self, id: PairingId, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("UPDATE waiting_tablets SET asked_at = $2 WHERE id = $1")
            .bind(id.0)
            .bind(now)
            .execute(tx.connection())
            .await?;
        tx.commit().await
    }
}

#[async_trait]
impl StaffKiosks for Scoped {
    async fn pair(&self, confirmation: &Confirmation, now: Millis) -> Result<Paired, StoreError> {
        let mut tx = self.write().await?;
        let Some((id, token)) = use_words(&mut tx, confirmation, now).await? else {
            return Ok(Paired::NobodyWaits);
        };
        let Some(place) = find_place(&mut tx, &self.scope, confirmation, now).await? else {
            return Ok(Paired::NoSuchPlace);
        };
        let pairing = Pairing { id, ..place };
        // A token that opens something already is its tablet's; whoever typed these words came too late.
        match begin(&mut tx, &pairing, &token, confirmation.by, now).await {
            Err(StoreError::Refused(_)) => return Ok(Paired::NobodyWaits),
            begun => begun?,
        }
        let entry = Entry::did(Verb::Paired, Kind::Kiosk, pairing.kiosk).named(&pairing.kiosk_name);
        tx.record(entry.with(&Value::Null, &json!({ "venue": pairing.venue }))).await?;
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(Paired::Done(pairing))
    }

    async fn kiosks(&self) -> Result<Vec<KioskEntry>, StoreError> {
        let mut query = QueryBuilder::new(KIOSKS);
        query.push(" WHERE 1 = 1");
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY name, id");
        let rows: Vec<KioskRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        Ok(rows.into_iter().map(entry).collect())
    }

    async fn kiosk(&self, id: KioskId) -> Result<Option<(KioskEntry, Vec<PairingRecord>)>, StoreError> {
        let mut snapshot = self.backend.snapshot().await?;
        let mut query = QueryBuilder::new(KIOSKS);
        query.push(" WHERE id = ").push_bind(id.0);
        self.scope.narrow(&mut query, "venue");
        let row: Option<KioskRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_optional(&mut *snapshot).await?;
        let Some(kiosk) = row.map(entry) else { return Ok(None) };
        let rows: Vec<RecordRow> = sqlx::query_as(
            "SELECT pairings.id, venue, paired_at, comer.email AS paired_by, revoked_at, ended,
             goer.email AS revoked_by, last_contact FROM pairings
             LEFT JOIN users AS comer ON comer.id = paired_by LEFT JOIN users AS goer ON goer.id = revoked_by
             WHERE kiosk = $1
             ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, paired_at DESC, pairings.id DESC",
        )
        .bind(id.0)
        .fetch_all(&mut *snapshot)
        .await?;
        let records = rows.into_iter().map(PairingRecord::try_from).collect::<Result<_, _>>()?;
        Ok(Some((kiosk, records)))
    }

    async fn rename_kiosk(&self, id: KioskId, name: &str) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some((_, before)) = locked(&mut tx, &self.scope, id).await? else { return Ok(false) };
        sqlx::query("UPDATE kiosks SET name = $2 WHERE id = $1").bind(id.0).bind(name).execute(tx.connection()).await?;
        let told = |name: &str| json!({ "name": name });
        tx.record(Entry::changed(Kind::Kiosk, id, &told(&before), &told(name)).named(name)).await?;
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(true)
    }

    async fn move_kiosk(&self, to: &Move, now: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some((from, kiosk_name)) = locked(&mut tx, &self.scope, to.kiosk).await? else { return Ok(false) };
        if !is_venue(&mut tx, &self.scope, to.venue).await? {
            return Ok(false);
        }
        if from == to.venue {
            return Ok(true);
        }
        sqlx::query("UPDATE kiosks SET venue = $2 WHERE id = $1")
            .bind(to.kiosk.0)
            .bind(to.venue.0)
            .execute(tx.connection())
            .await?;
        let tokens = end(&mut tx, to.kiosk, EndReason::Moved, to.by, now).await?;
        let told = |venue: VenueId| json!({ "venue": venue });
        let entry = Entry::did(Verb::Moved, Kind::Kiosk, to.kiosk).named(&kiosk_name);
        tx.record(entry.with(&told(from), &told(to.venue))).await?;
        let next = Pairing { id: to.next, kiosk: to.kiosk, kiosk_name, venue: to.venue };
        if let Some(token) = tokens.first() {
            begin(&mut tx, &next, token, to.by, now).await?;
        }
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(true)
    }

    async fn unpair_kiosk(&self, id: KioskId, by: Option<UserId>, now: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some((_, name)) = locked(&mut tx, &self.scope, id).await? else { return Ok(false) };
        let tokens = end(&mut tx, id, EndReason::Unpaired, by, now).await?;
        if !tokens.is_empty() {
            tx.record(Entry::did(Verb::Unpaired, Kind::Kiosk, id).named(name)).await?;
        }
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(!tokens.is_empty())
    }
}

/// Begins a pairing; refused where its token opens something already.
pub(super) async fn begin(
    tx: &mut WriteTx<'_>,
    pairing: &Pairing,
    token: &[u8],
    by: Option<UserId>,
    now: Millis,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO pairings (id, kiosk, venue, token, paired_at, paired_by) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(pairing.id.0)
        .bind(pairing.kiosk.0)
        .bind(pairing.venue.0)
        .bind(token)
        .bind(now)
        .bind(by.map(|by| by.0))
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Ends what is paired with a kiosk, and says which tokens opened something.
async fn end(
    tx: &mut WriteTx<'_>,
    kiosk: KioskId,
    how: EndReason,
    by: Option<UserId>,
    now: Millis,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let tokens = sqlx::query_scalar(
        "UPDATE pairings SET revoked_at = $2, revoked_by = $3, ended = $4 WHERE kiosk = $1 AND revoked_at IS NULL
         RETURNING token",
    )
    .bind(kiosk.0)
    .bind(now)
    .bind(by.map(|by| by.0))
    .bind(how.as_str())
    .fetch_all(tx.connection())
    .await?;
    Ok(tokens)
}

/// Takes the tablet that waits with the words; they open nothing any more, once this is committed.
async fn use_words(
    tx: &mut WriteTx<'_>,
    confirmation: &Confirmation,
    now: Millis,
) -> Result<Option<(PairingId, Vec<u8>)>, StoreError> {
    for words in &confirmation.words {
        let row: Option<(Uuid, Vec<u8>)> =
            sqlx::query_as("DELETE FROM waiting_tablets WHERE words = $1 AND expires_at > $2 RETURNING id, token")
                .bind(&words[..])
                .bind(now)
                .fetch_optional(tx.connection())
                .await?;
        if let Some((id, token)) = row {
            return Ok(Some((PairingId(id), token)));
        }
    }
    Ok(None)
}

/// Makes room for a tablet; the id of the pairing is still to come.
async fn find_place(
    tx: &mut WriteTx<'_>,
    scope: &Scope,
    confirmation: &Confirmation,
    now: Millis,
) -> Result<Option<Pairing>, StoreError> {
    let id = PairingId(Uuid::nil());
    match &confirmation.place {
        Place::New { kiosk, venue, name } => {
            if !is_venue(tx, scope, *venue).await? {
                return Ok(None);
            }
            let pairing = Pairing { id, kiosk: *kiosk, kiosk_name: name.clone(), venue: *venue };
            add_kiosk(tx, &pairing, now).await?;
            Ok(Some(pairing))
        }
        Place::Instead(kiosk) => {
            let Some((venue, kiosk_name)) = locked(tx, scope, *kiosk).await? else { return Ok(None) };
            end(tx, *kiosk, EndReason::Replaced, confirmation.by, now).await?;
            Ok(Some(Pairing { id, kiosk: *kiosk, kiosk_name, venue }))
        }
    }
}

/// Adds a kiosk, unless it is there already.
pub(super) async fn add_kiosk(tx: &mut WriteTx<'_>, pairing: &Pairing, now: Millis) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO kiosks (id, venue, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
        .bind(pairing.kiosk.0)
        .bind(pairing.venue.0)
        .bind(&pairing.kiosk_name)
        .bind(now)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Where a kiosk in the scope is and what it is called; nobody else changes it or its pairings before
/// the end of the transaction.
pub(super) async fn locked(
    tx: &mut WriteTx<'_>,
    scope: &Scope,
    kiosk: KioskId,
) -> Result<Option<(VenueId, String)>, StoreError> {
    Backend::stop_others_with(tx.connection(), &kiosk.to_string()).await?;
    let mut query = QueryBuilder::<Db>::new("SELECT venue, name FROM kiosks WHERE id = ");
    query.push_bind(kiosk.0);
    scope.narrow(&mut query, "venue");
    let row: Option<(Uuid, String)> =
        query.build_query_as().persistent(scope.is_everything()).fetch_optional(tx.connection()).await?;
    Ok(row.map(|(venue, name)| (VenueId(venue), name)))
}

/// Whether there is such a venue in the scope.
async fn is_venue(tx: &mut WriteTx<'_>, scope: &Scope, venue: VenueId) -> Result<bool, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT id FROM venues WHERE id = ");
    query.push_bind(venue.0);
    scope.narrow(&mut query, "id");
    let row: Option<Uuid> =
        query.build_query_scalar().persistent(scope.is_everything()).fetch_optional(tx.connection()).await?;
    Ok(row.is_some())
}

async fn waiting(connection: &mut Connection, token: TokenHash, now: Millis) -> Result<Option<Waiting>, StoreError> {
    let row: Option<(Uuid, Vec<u8>, Millis, Option<Millis>)> = sqlx::query_as(
        "SELECT id, words, expires_at, asked_at FROM waiting_tablets WHERE token = $1 AND expires_at > $2",
    )
    .bind(&token[..])
    .bind(now)
    .fetch_optional(connection)
    .await?;
    let Some((id, words, expires_at, asked_at)) = row else { return Ok(None) };
    let words = words.try_into().map_err(|_| StoreError::Unreadable("the hash of words has another length".into()))?;
    Ok(Some(Waiting { id: PairingId(id), token, words, expires_at, asked_at }))
}

/// Whether as many wait as may. What has expired is gone by then.
async fn is_full(tx: &mut WriteTx<'_>, limits: WaitingLimits) -> Result<bool, StoreError> {
    let wait: i64 = sqlx::query_scalar("SELECT count(*) FROM waiting_tablets").fetch_one(tx.connection()).await?;
    Ok(wait >= i64::from(limits.most))
}

/// Sends one waiting tablet away, where that may be; it asks for other words.
async fn displace_one(tx: &mut WriteTx<'_>, limits: WaitingLimits) -> Result<bool, StoreError> {
    let gone = sqlx::query(
        "DELETE FROM waiting_tablets WHERE id = (SELECT id FROM waiting_tablets
         WHERE asked_at IS NULL OR asked_at <= $1 OR expires_at < $2
         ORDER BY coalesce(asked_at, 0), expires_at, id LIMIT 1)",
    )
    .bind(limits.silent_since)
    .bind(limits.expires_before)
    .execute(tx.connection())
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// The rows of kiosks, before it is said which.
const KIOSKS: &str = "SELECT id, name, venue, EXISTS (SELECT 1 FROM pairings WHERE kiosk = kiosks.id AND revoked_at IS NULL) FROM kiosks";

/// Id, name, venue, and whether a tablet is paired with it.
type KioskRow = (Uuid, String, Uuid, bool);

fn entry((id, name, venue, paired): KioskRow) -> KioskEntry {
    KioskEntry { id: KioskId(id), name, venue: VenueId(venue), paired }
}

#[derive(sqlx::FromRow)]
struct RecordRow {
    id: Uuid,
    venue: Uuid,
    paired_at: Millis,
    paired_by: Option<String>,
    revoked_at: Option<Millis>,
    ended: Option<String>,
    revoked_by: Option<String>,
    last_contact: Option<Millis>,
}

impl TryFrom<RecordRow> for PairingRecord {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<Self, StoreError> {
        let ended = match (row.revoked_at, row.ended) {
            (Some(at), Some(word)) => {
                let how =
                    EndReason::from_name(&word).ok_or_else(|| StoreError::unknown_word("end of a pairing", &word))?;
                Some((at, how, row.revoked_by))
            }
            _ => None,
        };
        Ok(Self {
            id: PairingId(row.id),
            venue: VenueId(row.venue),
            paired_at: row.paired_at,
            paired_by: row.paired_by,
            ended,
            last_contact: row.last_contact,
        })
    }
}
