//! `GET /staff/changes`: notices for whoever is logged in, and for nobody else.

use harness::on_test_server;
use store::staff::Role;

use crate::steps::hear;

on_test_server!(the_news_end_with_the_session, |server| {
    let (leaves, stays) = (server.session(Role::Viewer).await, server.session(Role::Viewer).await);
    let watch = async |cookie: &str| {
        let address = format!("{}/staff/changes", server.base);
        let response = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        response
    };
    let (mut leaving, mut staying) = (watch(&leaves).await, watch(&stays).await);
    let logout = server.http.post(format!("{}/staff/logout", server.base)).header("origin", &server.base);
    assert!(logout.header("cookie", &leaves).send().await.expect("an answer").status().is_redirection());
    // What was under way may still come; the end must.
    while leaving.chunk().await.expect("a proper end").is_some() {}
    server.results(&[server.item(1, 5, 10)]).await;
    hear(&mut staying).await;
});
