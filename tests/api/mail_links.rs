//! A link in the ticket seller's mail: a way of answering of its own, which programs follow before people do.

use domain::{
    response::{Channel, Given},
    time::{DAY, HOUR, MINUTE, Millis, SECOND},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::{responses::StoredResponse, staff::Role};

/// What the page of an event's ways says.
async fn ways(server: &TestServer, cookie: &str) -> String {
    let address = format!("{}/staff/events/{}/ways?lang=en", server.base, server.event.id);
    let page = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
    assert_eq!(page.status(), 200);
    page.text().await.expect("text")
}

async fn press(server: &TestServer, cookie: &str, what: &str, body: &'static str) -> reqwest::Response {
    let address = format!("{}/staff/events/{}/ways/{what}", server.base, server.event.id);
    let request = server.http.post(address).header("origin", &server.base).header("cookie", cookie).body(body);
    request.send().await.expect("an answer")
}

/// Makes the link, and says its code.
async fn code(server: &TestServer) -> String {
    let editor = server.session(Role::Editor).await;
    assert_eq!(press(server, &editor, "mail", "").await.status(), 303);
    let staff = server.state.store.for_staff(store::Scope::All);
    staff.mail_code(server.event.id).await.expect("no trouble").expect("a code").code
}

async fn page(server: &TestServer, path: &str) -> String {
    let page = server.http.get(format!("{}/f/{path}", server.base)).send().await.expect("an answer");
    assert_eq!(page.status(), 200, "{path}");
    page.text().await.expect("text")
}

fn token(html: &str) -> &str {
    let (_, rest) = html.split_once("name=\"token\" value=\"").expect("a form");
    rest.split_once('"').expect("its end").0
}

async fn send(server: &TestServer, code: &str, token: &str, answers: &[(usize, &str)]) -> reqwest::Response {
    let request = server.http.post(format!("{}/f/{code}/answer", server.base)).body(form(server, token, answers));
    request.send().await.expect("an answer")
}

fn form(server: &TestServer, token: &str, answers: &[(usize, &str)]) -> String {
    let answers = answers.iter().map(|(place, value)| (format!("q.{}", server.question(*place).id), *value));
    let fields = [("token".to_owned(), token), ("lang".to_owned(), "en")].into_iter().chain(answers);
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn stored(server: &TestServer) -> Vec<StoredResponse> {
    server.state.store.system().responses(None, 100).await.expect("responses").responses
}

on_test_server!(a_link_is_made_once_and_pasted_in_three_languages, |server| {
    let (editor, viewer) = (server.session(Role::Editor).await, server.session(Role::Viewer).await);
    assert!(ways(server, &editor).await.contains("Make a link"));
    assert!(!ways(server, &viewer).await.contains("Make a link"));
    assert_eq!(press(server, &editor, "faces", "read=1").await.status(), 404, "there is no link yet");
    let first = code(server).await;
    assert_eq!(code(server).await, first, "asked for twice, made once");
    let shown = ways(server, &viewer).await;
    for lang in ["fi", "sv", "en"] {
        let link = format!("{}/f/{first}?lang={lang}", server.state.address(""));
        assert_eq!(shown.matches(&link).count(), 2, "plain and HTML: {link} in {shown}");
    }
    assert!(!shown.contains("face=") && !shown.contains("name=\"read\""), "{shown}");
});

on_test_server!(faces_are_links_only_for_whoever_has_read_what_they_tell, |server| {
    let code = code(server).await;
    let editor = server.session(Role::Editor).await;
    let is_chosen = async || {
        server.clock.set(server.state.clock.now() + 6 * SECOND);
        server.state.rendered.forget();
        page(server, &format!("{code}?lang=en&face=4")).await.contains(" checked")
    };
    assert!(!is_chosen().await, "nobody has asked for faces");
    let refused = press(server, &editor, "faces", "").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.expect("text").contains("id=\"read-problem\""));
    assert!(!is_chosen().await);
    assert_eq!(press(server, &editor, "faces", "read=1").await.status(), 303);
    let shown = ways(server, &editor).await;
    for face in 1..=5 {
        assert_eq!(shown.matches(&format!("lang=en&amp;amp;face={face}")).count(), 1, "{shown}");
    }
    assert!(is_chosen().await);
    for face in ["0", "6", "-1", "4&face=x", "%00"] {
        assert!(!page(server, &format!("{code}?face={face}")).await.contains(" checked"), "{face}");
    }
    assert!(!page(server, "KX7P?face=4").await.contains(" checked"), "a poster names no face");
    assert_eq!(stored(server).await.len(), 0, "opening is no answer");
    assert_eq!(press(server, &editor, "faces", "").await.status(), 303);
    assert!(!is_chosen().await, "and back to one link");
});

on_test_server!(what_scans_mails_answers_nothing, |server| {
    let code = code(server).await;
    let editor = server.session(Role::Editor).await;
    assert_eq!(press(server, &editor, "faces", "read=1").await.status(), 303);
    let faces = (1..=5).map(|face| format!("{code}?lang=en&face={face}"));
    let links = faces.chain(["", "?lang=fi", "/answer", "/thanks"].map(|end| format!("{code}{end}")));
    for link in links {
        for method in ["GET", "HEAD"] {
            let method = method.parse().expect("a method");
            let request = server.http.request(method, format!("{}/f/{link}", server.base));
            assert!(!request.send().await.expect("an answer").status().is_server_error(), "{link}");
        }
    }
    let html = page(server, &format!("{code}?lang=en&face=4")).await;
    let token = token(&html).to_owned();
    // It presses the button: with nothing filled in, with every field filled in, with the form as it came, at once.
    for answers in [&[][..], &[(4, "text")], &[(1, "9")], &[(0, "4")], &[(0, "4"), (1, "9"), (4, "text")]] {
        let pressed = send(server, &code, &token, answers).await;
        assert_eq!(pressed.status(), 422, "{answers:?}");
    }
    assert_eq!(send(server, &code, "", &[(0, "4")]).await.status(), 422, "without the form's own token");
    // It waits, and still says that nobody has asked for it, or chooses nothing.
    server.clock.set(NOW + MINUTE);
    for header in ["sec-purpose", "purpose", "x-moz"] {
        let request = server.http.post(format!("{}/f/{code}/answer", server.base)).header(header, "prefetch");
        let pressed = request.body(form(server, &token, &[(0, "4")])).send().await.expect("an answer");
        assert_eq!(pressed.status(), 422, "{header}");
    }
    for answers in [&[][..], &[(4, "text")], &[(1, "9")]] {
        assert_eq!(send(server, &code, &token, answers).await.status(), 422, "{answers:?}");
    }
    assert_eq!(stored(server).await.len(), 0);
    assert_eq!(server.summary().await["counted"], 0);
    // Whoever reads it sends what they chose; what was typed is still there.
    let asked = send(server, &code, &token, &[(4, "Fine")]).await.text().await.expect("text");
    assert!(asked.contains("Choose a face first") && asked.contains("Fine"), "{asked}");
    let sent = send(server, &code, &token, &[(0, "5"), (4, "Fine")]).await;
    assert_eq!(sent.status(), 303);
    assert!(sent.headers()["location"].to_str().expect("an address").starts_with(&format!("/f/{code}/thanks?")));
    let stored = stored(server).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(
        (stored[0].response.channel, stored[0].response.answers[0].given.clone()),
        (Channel::Mail, Given::Face(5))
    );
    assert_eq!(server.summary().await["by_channel"][0]["channel"], "mail");
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(the_code_says_how_an_answer_came_whatever_is_sent, |server| {
    let mail = code(server).await;
    let by_mail = page(server, &mail).await;
    let by_poster = page(server, "KX7P").await;
    server.clock.set(NOW + MINUTE);
    // Each form goes to the other's address, with a field that says otherwise.
    for (token, address) in [(token(&by_mail), "KX7P"), (token(&by_poster), &*mail)] {
        let body = form(server, token, &[(0, "4")]) + "&channel=kiosk";
        let request = server.http.post(format!("{}/f/{address}/answer", server.base)).body(body);
        assert_eq!(request.send().await.expect("an answer").status(), 303);
    }
    let mut channels: Vec<Channel> = stored(server).await.iter().map(|stored| stored.response.channel).collect();
    channels.sort_unstable();
    assert_eq!(channels, [Channel::Qr, Channel::Mail]);
});

on_test_server!(a_link_waits_for_the_show_and_is_good_for_two_weeks, |server| {
    let code = code(server).await;
    let (from, end) = (server.event.window.from, server.event.ends_at);
    let at = async |now: Millis, path: &str| {
        server.clock.set(now);
        server.state.rendered.forget();
        page(server, path).await
    };
    let link = format!("{code}?lang=en");
    let early = at(from - 1, &link).await;
    assert!(early.contains("A little too early") && !early.contains("name=\"token\""), "{early}");
    for now in [from, end + MINUTE, end + DAY, end + 14 * DAY] {
        let html = at(now, &link).await;
        let token = token(&html);
        server.clock.set(now + 10 * SECOND);
        assert_eq!(send(server, &code, token, &[(0, "4")]).await.status(), 303, "{}", now - end);
    }
    let flags: Vec<_> = stored(server).await.into_iter().flat_map(|stored| stored.flags).collect();
    assert_eq!(flags, [], "none of them is late");
    let late = at(end + 14 * DAY + 1, &link).await;
    assert!(late.contains("Thank you for thinking of us") && !late.contains("name=\"token\""), "{late}");
    // The poster beside it has been late for long.
    let poster = at(end + 8 * DAY, "KX7P?lang=en").await;
    assert!(poster.contains("Answers were taken until"), "{poster}");
    // Staff of the venue may say otherwise.
    let staff = server.state.store.for_staff(store::Scope::All);
    let mut settings = staff.settings_of(server.venue.id).await.expect("settings").expect("a venue");
    settings.window.mail_days = 2;
    assert!(staff.set_venue_settings(server.venue.id, &settings).await.expect("settings"));
    server.state.cache.forget(store::changes::Change::Programme);
    assert!(at(end + 2 * DAY + HOUR, &link).await.contains("Thank you for thinking of us"));
    assert_eq!(server.state.store.system().recount(false).await.expect("a recount"), []);
});

on_test_server!(the_hour_that_happens_twice_is_one_evening_by_every_way, |server| {
    let code = code(server).await;
    // In Helsinki the clock goes from 4:00 back to 3:00 at 01:00 UTC on 25 October 2026; the show ends half an hour before.
    let end = NOW - 27 * DAY - 18 * HOUR;
    let mut event = server.event.clone();
    event.doors_at = Some(end - 3 * HOUR);
    (event.starts_at, event.ends_at) = (end - 2 * HOUR, end);
    event.window = domain::venue_settings::AnswerWindow::default().around(end, None);
    server.state.store.system().save_event(&event).await.expect("an event");
    server.state.cache.forget(store::changes::Change::Programme);
    // 3:10 and 3:10 again, and the last instant of the window.
    for now in [end - 20 * MINUTE, end + 40 * MINUTE, event.window.until] {
        for path in ["KX7P", &*code] {
            server.clock.set(now);
            server.state.rendered.forget();
            let html = page(server, path).await;
            server.clock.set(now + 10 * SECOND);
            assert_eq!(send(server, path, token(&html), &[(0, "4")]).await.status(), 303, "{path} {}", now - end);
        }
    }
    let stored = stored(server).await;
    let days: std::collections::BTreeSet<_> = stored.iter().map(|stored| stored.place.local_day).collect();
    assert_eq!((stored.len(), days.len()), (6, 1), "the day on which the show began");
    assert!(stored.iter().all(|stored| stored.flags.is_empty() && stored.place.event == Some(event.id)));
});
