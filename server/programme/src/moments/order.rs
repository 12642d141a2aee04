//! Whether the day stands before the month: decided once for a file, so that no two rows are read in two ways.

use jiff::civil::{Date, Weekday};

use crate::finding::TwoDates;

/// A day as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// there is one way to read it
    Sure(Date),
    /// two numbers of which one is the day and one the month
    Either {
        /// the first number
        first: i8,
        /// the second number
        second: i8,
        /// the year
        year: i16,
    },
}

/// What the days of a file say about their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// nothing
    #[default]
    Unknown,
    /// day before month
    DayFirst,
    /// month before day
    MonthFirst,
    /// some say one, some the other
    Mixed,
}

/// A day that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsure {
    /// no calendar has it
    NoSuchDay,
    /// it may be two days
    Two(Option<TwoDates>),
}

impl Day {
    fn both(self) -> (Option<Date>, Option<Date>) {
        match self {
            Self::Sure(date) => (Some(date), Some(date)),
            Self::Either { first, second, year } => {
                (Date::new(year, second, first).ok(), Date::new(year, first, second).ok())
            }
        }
    }

    /// What it says about the order, with the weekday that stands beside it.
    #[must_use]
    pub fn says(self, weekday: Option<Weekday>) -> Order {
        if matches!(self, Self::Sure(_)) {
            return Order::Unknown;
        }
        match self.both() {
            (Some(_), None) => Order::DayFirst,
            (None, Some(_)) => Order::MonthFirst,
            (Some(day_first), Some(month_first)) if day_first != month_first => {
                match (weekday == Some(day_first.weekday()), weekday == Some(month_first.weekday())) {
                    (true, false) => Order::DayFirst,
                    (false, true) => Order::MonthFirst,
                    _ => Order::Unknown,
                }
            }
            _ => Order::Unknown,
        }
    }

    /// The date, in an order.
    ///
    /// # Errors
    /// Where there is none, or more than one.
    pub fn date(self, order: Order) -> Result<Date, Unsure> {
        let (day_first, month_first) = self.both();
        match (order, day_first, month_first) {
            (_, None, None) => Err(Unsure::NoSuchDay),
            (_, Some(one), Some(other)) if one == other => Ok(one),
            (Order::DayFirst, date, _) | (Order::MonthFirst, _, date) => date.ok_or(Unsure::NoSuchDay),
            (_, Some(day_first), Some(month_first)) => Err(Unsure::Two(Some(TwoDates { day_first, month_first }))),
            (Order::Mixed, ..) => Err(Unsure::Two(None)),
            (Order::Unknown, Some(date), None) | (Order::Unknown, None, Some(date)) => Ok(date),
        }
    }
}

impl Order {
    /// With what another day says.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, other) => other,
            (this, Self::Unknown) => this,
            (this, other) if this == other => this,
            _ => Self::Mixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const fn slashed(first: i8, second: i8) -> Day {
        Day::Either { first, second, year: 2026 }
    }

    #[test]
    fn one_day_decides_for_all_and_two_that_differ_for_none() {
        let says = |days: &[Day]| days.iter().fold(Order::Unknown, |order, day| order.and(day.says(None)));
        assert_eq!(says(&[slashed(3, 4), slashed(25, 12)]), Order::DayFirst);
        assert_eq!(says(&[slashed(3, 4), slashed(12, 25)]), Order::MonthFirst);
        assert_eq!(says(&[slashed(25, 12), slashed(12, 25)]), Order::Mixed);
        assert_eq!(slashed(3, 4).date(Order::MonthFirst), Ok(date(2026, 3, 4)));
        assert!(matches!(slashed(3, 4).date(Order::Unknown), Err(Unsure::Two(Some(_)))));
        assert_eq!(slashed(25, 12).date(Order::Mixed), Err(Unsure::Two(None)));
        assert_eq!(slashed(3, 3).date(Order::Unknown), Ok(date(2026, 3, 3)));
        assert_eq!(slashed(31, 2).date(Order::Unknown), Err(Unsure::NoSuchDay));
        assert_eq!(slashed(3, 4).says(Some(Weekday::Friday)), Order::DayFirst, "3 April 2026");
    }
}
