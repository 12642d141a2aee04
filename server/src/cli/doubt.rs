//! `aplodi doubt`

use std::{io, process::ExitCode};

use clap::{Args, Subcommand};
use domain::{
    event::{Event, Venue},
    flag::Flag,
    id::ResponseId,
    name::{NameProblem, check_reason},
    time::Millis,
    venue_settings::Burst,
};
use jiff::{Timestamp, civil::Time, tz::TimeZone};
use store::{
    StaffStore,
    decisions::{DecidedBy, Decision, Doubted, Verdict, Which},
    programme::Coded,
};

use super::{
    print::say,
    tools::{CommandResult, Data, Tools},
};
use crate::{
    decisions::{decide, groups},
    local_time::zone,
};

/// Answers that are set aside.
#[derive(Debug, Subcommand)]
pub(super) enum Doubt {
    /// Say what other limits of a venue would change, and change nothing
    Preview {
        /// Code of the venue
        #[arg(long, env = "APLODI_VENUE")]
        venue: String,
        /// Answers of one tablet that are no sign of doubt, 0: any number
        #[arg(long, env = "APLODI_MOST", value_parser = clap::value_parser!(u32).range(0..=1_000))]
        most: Option<u32>,
        /// Answers through one QR code that are no sign of doubt, 0: any number
        #[arg(long, env = "APLODI_MOST_BY_CODE", value_parser = clap::value_parser!(u32).range(0..=1_000))]
        most_by_code: Option<u32>,
        /// Within so many seconds
        #[arg(long, env = "APLODI_SECONDS", value_parser = clap::value_parser!(i64).range(1..=3_600))]
        seconds: Option<i64>,
    },
    /// Show what is set aside of an event, and what was decided about it
    Show {
        /// Code of the event
        #[arg(long, env = "APLODI_EVENT")]
        event: String,
        /// Each response on a line of its own, with its id
        #[arg(long)]
        each: bool,
    },
    /// Let answers count, whatever signs they carry
    PutBack(Selection),
    /// Leave answers out of the score
    SetAside(Selection),
}

/// Which answers, and why.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// One answer, by its id
    #[arg(long, env = "APLODI_RESPONSE", required_unless_present = "event", conflicts_with_all = ["event", "from", "until", "flag"])]
    response: Option<uuid::Uuid>,
    /// Answers of an event, by its code
    #[arg(long, env = "APLODI_EVENT")]
    event: Option<String>,
    /// Only those from this time of the evening on, such as 19:41
    #[arg(long, env = "APLODI_FROM")]
    from: Option<Time>,
    /// Only those before this time of the evening
    #[arg(long, env = "APLODI_UNTIL")]
    until: Option<Time>,
    /// Only those with this doubt
    #[arg(long, env = "APLODI_FLAG", value_parser = flag)]
    flag: Option<Flag>,
    /// Why, for whoever asks later
    #[arg(long, env = "APLODI_WHY", value_parser = reason)]
    why: String,
}

impl Doubt {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let tools = Tools::open(data).await?;
        match self {
            Self::Preview { venue, most, most_by_code, seconds } => {
                let Some(Coded::Venue(venue)) = tools.store.system().coded(&venue).await? else {
                    return Err(format!("there is no venue with the code {venue}").into());
                };
                let now = tools.store.system().venue_settings(venue.id).await?.burst;
                let limits = Burst {
                    most: most.unwrap_or(now.most),
                    most_by_code: most_by_code.unwrap_or(now.most_by_code),
                    within_ms: seconds.map_or(now.within_ms, |seconds| seconds * 1_000),
                };
                preview(&tools, &venue, &limits).await
            }
            Self::Show { event, each } => {
                let (event, zone) = find(&tools, &event).await?;
                show(&tools.staff().doubted(event.id).await?, &zone, each)?;
                Ok(ExitCode::SUCCESS)
            }
            Self::PutBack(selection) => selection.decide(&tools, Verdict::PutBack).await,
            Self::SetAside(selection) => selection.decide(&tools, Verdict::SetAside).await,
        }
    }
}

