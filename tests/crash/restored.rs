//! The data is lost, and comes from a backup that was made in the middle of it all.

use std::path::Path;

use harness::{
    program::{Serving, printed},
    report,
    store::{TestStore, on_sqlite},
};

use crate::{
    aftermath::{epoch, everything_is_there, lost, stored},
    killed,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_under_load_and_what_tablets_bring_back() {
    on_sqlite(async |db: &TestStore| {
        let crowd = killed::crowd(db).await;
        let folder = tempfile::tempdir().expect("a folder");
        let backup = folder.path().join("evening.aplodi");
        let file = backup.to_string_lossy();

        let serving = Serving::start(&db.url, &[]).await;
        let answering = crowd.answer(&serving.base);
        crowd.wait_until_confirmed(200).await;
        let before = crowd.confirmed();
        printed(&db.url, &["backup", &file]).await;
        crowd.wait_until_confirmed(200).await;
        serving.kill().await;
        answering.join_all().await;

        let copy = stored(&format!("sqlite://{file}")).await;
        assert!(before.iter().all(|id| copy.contains(id)), "all that was confirmed before the backup is in it");
        assert!(copy.len() < crowd.confirmed().len(), "and not what came later");

        // On another machine, where nobody has the data open.
        let place = folder.path().join("aplodi.db");
        let url = format!("sqlite://{}", place.display());
        printed(&url, &["restore", &file]).await;
        let lost_data = Path::new(db.url.strip_prefix("sqlite://").expect("a file"));
        assert_ne!(epoch(&place).await, epoch(lost_data).await, "by this the tablets know");
        assert!(lost(&url, &crowd).await > 0);

        let serving = Serving::start(&url, &[]).await;
        let brought = crowd.bring_back(&serving.base).await;
        assert!(brought > 0);
        crowd.send_again(&serving.base).await;
        assert!(serving.stop().await);
        everything_is_there(&url, &crowd).await;
        let had = copy.len();
        report::seen(&format!("backed up under load with {had} answers, restored: {brought} brought back, 0 lost"));
    })
    .await;
}
