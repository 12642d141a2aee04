//! `/staff/about`: what is inside, and under which licences.

use harness::on_test_server;
use store::staff::Role;

on_test_server!(everybody_of_the_staff_can_read_the_licences_of_what_is_inside, |server| {
    let viewer = server.session(Role::Viewer).await;
    let read = async |path: &str| {
        let request = server.http.get(format!("{}{path}", server.base)).header("cookie", &viewer);
        request.send().await.expect("an answer")
    };
    let page = read("/staff/about?lang=en").await.text().await.expect("text");
    assert!(page.contains("href=\"/staff/about/licences.txt\""), "{page}");
    let licences = read("/staff/about/licences.txt").await;
    assert_eq!(licences.headers()["content-type"], "text/plain; charset=utf-8");
    let licences = licences.text().await.expect("text");
    for (told, of) in [("Permission is hereby granted, free of charge", "tokio 1."), ("Apache License", "leptos 0.")] {
        assert!(licences.contains(told) && licences.contains(of), "{told}, {of}");
    }
});
