//! What is known of every kiosk's tablet.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use domain::{
    health::{
        Report,
        sequence_gaps::{self, Run, Stretch},
    },
    id::{KioskId, VenueId},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Db, scope::Scoped};
use crate::{
    StoreError,
    health::{KioskReport, Listening, StaffHealth},
    pairings::EndReason,
};

#[async_trait]
impl Listening for Backend {
    async fn listen(&self, now: Millis, until: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        // Where the clock was set back, what was said is still to come, and means nothing.
        sqlx::query(
            "INSERT INTO listening (one, since, until) VALUES (1, $1, $2) ON CONFLICT (one) DO UPDATE
             SET since = CASE WHEN listening.until < $1 OR listening.since > $1 THEN $1 ELSE listening.since END,
             until = CASE WHEN listening.until < $2 OR listening.since > $1 THEN $2 ELSE listening.until END",
        )
        .bind(now)
        .bind(until)
        .execute(tx.connection())
        .await?;
        tx.commit().await
    }
}

#[async_trait]
impl StaffHealth for Scoped {
    async fn kiosk_reports(&self, left_since: Millis) -> Result<Vec<KioskReport>, StoreError> {
        let mut moment = self.backend.snapshot().await?;
        let mut query = QueryBuilder::<Db>::new(
            "SELECT kiosks.id, name, kiosks.venue, pairings.id AS pairing, paired_at, revoked_at, ended, heartbeat,
             last_contact, seq_told, cleared_at, reopened_at FROM kiosks LEFT JOIN pairings ON pairings.kiosk = kiosks.id
             AND (revoked_at IS NULL OR revoked_at > ",
        );
        query.push_bind(left_since).push(") WHERE 1 = 1");
        self.scope.narrow(&mut query, "kiosks.venue");
        query.push(" ORDER BY name, kiosks.id, paired_at DESC, pairings.id");
        let rows: Vec<KioskRow> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(&mut *moment).await?;
        // Most blocks are full, so that hardly any come back.
        let mut query = QueryBuilder::<Db>::new(
            "SELECT pairing, block AS first, block AS last, bits FROM pairing_seq WHERE bits <> 4294967295",
        );
        self.narrow_pairing(&mut query);
        query.push(
            " UNION ALL SELECT pairing, before + 1, block - 1, 0 FROM (SELECT pairing, block,
             lag(block, 1, CAST(-1 AS BIGINT)) OVER (PARTITION BY pairing ORDER BY block) AS before
             FROM pairing_seq WHERE 1 = 1",
        );
        self.narrow_pairing(&mut query);
        query.push(") AS steps WHERE block > before + 1 ORDER BY 1, 2");
        let stretches: Vec<(Uuid, i64, i64, i64)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(&mut *moment).await?;

        let mut query = QueryBuilder::<Db>::new("SELECT pairing, max(block) FROM pairing_seq WHERE 1 = 1");
        self.narrow_pairing(&mut query);
        query.push(" GROUP BY pairing");
        let ends: Vec<(Uuid, i64)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(&mut *moment).await?;

        let mut query = QueryBuilder::<Db>::new("SELECT kiosk, count(*) FROM conflicts WHERE received_at > ");
        query.push_bind(left_since).push(" AND kiosk IN (SELECT id FROM kiosks WHERE 1 = 1");
        self.scope.narrow(&mut query, "kiosks.venue");
        query.push(") GROUP BY kiosk");
        let conflicts: Vec<(Uuid, i64)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(&mut *moment).await?;
        drop(moment);
        let conflicts: HashMap<Uuid, i64> = conflicts.into_iter().collect();
        let seen = Seen::new(stretches, ends);
        let mut kiosks: Vec<KioskReport> = Vec::new();
        for row in rows {
            if kiosks.last().is_none_or(|last| last.kiosk.0 != row.id) {
                let (kiosk, venue) = (KioskId(row.id), VenueId(row.venue));
                let conflicts = conflicts.get(&row.id).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
                let report = Report { conflicts, ..Report::default() };
                kiosks.push(KioskReport { kiosk, name: row.name.clone(), venue, report });
            }
            if let Some(kiosk) = kiosks.last_mut() {
                row.tell(&mut kiosk.report, &seen)?;
            }
        }
        Ok(kiosks)
    }

    async fn phone_conflicts(&self, since: Millis) -> Result<BTreeMap<VenueId, u64>, StoreError> {
        let mut query =
            QueryBuilder::<Db>::new("SELECT venue, count(*) FROM conflicts WHERE kiosk IS NULL AND received_at > ");
        query.push_bind(since);
        self.scope.narrow(&mut query, "venue");
        query.push(" GROUP BY venue");
        let counts: Vec<(Uuid, i64)> =
            query.build_query_as().persistent(self.scope.is_everything()).fetch_all(self.reader()).await?;
        Ok(counts.into_iter().map(|(venue, n)| (VenueId(venue), u64::try_from(n).unwrap_or(0))).collect())
    }

    async fn listening_since(&self, now: Millis) -> Result<Millis, StoreError> {
        let since: Option<Millis> = sqlx::query_scalar("SELECT since FROM listening WHERE until >= $1")
            .bind(now)
            .fetch_optional(self.reader())
            .await?;
        Ok(since.unwrap_or(now))
    }
}

impl Scoped {
    /// Narrows a statement to pairings of the kiosks that may be seen.
    fn narrow_pairing(&self, query: &mut QueryBuilder<Db>) {
        if !self.scope.is_everything() {
            query.push(
                " AND pairing IN (SELECT pairings.id FROM pairings JOIN kiosks ON kiosks.id = pairings.kiosk WHERE 1 = 1",
            );
            self.scope.narrow(query, "kiosks.venue");
            query.push(")");
        }
    }
}

#[derive(sqlx::FromRow)]
struct KioskRow {
    id: Uuid,
    name: String,
    venue: Uuid,
    pairing: Option<Uuid>,
    paired_at: Option<Millis>,
    revoked_at: Option<Millis>,
    ended: Option<String>,
    heartbeat: Option<String>,
    last_contact: Option<Millis>,
    seq_told: Option<i64>,
    cleared_at: Option<Millis>,
    reopened_at: Option<Millis>,
}

impl KioskRow {
    /// Adds a pairing to what is known of its kiosk. The newest comes first.
    fn tell(self, report: &mut Report, seen: &Seen) -> Result<(), StoreError> {
        let (Some(pairing), Some(paired_at)) = (self.pairing, self.paired_at) else { return Ok(()) };
        let told = self.seq_told.and_then(|told| u64::try_from(told).ok()).unwrap_or(0);
        let missing = seen.missing(pairing, told);
        if self.revoked_at.is_none() && report.paired_at.is_none() {
            report.paired_at = Some(paired_at);
            report.last_contact = self.last_contact;
            report.beat = self.heartbeat.as_deref().map(serde_json::from_str).transpose()?;
            report.cleared_at = self.cleared_at;
            report.reopened_at = self.reopened_at;
            report.missing = missing;
        } else {
            let made_room =
                self.revoked_at == report.paired_at && self.ended.as_deref() == Some(EndReason::Replaced.as_str());
            report.before = report.before.or(self.last_contact.filter(|_| made_room && report.paired_at.is_some()));
            report.left_behind = report.left_behind.saturating_add(sequence_gaps::count(&missing));
        }
        Ok(())
    }
}

/// The numbers seen, by pairing.
struct Seen {
    stretches: HashMap<Uuid, Vec<Stretch>>,
    /// the first block after those that were seen
    ends: HashMap<Uuid, u64>,
}

impl Seen {
    fn new(stretches: Vec<(Uuid, i64, i64, i64)>, ends: Vec<(Uuid, i64)>) -> Self {
        let whole = |number: i64| u64::try_from(number).unwrap_or(0);
        let mut by_pairing: HashMap<Uuid, Vec<Stretch>> = HashMap::new();
        for (pairing, first, last, bits) in stretches {
            let bits = u32::try_from(bits).unwrap_or(0);
            by_pairing.entry(pairing).or_default().push(Stretch { first: whole(first), last: whole(last), bits });
        }
        let ends = ends.into_iter().map(|(pairing, last)| (pairing, whole(last) + 1)).collect();
        Self { stretches: by_pairing, ends }
    }

    fn missing(&self, pairing: Uuid, told: u64) -> Vec<Run> {
        let stretches = self.stretches.get(&pairing).map(Vec::as_slice).unwrap_or_default();
        sequence_gaps::missing(stretches, self.ends.get(&pairing).copied().unwrap_or(0), told)
    }
}
