//! Alerts, their messages, and leases.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::{
    health::alert::Alert,
    id::{KioskId, VenueId},
    time::Millis,
};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Backend, Db, scope::Scoped, write_tx::WriteTx};
use crate::{
    StoreError,
    alerts::{self, Alerts, Delivery, DeliveryOutcome, KioskAlert, LoggedAlert, Message, StaffAlerts},
    changes::Change,
    scope::push_list,
};

#[async_trait]
impl Alerts for Backend {
    async fn claim(&self, job: &str, holder: Uuid, now: Millis, until: Millis) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let taken = sqlx::query(
            "INSERT INTO leases (job, holder, until) VALUES ($1, $2, $4) ON CONFLICT (job) DO UPDATE
             SET holder = excluded.holder, until = excluded.until
             WHERE leases.holder = excluded.holder OR leases.until <= $3",
        )
        .bind(job)
        .bind(holder)
        .bind(now)
        .bind(until)
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(taken.rows_affected() > 0)
    }

    async fn newest_alerts(&self) -> Result<Vec<KioskAlert>, StoreError> {
        let rows: Vec<AlertRow> = sqlx::query_as(
            "SELECT alerts.* FROM alerts JOIN (SELECT kiosk, kind, max(began_at) AS began_at FROM alerts
             GROUP BY kiosk, kind) AS newest ON newest.kiosk = alerts.kiosk AND newest.kind = alerts.kind
             AND newest.began_at = alerts.began_at",
        )
        .fetch_all(self.reader())
        .await?;
        rows.into_iter().map(KioskAlert::try_from).collect()
    }

    async fn keep_alert(
        &self,
        KioskAlert { id, kiosk, alert }: &KioskAlert,
        messages: &[Message],
        forget: Millis,
    ) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM alerts WHERE ended_at < $1").bind(forget).execute(tx.connection()).await?;
        // What a newer one of its kind takes the place of is over.
        sqlx::query(
            "UPDATE alerts SET ended_at = $3 WHERE kiosk = $1 AND kind = $2 AND began_at < $3 AND ended_at IS NULL",
        )
        .bind(kiosk.0)
        .bind(alert.kind.as_str())
        .bind(alert.began_at)
        .execute(tx.connection())
        .await?;
        sqlx::query(
            "INSERT INTO alerts (id, kiosk, kind, began_at, ended_at, told_at, end_told_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at,
             told_at = excluded.told_at, end_told_at = excluded.end_told_at",
        )
        .bind(id)
        .bind(kiosk.0)
        .bind(alert.kind.as_str())
        .bind(alert.began_at)
        .bind(alert.ended_at)
        .bind(alert.told_at)
        .bind(alert.end_told_at)
        .execute(tx.connection())
        .await?;
        for message in messages {
            sqlx::query(
                "INSERT INTO messages (id, alert, way, target, payload, made_at, due_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $6)",
            )
            .bind(message.id)
            .bind(message.alert)
            .bind(message.method.as_str())
            .bind(&message.target)
            .bind(&message.payload)
            .bind(message.made_at)
            .execute(tx.connection())
            .await?;
        }
        announce(&mut tx, kiosk.0).await?;
        tx.commit().await
    }

    async fn due_messages(&self, now: Millis, limit: u32) -> Result<Vec<Message>, StoreError> {
        let rows: Vec<MessageRow> = sqlx::query_as(
            "SELECT id, alert, way, target, payload, made_at, tries FROM messages
             WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2",
        )
        .bind(now)
        .bind(i64::from(limit))
        .fetch_all(self.reader())
        .await?;
        rows.into_iter().map(Message::try_from).collect()
    }

    async fn record_delivery(&self, id: Uuid, outcome: &DeliveryOutcome, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        let query = match outcome {
            DeliveryOutcome::Sent => {
                sqlx::query("UPDATE messages SET sent_at = $2, trouble = NULL WHERE id = $1").bind(id).bind(now)
            }
            DeliveryOutcome::RetryAt(at, why) => {
                sqlx::query("UPDATE messages SET due_at = $2, tries = tries + 1, trouble = $3 WHERE id = $1")
                    .bind(id)
                    .bind(at)
                    .bind(why)
            }
            DeliveryOutcome::GivenUp(why) => {
                sqlx::query("UPDATE messages SET given_up_at = $2, tries = tries + 1, trouble = $3 WHERE id = $1")
                    .bind(id)
                    .bind(now)
                    .bind(why)
            }
        };
        query.execute(tx.connection()).await?;
        let kiosk: Option<Uuid> = sqlx::query_scalar(
            "SELECT kiosk FROM messages JOIN alerts ON alerts.id = messages.alert WHERE messages.id = $1",
        )
        .bind(id)
        .fetch_optional(tx.connection())
        .await?;
        if let Some(kiosk) = kiosk {
            announce(&mut tx, kiosk).await?;
        }
        tx.commit().await
    }
}

