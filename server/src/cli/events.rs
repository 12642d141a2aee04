//! `aplodi events`

use std::{collections::BTreeMap, io, path::PathBuf, process::ExitCode};

use app::import_findings::sentence;
use clap::{Args, Subcommand, builder::FalseyValueParser};
use domain::{lang::Lang, time::Millis};
use programme::{
    comparison::{Answers, Compared, Status},
    field::{Field, Mapping},
    finding::{Finding, Weight, What},
    moments::order::Order,
};
use serde::Serialize;

use super::{
    print::{self, say},
    tools::{CommandResult, Data, Tools, venues_of},
};
use crate::{
    imports::{Choices, Preview, preview, take},
    local_time::zone,
};

/// The programme.
#[derive(Debug, Subcommand)]
pub(super) enum Events {
    /// Read a programme from a CSV, XLSX, ODS or iCalendar file: what is in it is added, changed, moved or cancelled, all
    /// of it or nothing; exit code 1, and nothing done, where anything in it is refused
    Import(Import),
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file
    #[arg(env = "APLODI_FILE")]
    file: PathBuf,
    /// Only say what would change
    #[arg(long, env = "APLODI_DRY_RUN", value_parser = FalseyValueParser::new())]
    dry_run: bool,
    /// Print a list for programs
    #[arg(long, env = "APLODI_JSON", value_parser = FalseyValueParser::new())]
    json: bool,
    /// What a column holds, as COLUMN=FIELD: a head or a number, and id, title, venue, date, start, end, `end_date`, duration,
    /// attendance, sold, counted, estimated, status, cancelled, `time_zone` or ignore
    #[arg(long = "map", env = "APLODI_MAP", value_name = "COLUMN=FIELD", value_parser = mapping)]
    mappings: Vec<Mapping>,
    /// Code of the venue of events that name none
    #[arg(long, env = "APLODI_VENUE")]
    venue: Option<String>,
    /// Whether 3/4/2026 is 3 April (day-first) or 4 March (month-first), where the file does not show it
    #[arg(long, env = "APLODI_DATES", value_parser = order)]
    dates: Option<Order>,
    /// How long events are that have no end, in minutes
    #[arg(long, env = "APLODI_MINUTES", value_parser = clap::value_parser!(u32).range(1..=44_640))]
    minutes: Option<u32>,
    /// Events that are there under another id take that of the file
    #[arg(long, env = "APLODI_TAKE_IDS", value_parser = FalseyValueParser::new())]
    take_ids: bool,
    /// The language of what is said: fi, sv or en
    #[arg(long, env = "APLODI_LANG", default_value = "en")]
    lang: Lang,
}

impl Events {
    pub(super) async fn run(self, data: &Data) -> CommandResult {
        let Self::Import(import) = self;
        import.run(data).await
    }
}

