//! Dates and times as people write them in Finnish, Swedish and English, on the clock of a venue.

use jiff::{Timestamp, Zoned, civil::Weekday, tz::TimeZone};

use crate::i18n::td_string;
use domain::{lang::Lang, time::Millis};

/// A reader's language and a venue's clock.
#[derive(Clone, Debug)]
pub struct When {
    lang: Lang,
    zone: TimeZone,
}

impl When {
    /// An unknown time zone counts as UTC: a page that is some hours off is better than none, and
    /// the set-up page refuses such zones.
    #[must_use]
    pub fn new(lang: Lang, time_zone: &str) -> Self {
        Self { lang, zone: TimeZone::get(time_zone).unwrap_or(TimeZone::UTC) }
    }

    /// "18.00", "18.00", "18:00".
    #[must_use]
    pub fn time(&self, at: Millis) -> String {
        let at = self.there(at);
        let between = match self.lang {
            Lang::Fi | Lang::Sv => '.',
            Lang::En => ':',
        };
        format!("{}{between}{:02}", at.hour(), at.minute())
    }

    /// "21.11.", "21.11", "21 Nov".
    #[must_use]
    pub fn date(&self, at: Millis) -> String {
        let at = self.there(at);
        match self.lang {
            Lang::Fi => format!("{}.{}.", at.day(), at.month()),
            Lang::Sv => format!("{}.{}", at.day(), at.month()),
            Lang::En => format!("{} {}", at.day(), month(&at)),
        }
    }

    /// The date with its year: "21.11.2026", "21.11.2026", "21 Nov 2026".
    #[must_use]
    pub fn date_and_year(&self, at: Millis) -> String {
        let there = self.there(at);
        match self.lang {
            Lang::Fi | Lang::Sv => format!("{}.{}.{}", there.day(), there.month(), there.year()),
            Lang::En => format!("{} {} {}", there.day(), month(&there), there.year()),
        }
    }

    /// "la klo 18.00", "lör kl. 18.00", "Sat 18:00".
    #[must_use]
    pub fn weekday_and_time(&self, at: Millis) -> String {
        format!("{} {}{}", self.weekday(at), self.at_sign(), self.time(at))
    }

    /// "la 21.11. klo 18.00", "lör 21.11 kl. 18.00", "Sat 21 Nov, 18:00".
    #[must_use]
    pub fn date_and_time(&self, at: Millis) -> String {
        let between = match self.lang {
            Lang::Fi | Lang::Sv => "",
            Lang::En => ",",
        };
        format!("{} {}{between} {}{}", self.weekday(at), self.date(at), self.at_sign(), self.time(at))
    }

    /// "lauantai 21.11.", "lördag 21.11", "Saturday 21 Nov".
    #[must_use]
    pub fn day(&self, at: Millis) -> String {
        format!("{} {}", LONG[self.place(at)][self.lang as usize], self.date(at))
    }

    /// [`Self::day`], with its year where that is another one than `now`'s: "torstai 1.1.2026".
    #[must_use]
    pub fn day_since(&self, at: Millis, now: Millis) -> String {
        if self.year(at) == self.year(now) {
            self.day(at)
        } else {
            format!("{} {}", LONG[self.place(at)][self.lang as usize], self.date_and_year(at))
        }
    }

    /// Whether two instants are of one day there.
    #[must_use]
    pub fn is_same_day(&self, one: Millis, other: Millis) -> bool {
        self.there(one).date() == self.there(other).date()
    }

    /// "Syksy 2026", "Hösten 2026", "Autumn 2026": the half of a year, as programmes are printed.
    #[must_use]
    pub fn season(&self, at: Millis) -> String {
        let at = self.there(at);
        if at.month() < 7 {
            td_string!(self.lang, staff.spring, year = at.year())
        } else {
            td_string!(self.lang, staff.autumn, year = at.year())
        }
    }

    /// The calendar year.
    #[must_use]
    pub fn year(&self, at: Millis) -> i16 {
        self.there(at).year()
    }

    /// "la", "lör", "Sat".
    #[must_use]
    pub fn weekday(&self, at: Millis) -> &'static str {
        SHORT[self.place(at)][self.lang as usize]
    }

    /// Where in the week, from Monday.
    fn place(&self, at: Millis) -> usize {
        usize::from(self.there(at).weekday().since(Weekday::Monday).unsigned_abs())
    }

    const fn at_sign(&self) -> &'static str {
        match self.lang {
            Lang::Fi => "klo ",
            Lang::Sv => "kl. ",
            Lang::En => "",
        }
    }

    fn there(&self, at: Millis) -> Zoned {
        // Beyond the calendar only broken data points; 1970 shows that it is broken.
        Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(self.zone.clone())
    }
}

/// From Monday, in the order of [`Lang::ALL`].
const SHORT: [[&str; Lang::ALL.len()]; 7] = [
    ["ma", "mån", "Mon"],
    ["ti", "tis", "Tue"],
    ["ke", "ons", "Wed"],
    ["to", "tors", "Thu"],
    ["pe", "fre", "Fri"],
    ["la", "lör", "Sat"],
    ["su", "sön", "Sun"],
];

/// The same in full.
const LONG: [[&str; Lang::ALL.len()]; 7] = [
    ["maanantai", "måndag", "Monday"],
    ["tiistai", "tisdag", "Tuesday"],
    ["keskiviikko", "onsdag", "Wednesday"],
    ["torstai", "torsdag", "Thursday"],
    ["perjantai", "fredag", "Friday"],
    ["lauantai", "lördag", "Saturday"],
    ["sunnuntai", "söndag", "Sunday"],
];

/// Finnish and Swedish write months as numbers.
fn month(at: &Zoned) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(at.month() - 1).ok().and_then(|place| MONTHS.get(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Saturday 21 November 2026, 16:05 UTC; in Helsinki 18:05.
    const AT: Millis = 1_795_277_100_000;

    fn when(lang: Lang) -> When {
        When::new(lang, "Europe/Helsinki")
    }

    #[test]
    fn three_languages_write_it_their_way() {
        let says = |lang| when(lang).date_and_time(AT);
        assert_eq!(says(Lang::Fi), "la 21.11. klo 18.05");
        assert_eq!(says(Lang::Sv), "lör 21.11 kl. 18.05");
        assert_eq!(says(Lang::En), "Sat 21 Nov, 18:05");
        assert_eq!(when(Lang::Fi).day(AT), "lauantai 21.11.");
        assert_eq!(when(Lang::Fi).day_since(AT, AT), "lauantai 21.11.");
        assert_eq!(when(Lang::Sv).day_since(AT, AT + 60 * domain::time::DAY), "lördag 21.11.2026");
        assert_eq!(when(Lang::Sv).weekday_and_time(AT), "lör kl. 18.05");
        assert_eq!(when(Lang::En).date_and_year(AT), "21 Nov 2026");
        assert_eq!(when(Lang::Fi).season(AT), "Syksy 2026");
    }

    #[test]
    fn summer_time_is_the_venue_s() {
        let july = AT - 130 * domain::time::DAY;
        assert_eq!(when(Lang::Fi).time(july), "19.05");
        assert_eq!(When::new(Lang::Fi, "Atlantis").time(july), "16.05", "an unknown zone counts as UTC");
    }
}
