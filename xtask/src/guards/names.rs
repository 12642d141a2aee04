//! Names that were replaced by those that a newcomer would search for, so that they do not come back.

use super::below_version_control;

/// Types and modules that are gone, and what such a thing is called.
const REPLACED: [(&str, &str); 55] = [
    ("Around", "HealthContext"),
    ("Chance", "Rng"),
    ("Does", "ButtonAction"),
    ("Doing", "State"),
    ("Ended", "EndReason"),
    ("Evening", "SeasonEvent"),
    ("Fate", "Disposition, DeliveryOutcome"),
    ("Foundation", "InstanceKeys"),
    ("Founded", "SetupOutcome"),
    ("Founding", "FirstSetup"),
    ("Foyer", "VenueTablets, TestTablet"),
    ("Fresh", "RebuiltView"),
    ("Gate", "FileProxy"),
    ("House", "TestServer, Fixture"),
    ("Kept", "StoredAnswer"),
    ("KindWord", "QuestionKind"),
    ("Known", "ExistingResponse"),
    ("Letter", "Email"),
    ("Mood", "Fault"),
    ("Newcomers", "UnpairedLimit"),
    ("News", "AlertNotice"),
    ("Pace", "BurstLimit"),
    ("Parts", "AppStateInner"),
    ("Patience", "Timeouts"),
    ("Portion", "BatchSize"),
    ("Rang", "TimerFired"),
    ("Room", "WaitingLimits, StatementSize"),
    ("Shelf", "ObjectStore"),
    ("Show", "ActiveSurvey"),
    ("Stage", "DemoSeeder"),
    ("Sums", "SummaryInput"),
    ("Teller", "AlertService"),
    ("ToldAlert", "LoggedAlert"),
    ("Tour", "DemoAccess"),
    ("Way", "DeliveryMethod"),
    ("asked", "commands"),
    ("dress", "render_errors"),
    ("duty", "monitoring_hours"),
    ("floor", "toolbar"),
    ("footlights", "progress"),
    ("foyer", "audience_hours"),
    ("gate", "file_proxy"),
    ("house", "layout"),
    ("knock", "corner_gesture"),
    ("last_words", "strip_panics"),
    ("letters", "emails"),
    ("paces", "burst_detection"),
    ("repeats", "replacements"),
    ("sample", "fixtures"),
    ("shelves", "object_stores"),
    ("sums", "calculation"),
    ("unspoken", "framework_errors"),
    ("verdict", "reply"),
    ("voices", "sample_comments"),
    ("wing", "sidebar"),
];

const KEYWORDS: [&str; 5] = ["enum", "mod", "struct", "trait", "type"];

/// The names of types and modules that a line declares.
fn declared(line: &str) -> Option<&str> {
    let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|it| !it.is_empty());
    let is_comment = line.trim_start().starts_with("//");
    words.find(|word| KEYWORDS.contains(word) && !is_comment).and_then(|_| words.next())
}

#[test]
fn no_replaced_name_comes_back() {
    let mut back = Vec::new();
    // This file alone may name them.
    for (path, text) in below_version_control(&["rs"]).into_iter().filter(|it| it.0 != file!()) {
        for name in text.lines().filter_map(declared) {
            if let Some((_, rather)) = REPLACED.iter().find(|(gone, _)| *gone == name) {
                back.push(format!("{path}: {name}, rather {rather}"));
            }
        }
    }
    assert!(back.is_empty(), "{back:#?}");
}

#[test]
fn a_declaration_is_found_and_a_comment_is_none() {
    for (line, name) in [
        ("pub(crate) struct Evening<'a> {", Some("Evening")),
        ("mod knock;", Some("knock")),
        ("pub type Sample = (String, f64);", Some("Sample")),
        ("    // the enum Way", None),
        ("let way = Way::Email;", None),
    ] {
        assert_eq!(declared(line), name, "{line}");
    }
}
