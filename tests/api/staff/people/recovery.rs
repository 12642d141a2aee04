//! The printed recovery code: an association whose last administrator has left gets back in, and everybody is told.

use aplodi::{auth::printed_code::new_printed_code, clock::Rng, secrets::hash_token};
use domain::time::{HOUR, MINUTE};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::{Scope, staff::Role};

use super::{PASSWORD, emails, employ, get, post};

/// Has a code made, and reads it from the sheet.
async fn printed(server: &TestServer, admin: &str) -> String {
    let sheet = post(server, admin, "/staff/people/recovery-code", &[]).await;
    assert_eq!(sheet.status(), 200);
    code_on(&sheet.text().await.expect("text"))
}

fn code_on(sheet: &str) -> String {
    let (_, rest) = sheet.split_once("id=\"recovery-code\"").expect("a sheet");
    let (_, rest) = rest.split_once("<dd>").expect("a code");
    rest.split('<').next().expect("a code").to_owned()
}

async fn recover(server: &TestServer, code: &str) -> (u16, String) {
    let response = post(server, "", "/staff/recover", &[("code", code)]).await;
    let link = response.headers().get("location").map(|to| to.to_str().expect("text").to_owned());
    (response.status().as_u16(), link.unwrap_or_default())
}

/// Becomes an administrator by a link, and says status, page and cookie.
async fn become_admin(server: &TestServer, link: &str, email: &str) -> (u16, String, String) {
    let response = post(server, "", link, &[("email", email), ("password", "silence in the stalls")]).await;
    let cookie = response.headers().get("set-cookie").map(|set| set.to_str().expect("text").to_owned());
    let cookie = cookie.and_then(|set| set.split(';').next().map(str::to_owned)).unwrap_or_default();
    (response.status().as_u16(), response.text().await.expect("text"), cookie)
}

on_test_server!(whoever_has_the_sheet_gets_back_in_and_everybody_is_told, |server| {
    let (eva, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    employ(server, "ida@house.example", Role::Viewer, Scope::All).await;
    assert!(get(server, &admin, "/staff/people").await.1.contains("no recovery code that works"));
    let code = printed(server, &admin).await;
    let people = get(server, &admin, "/staff/people").await.1;
    assert!(people.contains("The code on the sheet was made") && !people.contains(&code), "shown once");
    let (status, link) = recover(server, &code.to_lowercase().replace('-', " ")).await;
    assert_eq!(status, 303);
    let mails = emails(server, 1).await;
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "eva@house.example"), "administrators");
    assert!(!mails[0].text.contains("/staff/set-up/"), "a letter opens nothing");
    assert!(get(server, &admin, "/staff").await.1.contains("The printed recovery code was used"));

    let wrong = post(server, "", &link, &[("email", "nobody"), ("password", "short")]).await;
    assert_eq!(wrong.status(), 422);
    let wrong = wrong.text().await.expect("text");
    assert!(wrong.contains("email-problem") && wrong.contains("password-problem"), "{wrong}");
    let founder = [
        ("organisation", "Thieves"),
        ("venue", "Cave"),
        ("code", "cave"),
        ("time_zone", "Etc/UTC"),
        ("email", "uusi@house.example"),
        ("password", PASSWORD),
    ];
    let before = server.state.store.system().organisation_name().await.expect("a name");
    assert_eq!(post(server, "", &link, &founder).await.status(), 200, "nothing is founded a second time");
    assert_eq!(server.state.store.system().organisation_name().await.expect("a name"), before);
    let uusi = server.state.store.system().credentials("uusi@house.example").await.expect("a look").expect("somebody");
    assert_eq!((uusi.user.role, uusi.user.scope), (Role::Admin, Scope::All));
    assert_eq!(become_admin(server, &link, "third@house.example").await.0, 410, "a link opens once");
    assert_eq!(recover(server, &code).await.0, 422, "and the code");

    let log = get(server, &admin, "/staff/people/log").await.1;
    assert!(log.contains("uusi@house.example") && log.contains("recovery code"), "{log}");
    assert_eq!(post(server, &admin, "/staff/people/recovery-code/seen", &[]).await.status(), 303);
    assert!(!get(server, &admin, "/staff").await.1.contains("The printed recovery code was used"));
    assert!(server.state.store.system().session(hash_token(&eva.email), NOW).await.is_ok_and(|s| s.is_some()));
});

