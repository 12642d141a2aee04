//! The visitor's own phone.

use api::responses::ItemAnswer;
use app::pages::phone::{
    closed::{Closed, ClosedData, ClosedProps, Says},
    code::{NotFound, NotFoundProps, TypeCode, TypeCodeProps},
    form::{Form, FormData, FormProps, Problem},
    thanks::{Thanks, ThanksData, ThanksProps},
    token::{TOKEN_PLACE, halves},
};
use domain::{
    lang::{Lang, LanguageTag, Reader},
    survey::kinds::UncheckedValue,
};

use crate::{
    fixtures::{event, question_id, survey, venue},
    page::{render, shell, values},
};

fn form(lang: Lang, chosen: Vec<ItemAnswer>, problem: Option<Problem>) -> FormProps {
    let data = FormData {
        code: "K7PM".into(),
        title: event().title,
        venue: venue().name,
        languages: Lang::ALL.map(Into::into).to_vec(),
        survey: survey(),
        chosen,
        may_quote: false,
        problem,
        changes: false,
    };
    FormProps { data, shell: shell(lang, "/f/K7PM") }
}

#[test]
fn the_form_is_small_and_has_no_script() {
    for lang in Lang::ALL {
        let html = render(&format!("p-form-{lang}"), || Form(form(lang, Vec::new(), None)));
        assert!(!html.contains("<script") && !html.contains("leptos-island"), "no script on a visitor's phone");
        assert_eq!(html.matches(TOKEN_PLACE).count(), 1);
        assert!(halves(&html).is_some());
        assert!(html.contains(&format!("<html lang=\"{lang}\"")));
        assert!(html.len() < 12_000, "{} bytes", html.len());
        assert!(!html.contains("checked"));
    }
}

#[test]
fn answers_open_their_follow_up() {
    let html = render("p-form", || Form(form(Lang::Fi, Vec::new(), None)));
    assert_eq!(values(&html, "data-shows"), ["a", "a", "a", "b", "b"]);
    assert_eq!(values(&html, "data-part"), ["a", "b"]);
    assert_eq!(html.matches("<legend>").count(), 4);
    assert_eq!(html.matches("type=\"radio\"").count(), 5 + 3 + 11);
    assert_eq!(html.matches("type=\"checkbox\"").count(), 4 + 1, "the last lets the comment be quoted");
}

#[test]
fn a_form_that_comes_back_keeps_what_was_chosen() {
    let answer = |number, value| ItemAnswer { question: question_id(number), value: Some(value), skipped: false };
    let chosen = vec![
        answer(1, UncheckedValue::Number(Some(2))),
        answer(2, UncheckedValue::Options(vec!["view".into(), "seats".into()])),
        answer(4, UncheckedValue::Number(Some(9))),
        answer(5, UncheckedValue::Text("</textarea><b>1 & 2".into())),
    ];
    let html = render("p-form-back", || Form(form(Lang::En, chosen, Some(Problem::Stale))));
    assert_eq!(html.matches(" checked").count(), 4);
    assert!(html.contains("&lt;/textarea>&lt;b>1 &amp; 2</textarea>"), "{html}");
    assert!(html.contains("role=\"alert\""));
}

#[test]
fn an_empty_comment_is_empty() {
    let html = render("p-form-empty", || Form(form(Lang::Fi, Vec::new(), Some(Problem::Empty))));
    assert!(html.contains("></textarea>"), "a space would be somebody's comment");
}

#[test]
fn thanks_gives_what_the_event_has_to_give() {
    let data = ThanksData {
        title: "Talvisirkus".into(),
        languages: Lang::ALL.map(Into::into).to_vec(),
        first_stands: false,
        links: event().links,
        sent: None,
    };
    let html = render("p-thanks", || Thanks(ThanksProps { data, shell: shell(Lang::Fi, "/f/K7PM/thanks") }));
    assert!(html.contains("https://example.org/ohjelma") && html.contains("role=\"status\""));
}

#[test]
fn a_mistyped_code_can_be_typed_again() {
    let props = NotFoundProps { code: "K7\"><b>".into(), shell: shell(Lang::Fi, "/f") };
    let html = render("p-notfound", || NotFound(props));
    assert!(html.contains("value=\"K7&quot;>") || html.contains("value=\"K7&quot;&gt;"), "{html}");
}

#[test]
fn the_front_page_asks_for_the_code_and_blames_nobody() {
    let html = render("p-code", || TypeCode(TypeCodeProps { shell: shell(Lang::En, "/f") }));
    assert!(html.contains("<h1>Type the code") && !html.contains("No such code"), "{html}");
}

#[test]
fn too_late_says_until_when() {
    let event = event();
    let data = ClosedData {
        title: event.title,
        venue: venue().name,
        time_zone: venue().time_zone,
        languages: Lang::ALL.map(Into::into).to_vec(),
        says: Says::Over(event.window.until),
        links: event.links,
    };
    let html = render("p-closed", || Closed(ClosedProps { data, shell: shell(Lang::Fi, "/f/K7PM") }));
    assert!(html.contains("su 22.11. klo 10.10"), "{html}");
}

#[test]
fn a_fourth_language_says_what_it_is_and_where_it_runs() {
    let arabic: LanguageTag = "ar".parse().unwrap();
    let mut props = form(Lang::Fi, Vec::new(), None);
    props.data.survey.texts_mut().for_each(|text| text.set(arabic, "\u{643}\u{64a}\u{641}"));
    props.data.languages.push(arabic);
    props.shell.reader = Reader::new(arabic, Some(Lang::Fi.into()));
    let texts = props.data.survey.texts_mut().count();
    let html = render("p-form-ar", || Form(props));
    assert!(html.contains("<html lang=\"fi\""), "the page itself is in what the venue speaks first");
    // The two ends of the scale stand there for the ear and for the eye.
    assert_eq!(html.matches("lang=\"ar\" dir=\"rtl\"").count(), texts + 2, "{html}");
    assert!(html.contains("<legend lang=\"ar\" dir=\"rtl\">\u{643}\u{64a}\u{641}</legend>"), "{html}");
    assert!(html.contains("<input type=\"hidden\" name=\"lang\" value=\"ar\""), "{html}");
    assert!(html.contains("value=\"ar\" lang=\"ar\" aria-current=\"true\">العربية</button>"), "{html}");
    assert!(html.contains("Talvisirkus") && !html.contains("lang=\"fi\">Talvisirkus"), "as the page around it");
}
