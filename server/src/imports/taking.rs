//! From what a file means to the events that follow from it, and all of them into the store.

use std::collections::{BTreeSet, HashMap};

use domain::{
    event::{Event, Window},
    id::{EventId, ProductionId, SurveyVersionId, VenueId},
    lang::{LanguageTag, Text},
    production::ProductionKind,
    time::{DAY, Millis},
};
use programme::{
    comparison::Compared,
    folded::{one_line, same_title},
    row::Row,
};
use store::{
    StaffStore, StoreError,
    imports::{ImportedEvent, WholeProgramme},
    programme::Production,
};

use uuid::Uuid;

use super::{Preview, placing::place_again};
use crate::{clock::Rng, codes::new_code, usual_survey::usual_survey};

/// What is taken, and what must be there before it.
#[derive(Clone, Debug, Default)]
pub struct Taking {
    /// events that are new or become another
    pub events: Vec<ImportedEvent>,
    /// productions that are new
    pub productions: Vec<Production>,
}

/// Takes what a preview shows: all of it, or nothing. Says how many events are new or other than before; `None`, and
/// nothing done, where something at it may not be seen, or is another by now.
///
/// # Errors
/// Where the store cannot do it now.
pub async fn take(
    staff: &dyn StaffStore,
    preview: &Preview,
    rng: &Rng,
    now: Millis,
) -> Result<Option<usize>, StoreError> {
    let language = staff.organisation_languages().await?.first().copied();
    let mut taking = Taking::of(preview, language, rng, now);
    if taking.events.is_empty() {
        return Ok(Some(0));
    }
    taking.ask_as_usual(staff, &preview.programme).await?;
    let is_put = taking.put(staff, &preview.programme, rng.uuid(now), now).await?;
    Ok(is_put.then_some(taking.events.len()))
}

impl Taking {
    /// Lets new events ask what is usual. Of most there is only one kind: what was found for one holds for the next.
    async fn ask_as_usual(&mut self, staff: &dyn StaffStore, before: &WholeProgramme) -> Result<(), StoreError> {
        let there: BTreeSet<EventId> = before.events.iter().map(|one| one.event.id).collect();
        let mut found: HashMap<(Option<SurveyVersionId>, SurveyVersionId, ProductionKind), SurveyVersionId> =
            HashMap::new();
        let of = before.events.iter().filter_map(|one| Some((one.event.production?, one.event.survey_version)));
        let last: HashMap<ProductionId, SurveyVersionId> = of.collect();
        let kinds: HashMap<ProductionId, ProductionKind> =
            before.productions.iter().map(|production| (production.id, production.kind)).collect();
        for event in self.events.iter_mut().map(|one| &mut one.event).filter(|event| !there.contains(&event.id)) {
            let last = event.production.and_then(|production| last.get(&production)).copied();
            let kind = event.production.and_then(|production| kinds.get(&production)).copied().unwrap_or_default();
            let asked = (last, event.survey_version, kind);
            event.survey_version = if let Some(version) = found.get(&asked) {
                *version
            } else {
                let version = usual_survey(staff, last, event.survey_version, kind).await?;
                found.insert(asked, version);
                version
            };
        }
        Ok(())
    }

    /// Puts all of it into the store, or nothing: false where something may not be seen, or is another by now. Then the
    /// answers that the programme had placed go where it places them now.
    ///
    /// # Errors
    /// Where the store cannot do it now. Where only answers are still to be placed, putting the same again does it.
    pub async fn put(
        &self,
        staff: &dyn StaffStore,
        before: &WholeProgramme,
        import: Uuid,
        now: Millis,
    ) -> Result<bool, StoreError> {
        staff.stage_events(import, &self.events, now).await?;
        let applied = staff.apply_import(import, &self.productions).await;
        // Whatever became of it: what was put aside is of no use any more.
        staff.clear_import(import, now - DAY).await?;
        if !applied? {
            return Ok(false);
        }
        let moved = place_again(staff, before, &self.events, now).await?;
        if moved > 0 {
            tracing::info!(answers = moved, "answers placed by the programme are placed again");
        }
        Ok(true)
    }

    /// What follows from a preview.
    #[must_use]
    pub fn of(preview: &Preview, language: Option<LanguageTag>, rng: &Rng, now: Millis) -> Self {
        let mut maker = Maker::new(&preview.programme, language, rng, now);
        let mut taking = Self::default();
        for one in preview.comparison.rows.iter().filter(|one| one.status.is_change()) {
            taking.events.extend(maker.event(one));
        }
        shorten_windows(&mut taking.events, &preview.programme);
        taking.productions = maker.productions;
        taking
    }
}

/// Makes events.
struct Maker<'a> {
    programme: &'a WholeProgramme,
    language: Option<LanguageTag>,
    rng: &'a Rng,
    now: Millis,
    codes: BTreeSet<String>,
    /// by title, small
    by_title: HashMap<String, ProductionId>,
    /// what was asked last of each
    surveys: HashMap<ProductionId, SurveyVersionId>,
    productions: Vec<Production>,
}

