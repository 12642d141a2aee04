//! What a tablet knows of the server's clock. What the server makes of it is in
//! [`super::response::timing`].

use super::{response::timing::CLOSE, time::Millis};

/// What one page of a tablet knows. It begins with what an earlier page has left, which may be from
/// before a flat battery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerClock {
    offset: Option<Millis>,
    /// this page has measured it
    measured: bool,
    contact: Option<Millis>,
    /// what the server's clock showed when it was heard, and from when on this page has counted the time
    heard: Option<(Millis, Millis)>,
}

/// What both clocks of a device show in one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// the device's clock, milliseconds UTC; it may be wrong, and set at any time
    pub wall: Millis,
    /// milliseconds since the page began; it may stop while the tablet sleeps
    pub monotonic: Millis,
}

impl ServerClock {
    /// Takes over what an earlier page has left, unless this page knows better. An offset with which it
    /// would now be earlier than at the last contact is none: the device's clock has been set back since.
    pub fn recall(&mut self, offset: Option<Millis>, contact: Option<Millis>, now: Clocks) {
        if self.measured {
            return;
        }
        self.contact = contact;
        self.heard = offset.zip(contact).map(|(offset, contact)| (contact + offset, now.monotonic));
        let goes_on = |offset: &Millis| self.heard.is_none_or(|(heard, _)| now.wall + offset >= heard - CLOSE);
        self.offset = offset.filter(goes_on);
    }

    /// The server has answered. Its clock was read between `asked` and now, both by the device's clock.
    pub fn hear(&mut self, server_now: Millis, asked: Millis, now: Clocks) {
        self.offset = Some(server_now - Millis::midpoint(asked, now.wall));
        self.measured = true;
        self.contact = Some(now.wall);
        self.heard = Some((server_now, now.monotonic));
    }

    /// Server clock minus device clock, once known.
    #[must_use]
    pub const fn offset(&self) -> Option<Millis> {
        self.offset
    }

    /// The device's clock when the server answered last.
    #[must_use]
    pub const fn contact(&self) -> Option<Millis> {
        self.contact
    }

    /// The offset as this page has measured it: what an earlier page has left is good enough for the screen,
    /// but no witness, since the device may have been switched off in between.
    #[must_use]
    pub fn measured(&self) -> Option<Millis> {
        self.offset.filter(|_| self.measured)
    }

