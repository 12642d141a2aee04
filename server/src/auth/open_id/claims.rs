//! What a provider says of somebody, beside who they are.

use std::collections::HashMap;

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::staff::Role;

/// All claims that the standard does not name: which of them lists groups is a setting.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct OtherClaims {
    #[serde(flatten)]
    claims: HashMap<String, Value>,
}

impl AdditionalClaims for OtherClaims {}

impl OtherClaims {
    /// The greatest role of somebody's groups; `None`: none of them has one.
    pub(super) fn role(&self, claim: &str, groups: &[(Role, Vec<String>)]) -> Option<Role> {
        let of_person: Vec<&str> = match self.claims.get(claim) {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(name)) => vec![name],
            _ => Vec::new(),
        };
        let has = |names: &[String]| names.iter().any(|name| of_person.contains(&name.as_str()));
        groups.iter().filter(|(_, names)| has(names)).map(|(role, _)| *role).max()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_greatest_role_of_the_groups_counts() {
        let groups = [
            (Role::Admin, vec!["office".to_owned()]),
            (Role::Editor, vec![]),
            (Role::Viewer, vec!["board".to_owned(), "artists".to_owned()]),
        ];
        for (said, role) in [
            (json!({"groups": ["artists", "office"]}), Some(Role::Admin)),
            (json!({"groups": ["artists"]}), Some(Role::Viewer)),
            (json!({"groups": "board"}), Some(Role::Viewer)),
            (json!({"groups": ["Office", "office2", 7, null]}), None),
            (json!({"groups": {"office": true}}), None),
            (json!({"roles": ["office"]}), None),
        ] {
            let claims: OtherClaims = serde_json::from_value(said.clone()).unwrap();
            assert_eq!(claims.role("groups", &groups), role, "{said}");
        }
    }
}
