//! `aplodi serve --log`: what stands in the log, and what never does.

use harness::{
    demo::Demo,
    fixture::Fixture,
    program::{HeldPort, Serving, aplodi, token},
    store::sqlite,
    until,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The lines of a log that is in JSON; without the last one while it is still being written.
pub(crate) fn lines(log: &str) -> Vec<Value> {
    let whole = log.rfind('\n').map_or("", |end| &log[..end]);
    whole.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

/// Somebody answers on a tablet and on a phone, and somebody of the staff reads it: the log tells what was asked, by
/// which role and how it ended, and nothing that opens a door or that a visitor said.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_tells_no_token_no_address_and_no_comment() {
    let (folder, logs) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let log = logs.path().join("log");
    let options = ["--demo", "--log", "trace", "--log-format", "json"];
    let serving = Serving::start_logging_to(&log, &Demo::database_in(&folder), &options).await;
    let demo = Demo::of(serving, folder).await;
    let base = &demo.serving.base;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");

    let tablet = demo.tablet.split_once("#token=").expect("a token").1;
    let config = http.get(format!("{base}/api/v1/kiosk/config")).bearer_auth(tablet).send().await.expect("an answer");
    let config: Value = config.json().await.expect("JSON");
    let (survey, comment) = (&config["surveys"][0], "A comment nobody should log.");
    let text = survey["questions"].as_array().expect("questions").iter().find(|question| question["kind"] == "text");
    let question = &text.expect("a question for a comment")["id"];
    let item = json!({
        "id": Uuid::now_v7(), "survey_version": survey["version"], "lang": "fi", "answered_at": config["server_now"],
        "end": "done", "answers": [{"question": question, "value": comment}],
    });
    let batch = json!({"device_now": config["server_now"], "responses": [item]});
    let post = http.post(format!("{base}/api/v1/kiosk/responses")).bearer_auth(tablet).json(&batch);
    let result: Value = post.send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(result["results"][0]["status"], "stored", "{result}");

    let page = http.get(&demo.phone).send().await.expect("an answer").text().await.expect("text");
    let form_token = page.split_once("name=\"token\" value=\"").expect("a token").1.split_once('"').expect("its end").0;
    let form = |pairs: &[(&str, &str)]| -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    };
    let field = format!("q.{}", question.as_str().expect("an id"));
    let send = async |path: String, pairs: &[(&str, &str)]| {
        let request =
            http.post(path).header("origin", base).header("content-type", "application/x-www-form-urlencoded");
        request.body(form(pairs)).send().await.expect("an answer")
    };
    send(format!("{}/answer", demo.phone), &[("token", form_token), (&field, comment)]).await;
    send(format!("{base}/staff/login"), &[("email", &demo.email), ("password", "a wrong password")]).await;
    let login = send(format!("{base}/staff/login"), &[("email", &demo.email), ("password", &demo.password)]).await;
    let cookie = login.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a pair").to_owned();
    let staff = http.get(format!("{base}/staff")).header("cookie", &cookie).send().await.expect("an answer");
    assert_eq!(staff.status(), 200);
    http.get(format!("{base}/staff/set-up/a-secret-link?next=a-secret-page")).send().await.expect("an answer");
    let session = cookie.split_once('=').expect("a value").1.to_owned();
    let secrets = [
        tablet,
        form_token,
        &session,
        &demo.email,
        &demo.password,
        "a wrong password",
        comment,
        "a-secret-link",
        "a-secret-page",
    ]
    .map(str::to_owned);
    assert!(demo.serving.stop().await, "it ends well");

    let log = std::fs::read_to_string(&log).expect("a log");
    for secret in &secrets {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
    let answered: Vec<Value> = lines(&log).into_iter().filter(|line| line["fields"]["message"] == "answered").collect();
    for (method, route, who, status) in [
        ("POST", "/api/v1/kiosk/responses", "kiosk", 200),
        ("POST", "/f/{code}/answer", "anyone", 303),
        ("POST", "/staff/login", "anyone", 303),
        ("GET", "/staff", "admin", 200),
        ("GET", "/staff/set-up/{token}", "anyone", 410),
    ] {
        let told = json!({"method": method, "route": route, "who": who, "status": status});
        let is_told =
            |line: &&Value| ["method", "route", "who", "status"].iter().all(|key| line["span"][key] == told[key]);
        let line = answered.iter().find(is_told).unwrap_or_else(|| panic!("nothing is told of {told}: {answered:#?}"));
        assert!(line["span"]["ms"].as_f64().is_some_and(|ms| ms >= 0.0), "{line}");
        assert_eq!(line["span"]["id"].as_str().map(str::len), Some(16), "{line}");
    }
}

/// Without a word about it, the log tells what people asked for, and not what tablets and watchers ask by themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_ask_for_is_logged_and_what_programs_do_all_day_is_not() {
    let (db, folder) = sqlite().await;
    let log = folder.path().join("log");
    let fixture = Fixture::new();
    fixture.open(db.system()).await;
    let kiosk = token(&db.url, &["kiosk", "add", "--venue", &fixture.venue.code, "--name", "Foyer"]).await;
    let usual = ["--log-format", "json", "--log", "warn,aplodi=info"];
    let serving = Serving::start_logging_to(&log, &db.url, &usual).await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let ask = async |path: &str, token: &str, status: u16| {
        let answer = http.get(format!("{}{path}", serving.base)).bearer_auth(token).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
    };
    ask("/api/v1/kiosk/config", &kiosk, 200).await;
    ask("/readyz", "", 200).await;
    ask("/staff", "", 303).await;
    ask("/staff/login", "", 200).await;
    // What should go by itself and does not is worth a line.
    ask("/api/v1/kiosk/config", "wrong", 401).await;
    let told: Vec<(Value, Value)> = lines(&std::fs::read_to_string(&log).expect("a log"))
        .into_iter()
        .filter(|line| line["fields"]["message"] == "answered" && line["level"] == "INFO")
        .map(|line| (line["span"]["route"].clone(), line["span"]["status"].clone()))
        .collect();
    let expected = [("/staff", 303), ("/staff/login", 200), ("/api/v1/kiosk/config", 401)];
    assert_eq!(told, expected.map(|(route, status)| (json!(route), json!(status))));
    assert!(serving.stop().await, "it ends well");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operator_reads_that_pages_are_opened_by_http() {
    let logs = tempfile::tempdir().expect("a folder");
    let log = logs.path().join("log");
    let (data, _folder) = sqlite().await;
    let port = HeldPort::new();
    let listen = format!("127.0.0.1:{}", port.number());
    let mut command = aplodi(&data.url);
    command.args(["serve", "--public-url", "https://own.example", "--listen", &listen]);
    let log_file = std::fs::File::create(&log).expect("a file");
    let mut serving =
        command.stdout(log_file.try_clone().expect("a file")).stderr(log_file).spawn().expect("it starts");
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let get =
        async |path: &str| http.get(format!("http://{listen}{path}")).header("x-forwarded-proto", "http").send().await;
    until("it answers", async || get("/robots.txt").await.is_ok()).await;
    for _ in 0..3 {
        assert_eq!(get("/f").await.expect("an answer").status(), 307);
    }
    let read = || std::fs::read_to_string(&log).expect("the log");
    until("the log says it", async || read().contains("opened by http")).await;
    assert_eq!(read().matches("opened by http").count(), 1, "once an hour is enough");
    serving.kill().await.expect("a process of ours");
}
