//! What was played when.

use domain::{
    event::{Event, Link, Venue, Window},
    id::{ProductionId, SurveyVersionId, VenueId},
    lang::{Lang, LanguageTag, Text},
    time::{DAY, HOUR, MINUTE, Millis},
};
use jiff::{Timestamp, ToSpan, civil::Time, tz::TimeZone};

use super::sample_comments::Seen;
use crate::{clock::Rng, codes::new_code, local_time::zone};
use store::programme::Production;

/// An event, with what the audience thought of it.
#[derive(Clone, Debug)]
pub(super) struct SeasonEvent {
    /// the event
    pub event: Event,
    /// from -1 (a bad night) to 1 (a triumph)
    pub mood: f64,
    /// how many answered by the morning after
    pub answers: u32,
    /// in the tent or in the hall
    pub(super) seen: Seen,
    /// a school visit: pupils and their teachers
    pub is_school: bool,
    /// in the programme; otherwise people just came by, and the day is all that is known
    pub is_scheduled: bool,
    /// a child finds a tablet that nobody looks after
    pub is_hammered: bool,
}

/// Everything that is in the programme.
#[derive(Clone, Debug)]
pub(super) struct Season {
    /// a circus tent and a concert hall
    pub venues: Vec<Venue>,
    /// what is played
    pub productions: Vec<Production>,
    /// by end
    pub events: Vec<SeasonEvent>,
}

struct Played {
    /// 0 the tent, 1 the hall
    venue: usize,
    production: usize,
    days_ago: i64,
    hour: i8,
    mood: f64,
    answers: u32,
    attendance: u32,
    is_school: bool,
    is_hammered: bool,
}

const fn played(venue: usize, production: usize, days_ago: i64, hour: i8, mood: f64, share: (u32, u32)) -> Played {
    let (answers, attendance) = share;
    Played { venue, production, days_ago, hour, mood, answers, attendance, is_school: false, is_hammered: false }
}

const PAST: [Played; 12] = [
    played(0, 0, 44, 18, 0.35, (318, 540)),
    played(1, 2, 41, 19, 0.55, (402, 811)),
    Played { is_hammered: true, ..played(0, 0, 37, 14, 0.50, (287, 498)) },
    played(1, 3, 34, 19, -0.10, (371, 902)),
    Played { is_school: true, ..played(1, 4, 30, 10, 0.45, (164, 260)) },
    played(0, 0, 27, 18, 0.20, (296, 512)),
    played(1, 2, 20, 19, 0.60, (455, 866)),
    Played { is_school: true, ..played(0, 1, 16, 11, 0.70, (88, 96)) },
    played(0, 0, 13, 18, -0.25, (349, 533)),
    played(1, 3, 9, 19, 0.15, (388, 874)),
    played(0, 0, 6, 18, 0.45, (333, 547)),
    Played { is_hammered: true, ..played(1, 2, 3, 15, 0.65, (421, 890)) },
];

/// The production whose audience took part, and is asked something else.
const WORKSHOP: usize = 1;

