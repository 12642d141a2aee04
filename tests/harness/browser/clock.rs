//! The page's own time: a test moves it, instead of waiting for it. Nobody is thrown out while a busy machine takes its
//! time, and nobody waits for a minute to pass.

use std::cell::Cell;

use super::Browser;
use crate::until;

/// Puts another clock and other timers in the place of the page's. `skip` moves the clock alone, as when a tablet has
/// slept; `forward` moves the timers with it, and what is due then happens at once.
const CLOCK: &str = "{
    const measured = performance.now.bind(performance);
    const [arm, disarm] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
    const began = measured();
    let [skipped, forwarded] = [0, 0];
    let last = 1_000_000_000;
    const waiting = new Map();
    const timers = () => measured() + forwarded;
    const start = (timer) => (timer.armed = arm(() => fire(timer), Math.max(0, timer.due - timers())));
    const fire = (timer) => {
        if (timer.every === undefined) {
            waiting.delete(timer.id);
        } else {
            timer.due = timers() + timer.every;
            start(timer);
        }
        timer.then(...timer.rest);
    };
    const later = (then, rest, millis, every) => {
        const timer = { id: (last += 1), then, rest, due: timers() + Math.max(0, Number(millis) || 0), every };
        waiting.set(timer.id, timer);
        start(timer);
        return timer.id;
    };
    performance.now = () => (STANDS ? began : measured()) + skipped + forwarded;
    window.setTimeout = (then, millis, ...rest) => later(then, rest, millis);
    window.setInterval = (then, millis, ...rest) => later(then, rest, millis, Math.max(4, Number(millis) || 0));
    window.clearTimeout = window.clearInterval = (id) => {
        disarm(waiting.get(id)?.armed ?? id);
        waiting.delete(id);
    };
    AbortSignal.timeout = (millis) => {
        const giving = new AbortController();
        later(() => giving.abort(new DOMException('it took too long', 'TimeoutError')), [], millis);
        return giving.signal;
    };
    window.skip = (millis) => { skipped += millis; };
    window.forward = (millis) => {
        forwarded += millis;
        for (const timer of [...waiting.values()].sort((one, other) => one.due - other.due)) {
            disarm(timer.armed);
            start(timer);
        }
    };
}";

impl Browser {
    /// Lets a test make time pass in the pages that this tab will open, beside the time that passes by itself: for pages
    /// that wait for something. A visitor who hesitates is asked after twenty seconds, which a busy machine may well
    /// take: visitors are better played where the clock is stopped.
    pub async fn hold_the_clock(&self) {
        self.prepare(&CLOCK.replace("STANDS", "false")).await;
    }

    /// Stops the time that the page's scripts measure: only [`Browser::skip`] and [`Browser::forward`] make it pass, so
    /// that nobody is thrown out, however busy the machine is. Timers go on.
    pub async fn stop_the_clock(&self) {
        self.prepare(&CLOCK.replace("STANDS", "true")).await;
    }

    /// Moves the clock, where it was held or stopped before the page was opened.
    pub async fn skip(&self, millis: u32) {
        // A page that is just being left has no clock yet, and the next one is looked at again.
        self.execute("window.skip?.(arguments[0]);", vec![millis.into()]).await;
    }

    /// Moves the clock and the timers, second by second and for a minute at the most, until something like this is on
    /// the page. Not for longer: what the page has asked a server for is given up in time, too.
    pub async fn forward_until(&self, css: &str) {
        let seconds = Cell::new(0);
        let there = async || {
            let there = self.has(css).await;
            if !there && seconds.get() < 60 {
                seconds.set(seconds.get() + 1);
                self.forward(1_000).await;
            }
            there
        };
        until(&format!("{css} appears, sooner or later"), there).await;
    }

    /// Moves the clock and the timers.
    pub async fn forward(&self, millis: u32) {
        self.execute("window.forward?.(arguments[0]);", vec![millis.into()]).await;
    }
}
