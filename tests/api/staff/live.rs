//! `GET /staff/changes`: notices for whoever is logged in, and for nobody else.

use futures::StreamExt;
use harness::on_test_server;
use store::staff::Role;

on_test_server!(the_news_end_with_the_session, |server| {
    let (leaves, stays) = (server.session(Role::Viewer).await, server.session(Role::Viewer).await);
    let watch = async |cookie: &str| {
        let address = format!("{}/staff/changes", server.base);
        let response = server.http.get(address).header("cookie", cookie).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        Box::pin(response.bytes_stream())
    };
    let (mut leaving, mut staying) = (watch(&leaves).await, watch(&stays).await);
    let logout = server.http.post(format!("{}/staff/logout", server.base)).header("origin", &server.base);
    assert!(logout.header("cookie", &leaves).send().await.expect("an answer").status().is_redirection());
    while let Some(chunk) = leaving.next().await {
        // What was under way may still come; the end must.
        chunk.expect("a proper end");
    }
    server.results(&[server.item(1, 5, 10)]).await;
    let news = staying.next().await.expect("the other one goes on").expect("bytes");
    assert!(String::from_utf8_lossy(&news).contains("changed"));
});
