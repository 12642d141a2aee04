//! `aplodi config`

use std::process::ExitCode;

use clap::Args;

use super::{Data, Ended, serve::Serve};

/// Prints what `serve` would run with.
#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(flatten)]
    serve: Serve,
}

impl Config {
    pub(super) fn run(self, data: &Data) -> Ended {
        let public = self.serve.address.or_local(self.serve.listen)?;
        println!("APLODI_LISTEN={}", self.serve.listen);
        println!("APLODI_PUBLIC_URL={public}");
        println!("APLODI_DATABASE_URL={}", without_password(&data.database_url));
        println!("APLODI_DEMO={}", self.serve.demo);
        println!("APLODI_LOG={}", self.serve.log);
        Ok(ExitCode::SUCCESS)
    }
}

/// A database address that may be shown.
fn without_password(address: &str) -> String {
    match url::Url::parse(address) {
        Ok(mut url) if url.password().is_some() => {
            // A URL with a password can hold another one.
            let _: Result<(), ()> = url.set_password(Some("hidden"));
            url.to_string()
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_are_hidden_and_the_rest_is_not() {
        assert_eq!(without_password("postgres://a:secret@db/x"), "postgres://a:hidden@db/x");
        assert_eq!(without_password("sqlite://data/aplodi.db"), "sqlite://data/aplodi.db");
    }
}
