//! A whole tour comes home: fifty tablets at once that were offline for an evening, and one that was
//! offline for a season.

use std::time::Instant;

use aplodi::{
    clock::Rng,
    secrets::{hash_token, new_token},
};
use domain::id::PairingId;
use harness::{fixture::Fixture, on_both_databases, program::Serving, report, store::TestStore};
use serde_json::Value;
use store::kiosks::Pairing;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    aftermath::{stored, tallies_agree},
    crowd::{client, post, visitor},
};

/// At most so many go in one batch (DESIGN, the life of an answer).
const BATCH: usize = 100;

on_both_databases!(fifty_tablets_with_two_hundred_each, one_tablet_with_ten_thousand);

async fn fifty_tablets_with_two_hundred_each(db: &TestStore) {
    come_home(db, 50, 200).await;
}

async fn one_tablet_with_ten_thousand(db: &TestStore) {
    come_home(db, 1, 10_000).await;
}

/// So many tablets bring so many answers each.
async fn come_home(db: &TestStore, tablets: usize, answers: u64) {
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let rng = Rng::seeded(3);
    let mut outboxes = Vec::new();
    for nth in 0..tablets {
        let id = Uuid::now_v7;
        let pairing =
            Pairing { id: id().into(), kiosk: id().into(), kiosk_name: format!("{nth}"), venue: fixture.venue.id };
        let token = new_token(&rng);
        db.system().add_kiosk(&pairing, hash_token(&token), 0).await.expect("a kiosk");
        let items = (1..=answers).map(|nth| visitor(&fixture, nth)).collect();
        outboxes.push(Outbox { pairing: pairing.id, token, items });
    }
    let (mut sent, pairings): (Vec<Uuid>, Vec<PairingId>) = (
        outboxes.iter().flat_map(|outbox| outbox.items.iter().map(|(id, _)| *id)).collect(),
        outboxes.iter().map(|outbox| outbox.pairing).collect(),
    );

    let serving = Serving::start(&db.url, &[]).await;
    let (begin, mut draining) = (Instant::now(), JoinSet::new());
    for outbox in outboxes {
        let base = serving.base.clone();
        draining.spawn(async move { outbox.drain(&base).await });
    }
    draining.join_all().await;
    let took = begin.elapsed();
    assert!(serving.stop().await);

    sent.sort();
    let stored = stored(&db.url).await;
    assert_eq!(stored.len(), sent.len());
    assert_eq!(stored, sent);
    for pairing in pairings {
        assert_eq!(db.system().seq_seen(pairing).await.expect("a number"), answers);
    }
    tallies_agree(&db.url).await;
    let database = db.url.split(':').next().unwrap_or_default();
    report::seen(&format!(
        "{database}, {tablets} tablets with {answers} each: all there, once, {took:.1?} (unoptimised)"
    ));
}

/// A tablet that was offline.
struct Outbox {
    pairing: PairingId,
    token: String,
    items: Vec<(Uuid, Value)>,
}

impl Outbox {
    /// Sends everything, and every third batch twice at once, as a tablet does that gave up waiting.
    async fn drain(self, base: &str) {
        let http = client();
        for (nth, batch) in self.items.chunks(BATCH).enumerate() {
            let items: Vec<&Value> = batch.iter().map(|(_, item)| item).collect();
            let once = async || {
                let answer = post(&http, base, &self.token, &items).await.expect("an answer");
                assert_eq!(answer.status(), 200);
                let answer: Value = answer.json().await.expect("JSON");
                answer["results"].as_array().expect("results").iter().map(|it| it["status"].to_string()).collect()
            };
            if nth % 3 > 0 {
                let statuses: Vec<String> = once().await;
                assert!(statuses.iter().all(|status| status == "\"stored\""), "{statuses:?}");
                continue;
            }
            let (a, b): (Vec<String>, Vec<String>) = tokio::join!(once(), once());
            let one_each = |(a, b): (&String, &String)| {
                matches!((&a[..], &b[..]), ("\"stored\"", "\"duplicate\"") | ("\"duplicate\"", "\"stored\""))
            };
            assert!(a.iter().zip(&b).all(one_each), "each was stored by one of them: {a:?} {b:?}");
        }
    }
}
