//! Windows by way of answering: when an answer belongs to an event depends on how it comes. This is the one table of it: placing, the
//! doubt `outside_window`, and what a phone says instead of its questions all read it.
//!
//! | channel | from | until |
//! | --- | --- | --- |
//! | `kiosk`, `qr`, `web`, `spoken` | the event's answer window | the event's answer window |
//! | `mail` | the event's answer window | so many days after the end, never sooner than the event's own window; the next doors end nothing, since the link names its event |
//! | `paper`, `counted` | always | always: when a card is entered says nothing of when it was filled in |

use super::{
    event::{Scheduled, Window},
    response::Channel,
    time::{DAY, Millis},
    venue_settings::AnswerWindow,
};

/// Somebody who thinks of a poster's code a week later is still welcome; the answer is marked as late.
pub const GRACE: Millis = 7 * DAY;

/// A way of answering, by its channel, and what its venue says of windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByChannel {
    /// how an answer comes
    pub channel: Channel,
    /// what the venue says
    pub said: AnswerWindow,
}

/// What a code opens at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// nothing yet: answers are taken from this instant on
    NotYet(Millis),
    /// the questions
    Questions,
    /// nothing any more: answers were taken until this instant
    Over(Millis),
}

impl ByChannel {
    /// When answers that come by it belong to an event; both ends included.
    #[must_use]
    pub fn window(self, event: &Scheduled) -> Window {
        match self.channel {
            Channel::Kiosk | Channel::Qr | Channel::Web | Channel::Spoken => event.window,
            Channel::Mail => {
                let days = Millis::from(self.said.mail_days) * DAY;
                Window { until: event.window.until.max(event.ends_at + days), ..event.window }
            }
            Channel::Paper | Channel::Counted => Window { from: Millis::MIN, until: Millis::MAX },
        }
    }

    /// What a code that was issued for it opens at an instant.
    ///
    /// A poster's code opens the questions at any time before the end of its grace, and what comes outside the window is marked:
    /// somebody stands before it. A link in a mail is opened by programs and by people who were not there yet, so that it says what
    /// it waits for, and ends with its own long window.
    #[must_use]
    pub fn opens(self, event: &Scheduled, now: Millis) -> Opens {
        let window = self.window(event);
        let is_mail = self.channel == Channel::Mail;
        let grace = if is_mail { 0 } else { GRACE };
        if is_mail && now < window.from {
            Opens::NotYet(window.from)
        } else if now > window.until.saturating_add(grace) {
            Opens::Over(window.until)
        } else {
            Opens::Questions
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        id::EventId,
        time::{HOUR, MINUTE},
    };

    const END: Millis = 1_000 * HOUR;

    fn way(channel: Channel) -> ByChannel {
        ByChannel { channel, said: AnswerWindow::default() }
    }

    /// The afternoon show and the evening show of one day.
    fn two_shows() -> [Scheduled; 2] {
        let said = AnswerWindow::default();
        let of = |number, ends_at, next_doors| Scheduled {
            event: EventId(Uuid::from_u128(number)),
            window: said.around(ends_at, next_doors),
            ends_at,
        };
        [of(1, END, Some(END + 3 * HOUR)), of(2, END + 6 * HOUR, None)]
    }

    #[test]
    fn a_link_says_what_it_waits_for_and_when_it_ended() {
        let [show, _] = two_shows();
        let mail = |at| way(Channel::Mail).opens(&show, at);
        assert_eq!(mail(END - 91 * MINUTE), Opens::NotYet(END - 90 * MINUTE));
        assert_eq!(mail(END - 90 * MINUTE), Opens::Questions);
        assert_eq!(mail(END + 14 * DAY), Opens::Questions);
        assert_eq!(mail(END + 14 * DAY + 1), Opens::Over(END + 14 * DAY));
        let poster = |at| way(Channel::Qr).opens(&show, at);
        assert_eq!(poster(0), Opens::Questions);
        assert_eq!(poster(show.window.until + GRACE), Opens::Questions);
        assert_eq!(poster(show.window.until + GRACE + 1), Opens::Over(show.window.until));
        assert_eq!(way(Channel::Paper).opens(&show, Millis::MAX), Opens::Questions);
    }

    #[test]
    fn a_link_never_ends_before_the_poster_does() {
        let [_, show] = two_shows();
        let short =
            ByChannel { channel: Channel::Mail, said: AnswerWindow { mail_days: 0, ..AnswerWindow::default() } };
        assert_eq!(short.window(&show), show.window);
    }

    proptest::proptest! {
        #[test]
        fn what_opens_the_questions_by_a_link_is_never_late(at in 0..2_000 * HOUR, days in 0_u16..60) {
            let [show, _] = two_shows();
            let way = ByChannel { channel: Channel::Mail, said: AnswerWindow { mail_days: days, ..AnswerWindow::default() } };
            proptest::prop_assert_eq!(way.opens(&show, at) == Opens::Questions, way.window(&show).contains(at));
        }
    }
}
