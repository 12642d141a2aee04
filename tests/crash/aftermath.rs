//! What is left, compared with what was confirmed.

use std::{collections::HashSet, path::Path};

use harness::program::run;
use sqlx::{Connection, SqliteConnection};
use store::open;
use uuid::Uuid;

use crate::crowd::Crowd;

/// Each confirmed answer is there, once, and nothing else; and the tallies say the same.
pub(crate) async fn everything_is_there(url: &str, crowd: &Crowd) {
    let stored = stored(url).await;
    let mut confirmed = crowd.confirmed();
    confirmed.sort();
    assert_eq!(stored.len(), confirmed.len());
    assert_eq!(stored, confirmed);
    tallies_agree(url).await;
}

/// How many of the confirmed answers are not there. Everything else is as it should be, or the test fails: the
/// file is sound, nothing is there that was never sent, the tallies agree.
pub(crate) async fn lost(url: &str, crowd: &Crowd) -> usize {
    let mut file = SqliteConnection::connect(url).await.expect("the file opens");
    let sound: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut file).await.expect("it can be read");
    assert_eq!(sound, "ok");
    file.close().await.expect("it closes");
    let stored: HashSet<Uuid> = stored(url).await.into_iter().collect();
    let confirmed: HashSet<Uuid> = crowd.confirmed().into_iter().collect();
    assert!(stored.iter().all(|id| confirmed.contains(id) || crowd.has_begun(id)), "nobody sent that");
    tallies_agree(url).await;
    confirmed.difference(&stored).count()
}

/// The ids of all responses, in order.
pub(crate) async fn stored(url: &str) -> Vec<Uuid> {
    let store = open::open(url).await.expect("the data opens");
    let (mut stored, mut after) = (Vec::new(), None);
    loop {
        let page = store.system().responses(after, 1_000).await.expect("a page");
        stored.extend(page.responses.into_iter().map(|stored| stored.response.id.0));
        after = page.next;
        if after.is_none() {
            return stored;
        }
    }
}

pub(crate) async fn tallies_agree(url: &str) {
    let recount = run(url, &["recount"]).await;
    let said = String::from_utf8_lossy(&recount.stdout);
    assert!(recount.status.success(), "{said}{}", String::from_utf8_lossy(&recount.stderr));
}

/// The epoch of the data in a file.
pub(crate) async fn epoch(file: &Path) -> String {
    let url = format!("sqlite://{}", file.display());
    let mut file = SqliteConnection::connect(&url).await.expect("the file opens");
    sqlx::query_scalar("SELECT epoch FROM foundation").fetch_one(&mut file).await.expect("an epoch")
}
