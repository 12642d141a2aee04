//! The address of a view: a path and what was chosen, so that a view can be bookmarked and sent.

/// A path with a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    path: String,
    query: Vec<(String, String)>,
}

impl Address {
    /// A path, and what was chosen; what is empty was not.
    #[must_use]
    pub fn new(path: impl Into<String>, query: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let chosen = query.into_iter().filter(|(_, value)| !value.is_empty());
        Self { path: path.into(), query: chosen.map(|(name, value)| (name.to_owned(), value)).collect() }
    }

    /// The path alone.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was chosen by a name; empty: nothing.
    #[must_use]
    pub fn chosen(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// What was chosen, beside what has these names.
    pub fn others(&self, names: &[&str]) -> impl Iterator<Item = &(String, String)> {
        self.query.iter().filter(move |(key, _)| !names.contains(&key.as_str()))
    }

    /// The address with other choices: what is empty is taken out.
    #[must_use]
    pub fn with(&self, choices: &[(&str, &str)]) -> String {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let kept = self.others(&names).map(|(name, value)| (name.as_str(), value.as_str()));
        let chosen = choices.iter().copied().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            kept.chain(chosen).map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }
}

/// As it stands in a query.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_choices_stay_and_empty_ones_go() {
        let here =
            Address::new("/staff/x", [("venue", "Teltta & co".to_owned()), ("page", "3".into()), ("q", String::new())]);
        assert_eq!(here.chosen("page"), "3");
        assert_eq!(here.chosen("q"), "");
        assert_eq!(here.with(&[("page", "4")]), "/staff/x?venue=Teltta%20%26%20co&page=4");
        assert_eq!(here.with(&[("page", ""), ("venue", "")]), "/staff/x");
    }
}