impl Import {
    async fn run(self, data: &Data) -> CommandResult {
        let bytes = tokio::fs::read(&self.file).await.map_err(|error| format!("{}: {error}", self.file.display()))?;
        let tools = Tools::open(data).await?;
        let venue = match &self.venue {
            Some(code) => venues_of(&tools, std::slice::from_ref(code)).await?.first().copied(),
            None => None,
        };
        let choices = Choices {
            mappings: self.mappings.clone(),
            usual_mappings: Vec::new(),
            venue,
            order: self.dates.unwrap_or_default(),
            answers: Answers { usual_minutes: self.minutes, takes_ids: self.take_ids },
        };
        let staff = tools.staff();
        let preview = preview(&*staff, bytes.into(), choices, tools.now()).await?;
        let listed = Listed::of(&preview, self.lang);
        let of_file = preview.findings.iter().filter(|finding| finding.what.weight() != Weight::Error);
        let notes: Vec<String> = of_file.map(|finding| placed(finding, self.lang)).collect();
        if self.json {
            say!("{}", serde_json::to_string_pretty(&listed)?)?;
            for note in &notes {
                print::note(note);
            }
        } else {
            for note in &notes {
                say!("{note}")?;
            }
            print_all(&listed, &preview)?;
        }
        let is_unreadable = preview.findings.iter().any(|finding| finding.what.weight() == Weight::Error);
        if self.dry_run {
            return Ok(if is_unreadable { ExitCode::FAILURE } else { ExitCode::SUCCESS });
        }
        if preview.is_refused() {
            for one in listed.iter().filter(|one| one.status == Status::Refused.as_str()) {
                print::note(one);
            }
            return Err("something in the file is refused, so nothing was changed".into());
        }
        let changed = take(&*staff, &preview, &tools.rng, tools.now()).await?;
        let Some(changed) = changed else {
            return Err("the programme has changed in the meantime, so nothing was changed: try again".into());
        };
        if !self.json {
            say!("Done: {changed} events.")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What is listed of an event, for people and programs.
#[derive(Debug, Serialize)]
struct Listed {
    external_id: Option<String>,
    title: Option<String>,
    venue: Option<String>,
    starts_at: Option<String>,
    ends_at: Option<String>,
    attendance: Option<u32>,
    status: &'static str,
    line: Option<u32>,
    column: Option<u32>,
    reason: Option<String>,
}

impl Listed {
    /// Everything that a preview shows: what cannot be read, the events of the file, and what is not in it.
    fn of(preview: &Preview, lang: Lang) -> Vec<Self> {
        let of_file = preview.findings.iter().filter(|finding| finding.what.weight() == Weight::Error);
        let of_file = of_file.map(|finding| Self {
            external_id: None,
            title: None,
            venue: None,
            starts_at: None,
            ends_at: None,
            attendance: None,
            status: Status::Refused.as_str(),
            line: finding.line,
            column: finding.column,
            reason: Some(sentence(&finding.what, lang)),
        });
        let rows = preview.comparison.rows.iter().map(|one| Self::row(one, preview, lang));
        let missing =
            preview.comparison.missing.iter().filter_map(|at| preview.programme.events.get(*at)).map(|there| {
                let event = &there.event;
                let venue = preview.programme.venues.iter().find(|venue| venue.id == event.venue);
                Self {
                    external_id: there.external_id.clone(),
                    title: event.title.find(lang, None).map(|(_, words)| words.to_owned()),
                    venue: venue.map(|venue| venue.name.clone()),
                    starts_at: Some(rfc3339(event.starts_at)),
                    ends_at: Some(rfc3339(event.ends_at)),
                    attendance: event.attendance,
                    status: Status::Unclear.as_str(),
                    line: None,
                    column: None,
                    reason: Some(sentence(&What::NotInFile, lang)),
                }
            });
        of_file.chain(rows).chain(missing).collect()
    }

    fn row(one: &Compared, preview: &Preview, lang: Lang) -> Self {
        let row = &one.row;
        let mut findings: Vec<&Finding> = row.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.what.weight()));
        // The heaviest says where; they all say why.
        let first = findings.first();
        let why: Vec<String> = findings.iter().map(|finding| sentence(&finding.what, lang)).collect();
        Self {
            external_id: row.external_id.clone(),
            title: row.title.clone(),
            venue: row.venue.and_then(|place| preview.programme.venues.get(place)).map(|venue| venue.name.clone()),
            starts_at: row.starts_at.map(rfc3339),
            ends_at: row.ends_at.map(rfc3339),
            attendance: row.attendance,
            status: one.status.as_str(),
            line: Some(first.and_then(|finding| finding.line).unwrap_or(row.line)),
            column: first.and_then(|finding| finding.column),
            reason: (!why.is_empty()).then(|| why.join(" ")),
        }
    }
}

/// A place of the file, what stands there and why it is said.
impl std::fmt::Display for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: "),
            (Some(line), None) => format!("line {line}: "),
            _ => String::new(),
        };
        let named = [&self.external_id, &self.title].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let reason = self.reason.as_deref().unwrap_or_default();
        let between = if named.is_empty() || reason.is_empty() { "" } else { ": " };
        write!(f, "{place}{named}{between}{reason}")
    }
}

/// The preview as people read it: the events by what becomes of them, on the clocks of their venues.
fn print_all(listed: &[Listed], preview: &Preview) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in listed {
        *counts.entry(one.status).or_default() += 1;
        if one.status == Status::Unchanged.as_str() && one.reason.is_none() {
            continue;
        }
        let venue = one.venue.as_deref().unwrap_or("-");
        let zone =
            preview.programme.venues.iter().find(|known| known.name == venue).map(|known| zone(&known.time_zone));
        let clock = |at: &Option<String>, format: &str| {
            let at = at.as_ref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
            at.zip(zone.clone())
                .map_or_else(|| "-".to_owned(), |(at, zone)| at.to_zoned(zone).strftime(format).to_string())
        };
        let (from, until) = (clock(&one.starts_at, "%Y-%m-%d %H:%M"), clock(&one.ends_at, "%H:%M"));
        say!("{:<9} {from} – {until} {venue}: {one}", one.status)?;
    }
    let counts: Vec<String> = counts.into_iter().map(|(status, count)| format!("{count} {status}")).collect();
    say!("{}", if counts.is_empty() { "no events".to_owned() } else { counts.join(", ") })
}

fn placed(finding: &Finding, lang: Lang) -> String {
    let place = match (finding.line, finding.column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        (Some(line), None) => format!("line {line}: "),
        _ => String::new(),
    };
    format!("{place}{}", sentence(&finding.what, lang))
}

fn rfc3339(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map_or_else(|_| at.to_string(), |at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn mapping(text: &str) -> Result<Mapping, String> {
    let (column, word) = text.rsplit_once('=').ok_or("say COLUMN=FIELD")?;
    let field = Field::from_name(word)
        .ok_or_else(|| format!("the field is one of {}", Field::ALL.map(Field::as_str).join(", ")))?;
    Ok(Mapping { column: column.trim().to_owned(), field })
}

fn order(word: &str) -> Result<Order, String> {
    match word {
        "day-first" => Ok(Order::DayFirst),
        "month-first" => Ok(Order::MonthFirst),
        _ => Err("day-first or month-first".to_owned()),
    }
}
