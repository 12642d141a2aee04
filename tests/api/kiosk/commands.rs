//! What staff ask of a tablet from afar.

use domain::{
    id::KioskId,
    kiosk_command::CommandKind,
    lang::{Lang, Text},
    time::{HOUR, MINUTE},
};
use harness::{
    on_test_server,
    test_server::{NOW, TestServer},
};
use serde_json::{Value, json};
use store::{Scope, kiosk_commands::NewCommand, staff::Role};

/// A heartbeat of the fixture's tablet, and what it is asked.
async fn beat(server: &TestServer, done: Option<i64>) -> Value {
    let mut beat = json!({"device_now": NOW, "seq": 1, "outbox": 0, "rejected": 0, "app_version": "0.1.0"});
    if let Some(done) = done {
        beat["command_done"] = json!(done);
    }
    let address = format!("{}/api/v1/kiosk/heartbeat", server.base);
    let post = server.http.post(address).bearer_auth(&server.kiosk_token).json(&beat);
    let answer = post.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let reply: Value = answer.json().await.expect("JSON");
    assert_eq!(reply["ok"], "aplodi", "as older tablets read it");
    reply.get("commands").cloned().unwrap_or_else(|| json!([]))
}

fn ask(kiosk: KioskId, kind: CommandKind) -> NewCommand {
    let words = (kind == CommandKind::Pause).then(|| Text::new("Tauko", "Paus", "Break"));
    NewCommand { kiosk, kind, words }
}

async fn command(server: &TestServer, kind: CommandKind) {
    let store = server.state.store.for_staff(Scope::All);
    assert!(store.command(&[ask(server.pairing.kiosk, kind)], None, NOW).await.expect("asked"));
}

fn whats(commands: &Value) -> Vec<&str> {
    commands.as_array().expect("a list").iter().map(|one| one["what"].as_str().expect("a word")).collect()
}

on_test_server!(a_tablet_hears_what_is_asked_until_it_has_done_it, |server| {
    assert_eq!(beat(server, None).await, json!([]), "nothing was asked");
    command(server, CommandKind::Pause).await;
    command(server, CommandKind::Reload).await;
    let asked = beat(server, None).await;
    assert_eq!(whats(&asked), ["pause", "reload"], "in this order");
    let said: Vec<&str> =
        asked[0]["words"].as_array().expect("words").iter().map(|one| one["text"].as_str().expect("text")).collect();
    assert_eq!(said, ["Tauko", "Paus", "Break"], "in the languages of the venue");
    assert!(asked[0]["until"].as_i64().expect("an end") > NOW);
    assert!(asked[1].get("words").is_none());
    assert_eq!(beat(server, None).await, asked, "again, until it says that it is done");
    let [pause, reload] = [0, 1].map(|nth| asked[nth]["number"].as_i64().expect("a number"));
    assert_eq!(whats(&beat(server, Some(pause)).await), ["reload"]);
    assert_eq!(beat(server, Some(reload)).await, json!([]));
    let store = server.state.store.for_staff(Scope::All);
    let all = store.commands(NOW).await.expect("commands");
    assert!(all.iter().all(|one| one.done_at == Some(NOW)), "{all:?}");
    assert_eq!(whats(&beat(server, None).await), ["pause"], "another tablet in its place is paused as well");
    command(server, CommandKind::Resume).await;
    assert_eq!(whats(&beat(server, Some(reload)).await), ["resume"]);
    assert_eq!(whats(&beat(server, None).await), ["resume"]);
    server.clock.set(NOW + 13 * HOUR);
    assert_eq!(beat(server, None).await, json!([]), "the evening is over");
});

