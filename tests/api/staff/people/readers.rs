//! Who reads summaries by e-mail: added by an administrator, stopped by themselves with one click.

use harness::{on_test_server, test_server::TestServer};
use reqwest::Response;
use store::{
    Scope,
    audit::{AuditQuery, Kind, Verb},
    staff::Role,
};

use super::{emails, employ, get, post};

const READERS: &str = "/staff/people/readers";

/// What a mail program does (RFC 8058): a POST without a cookie, and without saying where it comes from.
async fn one_click(server: &TestServer, link: &str) -> Response {
    let request = server.http.post(link).header("content-type", "application/x-www-form-urlencoded");
    request.body("List-Unsubscribe=One-Click").send().await.expect("an answer")
}

async fn add(server: &TestServer, admin: &str, email: &str) -> (u16, String) {
    let response = post(server, admin, READERS, &[("email", email), ("lang", "sv"), ("sees", "all")]).await;
    (response.status().as_u16(), response.text().await.expect("text"))
}

on_test_server!(somebody_reads_by_e_mail_and_stops_with_one_click, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    assert!(get(server, &admin, READERS).await.1.contains("No readers yet"));
    let venue = server.venue.id.to_string();
    let form = [("email", " Lukija@House.example "), ("lang", "fi"), ("sees", "some"), ("venue", venue.as_str())];
    assert_eq!(post(server, &admin, READERS, &form).await.status(), 303);
    let mails = emails(server, 1).await;
    assert_eq!(mails[0].to, "lukija@house.example");
    assert!(
        mails[0].text.contains("Et") || mails[0].text.contains("lukijaksi"),
        "in their language: {}",
        mails[0].text
    );
    let [link, how] = &mails[0].unsubscribe;
    assert_eq!(how, "List-Unsubscribe=One-Click");
    let link = link.trim_matches(['<', '>']);
    assert!(link.starts_with(&format!("{}/mail/stop/", server.base)) && mails[0].text.contains(link), "{link}");

    let system = server.state.store.system();
    let readers = system.readers().await.expect("readers");
    assert_eq!((readers.len(), &readers[0].scope), (1, &Scope::Venues(vec![server.venue.id])));
    let path = link.trim_start_matches(&server.base);
    for _ in 0..2 {
        let (status, page) = get(server, "", path).await;
        assert!(status == 200 && page.contains("lukija@house.example"), "{page}");
    }
    assert_eq!(system.readers().await.expect("readers").len(), 1, "who only looks stops nothing: mail scanners do");
    for _ in 0..2 {
        assert_eq!(one_click(server, link).await.status(), 200);
    }
    assert_eq!(system.readers().await.expect("readers"), []);
    let (_, page) = get(server, "", path).await;
    assert!(page.contains("no more summaries") && !page.contains("lukija@house.example"), "{page}");
    assert!(get(server, &admin, READERS).await.1.contains("Stopped by themself"));
    let (status, again) = add(server, &admin, "lukija@house.example").await;
    assert!(status == 422 && again.contains("email-problem") && again.contains("itse lopettanut"), "{again}");
    let id = system.reader(readers[0].id).await.expect("a look").expect("still on the list").id;
    assert_eq!(post(server, &admin, &format!("{READERS}/{id}/remove"), &[]).await.status(), 303);
    assert_eq!(post(server, &admin, &format!("{READERS}/{id}/remove"), &[]).await.status(), 404);
    assert_eq!(one_click(server, link).await.status(), 200, "nor does an old link fail");
    assert_eq!(add(server, &admin, "lukija@house.example").await.0, 303, "they have asked for it");

    let log = server.state.store.for_staff(Scope::All).audit_log(&AuditQuery::default(), 0, 9).await.expect("a log");
    let told: Vec<_> = log.iter().map(|one| (one.verb, one.kind)).collect();
    let expected = [Verb::Added, Verb::Removed, Verb::Changed, Verb::Added].map(|verb| (verb, Kind::Reader));
    assert_eq!(told, expected);
});

on_test_server!(who_cannot_read_is_refused_with_the_field, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    assert_eq!(add(server, &admin, "lukija@house.example").await.0, 303);
    for email in [
        "lukija@house.example",
        "EVA@house.example",
        "a@b.example, c@d.example",
        "a@b.example c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "",
    ] {
        let (status, page) = add(server, &admin, email).await;
        assert_eq!((status, page.contains("email-problem")), (422, true), "{email}");
    }
    let nothing = post(server, &admin, READERS, &[("email", "x@house.example"), ("sees", "some")]).await;
    assert_eq!(nothing.status(), 422);
    assert!(nothing.text().await.expect("text").contains("sees-problem"));
    assert_eq!(server.state.store.system().readers().await.expect("readers").len(), 1);
});

on_test_server!(nobody_stops_another, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    add(server, &admin, "lukija@house.example").await;
    let mails = emails(server, 1).await;
    let link = mails[0].unsubscribe[0].trim_matches(['<', '>']).to_owned();
    for wrong in [format!("{link}A"), link[..link.len() - 2].to_owned(), format!("{}/mail/stop/x", server.base)] {
        assert_eq!(one_click(server, &wrong).await.status(), 404, "{wrong}");
    }
    let foreign = server.http.post(&link).header("sec-fetch-site", "cross-site").send().await.expect("an answer");
    assert_eq!(foreign.status(), 403);
    assert_eq!(server.state.store.system().readers().await.expect("readers").len(), 1);
});
