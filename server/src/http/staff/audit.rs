//! `/staff/people/log`: who changed or exported what. Only administrators who see everything come here.

use std::collections::BTreeMap;

use app::{
    kit::{
        address::Address,
        table::Paging,
        toast::{SAVED, done_address},
    },
    pages::{
        staff::audit::{LOG, LogData, LogPage, LogRow},
        when::When,
    },
};
use axum::{
    body::Body,
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::time::{LocalDay, Millis};
use leptos::view;
use serde::Deserialize;
use serde_json::Value;
use store::audit::{AuditQuery, Entry, Kind, Logged, Verb};

use super::people::time_zone;
use crate::{
    csv,
    http::{
        forms::fields,
        page::{PageContext, PageError},
        staff_context::StaffContext,
    },
    local_time::{span, zone},
};

/// So many rows stand on a page.
const EACH: u32 = 50;
/// So many are read at a time for a file.
const PIECE: u32 = 1_000;
/// A number.
const MAX_BYTES: usize = 1024;
/// For so many months it may be kept.
const MONTHS: std::ops::RangeInclusive<u32> = 1..=120;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    who: Option<String>,
    verb: Option<String>,
    kind: Option<String>,
    from: Option<String>,
    until: Option<String>,
    page: Option<String>,
    done: Option<String>,
}

impl Chosen {
    /// What is looked for. A word that means nothing looks for everything.
    fn query(&self, time_zone: &str) -> AuditQuery {
        let zone = zone(time_zone);
        let day = |typed: &Option<String>| span(day(typed.as_deref()?)?, &zone);
        AuditQuery {
            who: self.who.clone().filter(|who| !who.is_empty()),
            verb: self.verb.as_deref().and_then(Verb::from_name),
            kind: self.kind.as_deref().and_then(Kind::from_name),
            from: day(&self.from).map(|span| span.from),
            until: day(&self.until).map(|span: domain::event::Window| -> Millis { span.until + 1 }),
        }
    }

    fn here(&self) -> Address {
        let chosen = |word: &Option<String>| word.clone().unwrap_or_default();
        Address::new(
            LOG,
            [
                ("who", chosen(&self.who)),
                ("verb", chosen(&self.verb)),
                ("kind", chosen(&self.kind)),
                ("from", chosen(&self.from)),
                ("until", chosen(&self.until)),
                ("page", chosen(&self.page)),
            ],
        )
    }
}

/// `2026-11-21`, as a browser sends a day.
fn day(typed: &str) -> Option<LocalDay> {
    let mut parts = typed.split('-').map(|part| part.parse::<i32>().ok());
    let day = LocalDay::from_date(parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(day)
}

/// `GET`: what was done, the newest first.
///
/// # Errors
/// [`PageError::Forbidden`] for an administrator who sees a part only, or where the store cannot do it now.
pub async fn show(
    staff: StaffContext,
    Query(chosen): Query<Chosen>,
    context: PageContext,
) -> Result<Response, PageError> {
    let months = staff.store.audit_months().await?.to_string();
    page(&staff, &context, &chosen, months, false).await
}

/// `POST`: for how long it is kept.
///
/// # Errors
/// As [`show`], or where the form cannot be read.
pub async fn keep(staff: StaffContext, context: PageContext, body: Body) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let typed = fields(body, MAX_BYTES).await?.remove("months").unwrap_or_default();
    let Some(months) = typed.trim().parse().ok().filter(|months| MONTHS.contains(months)) else {
        let page = page(&staff, &context, &Chosen::default(), typed, true).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if !staff.store.keep_audit_for(months).await? {
        return Err(PageError::Forbidden);
    }
    Ok(Redirect::to(&done_address(LOG, SAVED)).into_response())
}

/// `GET`: all of a view as a file, which is written down as well.
///
/// # Errors
/// As [`show`].
pub async fn export(staff: StaffContext, Query(chosen): Query<Chosen>) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let query = chosen.query(&time_zone(&staff).await?);
    let mut file =
        csv::line(["at", "actor", "actor_name", "what", "kind", "subject", "subject_name", "before", "after"]);
    let mut read = 0_u64;
    loop {
        let piece = staff.store.audit_log(&query, read, PIECE).await?;
        let Ok(found @ 1..) = u64::try_from(piece.len()) else { break };
        read += found;
        file.extend(piece.iter().map(row_of_file));
    }
    staff.store.record(Entry::did(Verb::Exported, Kind::Log, "")).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"log.csv\""),
    ];
    Ok((headers, file).into_response())
}

fn row_of_file(one: &Logged) -> String {
    let at = jiff::Timestamp::from_millisecond(one.at).map(|at| at.to_string()).unwrap_or_default();
    let (before, after) = (one.before.as_deref().unwrap_or_default(), one.after.as_deref().unwrap_or_default());
    csv::line([
        at.as_str(),
        &one.actor,
        &one.actor_name,
        one.verb.as_str(),
        one.kind.as_str(),
        &one.subject,
        &one.subject_name,
        before,
        after,
    ])
}

async fn page(
    staff: &StaffContext,
    context: &PageContext,
    chosen: &Chosen,
    months: String,
    is_wrong: bool,
) -> Result<Response, PageError> {
    staff.must_see_everything()?;
    let time_zone = time_zone(staff).await?;
    let (query, when) = (chosen.query(&time_zone), When::new(context.lang, &time_zone));
    let count = usize::try_from(staff.store.audit_count(&query).await?).unwrap_or(usize::MAX);
    let (paging, shown) = Paging::of(chosen.page.as_deref().unwrap_or_default(), count, EACH as usize);
    let log = staff.store.audit_log(&query, u64::try_from(shown.start).unwrap_or(0), EACH).await?;
    let data = LogData {
        rows: log.into_iter().map(|one| row(one, &when)).collect(),
        here: chosen.here(),
        paging,
        actors: staff.store.audit_actors().await?,
        verbs: Verb::ALL.iter().map(|verb| verb.as_str()).collect(),
        kinds: Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
        months,
        is_wrong,
        saved: chosen.done.as_deref() == Some(SAVED),
    };
    let shell = context.shell(staff).await?;
    Ok(context.page(move || view! { <LogPage data=data shell=shell /> }))
}

fn row(one: Logged, when: &When) -> LogRow {
    LogRow {
        when: format!("{} {}", when.date_and_year(one.at), when.time(one.at)),
        who: if one.actor_name.is_empty() { one.actor } else { one.actor_name },
        verb: one.verb.as_str().to_owned(),
        kind: one.kind.as_str().to_owned(),
        name: one.subject_name,
        changes: changes(one.before.as_deref(), one.after.as_deref()),
    }
}

/// What stood in each field before and after.
fn changes(before: Option<&str>, after: Option<&str>) -> Vec<(String, String, String)> {
    let mut changes: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (field, value) in values(before) {
        changes.entry(field).or_default().0 = value;
    }
    for (field, value) in values(after) {
        changes.entry(field).or_default().1 = value;
    }
    changes.into_iter().map(|(field, (before, after))| (field, before, after)).collect()
}

fn values(json: Option<&str>) -> Vec<(String, String)> {
    let in_words = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    };
    match json.and_then(|json| serde_json::from_str(json).ok()) {
        Some(Value::Object(fields)) => fields.into_iter().map(|(field, value)| (field, in_words(value))).collect(),
        Some(value) => vec![(String::new(), in_words(value))],
        None => Vec::new(),
    }
}
