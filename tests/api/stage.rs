//! `/stage/{code}`: the screen on the stage, which wakes and rests with the answer window.

use domain::time::{DAY, HOUR, MINUTE, Millis};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};

async fn at(server: &TestServer, now: Millis, code: &str) -> String {
    server.clock.set(now);
    let screen = server.http.get(format!("{}/stage/{code}", server.base)).send().await.expect("an answer");
    assert_eq!(screen.status(), 200, "{code}");
    screen.text().await.expect("text")
}

/// Of a code on posters: awake with its code, or at rest.
fn is_awake(screen: &str) -> bool {
    let awake = screen.contains("is-awake");
    assert_eq!((screen.contains("class=\"qr\""), screen.contains("is-resting")), (awake, !awake), "{screen}");
    awake
}

on_test_server!(a_screen_wakes_with_the_window_and_rests_after_it, |server| {
    let window = server.event.window;
    for code in ["KX7P", "kx7p", "TENT"] {
        for (now, awake) in [
            (window.from - 1, false),
            (window.from, true),
            (NOW, true),
            (window.until, true),
            (window.until + 1, false),
            (window.until + 30 * DAY, code == "TENT"),
        ] {
            assert_eq!(is_awake(&at(server, now, code).await), awake, "{code} {}", now - server.event.ends_at);
        }
    }
    // The three languages of the house, no number, and a way to ask again without a script.
    let screen = at(server, NOW, "KX7P").await;
    for says in ["lang=\"fi\"", "lang=\"sv\"", "lang=\"en\"", "/f/KX7P</p>", "<noscript><meta http-equiv=\"refresh\""] {
        assert!(screen.contains(says), "{says} in {screen}");
    }
    let before = at(server, window.from - HOUR, "TENT").await;
    assert!(before.contains("Next: ") && before.contains("Seuraavaksi: "), "{before}");
});

on_test_server!(the_screen_of_the_house_goes_to_the_next_event_by_itself, |server| {
    let mut next = server.event.clone();
    next.id = uuid::Uuid::from_u128(77).into();
    next.code = "NEXT2".into();
    next.title = domain::lang::Text::same("The Second Show");
    for at in [&mut next.starts_at, &mut next.ends_at, &mut next.window.from, &mut next.window.until] {
        *at += 3 * DAY;
    }
    next.doors_at = None;
    server.state.store.system().save_event(&next).await.expect("an event");
    let between = at(server, server.event.window.until + MINUTE, "TENT").await;
    assert!(!is_awake(&between) && between.contains("The Second Show"), "{between}");
    let during = at(server, next.window.from, "TENT").await;
    assert!(is_awake(&during) && during.contains("The Second Show") && during.contains("/f/TENT</p>"), "{during}");
});

on_test_server!(nothing_is_shown_that_is_no_code_of_a_poster, |server| {
    let staff = server.state.store.for_staff(store::Scope::All);
    staff.issue_mail_code(server.event.id, "MAIL2").await.expect("a code");
    for code in ["NOPE", "MAIL2", "x", "%00", "a%20b", "KX7P%2F"] {
        let screen = server.http.get(format!("{}/stage/{code}", server.base)).send().await.expect("an answer");
        assert_eq!(screen.status(), 404, "{code}");
    }
});
