//! `/staff/organisation/logo`: a file that anybody may have made becomes a picture that everybody is shown.

use harness::{on_test_server, test_server::TestServer};
use sha2::{Digest, Sha256};
use store::{audit::AuditQuery, staff::Role};

const LOGO: &str = "/staff/organisation/logo";
const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 10\"><circle cx=\"20\" cy=\"5\" r=\"4\" \
                       fill=\"#0a6e46\"/><metadata>Kallion puistotie 3</metadata></svg>";
/// A PNG that says it is 30,000 by 30,000 pixels.
const BOMB: &str = "89504e470d0a1a0a0000000d49484452000075300000753008060000006627f8ba";

async fn send(server: &TestServer, cookie: &str, file: &[u8], fields: &[(&str, &str)]) -> reqwest::Response {
    let head = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"logo.svg\"\r\n\r\n";
    let mut body = [head.as_bytes(), file].concat();
    for (name, value) in fields {
        let field = format!("\r\n--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}");
        body.extend(field.as_bytes());
    }
    body.extend(b"\r\n--x--\r\n");
    // A browser names no file where none was chosen.
    if file.is_empty() {
        let text = String::from_utf8(body).expect("text");
        body = text.replace("filename=\"logo.svg\"", "filename=\"\"").into_bytes();
    }
    let request = server.http.post(format!("{}{LOGO}?lang=en", server.base));
    let request = request.header("origin", &server.base).header("cookie", cookie);
    let request = request.header("content-type", "multipart/form-data; boundary=x").body(body);
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

on_test_server!(a_logo_is_drawn_anew_and_worn_by_every_screen, |server| {
    let editor = server.session(Role::Editor).await;
    let (shell, worker) = (text(server, "/kiosk").await, text(server, "/sw.js").await);
    let sent = send(server, &editor, DRAWING.as_bytes(), &[("alt", "  A green dot ")]).await;
    assert_eq!(sent.status(), 303);
    assert_eq!(sent.headers()["location"], "/staff/organisation/logo?done=saved");

    let phone = text(server, &format!("/f/{}?lang=en", server.venue.code)).await;
    let hash = between(&phone, "src=\"/assets/logo.", ".png\"");
    assert!(phone.contains("alt=\"A green dot\"") && phone.contains("width=\"480\""), "{phone}");
    for path in ["/privacy", "/kiosk/help", "/staff/login"] {
        assert!(text(server, path).await.contains(&format!("/assets/logo.{hash}.png")), "{path}");
    }
    let poster = format!("{}/staff/venues/{}/poster", server.base, server.venue.id);
    let poster = server.http.get(poster).header("cookie", &editor).send().await.expect("an answer");
    assert!(poster.text().await.expect("text").contains(&format!("/assets/logo.{hash}.large.png")));

    let mut small = Vec::new();
    for (kind, width) in [(".large", 1200), ("", 480)] {
        let answer = server.http.get(format!("{}/assets/logo.{hash}{kind}.png", server.base)).send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.headers()["content-type"], "image/png");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        small = answer.bytes().await.expect("bytes").to_vec();
        assert_eq!(small[16..20], u32::to_be_bytes(width), "{kind}");
        assert!(!small.windows(7).any(|part| part == b"Kallion"), "nothing comes along");
    }

    // The tablet: in its sheet, and among the files of its build.
    let (new_shell, new_worker) = (text(server, "/kiosk").await, text(server, "/sw.js").await);
    let sheet = between(&new_shell, "<link rel=\"stylesheet\" href=\"/assets/look.", ".css\"");
    let sheet = text(server, &format!("/assets/look.{sheet}.css")).await;
    assert!(sheet.contains(&format!("url(/assets/logo.{hash}.png)")) && !sheet.contains("--brand"), "{sheet}");
    let listed = format!("\"/assets/logo.{hash}.png\":[\"image/png\",\"{}\"]", hex::encode(Sha256::digest(&small)));
    assert!(new_worker.contains(&listed), "{new_worker}");

    // The same file again, with nothing said instead of it: the organisation's name is.
    server.state.store.system().name_organisation("Sirkus Kulma").await.expect("the store");
    assert_eq!(send(server, &editor, b"", &[("alt", "")]).await.status(), 303);
    assert!(text(server, "/privacy").await.contains("alt=\"Sirkus Kulma\""));
    assert_eq!(send(server, &editor, b"", &[("remove", "1")]).await.status(), 303);
    assert!(!text(server, "/privacy").await.contains("/assets/logo."));
    assert_eq!((text(server, "/kiosk").await, text(server, "/sw.js").await), (shell, worker));
    let gone = server.http.get(format!("{}/assets/logo.{hash}.png", server.base)).send().await.expect("an answer");
    assert_eq!(gone.status(), 404);

    let everything = server.state.store.for_staff(store::Scope::All);
    let log = everything.audit_log(&AuditQuery::default(), 0, 9).await.expect("the log");
    let told = log.iter().filter(|one| format!("{one:?}").contains("logo")).count();
    assert_eq!(told, 3, "{log:?}");
});

on_test_server!(a_logo_that_does_harm_is_refused_and_the_field_says_why, |server| {
    let editor = server.session(Role::Editor).await;
    let large = [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 20 * 1024 * 1024]].concat();
    let bomb = hex::decode(BOMB).expect("hexadecimal");
    let with = |inside: &str| DRAWING.replace("<metadata>", &format!("{inside}<metadata>")).into_bytes();
    for (file, says) in [
        (large, "larger than 5 MB"),
        (bomb, "more than 16 million pixels"),
        (with("<script>alert(1)</script>"), "contains a script"),
        (with("<use href=\"https://example.org/a.svg#a\"/>"), "from elsewhere"),
        (with("<foreignObject/>"), "contains “foreignObject”"),
        ([b"<!DOCTYPE svg [<!ENTITY a \"b\">]>".to_vec(), with("&a;")].concat(), "document type (&lt;!DOCTYPE&gt;)"),
        (b"GIF89a".to_vec(), "not a PNG, JPEG or SVG"),
        (b"\xff\xd8\xff\xe0".to_vec(), "damaged or incomplete"),
        (Vec::new(), "Choose a file."),
    ] {
        let refused = send(server, &editor, &file, &[("alt", "Sirkus")]).await;
        assert_eq!(refused.status(), 422, "{says}");
        let page = refused.text().await.expect("text");
        let problem = between(&page, "id=\"file-problem\"", "</p>");
        assert!(problem.contains(says), "{says}: {problem}");
    }
    let long = "x".repeat(201);
    for alt in [long.as_str(), "two\nlines"] {
        let page = send(server, &editor, DRAWING.as_bytes(), &[("alt", alt)]).await;
        assert_eq!(page.status(), 422);
        assert!(page.text().await.expect("text").contains("id=\"alt-problem\""));
    }
    assert_eq!(server.state.store.system().logo().await.expect("the store"), None);
});
