//! What the events of a file mean for a programme: which are new, changed, moved, cancelled, or the same.
//!
//! A pure function of what the file says and of what is there. An id that comes back with another time is a move, whatever
//! else the file says; an event that is there under another id is offered and not added a second time; what is not in the
//! file is said and not deleted.

mod counted;

use std::collections::{BTreeMap, HashMap};

use domain::{
    attendance::AttendanceKind,
    time::{MINUTE, Millis},
};

use self::counted::counted;
use crate::{
    finding::{Finding, What},
    folded::{one_line, same_title},
    row::Row,
    venues::KnownVenue,
};

/// An event that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownEvent {
    /// what its sender calls it
    pub external_id: Option<String>,
    /// its title, in each language that it has one in
    pub titles: Vec<String>,
    /// which of the known venues
    pub venue: usize,
    /// when it begins
    pub starts_at: Millis,
    /// when it ends
    pub ends_at: Millis,
    /// how many were there
    pub attendance: Option<u32>,
    /// how that is known
    pub attendance_kind: Option<AttendanceKind>,
    /// whether it is cancelled
    pub cancelled: bool,
}

/// What an event of a file means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// it is not there yet
    New,
    /// something about it has changed
    Changed,
    /// it is at another time or another place
    Moved,
    /// it does not take place
    Cancelled,
    /// it is there as it is
    Unchanged,
    /// somebody has to decide
    Unclear,
    /// it cannot be taken
    Refused,
}

impl Status {
    /// The word in files and messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::Unchanged => "unchanged",
            Self::Unclear => "unclear",
            Self::Refused => "refused",
        }
    }

    /// Whether doing it changes the programme.
    #[must_use]
    pub const fn is_change(self) -> bool {
        matches!(self, Self::New | Self::Changed | Self::Moved | Self::Cancelled)
    }
}

/// An event of a file, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// as it is read, its end filled in where it could be
    pub row: Row,
    /// what it means
    pub status: Status,
    /// the event that it is, in the list of those that are there
    pub event: Option<usize>,
}

/// What may be answered ahead, for a whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// how long events are that have no end, in minutes, where their venue has no usual length
    pub usual_minutes: Option<u32>,
    /// events that are there under another id take that of the file
    pub takes_ids: bool,
}

/// What a file means for a programme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// each event of the file, in its order
    pub rows: Vec<Compared>,
    /// events that are there, at the venues and in the time of the file, and not in it
    pub missing: Vec<usize>,
}

/// Compares the events of a file with those that are there.
#[must_use]
pub fn compare(mut rows: Vec<Row>, known: &[KnownEvent], venues: &[KnownVenue], answers: Answers) -> Comparison {
    refuse_twice(&mut rows);
    let index = Index::of(known);
    let ids_in_file: HashMap<String, usize> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((row.external_id.clone()?, at))).collect();
    let mut taken: Vec<bool> = vec![false; known.len()];
    let mut compared: Vec<Compared> = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(of_known) = row.of_known {
            let mut one = counted(row, of_known, known, venues, &index.by_id, &mut taken);
            one.status = status(&one, known);
            compared.push(one);
            continue;
        }
        let mut one = matched(row, known, &index, &ids_in_file, answers, &mut taken);
        fill_end(&mut one, known, venues, answers);
        one.status = status(&one, known);
        compared.push(one);
    }
    note_overlaps(&mut compared, known, &taken);
    let counts_only = compared.iter().any(|one| one.row.of_known.is_some());
    let missing = if counts_only { Vec::new() } else { missing(&compared, known, &taken) };
    Comparison { rows: compared, missing }
}

