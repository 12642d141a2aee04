//! The outbox is emptied step by step, without a browser or a server.

use super::*;
use crate::responses::ItemResult;

fn waiting(id: u128) -> Waiting {
    let id = uuid::Uuid::from_u128(id).to_string();
    Waiting { item: format!("{{\"id\":\"{id}\"}}"), key: id }
}

fn refused(sent: &[Waiting], status: u16) -> Event {
    Event::Answered(sent.to_vec(), BatchReply::Refused(Refusal { status, ..Refusal::default() }))
}

fn condemned(sent: &[Waiting], status: u16) -> Event {
    Event::Answered(sent.to_vec(), BatchReply::Refused(Refusal { status, ours: true, retry_after: None }))
}

fn stored(sent: &[Waiting], epoch: &str) -> Event {
    let result = |(index, waiting): (usize, &Waiting)| ItemResult {
        index,
        id: waiting.id().parse::<uuid::Uuid>().ok().map(Into::into),
        status: Status::Stored,
        reason: None,
    };
    let results = sent.iter().enumerate().map(result).collect();
    Event::Answered(sent.to_vec(), BatchReply::Read(BatchResult { server_now: 0, epoch: epoch.to_owned(), results }))
}

/// A drain that has just sent these.
fn sending(batch: &[Waiting]) -> Drain {
    let mut drain = Drain::default();
    assert!(matches!(drain.on(Event::Wake, 0, 0.0), Command::Read(ObjectStore::Outbox, ..)));
    assert_eq!(drain.on(Event::Found(batch.to_vec()), 0, 0.0), Command::Send(batch.to_vec()));
    drain
}

#[test]
fn a_refusal_keeps_everything_and_waits_longer_each_time() {
    let mut drain = sending(&[waiting(1)]);
    let refusals = [(0, 500), (200, 1_000), (401, 2_000), (403, 4_000), (409, 8_000), (500, 16_000)];
    for (status, wait) in refusals {
        assert_eq!(drain.on(refused(&[waiting(1)], status), 0, 0.0), Command::Rest(wait), "{status}");
        assert!(matches!(drain.on(Event::TimerFired, 0, 0.0), Command::Read(ObjectStore::Outbox, ..)));
        drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
    }
}

#[test]
fn a_server_that_asks_to_be_left_alone_is_left_alone() {
    let busy = |retry_after| {
        Event::Answered(vec![waiting(1)], BatchReply::Refused(Refusal { status: 429, ours: true, retry_after }))
    };
    for (asked, rest) in [(30, 30 * SECOND), (0, 500), (86_400, Backoff::LONGEST), (u32::MAX, Backoff::LONGEST)] {
        let mut drain = sending(&[waiting(1)]);
        assert_eq!(drain.on(busy(Some(asked)), 0, 0.0), Command::Rest(rest));
        for event in [Event::Wake, Event::Hurry, Event::Beat("e".into())] {
            assert_eq!(drain.on(event, 0, 0.0), Command::GoOn);
        }
        assert!(matches!(drain.on(Event::TimerFired, 0, 0.0), Command::Read(..)));
    }
    let mut drain = sending(&[waiting(1)]);
    assert_eq!(drain.on(busy(None), 0, 0.0), Command::Rest(500));
    assert!(matches!(drain.on(Event::Hurry, 0, 0.0), Command::Read(..)), "a tap cuts a rest short");
}

#[test]
fn a_tap_forgets_the_failures_before_it() {
    let mut drain = sending(&[waiting(1)]);
    drain.backoff = (0..20).fold(Backoff::default(), |mut worn, _| {
        worn.fail(0.0);
        worn
    });
    assert_eq!(drain.on(refused(&[waiting(1)], 0), 0, 0.0), Command::Rest(Backoff::LONGEST / 2));
    drain.on(Event::Hurry, 0, 0.0);
    drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
    assert_eq!(drain.on(refused(&[waiting(1)], 0), 0, 0.0), Command::Rest(500));
}

#[test]
fn a_stranger_condemns_nobody_and_blocks_nobody() {
    let mut drain = sending(&[waiting(1)]);
    assert!(matches!(drain.on(refused(&[waiting(1)], 413), 0, 0.0), Command::Rest(_)));
    assert_eq!(drain.on(Event::TimerFired, 0, 0.0), Command::Read(ObjectStore::Outbox, waiting(1).key, 1));
    drain.on(Event::Found(vec![waiting(2)]), 0, 0.0);
    assert!(matches!(drain.on(stored(&[waiting(2)], "e"), 0, 0.0), Command::Write(..)));
    assert!(
        matches!(drain.on(Event::Written, 0, 0.0), Command::Read(ObjectStore::Outbox, after, _) if after == waiting(1).key)
    );
    assert!(matches!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Rest(_)), "it still waits");
    assert!(
        matches!(drain.on(Event::TimerFired, 0, 0.0), Command::Read(ObjectStore::Outbox, after, _) if after.is_empty())
    );
}

#[test]
fn aplodi_condemns_what_stands_alone() {
    let mut drain = sending(&[waiting(1), waiting(2)]);
    assert_eq!(
        drain.on(condemned(&[waiting(1), waiting(2)], 400), 0, 0.0),
        Command::Read(ObjectStore::Outbox, String::new(), 1)
    );
    drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
    let Command::Write(writes, named) = drain.on(condemned(&[waiting(1)], 400), 0, 0.0) else {
        panic!("it is set aside")
    };
    assert_eq!((writes, named), (reject(ObjectStore::Outbox, waiting(1), "http 400").to_vec(), vec![waiting(1).key]));
}

