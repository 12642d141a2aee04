//! Answers are moved by those who see both events.

use domain::event::Window;
use harness::{
    fixture::{Fixture, TODAY, TONIGHT},
    on_both_databases,
    store::TestStore,
};
use store::moving::{MoveTo, WhichToMove};

use super::{scope_of, two_venues};

on_both_databases!(nobody_moves_answers_of_other_venues);

async fn nobody_moves_answers_of_other_venues(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let always = Window { from: 0, until: i64::MAX };
    let all = |of: &Fixture| WhichToMove::Span(of.event.id, always);
    let to = |of: &Fixture| MoveTo { event: of.event.id, local_day: TODAY };
    for (from, into) in [(&other, &own), (&own, &other), (&other, &other)] {
        assert_eq!(staff.to_move(&all(from), into.event.id).await.unwrap(), []);
    }
    let stored = db.system().responses(None, 100).await.unwrap().responses;
    let ids: Vec<_> = stored.iter().map(|stored| stored.response.id).collect();
    let before = db.rows("responses WHERE event_source = 'staff'").await;
    assert_eq!(staff.move_responses(&ids, to(&other), TONIGHT).await.unwrap(), 0);
    assert_eq!(db.rows("responses WHERE event_source = 'staff'").await, before);
    // Of its own venue, those of the days without an event come as well; of the other, none.
    assert_eq!(staff.move_responses(&ids, to(&own), TONIGHT).await.unwrap(), 3);
    assert_eq!(db.system().recount(false).await.unwrap(), []);
}
