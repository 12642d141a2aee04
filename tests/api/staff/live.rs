//! `GET /staff/changes`: news for whoever is logged in, and for nobody else.

use futures::StreamExt;
use harness::in_a_house;
use store::staff::Role;

in_a_house!(the_news_end_with_the_session, |house| {
    let (leaves, stays) = (house.session(Role::Viewer).await, house.session(Role::Viewer).await);
    let watch = async |cookie: &str| {
        let address = format!("{}/staff/changes", house.base);
        let response = house.http.get(address).header("cookie", cookie).send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        Box::pin(response.bytes_stream())
    };
    let (mut leaving, mut staying) = (watch(&leaves).await, watch(&stays).await);
    let logout = house.http.post(format!("{}/staff/logout", house.base)).header("origin", &house.base);
    assert!(logout.header("cookie", &leaves).send().await.expect("an answer").status().is_redirection());
    while let Some(chunk) = leaving.next().await {
        // What was under way may still come; the end must.
        chunk.expect("a proper end");
    }
    house.results(&[house.item(1, 5, 10)]).await;
    let news = staying.next().await.expect("the other one goes on").expect("bytes");
    assert!(String::from_utf8_lossy(&news).contains("changed"));
});
