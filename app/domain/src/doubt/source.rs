//! How much came from one address. The address itself is never stored: only this class is, as it
//! was when the response was received.

/// How many responses had come from the address of a response within an hour, this one included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceClass {
    /// No address is known: a tablet, or a phone behind a proxy that does not tell.
    #[default]
    Unknown,
    /// As many as a household has people.
    Few,
    /// More than a household: a choir behind one Wi-Fi, or somebody who presses again and again.
    Many,
    /// More than a bus: a hall behind one Wi-Fi, or a program.
    Flood,
}

impl SourceClass {
    /// Up to as many within an hour are [`Self::Few`].
    pub const FEW: u32 = 3;
    /// Up to as many within an hour are [`Self::Many`].
    pub const MANY: u32 = 60;

    /// The class of the `count`th response from one address within an hour.
    #[must_use]
    pub const fn of(count: u32) -> Self {
        match count {
            0 => Self::Unknown,
            1..=Self::FEW => Self::Few,
            4..=Self::MANY => Self::Many,
            _ => Self::Flood,
        }
    }

    /// Whether it is a weak sign.
    #[must_use]
    pub const fn is_more_than_a_household(self) -> bool {
        matches!(self, Self::Many | Self::Flood)
    }

    /// The number in the store.
    #[must_use]
    pub const fn code(self) -> i16 {
        match self {
            Self::Unknown => 0,
            Self::Few => 1,
            Self::Many => 2,
            Self::Flood => 3,
        }
    }

    /// The class that a number in the store means.
    #[must_use]
    pub const fn from_code(code: i16) -> Option<Self> {
        match code {
            0 => Some(Self::Unknown),
            1 => Some(Self::Few),
            2 => Some(Self::Many),
            3 => Some(Self::Flood),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_stored_as_a_number() {
        for code in 0..4 {
            assert_eq!(SourceClass::from_code(code).map(SourceClass::code), Some(code));
        }
        assert_eq!(SourceClass::from_code(4), None);
    }

    #[test]
    fn a_household_is_few_and_a_bus_is_many() {
        use SourceClass::{Few, Flood, Many, Unknown};
        let classes = [0, 1, 3, 4, 60, 61].map(SourceClass::of);
        assert_eq!(classes, [Unknown, Few, Few, Many, Many, Flood]);
    }
}