#[test]
fn fresh_answers_go_before_what_is_sent_again() {
    let mut drain = Drain::default();
    drain.remember(Some("old".into()));
    assert_eq!(drain.on(Event::Beat("old".into()), 0, 0.0), Command::GoOn);
    assert!(matches!(drain.on(Event::Beat("new".into()), 0, 0.0), Command::Read(ObjectStore::Outbox, ..)));
    assert_eq!(drain.on(Event::Wake, 0, 0.0), Command::GoOn);
    assert_eq!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Read(ObjectStore::Sent, String::new(), 100));
    let known = Waiting { key: "1 a".into(), item: r#"{"epoch":"new","item":{}}"#.into() };
    let next = drain.on(Event::Found(vec![known]), 0, 0.0);
    assert!(matches!(next, Command::Read(ObjectStore::Outbox, ..)), "somebody answered in the meantime: {next:?}");
    drain.on(Event::Found(Vec::new()), 0, 0.0);
    let Command::Write(writes, _) = drain.on(Event::Found(Vec::new()), 0, 0.0) else { panic!("it is whole") };
    assert_eq!(writes, [Write::Put(ObjectStore::Settings, RESYNC_EPOCH.into(), "new".into())]);
    assert!(matches!(drain.on(Event::Written, 0, 0.0), Command::Read(ObjectStore::Outbox, ..)));
    assert_eq!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Stop);
    assert_eq!(drain.on(Event::Beat("new".into()), 0, 0.0), Command::GoOn, "and is not asked again");
}

#[test]
fn a_new_epoch_in_the_middle_of_the_looking_through_begins_it_anew() {
    let record =
        |key: &str, epoch| Waiting { key: key.into(), item: format!("{{\"epoch\":\"{epoch}\",\"item\":{{}}}}") };
    let mut drain = Drain::default();
    drain.on(Event::Beat("one".into()), 0, 0.0);
    drain.on(Event::Found(Vec::new()), 0, 0.0);
    let next = drain.on(Event::Found(vec![record("1 a", "one")]), 0, 0.0);
    assert_eq!(next, Command::Read(ObjectStore::Sent, "1 a".into(), 100));
    assert_eq!(drain.on(Event::Beat("two".into()), 0, 0.0), Command::GoOn);
    assert!(matches!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Rest(_)), "the first one is missing");
    drain.on(Event::TimerFired, 0, 0.0);
    assert_eq!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Read(ObjectStore::Sent, String::new(), 100));
}

#[test]
fn a_full_disk_lets_the_next_ones_go() {
    let mut drain = sending(&[waiting(1), waiting(2)]);
    assert!(matches!(drain.on(stored(&[waiting(1), waiting(2)], "e"), 0, 0.0), Command::Write(..)));
    let taking = |ids: &[u128]| {
        let keys: Vec<String> = ids.iter().map(|id| waiting(*id).key).collect();
        let takes = keys.iter().map(|key| Write::Delete(ObjectStore::Outbox, key.clone())).collect();
        Command::Write(takes, keys)
    };
    assert_eq!(drain.on(Event::Failed, 0, 0.0), taking(&[1, 2]), "confirmed is confirmed, without a copy");
    let next = drain.on(Event::Failed, 0, 0.0);
    assert!(matches!(next, Command::Read(ObjectStore::Outbox, after, _) if after == waiting(2).key));
    drain.on(Event::Found(vec![waiting(3)]), 0, 0.0);
    let Command::Write(writes, named) = drain.on(stored(&[waiting(3)], "e"), 0, 0.0) else { panic!("it is stored") };
    assert!(writes.contains(&Write::Delete(ObjectStore::Outbox, waiting(1).key)));
    assert_eq!(named, [3, 1, 2].map(|id| waiting(id).key));
    assert_eq!(drain.on(Event::Failed, 0, 0.0), taking(&[1, 2, 3]));
    assert!(matches!(drain.on(Event::Failed, 0, 0.0), Command::Read(..)));
    assert!(matches!(drain.on(Event::Found(Vec::new()), 0, 0.0), Command::Rest(_)));
    assert_eq!(drain.on(Event::Hurry, 0, 0.0), taking(&[1, 2, 3]));
    drain.on(Event::Failed, 0, 0.0);
    let known = vec![waiting(1), waiting(2), waiting(3)];
    let next = drain.on(Event::Found(known), 0, 0.0);
    assert!(
        matches!(next, Command::Read(ObjectStore::Outbox, after, _) if after == waiting(3).key),
        "none is sent again"
    );
    drain.on(Event::Beat("restored".into()), 0, 0.0);
    drain.on(Event::Found(Vec::new()), 0, 0.0);
    assert_eq!(drain.on(Event::TimerFired, 0, 0.0), Command::Read(ObjectStore::Outbox, String::new(), 100));
    let next = drain.on(Event::Found(vec![waiting(1)]), 0, 0.0);
    assert_eq!(next, Command::Send(vec![waiting(1)]), "but to a server that may have forgotten it");
}

#[test]
fn what_got_lost_is_tried_in_halves() {
    let all: Vec<Waiting> = (1..=40).map(waiting).collect();
    let mut drain = sending(&all);
    assert!(matches!(drain.on(refused(&all, 0), 0, 0.0), Command::Rest(_)));
    assert_eq!(drain.on(Event::TimerFired, 0, 0.0), Command::Read(ObjectStore::Outbox, String::new(), 20));
}
