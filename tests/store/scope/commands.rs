//! What staff ask of tablets from afar: of those of their venues alone.

use domain::kiosk_command::CommandKind;
use harness::{fixture::TONIGHT, on_both_databases, store::TestStore};
use store::kiosk_commands::NewCommand;

use super::{scope_of, two_venues};

on_both_databases!(nothing_is_asked_of_tablets_of_other_venues);

async fn nothing_is_asked_of_tablets_of_other_venues(db: &TestStore) {
    let (own, other) = two_venues(db).await;
    let staff = db.staff(scope_of(&own));
    let reload = |kiosk| NewCommand { kiosk, kind: CommandKind::Reload, words: None };
    let (mine, theirs) = (own.pairing.kiosk, other.pairing.kiosk);
    assert!(!staff.command(&[reload(theirs)], None, TONIGHT).await.unwrap());
    assert!(!staff.command(&[reload(mine), reload(theirs)], None, TONIGHT).await.unwrap());
    assert_eq!(db.rows("kiosk_commands").await, 0, "all of it, or nothing");
    assert!(staff.command(&[reload(mine), reload(mine)], None, TONIGHT).await.unwrap());
    assert!(db.everything().command(&[reload(theirs)], None, TONIGHT).await.unwrap());
    assert_eq!(db.rows("audit_log").await, 3, "each is written down");
    let seen = staff.commands(TONIGHT).await.unwrap();
    let seen: Vec<_> = seen.iter().map(|one| (one.kiosk, one.number)).collect();
    assert_eq!(seen, [(mine, TONIGHT), (mine, TONIGHT + 1)], "each has a number of its own");
    assert_eq!(db.everything().commands(TONIGHT).await.unwrap().len(), 3);
    db.system().commands_done(mine, TONIGHT, TONIGHT + 5).await.unwrap();
    let seen = staff.commands(TONIGHT).await.unwrap();
    assert_eq!(seen.iter().map(|one| one.done_at).collect::<Vec<_>>(), [Some(TONIGHT + 5), None]);
}
