//! Kiosks and pairings.

use app::domain::{
    contact::{Heartbeat, LAST_SEQ},
    id::{KioskId, PairingId, VenueId},
    time::Millis,
};
use async_trait::async_trait;
use uuid::Uuid;

use super::{
    super::{
        StoreError,
        changes::Change,
        kiosks::{Kiosks, Pairing, TokenHash},
        pairings::Ended,
    },
    Here, pairings,
};

#[async_trait]
impl Kiosks for Here {
    async fn add_kiosk(&self, pairing: &Pairing, token: TokenHash, at: Millis) -> Result<(), StoreError> {
        let mut writing = self.write().await?;
        // A kiosk that is there already has got a new tablet.
        pairings::add_kiosk(&mut writing, pairing, at).await?;
        pairings::begin(&mut writing, pairing, &token, None, at).await?;
        writing.announce(Change::Access);
        writing.commit().await
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

    async fn revoke_pairing(&self, id: PairingId, at: Millis) -> Result<bool, StoreError> {
        let mut writing = self.write().await?;
        let done = sqlx::query("UPDATE pairings SET revoked_at = $2, ended = $3 WHERE id = $1 AND revoked_at IS NULL")
            .bind(id.0)
            .bind(at)
            .bind(Ended::Unpaired.word())
            .execute(writing.connection())
            .await?;
        writing.announce(Change::Access);
        writing.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    async fn record_heartbeat(&self, id: PairingId, beat: &Heartbeat, at: Millis) -> Result<(), StoreError> {
        let mut writing = self.write().await?;
        sqlx::query(
            "UPDATE pairings SET heartbeat = $2, last_contact = $3,
             seq_told = CASE WHEN seq_told < $4 THEN $4 ELSE seq_told END WHERE id = $1",
        )
        .bind(id.0)
        .bind(serde_json::to_string(beat)?)
        .bind(at)
        .bind(i64::try_from(beat.seq).unwrap_or(i64::MAX))
        .execute(writing.connection())
        .await?;
        writing.commit().await
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

/// The id of the pairing, its kiosk, where that stands, and in which venue.
type PairingRow = (Uuid, Uuid, String, Uuid);

fn read((id, kiosk, kiosk_name, venue): PairingRow) -> Pairing {
    Pairing { id: PairingId(id), kiosk: KioskId(kiosk), kiosk_name, venue: VenueId(venue) }
}
