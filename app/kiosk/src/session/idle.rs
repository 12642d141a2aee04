//! Nobody touches the screen: a visible countdown, and then the next visitor is greeted.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    browser::device,
    corner::demo,
    session::state::{Kiosk, Scene},
    view::format::ring_label,
    view::rebuild::Fresh,
};
use app::i18n::{Locale, td_string};
use domain::{
    time::{Millis, SECOND},
    visit::Visit,
};

const TICK: Duration = Duration::from_millis(250);
/// A touch that is no click (a long press, a swipe) takes the countdown away as well, but only when
/// the finger is gone: else the click would land on what lies underneath.
pub(crate) const LIFTED: Duration = Duration::from_millis(600);

/// Starts watching.
pub(crate) fn watch(kiosk: Kiosk) {
    // Never stopped: it lives as long as the page.
    let _ = set_interval_with_handle(move || tick(kiosk), TICK);
}

/// Somebody is there.
pub(crate) fn touch(kiosk: Kiosk) {
    kiosk.touched.set_value(device::monotonic());
    if kiosk.countdown.get_untracked().is_some() {
        set_timeout(move || stay(kiosk), LIFTED);
    }
}

fn stay(kiosk: Kiosk) {
    if kiosk.countdown.get_untracked().is_some() {
        kiosk.countdown.set(None);
        // Only once the question is no longer inert.
        set_timeout(|| device::focus("q"), Duration::ZERO);
    }
}

fn tick(kiosk: Kiosk) {
    if !kiosk.is_busy() {
        demo::expire(kiosk);
    }
    match kiosk.scene.get_untracked() {
        Scene::Asking if kiosk.is_asleep() => kiosk.follow_programme(),
        // Not while the finger that woke it is still down: its click was not meant for a question.
        Scene::Asleep if !kiosk.is_asleep() && !may_hold(kiosk) => kiosk.rouse(),
        _ => {}
    }
    let settings = kiosk.settings();
    let silent = since_touched(kiosk);
    let abandoned = match kiosk.scene.get_untracked() {
        Scene::Asking if kiosk.visit.with_untracked(Visit::is_untouched) => {
            // Only the language or the contrast was changed: nothing to lose, nothing to ask.
            if silent >= settings.idle_ms {
                put_back(kiosk);
            }
            false
        }
        Scene::Asking => !kiosk.moving.get_untracked(),
        Scene::Unsaved => true,
        _ => false,
    };
    let left = settings.idle_ms + settings.countdown_ms - silent;
    let shown = (abandoned && silent >= settings.idle_ms).then(|| (left + SECOND - 1) / SECOND);
    if shown.is_some() && left <= 0 {
        kiosk.countdown.set(None);
        kiosk.touched.set_value(device::monotonic());
        kiosk.time_out();
    } else if shown.is_some() && kiosk.countdown.get_untracked() != shown {
        kiosk.countdown.set(shown);
    }
}

/// Whether the finger that touched the screen last may still be down.
pub(crate) fn may_hold(kiosk: Kiosk) -> bool {
    Duration::from_millis(since_touched(kiosk).unsigned_abs()) < LIFTED
}

fn since_touched(kiosk: Kiosk) -> Millis {
    device::monotonic() - kiosk.touched.get_value()
}

fn put_back(kiosk: Kiosk) {
    let default = kiosk.config.with_value(|config| config.as_ref().map(|config| config.venue.default_lang()));
    if kiosk.contrast.get_untracked() || default.is_some_and(|default| default != kiosk.lang.get_untracked()) {
        kiosk.begin_anew();
    }
}

/// The countdown. It covers everything, so that any touch means "I'm still here".
pub(crate) fn overlay(kiosk: Kiosk) -> impl IntoView {
    let showing = ArcMemo::new(move |_| kiosk.countdown.with(Option::is_some));
    move || {
        showing.get().then(|| {
            let locale = Locale::from(kiosk.lang.get());
            let whole = (kiosk.settings().countdown_ms / SECOND).max(1);
            let left = move || kiosk.countdown.get().unwrap_or(0);
            // Every second would drown the question itself.
            let spoken = move || match left() {
                left if left > 10 => whole,
                left if left > 5 => whole.min(10),
                _ => whole.min(5),
            };
            set_timeout(|| device::focus("stay"), Duration::ZERO);
            Fresh::new(view! {
                <div
                    class="overlay"
                    role="alertdialog"
                    aria-modal="true"
                    aria-labelledby="idle-q"
                    aria-describedby="idle-d"
                    on:click=move |_| stay(kiosk)
                >
                    <svg class="ring" viewBox="0 0 120 120" role="img" aria-label=move || ring_label(kiosk.lang.get(), spoken())>
                        <circle class="track" cx="60" cy="60" r="52"></circle>
                        <circle
                            class="rest"
                            cx="60"
                            cy="60"
                            r="52"
                            pathLength=whole.to_string()
                            stroke-dasharray=whole.to_string()
                            stroke-dashoffset=move || (whole - left()).to_string()
                        ></circle>
                        <text x="60" y="60">{move || left().to_string()}</text>
                    </svg>
                    <h1 id="idle-q">{td_string!(locale, kiosk.idle_title)}</h1>
                    <button type="button" class="button" id="stay">{td_string!(locale, kiosk.idle_stay)}</button>
                    <p class="lead" id="idle-d">{td_string!(locale, kiosk.idle_hint)}</p>
                    <p class="unseen" role="status">{move || ring_label(kiosk.lang.get(), spoken())}</p>
                </div>
            })
        })
    }
}
