//! Weekdays and months in Finnish, Swedish and English.

use jiff::civil::Weekday;

use crate::folded::folded;

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["ma", "maanantai", "maanantaina", "man", "mandag", "mandagen", "mon", "monday"]),
    (Weekday::Tuesday, &["ti", "tiistai", "tiistaina", "tis", "tisdag", "tisdagen", "tue", "tues", "tuesday"]),
    (Weekday::Wednesday, &["ke", "keskiviikko", "keskiviikkona", "ons", "onsdag", "onsdagen", "wed", "wednesday"]),
    (
        Weekday::Thursday,
        &["to", "torstai", "torstaina", "tor", "tors", "torsdag", "torsdagen", "thu", "thurs", "thursday"],
    ),
    (Weekday::Friday, &["pe", "perjantai", "perjantaina", "fre", "fredag", "fredagen", "fri", "friday"]),
    (Weekday::Saturday, &["la", "lauantai", "lauantaina", "lor", "lordag", "lordagen", "sat", "saturday"]),
    (Weekday::Sunday, &["su", "sunnuntai", "sunnuntaina", "son", "sondag", "sondagen", "sun", "sunday"]),
];

/// The first letters of each month, from January; the longer names of a language before the shorter ones of another.
const MONTHS: [(&str, i8); 26] = [
    ("tammi", 1),
    ("helmi", 2),
    ("maalis", 3),
    ("huhti", 4),
    ("touko", 5),
    ("kesa", 6),
    ("heina", 7),
    ("elo", 8),
    ("syys", 9),
    ("loka", 10),
    ("marras", 11),
    ("joulu", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("maj", 5),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("okt", 10),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// The day of the week that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = folded(word);
    WEEKDAYS.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(day, _)| *day)
}

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = folded(word);
    MONTHS.iter().find(|(begins, _)| word.starts_with(begins)).map(|(_, month)| *month)
}