    /// A time of the server that has certainly passed, whatever anybody did to the device's clock.
    #[must_use]
    pub fn not_before(&self, monotonic: Millis) -> Option<Millis> {
        self.heard.map(|(heard, from)| heard + (monotonic - from))
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;
    use crate::{
        response::timing::Witnesses,
        time::{DAY, HOUR, MINUTE, SECOND},
    };

    const BEGIN: Millis = 1_795_000_000_000;

    /// One thing that happens to a tablet.
    #[derive(Clone, Copy, Debug)]
    enum Act {
        Passes(Millis),
        /// its monotonic clock stands still; the browser notices, or does not
        Sleeps(Millis, bool),
        /// staff or the network set its clock, so far from the right time
        Set(Millis),
        /// staff look at something else for a while
        Hides,
        Tap,
        /// a new page on the same device
        Reload,
        /// flat battery; the clock then is so far from where it would be
        Boots(Millis),
        /// a sign of life is answered
        Contact,
        /// what waits is sent
        Deliver,
    }

    /// A tap that waits.
    #[expect(clippy::struct_excessive_bools, reason = "each is a mishap that comes alone or with the others")]
    #[derive(Clone, Debug)]
    struct Tap {
        witnesses: Witnesses,
        truth: Millis,
        /// when, by the monotonic clock of a page that still lives
        monotonic: Option<Millis>,
        /// what happened, to know what can be asked of the rule
        set_since_measured: bool,
        slept_since_heard: bool,
        slept_since: bool,
        set_since: bool,
        hidden_since: bool,
    }

    struct Tablet {
        truth: Millis,
        wall: Millis,
        monotonic: Millis,
        clock: ServerClock,
        left: (Option<Millis>, Option<Millis>),
        set_since_measured: bool,
        slept_since_heard: bool,
        waiting: Vec<Tap>,
    }

    impl Tablet {
        fn new() -> Self {
            Self {
                truth: BEGIN,
                wall: BEGIN,
                monotonic: 0,
                clock: ServerClock::default(),
                left: (None, None),
                set_since_measured: false,
                slept_since_heard: false,
                waiting: Vec::new(),
            }
        }

        fn now(&self) -> Clocks {
            Clocks { wall: self.wall, monotonic: self.monotonic }
        }

        fn open(&mut self) {
            self.monotonic = 0;
            self.clock = ServerClock::default();
            self.clock.recall(self.left.0, self.left.1, self.now());
            self.waiting.iter_mut().for_each(|tap| tap.monotonic = None);
            (self.set_since_measured, self.slept_since_heard) = (false, false);
        }

        fn set(&mut self, wall: Millis) {
            self.wall = wall;
            self.set_since_measured = true;
            self.waiting.iter_mut().for_each(|tap| tap.set_since = true);
        }

        fn happen(&mut self, act: Act) {
            match act {
                Act::Passes(millis) => {
                    self.truth += millis;
                    self.wall += millis;
                    self.monotonic += millis;
                }
                Act::Sleeps(millis, noticed) => {
                    self.truth += millis;
                    self.wall += millis;
                    self.slept_since_heard = true;
                    for tap in &mut self.waiting {
                        tap.slept_since = true;
                        tap.hidden_since |= noticed;
                    }
                }
                Act::Set(error) => self.set(self.truth + error),
                Act::Hides => self.waiting.iter_mut().for_each(|tap| tap.hidden_since = true),
                Act::Tap => {
                    self.waiting.push(Tap {
                        witnesses: Witnesses {
                            answered_at: self.wall,
                            offset_ms: self.clock.measured(),
                            not_before: self.clock.not_before(self.monotonic),
                            ..Witnesses::default()
                        },
                        truth: self.truth,
                        monotonic: Some(self.monotonic),
                        set_since_measured: self.set_since_measured,
                        slept_since_heard: self.slept_since_heard,
                        slept_since: false,
                        set_since: false,
                        hidden_since: false,
                    });
                }
                Act::Reload => self.open(),
                Act::Boots(error) => {
                    if error != 0 {
                        self.set(self.wall + error);
                    }
                    self.open();
                }
                Act::Contact => {
                    self.clock.hear(self.truth, self.wall, self.now());
                    self.left = (self.clock.offset(), self.clock.contact());
                    (self.set_since_measured, self.slept_since_heard) = (false, false);
                }
                Act::Deliver => {
                    for tap in std::mem::take(&mut self.waiting) {
                        self.arrive(tap);
                    }
                    self.happen(Act::Contact);
                }
            }
        }

        fn arrive(&self, tap: Tap) {
            let age_ms = tap.monotonic.map(|at| self.monotonic - at);
            let witnesses = Witnesses { age_ms, may_have_slept: tap.hidden_since, ..tap.witnesses };
            let given = witnesses.given_at(self.truth, self.truth - self.wall);
            let at = given.unwrap_or(self.truth);
            assert!(at <= self.truth + 5 * MINUTE, "{tap:?}: in the future");

            let lives = tap.monotonic.is_some();
            let measured = witnesses.offset_ms.is_some();
            // Whatever was done to its clock, while the page lives and the tablet is awake.
            let counted = lives && !(tap.slept_since || tap.hidden_since || tap.slept_since_heard);
            // However long it slept or lay about, while nobody touches its clock.
            let is_noticed = !lives || !tap.slept_since || tap.hidden_since || measured;
            let untouched = !(tap.set_since || measured && tap.set_since_measured) && is_noticed;
            // Set after the tap, with an offset from before.
            let was_known = measured && !tap.set_since_measured && !lives;
            if counted || untouched || was_known {
                assert!(given.is_some() && (at - tap.truth).abs() <= 2 * CLOSE, "{tap:?}: {:?}", at - tap.truth);
            }
        }
    }

    fn acts() -> impl Strategy<Value = Act> {
        let errors = || select(vec![0, -BEGIN, -400 * DAY, -20 * HOUR, -90 * MINUTE, 2 * HOUR, 20 * HOUR, 3_650 * DAY]);
        prop_oneof![
            4 => select(vec![SECOND, MINUTE, HOUR, 14 * HOUR, 3 * DAY]).prop_map(Act::Passes),
            2 => (select(vec![20 * MINUTE, 9 * HOUR, 40 * DAY]), any::<bool>()).prop_map(|(ms, noticed)| Act::Sleeps(ms, noticed)),
            2 => errors().prop_map(Act::Set),
            1 => Just(Act::Hides),
            6 => Just(Act::Tap),
            1 => Just(Act::Reload),
            2 => errors().prop_map(Act::Boots),
            2 => Just(Act::Contact),
            2 => Just(Act::Deliver),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn an_answer_is_placed_right_whatever_happens_to_the_clock(acts in vec(acts(), 1..40)) {
            let mut tablet = Tablet::new();
            for act in acts.into_iter().chain([Act::Deliver]) {
                tablet.happen(act);
            }
        }
    }

    #[test]
    fn a_flat_battery_takes_the_offset_along() {
        let mut clock = ServerClock::default();
        let now = Clocks { wall: 5_000, monotonic: 400 };
        clock.recall(Some(-4), Some(BEGIN), now);
        assert_eq!((clock.offset(), clock.measured()), (None, None));
        assert_eq!(clock.not_before(1_400), Some(BEGIN - 4 + SECOND));
        clock.recall(Some(-4), Some(BEGIN), Clocks { wall: BEGIN + HOUR, ..now });
        assert_eq!((clock.offset(), clock.measured()), (Some(-4), None));
        clock.hear(BEGIN + HOUR, BEGIN, Clocks { wall: BEGIN, ..now });
        assert_eq!((clock.offset(), clock.measured(), clock.contact()), (Some(HOUR), Some(HOUR), Some(BEGIN)));
        clock.recall(Some(-4), Some(BEGIN - DAY), now);
        assert_eq!(clock.offset(), Some(HOUR), "what this page has measured goes before");
    }
}
