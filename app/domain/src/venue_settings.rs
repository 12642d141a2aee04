//! What staff decide about a venue. Everything has a usual value, so that a venue works before
//! anybody has decided anything, and what an older version wrote is read by a newer one.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{
    event::Window,
    time::{MINUTE, Millis},
};

/// What staff decide about a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VenueSettings {
    /// when the doors of the foyer are open
    pub opening: Opening,
    /// which pace is too fast to be believed
    pub burst: Burst,
    /// whether answers that contradict each other are set aside
    pub contradiction: bool,
    /// opens the staff corner of the tablets; `None`: the one that the server derives from its key
    pub pin: Option<Pin>,
    /// who is told when a tablet falls silent
    pub alerts: Alerts,
    /// how long a show there usually is, in minutes, where a programme does not say it; `None`: nobody has said
    pub usual_minutes: Option<u32>,
    /// when answers about a show there are taken
    pub window: AnswerWindow,
}

impl Default for VenueSettings {
    fn default() -> Self {
        Self {
            opening: Opening::default(),
            burst: Burst::default(),
            contradiction: true,
            pin: None,
            alerts: Alerts::default(),
            usual_minutes: None,
            window: AnswerWindow::default(),
        }
    }
}

/// When answers about a show are taken, in minutes from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerWindow {
    /// so long before the end: the interval crowd
    pub before_minutes: u16,
    /// so long after it: the phone on the way home and the next morning; the next doors end it sooner
    pub after_minutes: u16,
    /// a link in the ticket seller's mail is answered for so many days after the end ([`ways`](crate::ways)); 0: no longer than the rest
    pub mail_days: u16,
}

impl AnswerWindow {
    /// The longest before the end.
    pub const MOST_BEFORE: u16 = 12 * 60;
    /// The longest after it.
    pub const MOST_AFTER: u16 = 14 * 24 * 60;
    /// The most days of a link in a mail.
    pub const MOST_MAIL_DAYS: u16 = 60;

    /// The window of a show that ends then; the next doors at its venue end it.
    #[must_use]
    pub fn around(self, ends_at: Millis, next_doors: Option<Millis>) -> Window {
        let (before, after) = (Millis::from(self.before_minutes), Millis::from(self.after_minutes));
        Window::around(ends_at, before * MINUTE, after * MINUTE, next_doors)
    }
}

impl Default for AnswerWindow {
    fn default() -> Self {
        let minutes = |span: Millis| u16::try_from(span / MINUTE).unwrap_or(u16::MAX);
        Self { before_minutes: minutes(Window::BEFORE), after_minutes: minutes(Window::AFTER), mail_days: 14 }
    }
}

/// Opening hours by day of the week, Monday first. The default says nothing: the venue is always
/// open. A week of closed days is another thing: then tablets wake for events only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Opening(pub Option<[Option<Hours>; 7]>);

impl Opening {
    /// The hours that begin on a day of the week, Monday being 0. `None`: closed, or nothing is said.
    #[must_use]
    pub fn on(&self, weekday: usize) -> Option<Hours> {
        self.0.as_ref().and_then(|week| week.get(weekday).copied().flatten())
    }

    /// Whether nothing is said, so that the venue counts as open at any time.
    #[must_use]
    pub const fn is_always(&self) -> bool {
        self.0.is_none()
    }
}

/// From when until when, in minutes of the local day: from 10:00 until 22:30 is 600 to 1350. The
/// end may lie after midnight, which is minute 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[u16; 2]", into = "[u16; 2]")]
pub struct Hours {
    from: u16,
    until: u16,
}

impl Hours {
    /// Minutes in a day of 24 hours.
    pub const DAY: u16 = 24 * 60;

    /// Hours that begin on their day, end after they began, and last a day at most.
    #[must_use]
    pub const fn new(from: u16, until: u16) -> Option<Self> {
        let sound = from < Self::DAY && from < until && until - from <= Self::DAY;
        if sound { Some(Self { from, until }) } else { None }
    }

    /// The first minute.
    #[must_use]
    pub const fn from(self) -> u16 {
        self.from
    }

    /// The minute at which it is over.
    #[must_use]
    pub const fn until(self) -> u16 {
        self.until
    }
}

/// Hours that are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("hours begin before minute 1440, end after they began, and last a day at most")]
pub struct NoHours;

impl TryFrom<[u16; 2]> for Hours {
    type Error = NoHours;

    fn try_from([from, until]: [u16; 2]) -> Result<Self, NoHours> {
        Self::new(from, until).ok_or(NoHours)
    }
}

impl From<Hours> for [u16; 2] {
    fn from(hours: Hours) -> Self {
        [hours.from, hours.until]
    }
}

/// The pace that few queues of people reach: more than `most` responses of one kiosk within `within_ms`, and as much
/// in proportion over ten and sixty times as long. One weak sign of several ([`doubt`](crate::doubt)), of all of them,
/// since such a pace says the same of the first as of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Burst {
    /// as many are believed of one kiosk; 0: any number
    pub most: u32,
    /// as many are believed of one public code, where a whole hall takes out its phones at once;
    /// 0: any number
    pub most_by_code: u32,
    /// within this time
    pub within_ms: Millis,
}

impl Burst {
    /// The largest number that can be asked for.
    pub const MOST: u32 = 1_000;
    /// The longest time that can be asked for.
    pub const LONGEST: Millis = 60 * MINUTE;
}

