//! The program behind a network that a test can break, with one paired kiosk and two questions.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use sqlx::SqliteConnection;
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    fault_proxy::FaultProxy,
    fixture::Fixture,
    program::{HeldPort, Serving, token},
    store::{TestStore, sqlite, sqlite_file},
    test_tablet::EVENING,
    until_within,
};

/// A server, a way to it, and a tablet's token.
pub struct ProxiedServer {
    /// what is asked
    pub fixture: Fixture,
    /// the way from the tablet to the server
    pub proxy: FaultProxy,
    /// opens the kiosk
    pub kiosk_url: String,
    /// where the data is
    pub database_url: String,
    port: Arc<HeldPort>,
    serving: Option<Serving>,
    folder: TempDir,
}

impl ProxiedServer {
    /// Opens one: a face, a recommendation, and thanks.
    pub async fn open() -> Self {
        let (TestStore { store, url }, folder) = sqlite().await;
        let mut fixture = Fixture::new();
        fixture.version.questions.truncate(2);
        fixture.open(&**store.system()).await;
        drop(store);
        let add = ["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer"];
        let token = token(&url, &add).await;
        let serving = Serving::start(&url, &[]).await;
        let port = serving.port();
        let proxy = FaultProxy::to(port.number()).await;
        let kiosk_url = format!("{}/kiosk#token={token}", proxy.base);
        Self { fixture, proxy, kiosk_url, database_url: url, port, serving: Some(serving), folder }
    }

    /// Stops the server, as an administrator would.
    ///
    /// # Panics
    /// Where it is not running or does not end well.
    pub async fn stop(&mut self) {
        let serving = self.serving.take().expect("it runs");
        assert!(serving.stop().await, "it ends well");
    }

    /// Starts it again where it was.
    pub async fn start(&mut self) {
        self.serving = Some(Serving::start_on(Arc::clone(&self.port), &self.database_url, &[]).await);
    }

    /// Keeps a copy of the data.
    ///
    /// # Panics
    /// Where it cannot be copied.
    pub async fn back_up(&self) {
        // As `aplodi backup` does: what was committed last stands in the log beside the file.
        let copy = self.backup().display().to_string();
        sqlx::query("VACUUM INTO $1").bind(copy).execute(&mut self.data().await).await.expect("a copy");
    }

    /// Goes back to that copy, under a new epoch, as `aplodi restore` does; the server must be stopped.
    ///
    /// # Panics
    /// Where it cannot be copied.
    pub async fn restore(&self) {
        assert!(self.serving.is_none(), "a database in use is not replaced");
        for name in ["-wal", "-shm"] {
            let mut path = self.database().into_os_string();
            path.push(name);
            // After a clean end there is none.
            let _: std::io::Result<()> = std::fs::remove_file(path);
        }
        std::fs::copy(self.backup(), self.database()).expect("a copy");
        let mut data = self.data().await;
        let epoch = Uuid::now_v7().simple().to_string();
        sqlx::query("UPDATE foundation SET epoch = $1").bind(epoch).execute(&mut data).await.expect("an epoch");
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("data/aplodi.db")
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup.db")
    }

    async fn data(&self) -> SqliteConnection {
        sqlite_file(&self.database_url).await
    }

    /// The ids of what the server has.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn stored(&self) -> BTreeSet<Uuid> {
        let ids: Vec<Uuid> =
            sqlx::query_scalar("SELECT id FROM responses").fetch_all(&mut self.data().await).await.expect("responses");
        ids.into_iter().collect()
    }

    /// When the responses were given, in the order in which they arrived, as the server has it.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn given(&self) -> Vec<i64> {
        let given = "SELECT corrected_at FROM responses ORDER BY received_at, corrected_at";
        sqlx::query_scalar(given).fetch_all(&mut self.data().await).await.expect("responses")
    }

    /// The numbers that the server has seen from its tablets.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn numbers(&self) -> Vec<i64> {
        let blocks: Vec<(i64, i64)> = sqlx::query_as("SELECT block, bits FROM pairing_seq ORDER BY block")
            .fetch_all(&mut self.data().await)
            .await
            .expect("numbers");
        let of = |(block, bits): (i64, i64)| {
            (0..32).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| 32 * block + 1 + bit)
        };
        blocks.into_iter().flat_map(of).collect()
    }

    /// The pairing of the tablet.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn pairing(&self) -> String {
        let of = "SELECT pairings.id FROM pairings JOIN kiosks ON kiosks.id = kiosk WHERE name = 'Foyer'";
        let id: Uuid = sqlx::query_scalar(of).fetch_one(&mut self.data().await).await.expect("a pairing");
        id.to_string()
    }

    /// The last sign of life.
    ///
    /// # Panics
    /// Where the data cannot be read.
    pub async fn heartbeat(&self) -> serde_json::Value {
        let beat: Option<String> =
            sqlx::query_scalar("SELECT heartbeat FROM pairings WHERE heartbeat IS NOT NULL ORDER BY last_contact DESC")
                .fetch_optional(&mut self.data().await)
                .await
                .expect("pairings");
        beat.map(|beat| serde_json::from_str(&beat).expect("JSON")).unwrap_or_default()
    }

    /// Waits until the server has so many, and checks that each came once and that no number is missing.
    ///
    /// # Panics
    /// Where that never happens.
    pub async fn wait_for_all(&self, many: usize) {
        let there = async || self.stored().await.len() >= many;
        until_within(EVENING, &format!("{many} responses arrive"), there).await;
        assert_eq!(self.stored().await.len(), many);
        let all: Vec<i64> = (1..).take(many).collect();
        assert_eq!(self.numbers().await, all, "no gap");
    }
}