on_test_server!(the_next_event_is_shown_from_then_on_and_a_pause_ends_with_its_doors, |server| {
    let mut next = server.event.clone();
    next.id = server.state.rng.uuid(NOW).into();
    "NEXT22".clone_into(&mut next.code);
    next.doors_at = Some(NOW + HOUR);
    (next.starts_at, next.ends_at) = (NOW + 2 * HOUR, NOW + 3 * HOUR);
    next.window = domain::event::Window { from: next.ends_at - 30 * MINUTE, until: next.ends_at + HOUR };
    server.state.store.system().save_event(&next).await.expect("an event");
    let shown = async || -> Value {
        let config = server.http.get(format!("{}/api/v1/kiosk/config", server.base)).bearer_auth(&server.kiosk_token);
        let config: Value = config.send().await.expect("an answer").json().await.expect("JSON");
        let events = config["events"].as_array().expect("events").clone();
        events.into_iter().find(|one| one["code"] == "NEXT22").expect("the event")["window"].clone()
    };
    assert_eq!(shown().await, json!([next.window.from, next.window.until]));
    command(server, CommandKind::NextEvent).await;
    command(server, CommandKind::Pause).await;
    assert_eq!(shown().await, json!([NOW, next.window.until]));
    let asked = beat(server, None).await;
    assert_eq!(whats(&asked), ["next_event", "pause"]);
    assert_eq!((&asked[0]["until"], &asked[1]["until"]), (&json!(next.window.until), &json!(NOW + HOUR)));
    server.clock.set(NOW + HOUR);
    assert_eq!(whats(&beat(server, None).await), ["next_event"]);
});

on_test_server!(staff_ask_all_tablets_or_one_and_see_what_became_of_it, |server| {
    let cookie = server.session(Role::Editor).await;
    let one = format!("/staff/kiosks/{}", server.pairing.kiosk);
    let post = async |path: &str, form: &[(&str, &str)]| {
        let post = server.http.post(format!("{}{path}", server.base)).header("cookie", &cookie);
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let post = post.header("origin", &server.base).header("content-type", "application/x-www-form-urlencoded");
        post.body(form).send().await.expect("an answer")
    };
    let page = async |path: &str| {
        let get = server.http.get(format!("{}{path}?lang=en", server.base)).header("cookie", &cookie);
        get.send().await.expect("an answer").text().await.expect("text")
    };
    let all = "/staff/kiosks/commands";
    let answer = post(all, &[("what", "pause"), ("venue", ""), ("fi", ""), ("sv", "Paus"), ("en", "Fire drill")]).await;
    assert_eq!(answer.headers()["location"], "/staff/kiosks?done=asked");
    let asked = beat(server, None).await;
    let said: Vec<&Value> = asked[0]["words"].as_array().expect("words").iter().map(|one| &one["text"]).collect();
    assert_eq!(said, ["Esitys on keskeytetty", "Paus", "Fire drill"]);
    assert!(page("/staff/kiosks").await.contains("waiting for the tablet"));
    beat(server, asked[0]["number"].as_i64()).await;
    for path in ["/staff/kiosks", &one] {
        let page = page(path).await;
        assert!(page.contains("Paused until") && page.contains("→ done"), "{path}");
    }
    let answer = post(&format!("{one}/commands"), &[("what", "resume")]).await;
    assert_eq!(answer.headers()["location"], format!("{one}?done=asked"));
    assert_eq!(whats(&beat(server, asked[0]["number"].as_i64()).await), ["resume"]);
    for (path, form, status) in [
        (all, &[("what", "explode")][..], 400),
        (all, &[("what", "reload"), ("venue", "nowhere")], 400),
        (all, &[("what", "pause"), ("fi", "a\u{0}b")], 422),
        (&format!("{one}/commands"), &[("what", "pause"), ("en", &"x".repeat(501))], 422),
        ("/staff/kiosks/00000000-0000-7000-8000-000000000001/commands", &[("what", "reload")], 404),
    ] {
        assert_eq!(post(path, form).await.status(), status, "{path} {form:?}");
    }
    let venue = server.venue.id.to_string();
    assert_eq!(post(all, &[("what", "reload"), ("venue", &venue)]).await.status(), 303);
    let elsewhere = "00000000-0000-7000-8000-000000000001";
    assert_eq!(post(all, &[("what", "end_demo"), ("venue", elsewhere)]).await.status(), 303);
    assert_eq!(whats(&beat(server, asked[0]["number"].as_i64()).await), ["resume", "reload"]);
    assert_eq!(Lang::ALL.len(), 3);
});
