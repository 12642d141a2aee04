//! `/staff/organisation/notices`, and the public pages that it completes.

use harness::{on_test_server, test_server::TestServer};
use store::staff::Role;

async fn save(server: &TestServer, cookie: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = server.http.post(format!("{}/staff/organisation/notices?lang=en", server.base));
    let request = request.header("origin", &server.base).header("cookie", cookie);
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.expect("an answer")
}

async fn text(server: &TestServer, path: &str) -> String {
    let answer = server.http.get(format!("{}{path}", server.base)).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    let policy = answer.headers()["content-security-policy"].to_str().expect("ASCII");
    assert!(!policy.contains("script-src"), "{policy}");
    answer.text().await.expect("text")
}

on_test_server!(what_the_law_asks_for_is_said_in_three_languages, |server| {
    for (lang, privacy, authority, accessibility, supervisor) in [
        (
            "fi",
            "Tietosuojaseloste",
            "Tietosuojavaltuutetun toimisto",
            "Saavutettavuusseloste",
            "Liikenne- ja viestintävirasto",
        ),
        (
            "sv",
            "Dataskyddsbeskrivning",
            "Dataombudsmannens byrå",
            "Tillgänglighetsutlåtande",
            "Transport- och kommunikationsverket",
        ),
        (
            "en",
            "Privacy notice",
            "Data Protection Ombudsman",
            "Accessibility statement",
            "Transport and Communications Agency",
        ),
    ] {
        let page = text(server, &format!("/privacy?lang={lang}")).await;
        assert!(page.contains(privacy) && page.contains(authority), "{page}");
        let page = text(server, &format!("/accessibility?lang={lang}")).await;
        assert!(page.contains(accessibility) && page.contains(supervisor), "{page}");
        // Whoever answers finds both.
        let form = text(server, &format!("/f/{}?lang={lang}", server.venue.code)).await;
        for address in ["privacy", "accessibility"] {
            assert!(form.contains(&format!("href=\"/{address}?lang={lang}\"")), "{form}");
        }
    }
    let login = server.http.get(format!("{}/staff/login?lang=sv", server.base)).send().await.expect("an answer");
    assert!(login.text().await.expect("text").contains("href=\"/privacy?lang=sv\""));
});

on_test_server!(an_editor_completes_them, |server| {
    let editor = server.session(Role::Editor).await;
    let said = [
        ("controller", "Lahden <Sirkus> ry"),
        ("address", "Katu 1, Lahti"),
        ("email", "sirkus@example.org"),
        ("authority", "Datainspektionen"),
        ("privacy-en", "First line\r\n\r\nSecond line\u{0}"),
        ("accessibility-en", "The tablet is not read aloud in Finnish."),
    ];
    let saved = save(server, &editor, &said).await;
    assert_eq!(saved.status(), 303);
    assert_eq!(saved.headers()["location"], "/staff/organisation/notices?done=saved");
    let page = text(server, "/privacy?lang=en").await;
    for part in [
        "Lahden &lt;Sirkus&gt; ry",
        "Katu 1, Lahti",
        "mailto:sirkus@example.org",
        "Datainspektionen",
        "First line</p>",
        "Second line</p>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("Ombudsman"), "{page}");
    assert!(!text(server, "/privacy?lang=fi").await.contains("First line"), "each language has its own");
    let page = text(server, "/accessibility?lang=en").await;
    assert!(page.contains("not read aloud") && page.contains("in part") && page.contains("mailto:"), "{page}");
});

on_test_server!(what_cannot_stand_there_is_refused_at_its_field, |server| {
    let editor = server.session(Role::Editor).await;
    let long = "ä".repeat(4_001);
    for (field, typed, says) in [
        ("email", "nobody", "This is not an e-mail address."),
        ("controller", &long[..404], "At most 200 characters fit here."),
        ("privacy-sv", &long, "At most 4000 characters fit here."),
    ] {
        let refused = save(server, &editor, &[(field, typed), ("address", "Katu 1")]).await;
        assert_eq!(refused.status(), 422, "{field}");
        let page = refused.text().await.expect("text");
        assert!(page.contains(&format!("id=\"{field}-problem\"")) && page.contains(says), "{field}: {page}");
        assert!(page.contains("Katu 1"), "what was typed stays: {page}");
    }
    assert_eq!(server.state.store.system().notices().await.expect("the store"), domain::notices::Notices::default());
});
