//! E-mail addresses as people type them, checked by what will send to them.

use domain::survey::kinds::text::is_invisible;
use lettre::Address;

/// No e-mail address is longer than this, in bytes (RFC 5321, section 4.5.3.1.3, without the brackets).
pub const LONGEST: usize = 254;

/// Whether this is an e-mail address of somebody elsewhere: its host has a dot. One in which something cannot be seen is
/// none, since nobody could tell it from another one or type it again.
#[must_use]
pub fn is_email_address(typed: &str) -> bool {
    typed.len() <= LONGEST
        && !typed.chars().any(is_invisible)
        && typed.parse::<Address>().is_ok_and(|address| address.domain().contains('.'))
}

#[cfg(test)]
mod tests {
    use super::is_email_address;

    #[test]
    fn an_address_is_one_that_can_be_written_to() {
        for address in ["eva@circus.example", "väinö@circus.example", "Eva.Maria+aplodi@mail.circus.example", "e@a.fi"]
        {
            assert!(is_email_address(address), "{address}");
        }
        let long = format!("{}@circus.example", "a".repeat(250));
        for none in [
            "",
            "eva",
            "@circus.example",
            "eva@",
            "eva@localhost",
            "e va@a.fi",
            "eva@@a.fi",
            "a@b.fi\r\nBcc: c@d.fi",
            "e\u{200b}va@a.fi",
            "eva@a\u{ad}.fi",
            "\u{202e}eva@a.fi",
            "eva@a.fi\u{feff}",
            "eva\u{3164}@a.fi",
            &long,
        ] {
            assert!(!is_email_address(none), "{none:?}");
        }
    }
}
