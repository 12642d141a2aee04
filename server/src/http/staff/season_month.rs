//! `/staff/events?view=month&month=2026-11`: the programme of one month, each event on the day on which it begins there.

use std::collections::BTreeMap;

use app::{
    kit::address::Address,
    pages::staff::programme::month::{Day, Entry, MonthData},
};
use domain::{
    event::{Event, Venue, Window},
    id::VenueId,
    time::{DAY, LocalDay, LocalMonth, Millis},
};
use jiff::{ToSpan, civil::Date};
use store::{StaffStore, StoreError};

use crate::local_time::{local_day, zone};

/// Months have addresses from this year on,
const FIRST: i16 = 1970;
/// and until this one.
const LAST: i16 = 2199;

/// The first day of the month that `2026-11` writes; `None` for any other form.
#[must_use]
pub(super) fn read(month: &str) -> Option<Date> {
    let (year, month) = month.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year) || !digits(month) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok().filter(|date| (FIRST..=LAST).contains(&date.year()))
}

/// Gathers what the page shows; without a month, that of today by the clock of the first venue.
///
/// # Errors
/// Where the store cannot do it now.
pub(super) async fn gather(
    store: &dyn StaffStore,
    month: Option<Date>,
    venue: Option<VenueId>,
    here: Address,
    now: Millis,
) -> Result<MonthData, StoreError> {
    let venues = store.venues().await?;
    let today =
        venues.first().map_or_else(|| local_day(now, &zone("UTC")), |venue| local_day(now, &zone(&venue.time_zone)));
    let first = month.or_else(|| first_of(today)).unwrap_or_else(|| Date::constant(FIRST, 1, 1));
    let this = month_of(first);
    let begins = day_of(first).midnight_utc();
    // Midnights anywhere on earth are within a day of those of UTC.
    let span = Window { from: begins - DAY, until: begins + 32 * DAY };
    let places: BTreeMap<VenueId, &Venue> = venues.iter().map(|venue| (venue.id, venue)).collect();
    let events = store.events(span).await?;
    let cancelled = store.cancelled_among(&events.iter().map(|event| event.id).collect::<Vec<_>>()).await?;
    let mut by_day: BTreeMap<LocalDay, Vec<Entry>> = BTreeMap::new();
    for event in events.into_iter().filter(|event| venue.is_none_or(|venue| event.venue == venue)) {
        let Some(place) = places.get(&event.venue) else { continue };
        let day = local_day(event.starts_at, &zone(&place.time_zone));
        if day.month() == this {
            let cancelled = cancelled.contains(&event.id);
            by_day.entry(day).or_default().push(entry(event, place, cancelled));
        }
    }
    let days = (0..i64::from(first.days_in_month())).filter_map(|nth| first.checked_add(nth.days()).ok());
    let days = days.map(|date| {
        let day = day_of(date);
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        let mut events = by_day.remove(&day).unwrap_or_default();
        events.sort_by_key(|entry| (entry.starts_at, entry.event));
        Day { day, weekday, is_today: day == today, events }
    });
    let days = days.collect();
    let around = [first.checked_sub(1.month()), first.checked_add(1.month())].map(|other| {
        let other = other.ok().filter(|date| (FIRST..=LAST).contains(&date.year()));
        other.map(|date| format!("{:04}-{:02}", date.year(), date.month())).unwrap_or_default()
    });
    Ok(MonthData { month: this, around, days, venues, here })
}

fn entry(event: Event, venue: &Venue, cancelled: bool) -> Entry {
    Entry {
        event: event.id,
        title: event.title,
        starts_at: event.starts_at,
        venue: venue.name.clone(),
        time_zone: venue.time_zone.clone(),
        cancelled,
    }
}

fn first_of(LocalDay(day): LocalDay) -> Option<Date> {
    Date::new(i16::try_from(day / 10_000).ok()?, i8::try_from(day / 100 % 100).ok()?, 1).ok()
}

fn day_of(date: Date) -> LocalDay {
    LocalDay::from_date(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

fn month_of(date: Date) -> LocalMonth {
    day_of(date).month()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_written_one_way() {
        assert_eq!(read("2026-11"), Some(Date::constant(2026, 11, 1)));
        for other in ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "+026-11", "9999-11", "2026-é"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
