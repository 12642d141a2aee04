//! Properties and what they belong to.

use crate::finding::{Finding, What};

/// A line of a calendar: `NAME;PARAMETER=value:value`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// the line of the file
    pub(super) line: u32,
    /// in capitals
    pub(super) name: String,
    /// names in capitals, values without their quotes
    parameters: Vec<(String, String)>,
    /// as it is written
    pub(super) value: String,
}

/// What stands between a `BEGIN` and its `END`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Component {
    /// the line of its `BEGIN`
    pub(super) line: u32,
    /// `VEVENT`, in capitals
    pub(super) kind: String,
    pub(super) properties: Vec<Property>,
    pub(super) children: Vec<Component>,
    /// whether its `END` is there
    pub(super) is_closed: bool,
}

/// Deeper than this nothing is nested that means anything.
const DEEPEST: usize = 8;

impl Property {
    fn read(line: u32, text: &str) -> Option<Self> {
        let mut property = Self { line, ..Self::default() };
        let end = text.find([';', ':'])?;
        property.name = text[..end].trim().to_uppercase();
        if property.name.is_empty() || !property.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
        {
            return None;
        }
        let mut rest = &text[end..];
        while let Some(parameter) = rest.strip_prefix(';') {
            let equals = parameter.find(['=', ':', ';'])?;
            let name = parameter[..equals].trim().to_uppercase();
            let Some(after) = parameter[equals..].strip_prefix('=') else {
                rest = &parameter[equals..];
                continue;
            };
            let (value, after) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => after.split_at(after.find([';', ':'])?),
            };
            // What stands between a closing quote and the next mark belongs to nobody.
            rest = &after[after.find([';', ':'])?..];
            property.parameters.push((name, value.trim().to_owned()));
        }
        rest.strip_prefix(':')?.clone_into(&mut property.value);
        Some(property)
    }

    /// A parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Its value as people read it.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                },
                other => text.push(other),
            }
        }
        text
    }
}

impl Component {
    /// The first property of a name.
    pub(super) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Every property of a name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// Every component of a kind in it, however deep.
    pub(super) fn find<'a>(&'a self, kind: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.kind == kind {
                found.push(child);
            } else {
                child.find(kind, found);
            }
        }
    }
}

/// Puts lines together. The root holds everything; what cannot be read is told.
pub(super) fn components(lines: &[(u32, String)]) -> (Component, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut open = vec![Component { line: 1, is_closed: true, ..Component::default() }];
    for (line, text) in lines.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let Some(property) = Property::read(*line, text) else {
            findings.push(What::UnreadableLine(text.chars().take(80).collect()).at(*line, None));
            continue;
        };
        let kind = property.value.trim().to_uppercase();
        match property.name.as_str() {
            "BEGIN" => {
                // An event inside an event: the first one was cut off.
                if kind == "VEVENT" {
                    while open.iter().any(|component| component.kind == "VEVENT") {
                        close(&mut open);
                    }
                }
                if open.len() < DEEPEST {
                    open.push(Component { line: *line, kind, ..Component::default() });
                }
            }
            "END" => {
                if let Some(depth) = open.iter().rposition(|component| component.kind == kind && !kind.is_empty()) {
                    while open.len() > depth + 1 {
                        close(&mut open);
                    }
                    if let Some(component) = open.last_mut() {
                        component.is_closed = true;
                    }
                    close(&mut open);
                }
            }
            _ => {
                if let Some(component) = open.last_mut() {
                    component.properties.push(property);
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    (open.pop().unwrap_or_default(), findings)
}

fn close(open: &mut Vec<Component>) {
    if open.len() > 1
        && let Some(component) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_what_would_end_a_parameter() {
        let text = "DTSTART;TZID=\"(UTC+02:00) Helsinki, Kyiv; Riga\";VALUE=DATE-TIME:20260904T183000";
        let property = Property::read(3, text).unwrap();
        assert_eq!(property.parameter("TZID"), Some("(UTC+02:00) Helsinki, Kyiv; Riga"));
        assert_eq!((property.parameter("VALUE"), property.value.as_str()), (Some("DATE-TIME"), "20260904T183000"));
        let text = Property::read(1, "LOCATION:Teltta\\, Helsinki\\nSuomi").unwrap().text();
        assert_eq!(text, "Teltta, Helsinki\nSuomi");
        assert_eq!(Property::read(1, "no line of a calendar"), None);
    }

    #[test]
    fn what_is_cut_off_does_not_swallow_its_neighbour() {
        let lines: Vec<(u32, String)> = (1..)
            .zip(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "BEGIN:VEVENT", "UID:2", "END:VEVENT", "END:VCALENDAR"])
            .map(|(number, line)| (number, line.to_owned()))
            .collect();
        let (root, _) = components(&lines);
        let mut events = Vec::new();
        root.find("VEVENT", &mut events);
        assert_eq!(
            events.iter().map(|event| (event.line, event.is_closed)).collect::<Vec<_>>(),
            [(2, false), (4, true)]
        );
    }
}
