//! Texts that a script shows by itself, from the same files as all others: a text that is missing in one language does
//! not compile, whoever shows it.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::files::Files;

/// The screen families whose texts a script needs; `corner` becomes `corner.json`.
const SCRIPTED: [&str; 2] = ["corner", "kiosk_pairing"];

/// For each of them `{"en": {name: text}, "fi": ..., "sv": ...}`.
pub(crate) fn read(locales: &Path) -> Result<Files> {
    let mut languages = fs::read_dir(locales)
        .with_context(|| format!("{} cannot be read", locales.display()))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<String>>>()?;
    languages.sort();
    let gather = |family: &str| {
        let mut texts = Map::new();
        for language in &languages {
            let file = locales.join(language).join(family).with_extension("json");
            let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let read: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
            texts.insert(language.clone(), read);
        }
        Ok((format!("{family}.json"), serde_json::to_vec(&texts)?))
    };
    SCRIPTED.into_iter().map(gather).collect()
}

#[cfg(test)]
mod tests {
    use std::{env, process};

    use super::*;

    #[test]
    fn a_family_is_one_file_in_all_languages() {
        let folder = env::temp_dir().join(format!("aplodi-texts-{}", process::id()));
        for language in ["fi", "sv"] {
            fs::create_dir_all(folder.join(language)).unwrap();
            for family in SCRIPTED {
                let file = folder.join(language).join(family).with_extension("json");
                fs::write(file, format!("{{ \"title\": \"{language}\" }}")).unwrap();
            }
        }
        let files = read(&folder).unwrap();
        fs::write(folder.join("sv/corner.json"), "{").unwrap();
        let error = format!("{:#}", read(&folder).unwrap_err());
        fs::remove_dir_all(&folder).unwrap();
        let text = String::from_utf8(files["corner.json"].clone()).unwrap();
        assert_eq!(text, r#"{"fi":{"title":"fi"},"sv":{"title":"sv"}}"#);
        assert!(error.contains("corner.json"), "{error}");
    }
}
