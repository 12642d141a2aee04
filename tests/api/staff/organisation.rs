//! `/staff/organisation`: the languages that visitors read.

use domain::{
    lang::{Lang, LanguageTag},
    live_delay::LiveDelay,
};
use harness::{on_test_server, test_server::TestServer};
use store::{Scope, staff::Role};

use super::events::{page, post};

fn tags(tags: &[&str]) -> Vec<LanguageTag> {
    tags.iter().map(|tag| tag.parse().expect("a tag")).collect()
}

/// Posts the form as a browser does, with these boxes ticked.
async fn save(server: &TestServer, cookie: &str, ticked: &[&str], add: &str, default: &str) -> reqwest::Response {
    let ticked = ticked.iter().map(|tag| ("language", *tag));
    let fields = ticked.chain([("add", add), ("default", default)]);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = server.http.post(format!("{}/staff/organisation?lang=en", server.base));
    let request = request.header("origin", &server.base).header("cookie", cookie);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.expect("an answer")
}

async fn venue_languages(server: &TestServer) -> Vec<LanguageTag> {
    server.state.store.system().venue(server.venue.id).await.expect("the store").expect("a venue").languages
}

on_test_server!(an_editor_chooses_what_visitors_read, |server| {
    let editor = server.session(Role::Editor).await;
    let address = format!("{}/staff/organisation?lang=en", server.base);
    let page = server.http.get(address).header("cookie", &editor).send().await.expect("an answer");
    let page = page.text().await.expect("text");
    assert_eq!(page.matches(" checked").count(), 3, "{page}");

    // Only what the organisation follows changes: another venue has a list of its own.
    let store = server.state.store.system();
    let mut other = server.venue.clone();
    (other.id, other.code, other.languages) = (harness::test_server::id(800).into(), "HALL".to_owned(), tags(&["sv"]));
    store.save_venue(&other).await.expect("a venue");
    let saved = save(server, &editor, &["fi", "sv", "en"], "AR, se", "sv").await;
    assert_eq!(saved.status(), 303);
    assert_eq!(saved.headers()["location"], "/staff/organisation?done=saved");
    let chosen = tags(&["sv", "fi", "en", "ar", "se"]);
    assert_eq!(store.organisation_languages().await.expect("languages"), chosen);
    assert_eq!(venue_languages(server).await, chosen);
    assert_eq!(store.venue(other.id).await.expect("the store").expect("a venue").languages, tags(&["sv"]));

    // The texts of a language that is taken away stay where they are.
    let survey = server.speak("ar", |_| "\u{643}\u{64a}\u{641}".to_owned()).await;
    let saved = save(server, &editor, &["sv"], "", "sv").await;
    assert_eq!(saved.status(), 303);
    let kept = store.survey_version(survey.version).await.expect("the store").expect("the survey");
    assert!(kept.speaks(tags(&["ar"])[0]));
});

on_test_server!(what_is_wrong_with_languages_is_said_at_its_field, |server| {
    let editor = server.session(Role::Editor).await;
    for (ticked, add, default, says) in [
        (&["fi", "sv"][..], "ar, arabian kieli", "fi", "\u{201c}arabian kieli\u{201d} is not a language tag."),
        (&["sv"], "", "fi", "The default must be one of the ticked languages."),
        (&[], "", "fi", "The default must be one of the ticked languages."),
    ] {
        let response = save(server, &editor, ticked, add, default).await;
        assert_eq!(response.status(), 422, "{says}");
        let html = response.text().await.expect("text");
        assert!(html.contains(says) && html.contains("aria-invalid=\"true\""), "{says}: {html}");
        assert_eq!(html.matches(" checked").count(), ticked.len(), "{html}");
        assert!(add.is_empty() || html.contains(&format!("value=\"{add}\"")), "{html}");
    }
    let unchanged = server.state.store.system().organisation_languages().await.expect("languages");
    assert_eq!(unchanged, Lang::ALL.map(LanguageTag::from));
});

on_test_server!(whoever_sees_a_part_of_the_venues_does_not_decide_for_all, |server| {
    let narrow = server.state.store.for_staff(Scope::Venues([server.venue.id].into()));
    assert!(!narrow.choose_languages(&tags(&["sv"])).await.expect("an answer"));
    assert!(!narrow.choose_live_delay(LiveDelay::FiveMinutes).await.expect("an answer"));
    assert_eq!(server.state.store.system().live_delay().await.expect("the store"), LiveDelay::Off);
    assert_eq!(venue_languages(server).await, Lang::ALL.map(LanguageTag::from));
});

on_test_server!(what_visitors_write_is_kept_and_shown_as_the_organisation_decides, |server| {
    let [editor, viewer] = [server.session(Role::Editor).await, server.session(Role::Viewer).await];
    let mut item = server.item(1, 5, 9);
    let comment = serde_json::json!({ "question": server.question(4).id, "value": "Kiitos illasta" });
    item["answers"].as_array_mut().expect("answers").push(comment);
    server.results(&[item]).await;
    // Five later ones hide who wrote it.
    server.clock.set(harness::test_server::NOW + 1_000);
    let later: Vec<_> = (2..9).map(|number| server.item(number, 4, 8)).collect();
    server.results(&later).await;
    let event = format!("/staff/events/{}", server.event.id);
    for cookie in [&editor, &viewer] {
        assert!(page(server, cookie, &event).await.contains("Kiitos illasta"));
    }
    assert!(page(server, &editor, "/privacy").await.contains("kept until the organiser removes it"));

    let languages = [("language", "fi"), ("language", "sv"), ("language", "en"), ("default", "fi")];
    let with = |more: &[(&'static str, &'static str)]| languages.iter().chain(more).copied().collect::<Vec<_>>();
    for months in ["0", "1.5", "999", "two"] {
        let refused = post(server, &editor, "/staff/organisation", &with(&[("comment_months", months)])).await;
        assert_eq!(refused.status(), 422, "{months}");
        assert!(refused.text().await.expect("text").contains("id=\"comment_months-problem\""), "{months}");
    }
    let fields = with(&[("comment_months", "24"), ("viewers", "no")]);
    assert_eq!(post(server, &editor, "/staff/organisation", &fields).await.status(), 303);
    server.settle().await;
    assert!(page(server, &editor, "/privacy").await.contains("automatically 24 months after"));
    assert!(page(server, &editor, &event).await.contains("Kiitos illasta"));
    for path in [event.clone(), format!("{event}/live"), "/staff".to_owned()] {
        assert!(!page(server, &viewer, &path).await.contains("Kiitos"), "{path}");
    }
});
