//! Sends what is to be sent. What fails is tried again, later and later, for a day.

use domain::time::{DAY, HOUR, MINUTE, Millis};

use super::AlertJob;
use store::{
    StoreError,
    alerts::{DeliveryOutcome, Message},
};

/// So many are sent in one round at the most, so that what is found does not wait for a slow post.
const AT_MOST: u32 = 20;
/// The first try that failed is followed by another after this time, and each after twice as long ...
const FIRST: Millis = MINUTE;
/// ... but never longer than this.
const LONGEST: Millis = HOUR;
/// After this time nobody wants to know any more.
const GIVEN_UP: Millis = DAY;

impl AlertJob {
    /// Sends what is due.
    pub(super) async fn deliver(&self) -> Result<(), StoreError> {
        for message in self.store.system().due_messages(self.clock.now(), AT_MOST).await? {
            // Sending may have taken longer than the lease, and this server has listened meanwhile.
            self.listen().await?;
            if !self.is_mine().await? {
                return Ok(());
            }
            let sent = self.service.send(&message).await;
            let now = self.clock.now();
            let outcome = match sent {
                Ok(()) => DeliveryOutcome::Sent,
                Err(error) => {
                    let (delivery, tries) = (message.method.as_str(), message.tries + 1);
                    tracing::warn!(delivery, tries, error = error.for_log(), "a message was not delivered");
                    after(&message, error.to_string(), now)
                }
            };
            self.store.system().record_delivery(message.id, &outcome, now).await?;
        }
        Ok(())
    }
}

/// What becomes of a message that was not delivered.
fn after(message: &Message, why: String, now: Millis) -> DeliveryOutcome {
    if now - message.made_at >= GIVEN_UP {
        return DeliveryOutcome::GivenUp(why);
    }
    let wait = FIRST.saturating_mul(1 << message.tries.min(16)).min(LONGEST);
    DeliveryOutcome::RetryAt(now + wait, why)
}

#[cfg(test)]
mod tests {
    use store::alerts::DeliveryMethod;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn it_is_tried_later_and_later_for_a_day() {
        let mut message = Message {
            id: Uuid::nil(),
            alert: Uuid::nil(),
            method: DeliveryMethod::Email,
            target: String::new(),
            payload: String::new(),
            made_at: 0,
            tries: 0,
        };
        let (mut now, mut waits) = (0, Vec::new());
        let given_up = loop {
            match after(&message, "no".into(), now) {
                DeliveryOutcome::RetryAt(at, _) => {
                    waits.push((at - now) / MINUTE);
                    now = at;
                    message.tries += 1;
                }
                outcome => break outcome,
            }
        };
        assert_eq!(waits[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(given_up, DeliveryOutcome::GivenUp("no".into()));
        assert!((DAY..DAY + HOUR).contains(&now), "{now}");
    }
}
