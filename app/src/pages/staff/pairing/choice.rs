//! What a tablet is to be, as the form and the address say it.

use domain::id::{KioskId, VenueId};

/// What a tablet is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// nothing was chosen, or something that is not there
    #[default]
    None,
    /// a new kiosk at a venue
    New(VenueId),
    /// a kiosk that is there
    Instead(KioskId),
}

impl Choice {
    /// As the form sends it.
    #[must_use]
    pub fn as_str(self) -> String {
        match self {
            Self::None => String::new(),
            Self::New(venue) => format!("new:{venue}"),
            Self::Instead(kiosk) => format!("instead:{kiosk}"),
        }
    }

    /// What a form sent.
    #[must_use]
    pub fn from_name(word: &str) -> Self {
        let choice = word.split_once(':').and_then(|(kind, id)| {
            let id = uuid::Uuid::try_parse(id).ok()?;
            match kind {
                "new" => Some(Self::New(VenueId(id))),
                "instead" => Some(Self::Instead(KioskId(id))),
                _ => None,
            }
        });
        choice.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_comes_back() {
        let id = uuid::Uuid::from_u128(7);
        for choice in [Choice::New(VenueId(id)), Choice::Instead(KioskId(id))] {
            assert_eq!(Choice::from_name(&choice.as_str()), choice);
        }
        for wrong in ["", "new:", "new", "old:00000000-0000-0000-0000-000000000007", "new:7"] {
            assert_eq!(Choice::from_name(wrong), Choice::None, "{wrong}");
        }
    }
}
