//! `/f/{code}`: the visitor's own phone, without script.

use domain::{
    event::EventSource,
    time::{DAY, HOUR},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::staff::Role;

async fn open(server: &TestServer, query: &str) -> String {
    let response = server.http.get(format!("{}/f/kx7p{query}", server.base)).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.text().await.expect("text")
}

fn token(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"token\" value=\"").expect("a token");
    rest.split_once('"').expect("its end").0.to_owned()
}

async fn send(server: &TestServer, token: &str, answers: &[(usize, &str)]) -> reqwest::Response {
    let mut form = vec![("token".to_owned(), token.to_owned()), ("lang".to_owned(), "sv".to_owned())];
    form.extend(
        answers.iter().map(|(place, value)| (format!("q.{}", server.question(*place).id), (*value).to_owned())),
    );
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    server
        .http
        .post(format!("{}/f/KX7P/answer", server.base))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

on_test_server!(an_answer_from_a_phone_counts_for_the_event_of_the_code, |server| {
    let token = token(&open(server, "?lang=sv").await);
    // The page lay open for five hours; the token decides what it is about.
    server.clock.set(NOW + 5 * HOUR);
    let response = send(server, &token, &[(0, "5"), (1, "10"), (3, "music"), (4, "Tack!")]).await;
    assert_eq!(response.status(), 303);
    let thanked = response.headers()["location"].to_str().expect("an address").to_owned();
    assert!(thanked.starts_with("/f/KX7P/thanks?lang=sv&sent="), "{thanked}");
    assert!(response.headers().get("set-cookie").is_none());
    let thanks = server.http.get(format!("{}/f/KX7P/thanks?lang=sv", server.base)).send().await.expect("an answer");
    assert!(thanks.text().await.expect("text").contains("<html lang=\"sv\""));
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].place.event, Some(server.event.id));
    assert_eq!(stored[0].place.source.map(EventSource::as_str), Some("code"));
    let summary = server.summary().await;
    assert_eq!(summary["counted"], 1);
    assert_eq!(summary["by_channel"][0]["channel"], "qr");
});

on_test_server!(a_double_tap_is_one_answer_and_a_change_of_mind_replaces_it, |server| {
    let token = token(&open(server, "").await);
    let (one, two) = tokio::join!(send(server, &token, &[(0, "2")]), send(server, &token, &[(0, "2")]));
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (303, 303));
    assert_eq!(server.summary().await["counted"], 1);
    assert_eq!(send(server, &token, &[(0, "5"), (1, "9")]).await.status(), 303);
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].response.answers[0].given, domain::response::Given::Face(5));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
    // A day later the first answer stands, and staff read that there is another.
    server.clock.set(NOW + DAY + HOUR);
    for face in ["1", "2"] {
        assert_eq!(send(server, &token, &[(0, face)]).await.status(), 303);
    }
    let viewer = server.session(Role::Viewer).await;
    let tablets = server.http.get(format!("{}/staff/kiosks?lang=en", server.base)).header("cookie", viewer);
    let tablets = tablets.send().await.expect("an answer").text().await.expect("text");
    assert!(tablets.contains("Answers from phones of which the server already had another version: 1."), "{tablets}");
    let stored = server.state.store.system().responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored[0].response.answers[0].given, domain::response::Given::Face(5));
});

