//! `/staff/people`: people, what is decided about them, and what is written down about it.

mod account;
mod invite;
mod last_admin;
mod log;
mod open_id;
mod readers;
mod recovery;
mod second_step;

use aplodi::{auth::password, secrets::hash_token};
use domain::time::HOUR;
use harness::test_server::{NOW, TestServer};
use reqwest::Response;
use store::{
    Scope,
    staff::{Role, User},
};

/// A password that is long enough.
pub(super) const PASSWORD: &str = "applause in the foyer";

/// Somebody with a password, who is logged in: who they are, and their cookie.
pub(super) async fn employ(server: &TestServer, email: &str, role: Role, scope: Scope) -> (User, String) {
    let (state, token) = (&server.state, email.to_owned());
    let user = User { id: state.rng.uuid(NOW).into(), email: email.into(), role, scope };
    let system = state.store.system();
    assert!(system.add_user(&user, NOW).await.expect("a user"));
    let hash = password::hash(PASSWORD.into(), state.rng.bytes()).await.expect("a hash");
    system.set_password(user.id, &hash, NOW).await.expect("a password");
    let now = state.clock.now();
    system.add_session(hash_token(&token), user.id, now, now + HOUR).await.expect("a session");
    (user, format!("aplodi={token}"))
}

/// Posts a form as somebody.
pub(super) async fn post(server: &TestServer, cookie: &str, path: &str, pairs: &[(&str, &str)]) -> Response {
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let request = server.http.post(format!("{}{path}", server.base)).header("origin", &server.base);
    let request = request.header("cookie", cookie).header("content-type", "application/x-www-form-urlencoded");
    request.body(body).send().await.expect("an answer")
}

/// The text of a page as somebody sees it.
pub(super) async fn get(server: &TestServer, cookie: &str, path: &str) -> (u16, String) {
    let request = server.http.get(format!("{}{path}", server.base)).header("cookie", cookie);
    let response = request.header("accept-language", "en").send().await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("text"))
}

/// The path of the link that a page or an e-mail tells.
pub(super) fn link_in(text: &str, server: &TestServer) -> String {
    let (_, rest) = text.split_once(&format!("{}/staff/set-up/", server.base)).expect("a link");
    let token: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/staff/set-up/{token}")
}

/// The e-mails that have arrived, once there are so many: nobody waits for the mail server.
pub(super) async fn emails(server: &TestServer, count: usize) -> Vec<harness::message_sinks::Email> {
    let arrived = async {
        while server.mail.emails().len() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(harness::PATIENCE, arrived).await.expect("e-mails");
    server.mail.emails()
}