/// The same id twice, or the same event twice without an id: nobody can tell which one is meant.
fn refuse_twice(rows: &mut [Row]) {
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_place: BTreeMap<(usize, Millis, String), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(id) = &row.external_id {
            by_id.entry(id.clone()).or_default().push(at);
        } else if let (Some(venue), Some(starts_at), Some(title)) = (row.venue, row.starts_at, &row.title) {
            by_place.entry((venue, starts_at, one_line(title).to_lowercase())).or_default().push(at);
        }
    }
    let lines = |places: &[usize], rows: &[Row]| places.iter().map(|at| rows[*at].line).collect::<Vec<u32>>();
    for (id, places) in by_id.into_iter().filter(|(_, places)| places.len() > 1) {
        let lines = lines(&places, rows);
        for at in places {
            let line = rows[at].line;
            rows[at].findings.push(What::IdTwice(id.clone(), lines.clone()).at(line, None));
        }
    }
    for places in by_place.into_values().filter(|places| places.len() > 1) {
        let lines = lines(&places, rows);
        for at in places {
            let line = rows[at].line;
            rows[at].findings.push(What::RowTwice(lines.clone()).at(line, None));
        }
    }
}

/// Where to find what is there.
struct Index<'a> {
    by_id: HashMap<&'a str, usize>,
    by_place: HashMap<(usize, Millis), Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(known: &'a [KnownEvent]) -> Self {
        let mut index = Self { by_id: HashMap::new(), by_place: HashMap::new() };
        for (at, event) in known.iter().enumerate() {
            if let Some(id) = &event.external_id {
                index.by_id.insert(id, at);
            }
            index.by_place.entry((event.venue, event.starts_at)).or_default().push(at);
        }
        index
    }

    /// The event at the place and time of a row, with its title.
    fn same(&self, row: &Row, known: &[KnownEvent], taken: &[bool]) -> Option<usize> {
        let title = row.title.as_deref()?;
        let there = self.by_place.get(&(row.venue?, row.starts_at?))?;
        there.iter().copied().find(|at| !taken[*at] && known[*at].titles.iter().any(|known| same_title(known, title)))
    }
}

fn matched(
    row: Row,
    known: &[KnownEvent],
    index: &Index<'_>,
    ids_in_file: &HashMap<String, usize>,
    answers: Answers,
    taken: &mut [bool],
) -> Compared {
    let mut one = Compared { row, status: Status::New, event: None };
    let by_id = one.row.external_id.as_deref().and_then(|id| index.by_id.get(id).copied());
    if let Some(at) = by_id {
        taken[at] = true;
        one.event = Some(at);
        return one;
    }
    let Some(at) = index.same(&one.row, known, taken) else { return one };
    match (&one.row.external_id, &known[at].external_id) {
        (None, _) => one.event = Some(at),
        (Some(id), None) => {
            let note = What::TakesId(id.clone()).at(one.row.line, None);
            one.row.findings.push(note);
            one.event = Some(at);
        }
        // The file has both: two events at one place and time, as it says.
        (Some(_), Some(other)) if ids_in_file.contains_key(other) => return one,
        (Some(id), Some(other)) => {
            let what = if answers.takes_ids { What::TakesId(id.clone()) } else { What::OtherId(other.clone()) };
            one.row.findings.push(what.at(one.row.line, None));
            one.event = Some(at);
        }
    }
    taken[at] = true;
    one
}

/// An end that is missing: as long as the event is there, else as long as is usual.
fn fill_end(one: &mut Compared, known: &[KnownEvent], venues: &[KnownVenue], answers: Answers) {
    let (Some(starts_at), None, Some(venue)) = (one.row.starts_at, one.row.ends_at, one.row.venue) else { return };
    let is_open = |what: &What| matches!(what, What::NoEnd | What::EndIsStart(_));
    if !one.row.findings.iter().any(|finding| is_open(&finding.what)) {
        return;
    }
    let as_there = one.event.map(|at| known[at].ends_at - known[at].starts_at);
    let usual = || venues[venue].usual_minutes.or(answers.usual_minutes).map(|minutes| i64::from(minutes) * MINUTE);
    if let Some(length) = as_there.or_else(usual) {
        one.row.ends_at = Some(starts_at + length);
        one.row.findings.retain(|finding| !is_open(&finding.what));
    }
}

