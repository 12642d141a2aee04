//! Asks a provider who somebody is: discovery, the address to send them to, and what the code is worth that they bring back.

use std::{pin::Pin, sync::Arc, time::Duration};

use axum::http::{Request, Response};
use chrono::{DateTime, Utc};
use domain::time::{HOUR, MINUTE, Millis};
use http_body_util::{BodyExt, Full, Limited};
use openidconnect::{
    AsyncHttpClient, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use store::staff::Role;
use tokio::sync::Mutex;
use url::Url;

use super::{OpenIdSettings, claims::OtherClaims};
use crate::{
    clock::{Clock, Rng},
    notify::{
        http_client::{HttpClient, http_client},
        reach::WebhookReach,
        webhook::target_of,
    },
    secrets::new_token,
};

/// A provider that does not answer in this time is not asked any longer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// No answer of a provider is longer.
const LONGEST: usize = 512 * 1024;
/// So long its discovery document and its keys are known ...
const KNOWN: Millis = HOUR;
/// ... and so soon they are asked for again where a key is new.
const ASKED_AGAIN: Millis = MINUTE;
/// So long somebody may take to log in there.
pub const WAITS: Millis = 10 * MINUTE;

/// Signatures that are believed. Not "none", and none that anybody can make who knows the client's secret.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Fields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type ProviderClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody knows who it is.
#[derive(Debug, thiserror::Error)]
pub enum OpenIdError {
    /// The provider cannot be asked, or says what nobody understands.
    #[error("the provider was not understood: {0}")]
    Provider(String),
    /// What it says is not for this log-in, or is not its own.
    #[error("what the provider said is not believed: {0}")]
    NotBelieved(String),
    /// It does not say that the e-mail address is theirs.
    #[error("the provider has not verified an e-mail address")]
    NoEmail,
    /// None of their groups has a role here.
    #[error("none of the groups has a role here")]
    NoRole,
}

/// Why the provider was not reached.
#[derive(Debug, thiserror::Error)]
enum CallError {
    #[error("this server may not call {0}")]
    Address(String),
    #[error("no answer")]
    NoAnswer(#[from] hyper_util::client::legacy::Error),
    #[error("no answer within {} seconds", TIMEOUT.as_secs())]
    TooLate,
    #[error("the answer broke off or is too long")]
    Body,
}

/// A log-in that somebody has begun: what the browser keeps until they come back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// what comes back with them
    pub state: String,
    nonce: String,
    verifier: String,
    /// where they go afterwards
    pub next: Option<String>,
    /// until when it may be used, milliseconds UTC
    pub until: Millis,
}

/// Somebody of whom the provider says who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// lower case; the provider has verified it
    pub email: String,
    /// what their groups may do here; `None` where groups decide nothing
    pub role: Option<Role>,
}

/// A provider.
pub struct OpenId {
    settings: OpenIdSettings,
    back: String,
    caller: Caller,
    clock: Arc<dyn Clock>,
    known: Mutex<Option<(CoreProviderMetadata, Millis)>>,
}

