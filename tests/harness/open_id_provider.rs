//! A provider of OpenID Connect on this machine: discovery, keys, and a token for whatever claims a story wants to be told.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{net::TcpListener, task::AbortHandle};

/// The client that it knows, and its secret.
pub const CLIENT: (&str, &str) = ("aplodi", "a secret of two");

/// What it tells whoever brings the code: header, claims, and whether it signs them with its own key.
#[derive(Clone, Debug)]
pub struct Told {
    /// what stands before the claims
    pub header: Value,
    /// what it says
    pub claims: Value,
    /// the seed of the key that signs; `None`: nothing does
    pub signed_by: Option<u8>,
}

struct Inner {
    issuer: String,
    seed: Mutex<u8>,
    told: Mutex<Option<Told>>,
    challenge: Mutex<String>,
    discoveries: Mutex<usize>,
}

/// The provider.
pub struct OpenIdProvider {
    /// its issuer
    pub issuer: String,
    inner: Arc<Inner>,
    work: AbortHandle,
}

impl OpenIdProvider {
    /// Opens one.
    ///
    /// # Panics
    /// Where there is no free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let inner = Arc::new(Inner {
            issuer: issuer.clone(),
            seed: Mutex::new(1),
            told: Mutex::default(),
            challenge: Mutex::default(),
            discoveries: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discover))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(&inner));
        let work = tokio::spawn(async move { axum::serve(listener, router).await.expect("served") });
        Self { issuer, inner, work: work.abort_handle() }
    }

    /// Somebody has logged in at the address to which they were sent; whoever brings the code is told this.
    ///
    /// # Panics
    /// Where it panicked.
    pub fn tells(&self, challenge: &str, told: Told) {
        challenge.clone_into(&mut self.inner.challenge.lock().expect("nobody panicked"));
        *self.inner.told.lock().expect("nobody panicked") = Some(told);
    }

    /// It has another key from now on.
    ///
    /// # Panics
    /// Where it panicked.
    pub fn renews_key(&self, seed: u8) {
        *self.inner.seed.lock().expect("nobody panicked") = seed;
    }

    /// How often it was asked for its discovery document.
    ///
    /// # Panics
    /// Where it panicked.
    #[must_use]
    pub fn discoveries(&self) -> usize {
        *self.inner.discoveries.lock().expect("nobody panicked")
    }
}

impl Drop for OpenIdProvider {
    fn drop(&mut self) {
        self.work.abort();
    }
}

async fn discover(State(inner): State<Arc<Inner>>) -> Json<Value> {
    *inner.discoveries.lock().expect("nobody panicked") += 1;
    let at = |path: &str| format!("{}{path}", inner.issuer);
    Json(json!({
        "issuer": inner.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "none", "HS256"],
    }))
}

async fn keys(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let key = key(*inner.seed.lock().expect("nobody panicked")).as_verification_key();
    Json(json!({ "keys": [key] }))
}

/// A code is worth something once, to whoever has the verifier of its challenge.
async fn token(State(inner): State<Arc<Inner>>, Form(form): Form<Vec<(String, String)>>) -> Response {
    let field = |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier").as_bytes()));
    let told = inner.told.lock().expect("nobody panicked").take();
    let expected = inner.challenge.lock().expect("nobody panicked").clone();
    let (Some(told), true) = (told, challenge == expected && field("code") == "the-code") else {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    };
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encoded(&told.header), encoded(&told.claims));
    let signature = told.signed_by.map_or_else(Vec::new, |seed| {
        key(seed).sign(&CoreJwsSigningAlgorithm::EdDsa, message.as_bytes()).expect("a signature")
    });
    let id_token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
    Json(json!({ "access_token": "opens nothing", "token_type": "Bearer", "id_token": id_token })).into_response()
}

/// The Ed25519 key of a seed, as PKCS #8 writes it (RFC 8410).
fn key(seed: u8) -> CoreEdDsaPrivateSigningKey {
    let der = [&[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20][..], &[seed; 32]].concat();
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(format!("key {seed}")))).expect("a key")
}
