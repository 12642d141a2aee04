//! How old the tablet's program is. A tablet renews itself while nobody answers, so that being behind
//! is nothing to mend, until it is so far behind that something keeps it from renewing itself.

/// How many releases back the server still understands a tablet.
const UNDERSTOOD: u64 = 2;

/// How a tablet's version stands to the server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// the same, or newer than a server that was put back
    Current,
    /// one or two releases behind, or another build of the same
    Behind,
    /// older than that
    TooOld,
    /// it says nothing that can be compared
    Unknown,
}

impl Age {
    /// Compares versions such as `0.3.1` or `0.3.1+a1b2c3`. Of two builds of one release nobody can say
    /// which is the older; the server's is the one that tablets are to run. A server that names no build
    /// has none to give.
    #[must_use]
    pub fn of(tablet: &str, server: &str) -> Self {
        if tablet == server {
            return Self::Current;
        }
        let (Some(theirs), Some(ours)) = (release(tablet), release(server)) else { return Self::Unknown };
        if theirs > ours || theirs == ours && !server.contains('+') {
            return Self::Current;
        }
        let is_near = match ours.0 - theirs.0 {
            0 => ours.1 - theirs.1 <= UNDERSTOOD,
            // How many releases the generation before had, nobody knows any more.
            1 => ours.1 < UNDERSTOOD,
            _ => false,
        };
        if is_near { Self::Behind } else { Self::TooOld }
    }
}

/// Generation, release and correction.
fn release(version: &str) -> Option<(u64, u64, u64)> {
    let numbers = version.split(['+', '-']).next()?;
    let mut numbers = numbers.split('.').map(|number| number.parse().ok());
    let release = (numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(release)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_releases_back_are_understood() {
        for (tablet, server, age) in [
            ("0.1.0", "0.1.0", Age::Current),
            ("0.1.0", "0.1.2", Age::Behind),
            ("0.1.0+aa", "0.1.0+aa", Age::Current),
            ("0.1.0+aa", "0.1.0+bb", Age::Behind),
            ("0.1.0", "0.1.0+bb", Age::Behind),
            ("0.1.0+aa", "0.1.0", Age::Current),
            ("0.1.1+aa", "0.1.0+bb", Age::Current),
            ("0.1.9", "0.3.0", Age::Behind),
            ("0.1.9", "0.4.0", Age::TooOld),
            ("0.4.0", "0.3.9", Age::Current),
            ("0.9.0", "1.1.0", Age::Behind),
            ("0.9.0", "1.2.0", Age::TooOld),
            ("0.9.0", "2.0.0", Age::TooOld),
            ("", "0.1.0", Age::Unknown),
            ("one.two", "0.1.0", Age::Unknown),
            ("1.2", "0.1.0", Age::Unknown),
            ("0.1.0.1", "0.1.0", Age::Unknown),
        ] {
            assert_eq!(Age::of(tablet, server), age, "{tablet} and {server}");
        }
    }
}
