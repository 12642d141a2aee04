//! E-mail by SMTP.

use std::{fmt, net::IpAddr, time::Duration};

use app::emails::alert::Email;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use url::Url;

/// A mail server that does not answer in this time is asked again later.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why no e-mail can be sent.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    /// Its address cannot be read. It is not repeated: it may hold a password.
    #[error("--smtp-url must look like smtps://user:password@mail.example:465 or smtp://mail.example:587")]
    Url,
    /// Nobody to send it from.
    #[error("--mail-from must be an e-mail address, such as \"Aplodi <aplodi@circus.example>\"")]
    From,
    /// Not delivered.
    #[error("{0}")]
    Sending(#[from] lettre::transport::smtp::Error),
    /// The e-mail cannot be written.
    #[error("{0}")]
    Writing(#[from] lettre::error::Error),
    /// There is no such address.
    #[error("this is no e-mail address: {0}")]
    To(#[from] lettre::address::AddressError),
}

/// Sends e-mail.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from.email).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Sends through the mail server at an address, in somebody's name. Nothing is sent yet.
    ///
    /// # Errors
    /// Where one of the two cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self, EmailError> {
        let url = with_tls(Url::parse(url).map_err(|_| EmailError::Url)?);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| EmailError::Url)?;
        let from = from.parse().map_err(|_| EmailError::From)?;
        Ok(Self { transport: transport.timeout(Some(TIMEOUT)).build(), from })
    }

    /// Sends one e-mail to one person.
    ///
    /// # Errors
    /// Where it was not taken.
    pub async fn send(&self, to: &str, email: &Email) -> Result<(), EmailError> {
        self.send_with(to, email, None).await
    }

    /// The same, with the address at which whoever reads it stops such e-mails, which mail programs show as a button of their
    /// own (RFC 2369, RFC 8058).
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn send_with(&self, to: &str, email: &Email, stop: Option<&str>) -> Result<(), EmailError> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse()?))
            .subject(email.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            // Nobody answers that they are on holiday.
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        if let Some(stop) = stop {
            message = message
                .raw_header(raw("List-Unsubscribe", &format!("<{stop}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        self.transport.send(message.body(email.text.clone())?).await?;
        Ok(())
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Plain `smtp` begins unencrypted. Unless the address says otherwise it must switch to TLS, but for
/// a mail server on this machine.
fn with_tls(mut url: Url) -> Url {
    let is_here = url.host_str().is_some_and(|host| {
        host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    });
    if url.scheme() == "smtp" && !is_here && url.query_pairs().all(|(name, _)| name != "tls") {
        url.query_pairs_mut().append_pair("tls", "required");
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_goes_in_secret() {
        for (given, used) in [
            ("smtp://a:b@mail.example", "smtp://a:b@mail.example?tls=required"),
            ("smtp://a:b@mail.example:25?tls=opportunistic", "smtp://a:b@mail.example:25?tls=opportunistic"),
            ("smtps://a:b@mail.example:465", "smtps://a:b@mail.example:465"),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://[::1]:2525", "smtp://[::1]:2525"),
            ("smtp://localhost", "smtp://localhost"),
        ] {
            assert_eq!(with_tls(Url::parse(given).unwrap()).as_str(), used);
        }
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused_without_repeating_it() {
        for url in ["", "mail.example", "http://a:secret@mail.example", "smtp://"] {
            let error = Mailer::new(url, "a@b.fi").expect_err(url).to_string();
            assert!(error.contains("--smtp-url") && !error.contains("secret"), "{error}");
        }
        let error = Mailer::new("smtps://mail.example", "nobody").unwrap_err();
        assert!(error.to_string().contains("--mail-from"));
        assert!(Mailer::new("smtps://a:secret@mail.example", "Aplodi <aplodi@circus.example>").is_ok());
    }
}
