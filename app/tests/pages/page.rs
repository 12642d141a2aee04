//! What holds for every page.

use std::{fs, path::Path};

use app::pages::{
    document,
    shell::{Assets, Shell, Worn},
};
use domain::lang::Lang;
use leptos::IntoView;

/// The shell of a reader.
pub(crate) fn shell(lang: Lang, path: &str) -> Shell {
    let assets = ["phone.css", "staff.css", "print.css", "help.css", "islands.js", "fonts/hyperlegible.woff2"]
        .map(|name| (name.to_owned(), format!("/assets/{name}")));
    Shell {
        lang,
        reader: lang.into(),
        assets: Assets::new(assets.into()),
        path: path.to_owned(),
        organisation: "Lahden Sirkus ry".to_owned(),
        is_demo: false,
        is_admin: false,
        worn: Worn::default(),
    }
}

/// A page as it is sent, checked for what holds for every page, and left in `target/pages`.
pub(crate) fn render<V: IntoView>(name: &str, page: impl FnOnce() -> V) -> String {
    let html = document(page);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("pages");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.html")), &html).unwrap();
    check(&html);
    html
}

fn check(html: &str) {
    assert!(html.starts_with("<!DOCTYPE html><html lang=\""), "{html}");
    assert_eq!(html.matches("<h1").count(), 1, "one heading of the first rank: {html}");
    assert_eq!(html.matches("<main").count(), 1, "one main part: {html}");
    assert!(!html.contains("style="), "the policy refuses inline styles: {html}");
    assert!(!html.contains(" onclick") && !html.contains("javascript:"), "the policy refuses inline scripts: {html}");
    assert!(html.split("<script").skip(1).all(|script| script.contains("></script>")), "no inline script: {html}");
    let title = between(html, "<title>", "</title>");
    assert!(!title.is_empty() && !title.contains('<'), "a title of plain text: {title}");
    for id in values(html, "for") {
        assert!(html.contains(&format!("id=\"{id}\"")), "a label without its field: {id}");
    }
    for ids in ["aria-labelledby", "aria-describedby"].into_iter().flat_map(|name| values(html, name)) {
        for id in ids.split(' ') {
            assert!(html.contains(&format!("id=\"{id}\"")), "nothing has the id {id}");
        }
    }
    let mut ids = values(html, "id");
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "an id stands there twice: {ids:?}");
}

/// The values of an attribute, in order.
pub(crate) fn values<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The text between two marks.
pub(crate) fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(inner, _)| inner).unwrap_or_default()
}
