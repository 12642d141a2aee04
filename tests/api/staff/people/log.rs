//! `/staff/people/log`: the log, its filters, its file, and for how long it is kept.

use domain::time::DAY;
use harness::{on_test_server, test_server::NOW};
use store::{Scope, staff::Role};

use super::{employ, get, post};

on_test_server!(the_log_is_read_filtered_and_exported, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    let (_, editor) = employ(server, "=cmd@house.example", Role::Editor, Scope::All).await;
    let attendance = format!("/staff/events/{}/attendance", server.event.id);
    assert_eq!(post(server, &editor, &attendance, &[("attendance", "312")]).await.status(), 303);
    let (status, all) = get(server, &admin, "/staff/people/log").await;
    assert_eq!(status, 200);
    assert!(all.contains("Changed: event") && all.contains("540") && all.contains("312"), "{all}");
    let none = get(server, &admin, "/staff/people/log?verb=removed").await.1;
    assert!(none.contains("Nothing like this"), "{none}");
    let of = |query: &str| format!("/staff/people/log?{query}");
    for query in ["who=%3Dcmd%40house.example", "kind=event", "from=2026-11-21&until=2026-11-21", "verb=nonsense"] {
        assert!(get(server, &admin, &of(query)).await.1.contains("Changed: event"), "{query}");
    }
    for query in ["who=eva%40house.example", "kind=venue", "until=2026-11-20", "from=2026-11-22"] {
        assert!(!get(server, &admin, &of(query)).await.1.contains("Changed: event"), "{query}");
    }
    let (status, file) = get(server, &admin, "/staff/people/log.csv?kind=event").await;
    assert_eq!((status, file.lines().count()), (200, 2), "{file}");
    assert!(file.contains(",\"'=cmd@house.example\","), "no formula: {file}");
    assert!(get(server, &admin, "/staff/people/log").await.1.contains("Exported: this log"));
    assert_eq!(get(server, &editor, "/staff/people/log").await.0, 403);
    let part = Scope::Venues(vec![server.venue.id]);
    let (_, of_a_part) = employ(server, "ida@house.example", Role::Admin, part).await;
    for path in ["/staff/people/log", "/staff/people/log.csv"] {
        assert_eq!(get(server, &of_a_part, path).await.0, 403, "{path}");
    }
});

on_test_server!(the_log_is_kept_for_a_set_time, |server| {
    let (_, admin) = employ(server, "eva@house.example", Role::Admin, Scope::All).await;
    for wrong in ["0", "121", "-1", "ten", ""] {
        let response = post(server, &admin, "/staff/people/log", &[("months", wrong)]).await;
        assert_eq!(response.status(), 422, "{wrong}");
        assert!(response.text().await.expect("text").contains("months-problem"), "{wrong}");
    }
    assert_eq!(post(server, &admin, "/staff/people/log", &[("months", " 6 ")]).await.status(), 303);
    assert!(get(server, &admin, "/staff/people/log").await.1.contains("value=\"6\""));
    let system = server.state.store.system();
    assert_eq!(system.forget_audit(NOW + 100 * DAY).await.expect("the store"), 0);
    assert_eq!(system.forget_audit(NOW + 200 * DAY).await.expect("the store"), 1);
});