on_test_server!(when_the_form_was_opened_decides_whether_it_came_in_time, |server| {
    let stored = async || {
        let mut page = server.state.store.system().responses(None, 10).await.expect("responses").responses;
        page.pop().expect("one")
    };
    let token = token(&open(server, "").await);
    let late = server.event.window.until + HOUR;
    server.clock.set(late);
    // Opened in the window, filled in on the way home.
    assert_eq!(send(server, &token, &[(0, "4")]).await.status(), 303);
    let first = stored().await;
    assert_eq!(first.flags, []);
    assert_eq!((first.place.corrected_at, first.place.received_at), (NOW, late));
    // And thought about once more.
    server.clock.set(late + HOUR);
    assert_eq!(send(server, &token, &[(0, "5")]).await.status(), 303);
    let second = stored().await;
    assert_eq!(second.response.answers[0].given, domain::response::Given::Face(5));
    assert_eq!((second.flags, second.place.corrected_at), (Vec::new(), NOW));
    assert_eq!(server.summary().await["counted"], 1);
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(a_code_that_changes_under_an_open_form_costs_nothing, |server| {
    let of_event = token(&open(server, "").await);
    let venue = server.http.get(format!("{}/f/TENT", server.base)).send().await.expect("an answer");
    let of_venue = token(&venue.text().await.expect("text"));
    let mut event = server.event.clone();
    event.code = "NEW2".into();
    server.state.store.system().save_event(&event).await.expect("an event");
    for token in [of_event, of_venue] {
        let empty = send(server, &token, &[]).await;
        assert_eq!(empty.status(), 422, "the same form again, and no 404");
        assert!(empty.text().await.expect("text").contains(&token));
        let sent = send(server, &token, &[(0, "5")]).await;
        assert_eq!(sent.status(), 303);
        let thanks = sent.headers()["location"].to_str().expect("an address").to_owned();
        assert_eq!(thanks, format!("/f/NEW2/thanks?lang=sv&sent={token}"));
        let thanks = server.http.get(format!("{}{thanks}", server.base)).send().await.expect("an answer");
        assert_eq!(thanks.status(), 200);
    }
    assert_eq!(server.summary().await["counted"], 2);
});

on_test_server!(who_comes_too_late_to_change_an_answer_is_told_so, |server| {
    let token = token(&open(server, "").await);
    let told = async |sent: reqwest::Response| {
        assert_eq!(sent.status(), 303);
        let thanks = sent.headers()["location"].to_str().expect("an address").to_owned();
        let thanks = server.http.get(format!("{}{thanks}", server.base)).send().await.expect("an answer");
        assert_eq!(thanks.status(), 200);
        thanks.text().await.expect("text").contains("ditt första svar gäller")
    };
    assert!(!told(send(server, &token, &[(0, "4")]).await).await);
    server.clock.set(NOW + DAY + HOUR);
    assert!(!told(send(server, &token, &[(0, "4")]).await).await, "the same once more");
    assert!(told(send(server, &token, &[(0, "1")]).await).await, "another one");
});

on_test_server!(who_sent_may_change_it_and_somebody_else_gets_a_fresh_form, |server| {
    let read = async |address: &str| {
        let page = server.http.get(format!("{}{address}", server.base)).send().await.expect("an answer");
        page.text().await.expect("text")
    };
    let html = open(server, "?lang=sv").await;
    assert!(html.contains("autocomplete=\"off\"") && html.contains("href=\"/f/KX7P?lang=sv\""), "{html}");
    let first = token(&html);
    let sent = send(server, &first, &[(0, "2"), (4, "Hemligt")]).await;
    let thanks = sent.headers()["location"].to_str().expect("an address").to_owned();
    let page = read(&thanks).await;
    assert_eq!(token(&page), first);
    assert!(page.contains("name=\"change\"") && page.contains("href=\"/f/KX7P?lang=sv\""), "{page}");
    assert!(page.contains(&format!("/f/KX7P/thanks?sent={first}&amp;lang=fi")), "in another language as well: {page}");
    assert!(!page.contains("Hemligt"));
    // What the button sends: the same form, and nothing of what was sent.
    let face = server.question(0).id;
    let body = format!("token={first}&lang=sv&change=sv&q.{face}=2");
    let post = |body: String| server.http.post(format!("{}/f/KX7P/answer", server.base)).body(body).send();
    let change = post(body).await.expect("an answer").text().await.expect("text");
    assert!(change.contains("name=\"changes\"") && change.contains("Du ändrar"), "{change}");
    assert!(token(&change) == first && !change.contains("checked") && !change.contains("Hemligt"), "{change}");
    assert_eq!(send(server, &first, &[(0, "5")]).await.status(), 303);
    assert_eq!(server.summary().await["counted"], 1);
    // A form that is too old to change anything does not say that it does.
    let stale = post(format!("token=old&lang=sv&change=sv&q.{face}=2")).await.expect("an answer");
    let stale = stale.text().await.expect("text");
    assert!(!stale.contains("name=\"changes\"") && !stale.contains("checked") && token(&stale) != first);
    // Whoever makes up an address changes nothing with it, and an address that was passed on breaks nothing.
    for query in ["?sent=made-up", "?sent=a&sent=b&sent", "?first=stands"] {
        assert!(!read(&format!("/f/KX7P/thanks{query}")).await.contains("name=\"change\""), "{query}");
    }
    // Too late: there is nothing left to change, but somebody else may answer.
    server.clock.set(NOW + DAY + HOUR);
    let late = send(server, &first, &[(0, "1")]).await;
    let late = read(late.headers()["location"].to_str().expect("an address")).await;
    assert!(!late.contains("name=\"change\"") && late.contains("Någon annan svarar"), "{late}");
});

on_test_server!(a_form_that_a_helper_fills_in_never_replaces_another, |server| {
    let prepared = async |assisted: bool| {
        let item = server.item(1, 5, 9);
        let mut item: api::responses::Item = serde_json::from_value(item).expect("an item");
        item.assisted = assisted;
        let known = domain::doubt::source::SourceClass::Unknown;
        server.state.intake.from_phone(item, server.event.venue, NOW, NOW, known).await.expect("an answer").repeat
    };
    assert_eq!(prepared(false).await, store::responses::Repeat::Replace { not_before: NOW - DAY });
    assert_eq!(prepared(true).await, store::responses::Repeat::Conflict);
});

on_test_server!(nothing_chosen_is_asked_again_and_what_was_typed_stays, |server| {
    let good = token(&open(server, "").await);
    let response = send(server, &good, &[(4, "  ")]).await;
    assert_eq!(response.status(), 422);
    let html = response.text().await.expect("text");
    assert!(html.contains("role=\"alert\""));

    for forged in ["", "nonsense", &good[..good.len() - 2], &good.replace('A', "B")] {
        let response = send(server, forged, &[(0, "4"), (4, "Det var fint")]).await;
        assert_eq!(response.status(), 422, "{forged}");
        let html = response.text().await.expect("text");
        assert!(html.contains("Det var fint") && html.contains("checked"), "what was chosen stays");
        assert_eq!(send(server, &token(&html), &[(0, "4")]).await.status(), 303, "the fresh token is good");
    }
});

on_test_server!(nonsense_in_a_form_stores_nothing, |server| {
    for answers in [&[(0, "6")][..], &[(0, "0")], &[(1, "11")], &[(1, "300")], &[(0, "5"), (3, "weather")]] {
        let token = token(&open(server, "").await);
        let mut with_comment = answers.to_vec();
        with_comment.push((4, "Hyvä ilta"));
        let response = send(server, &token, &with_comment).await;
        assert_eq!(response.status(), 422, "{answers:?}");
        let html = response.text().await.expect("text");
        assert!(html.contains("role=\"alert\"") && html.contains("Hyvä ilta"), "the good part stays");
        assert!(html.contains(&token), "and it is still the same visitor's form");
    }
    assert_eq!(server.summary().await["counted"], 0);
});

on_test_server!(another_language_takes_along_what_was_chosen, |server| {
    let token = token(&open(server, "?lang=fi").await);
    let fields = [("token", token.as_str()), ("lang", "fi"), ("switch", "sv")];
    let (face, text) = (format!("q.{}", server.question(0).id), format!("q.{}", server.question(4).id));
    let fields = fields.into_iter().chain([(face.as_str(), "4"), (text.as_str(), "Kiitos")]);
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = server.http.post(format!("{}/f/KX7P/answer", server.base)).body(body);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let html = response.text().await.expect("text");
    assert!(html.contains("<html lang=\"sv\"") && html.contains("Kiitos") && html.contains("checked"), "{html}");
    assert!(html.contains(&token) && !html.contains("role=\"alert\""), "nothing was wrong");
    assert_eq!(server.summary().await["counted"], 0, "nothing was sent yet");
});

on_test_server!(a_foreign_page_cannot_answer_for_a_visitor, |server| {
    let token = token(&open(server, "").await);
    let request = server.http.post(format!("{}/f/KX7P/answer", server.base)).body(format!("token={token}"));
    let foreign = request.header("sec-fetch-site", "cross-site").send().await.expect("an answer");
    assert_eq!(foreign.status(), 403);
});

on_test_server!(codes_lead_somewhere_useful, |server| {
    let get = |path: &'static str| server.http.get(format!("{}{path}", server.base)).send();
    let unknown = get("/f/NOPE").await.expect("an answer");
    assert_eq!(unknown.status(), 404);
    assert!(unknown.text().await.expect("text").contains("name=\"code\""), "a field to type it again");
    let venue = get("/f/tent").await.expect("an answer").text().await.expect("text");
    assert!(venue.contains("Talvisirkus"), "a venue's code opens what is on now");
    let twice = get("/f/KX7P?lang=fi&lang=sv&utm_source=x&lang").await.expect("an answer");
    assert_eq!(twice.status(), 200, "whoever passed the link on may have added to it");
    let front = get("/?lang=en&lang=en").await.expect("an answer");
    assert_eq!(front.status(), 200);
    assert!(!front.text().await.expect("text").contains("No such code"), "nobody has typed anything yet");
    let typed = get("/f?code=%20kx7p%20&lang=en").await.expect("an answer");
    assert_eq!(typed.headers()["location"], "/f/kx7p?lang=en");
    server.clock.set(NOW + 30 * DAY);
    harness::until("a code of last month says that it is closed", async || {
        let page = get("/f/KX7P").await.expect("an answer").text().await.expect("text");
        !page.contains("<form")
    })
    .await;
});

on_test_server!(the_compressed_page_says_the_same, |server| {
    let address = format!("{}/f/KX7P?lang=en", server.base);
    let packed = server.http.get(&address).header("accept-encoding", "gzip").send().await.expect("an answer");
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    let packed = packed.bytes().await.expect("bytes");
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed[..]), &mut unpacked).expect("gzip");
    let plain = server.http.get(&address).send().await.expect("an answer").text().await.expect("text");
    let without = |html: &str| html.replace(&token(html), "");
    assert_eq!(without(&unpacked), without(&plain));
    assert_ne!(token(&unpacked), token(&plain), "every visitor gets a token of their own");
});

