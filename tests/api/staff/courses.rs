//! A course: its meetings say how many answered, its page tells the numbers of all of them.

use std::sync::Arc;

use aplodi::jobs::courses::CourseJob;
use domain::{id::ProductionId, lang::Text, production::ProductionKind};
use harness::{on_test_server, test_server::TestServer};
use serde_json::Value;
use store::{programme::Production, staff::Role};

use super::events::page;

/// Makes tonight's event a meeting of a course.
async fn course(server: &TestServer) -> ProductionId {
    let id = ProductionId(server.state.rng.uuid(0));
    let production = Production {
        kind: ProductionKind::Course,
        ..Production::new(id, Text::new("Ikäkurssi", "Kurs", "Senior circus"))
    };
    let store = server.state.store.system();
    store.save_production(&production).await.expect("a production");
    let mut event = server.event.clone();
    event.production = Some(id);
    store.save_event(&event).await.expect("an event");
    id
}

async fn answer(server: &TestServer, numbers: std::ops::RangeInclusive<u128>) {
    let items: Vec<Value> = numbers.map(|number| server.item(number, 5, 10)).collect();
    assert!(server.results(&items).await.iter().all(|one| one["status"] == "stored"));
    let job = CourseJob::new(server.state.store.clone(), Arc::clone(&server.state.clock));
    job.round().await.expect("a round");
}

on_test_server!(a_meeting_says_how_many_and_leads_to_the_course, |server| {
    let viewer = server.session(Role::Viewer).await;
    let course = course(server).await;
    let address = format!("/staff/productions/{course}");
    assert!(page(server, &viewer, &address).await.contains("The course does not speak yet"));
    answer(server, 1..=17).await;

    for path in [format!("/staff/events/{}", server.event.id), "/staff".to_owned()] {
        let shown = page(server, &viewer, &path).await;
        assert!(shown.contains("A meeting of a course") && shown.contains(&address), "{path}: {shown}");
        assert!(shown.contains("<span class=\"big\">17</span>"), "{path}");
        for silent in ["face-bar", "id=\"time\"", "id=\"comments\"", "id=\"channels\"", "promoters"] {
            assert!(!shown.contains(silent), "{path} says {silent}");
        }
    }
    let summary = server.summary().await;
    assert_eq!((&summary["counted"], &summary["course"]), (&17.into(), &course.to_string().into()));
    for empty in ["questions", "by_channel", "by_segment", "by_hour"] {
        assert_eq!(summary[empty], serde_json::json!([]), "{empty}");
    }

    let shown = page(server, &viewer, &address).await;
    assert!(shown.contains("<span class=\"big\">15</span>") && shown.contains("answers, not people"), "{shown}");
    assert!(!shown.contains("chart-nps"), "nothing says how sure it is: {shown}");
    assert!(page(server, &viewer, "/staff/productions").await.contains(&address));
    assert_eq!(
        server
            .http
            .get(format!("{}/staff/productions/{}", server.base, server.venue.id))
            .header("cookie", &viewer)
            .send()
            .await
            .expect("an answer")
            .status(),
        404
    );
});
