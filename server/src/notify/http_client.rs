//! What calls programs elsewhere: within a reach, and following nobody who answers "elsewhere".

use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use super::reach::{Resolver, WebhookReach};

/// A client that calls nobody outside its reach, whatever a name stands for.
pub(crate) type HttpClient = Client<HttpsConnector<HttpConnector<Resolver>>, Full<Bytes>>;

/// Such a client. It knows the certificate authorities that browsers know.
///
/// # Panics
/// Never: the cryptography it asks for is built in.
#[expect(clippy::expect_used, reason = "the provider supports the versions of TLS that it is built with")]
pub(crate) fn http_client(reach: WebhookReach) -> HttpClient {
    let mut connections = HttpConnector::new_with_resolver(Resolver::new(reach));
    // The scheme is looked at before anybody is called.
    connections.enforce_http(false);
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
        .expect("the provider supports its own versions of TLS")
        .https_or_http()
        .enable_http1()
        .wrap_connector(connections);
    Client::builder(TokioExecutor::new()).build(connector)
}
