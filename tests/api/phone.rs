//! `/f/{code}`: the visitor's own phone, without script.

use domain::{
    event::EventSource,
    time::{DAY, HOUR},
};
use harness::{
    house::{House, NOW},
    in_a_house,
};

async fn open(house: &House, query: &str) -> String {
    let response = house.http.get(format!("{}/f/kx7p{query}", house.base)).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    response.text().await.expect("text")
}

fn token(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"token\" value=\"").expect("a token");
    rest.split_once('"').expect("its end").0.to_owned()
}

async fn send(house: &House, token: &str, answers: &[(usize, &str)]) -> reqwest::Response {
    let mut form = vec![("token".to_owned(), token.to_owned()), ("lang".to_owned(), "sv".to_owned())];
    form.extend(answers.iter().map(|(place, value)| (format!("q.{}", house.question(*place).id), (*value).to_owned())));
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    house
        .http
        .post(format!("{}/f/KX7P/answer", house.base))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

in_a_house!(an_answer_from_a_phone_counts_for_the_event_of_the_code, |house| {
    let token = token(&open(house, "?lang=sv").await);
    // The page lay open for five hours; the token decides what it is about.
    house.clock.set(NOW + 5 * HOUR);
    let response = send(house, &token, &[(0, "5"), (1, "10"), (3, "music"), (4, "Tack!")]).await;
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "/f/KX7P/thanks?lang=sv");
    assert!(response.headers().get("set-cookie").is_none());
    let thanks = house.http.get(format!("{}/f/KX7P/thanks?lang=sv", house.base)).send().await.expect("an answer");
    assert!(thanks.text().await.expect("text").contains("<html lang=\"sv\""));
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].place.event, Some(house.event.id));
    assert_eq!(stored[0].place.source.map(EventSource::word), Some("code"));
    let summary = house.summary().await;
    assert_eq!(summary["counted"], 1);
    assert_eq!(summary["by_channel"][0]["channel"], "qr");
});

in_a_house!(a_double_tap_is_one_answer_and_a_change_of_mind_replaces_it, |house| {
    let token = token(&open(house, "").await);
    let (one, two) = tokio::join!(send(house, &token, &[(0, "2")]), send(house, &token, &[(0, "2")]));
    assert_eq!((one.status().as_u16(), two.status().as_u16()), (303, 303));
    assert_eq!(house.summary().await["counted"], 1);
    assert_eq!(send(house, &token, &[(0, "5"), (1, "9")]).await.status(), 303);
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].response.answers[0].given, domain::response::Given::Face(5));
    assert_eq!(house.state.store.recount(false).await.expect("a recount"), []);
    // A day later the first answer stands.
    house.clock.set(NOW + DAY + HOUR);
    assert_eq!(send(house, &token, &[(0, "1")]).await.status(), 303);
    let stored = house.state.store.responses(None, 10).await.expect("responses").responses;
    assert_eq!(stored[0].response.answers[0].given, domain::response::Given::Face(5));
});

in_a_house!(nothing_chosen_is_asked_again_and_what_was_typed_stays, |house| {
    let good = token(&open(house, "").await);
    let response = send(house, &good, &[(4, "  ")]).await;
    assert_eq!(response.status(), 422);
    let html = response.text().await.expect("text");
    assert!(html.contains("role=\"alert\""));

    for forged in ["", "nonsense", &good[..good.len() - 2], &good.replace('A', "B")] {
        let response = send(house, forged, &[(0, "4"), (4, "Det var fint")]).await;
        assert_eq!(response.status(), 422, "{forged}");
        let html = response.text().await.expect("text");
        assert!(html.contains("Det var fint") && html.contains("checked"), "what was chosen stays");
        assert_eq!(send(house, &token(&html), &[(0, "4")]).await.status(), 303, "the fresh token is good");
    }
});

