//! What staff ask of a tablet from afar.

/// What a tablet is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// take no answers, and say why
    Pause,
    /// take answers again
    Resume,
    /// show the event after the one that is on
    NextEvent,
    /// load the page anew
    Reload,
    /// end demo mode
    EndDemo,
}

impl CommandKind {
    /// All of them, as they stand in forms.
    pub const ALL: [Self; 5] = [Self::Pause, Self::Resume, Self::NextEvent, Self::Reload, Self::EndDemo];

    /// The word in forms, in the store and to tablets.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::NextEvent => "next_event",
            Self::Reload => "reload",
            Self::EndDemo => "end_demo",
        }
    }

    /// What a word means.
    #[must_use]
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}