impl Selection {
    async fn decide(self, tools: &Tools, verdict: Verdict) -> CommandResult {
        let Self { response, event, from, until, flag, why } = self;
        let which = match (response, event) {
            (Some(id), _) => Which::One(ResponseId(id)),
            (None, Some(code)) => {
                let (event, zone) = find(tools, &code).await?;
                let at = |time: Option<Time>, else_at| time.map_or(Ok(else_at), |time| instant(&event, &zone, time));
                let (from, until) = (at(from, 0)?, at(until, Millis::MAX)?);
                Which::Group { event: event.id, from, until, flag }
            }
            (None, None) => return Err("name a response or an event".into()),
        };
        let decision = Decision { verdict, why, by: DecidedBy::CommandLine, at: tools.now() };
        let store: Box<dyn StaffStore> = tools.staff();
        let decided = decide(&*store, &which, &decision).await?;
        // What is left is judged without what was decided, by the server or, where none runs, here.
        tools.judge().settle().await?;
        say!(
            "{}",
            match verdict {
                Verdict::PutBack => format!("{decided} put back."),
                Verdict::SetAside => format!("{decided} set aside."),
            }
        )?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn preview(tools: &Tools, venue: &Venue, limits: &Burst) -> CommandResult {
    let places = tools.store.system().places(Some(venue.id)).await?;
    let preview = tools.judge().preview(&places, limits).await?;
    say!("{} that are set aside would count.", preview.would_count)?;
    say!("{} that count would be set aside.", preview.would_be_set_aside)?;
    if preview.places < preview.of_places {
        say!("Looked at the last {} of {} days of tablets and codes.", preview.places, preview.of_places)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The event with a code, and the clock of its venue.
pub(super) async fn find(tools: &Tools, code: &str) -> Result<(Event, TimeZone), Box<dyn std::error::Error>> {
    let system = tools.store.system();
    let Some(Coded::Event(event)) = system.coded(code).await? else {
        return Err(format!("there is no event with the code {code}").into());
    };
    let venue = system.venue(event.venue).await?.ok_or("the event has no venue")?;
    Ok((*event, zone(&venue.time_zone)))
}

/// The first such time since the event's answers began to come.
pub(super) fn instant(event: &Event, zone: &TimeZone, time: Time) -> Result<Millis, Box<dyn std::error::Error>> {
    let begins = Timestamp::from_millisecond(event.window.from)?.to_zoned(zone.clone());
    let same_day = begins.date().to_datetime(time).to_zoned(zone.clone())?;
    let first =
        if same_day < begins { begins.date().tomorrow()?.to_datetime(time).to_zoned(zone.clone())? } else { same_day };
    Ok(first.timestamp().as_millisecond())
}

fn show(doubted: &[Doubted], zone: &TimeZone, each: bool) -> io::Result<()> {
    let clock = |at: Millis| {
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone());
        at.strftime("%Y-%m-%d %H:%M").to_string()
    };
    let words = |flags: &[Flag]| match flags {
        [] => "put back".to_owned(),
        flags => flags.iter().map(|flag| flag.as_str()).collect::<Vec<_>>().join(", "),
    };
    if each {
        for one in doubted {
            say!("{} {} {}", clock(one.at), one.id, words(&one.flags))?;
        }
    } else {
        for group in groups(doubted) {
            let (from, until) = (clock(group.from), clock(group.until));
            say!("{from} – {until}: {} ({})", group.responses, words(&group.flags))?;
        }
    }
    let mut told: Vec<String> = doubted
        .iter()
        .flat_map(|one| &one.decisions)
        .map(|trace| format!("{} {} by {}: {}", clock(trace.at), trace.verdict.as_str(), trace.who, trace.why))
        .collect();
    told.sort_unstable();
    told.dedup();
    for line in told {
        say!("{line}")?;
    }
    Ok(())
}

fn flag(word: &str) -> Result<Flag, String> {
    Flag::from_name(word).ok_or_else(|| format!("the doubt is one of {}", Flag::ALL.map(Flag::as_str).join(", ")))
}

fn reason(words: &str) -> Result<String, NameProblem> {
    let words = words.trim();
    check_reason(words).map(|()| words.to_owned())
}
