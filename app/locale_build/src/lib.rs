//! Turns `locales/<language>/<family>.json` into Rust while the crate `app` is built: one module for each family of
//! screens, one item for each text. A text that is missing in one language, or that has other placeholders there, ends
//! the build and is named; a text that does not exist, or a value that it does not take, does not compile where it is
//! used.
//!
//! - [`catalogue`]: reads the files and compares the languages;
//! - [`template`]: a text and its placeholders;
//! - [`rust`]: writes the Rust.

mod catalogue;
mod rust;
mod template;

use std::path::Path;

pub use catalogue::CatalogueError;

use catalogue::Catalogue;

/// The Rust of all texts below `locales`, for these languages: the folder's name and the variant of `Lang`.
///
/// # Errors
/// Where a file cannot be read, or the languages disagree on which texts there are or what they take.
pub fn generate(locales: &Path, languages: &[(&str, &str)]) -> Result<String, CatalogueError> {
    let folders: Vec<&str> = languages.iter().map(|(folder, _)| *folder).collect();
    let variants: Vec<&str> = languages.iter().map(|(_, variant)| *variant).collect();
    Ok(rust::module(&Catalogue::read(locales, &folders)?, &variants))
}
