//! The files in `deploy/`, and the manual that says where they go: held to what the program says, and read by the
//! programs that they are for, where those are installed.

use std::{collections::BTreeSet, fs, path::Path, process::Stdio};

use harness::{program::printed, report};
use tokio::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a member of the workspace")
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("a text")
}

/// The files, without their own description.
fn files() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("deploy")).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name != "README.md").collect()
}

/// What is read of a program that may not be installed.
async fn judged_by(program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root().join("deploy")).stdin(Stdio::null());
    let Ok(output) = command.output().await else {
        report::skipped(&format!("{program} is not installed"));
        return None;
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{program}: {said}");
    Some(said)
}

#[tokio::test]
async fn every_setting_is_one_of_the_program() {
    let help = printed("sqlite://nowhere/a.db", &["serve", "--help"]).await;
    let mut found = 0;
    for name in files().into_iter().map(|name| format!("deploy/{name}")).chain(["docs/install.md".to_owned()]) {
        for (at, _) in read(&name).match_indices("APLODI_") {
            let text = read(&name);
            let setting: String =
                text[at..].chars().take_while(|letter| letter.is_ascii_uppercase() || *letter == '_').collect();
            assert!(help.contains(&format!("[env: {setting}")), "{name}: {setting}");
            found += 1;
        }
    }
    assert!(found > 5, "{found}");
}

#[tokio::test]
async fn every_command_is_one_of_the_program() {
    for name in files().into_iter().map(|name| format!("deploy/{name}")).chain(["docs/install.md".to_owned()]) {
        for after in read(&name).split("/usr/local/bin/aplodi ").skip(1) {
            let command = after.split_whitespace().next().expect("a word");
            printed("sqlite://nowhere/a.db", &[command, "--help"]).await;
        }
    }
    let demo = read("deploy/aplodi-demo.service");
    let starts = demo.split("/usr/local/bin/aplodi ").nth(1).and_then(|rest| rest.lines().next()).expect("a command");
    let shown = starts.replace("serve", "config");
    let shown = printed("sqlite://nowhere/a.db", &shown.split_whitespace().collect::<Vec<_>>()).await;
    assert!(
        shown.contains("APLODI_DEMO=true") && shown.contains("APLODI_PUBLIC_URL=http://localhost:3001/"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_settings_are_what_the_server_would_run_with() {
    let mut command = harness::program::aplodi("sqlite://nowhere/a.db");
    for line in read("deploy/aplodi.env").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (name, value) = line.split_once('=').expect("a setting");
        command.env(name, value);
    }
    let output = command.arg("config").stdin(Stdio::null()).output().await.expect("the program starts");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "APLODI_PUBLIC_URL=https://feedback.example/",
        "APLODI_TRUSTED_PROXY=127.0.0.1/32,::1/128",
        "APLODI_DATABASE_URL=sqlite:///var/lib/aplodi/aplodi.db",
        "APLODI_LISTEN=127.0.0.1:3000",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn the_manual_names_every_file() {
    let (manual, contents) = (read("docs/install.md"), read("deploy/README.md"));
    for name in files() {
        assert!(manual.contains(&name), "docs/install.md says nothing of {name}");
        assert!(contents.contains(&name), "deploy/README.md says nothing of {name}");
    }
    for proxy in ["deploy/Caddyfile", "deploy/nginx.conf"] {
        assert!(read(proxy).contains("127.0.0.1:3000"), "{proxy} leads to where the server listens");
    }
}

#[tokio::test]
async fn systemd_understands_its_units() {
    // What they start is not installed here, and systemd says so and nothing else.
    let scratch = tempfile::tempdir().expect("a folder");
    let mut units = Vec::new();
    let is_unit = |name: &String| Path::new(name).extension().is_some_and(|kind| kind == "service" || kind == "timer");
    for name in files().into_iter().filter(is_unit) {
        let unit = read(&format!("deploy/{name}")).replace("/usr/local/bin/aplodi", "/bin/true");
        let place = scratch.path().join(&name);
        fs::write(&place, unit).expect("written");
        units.push(place.display().to_string());
    }
    assert_eq!(units.len(), 4);
    let arguments: Vec<&str> = ["verify", "--man=no"].into_iter().chain(units.iter().map(String::as_str)).collect();
    if let Some(said) = judged_by("systemd-analyze", &arguments).await {
        let about_ours: Vec<&str> = said.lines().filter(|line| line.contains("aplodi")).collect();
        assert!(about_ours.is_empty(), "{about_ours:?}");
    }
}

#[tokio::test]
async fn caddy_understands_its_file() {
    judged_by("caddy", &["validate", "--adapter", "caddyfile", "--config", "Caddyfile"]).await;
}

#[tokio::test]
async fn nginx_understands_its_file() {
    // With a certificate that is there, on ports that anybody may open.
    let scratch = tempfile::tempdir().expect("a folder");
    let place = scratch.path().display();
    let (key, certificate) = (format!("{place}/privkey.pem"), format!("{place}/fullchain.pem"));
    let made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=feedback.example"];
    if judged_by("openssl", &[&made[..], &["-keyout", &key, "-out", &certificate]].concat()).await.is_none() {
        return;
    }
    let site = read("deploy/nginx.conf")
        .replace("/etc/letsencrypt/live/feedback.example", &place.to_string())
        .replace("listen 80;", "listen 127.0.0.1:18080;")
        .replace("listen 443 ", "listen 127.0.0.1:18443 ")
        .lines()
        .filter(|line| !line.contains("listen [::]"))
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(scratch.path().join("site.conf"), site).expect("written");
    let whole = format!(
        "pid {place}/pid; error_log {place}/errors; events {{}} http {{ access_log off; include {place}/site.conf; }}\n"
    );
    let file = scratch.path().join("nginx.conf");
    fs::write(&file, whole).expect("written");
    judged_by("nginx", &["-t", "-c", &file.display().to_string()]).await;
}
