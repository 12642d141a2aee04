//! Tablets that ask for words, and staff who type them.

use aplodi::secrets::{hash_token, new_token};
use domain::lang::Lang;
use harness::test_server::{TestServer, id};
use serde_json::{Value, json};
use store::responses::StoredResponse;

/// A tablet that nobody knows yet.
pub(crate) struct Tablet {
    pub(crate) token: String,
    pub(crate) id: String,
    pub(crate) words: Vec<String>,
}

impl Tablet {
    /// Makes itself a token and asks for words.
    pub(crate) async fn new(server: &TestServer) -> Self {
        let token = new_token(&server.state.rng);
        let response = ask(server, &token, Lang::Fi).await;
        assert_eq!(response.status(), 200);
        let invitation: Value = response.json().await.expect("JSON");
        let words = serde_json::from_value(invitation["words"].clone()).expect("words");
        Self { token, id: invitation["id"].as_str().expect("an id").to_owned(), words }
    }

    pub(crate) fn shown_words(&self) -> String {
        self.words.join(" ")
    }

    /// What it is told when it asks whether somebody has typed its words.
    pub(crate) async fn is_told(&self, server: &TestServer) -> (u16, Value) {
        let address = format!("{}/api/v1/kiosk/pairings/{}", server.base, self.id);
        let response = server.http.get(address).bearer_auth(&self.token).send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
    }
}

pub(crate) async fn ask(server: &TestServer, token: &str, lang: Lang) -> reqwest::Response {
    ask_with(server, json!({ "token_sha256": hex::encode(hash_token(token)), "lang": lang })).await
}

pub(crate) async fn ask_with(server: &TestServer, body: Value) -> reqwest::Response {
    let address = format!("{}/api/v1/kiosk/pairings", server.base);
    server.http.post(address).header("origin", &server.base).json(&body).send().await.expect("an answer")
}

/// Posts a form as somebody.
pub(crate) async fn post(server: &TestServer, cookie: &str, path: &str, pairs: &[(&str, &str)]) -> reqwest::Response {
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    server
        .http
        .post(format!("{}{path}", server.base))
        .header("origin", &server.base)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

/// Types words, for a new kiosk in the server.
pub(crate) async fn type_words(server: &TestServer, cookie: &str, words: &str) -> reqwest::Response {
    let place = format!("new:{}", server.venue.id);
    post(server, cookie, "/staff/kiosks/pair", &[("words", words), ("place", &place), ("name", "Bar")]).await
}

/// The kiosk to whose page one was sent.
pub(crate) fn kiosk_of(response: &reqwest::Response) -> String {
    assert_eq!(response.status(), 303);
    let location = response.headers()["location"].to_str().expect("text");
    let (path, done) = location.split_once('?').expect("what happened");
    assert_eq!(done, "done=paired");
    path.strip_prefix("/staff/kiosks/").expect("a kiosk").to_owned()
}

pub(crate) async fn config(server: &TestServer, token: &str) -> (u16, Value) {
    let address = format!("{}/api/v1/kiosk/config", server.base);
    let response = server.http.get(address).bearer_auth(token).send().await.expect("an answer");
    (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
}

pub(crate) async fn page(server: &TestServer, cookie: &str, path: &str) -> (u16, String) {
    let address = format!("{}{path}", server.base);
    let response = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("text"))
}

/// The response with this number.
pub(crate) async fn stored(server: &TestServer, number: u128) -> StoredResponse {
    let page = server.state.store.system().responses(None, 100).await.expect("responses");
    page.responses.into_iter().find(|stored| stored.response.id == id(number).into()).expect("it is stored")
}
