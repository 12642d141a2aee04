//! An agreement scale, from what a tablet is told to what staff read.

use domain::{
    id::{QuestionId, SurveyId, SurveyVersionId},
    lang::Text,
    survey::{Kind, Question, ScaleQuestion, Series, ShowIf, SurveyVersion, TextQuestion},
    time::{MINUTE, SECOND},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer, id},
};
use serde_json::{Value, json};
use store::staff::Role;

const STEPS: [&str; 5] = ["Not at all", "Hardly", "Neither", "Rather", "Entirely"];

/// Agreement, and a comment of whoever does not agree.
fn survey() -> SurveyVersion {
    let question = |number: u128, text: &str, kind, show_if| Question {
        id: QuestionId(id(number)),
        series: Series::Show,
        text: Text::same(text),
        kind,
        show_if,
    };
    let labels = STEPS.map(Text::same).to_vec();
    let disagrees = ShowIf { question: QuestionId(id(901)), values: vec![1, 2] };
    let questions = vec![
        question(901, "I felt welcome.", Kind::Scale(ScaleQuestion { labels }), None),
        question(902, "What was missing?", Kind::Text(TextQuestion {}), Some(disagrees)),
    ];
    assert_eq!(domain::survey::check(&questions), Ok(()));
    SurveyVersion { version: SurveyVersionId(id(900)), questions }
}

/// Asks it of tonight's event.
async fn ask(server: &TestServer) {
    let store = server.state.store.system();
    store.publish(SurveyId(id(899)), &Text::same("Welcome"), &survey(), NOW).await.expect("published");
    let mut event = server.event.clone();
    event.survey_version = survey().version;
    store.save_event(&event).await.expect("saved");
}

async fn surveys(server: &TestServer, query: &str) -> Vec<Value> {
    let address = format!("{}/api/v1/kiosk/config{query}", server.base);
    let response = server.http.get(address).bearer_auth(&server.kiosk_token).send().await.expect("an answer");
    let mut config: Value = response.json().await.expect("JSON");
    serde_json::from_value(config["surveys"].take()).expect("surveys")
}

fn item(number: u128, answers: Value) -> Value {
    let answered_at = NOW - MINUTE - 10 * SECOND * i64::try_from(number).expect("small");
    json!({ "id": id(number), "survey_version": id(900), "lang": "fi", "answered_at": answered_at, "end": "done",
            "answers": answers })
}

on_test_server!(a_tablet_that_cannot_draw_a_kind_is_not_told_of_it, |server| {
    ask(server).await;
    let version = json!(id(900));
    let told = async |query: &str| surveys(server, query).await.into_iter().find(|survey| survey["version"] == version);
    let new = told(&["?kinds=", Kind::WORDS].concat()).await.expect("the survey");
    let kinds: Vec<&Value> = new["questions"].as_array().expect("questions").iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["scale", "text"]);
    assert_eq!(new["questions"][0]["labels"][4]["en"], "Entirely");

    // One built before there were scales names no kinds. The comment hangs on the scale, so that nothing is
    // left to ask: without the survey the tablet asks that of the venue.
    assert_eq!(told("").await, None);
    assert_eq!(told("?kinds=face,nps,choice,text").await, None);
    let others = surveys(server, "").await;
    assert_eq!(others.len(), 1);
    assert_eq!(others[0]["version"], json!(server.survey.version));
});

on_test_server!(agreement_is_taken_tallied_and_summed_up, |server| {
    ask(server).await;
    let mut items: Vec<Value> = (1..=20)
        .map(|number| item(number, json!([{"question": id(901), "value": if number <= 17 { 4 } else { 2 }}])))
        .collect();
    items.push(item(21, json!([{"question": id(901), "skipped": true}, {"question": id(902), "value": "Tuoleja"}])));
    for wrong in [json!(0), json!(6), json!("4"), json!([4])] {
        items.push(item(30, json!([{"question": id(901), "value": wrong}])));
    }
    let results = server.results(&items).await;
    assert!(results[..21].iter().all(|result| result["status"] == "stored"), "{results:?}");
    assert!(results[21..].iter().all(|result| result["status"] == "rejected"), "{results:?}");
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);

    let summary = server.summary().await;
    let agreed = summary["questions"].as_array().expect("questions").iter().find(|it| it["kind"] == "scale");
    let agreed = agreed.expect("the scale");
    assert_eq!(agreed["n"], 20);
    assert_eq!(agreed["counts"], json!({"1": 0, "2": 3, "3": 0, "4": 17, "5": 0}));
    assert_eq!((&agreed["score"], &agreed["note"]), (&json!(85), &json!("small sample")));
    assert_eq!(agreed["interval"], json!([64.0, 94.8]), "Wilson, 17 of 20");

    let page = format!("{}/staff/events/{}?lang=en", server.base, server.event.id);
    let session = server.session(Role::Viewer).await;
    let html = server.http.get(page).header("cookie", session).send().await.expect("an answer");
    let html = html.text().await.expect("text");
    for part in ["I felt welcome.", "rather or entirely", "Distribution of the answers", "Not at all 0"] {
        assert!(html.contains(part), "{part}");
    }
});

on_test_server!(a_phone_asks_with_words_and_without_a_script, |server| {
    ask(server).await;
    let html = server.http.get(format!("{}/f/kx7p?lang=en", server.base)).send().await.expect("an answer");
    let html = html.text().await.expect("text");
    assert_eq!(html.matches(&format!("type=\"radio\" name=\"q.{}\"", id(901))).count(), 5, "{html}");
    assert!(STEPS.iter().all(|step| html.contains(&format!("<span>{step}</span>"))), "{html}");
    assert_eq!(html.matches("data-shows=\"a\"").count(), 2, "the two steps that open the comment");

    let (_, token) = html.split_once("name=\"token\" value=\"").expect("a token");
    let token = token.split_once('"').expect("its end").0;
    let body: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("token", token)
        .append_pair("lang", "en")
        .append_pair(&format!("q.{}", id(901)), "2")
        .append_pair(&format!("q.{}", id(902)), "A chair")
        .finish();
    let address = format!("{}/f/KX7P/answer", server.base);
    let form = "application/x-www-form-urlencoded";
    let response = server.http.post(address).header("content-type", form).body(body).send().await.expect("an answer");
    assert_eq!(response.status(), 303);
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored[0].response.answers[0].given, domain::response::Given::Scale(2));
    assert_eq!(stored[0].response.answers.len(), 2);
});
