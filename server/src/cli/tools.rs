//! What commands need: where the data is, how the server is reached, and what a command ends with.

use std::sync::Arc;

use clap::Args;
use domain::{
    id::VenueId,
    name::{NameProblem, check_name},
    time::Millis,
};

use super::public_url::public_url;
use crate::{
    clock::{Clock, Rng, SystemClock},
    judge::Judge,
    survey_cache::SurveyCache,
};
use store::{Caller, LiveView, Scope, StaffStore, Store, audit::Author, open::open, programme::Coded};

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub(super) struct Data {
    /// <sqlite://PATH> or <postgres://USER@HOST/NAME>
    #[arg(
        long,
        env = "APLODI_DATABASE_URL",
        default_value = "sqlite://data/aplodi.db",
        global = true,
        hide_env_values = true
    )]
    pub(super) database_url: String,
}

/// What people type to reach the server.
#[derive(Clone, Debug, Args)]
pub(super) struct Address {
    /// The address that visitors and staff use, with https:// in real life; from --listen where absent
    #[arg(long, env = "APLODI_PUBLIC_URL", value_parser = public_url)]
    pub(super) public_url: Option<url::Url>,
}

/// Where `serve` listens unless it is told otherwise.
const ASSUMED: &str = "http://127.0.0.1:3000";

impl Address {
    /// A link for a person to open, on a line; where nobody said how the server is reached, followed
    /// by what was assumed.
    pub(super) fn link(&self, path: &str) -> String {
        match &self.public_url {
            Some(url) => format!("{}{path}", url.as_str().trim_end_matches('/')),
            None => format!(
                "{ASSUMED}{path}\n\nThis takes it that the server is reached at {ASSUMED}.\n\
                 Name another address with --public-url or APLODI_PUBLIC_URL."
            ),
        }
    }

    /// The public address, or this machine.
    ///
    /// # Errors
    /// Where the listening address makes no URL.
    pub(super) fn or_local(&self, listen: std::net::SocketAddr) -> Result<url::Url, url::ParseError> {
        self.public_url.clone().map_or_else(
            || {
                // Browsers give service workers and durable storage to localhost, not to 0.0.0.0.
                let ip = if listen.ip().is_unspecified() { "localhost".to_owned() } else { listen.ip().to_string() };
                url::Url::parse(&format!("http://{ip}:{}/", listen.port()))
            },
            Ok,
        )
    }
}

/// A moment as a person reads it: "2026-11-26 19:41 UTC".
pub(super) fn utc(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.strftime("%F %H:%M UTC").to_string())
}

/// A name that is given to something, as a page of the staff would take it.
///
/// # Errors
/// What is wrong with it.
pub(super) fn new_name(typed: &str) -> Result<String, NameProblem> {
    let name = typed.trim();
    check_name(name).map(|()| name.to_owned())
}

/// The venues that have these codes.
///
/// # Errors
/// Where one of them is no venue's.
pub(super) async fn venues_of(tools: &Tools, codes: &[String]) -> Result<Vec<VenueId>, Box<dyn std::error::Error>> {
    let mut venues = Vec::with_capacity(codes.len());
    for code in codes.iter().map(|code| code.trim()) {
        let Some(Coded::Venue(venue)) = tools.store.system().coded(code).await? else {
            return Err(format!("there is no venue with the code {code}").into());
        };
        venues.push(venue.id);
    }
    Ok(venues)
}

/// The codes of venues, as a person reads them.
pub(super) async fn venue_codes(tools: &Tools, venues: &[VenueId]) -> Result<String, Box<dyn std::error::Error>> {
    let mut codes = Vec::with_capacity(venues.len());
    for id in venues {
        codes.push(tools.store.system().venue(*id).await?.map_or_else(|| id.to_string(), |venue| venue.code));
    }
    Ok(if codes.is_empty() { "no venue".to_owned() } else { codes.join(" and ") })
}

/// What a command ends with: the process's exit code.
pub(super) type CommandResult = Result<std::process::ExitCode, Box<dyn std::error::Error>>;

/// Everything a short command needs.
pub(super) struct Tools {
    pub(super) store: Store,
    pub(super) clock: SystemClock,
    pub(super) rng: Rng,
}

impl Tools {
    pub(super) async fn open(data: &Data) -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self { store: open(&data.database_url).await?, clock: SystemClock, rng: Rng::from_system() })
    }

    /// What judges responses.
    pub(super) fn judge(&self) -> Judge {
        let system = self.store.system();
        Judge::new(Arc::clone(system), SurveyCache::new(Arc::clone(system)), Arc::new(SystemClock))
    }

    /// What staff may do who see everything, in the name of whoever may run commands here.
    pub(super) fn staff(&self) -> Box<dyn StaffStore> {
        let author = Author::command_line(self.now());
        self.store.for_caller(Caller { scope: Scope::All, view: LiveView::EVERYTHING, author })
    }

    pub(super) fn now(&self) -> Millis {
        self.clock.now()
    }
}