fn status(one: &Compared, known: &[KnownEvent]) -> Status {
    let row = &one.row;
    match row.weight() {
        Some(crate::finding::Weight::Error) => return Status::Refused,
        Some(crate::finding::Weight::Question) => return Status::Unclear,
        _ => {}
    }
    let is_cancelled = row.cancelled == Some(true);
    let Some(event) = one.event.map(|at| &known[at]) else {
        return if is_cancelled { Status::Cancelled } else { Status::New };
    };
    let is_moved = row.starts_at != Some(event.starts_at) || row.venue != Some(event.venue);
    let is_changed = row.ends_at != Some(event.ends_at)
        || row.title.as_ref().is_some_and(|title| !event.titles.iter().any(|known| same_title(known, title)))
        || row.attendance.is_some_and(|people| {
            event.attendance != Some(people)
                || (row.attendance_kind.is_some() && row.attendance_kind != event.attendance_kind)
        })
        || row.cancelled.is_some_and(|cancelled| cancelled != event.cancelled)
        || row.external_id.as_ref().is_some_and(|id| event.external_id.as_ref() != Some(id));
    match () {
        () if is_cancelled && !event.cancelled => Status::Cancelled,
        () if is_moved => Status::Moved,
        () if is_changed => Status::Changed,
        () => Status::Unchanged,
    }
}

/// Two events at one venue at the same time are allowed, and said.
fn note_overlaps(compared: &mut [Compared], known: &[KnownEvent], taken: &[bool]) {
    struct Span {
        from: Millis,
        until: Millis,
        row: Option<usize>,
        title: String,
    }
    let mut by_venue: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for (at, one) in compared.iter().enumerate() {
        let row = &one.row;
        let takes_place = one.status != Status::Refused && row.cancelled != Some(true) && row.of_known.is_none();
        if let (true, Some(venue), Some(from), Some(until)) = (takes_place, row.venue, row.starts_at, row.ends_at) {
            let title = row.title.clone().unwrap_or_default();
            by_venue.entry(venue).or_default().push(Span { from, until, row: Some(at), title });
        }
    }
    for (_, event) in known.iter().enumerate().filter(|(at, event)| !taken[*at] && !event.cancelled) {
        let title = event.titles.first().cloned().unwrap_or_default();
        by_venue.entry(event.venue).or_default().push(Span {
            from: event.starts_at,
            until: event.ends_at,
            row: None,
            title,
        });
    }
    let mut notes: Vec<(usize, String)> = Vec::new();
    for spans in by_venue.values_mut() {
        spans.sort_by_key(|span| (span.from, span.until));
        // The one that has lasted longest so far is the one that the next may begin in.
        let mut longest: Option<usize> = None;
        for next in 0..spans.len() {
            if let Some(before) = longest.filter(|before| spans[*before].until > spans[next].from) {
                notes.extend(spans[next].row.map(|row| (row, spans[before].title.clone())));
                notes.extend(spans[before].row.map(|row| (row, spans[next].title.clone())));
            }
            if longest.is_none_or(|before| spans[before].until < spans[next].until) {
                longest = Some(next);
            }
        }
    }
    for (at, title) in notes {
        let row = &mut compared[at].row;
        let what = What::Overlaps(title);
        if !row.findings.iter().any(|finding| matches!(finding.what, What::Overlaps(_))) {
            let finding: Finding = what.at(row.line, None);
            row.findings.push(finding);
        }
    }
}

/// What is there and not in the file, within its venues and its time.
fn missing(compared: &[Compared], known: &[KnownEvent], taken: &[bool]) -> Vec<usize> {
    let times = || compared.iter().filter_map(|one| one.row.starts_at);
    let (Some(from), Some(until)) = (times().min(), times().max()) else { return Vec::new() };
    let venues: Vec<usize> = compared.iter().filter_map(|one| one.row.venue).collect();
    let is_missing = |at: usize, event: &KnownEvent| {
        !taken[at] && !event.cancelled && (from..=until).contains(&event.starts_at) && venues.contains(&event.venue)
    };
    let mut missing: Vec<usize> = (0..known.len()).filter(|at| is_missing(*at, &known[*at])).collect();
    missing.sort_by_key(|at| known[*at].starts_at);
    missing
}