on_test_server!(no_nonsense_in_an_address_reaches_the_store, |server| {
    for path in ["/f/%00", "/f/a%00b", "/f/a%00b/thanks", "/f/a%0Ab/thanks", "/f/A%F0%9F%8E%AA"] {
        let response = server.http.get(format!("{}{path}", server.base)).send().await.expect("an answer");
        assert_eq!(response.status(), 404, "{path}");
    }
    let token = token(&open(server, "").await);
    let rating = format!("token={token}&q.{}=5", server.question(0).id);
    for code in ["%00", "a%0Ab"] {
        let post = server.http.post(format!("{}/f/{code}/answer", server.base)).body(rating.clone());
        assert_eq!(post.send().await.expect("an answer").status(), 404, "{code}");
    }
    assert_eq!(server.summary().await["counted"], 0);
});

on_test_server!(a_changed_comment_waits_anew, |server| {
    let others = async |from: u128, to: u128| {
        for number in from..to {
            server.clock.set(NOW + 60_000 * i64::try_from(number).expect("small"));
            assert_eq!(server.results(&[server.item(number, 5, 10)]).await[0]["status"], "stored");
        }
    };
    let comments = async || {
        let about = domain::event::Subject::Event(server.event.id);
        let now = server.state.clock.now();
        let query =
            store::comments::CommentQuery { subject: about, day: None, delay: 5, all_from: i64::MAX, now, limit: 9 };
        let comments = server.state.store.for_staff(store::Scope::All).newest_comments(&query).await.expect("comments");
        comments.into_iter().map(|comment| comment.text).collect::<Vec<_>>()
    };
    let token = token(&open(server, "").await);
    assert_eq!(send(server, &token, &[(0, "2")]).await.status(), 303);
    others(1, 7).await;
    assert_eq!(send(server, &token, &[(0, "2"), (4, "Liian kova")]).await.status(), 303);
    assert_eq!(comments().await, [""; 0], "written just now");
    others(7, 11).await;
    assert_eq!(comments().await, [""; 0], "after four");
    others(11, 12).await;
    assert_eq!(comments().await, ["Liian kova"], "after five");
});

