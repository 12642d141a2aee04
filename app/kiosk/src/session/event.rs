//! What can happen to a session, and what it asks for in return.

use std::sync::Arc;

use api::config::KioskConfig;
use domain::{
    id::{QuestionId, ResponseId},
    lang::LanguageTag,
    response::Given,
    server_clock::Clocks,
    time::Millis,
};

/// Both clocks, and where ten random bytes for an id come from.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// the device's clocks
    pub clocks: Clocks,
    /// ten random bytes
    pub random: fn() -> [u8; 10],
}

/// A response as it will travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// which one
    pub id: ResponseId,
    /// its JSON
    pub text: String,
}

/// Whether this tablet may ask on behalf of a venue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// no token, or one that the disk does not take
    #[default]
    Unpaired,
    /// it has a token, and nobody said that it opens nothing
    Paired,
    /// the server does not know the token any more
    Revoked,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// plain http: nothing can be promised here
    Insecure,
    /// all that is known without a network is known
    Started,
    /// the screen or a key was touched, wherever
    Touched,
    /// one of several faces, numbers or single options was tapped
    Chosen(QuestionId, Given),
    /// one of many options was picked or taken back
    Toggled(QuestionId, String),
    /// something was typed; the whole text
    Typed(QuestionId, String),
    /// it was ticked that comments may be quoted, or the tick was taken back
    MayQuote(bool),
    /// continue, send or skip
    GoOn,
    /// back by one question
    GoBack,
    /// the visitor has said enough
    Exit,
    /// somebody leaves the notice that nothing could be saved
    Leave,
    /// once more for what could not be saved
    Retry,
    /// somebody answers the countdown
    Stay,
    /// the sleeping screen was tapped
    Woken,
    /// a language was chosen
    Language(LanguageTag),
    /// the contrast was switched
    Contrast,
    /// [`Effect::Timer`] is over
    TimerFired(Timer),
    /// a quarter of a second has passed
    Tick,
    /// the page was hidden or shown
    Visibility {
        /// whether it can be seen now
        visible: bool,
    },
    /// the newest configuration
    Configured(Arc<KioskConfig>),
    /// the configuration was of another pairing
    Unconfigured,
    /// what the token opens has changed
    Access(Access),
    /// the configuration that an earlier page wrote down, for one that knows no better
    Restored(Option<Arc<KioskConfig>>),
    /// the server's clock was read between `asked` and now
    ServerClock {
        /// what it showed
        server_now: Millis,
        /// the device's clock when it was asked
        asked: Millis,
    },
    /// what an earlier page knew of the server's clock: offset, last contact
    ClockRestored(Option<Millis>, Option<Millis>),
    /// a response is on the disk or on the server (true), or on neither
    Saved(ResponseId, bool),
    /// every unsaved response was tried once more
    Rescued,
    /// the server has confirmed these responses
    Acked(Vec<String>),
    /// staff switch demo mode
    Demo(bool),
    /// an earlier page was in demo mode until then
    DemoRestored(Option<Millis>),
    /// what is on may have changed
    FollowProgramme,
    /// staff end the visit that is under way
    EndVisit,
}

impl Event {
    /// Whether somebody in front of the tablet did it. Switches and screen readers press a button without touching the
    /// screen.
    pub(super) const fn is_by_hand(&self) -> bool {
        matches!(
            self,
            Self::Chosen(..)
                | Self::Toggled(..)
                | Self::Typed(..)
                | Self::MayQuote(_)
                | Self::GoOn
                | Self::GoBack
                | Self::Exit
                | Self::Leave
                | Self::Retry
                | Self::Stay
                | Self::Woken
                | Self::Language(_)
                | Self::Contrast
        )
    }
}

/// What fires later. The number is that of the visit: a timer of an earlier one means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// the chosen answer was lit long enough
    Advance(u32),
    /// the second half of a double tap would have come by now
    TransitionOver(u32),
    /// no letter followed for a while; how much had been said by then
    Typed(u32, Millis),
    /// a second of the thanks is over
    Thanks(u32),
    /// the finger that touched the countdown is gone
    Stay,
    /// the finger that held a question in its place is gone
    Follow,
}

/// What the session wants done. Nothing waits for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// [`Event::TimerFired`] after so many milliseconds
    Timer(Timer, Millis),
    /// hold the lock of a response for as long as [`super::Session::holds`] it
    Hold(ResponseId),
    /// write down what was said so far; `None` forgets it
    Draft(ResponseId, Option<String>),
    /// save a finished response, then [`Event::Saved`]
    Save(Finished),
    /// save everything that is unsaved, then [`Event::Rescued`]
    Rescue,
    /// move the focus to the question
    Focus,
    /// silence
    StopSpeaking,
    /// remember until when demo mode lasts
    RememberDemo(Option<Millis>),
}