in_a_house!(nonsense_in_a_form_stores_nothing, |house| {
    for answers in [&[(0, "6")][..], &[(0, "0")], &[(1, "11")], &[(1, "300")], &[(0, "5"), (3, "weather")]] {
        let token = token(&open(house, "").await);
        let mut with_comment = answers.to_vec();
        with_comment.push((4, "Hyvä ilta"));
        let response = send(house, &token, &with_comment).await;
        assert_eq!(response.status(), 422, "{answers:?}");
        let html = response.text().await.expect("text");
        assert!(html.contains("role=\"alert\"") && html.contains("Hyvä ilta"), "the good part stays");
        assert!(html.contains(&token), "and it is still the same visitor's form");
    }
    assert_eq!(house.summary().await["counted"], 0);
});

in_a_house!(another_language_takes_along_what_was_chosen, |house| {
    let token = token(&open(house, "?lang=fi").await);
    let fields = [("token", token.as_str()), ("lang", "fi"), ("switch", "sv")];
    let (face, text) = (format!("q.{}", house.question(0).id), format!("q.{}", house.question(4).id));
    let fields = fields.into_iter().chain([(face.as_str(), "4"), (text.as_str(), "Kiitos")]);
    let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = house.http.post(format!("{}/f/KX7P/answer", house.base)).body(body);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let html = response.text().await.expect("text");
    assert!(html.contains("<html lang=\"sv\"") && html.contains("Kiitos") && html.contains("checked"), "{html}");
    assert!(html.contains(&token) && !html.contains("role=\"alert\""), "nothing was wrong");
    assert_eq!(house.summary().await["counted"], 0, "nothing was sent yet");
});

in_a_house!(a_foreign_page_cannot_answer_for_a_visitor, |house| {
    let token = token(&open(house, "").await);
    let request = house.http.post(format!("{}/f/KX7P/answer", house.base)).body(format!("token={token}"));
    let foreign = request.header("sec-fetch-site", "cross-site").send().await.expect("an answer");
    assert_eq!(foreign.status(), 403);
});

in_a_house!(codes_lead_somewhere_useful, |house| {
    let get = |path: &'static str| house.http.get(format!("{}{path}", house.base)).send();
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
    house.clock.set(NOW + 30 * DAY);
    harness::until("a code of last month says that it is closed", async || {
        let page = get("/f/KX7P").await.expect("an answer").text().await.expect("text");
        !page.contains("<form")
    })
    .await;
});

in_a_house!(the_compressed_page_says_the_same, |house| {
    let address = format!("{}/f/KX7P?lang=en", house.base);
    let packed = house.http.get(&address).header("accept-encoding", "gzip").send().await.expect("an answer");
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    let packed = packed.bytes().await.expect("bytes");
    let mut unpacked = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed[..]), &mut unpacked).expect("gzip");
    let plain = house.http.get(&address).send().await.expect("an answer").text().await.expect("text");
    let without = |html: &str| html.replace(&token(html), "");
    assert_eq!(without(&unpacked), without(&plain));
    assert_ne!(token(&unpacked), token(&plain), "every visitor gets a token of their own");
});

in_a_house!(no_nonsense_in_an_address_reaches_the_store, |house| {
    for path in ["/f/%00", "/f/a%00b", "/f/a%00b/thanks", "/f/a%0Ab/thanks", "/f/A%F0%9F%8E%AA"] {
        let response = house.http.get(format!("{}{path}", house.base)).send().await.expect("an answer");
        assert_eq!(response.status(), 404, "{path}");
    }
    let token = token(&open(house, "").await);
    let rating = format!("token={token}&q.{}=5", house.question(0).id);
    for code in ["%00", "a%0Ab"] {
        let post = house.http.post(format!("{}/f/{code}/answer", house.base)).body(rating.clone());
        assert_eq!(post.send().await.expect("an answer").status(), 404, "{code}");
    }
    assert_eq!(house.summary().await["counted"], 0);
});
