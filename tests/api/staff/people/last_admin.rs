//! Nobody locks everybody out, and nobody gives themselves what they do not have.

use harness::on_test_server;
use store::{Scope, staff::Role};

use super::{employ, get, post};

on_test_server!(the_last_admin_stays, |server| {
    let (eva, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    // One who sees a part only, and one who has no password yet, could not take over.
    let part = Scope::Venues(vec![server.venue.id]);
    employ(server, "ida@house.example", Role::Admin, part).await;
    let invited = [("email", "new@house.example"), ("role", "admin"), ("sees", "all")];
    assert_eq!(post(server, &admin, "/staff/people", &invited).await.status(), 200);
    let page = format!("/staff/people/{}", eva.id);
    let viewer = [("role", "viewer"), ("sees", "all")];
    for (path, form) in [("", &viewer[..]), ("/disable", &[]), ("/remove", &[])] {
        let response = post(server, &admin, &format!("{page}{path}"), form).await;
        assert_eq!(response.status(), 422, "{path}");
        assert!(response.text().await.expect("text").contains("role=\"alert\""), "{path}");
    }
    assert_eq!(get(server, &admin, "/staff/people").await.0, 200, "and still decides");
});

on_test_server!(everything_is_left_to_a_successor, |server| {
    let (eva, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let (ida, cookie) = employ(server, "ida@house.example", Role::Viewer, Scope::Venues(Vec::new())).await;
    let page = format!("/staff/people/{}/hand-over", eva.id);
    for wrong in ["nobody".to_owned(), eva.id.to_string()] {
        assert_eq!(post(server, &admin, &page, &[("successor", &wrong)]).await.status(), 422, "{wrong}");
    }
    let response = post(server, &admin, &page, &[("successor", &ida.id.to_string())]).await;
    assert_eq!(response.status(), 303);
    assert_eq!(get(server, &admin, "/staff").await.0, 303, "whoever left is logged out");
    assert_eq!(get(server, &cookie, "/staff/people").await.0, 200);
    let foreign = format!("/staff/people/{}/hand-over", eva.id);
    assert_eq!(post(server, &cookie, &foreign, &[("successor", &ida.id.to_string())]).await.status(), 403);
});

on_test_server!(an_administrator_of_a_part_decides_about_nobody, |server| {
    let (eva, _) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let part = Scope::Venues(vec![server.venue.id]);
    let (ida, cookie) = employ(server, "ida@house.example", Role::Admin, part).await;
    let all = [("role", "admin"), ("sees", "all")];
    for id in [eva.id, ida.id] {
        let page = format!("/staff/people/{id}");
        assert_eq!(get(server, &cookie, &page).await.0, 403);
        for (path, form) in [("", &all[..]), ("/link", &[]), ("/disable", &[]), ("/remove", &[])] {
            assert_eq!(post(server, &cookie, &format!("{page}{path}"), form).await.status(), 403, "{path}");
        }
    }
    assert_eq!(get(server, &cookie, "/staff/people").await.0, 403);
});
