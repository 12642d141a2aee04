//! The program playing its demo season, and what it prints for those who want to look around.

use serde_json::Value;
use tempfile::TempDir;

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

impl Demo {
    /// Starts one.
    ///
    /// # Panics
    /// Where the program does not start or does not say where to go.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database_url = format!("sqlite://{}", folder.path().join("demo.db").display());
        let serving = Serving::start(&database_url, &["--demo"]).await;
        Self::of(serving, database_url, folder).await
    }

    /// One that serves already, from a folder of its own.
    ///
    /// # Panics
    /// Where it did not say where to go.
    pub async fn of(serving: Serving, database_url: String, folder: TempDir) -> Self {
        let after = |name: &str| {
            let mut lines = serving.welcome.lines().skip_while(|line| line.split_whitespace().next() != Some(name));
            let address = lines.next().and_then(|line| line.split_whitespace().nth(1)).expect("an address");
            (address.to_owned(), lines.next().unwrap_or_default().to_owned())
        };
        let ((tablet, _), (phone, _), (staff, login)) = (after("Tablet"), after("Phone"), after("Staff"));
        let mut login = login.split_whitespace().map(str::to_owned);
        let (email, password) = login.next().zip(login.next()).expect("e-mail and password");
        let api_token = token(&database_url, &["token", "add", "--name", "test", "--role", "viewer"]).await;
        Self { tablet, phone, staff, email, password, api_token, serving, database_url, _folder: folder }
    }

    /// The lines of the QR code that was printed.
    ///
    /// # Panics
    /// Where none was.
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
        self.serving = Serving::start_on(port, &self.database_url, &[]).await;
        self
    }
}
