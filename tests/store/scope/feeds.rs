//! A calendar follows what whoever made its feed may see.

use domain::{id::VenueId, lang::Lang};
use harness::{fixture::TONIGHT, on_both_databases, store::TestStore};
use store::feeds::Feed;
use uuid::Uuid;

use super::{scope_of, two_venues};

on_both_databases!(nobody_lets_a_calendar_follow_other_venues);

async fn nobody_lets_a_calendar_follow_other_venues(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let feed = |venue: Option<VenueId>| Feed {
        id: Uuid::now_v7(),
        name: "Aula".into(),
        venue,
        lang: Lang::Sv,
        made_at: TONIGHT,
    };
    let (of_own, of_other, of_all) = (feed(Some(own.venue.id)), feed(Some(other.venue.id)), feed(None));
    assert!(staff.add_feed(&of_own, [1; 32]).await.unwrap());
    for (nth, more) in (2..).zip([&of_other, &of_all]) {
        assert!(!staff.add_feed(more, [nth; 32]).await.unwrap());
        assert_eq!(db.system().feed([nth; 32]).await.unwrap(), None);
        assert!(db.everything().add_feed(more, [nth; 32]).await.unwrap());
        assert!(!staff.remove_feed(more.id).await.unwrap());
        assert_eq!(db.system().feed([nth; 32]).await.unwrap().as_ref(), Some(more));
    }
    assert_eq!(staff.feeds().await.unwrap(), std::slice::from_ref(&of_own));
    assert_eq!(db.everything().feeds().await.unwrap().len(), 3);
    assert!(staff.remove_feed(of_own.id).await.unwrap());
    assert_eq!(db.system().feed([1; 32]).await.unwrap(), None);
}