#[async_trait]
impl StaffAlerts for Scoped {
    async fn alert_log(&self, limit: u32) -> Result<Vec<LoggedAlert>, StoreError> {
        let mut query =
            QueryBuilder::<Db>::new("SELECT alerts.* FROM alerts JOIN kiosks ON kiosks.id = alerts.kiosk WHERE 1 = 1");
        self.scope.narrow(&mut query, "venue");
        query.push(" ORDER BY began_at DESC, alerts.id LIMIT ").push_bind(i64::from(limit));
        let rows: Vec<AlertRow> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        let mut deliveries = self.deliveries(&rows).await?;
        let entries = rows.into_iter().map(|row| {
            let deliveries = deliveries.remove(&row.id).unwrap_or_default();
            Ok(LoggedAlert { alert: row.try_into()?, deliveries })
        });
        entries.collect()
    }
}

impl Scoped {
    async fn deliveries(&self, of: &[AlertRow]) -> Result<HashMap<Uuid, Vec<Delivery>>, StoreError> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT alert, way, target, sent_at, given_up_at, trouble FROM messages WHERE alert IN ",
        );
        push_list(&mut query, of.iter().map(|row| row.id));
        query.push(" ORDER BY made_at, id");
        let rows: Vec<DeliveryRow> = query.build_query_as().persistent(false).fetch_all(self.reader()).await?;
        let mut deliveries: HashMap<Uuid, Vec<Delivery>> = HashMap::new();
        for DeliveryRow { alert, way, target, sent_at, given_up_at, trouble } in rows {
            let delivery = Delivery { method: alerts::method(&way)?, target, sent_at, given_up_at, trouble };
            deliveries.entry(alert).or_default().push(delivery);
        }
        Ok(deliveries)
    }
}

/// Tells whoever watches the kiosks of its venue.
async fn announce(tx: &mut WriteTx<'_>, kiosk: Uuid) -> Result<(), StoreError> {
    let venue: Option<Uuid> = sqlx::query_scalar("SELECT venue FROM kiosks WHERE id = $1")
        .bind(kiosk)
        .fetch_optional(tx.connection())
        .await?;
    if let Some(venue) = venue {
        tx.announce(Change::Kiosk { venue: VenueId(venue) });
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct AlertRow {
    id: Uuid,
    kiosk: Uuid,
    kind: String,
    began_at: Millis,
    ended_at: Option<Millis>,
    told_at: Option<Millis>,
    end_told_at: Option<Millis>,
}

impl TryFrom<AlertRow> for KioskAlert {
    type Error = StoreError;

    fn try_from(row: AlertRow) -> Result<Self, StoreError> {
        let AlertRow { began_at, ended_at, told_at, end_told_at, .. } = row;
        let alert = Alert { kind: alerts::kind(&row.kind)?, began_at, ended_at, told_at, end_told_at };
        Ok(Self { id: row.id, kiosk: KioskId(row.kiosk), alert })
    }
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: Uuid,
    alert: Uuid,
    way: String,
    target: String,
    payload: String,
    made_at: Millis,
    tries: i32,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self, StoreError> {
        let MessageRow { id, alert, target, payload, made_at, .. } = row;
        let tries = u32::try_from(row.tries).unwrap_or(0);
        Ok(Self { id, alert, method: alerts::method(&row.way)?, target, payload, made_at, tries })
    }
}

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    alert: Uuid,
    way: String,
    target: String,
    sent_at: Option<Millis>,
    given_up_at: Option<Millis>,
    trouble: Option<String>,
}
