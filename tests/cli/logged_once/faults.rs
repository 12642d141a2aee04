//! One fault, one line: a refused answer, a handler that panics.

use super::*;

/// Somebody who asks, in a span of their own: the complaints that came, of which there is one.
async fn complaint(server: &LoggedServer<'_>, request: RequestBuilder) -> (reqwest::Response, Value) {
    let before = server.complaints().len();
    let response = request.send().await.expect("an answer");
    let mut complaints = server.complaints().split_off(before);
    assert_eq!(complaints.len(), 1, "once: {complaints:#?}");
    (response, complaints.remove(0))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_from_a_phone_that_the_database_refuses_is_logged_once() {
    let (db, folder) = sqlite().await;
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let server = LoggedServer::start(&db, fixture, folder.path()).await;
    let phone = format!("/f/{}", server.fixture.event.code);
    let page = server.get(&phone).send().await.expect("an answer").text().await.expect("text");
    let form_token = page.split_once("name=\"token\" value=\"").expect("a token").1.split_once('"').expect("its end").0;
    let question = format!("q.{}", server.fixture.question(0).0);
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("token", form_token), (&question, "5")])
        .finish();
    server.db.execute("CREATE TRIGGER refusal BEFORE INSERT ON responses BEGIN SELECT RAISE(ABORT, 'no'); END").await;
    let answer = server.post(&format!("{phone}/answer")).header("content-type", FORM).body(form);
    let (response, line) = complaint(&server, answer).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(line["span"]["route"], "/f/{code}/answer", "{line}");
    assert!(line["fields"]["response"].as_str().is_some_and(|id| Uuid::parse_str(id).is_ok()), "{line}");
    assert!(line["fields"]["error"].as_str().is_some_and(|cause| cause.ends_with("no")), "with its cause: {line}");
    speaks_with_one_vocabulary(&server.lines());
    assert!(server.serving.stop().await, "it ends well");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_that_panics_is_logged_once_and_answered_to_whoever_asked() {
    let (db, folder) = sqlite().await;
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let server = LoggedServer::start(&db, fixture, folder.path()).await;
    for (path, route, kind) in [
        ("/api/v1/kiosk/config", "/api/v1/kiosk/config", "application/problem+json"),
        ("/api/v1/nothing", "none", "application/problem+json"),
        ("/f/ABCD", "/f/{code}", "text/html; charset=utf-8"),
        ("/staff/events", "/staff/events", "text/html; charset=utf-8"),
    ] {
        let (response, line) = complaint(&server, server.get(path).header("aplodi-test-panic", "please")).await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert_eq!(response.headers()["content-type"], kind, "{path}");
        assert!(!response.text().await.expect("text").contains("a test asked"), "{path} tells strangers why");
        assert_eq!(line["level"], "ERROR", "{line}");
        assert_eq!(line["span"]["route"], route, "{line}");
        assert_eq!(line["fields"]["error"], "a test asked for it", "{line}");
        assert!(line["fields"]["place"].as_str().is_some_and(|place| place.contains("panics.rs:")), "{line}");
    }
    // Every line is JSON: nothing was written beside the log.
    speaks_with_one_vocabulary(&server.lines());
    assert!(server.get("/staff/login").send().await.expect("an answer").status().is_success(), "and it goes on");
    assert!(server.serving.stop().await, "it ends well");
}
