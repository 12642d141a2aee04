//! Runs other programs without a word, and shows what they said only if they fail.

use std::{
    io::{BufReader, Read},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};

use crate::step::Status;

/// Runs `command` to its end and returns what it wrote to its standard output.
///
/// # Errors
/// If it cannot be started, or fails: then the error carries all it wrote.
pub(crate) fn run(command: &mut Command, status: &Status) -> Result<Vec<u8>> {
    let name = describe(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{name}` did not start"))?;
    let (Some(mut stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        bail!("`{name}` has no output to read");
    };
    // Both pipes are read at once: a program that fills one of them would wait for ever.
    let answer = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let said = listen(stderr, |far| {
        if !far.is_empty() {
            status.progress(far);
        }
    })?;
    let answer = answer.join().ok().context("reading the output stopped")??;
    let end = child.wait()?;
    if !end.success() {
        // What cargo says to programs is no help to people.
        let answer = String::from_utf8_lossy(&answer);
        let answer: String = answer.split_inclusive('\n').filter(|line| !line.starts_with("{\"reason\"")).collect();
        bail!("{said}{answer}\n`{name}` failed ({end}), see above");
    }
    Ok(answer)
}

/// A command as one would type it, without the folder of the program.
pub(crate) fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let words = std::iter::once(program.file_name().unwrap_or(program.as_os_str())).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Reads to the end; hands progress on and returns the rest.
fn listen(from: impl Read, mut progress: impl FnMut(&str)) -> Result<String> {
    let mut rest = String::new();
    let mut line = Vec::new();
    for byte in BufReader::new(from).bytes() {
        let byte = byte?;
        line.push(byte);
        if byte != b'\n' && byte != b'\r' {
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        if let Some(far) = how_far(text.trim_start_matches("\x1b[K")) {
            progress(far);
        } else {
            if text.contains("Blocking waiting for file lock") {
                progress("waiting for another cargo to end");
            }
            if !is_chatter(&text) {
                rest.push_str(text.trim_start_matches("\x1b[K"));
            }
        }
        line.clear();
    }
    rest.push_str(&String::from_utf8_lossy(&line));
    Ok(rest)
}

/// Whether cargo only names what it is busy with: hundreds of lines above the one that matters.
fn is_chatter(line: &str) -> bool {
    // Colours come in escape sequences that end in a letter.
    let (first, coloured) = line.split_once('\x1b').unwrap_or((line, ""));
    let rest =
        coloured.split('\x1b').map(|part| part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |it| it.1));
    let plain: String = std::iter::once(first).chain(rest).collect();
    ["   Compiling ", "    Checking ", "  Downloaded ", " Downloading ", "    Finished "]
        .iter()
        .any(|it| plain.starts_with(it))
}

/// What a line that will be overwritten tells: cargo's is `Building [==>   ] 12/300: serde` and a carriage return.
fn how_far(line: &str) -> Option<&str> {
    let line = line.strip_suffix('\r')?;
    Some(line.split_once("] ").map_or("", |(_, count)| count).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_and_speech_are_told_apart() {
        let said = "   Compiling a v1\n\x1b[1m\x1b[92m    Checking\x1b[0m b v1\n\x1b[1m    Building\x1b[0m [==>   ] 12/300: serde, syn\r\x1b[Kwarning: b\n";
        let mut seen = Vec::new();
        let rest = listen(said.as_bytes(), |far| seen.push(far.to_owned())).unwrap();
        assert_eq!(seen, ["12/300: serde, syn"]);
        assert_eq!(rest, "warning: b\n");
    }

    #[test]
    fn a_failure_shows_what_was_said() {
        let mut failing = Command::new("sh");
        failing.args(["-c", "echo heard; echo '{\"reason\":\"x\"}'; echo seen >&2; exit 3"]);
        let error = crate::step::Steps::new(1).run("Fail", |status| run(&mut failing, status)).unwrap_err();
        let text = error.to_string();
        assert!(
            !text.contains("\n{") && text.contains("heard") && text.contains("seen") && text.contains("exit status: 3"),
            "{text}"
        );
    }
}