on_test_server!(a_comment_may_be_quoted_only_where_somebody_says_so, |server| {
    let html = open(server, "?lang=en").await;
    assert!(html.contains("name=\"may_quote\"") && !html.contains("checked"), "asked, and off by default");
    let token = token(&html);
    let post = async |more: &[(&str, &str)]| {
        let (face, text) = (format!("q.{}", server.question(0).id), format!("q.{}", server.question(4).id));
        let fields = [("token", token.as_str()), ("lang", "en"), (face.as_str(), "5"), (text.as_str(), "Lovely")];
        let fields = fields.iter().chain(more);
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        server.http.post(format!("{}/f/KX7P/answer", server.base)).body(body).send().await.expect("an answer")
    };
    let quotable = async || {
        let about = domain::event::Subject::Event(server.event.id);
        let query =
            store::comments::CommentQuery { subject: about, day: None, delay: 0, all_from: 0, now: NOW, limit: 9 };
        let comments = server.state.store.for_staff(store::Scope::All).newest_comments(&query).await.expect("comments");
        comments.into_iter().map(|comment| comment.may_quote).collect::<Vec<_>>()
    };
    let again = post(&[("may_quote", "1"), ("switch", "sv")]).await.text().await.expect("text");
    let (_, ticked) = again.split_once("name=\"may_quote\"").expect("the box");
    assert!(ticked.split_once('>').expect("its end").0.contains("checked"), "another language keeps the tick");

    assert_eq!(post(&[]).await.status(), 303);
    assert_eq!(quotable().await, [false]);
    assert_eq!(post(&[("may_quote", "1")]).await.status(), 303);
    assert_eq!(quotable().await, [true], "a tick alone is a change of mind");
    assert_eq!(server.summary().await["counted"], 1);
});
