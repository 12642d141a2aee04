//! What stands behind a time: the half of the day, and how far the clock is ahead of UTC.

use super::tokens::Cursor;

/// Steps over "a.m." and "p.m."; true in the afternoon.
pub(super) fn half_of_day(cursor: &mut Cursor<'_>) -> Option<bool> {
    if let Some(is_afternoon) = cursor.word(|word| match word {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }) {
        return Some(is_afternoon);
    }
    let is_afternoon = cursor.word(|word| match word {
        "a" => Some(false),
        "p" => Some(true),
        _ => None,
    })?;
    cursor.mark(&['.'])?;
    cursor.one_of(&["m"]).then_some(())?;
    cursor.mark(&['.']);
    Some(is_afternoon)
}

/// Seconds ahead of UTC: `Z`, `UTC`, `+02:00`, `+0200`; with a minus only where it cannot be a span.
pub(super) fn offset(cursor: &mut Cursor<'_>, may_be_behind: bool) -> Option<i32> {
    let begin = cursor.place();
    cursor.space();
    if cursor.one_of(&["z", "utc", "gmt"]) {
        return Some(0);
    }
    let sign = match cursor.mark(if may_be_behind { &['+', '-'] } else { &['+'] }) {
        Some('+') => 1,
        Some(_) => -1,
        None => {
            cursor.back(begin);
            return None;
        }
    };
    let read = cursor.number().and_then(|digits| match digits.len() {
        4 => Some((digits[..2].parse::<i32>().ok()?, digits[2..].parse::<i32>().ok()?)),
        1 | 2 => {
            let minutes = if cursor.mark(&[':']).is_some() { cursor.number()?.parse().ok()? } else { 0 };
            Some((digits.parse().ok()?, minutes))
        }
        _ => None,
    });
    match read {
        Some((hours, minutes)) if hours <= 14 && minutes < 60 => Some(sign * (hours * 3_600 + minutes * 60)),
        _ => {
            cursor.back(begin);
            None
        }
    }
}
