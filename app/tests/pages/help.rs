//! The guide for whoever puts a tablet up.

use app::pages::help::{Help, HelpProps};
use domain::lang::Lang;

use crate::page::{render, shell, values};

#[test]
fn the_guide_leads_to_each_of_its_parts_in_every_language() {
    for lang in Lang::ALL {
        let address = "https://palaute.example/kiosk".to_owned();
        let html = render(&format!("k-help-{lang}"), || Help(HelpProps { address, shell: shell(lang, "/kiosk/help") }));
        assert!(html.contains("<code>https://palaute.example/kiosk</code>"), "{html}");
        let ids = values(&html, "id");
        let parts: Vec<_> = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')).collect();
        assert!(parts.len() >= 9 && parts.iter().all(|part| ids.contains(part)), "{parts:?} of {ids:?}");
        assert!(html.contains("Guided Access") == (lang == Lang::En), "menus have the names that the reader sees");
    }
}

#[test]
fn what_no_compiler_reads_knows_every_language() {
    let languages: Vec<_> = Lang::ALL.into_iter().map(|lang| format!("{:?}", lang.tag())).collect();
    let worker = include_str!("../../../public/sw.js");
    let kept = format!("const GUIDE_LANGUAGES = [{}];", languages.join(", "));
    assert!(worker.contains(&kept), "the guide is kept for the time without a network: {kept}");
    let page = include_str!("../../../public/kiosk.html");
    for lang in languages {
        let sentences = page.matches(&format!("<p class=\"lead\" lang={lang}>")).count();
        assert_eq!(sentences, 4, "what stands there before the program, and instead of it, in {lang}");
    }
}
