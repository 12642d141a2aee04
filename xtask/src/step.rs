//! Says what is being done while it is being done: `[2/3] Build the site ... 0.4 s`.

use std::{
    io::{IsTerminal, Write, stdout},
    time::{Duration, Instant},
};

use anyhow::Result;

/// The numbered steps of one task, and how long each took.
pub(crate) struct Steps {
    total: usize,
    done: Vec<(String, Duration)>,
    started: Instant,
}

impl Steps {
    /// A task that will take `total` steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, done: Vec::new(), started: Instant::now() }
    }

    /// Does one step, saying its name before and its time after.
    pub(crate) fn run<T>(&mut self, name: &str, work: impl FnOnce(&mut Status) -> Result<T>) -> Result<T> {
        let number = self.done.len() + 1;
        let mut status = Status::begin(format!("[{number}/{}] {name}", self.total));
        let start = Instant::now();
        let result = work(&mut status);
        let took = start.elapsed();
        status.end(&if result.is_ok() { time(took) } else { format!("failed after {}", time(took)) });
        self.done.push((name.to_owned(), took));
        result
    }

    /// Prints how long each step took, and all of them together.
    pub(crate) fn summary(&self) {
        debug_assert_eq!(self.done.len(), self.total, "a task announced a wrong number of steps");
        println!();
        for (name, took) in &self.done {
            println!("{:>12}  {name}", time(*took));
        }
        println!("{:>12}  together", time(self.started.elapsed()));
    }
}

/// The line of the step under way.
pub(crate) struct Status {
    head: String,
    notes: Vec<String>,
    /// Whether the line is still the last thing on the screen.
    open: bool,
    terminal: bool,
}

impl Status {
    fn begin(head: String) -> Self {
        let status = Self { head, notes: Vec::new(), open: true, terminal: stdout().is_terminal() };
        say(&format!("{} ... ", status.head));
        status
    }

    /// Whether somebody is watching the line, so that [`Self::progress`] shows.
    pub(crate) fn watched(&self) -> bool {
        self.terminal && self.open
    }

    /// How far the step has come; shown only to a terminal, where it can be overwritten.
    pub(crate) fn progress(&self, how_far: &str) {
        if self.watched() {
            say(&format!("\r\x1b[K{} ... {how_far} ", self.head));
        }
    }

    /// Something worth knowing that is no error; printed when the step has ended.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Ends the line, because what runs now prints for itself.
    pub(crate) fn hand_over(&mut self) {
        if self.open {
            say("\n");
            self.open = false;
        }
    }

    fn end(&mut self, how: &str) {
        let restart = if self.watched() { "\r\x1b[K" } else { "" };
        if self.watched() || !self.open {
            say(&format!("{restart}{} ... ", self.head));
        }
        say(&format!("{how}\n"));
        for note in &self.notes {
            println!("      {note}");
        }
    }
}

fn say(text: &str) {
    print!("{text}");
    // A reader who has gone away is no reason to stop building.
    let _ = stdout().flush();
}

/// A duration as people say it.
fn time(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 100 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        assert_eq!(time(Duration::from_millis(420)), "0.4 s");
        assert_eq!(time(Duration::from_millis(99_940)), "99.9 s");
        assert_eq!(time(Duration::from_secs(125)), "2 min 05 s");
    }
}
