//! Kiosks and pairings.

use async_trait::async_trait;
use domain::{
    health::Told,
    heartbeat::{Heartbeat, LAST_SEQ},
    id::{KioskId, PairingId, VenueId},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Db, FOR_UPDATE, pairings};
use crate::{
    StoreError,
    changes::Change,
    kiosks::{Kiosks, Pairing, PairingSpan, TokenHash},
    pairings::EndReason,
};

#[async_trait]
impl Kiosks for Backend {
    async fn add_kiosk(&self, pairing: &Pairing, token: TokenHash, at: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        // A kiosk that is there already has got a new tablet.
        pairings::add_kiosk(&mut tx, pairing, at).await?;
        pairings::begin(&mut tx, pairing, &token, None, at).await?;
        tx.announce(Change::Access);
        tx.commit().await
    }

    async fn pairing_by_token(&self, token: TokenHash) -> Result<Option<Pairing>, StoreError> {
        let row: Option<PairingRow> = sqlx::query_as(
            "SELECT pairings.id, kiosk, name, pairings.venue FROM pairings JOIN kiosks ON kiosks.id = pairings.kiosk
             WHERE token = $1 AND revoked_at IS NULL",
        )
        .bind(&token[..])
        .fetch_optional(self.reader())
        .await?;
        Ok(row.map(read))
    }

    async fn pairing(&self, id: PairingId) -> Result<Option<Pairing>, StoreError> {
        let row: Option<PairingRow> = sqlx::query_as(
            "SELECT pairings.id, kiosk, name, pairings.venue FROM pairings JOIN kiosks ON kiosks.id = pairings.kiosk
             WHERE pairings.id = $1",
        )
        .bind(id.0)
        .fetch_optional(self.reader())
        .await?;
        Ok(row.map(read))
    }

    async fn pairing_span(&self, id: PairingId) -> Result<Option<PairingSpan>, StoreError> {
        let span: Option<(Millis, Option<Millis>)> =
            sqlx::query_as("SELECT paired_at, revoked_at FROM pairings WHERE id = $1")
                .bind(id.0)
                .fetch_optional(self.reader())
                .await?;
        Ok(span.map(|(from, until)| PairingSpan { from, until }))
    }

    async fn claim_pairing(&self, id: PairingId, device: [u8; 32], at: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        // Who lost the answer on the way asks again.
        let claimed = sqlx::query(
            "UPDATE pairings SET claimed_by = $2 WHERE id = $1
             AND (claimed_by = $2 OR claimed_by IS NULL AND last_contact IS NULL)",
        )
        .bind(id.0)
        .bind(&device[..])
        .execute(tx.connection())
        .await?;
        let is_claimed = claimed.rows_affected() > 0;
        if !is_claimed {
            let venue: Option<Uuid> =
                sqlx::query_scalar("UPDATE pairings SET reopened_at = $2 WHERE id = $1 RETURNING venue")
                    .bind(id.0)
                    .bind(at)
                    .fetch_optional(tx.connection())
                    .await?;
            if let Some(venue) = venue {
                tx.announce(Change::Kiosk { venue: VenueId(venue) });
            }
        }
        tx.commit().await?;
        Ok(is_claimed)
    }

    async fn revoke_pairing(&self, id: PairingId, at: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let done = sqlx::query("UPDATE pairings SET revoked_at = $2, ended = $3 WHERE id = $1 AND revoked_at IS NULL")
            .bind(id.0)
            .bind(at)
            .bind(EndReason::Unpaired.as_str())
            .execute(tx.connection())
            .await?;
        tx.announce(Change::Access);
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn record_heartbeat(&self, id: PairingId, beat: &Heartbeat, at: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let mut query = QueryBuilder::<Db>::new(
            "SELECT heartbeat, seq_told, cleared_at, kiosks.venue FROM pairings JOIN kiosks ON kiosks.id = pairings.kiosk
             WHERE pairings.id = ",
        );
        query.push_bind(id.0).push(FOR_UPDATE);
        let before: Option<ToldRow> = query.build_query_as().fetch_optional(tx.connection()).await?;
        let Some((heartbeat, told, cleared_at, venue)) = before else { return Ok(()) };
        // What another version of this program wrote is no reason to refuse a sign of life.
        let before: Option<Heartbeat> = heartbeat.and_then(|before| serde_json::from_str(&before).ok());
        let before = Told { beat: before.as_ref(), highest: u64::try_from(told).unwrap_or(0), cleared_at };
        // Under another pairing it says nothing about the numbers of this one.
        let is_foreign = beat.pairing.is_some_and(|told| told != id);
        let seq = if beat.failure.is_none() { i64::try_from(beat.seq).unwrap_or(i64::MAX) } else { 0 };
        sqlx::query(
            "UPDATE pairings SET heartbeat = $2, last_contact = $3, seq_told = $4, cleared_at = $5 WHERE id = $1",
        )
        .bind(id.0)
        .bind(serde_json::to_string(beat)?)
        .bind(at)
        .bind(told.max(seq))
        .bind(if is_foreign { cleared_at } else { before.cleared_at(beat, at) })
        .execute(tx.connection())
        .await?;
        tx.announce(Change::Kiosk { venue: VenueId(venue) });
        tx.commit().await
    }

    async fn seq_seen(&self, id: PairingId) -> Result<u64, StoreError> {
        let told: Option<i64> = sqlx::query_scalar("SELECT seq_told FROM pairings WHERE id = $1")
            .bind(id.0)
            .fetch_optional(self.reader())
            .await?;
        let highest: Option<(i64, i64)> =
            sqlx::query_as("SELECT block, bits FROM pairing_seq WHERE pairing = $1 ORDER BY block DESC LIMIT 1")
                .bind(id.0)
                .fetch_optional(self.reader())
                .await?;
        let seen = highest.map_or(0, |(block, bits)| {
            let bit = 63 - bits.leading_zeros();
            block.saturating_mul(32).saturating_add(1 + i64::from(bit))
        });
        Ok(u64::try_from(seen.max(told.unwrap_or(0))).unwrap_or(0).min(LAST_SEQ))
    }
}

/// The last sign of life, the highest number told, when its storage was cleared, and the venue.
type ToldRow = (Option<String>, i64, Option<Millis>, Uuid);

/// The id of the pairing, its kiosk, where that stands, and in which venue.
type PairingRow = (Uuid, Uuid, String, Uuid);

fn read((id, kiosk, kiosk_name, venue): PairingRow) -> Pairing {
    Pairing { id: PairingId(id), kiosk: KioskId(kiosk), kiosk_name, venue: VenueId(venue) }
}
