//! The first steps and the age of the backup on *Tonight*: for admins, until taken or put away.

use domain::time::{DAY, HOUR};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use store::staff::Role;

async fn tonight(server: &TestServer, cookie: &str, path: &str) -> String {
    let request = server.http.get(format!("{}{path}", server.base)).header("cookie", cookie);
    request.send().await.expect("an answer").text().await.expect("text")
}

on_test_server!(an_admin_sees_what_is_left_to_do, |server| {
    let admin = server.session(Role::Admin).await;
    let page = tonight(server, &admin, "/staff?lang=en").await;
    assert!(page.contains("First steps") && page.contains("Hang up a poster"), "{page}");
    assert_eq!(page.matches("class=\"is-done\"").count(), 2, "a tablet and an event are there: {page}");
    assert!(!page.contains("There is no backup"), "there is nothing to lose yet");
    for role in [Role::Viewer, Role::Editor] {
        let page = tonight(server, &server.session(role).await, "/staff?lang=en").await;
        assert!(!page.contains("First steps"), "{role:?}");
    }
});

on_test_server!(steps_that_are_put_away_stay_away, |server| {
    let admin = server.session(Role::Admin).await;
    let request = server.http.post(format!("{}/staff/first-steps/away", server.base));
    let put_away = request.header("origin", &server.base).header("cookie", &admin).send().await.expect("an answer");
    assert_eq!(
        (put_away.status().as_u16(), &put_away.headers()["location"]),
        (303, &"/staff?done=steps-away".parse().expect("an address"))
    );
    let page = tonight(server, &admin, "/staff?done=steps-away&lang=en").await;
    assert!(page.contains("The first steps are put away.") && !page.contains("Hang up a poster"), "{page}");
    assert!(!tonight(server, &admin, "/staff?lang=en").await.contains("put away"), "said once");
});

on_test_server!(a_backup_that_was_missed_is_told, |server| {
    let admin = server.session(Role::Admin).await;
    server.results(&[server.item(1, 5, 9)]).await;
    assert!(tonight(server, &admin, "/staff?lang=en").await.contains("There is no backup."));
    let system = server.state.store.system();
    system.note_backup(NOW - 2 * DAY - HOUR).await.expect("noted");
    assert!(tonight(server, &admin, "/staff?lang=en").await.contains("more than two days ago"));
    system.note_backup(NOW - HOUR).await.expect("noted");
    let page = tonight(server, &admin, "/staff?lang=en").await;
    assert!(page.contains("The newest backup was made") && !page.contains("more than two days ago"), "{page}");
    let viewer = tonight(server, &server.session(Role::Viewer).await, "/staff?lang=en").await;
    assert!(!viewer.contains("backup"), "{viewer}");
});
