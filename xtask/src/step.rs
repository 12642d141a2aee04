//! Says what is being done while it is being done: `[2/3] Build the site ... 0.4 s`, and while it takes long, how far it is.

use std::{
    io::{IsTerminal, Write, stdout},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow};

/// How long nothing is said at most where nobody watches the line being overwritten.
const EVERY: Duration = Duration::from_secs(15);

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
    pub(crate) fn run<T>(&mut self, name: &str, work: impl FnOnce(&Status) -> Result<T>) -> Result<T> {
        let number = self.done.len() + 1;
        let status = Status::begin(Line::new(format!("[{number}/{}] {name}", self.total), stdout().is_terminal()));
        let clock = Clock::start(&status);
        let start = Instant::now();
        let result = work(&status);
        let took = start.elapsed();
        clock.stop();
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

/// Does two things at once, each of which would leave a core idle at times. Both come to their end.
pub(crate) fn at_once<A, B: Send>(
    first: impl FnOnce() -> Result<A>,
    second: impl FnOnce() -> Result<B> + Send,
) -> Result<(A, B)> {
    thread::scope(|scope| {
        let second = scope.spawn(second);
        let first = first();
        let second = second.join().map_err(|_| anyhow!("it panicked, see above"))?;
        Ok((first?, second?))
    })
}

/// The line of the step under way. What runs beside something else has a [`Status::lane`] of its own in it.
pub(crate) struct Status {
    line: Arc<Mutex<Line>>,
    lane: &'static str,
}

impl Status {
    fn begin(line: Line) -> Self {
        say(&format!("{} ... ", line.head));
        Self { line: Arc::new(Mutex::new(line)), lane: "" }
    }

    /// The same line, for one of several things that run at once.
    pub(crate) fn lane(&self, name: &'static str) -> Self {
        Self { line: Arc::clone(&self.line), lane: name }
    }

    /// How far the step has come: a terminal shows it at once, others hear of it now and then.
    pub(crate) fn progress(&self, how_far: &str) {
        let mut line = self.line();
        line.reached(self.lane, how_far);
        if let Some(text) = line.redrawn() {
            say(&text);
        }
    }

    /// Something worth knowing that is no error; printed when the step has ended.
    pub(crate) fn note(&self, note: impl Into<String>) {
        self.line().notes.push(note.into());
    }

    /// Ends the line, because what runs now prints for itself.
    pub(crate) fn hand_over(&self) {
        let mut line = self.line();
        if line.state != LineState::HandedOver {
            say("\n");
            line.state = LineState::HandedOver;
        }
    }

    fn end(&self, how: &str) {
        let line = self.line();
        say(&line.ended(how));
        for note in &line.notes {
            println!("      {note}");
        }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        // What is in it is whole between any two statements.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of a step, and what has to be printed for it.
struct Line {
    head: String,
    notes: Vec<String>,
    /// how far each of the things that run at once has come
    lanes: Vec<(&'static str, String)>,
    state: LineState,
    terminal: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineState {
    /// it is the last thing on the screen, and can go on
    Open,
    /// lines on how far it is stand below it
    Followed,
    /// something else prints
    HandedOver,
}

impl Line {
    fn new(head: String, terminal: bool) -> Self {
        Self { head, notes: Vec::new(), lanes: Vec::new(), state: LineState::Open, terminal }
    }

    fn reached(&mut self, lane: &'static str, how_far: &str) {
        match self.lanes.iter_mut().find(|(name, _)| *name == lane) {
            Some((_, known)) => how_far.clone_into(known),
            None => self.lanes.push((lane, how_far.to_owned())),
        }
    }

    /// "tablet 12/180: syn | server 40/390: sqlx-core"
    fn how_far(&self) -> String {
        let lane = |(name, far): &(&str, String)| if name.is_empty() { far.clone() } else { format!("{name} {far}") };
        self.lanes.iter().map(lane).collect::<Vec<_>>().join(" | ")
    }

    /// What a terminal shows in place of the line.
    fn redrawn(&self) -> Option<String> {
        (self.terminal && self.state == LineState::Open)
            .then(|| format!("\r\x1b[K{} ... {} ", self.head, self.how_far()))
    }

    /// What is said to whom cannot be shown a line that changes.
    fn spoken(&mut self, after: Duration) -> Option<String> {
        if self.terminal || self.state == LineState::HandedOver {
            return None;
        }
        let restart = if self.state == LineState::Open { "\n" } else { "" };
        self.state = LineState::Followed;
        Some(format!("{restart}      {}  {}\n", time(after), self.how_far()))
    }

    fn ended(&self, how: &str) -> String {
        match self.state {
            LineState::Open if self.terminal => format!("\r\x1b[K{} ... {how}\n", self.head),
            LineState::Open => format!("{how}\n"),
            LineState::Followed | LineState::HandedOver => format!("{} ... {how}\n", self.head),
        }
    }
}

/// Speaks every fifteen seconds.
struct Clock {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Clock {
    fn start(status: &Status) -> Self {
        let (stop, stopped) = channel();
        let (line, started) = (Arc::clone(&status.line), Instant::now());
        let thread = thread::spawn(move || {
            while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                let spoken = line.lock().unwrap_or_else(PoisonError::into_inner).spoken(started.elapsed());
                if let Some(text) = spoken {
                    say(&text);
                }
            }
        });
        Self { stop, thread }
    }

    fn stop(self) {
        drop(self.stop);
        // Where it panicked nothing is said any more, which is no reason to stop building.
        let _ = self.thread.join();
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

    #[test]
    fn a_log_hears_now_and_then_how_far_it_is() {
        let mut line = Line::new("[1/2] Build".into(), false);
        line.reached("", "3/9: serde");
        assert_eq!(line.redrawn(), None, "a log cannot be overwritten");
        assert_eq!(line.spoken(EVERY).as_deref(), Some("\n      15.0 s  3/9: serde\n"));
        line.reached("", "4/9: syn");
        assert_eq!(line.spoken(2 * EVERY).as_deref(), Some("      30.0 s  4/9: syn\n"));
        assert_eq!(line.ended("31.0 s"), "[1/2] Build ... 31.0 s\n");
    }

    #[test]
    fn a_terminal_sees_the_line_change() {
        let mut line = Line::new("[1/2] Build".into(), true);
        line.reached("tablet", "1/9: syn");
        line.reached("server", "2/7: sqlx");
        line.reached("tablet", "2/9: app");
        assert_eq!(line.redrawn().as_deref(), Some("\r\x1b[K[1/2] Build ... tablet 2/9: app | server 2/7: sqlx "));
        assert_eq!(line.spoken(EVERY), None, "it is on the screen already");
        assert_eq!(line.ended("1.0 s"), "\r\x1b[K[1/2] Build ... 1.0 s\n");
    }

    #[test]
    fn nothing_is_said_between_what_others_print() {
        for terminal in [false, true] {
            let mut line = Line::new("[2/2] Test".into(), terminal);
            line.reached("", "1/9");
            line.state = LineState::HandedOver;
            assert_eq!((line.redrawn(), line.spoken(EVERY)), (None, None));
            assert_eq!(line.ended("9.0 s"), "[2/2] Test ... 9.0 s\n");
        }
    }

    #[test]
    fn of_two_at_once_both_end_and_either_may_fail() {
        assert_eq!(at_once(|| Ok(1), || Ok(2)).unwrap(), (1, 2));
        assert_eq!(at_once(|| Ok(1), || Err::<u8, _>(anyhow!("no"))).unwrap_err().to_string(), "no");
        assert_eq!(at_once(|| Err::<u8, _>(anyhow!("never")), || Ok(2)).unwrap_err().to_string(), "never");
    }
}