/// The season as it looks at `now`, with what is asked after a show and after a workshop.
#[must_use]
pub(super) fn season(same: &Rng, survey: SurveyVersionId, workshop: SurveyVersionId, now: Millis) -> Season {
    let helsinki = zone("Europe/Helsinki");
    let venue = |code: &str, name: &str| Venue {
        id: VenueId(same.uuid(now)),
        code: code.to_owned(),
        name: name.to_owned(),
        time_zone: "Europe/Helsinki".to_owned(),
        languages: Lang::ALL.map(LanguageTag::from).to_vec(),
        survey_version: survey,
    };
    let venues = vec![venue("TELTTA", "Sirkusteltta"), venue("SALI", "Konserttisali")];
    let production = |title: Text| Production::new(ProductionId(same.uuid(now)), title);
    let productions = vec![
        production(Text::new("Talvisirkus", "Vintercirkus", "Winter Circus")),
        production(Text::new("Sirkuspaja", "Cirkusverkstad", "Circus Workshop")),
        production(Text::new("Syyssinfonia", "Höstsymfoni", "Autumn Symphony")),
        production(Text::new("Uutta musiikkia", "Ny musik", "New Music")),
        production(Text::new("Koululaiskonsertti", "Skolkonsert", "School Concert")),
    ];
    let event = |played: &Played, starts_at: Millis, ends_at: Millis, attendance: Option<u32>| Event {
        id: same.uuid(now).into(),
        code: new_code(same),
        venue: venues[played.venue].id,
        production: Some(productions[played.production].id),
        title: productions[played.production].title.clone(),
        doors_at: Some(starts_at - HOUR),
        starts_at,
        ends_at,
        window: Window::around(ends_at, Window::BEFORE, Window::AFTER, None),
        attendance,
        survey_version: if played.production == WORKSHOP { workshop } else { survey },
        links: vec![Link {
            text: Text::new("Käsiohjelma", "Programblad", "Programme notes"),
            url: "https://aplodi.example/programme".to_owned(),
        }],
    };
    let mut events: Vec<SeasonEvent> = PAST
        .iter()
        .map(|played| {
            let starts_at = local(now - played.days_ago * DAY, played.hour, &helsinki);
            let length = if played.is_school { HOUR } else { 2 * HOUR + 15 * MINUTE };
            let event = event(played, starts_at, starts_at + length, Some(played.attendance));
            let seen = seen(played);
            let Played { mood, answers, is_school, is_hammered, .. } = *played;
            SeasonEvent { event, mood, answers, seen, is_school, is_scheduled: true, is_hammered }
        })
        .collect();
    // The box office is open and the tablet on, without a show.
    let open = played(0, 0, 2, 14, 0.30, (23, 0));
    let closes_at = local(now - open.days_ago * DAY, open.hour, &helsinki);
    events.push(SeasonEvent {
        event: event(&open, closes_at - 2 * HOUR, closes_at, None),
        mood: open.mood,
        answers: open.answers,
        is_school: false,
        is_scheduled: false,
        is_hammered: false,
        seen: seen(&open),
    });
    // The show that has just ended: its audience is on the way to the cloakroom.
    let tonight = played(0, 0, 0, 18, 0.40, (74, 540));
    let ends_at = now - 12 * MINUTE;
    let event_tonight = event(&tonight, ends_at - 2 * HOUR, ends_at, Some(tonight.attendance));
    events.push(SeasonEvent {
        event: event_tonight,
        mood: tonight.mood,
        answers: tonight.answers,
        is_school: false,
        is_scheduled: true,
        is_hammered: true,
        seen: seen(&tonight),
    });
    // And what comes next, which nobody has answered yet.
    for (venue, production, days) in [(1, 3, 2), (0, 0, 5)] {
        let next = played(venue, production, -days, 19, 0.0, (0, 0));
        let starts_at = local(now + days * DAY, next.hour, &helsinki);
        let event = event(&next, starts_at, starts_at + 2 * HOUR, None);
        events.push(SeasonEvent {
            event,
            mood: 0.0,
            answers: 0,
            seen: seen(&next),
            is_school: false,
            is_scheduled: true,
            is_hammered: false,
        });
    }
    Season { venues, productions, events }
}

const fn seen(played: &Played) -> Seen {
    if played.venue == 0 { Seen::Circus } else { Seen::Concert }
}

/// The full hour of the local day that holds an instant.
fn local(at: Millis, hour: i8, zone: &TimeZone) -> Millis {
    let day = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date();
    let midnight = day.to_datetime(Time::midnight());
    let start = midnight.checked_add(i64::from(hour).hours()).unwrap_or(midnight);
    start.to_zoned(zone.clone()).map_or(at, |zoned| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dozen_evenings_and_an_open_day_are_over_and_one_has_just_ended() {
        let now = 1_795_300_200_000;
        let same = Rng::seeded(1);
        let season = season(&same, SurveyVersionId(same.uuid(now)), SurveyVersionId(same.uuid(now)), now);
        let over: Vec<_> = season.events.iter().filter(|played| played.event.ends_at < now).collect();
        assert_eq!(over.len(), 14);
        assert_eq!(over.iter().filter(|played| !played.is_scheduled).count(), 1);
        assert!(over.last().unwrap().event.window.contains(now));
        assert!(over.iter().rev().skip(1).all(|played| played.event.ends_at < now - DAY));
        assert!(over.iter().map(|played| played.answers).sum::<u32>() > 3_000);
    }
}