on_test_server!(the_last_administrator_has_left, |server| {
    let (eva, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let code = printed(server, &admin).await;
    let system = server.state.store.system();
    system.end_sessions(Some(eva.id)).await.expect("gone");
    let (_, link) = recover(server, &code).await;
    let (status, sheet, cookie) = become_admin(server, &link, "Uusi@house.example ").await;
    assert_eq!(status, 200, "with a new sheet");
    assert!(
        get(server, &cookie, "/staff").await.1.contains("The printed recovery code was used"),
        "they are told, too"
    );
    assert_eq!(get(server, &cookie, "/staff/people").await.0, 200);
    let fresh = code_on(&sheet);
    assert_ne!(fresh, code);
    assert_eq!(recover(server, &code).await.0, 422);
    assert_eq!(recover(server, &fresh).await.0, 303, "the new sheet opens");
});

on_test_server!(a_known_account_is_restored_and_keeps_its_second_step, |server| {
    let (eva, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let venue = server.venue.id;
    let (ida, cookie) = employ(server, "ida@house.example", Role::Viewer, Scope::Venues(vec![venue])).await;
    let system = server.state.store.system();
    let (_, link) = recover(server, &printed(server, &admin).await).await;
    let (status, _, fresh) = become_admin(server, &link, "ida@house.example").await;
    assert_eq!((status, get(server, &fresh, "/staff/people").await.0), (200, 200));
    assert_eq!(get(server, &cookie, "/staff").await.0, 303, "their earlier log-ins end");
    assert_eq!(system.user(ida.id).await.expect("a look").map(|ida| ida.role), Some(Role::Admin));

    system.switch_on(eva.id, &[7; 20], 1, &[[9; 32]], Some(hash_token(&eva.email)), NOW).await.expect("a second step");
    let (_, link) = recover(server, &printed(server, &admin).await).await;
    let (status, page, cookie) = become_admin(server, &link, "eva@house.example").await;
    assert_eq!((status, cookie.as_str()), (200, ""), "asked for the second step");
    assert!(page.contains("name=\"ticket\"") && !page.contains("recovery-code"), "{page}");
});

on_test_server!(two_at_once_find_one_door, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let old = printed(server, &admin).await;
    let code = printed(server, &admin).await;
    assert_eq!(recover(server, &old).await.0, 422, "a new one voids the old one");
    let (one, two) = tokio::join!(recover(server, &code), recover(server, &code));
    let mut both = [one.0, two.0];
    both.sort_unstable();
    assert_eq!(both, [303, 422]);
    let link = if one.0 == 303 { one.1 } else { two.1 };
    let (one, two) = tokio::join!(
        become_admin(server, &link, "one@house.example"),
        become_admin(server, &link, "two@house.example")
    );
    let mut both = [one.0, two.0];
    both.sort_unstable();
    assert_eq!(both, [200, 410]);
});

on_test_server!(nobody_guesses_a_code_nor_shuts_the_door, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let code = printed(server, &admin).await;
    for (seed, wrong) in ["", "a\u{0}b", "x", &"7".repeat(9_000)].into_iter().enumerate() {
        let status = recover(server, wrong).await.0;
        assert!([422, 413].contains(&status), "{seed}: {status}");
    }
    for seed in 0..2 {
        recover(server, &new_printed_code(&Rng::seeded(seed))).await;
    }
    assert_eq!(recover(server, &code).await.0, 429, "even the right one has to wait");
    server.clock.set(NOW + 16 * MINUTE);
    let (status, link) = recover(server, &code).await;
    assert_eq!(status, 303);
    server.clock.set(NOW + 2 * HOUR);
    assert_eq!(get(server, "", &link).await.0, 410, "the link does not open for ever");
});

on_test_server!(administrators_of_a_part_make_no_code, |server| {
    let scope = Scope::Venues(vec![server.venue.id]);
    let (_, part) = employ(server, "ida@house.example", Role::Admin, scope).await;
    assert_eq!(post(server, &part, "/staff/people/recovery-code", &[]).await.status(), 403);
});
