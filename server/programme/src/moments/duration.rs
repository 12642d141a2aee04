//! How long something is, as people write it.

/// Minutes: `2:15`, `2h 15min`, `135`, `135 min`, `1,5 h`, `PT2H15M`. A number alone is minutes where it cannot be hours.
#[must_use]
pub fn minutes(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("pt").unwrap_or(&text);
    if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = minutes.split(':').next()?;
        return Some(hours.trim().parse::<u32>().ok()?.checked_mul(60)? + sixty(minutes.trim())?);
    }
    let mut total = 0.0;
    let mut rest = text;
    let mut is_empty = true;
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let number: f64 = rest[..digits].trim_end_matches('.').replace(',', ".").parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        total += number
            * match &rest[..letters] {
                "h" | "t" | "tim" | "timme" | "timmar" | "hour" | "hours" | "hrs" | "tunti" | "tuntia" => 60.0,
                "m" | "min" | "mins" | "minute" | "minutes" | "minuter" | "minuuttia" => 1.0,
                "" if is_empty && number >= 15.0 => 1.0,
                _ => return None,
            };
        rest = rest[letters..].trim_start_matches('.');
        is_empty = false;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a month")]
    (!is_empty && (0.0..=44_640.0).contains(&total)).then_some(f64::round(total) as u32)
}

fn sixty(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|minutes| *minutes < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_minutes() {
        for (text, length) in [
            ("2:15", 135),
            ("02:15", 135),
            ("2:15:00", 135),
            ("2h 15min", 135),
            ("2 t 15 min.", 135),
            ("135", 135),
            ("135 min", 135),
            ("1,5 h", 90),
            ("PT2H15M", 135),
            ("2 tuntia", 120),
        ] {
            assert_eq!(minutes(text), Some(length), "{text}");
        }
        for text in ["", "2", "long", "2:75", "-1 h", "9999999 h"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
