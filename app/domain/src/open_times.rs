//! When a kiosk is awake: opening hours, and the hours in which an event has its audience in the foyer,
//! as plain stretches of time, worked out by the server, which knows time zones.

use serde::{Deserialize, Serialize};

use super::{event::Window, time::Millis};

/// The stretches in which a kiosk is awake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTimes {
    /// in order, apart from each other, both ends included
    pub windows: Vec<Window>,
    /// what comes after this instant is not known yet, and a kiosk that does not know stays awake
    pub known_until: Millis,
}

impl OpenTimes {
    /// Puts stretches in order, and those together that touch.
    #[must_use]
    pub fn new(mut windows: Vec<Window>, known_until: Millis) -> Self {
        windows.sort_by_key(|window| (window.from, window.until));
        let mut apart: Vec<Window> = Vec::with_capacity(windows.len());
        for window in windows {
            match apart.last_mut() {
                Some(last) if window.from <= last.until.saturating_add(1) => last.until = last.until.max(window.until),
                _ => apart.push(window),
            }
        }
        Self { windows: apart, known_until }
    }

    /// Whether a kiosk is awake at an instant.
    #[must_use]
    pub fn is_open(&self, at: Millis) -> bool {
        at > self.known_until || self.windows.iter().any(|window| window.contains(at))
    }

    /// When it opens next after an instant; `None` where that is not known yet.
    #[must_use]
    pub fn opens_after(&self, at: Millis) -> Option<Millis> {
        self.windows.iter().map(|window| window.from).find(|from| *from > at)
    }

    /// When it closes, of a kiosk that is open at this instant; `None` where that is not known.
    #[must_use]
    pub fn closes_after(&self, at: Millis) -> Option<Millis> {
        self.windows.iter().find(|window| window.contains(at)).map(|window| window.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(windows: &[[Millis; 2]]) -> OpenTimes {
        OpenTimes::new(windows.iter().copied().map(Window::from).collect(), 1_000)
    }

    #[test]
    fn what_touches_becomes_one() {
        let apart = times(&[[300, 400], [10, 19], [20, 30], [25, 26], [32, 40]]);
        assert_eq!(apart.windows, [[10, 30], [32, 40], [300, 400]].map(Window::from));
    }

    #[test]
    fn awake_inside_and_where_nobody_knows() {
        let times = times(&[[10, 20], [50, 60]]);
        let awake = [9, 10, 20, 21, 50, 61, 1_000, 1_001].map(|at| times.is_open(at));
        assert_eq!(awake, [false, true, true, false, true, false, false, true]);
        assert_eq!([0, 10, 20, 50].map(|at| times.opens_after(at)), [Some(10), Some(50), Some(50), None]);
        assert_eq!([9, 10, 60, 61].map(|at| times.closes_after(at)), [None, Some(20), Some(60), None]);
    }
}