impl Default for Burst {
    fn default() -> Self {
        Self { most: 8, most_by_code: 300, within_ms: MINUTE }
    }
}

/// The digits that open the staff corner of a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pin(String);

impl Pin {
    /// How many digits there may be.
    pub const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

    /// The last six digits of a number.
    #[must_use]
    pub fn of_six(number: u32) -> Self {
        Self(format!("{:06}", number % 1_000_000))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something that is no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PIN has 4 to 8 digits")]
pub struct NoPin;

impl FromStr for Pin {
    type Err = NoPin;

    fn from_str(digits: &str) -> Result<Self, NoPin> {
        let sound = Self::DIGITS.contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        if sound { Ok(Self(digits.to_owned())) } else { Err(NoPin) }
    }
}

impl TryFrom<String> for Pin {
    type Error = NoPin;

    fn try_from(digits: String) -> Result<Self, NoPin> {
        digits.parse()
    }
}

impl From<Pin> for String {
    fn from(pin: Pin) -> Self {
        pin.0
    }
}

/// Who is told when a tablet falls silent while somebody might want to answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alerts {
    /// after how long without a sign of life
    pub silent_after_ms: Millis,
    /// nobody is woken between these two minutes of the local day; the second may be the smaller
    /// one: from 22:00 until 7:00 is 1320 to 420
    pub quiet: Option<[u16; 2]>,
    /// who gets an e-mail
    pub emails: Vec<String>,
    /// the address to which a program is told
    pub webhook: Option<String>,
}

impl Alerts {
    /// The most addresses that get an e-mail.
    pub const MOST_EMAILS: usize = 10;

    /// Whether a minute of the local day lies in the quiet hours.
    #[must_use]
    pub const fn is_quiet(&self, minute: u16) -> bool {
        match self.quiet {
            None => false,
            Some([from, until]) if from <= until => from <= minute && minute < until,
            Some([from, until]) => from <= minute || minute < until,
        }
    }
}

impl Default for Alerts {
    fn default() -> Self {
        Self { silent_after_ms: 15 * MINUTE, quiet: None, emails: Vec::new(), webhook: None }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(json: serde_json::Value) -> VenueSettings {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn nothing_decided_is_as_usual() {
        let usual = read(json!({}));
        assert_eq!(usual, VenueSettings::default());
        assert!(usual.opening.is_always() && usual.contradiction && usual.pin.is_none());
        assert_eq!(usual.burst, Burst { most: 8, most_by_code: 300, within_ms: 60_000 });
        assert_eq!(usual.alerts.silent_after_ms, 900_000);
        let partly = read(json!({ "burst": { "most": 0 }, "alerts": { "emails": ["a@b.fi"] }, "later": 1 }));
        assert_eq!(partly.burst, Burst { most: 0, ..Burst::default() });
        assert_eq!(partly.alerts, Alerts { emails: vec!["a@b.fi".into()], ..Alerts::default() });
    }

    #[test]
    fn what_is_decided_comes_back() {
        let mut week = [None; 7];
        week[0] = Hours::new(600, 1_320);
        week[6] = Hours::new(720, 1_500);
        let decided = VenueSettings {
            opening: Opening(Some(week)),
            burst: Burst { most: 3, most_by_code: 9, within_ms: 5_000 },
            contradiction: false,
            pin: Some("0042".parse().unwrap()),
            alerts: Alerts {
                silent_after_ms: 60_000,
                quiet: Some([1_320, 420]),
                emails: vec!["vahti@sirkus.fi".into()],
                webhook: Some("https://example.org/hook".into()),
            },
            usual_minutes: Some(135),
            window: AnswerWindow { before_minutes: 45, after_minutes: 600, mail_days: 30 },
        };
        assert_eq!(read(serde_json::to_value(&decided).unwrap()), decided);
        assert_eq!(serde_json::to_value(&decided).unwrap()["opening"][6], json!([720, 1_500]));
        assert_eq!(decided.opening.on(6), Hours::new(720, 1_500));
        assert_eq!((decided.opening.on(1), decided.opening.on(7)), (None, None));
    }

    #[test]
    fn nonsense_is_refused() {
        for hours in [[600, 600], [600, 500], [1_440, 1_500], [1, 1_442]] {
            assert_eq!(Hours::try_from(hours), Err(NoHours), "{hours:?}");
        }
        assert!(Hours::new(0, 1_440).is_some() && Hours::new(1_439, 2_879).is_some());
        for digits in ["", "123", "123456789", "12a4", "１２３４", "12 4"] {
            assert_eq!(digits.parse::<Pin>(), Err(NoPin), "{digits}");
        }
        assert!(serde_json::from_value::<VenueSettings>(json!({ "pin": "12" })).is_err());
    }

    #[test]
    fn quiet_hours_may_cross_midnight() {
        let quiet = |hours, minute| Alerts { quiet: hours, ..Alerts::default() }.is_quiet(minute);
        assert!(!quiet(None, 0));
        let night = Some([1_320, 420]);
        assert_eq!([1_319, 1_320, 0, 419, 420].map(|minute| quiet(night, minute)), [false, true, true, true, false]);
        let noon = Some([720, 780]);
        assert_eq!([719, 720, 779, 780].map(|minute| quiet(noon, minute)), [false, true, true, false]);
    }
}