impl<'a> Maker<'a> {
    fn new(programme: &'a WholeProgramme, language: Option<LanguageTag>, rng: &'a Rng, now: Millis) -> Self {
        let titles = programme.productions.iter().flat_map(|production| {
            production.title.iter().map(|(_, words)| (one_line(words).to_lowercase(), production.id))
        });
        let surveys = programme.events.iter().filter_map(|one| Some((one.event.production?, one.event.survey_version)));
        Self {
            programme,
            language,
            rng,
            now,
            codes: programme.codes.clone(),
            by_title: titles.collect(),
            surveys: surveys.collect(),
            productions: Vec::new(),
        }
    }

    fn event(&mut self, one: &Compared) -> Option<ImportedEvent> {
        let row = &one.row;
        match one.event {
            Some(at) => self.changed(row, self.programme.events.get(at)?),
            None => self.added(row),
        }
    }

    fn added(&mut self, row: &Row) -> Option<ImportedEvent> {
        let venue = self.programme.venues.get(row.venue?)?;
        let (title, starts_at, ends_at) = (row.title.as_deref()?, row.starts_at?, row.ends_at?);
        let production = self.production(title);
        let event = Event {
            id: EventId(self.rng.uuid(self.now)),
            code: self.code(),
            venue: venue.id,
            production: Some(production),
            title: self.text(title),
            doors_at: None,
            starts_at,
            ends_at,
            window: self.programme.window_at(venue.id).around(ends_at, None),
            attendance: row.attendance,
            survey_version: self.surveys.get(&production).copied().unwrap_or(venue.survey_version),
            links: Vec::new(),
        };
        Some(ImportedEvent {
            external_id: row.external_id.clone(),
            cancelled: row.cancelled.unwrap_or(false),
            attendance_kind: row.attendance_kind,
            ..ImportedEvent::new(event)
        })
    }

    /// The event as it was, with what the file says of it. It keeps its code, and with it its answers.
    fn changed(&mut self, row: &Row, there: &ImportedEvent) -> Option<ImportedEvent> {
        let mut event = there.event.clone();
        let (title, starts_at, ends_at) = (row.title.as_deref()?, row.starts_at?, row.ends_at?);
        event.venue = self.programme.venues.get(row.venue?)?.id;
        // Doors and answers move with it.
        event.doors_at = event.doors_at.map(|doors| doors + starts_at - event.starts_at);
        let later = ends_at - event.ends_at;
        event.window = Window { from: event.window.from + later, until: event.window.until + later };
        (event.starts_at, event.ends_at) = (starts_at, ends_at);
        if !event.title.iter().any(|(_, words)| same_title(words, title)) {
            event.title = self.text(title);
            event.production = Some(self.production(title));
        }
        let is_same_attendance = row.attendance.is_none() || row.attendance == event.attendance;
        let attendance_kind = row.attendance_kind.or(there.attendance_kind.filter(|_| is_same_attendance));
        event.attendance = row.attendance.or(event.attendance);
        Some(ImportedEvent {
            event,
            external_id: row.external_id.clone().or_else(|| there.external_id.clone()),
            cancelled: row.cancelled.unwrap_or(there.cancelled),
            attendance_kind,
            ..there.clone()
        })
    }

    /// The words of a file are in one language, and nobody says in which: in that of the organisation.
    fn text(&self, title: &str) -> Text {
        match self.language {
            Some(language) => [(language, title.to_owned())].into_iter().collect(),
            None => Text::same(title),
        }
    }

    fn production(&mut self, title: &str) -> ProductionId {
        let key = one_line(title).to_lowercase();
        if let Some(known) = self.by_title.get(&key) {
            return *known;
        }
        let production = Production::new(ProductionId(self.rng.uuid(self.now)), self.text(title));
        self.by_title.insert(key, production.id);
        self.productions.push(production.clone());
        production.id
    }

    fn code(&mut self) -> String {
        loop {
            let code = new_code(self.rng);
            if self.codes.insert(code.to_lowercase()) {
                return code;
            }
        }
    }
}

/// New answers to an event end where the doors open for the next one at its venue.
fn shorten_windows(events: &mut [ImportedEvent], programme: &WholeProgramme) {
    let taken: BTreeSet<EventId> = events.iter().map(|one| one.event.id).collect();
    let mut doors: HashMap<VenueId, Vec<Millis>> = HashMap::new();
    let there = programme.events.iter().filter(|one| !taken.contains(&one.event.id));
    for one in there.chain(events.iter()).filter(|one| !one.cancelled) {
        let opens = one.event.doors_at.unwrap_or(one.event.starts_at);
        doors.entry(one.event.venue).or_default().push(opens);
    }
    for doors in doors.values_mut() {
        doors.sort_unstable();
    }
    let known: BTreeSet<EventId> = programme.events.iter().map(|one| one.event.id).collect();
    for one in events.iter_mut().filter(|one| !known.contains(&one.event.id)) {
        let event = &mut one.event;
        let next = doors.get(&event.venue).and_then(|doors| {
            let later = doors.partition_point(|opens| *opens <= event.starts_at);
            doors.get(later).copied()
        });
        event.window = programme.window_at(event.venue).around(event.ends_at, next);
    }
}
