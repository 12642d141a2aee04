//! Surveys in a language that the screens do not speak: from the store to the phone, without script, and back.

use harness::{on_test_server, test_server::TestServer};
use serde_json::{Value, json};

/// "How was it?", whatever was asked.
const WORDS: &str = "\u{643}\u{64a}\u{641} \u{643}\u{627}\u{646}\u{61f}";

async fn open(server: &TestServer, query: &str, accepted: &str) -> String {
    let address = format!("{}/f/kx7p{query}", server.base);
    let response = server.http.get(address).header("accept-language", accepted).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.text().await.expect("text")
}

/// Posts the form of a page as a browser does; `face` is the first answer, where there is one.
async fn send(server: &TestServer, html: &str, face: Option<&str>) -> reqwest::Response {
    let field = |name: &str| {
        let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
        rest.split_once('"').expect("its end").0.to_owned()
    };
    let mut form = vec![("token".to_owned(), field("token")), ("lang".to_owned(), field("lang"))];
    form.extend(face.map(|face| (format!("q.{}", server.question(0).id), face.to_owned())));
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = server.http.post(format!("{}/f/KX7P/answer", server.base));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.expect("an answer")
}

fn is_in_arabic(html: &str) {
    assert!(html.contains("<html lang=\"fi\""), "around it, what the venue speaks first: {html}");
    assert!(html.contains(&format!("<legend lang=\"ar\" dir=\"rtl\">{WORDS}</legend>")), "{html}");
    assert!(html.contains(&format!("<span lang=\"ar\" dir=\"rtl\">{WORDS}</span>")), "a word under a face: {html}");
    assert!(html.contains("value=\"ar\" lang=\"ar\" aria-current=\"true\""), "{html}");
}

on_test_server!(a_phone_asks_and_answers_in_a_fourth_language_without_script, |server| {
    server.speak("ar", |_| WORDS.to_owned()).await;
    let finnish = open(server, "", "fi").await;
    assert!(
        finnish.contains("value=\"ar\" lang=\"ar\">\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}</button>"),
        "{finnish}"
    );
    assert!(!finnish.contains(WORDS) && !finnish.contains("dir=\"rtl\""), "{finnish}");

    let arabic = open(server, "?lang=ar", "fi").await;
    is_in_arabic(&arabic);
    is_in_arabic(&open(server, "", "ar-EG, fi;q=0.5").await);
    assert!(open(server, "?lang=se", "fi").await.contains("<html lang=\"fi\""), "nobody has written it in S\u{e1}mi");

    let empty = send(server, &arabic, None).await;
    assert_eq!(empty.status(), 422);
    is_in_arabic(&empty.text().await.expect("text"));
    let taken = send(server, &arabic, Some("5")).await;
    assert_eq!(taken.status(), 303);
    let thanked = taken.headers()["location"].to_str().expect("an address").to_owned();
    assert!(thanked.starts_with("/f/KX7P/thanks?lang=ar&sent="), "{thanked}");
    let thanks = server.http.get(format!("{}/f/KX7P/thanks?lang=ar", server.base)).send().await.expect("an answer");
    let thanks = thanks.text().await.expect("text");
    assert!(thanks.contains("hreflang=\"ar\"") && thanks.contains("<html lang=\"fi\""), "{thanks}");
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored.iter().map(|one| one.response.lang.to_string()).collect::<Vec<_>>(), ["ar"]);
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(a_tablet_is_told_what_languages_call_themselves, |server| {
    server.speak("ar", |_| WORDS.to_owned()).await;
    let address = format!("{}/api/v1/kiosk/config?kinds={}", server.base, domain::survey::Kind::WORDS);
    let told = server.http.get(address).bearer_auth(&server.kiosk_token).send().await.expect("an answer");
    let told: Value = told.json().await.expect("JSON");
    assert_eq!(told["venue"]["languages"], json!(["fi", "sv", "en", "ar"]));
    let names = json!({ "fi": "Suomi", "sv": "Svenska", "en": "English", "ar": "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}" });
    assert_eq!(told["language_names"], names);
    let asked = told["surveys"].as_array().expect("surveys").iter();
    let asked: Vec<&Value> = asked.map(|survey| &survey["questions"][0]["text"]["ar"]).collect();
    assert!(asked.contains(&&json!(WORDS)), "{asked:?}");
});