impl std::fmt::Debug for OpenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenId").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl OpenId {
    /// A provider that sends people back to an address of this server. Nobody is asked yet.
    #[must_use]
    pub fn new(settings: OpenIdSettings, back: String, clock: Arc<dyn Clock>) -> Self {
        let caller = Caller { client: http_client(settings.reach), reach: settings.reach };
        Self { settings, back, caller, clock, known: Mutex::default() }
    }

    /// Whether nobody logs in with a password.
    #[must_use]
    pub const fn is_only(&self) -> bool {
        self.settings.only
    }

    /// Where somebody logs in, and what their browser keeps meanwhile.
    ///
    /// # Errors
    /// Where the provider cannot be asked.
    pub async fn begin(&self, rng: &Rng, next: Option<String>) -> Result<(Url, Attempt), OpenIdError> {
        let token = || new_token(rng);
        let attempt = Attempt {
            state: token(),
            nonce: token(),
            verifier: token() + &token(),
            next,
            until: self.clock.now() + WAITS,
        };
        let client = self.client(&self.metadata(KNOWN).await?)?;
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let (address, ..) = client
            .authorize_url(flow, move || CsrfToken::new(state), move || Nonce::new(nonce))
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok((address, attempt))
    }

    /// Who it is that comes back with a code.
    ///
    /// # Errors
    /// Where the provider cannot be asked, is not believed, or knows too little of them.
    pub async fn finish(&self, code: String, attempt: &Attempt) -> Result<Identity, OpenIdError> {
        let mut metadata = self.metadata(KNOWN).await?;
        let response = self
            .client(&metadata)?
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OpenIdError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()))
            .request_async(&self.caller)
            .await
            .map_err(|error| OpenIdError::Provider(error.to_string()))?;
        let token = response.id_token().ok_or_else(|| OpenIdError::Provider("there is no ID token".to_owned()))?;
        let nonce = Nonce::new(attempt.nonce.clone());
        let believed = |metadata: &CoreProviderMetadata| {
            let client = self.client(metadata)?;
            let seconds = self.clock.now() / 1_000;
            let verifier = client
                .id_token_verifier()
                .set_allowed_algs(SIGNATURES)
                // By a clock that cannot be read everything has expired.
                .set_time_fn(move || DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC));
            token.claims(&verifier, &nonce).cloned().map_err(|error| OpenIdError::NotBelieved(error.to_string()))
        };
        let mut claims = believed(&metadata);
        if claims.is_err() {
            // It may have a new key since.
            metadata = self.metadata(ASKED_AGAIN).await?;
            claims = believed(&metadata);
        }
        let claims = claims?;
        let email = claims.email().filter(|_| claims.email_verified() == Some(true)).ok_or(OpenIdError::NoEmail)?;
        let groups = &self.settings.groups;
        let role = claims.additional_claims().role(&self.settings.groups_claim, groups);
        if role.is_none() && groups.iter().any(|(_, names)| !names.is_empty()) {
            return Err(OpenIdError::NoRole);
        }
        Ok(Identity { email: email.trim().to_lowercase(), role })
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Result<ProviderClient, OpenIdError> {
        let back = RedirectUrl::new(self.back.clone()).map_err(|error| OpenIdError::Provider(error.to_string()))?;
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let id = ClientId::new(self.settings.client_id.clone());
        Ok(ProviderClient::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(back))
    }

    /// The discovery document with the keys, no older than this.
    async fn metadata(&self, oldest: Millis) -> Result<CoreProviderMetadata, OpenIdError> {
        let mut known = self.known.lock().await;
        let now = self.clock.now();
        if let Some((metadata, asked_at)) = &*known
            && (*asked_at..asked_at.saturating_add(oldest)).contains(&now)
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.settings.issuer.as_str().trim_end_matches('/').to_owned())
            .map_err(|error| OpenIdError::Provider(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.caller)
            .await
            .map_err(|error| OpenIdError::Provider(error.to_string()))?;
        *known = Some((metadata.clone(), now));
        Ok(metadata)
    }
}

/// What calls the provider.
struct Caller {
    client: HttpClient,
    reach: WebhookReach,
}

impl<'c> AsyncHttpClient<'c> for Caller {
    type Error = CallError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

impl Caller {
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, CallError> {
        let address = request.uri().to_string();
        let allowed = Url::parse(&address).is_ok_and(|url| self.reach.allows_host_of(&url));
        if !allowed || target_of(&address).is_none() {
            return Err(CallError::Address(address));
        }
        let (parts, body) = request.into_parts();
        let asked = self.client.request(Request::from_parts(parts, Full::from(body)));
        let answered = async {
            let (parts, body) = asked.await?.into_parts();
            let body = Limited::new(body, LONGEST).collect().await.map_err(|_| CallError::Body)?;
            Ok(Response::from_parts(parts, body.to_bytes().to_vec()))
        };
        tokio::time::timeout(TIMEOUT, answered).await.map_err(|_| CallError::TooLate)?
    }
}
