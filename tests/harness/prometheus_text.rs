//! Reads what Prometheus reads (its text format 0.0.4), and is as strict as it.

use std::collections::{BTreeMap, BTreeSet};

/// A sample: its name, its labels, its value.
pub type Sample = (String, BTreeMap<String, String>, f64);

/// Every sample of a text that is well formed: families in one piece, described before their samples, no series
/// twice, buckets that grow.
///
/// # Panics
/// Where it is not.
#[must_use]
pub fn samples(text: &str) -> Vec<Sample> {
    assert!(text.ends_with('\n'), "the last line has an end");
    let (mut types, mut series, mut samples) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    let mut family = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            assert!(rest.split_once(' ').is_some_and(|(_, help)| !help.is_empty()), "{line}");
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a name and a type");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(types.insert(name.to_owned(), kind.to_owned()).is_none(), "a family twice: {line}");
            name.clone_into(&mut family);
        } else {
            let sample = sample(line);
            let parts: &[&str] = if types[&family] == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
            assert!(parts.iter().any(|part| sample.0 == format!("{family}{part}")), "outside of its family: {line}");
            assert!(types[&family] != "counter" || family.ends_with("_total"), "{line}");
            assert!(series.insert((sample.0.clone(), sample.1.clone())), "a series twice: {line}");
            samples.push(sample);
        }
    }
    for (name, _) in types.iter().filter(|(_, kind)| *kind == "histogram") {
        let counts: Vec<f64> = samples.iter().filter(|it| it.0 == format!("{name}_bucket")).map(|it| it.2).collect();
        assert!(
            counts.is_sorted() && counts.last().copied() == value(&samples, &format!("{name}_count"), &[]),
            "{name}"
        );
    }
    samples
}

/// The value of the series with a name and, among others, these labels.
#[must_use]
pub fn value(samples: &[Sample], name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    let fits = |sample: &&Sample| {
        sample.0 == name && labels.iter().all(|(key, value)| sample.1.get(*key).is_some_and(|it| it == value))
    };
    samples.iter().find(fits).map(|sample| sample.2)
}

fn sample(line: &str) -> Sample {
    let end = line.find(['{', ' ']).expect("a value after the name");
    let (name, mut rest) = line.split_at(end);
    let is_name = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    assert!(is_name(name) && !name.starts_with(|first: char| first.is_ascii_digit()), "{line}");
    let mut labels = BTreeMap::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        while !rest.starts_with('}') {
            let (key, after) = rest.split_once("=\"").expect("a label");
            assert!(is_name(key), "{line}");
            let (value, after) = quoted(after);
            assert!(labels.insert(key.to_owned(), value).is_none(), "a label twice: {line}");
            rest = after.trim_start_matches(',');
        }
        rest = &rest[1..];
    }
    (name.to_owned(), labels, rest.trim().parse().unwrap_or_else(|_| panic!("no number: {line}")))
}

/// A value up to its closing quote, and what follows.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[at + 1..]),
            '\\' => match letters.next().expect("an escaped letter").1 {
                'n' => value.push('\n'),
                escaped @ ('"' | '\\') => value.push(escaped),
                other => panic!("nothing is escaped like that: {other}"),
            },
            other => value.push(other),
        }
    }
    panic!("no closing quote: {text}")
}
