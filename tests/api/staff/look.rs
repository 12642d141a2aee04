//! `/staff/organisation/look`: colours that can be read, worn by every screen of the visitors.

use domain::{
    colour::Colour,
    look::{Look, Part},
};
use harness::{on_test_server, test_server::TestServer};
use sha2::{Digest, Sha256};
use store::{Scope, staff::Role};

async fn save(server: &TestServer, cookie: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = server.http.post(format!("{}/staff/organisation/look?lang=en", server.base));
    let request = request.header("origin", &server.base).header("cookie", cookie);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.expect("an answer")
}

async fn text(server: &TestServer, path: &str) -> String {
    let answer = server.http.get(format!("{}{path}", server.base)).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.expect("text")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split_once(after).expect("an end").0
}

on_test_server!(what_is_chosen_is_worn_by_phone_guide_poster_and_tablet, |server| {
    let editor = server.session(Role::Editor).await;
    let (shell, worker) = (text(server, "/kiosk").await, text(server, "/sw.js").await);
    let phone = format!("/f/{}?lang=en", server.venue.code);
    assert!(!text(server, &phone).await.contains("/assets/look."), "nothing was chosen");

    let saved = save(server, &editor, &[("primary", "#003C5A"), ("accent", ""), ("curtain", "")]).await;
    assert_eq!(saved.status(), 303);
    assert_eq!(saved.headers()["location"], "/staff/organisation/look?done=saved");

    let page = text(server, &phone).await;
    let address = format!("/assets/look.{}.css", between(&page, "/assets/look.", ".css"));
    let answer = server.http.get(format!("{}{address}", server.base)).send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/css; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let sheet = answer.text().await.expect("text");
    assert!(sheet.contains("--brand:#003c5a;") && sheet.contains("--light:#ffb000;"), "{sheet}");
    assert!(text(server, "/kiosk/help").await.contains(&address));
    let poster = format!("{}/staff/venues/{}/poster", server.base, server.venue.id);
    let poster = server.http.get(poster).header("cookie", &editor).send().await.expect("an answer");
    assert!(poster.text().await.expect("text").contains(&address));

    // To a tablet it is one more build, whole: the shell names the sheet, and the worker knows both by their hashes.
    let (new_shell, new_worker) = (text(server, "/kiosk").await, text(server, "/sw.js").await);
    assert!(new_shell.contains(&format!("<link rel=\"stylesheet\" href=\"{address}\">")), "{new_shell}");
    let [old, new] = [&shell, &new_shell].map(|shell| between(shell, "data-build=\"", "\"").to_owned());
    assert!(new.starts_with(&format!("{old}.")), "{new}");
    assert!(worker.contains(&format!("\"{old}\"")) && new_worker.contains(&format!("\"{new}\"")));
    assert!(!new_worker.contains(&format!("\"{old}\"")));
    for (path, content) in [("/kiosk", &new_shell), (address.as_str(), &sheet)] {
        let hash = hex::encode(Sha256::digest(content.as_bytes()));
        assert_eq!(
            between(&new_worker, &format!("\"{path}\":[\""), "]").split('"').nth(2),
            Some(hash.as_str()),
            "{path}"
        );
    }

    // Nothing chosen is the program's own again, byte for byte.
    assert_eq!(save(server, &editor, &[("primary", "")]).await.status(), 303);
    assert_eq!((text(server, "/kiosk").await, text(server, "/sw.js").await), (shell, worker));
    assert_eq!(server.http.get(format!("{}{address}", server.base)).send().await.expect("an answer").status(), 404);
});

on_test_server!(a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can, |server| {
    let editor = server.session(Role::Editor).await;
    let store = server.state.store.system();
    let typed = [("primary", "#ff8080"), ("accent", "gold"), ("curtain", "#ffffff")];
    let refused = save(server, &editor, &typed).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.expect("text");
    assert!(page.contains("This is not a colour") && page.contains("value=\"gold\""), "{page}");
    assert!(page.contains("words need 4.5:1") && page.contains("id=\"primary-problem\""), "{page}");
    assert!(page.contains("id=\"curtain-problem\"") && !page.contains("name=\"nearest\""), "{page}");
    assert_eq!(store.look().await.expect("the store"), Look::default());

    let typed = [("primary", "#ff8080"), ("accent", "#808080"), ("curtain", "#fff")];
    let page = save(server, &editor, &typed).await.text().await.expect("text");
    assert!(page.contains("name=\"nearest\""), "{page}");
    let nearest = typed.into_iter().chain([("nearest", "1")]).collect::<Vec<_>>();
    assert_eq!(save(server, &editor, &nearest).await.status(), 303);
    let look = store.look().await.expect("the store");
    assert_eq!(look.failures(), []);
    assert!(Part::ALL.iter().all(|part| look.part(*part).is_some()), "{look:?}");
});

on_test_server!(whoever_sees_a_part_of_the_venues_chooses_no_colours, |server| {
    let narrow = server.state.store.for_staff(Scope::Venues([server.venue.id].into()));
    let look = Look { primary: Some(Colour::rgb(0x00_3c_5a)), ..Look::default() };
    assert!(!narrow.choose_look(&look).await.expect("an answer"));
    assert_eq!(server.state.store.system().look().await.expect("the store"), Look::default());
});
