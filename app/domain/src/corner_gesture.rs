//! The gesture that opens the staff corner of a tablet: five taps within four seconds, which no visitor does
//! by accident.

use super::time::{Millis, SECOND};

/// So many taps make the gesture.
const TIMES: u8 = 5;
/// Within so long, from the first to the last.
const WITHIN: Millis = 4 * SECOND;

/// The gesture so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CornerGesture {
    times: u8,
    first: Millis,
}

impl CornerGesture {
    /// Something was touched or pressed, in the corner or elsewhere. True where that was the
    /// last of five; then it begins anew.
    pub fn hear(&mut self, in_corner: bool, now: Millis) -> bool {
        if !in_corner {
            *self = Self::default();
            return false;
        }
        if self.times == 0 || now - self.first > WITHIN {
            *self = Self { times: 0, first: now };
        }
        self.times += 1;
        let opens = self.times == TIMES;
        if opens {
            *self = Self::default();
        }
        opens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(taps: &[(bool, Millis)]) -> Vec<bool> {
        let mut gesture = CornerGesture::default();
        taps.iter().map(|(here, at)| gesture.hear(*here, *at)).collect()
    }

    #[test]
    fn five_in_a_row_open_and_only_the_fifth() {
        let row: Vec<_> = (0..11).map(|n| (true, n * 700)).collect();
        let opened: Vec<_> = heard(&row).iter().map(|opens| u8::from(*opens)).collect();
        assert_eq!(opened, [0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
    }

    #[test]
    fn a_tap_elsewhere_begins_anew() {
        let taps = [(true, 0), (true, 1), (true, 2), (true, 3), (false, 4), (true, 5), (true, 6)];
        assert!(heard(&taps).iter().all(|opens| !opens));
    }

    #[test]
    fn a_slow_visitor_never_opens_it() {
        let row: Vec<_> = (0..40).map(|n| (true, n * 1_100)).collect();
        assert!(heard(&row).iter().all(|opens| !opens));
    }
}
