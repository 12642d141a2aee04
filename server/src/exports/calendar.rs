//! iCalendar (RFC 5545): times in UTC, which every calendar shows on its own clock.

use domain::time::Millis;
use jiff::Timestamp;

use super::Exported;

/// A line is no longer, in octets.
const LONGEST: usize = 75;

/// The file. Events whose sender has given them no id have their own.
#[must_use]
pub fn ics(events: &[Exported<'_>], organisation: &str, now: Millis) -> String {
    let mut file = String::new();
    line(&mut file, "BEGIN:VCALENDAR");
    line(&mut file, "VERSION:2.0");
    line(&mut file, "PRODID:-//Aplodi//Programme//EN");
    line(&mut file, &format!("X-WR-CALNAME:{}", escaped(organisation)));
    for one in events {
        let event = &one.one.event;
        let id = one.one.external_id.clone().unwrap_or_else(|| event.id.to_string());
        let status = if one.one.cancelled { "CANCELLED" } else { "CONFIRMED" };
        line(&mut file, "BEGIN:VEVENT");
        line(&mut file, &format!("UID:{}", escaped(&id)));
        line(&mut file, &format!("DTSTAMP:{}", utc(now)));
        line(&mut file, &format!("DTSTART:{}", utc(event.starts_at)));
        line(&mut file, &format!("DTEND:{}", utc(event.ends_at)));
        line(&mut file, &format!("SUMMARY:{}", escaped(&one.title)));
        line(&mut file, &format!("LOCATION:{}", escaped(&one.venue.name)));
        line(&mut file, &format!("STATUS:{status}"));
        line(&mut file, "END:VEVENT");
    }
    line(&mut file, "END:VCALENDAR");
    file
}

fn utc(at: Millis) -> String {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\n").replace(['\r', '\n'], "\\n")
}

/// A line, folded between characters.
fn line(file: &mut String, text: &str) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LONGEST {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(c);
        length += c.len_utf8();
    }
    file.push_str("\r\n");
}
