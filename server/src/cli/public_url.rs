//! The address by which people reach the server: an origin and nothing more. Posters, forms and cookies are made for one,
//! and under a path the phone's form would post to somewhere else.

use url::{Host, Url};

/// Why an address cannot be the public one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotAnOrigin {
    /// It is no address at all.
    #[error("the public address is like https://feedback.example: {0}")]
    Unreadable(#[from] url::ParseError),
    /// Browsers open pages by http and https.
    #[error("the public address begins with https:// or http://, not with {0}:")]
    Scheme(String),
    /// Without a host nobody finds the server.
    #[error("the public address names no host: it is like https://feedback.example")]
    NoHost,
    /// It would stand on every poster.
    #[error("the public address holds no user and no password: it stands on every poster")]
    User,
    /// Aplodi's own addresses begin at the root.
    #[error(
        "the public address has no path, so not {0}: give Aplodi a host name of its own, like https://feedback.example"
    )]
    Path(String),
    /// A link with something behind it would ask for something else.
    #[error("the public address ends with its host or port: no question mark and no #")]
    Tail,
}

/// Reads the public address.
///
/// # Errors
/// Where it is anything but scheme, host and port.
pub(super) fn public_url(typed: &str) -> Result<Url, NotAnOrigin> {
    let url = Url::parse(typed.trim())?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err(NotAnOrigin::Scheme(url.scheme().to_owned()));
    }
    if url.host().is_none_or(|host| host == Host::Domain("")) {
        return Err(NotAnOrigin::NoHost);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NotAnOrigin::User);
    }
    if url.path() != "/" {
        return Err(NotAnOrigin::Path(url.path().to_owned()));
    }
    // An empty one is one, too: `https://feedback.example?`.
    if url.query().is_some() || url.fragment().is_some() {
        return Err(NotAnOrigin::Tail);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_taken_as_it_is() {
        for typed in
            ["https://own.example", "https://own.example/", " http://10.0.0.5:3000 ", "https://[2001:db8::1]:8443"]
        {
            assert_eq!(public_url(typed).map(|url| url.path().to_owned()), Ok("/".to_owned()), "{typed}");
        }
    }

    #[test]
    fn whatever_is_more_than_an_origin_is_refused_in_one_sentence() {
        for typed in [
            "https://own.example/palaute",
            "https://own.example//",
            "https://own.example/?",
            "https://own.example?a=b",
            "https://own.example#top",
            "https://own.example/#",
            "https://eva@own.example",
            "https://eva:secret@own.example",
            "https://:secret@own.example",
            "ftp://own.example",
            "ws://own.example",
            "file:///own.example",
            "mailto:eva@own.example",
            "own.example",
            "own.example:3000",
            "/palaute",
            "https://",
            "",
        ] {
            let said = public_url(typed).expect_err(typed).to_string();
            assert!(
                said.starts_with("the public address") && !said.contains('\n') && !said.contains("secret"),
                "{said}"
            );
        }
    }
}
