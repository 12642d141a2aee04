//! Somebody new: a link that is shown once and mailed, and what they may see.

use harness::{on_test_server, test_server::NOW};
use store::{
    Scope,
    audit::{AuditQuery, Kind, Verb},
    staff::Role,
};

use super::{PASSWORD, employ, get, link_in, post};

on_test_server!(a_colleague_is_invited_and_comes, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let venue = server.venue.id.to_string();
    let form = [("email", " Ida@House.example "), ("role", "editor"), ("sees", "some"), ("venue", venue.as_str())];
    let response = post(server, &admin, "/staff/people", &form).await;
    assert_eq!(response.status(), 200);
    let link = link_in(&response.text().await.expect("text"), server);
    let mails = server.mail.emails();
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "ida@house.example"));
    assert_eq!(link_in(&mails[0].text, server), link, "the same link");
    let (_, list) = get(server, &admin, "/staff/people").await;
    assert!(list.contains("ida@house.example") && list.contains("Invited"), "{list}");
    assert!(!list.contains("/staff/set-up/"), "the link is shown once");

    let chosen = post(server, "", &link, &[("password", PASSWORD)]).await;
    assert_eq!(chosen.status(), 303);
    let cookie = chosen.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("one").to_owned();
    assert_eq!(get(server, &cookie, "/staff/events").await.0, 200);
    assert_eq!(get(server, &cookie, "/staff/people").await.0, 403, "an editor decides about nobody");
    assert!(!get(server, &cookie, "/staff").await.1.contains("/staff/people"), "nor is it in their menu");
    assert!(get(server, &admin, "/staff").await.1.contains("/staff/people"));
    assert_eq!(post(server, "", &link, &[("password", PASSWORD)]).await.status(), 410, "once");
    let ida = server.state.store.system().credentials("ida@house.example").await.expect("a look").expect("somebody");
    assert_eq!((ida.user.role, ida.user.scope), (Role::Editor, Scope::Venues(vec![server.venue.id])));

    let log = server.state.store.for_staff(Scope::All).audit_log(&AuditQuery::default(), 0, 9).await.expect("a log");
    let told: Vec<_> = log.iter().map(|one| (one.actor_name.as_str(), one.verb, one.kind)).collect();
    let expected =
        [("ida@house.example", Verb::PasswordSet, Kind::User), ("eva@house.example", Verb::Added, Kind::User)];
    assert_eq!(told, expected);
    assert!(log.iter().all(|one| one.at == NOW));
});

on_test_server!(what_cannot_be_is_refused_with_its_field, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let taken = [("email", "EVA@house.example"), ("role", "viewer"), ("sees", "all")];
    let nobody = [("email", "nobody"), ("role", "viewer"), ("sees", "all")];
    let nothing = [("email", "ida@house.example"), ("role", "viewer"), ("sees", "some")];
    for (form, field) in [(&taken, "email-problem"), (&nobody, "email-problem"), (&nothing, "sees-problem")] {
        let response = post(server, &admin, "/staff/people", form).await;
        assert_eq!(response.status(), 422, "{form:?}");
        assert!(response.text().await.expect("text").contains(field), "{form:?}");
    }
    assert_eq!(server.state.store.for_staff(Scope::All).people().await.expect("people").len(), 1);
    assert!(server.mail.emails().is_empty());
});

on_test_server!(somebody_is_changed_disabled_let_in_again_and_removed, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let (ida, cookie) = employ(server, "ida@house.example", Role::Viewer, Scope::All).await;
    let page = format!("/staff/people/{}", ida.id);
    assert_eq!(get(server, &cookie, "/staff/events/new").await.0, 403);
    let editor = [("role", "editor"), ("sees", "all")];
    assert_eq!(post(server, &admin, &page, &editor).await.status(), 303);
    assert_eq!(get(server, &cookie, "/staff/events/new").await.0, 303, "with another role one logs in anew");
    let form = [("email", "ida@house.example"), ("password", PASSWORD)];
    let response = post(server, "", "/staff/login", &form).await;
    let cookie = response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("one").to_owned();
    assert_eq!(get(server, &cookie, "/staff/events/new").await.0, 200);
    let here = [("role", "editor"), ("sees", "some"), ("venue", &server.venue.id.to_string())];
    assert_eq!(post(server, &admin, &page, &here).await.status(), 303);
    assert_eq!(get(server, &cookie, "/staff/events/new").await.0, 200, "other venues from the next click on");
    let shown = get(server, &admin, &page).await.1;
    assert!(shown.contains("browsers: 1"), "{shown}");
    assert_eq!(post(server, &admin, &format!("{page}/sessions/end"), &[]).await.status(), 303);
    assert_eq!(get(server, &cookie, "/staff").await.0, 303, "logged out everywhere");
    assert!(!get(server, &admin, &page).await.1.contains("/sessions/end"), "nothing is left to end");
    assert!(get(server, &admin, "/staff/people/log").await.1.contains("Logged out"));
    assert_eq!(post(server, &admin, &format!("{page}/disable"), &[]).await.status(), 303);
    assert_eq!(get(server, &cookie, "/staff").await.0, 303, "logged out");
    assert!(get(server, &admin, &page).await.1.contains("Disabled"));
    let link = post(server, &admin, &format!("{page}/link"), &[]).await.text().await.expect("text");
    assert_eq!(post(server, "", &link_in(&link, server), &[("password", PASSWORD)]).await.status(), 303);
    assert!(get(server, &admin, &page).await.1.contains("Logged in"));
    assert!(get(server, &admin, &format!("{page}/remove")).await.1.contains("Remove for good"));
    assert_eq!(post(server, &admin, &format!("{page}/remove"), &[]).await.status(), 303);
    assert_eq!(get(server, &admin, &page).await.0, 404);
});
