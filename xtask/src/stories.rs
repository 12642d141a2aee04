//! Runs the tests, and a browser story that failed beside others once more, alone.
//!
//! Only stories of the browser, only a few, and never in silence: the run names each at its end, so that somebody looks
//! for what it did not wait for. See `docs/decisions/a-story-runs-twice.md`.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write, stdout},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

use crate::{run_captured::describe, step::Status};

/// More stories than these do not fail for want of patience.
const AT_MOST: usize = 3;

/// Runs `cargo` with the arguments `all`, of which the first is `test`, for the tests whose names contain `filter`.
///
/// # Errors
/// If a test failed that is no story of the browser, more than a few did, or one of them failed again.
pub(crate) fn run(command: impl Fn() -> Command, all: &[&str], filter: Option<&str>, status: &Status) -> Result<()> {
    let mut tests = command();
    tests.args(all).args(filter);
    let first = Run::of(&mut tests)?;
    if first.succeeded {
        return Ok(());
    }
    let failed = || anyhow!("`{}` failed, see above", describe(&tests));
    if first.failed.is_empty() || first.failed.len() > AT_MOST {
        return Err(failed());
    }
    println!("\nOnce more, alone: {}\n", join(&first.failed));
    let mut alone = command();
    alone.args(all).args(["--test", "browser", "--", "--exact", "--test-threads", "1"]).args(&first.failed);
    let second = Run::of(&mut alone)?;
    // Whatever is no story of the browser was not found there, and did not pass.
    if !second.succeeded || second.passed != first.failed.len() {
        return Err(failed());
    }
    for story in &first.failed {
        status.note(format!("failed beside others and passed alone, look what it does not wait for: {story}"));
    }
    Ok(())
}

fn join(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// What a call of `cargo test` came to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Run {
    succeeded: bool,
    failed: BTreeSet<String>,
    passed: usize,
}

impl Run {
    /// Shows what the tests print while they print it.
    fn of(tests: &mut Command) -> Result<Self> {
        let name = describe(tests);
        let mut child = tests.stdout(Stdio::piped()).spawn().with_context(|| format!("`{name}` did not start"))?;
        let Some(printed) = child.stdout.take() else { bail!("`{name}` has no output to read") };
        let mut run = Self::default();
        for line in BufReader::new(printed).split(b'\n') {
            let line = line?;
            run.hear(&String::from_utf8_lossy(&line));
            let mut screen = stdout().lock();
            screen.write_all(&line)?;
            screen.write_all(b"\n")?;
        }
        run.succeeded = child.wait()?.success();
        Ok(run)
    }

    /// A line of the test harness: `test outbox::faults::a_busy_server ... FAILED`, or what a whole file came to.
    fn hear(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("test ").and_then(|rest| rest.strip_suffix(" ... FAILED")) {
            self.failed.insert(name.to_owned());
        }
        let passed = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(" passed"));
        if let Some(count) = passed.and_then(|(before, _)| before.rsplit(' ').next()) {
            self.passed += count.parse().unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Steps;

    #[test]
    fn what_failed_is_read_from_what_the_tests_print() {
        let mut run = Run::default();
        for line in [
            "running 3 tests",
            "test a::one ... ok",
            "test a::two ... FAILED",
            "test result: FAILED. 12 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
            "test result: ok. 30 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ] {
            run.hear(line);
        }
        assert_eq!(run, Run { succeeded: false, failed: ["a::two".to_owned()].into(), passed: 42 });
    }

    /// A `cargo test` whose first call prints and fails, and whose call for stories alone prints `alone`.
    fn tried(first: &str, alone: &str) -> Result<()> {
        let script = format!("case \"$*\" in *--exact*) {alone} ;; *) {first}; exit 1 ;; esac");
        let command = || {
            let mut shell = Command::new("sh");
            shell.args(["-c", &script, "cargo"]);
            shell
        };
        Steps::new(1).run("Test", |status| run(command, &["--workspace"], None, status))
    }

    #[test]
    fn a_story_that_failed_once_is_not_the_end() {
        let once = "echo 'test kiosk::a ... FAILED'";
        assert!(tried(once, "echo 'test result: ok. 1 passed; 0 failed'").is_ok());
        assert!(tried(once, "echo 'test result: FAILED. 0 passed; 1 failed'; exit 1").is_err(), "it failed again");
        assert!(tried(once, "echo 'test result: ok. 0 passed; 0 failed'").is_err(), "it is no story of the browser");
        assert!(tried("true", "true").is_err(), "it did not compile");
        let many = "for i in 1 2 3 4; do echo \"test kiosk::$i ... FAILED\"; done";
        assert!(tried(many, "echo 'test result: ok. 4 passed; 0 failed'").is_err(), "too many for an accident");
    }
}
