//! `aplodi venue`

use std::process::ExitCode;

use clap::Subcommand;
use domain::{event::Venue, id::VenueId, name::check_name};

use super::{
    print::say,
    tools::{CommandResult, Data, Tools},
};
use crate::{codes::is_code, local_time::is_zone, standard_survey};

/// Places with a foyer.
#[derive(Debug, Subcommand)]
pub(super) enum VenueCommand {
    /// Add a venue
    Add {
        /// As on the poster
        #[arg(long, env = "APLODI_NAME")]
        name: String,
        /// Short and typeable: 2 to 12 letters and digits
        #[arg(long, env = "APLODI_CODE")]
        code: String,
        /// The time zone, such as Europe/Helsinki
        #[arg(long, env = "APLODI_TIME_ZONE")]
        time_zone: String,
    },
    /// Every venue: its code, name and time zone
    List,
}

impl VenueCommand {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        match self {
            Self::Add { name, code, time_zone } => {
                add(&tools, name.trim(), &code.trim().to_uppercase(), time_zone.trim()).await
            }
            Self::List => list(&tools).await,
        }
    }
}

async fn add(tools: &Tools, name: &str, code: &str, time_zone: &str) -> CommandResult {
    if check_name(name).is_err() {
        return Err(format!("--name: {name:?} cannot be the name of a venue").into());
    }
    if !is_code(code) {
        return Err(format!("--code: {code:?} is not 2 to 12 letters and digits").into());
    }
    if !is_zone(time_zone) {
        return Err(format!("--time-zone: there is no time zone {time_zone:?}; an example is Europe/Helsinki").into());
    }
    let (system, staff, now) = (tools.store.system(), tools.staff(), tools.now());
    if system.coded(code).await?.is_some() {
        return Err(format!("--code: {code} is taken").into());
    }
    let there = staff.venues().await?;
    if there.iter().any(|venue| venue.name.eq_ignore_ascii_case(name)) {
        return Err(format!("--name: there is a venue {name} already").into());
    }
    let survey_version = if let Some(venue) = there.first() {
        venue.survey_version
    } else {
        // Nothing has been set up yet: the survey that every organisation starts with.
        let version = standard_survey::version(&tools.rng, now);
        system.publish(tools.rng.uuid(now).into(), &standard_survey::name(), &version, now).await?;
        version.version
    };
    let venue = Venue {
        id: VenueId(tools.rng.uuid(now)),
        code: code.to_owned(),
        name: name.to_owned(),
        time_zone: time_zone.to_owned(),
        languages: staff.organisation_languages().await?,
        survey_version,
    };
    system.save_venue(&venue).await?;
    say!("{code}: {name}, {time_zone}")?;
    Ok(ExitCode::SUCCESS)
}

async fn list(tools: &Tools) -> CommandResult {
    for venue in tools.staff().venues().await? {
        say!("{}: {}, {}", venue.code, venue.name, venue.time_zone)?;
    }
    Ok(ExitCode::SUCCESS)
}
