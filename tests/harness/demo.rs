//! The program playing its demo season, and what it prints for those who want to look around.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::Value;
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::Mutex;

use crate::program::{Serving, token};

/// A demo on a fresh `SQLite` database.
pub struct Demo {
    /// what serves it
    pub serving: Serving,
    /// where its data is
    pub database_url: String,
    /// opens the kiosk
    pub tablet: String,
    /// opens the phone page of the show that has just ended
    pub phone: String,
    /// opens the pages of the staff
    pub staff: String,
    /// the login of the staff
    pub email: String,
    /// its password
    pub password: String,
    api_token: String,
    _folder: TempDir,
}

/// What the first start of a demo left, for others to begin with: making thousands of answers takes longer than most
/// stories.
struct FirstStart {
    database: Vec<u8>,
    welcome: String,
    base: String,
    api_token: String,
    made: Instant,
}

/// A show that has just ended must not have ended long ago, and no tablet must have gone silent.
const FRESH: Duration = Duration::from_mins(4);

static FIRST_START: Mutex<Option<FirstStart>> = Mutex::const_new(None);

impl FirstStart {
    async fn make() -> Self {
        let Demo { serving, database_url, api_token, _folder: folder, .. } = Demo::first_start().await;
        let (welcome, base) = (serving.welcome.clone(), serving.base.clone());
        assert!(serving.stop().await, "it stops well");
        // As `aplodi backup` does: what was committed last may stand in the log beside the file.
        let copy = folder.path().join("copy.db");
        let mut data = SqliteConnection::connect(&database_url).await.expect("the data opens");
        let vacuum = sqlx::query("VACUUM INTO $1").bind(copy.display().to_string());
        vacuum.execute(&mut data).await.expect("a copy");
        let database = std::fs::read(copy).expect("the copy");
        Self { database, welcome, base, api_token, made: Instant::now() }
    }
}

const DATABASE: &str = "demo.db";

fn url_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join(DATABASE).display())
}

impl Demo {
    /// Starts one, with a season that was made a moment ago.
    ///
    /// # Panics
    /// Where the program does not start or did not say where to go.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (welcome, base, api_token) = {
            let mut known = FIRST_START.lock().await;
            let first = match known.take().filter(|first| first.made.elapsed() < FRESH) {
                Some(first) => first,
                None => FirstStart::make().await,
            };
            let first = known.insert(first);
            std::fs::write(folder.path().join(DATABASE), &first.database).expect("a copy of the data");
            (first.welcome.clone(), first.base.clone(), first.api_token.clone())
        };
        let serving = Serving::start(&url_in(folder.path()), &["--demo"]).await;
        let welcome = welcome.replace(&base, &serving.base);
        Self::new(serving, &welcome, api_token, folder)
    }

    /// Starts one whose season is made now, and whose welcome says where to go.
    ///
    /// # Panics
    /// Where the program does not start or does not say where to go.
    pub async fn first_start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let serving = Serving::start(&url_in(folder.path()), &["--demo"]).await;
        Self::of(serving, folder).await
    }

    /// One that has just made its season, in [`Demo::database_in`] a folder.
    ///
    /// # Panics
    /// Where it did not say where to go.
    pub async fn of(serving: Serving, folder: TempDir) -> Self {
        let add = ["token", "add", "--name", "test", "--role", "viewer"];
        let api_token = token(&url_in(folder.path()), &add).await;
        let welcome = serving.welcome.clone();
        Self::new(serving, &welcome, api_token, folder)
    }

    /// The address of a demo's data in a folder.
    #[must_use]
    pub fn database_in(folder: &TempDir) -> String {
        url_in(folder.path())
    }

    fn new(serving: Serving, welcome: &str, api_token: String, folder: TempDir) -> Self {
        let after = |name: &str| {
            let mut lines = welcome.lines().skip_while(|line| line.split_whitespace().next() != Some(name));
            let address = lines.next().and_then(|line| line.split_whitespace().nth(1)).expect("an address");
            (address.to_owned(), lines.next().unwrap_or_default().to_owned())
        };
        let ((tablet, _), (phone, _), (staff, login)) = (after("Tablet"), after("Phone"), after("Staff"));
        let mut login = login.split_whitespace().map(str::to_owned);
        let (email, password) = login.next().zip(login.next()).expect("e-mail and password");
        let database_url = url_in(folder.path());
        Self { tablet, phone, staff, email, password, api_token, serving, database_url, _folder: folder }
    }

    /// The lines of the QR code that was printed at the first start.
    ///
    /// # Panics
    /// Where none was, because it was not the first.
    #[must_use]
    pub fn terminal_code(&self) -> Vec<&str> {
        let (_, code) = self.serving.welcome.split_once("QR code:\n\n").expect("a QR code");
        code.lines().take_while(|line| !line.is_empty()).collect()
    }

    /// The show that has just ended, as a program of the staff sees it in the list of events.
    ///
    /// # Panics
    /// Where it is not in the list.
    pub async fn tonight(&self) -> Value {
        let (_, code) = self.phone.rsplit_once('/').expect("an address");
        let list = self.read("/api/v1/events").await;
        let events = list["events"].as_array().expect("events");
        events.iter().find(|event| event["code"] == code).expect("the event of the code").clone()
    }

    /// How many answers of that show count, as a program of the staff reads it.
    ///
    /// # Panics
    /// Where the list has no number.
    pub async fn counted(&self) -> u64 {
        self.tonight().await["counted"].as_u64().expect("a number")
    }

    /// What the API says to a viewer.
    async fn read(&self, path: &str) -> Value {
        let address = format!("{}{path}", self.serving.base);
        let answer = reqwest::Client::new().get(address).bearer_auth(&self.api_token).send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }

    /// Asks the program to stop, and starts it again where it was, on the same data.
    ///
    /// # Panics
    /// Where it does not stop well.
    pub async fn restart(mut self, while_it_is_away: impl AsyncFnOnce()) -> Self {
        let port = self.serving.port();
        assert!(self.serving.stop().await, "it stops well");
        while_it_is_away().await;
        self.serving = Serving::start_on(port, &self.database_url, &["--demo"]).await;
        self
    }
}
