//! `aplodi config`

use std::process::ExitCode;

use clap::Args;

use super::{
    print::say,
    serve::Serve,
    tools::{CommandResult, Data},
};

/// What stands where a secret was.
const HIDDEN: &str = "hidden";

/// Prints what `serve` would run with.
#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(flatten)]
    serve: Serve,
}

impl Config {
    pub(super) fn run(self, data: &Data) -> CommandResult {
        let public = self.serve.address.or_local(self.serve.listen)?;
        say!("APLODI_LISTEN={}", self.serve.listen)?;
        say!("APLODI_PUBLIC_URL={public}")?;
        if !self.serve.trusted_proxy.is_empty() {
            let networks: Vec<String> = self.serve.trusted_proxy.iter().map(ToString::to_string).collect();
            say!("APLODI_TRUSTED_PROXY={}", networks.join(","))?;
        }
        say!("APLODI_DATABASE_URL={}", without_password(&data.database_url))?;
        say!("APLODI_DEMO={}", self.serve.demo)?;
        if let Some(url) = &self.serve.post.smtp_url {
            say!("APLODI_SMTP_URL={}", without_password(url))?;
        }
        if let Some(from) = &self.serve.post.mail_from {
            say!("APLODI_MAIL_FROM={from}")?;
        }
        say!("APLODI_WEBHOOKS_TO_PRIVATE={}", self.serve.webhooks_to_private)?;
        self.serve.open_id.say(HIDDEN)?;
        if let Some(address) = self.serve.metrics.metrics_listen {
            say!("APLODI_METRICS_LISTEN={address}")?;
        }
        if self.serve.metrics.metrics_token.is_some() {
            say!("APLODI_METRICS_TOKEN={HIDDEN}")?;
        }
        say!("APLODI_LOG={}", self.serve.log)?;
        say!("APLODI_LOG_FORMAT={}", self.serve.log_format.as_str())?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An address of a database or a mail server that may be shown.
pub(super) fn without_password(address: &str) -> String {
    // The name of a file, which is rarely a URL.
    if address.starts_with("sqlite:") {
        return address.to_owned();
    }
    // What cannot be read may hold a password anywhere.
    let Ok(mut url) = url::Url::parse(address) else { return HIDDEN.to_owned() };
    if url.cannot_be_a_base() || url.path().contains('@') || url.fragment().is_some() {
        return HIDDEN.to_owned();
    }
    if url.password().is_some() && url.set_password(Some(HIDDEN)).is_err() {
        return HIDDEN.to_owned();
    }
    if url.query().is_some() {
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let shown = pairs.iter().map(|(name, value)| {
            let is_secret = name.to_lowercase().contains("password");
            (name.as_str(), if is_secret { HIDDEN } else { value.as_str() })
        });
        url.query_pairs_mut().clear().extend_pairs(shown);
    }
    url.to_string()
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_are_hidden_and_the_rest_is_not() {
        for (address, shown) in [
            ("postgres://a:secret@db/x", "postgres://a:hidden@db/x"),
            ("postgres://a@db/x?password=secret", "postgres://a@db/x?password=hidden"),
            (
                "postgres:///x?host=/run/pg&sslpassword=secret&Password=secret",
                "postgres:///x?host=%2Frun%2Fpg&sslpassword=hidden&Password=hidden",
            ),
            ("postgres://a:secret@db/x?password=secret", "postgres://a:hidden@db/x?password=hidden"),
            ("postgres://a:sec#ret@db:99999/x", "hidden"),
            ("a:secret@db/x y", "hidden"),
            ("postgres://a:1/secret@db/x", "hidden"),
            ("secret", "hidden"),
            ("sqlite://data/aplodi.db", "sqlite://data/aplodi.db"),
            ("sqlite:data/spring season.db", "sqlite:data/spring season.db"),
        ] {
            assert_eq!(without_password(address), shown);
        }
    }
}
