//! Keeps a page up to date: its live region by notices, and every minute whatever on it depends on the time.

use leptos::prelude::*;

use crate::i18n::{Lang, td_string};

/// What the page hands to its [`Live`].
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// where notices come from: server-sent events named `changed`; empty where only time changes the page
    pub changes: String,
    /// where the live region can be read alone
    pub fragment: String,
    /// said while it updates itself
    pub on: String,
    /// said while the connection is lost
    pub off: String,
    /// said where it never updates itself
    pub never: String,
    /// said once the reader is logged out
    pub out: String,
    /// leads to the log-in, and back to this page
    pub log_in: String,
}

impl Source {
    /// Of a page that notices change.
    #[must_use]
    pub fn of_changes(changes: String, fragment: String, lang: Lang) -> Self {
        let on = td_string!(lang, staff.live_on).to_owned();
        Self { changes, fragment, on, never: td_string!(lang, staff.live_never).to_owned(), ..Self::of_time(lang) }
    }

    /// Of a page that only time changes: it says nothing as long as that works.
    #[must_use]
    pub fn of_time(lang: Lang) -> Self {
        Self {
            off: td_string!(lang, staff.live_off).to_owned(),
            out: td_string!(lang, staff.live_out).to_owned(),
            log_in: td_string!(lang, staff.live_log_in).to_owned(),
            ..Self::default()
        }
    }
}

/// Says whether the page updates itself, and does so where it can: a notice on `changes` makes it
/// read `fragment` and work the difference into the element `live`; every minute it does the same with the whole page,
/// because "tonight" and "coming up" are not for ever. Without JavaScript it says how to see the newest.
///
/// What it needs comes to the server as a context, and to the browser in the attributes of its own
/// element: properties would bring a whole JSON parser to every tablet.
#[island]
pub fn Live() -> impl IntoView {
    #[cfg(not(feature = "browser"))]
    let source = use_context::<Source>().unwrap_or_default();
    #[cfg(feature = "browser")]
    let source = browser::source().unwrap_or_default();
    let state = RwSignal::new(State::Never);
    #[cfg(feature = "browser")]
    browser::watch(source.changes.clone(), source.fragment.clone(), state);
    let Source { changes, fragment, on, off, never, out, log_in } = source;
    let said = [never, on.clone(), off.clone(), out.clone()];
    let data = log_in.clone();
    let way = move || (state.get() == State::Out).then(|| view! { " " <a href=log_in_address>{log_in.clone()}</a> });
    view! {
        <p
            id="live-state"
            class=move || state.get().class()
            role="status"
            data-changes=changes
            data-fragment=fragment
            data-on=on
            data-off=off
            data-out=out
            data-log-in=data
        >
            {move || said[state.get() as usize].clone()}
            {way}
        </p>
    }
}

/// Whether the page updates itself.
#[cfg_attr(not(feature = "browser"), expect(dead_code, reason = "the server only renders the state before any script"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// no script has said otherwise
    Never,
    /// it does
    On,
    /// it did, and tries to again
    Off,
    /// it did; the reader is logged out
    Out,
}

impl State {
    const fn class(self) -> &'static str {
        match self {
            Self::Never => "quiet",
            Self::On => "live",
            Self::Off | Self::Out => "live is-off",
        }
    }
}

/// Where the reader logs in, and comes back from to this page.
fn log_in_address() -> String {
    #[cfg(feature = "browser")]
    return browser::log_in_address();
    #[cfg(not(feature = "browser"))]
    "/staff/login".to_owned()
}

#[cfg(feature = "browser")]
mod browser {
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
        time::Duration,
    };

    use leptos::{
        leptos_dom::helpers::{set_interval, set_timeout},
        prelude::*,
        task::spawn_local,
    };
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::EventSource;

    use super::{Source, State};
    use crate::{
        fetch::{FetchRequest, fetch},
        islands::{
            coalesce::Reading,
            morph::{Morphed, empty_page, morph_live, morph_page},
        },
    };

    /// After a loss that the browser does not mend by itself, and after a reading that failed.
    const AGAIN: Duration = Duration::from_secs(5);
    /// How often the words that depend on the time are read anew.
    const MINUTE: Duration = Duration::from_mins(1);
    /// So many minutes pass before somebody who is logged out is looked for again.
    const RARELY: u32 = 5;

    struct Watch {
        changes: String,
        fragment: String,
        state: RwSignal<State>,
        reading: RefCell<Reading>,
        /// while the page is in view: a browser holds six connections to a server, for all its tabs together
        stream: RefCell<Option<EventSource>>,
        minutes: Cell<u32>,
    }

    /// What came of a reading.
    enum Read {
        Done,
        Failed,
        /// the log-in came instead
        LoggedOut,
    }

    /// What the server wrote into the element.
    pub(super) fn source() -> Option<Source> {
        let element = document().get_element_by_id("live-state")?;
        let given = |name| element.get_attribute(name);
        Some(Source {
            changes: given("data-changes")?,
            fragment: given("data-fragment")?,
            on: given("data-on")?,
            off: given("data-off")?,
            out: given("data-out")?,
            log_in: given("data-log-in")?,
            never: element.text_content()?.trim_end().to_owned(),
        })
    }

    /// Where the reader logs in, and comes back from to this page.
    pub(super) fn log_in_address() -> String {
        ["/staff/login?next=", &String::from(js_sys::encode_uri_component(&here()))].concat()
    }

    fn here() -> String {
        let location = window().location();
        [location.pathname().unwrap_or_default(), location.search().unwrap_or_default()].concat()
    }

    pub(super) fn watch(changes: String, fragment: String, state: RwSignal<State>) {
        let (reading, stream, minutes) = Default::default();
        let watch = Rc::new(Watch { changes, fragment, state, reading, stream, minutes });
        let looked_at = Rc::clone(&watch);
        let seen = Closure::<dyn FnMut()>::new(move || {
            if document().hidden() {
                looked_at.close();
            } else {
                Rc::clone(&looked_at).open();
                Rc::clone(&looked_at).refresh();
            }
        });
        // Fails only for listeners that are no functions.
        _ = document().add_event_listener_with_callback("visibilitychange", seen.into_js_value().unchecked_ref());
        let ticking = Rc::clone(&watch);
        set_interval(move || Rc::clone(&ticking).tick(), MINUTE);
        if watch.changes.is_empty() {
            state.set(State::On);
        }
        watch.open();
    }

    impl Watch {
        /// The listeners live as long as the page: a closed source is replaced by a new one.
        fn open(self: Rc<Self>) {
            let is_idle = document().hidden() || self.changes.is_empty() || self.state.get_untracked() == State::Out;
            if is_idle || self.stream.borrow().is_some() {
                return;
            }
            let Ok(source) = EventSource::new(&self.changes) else { return self.later(Self::open) };
            let watch = Rc::clone(&self);
            // What happened while nobody listened was missed, so a new connection reads at once.
            let opened = Closure::<dyn FnMut()>::new(move || Rc::clone(&watch).noticed());
            source.set_onopen(Some(opened.into_js_value().unchecked_ref()));
            let watch = Rc::clone(&self);
            let changed = Closure::<dyn FnMut()>::new(move || Rc::clone(&watch).noticed());
            // As above.
            _ = source.add_event_listener_with_callback("changed", changed.into_js_value().unchecked_ref());
            let (lost, watch) = (source.clone(), Rc::clone(&self));
            let failed = Closure::<dyn FnMut()>::new(move || {
                if watch.state.get_untracked() != State::Out {
                    watch.state.set(State::Off);
                }
                // The browser connects again by itself, but not after a response that is no stream.
                if lost.ready_state() == EventSource::CLOSED {
                    watch.close();
                    // Whether the reader is logged out is what a reading tells.
                    Rc::clone(&watch).noticed();
                    Rc::clone(&watch).later(Self::open);
                }
            });
            source.set_onerror(Some(failed.into_js_value().unchecked_ref()));
            self.stream.replace(Some(source));
        }

        /// Lets the connection go, for the other tabs.
        fn close(&self) {
            if let Some(source) = self.stream.take() {
                source.set_onerror(None);
                source.close();
            }
        }

        /// A minute has passed.
        fn tick(self: Rc<Self>) {
            let minutes = self.minutes.get().wrapping_add(1);
            self.minutes.set(minutes);
            let is_patient = self.state.get_untracked() == State::Out && !minutes.is_multiple_of(RARELY);
            if !document().hidden() && !is_patient {
                self.refresh();
            }
        }

        /// Reads the whole page, for the words that only time changes.
        fn refresh(self: Rc<Self>) {
            spawn_local(async move {
                match self.fetch(&here(), morph_page).await {
                    Read::Done => {
                        if self.state.get_untracked() == State::Out || self.changes.is_empty() {
                            self.state.set(State::On);
                        }
                        self.open();
                    }
                    Read::LoggedOut => self.log_out(),
                    Read::Failed if self.changes.is_empty() => self.state.set(State::Off),
                    // The stream says so itself.
                    Read::Failed => {}
                }
            });
        }

        fn noticed(self: Rc<Self>) {
            let start = self.reading.borrow_mut().noticed();
            if start {
                self.read();
            }
        }

        fn read(self: Rc<Self>) {
            spawn_local(async move {
                let read = self.fetch(&self.fragment, morph_live).await;
                let again = self.reading.borrow_mut().done();
                match (again, read) {
                    (_, Read::LoggedOut) => {
                        self.reading.take();
                        self.log_out();
                    }
                    (_, Read::Failed) => {
                        self.state.set(State::Off);
                        // A reading that follows starts by notice, so that two never overlap.
                        self.reading.take();
                        self.later(Self::noticed);
                    }
                    (again, Read::Done) => {
                        self.state.set(State::On);
                        if again {
                            self.read();
                        }
                    }
                }
            });
        }

        /// Whoever reads on must be let in again.
        fn log_out(&self) {
            self.close();
            self.state.set(State::Out);
            empty_page();
        }

        /// Reads something and works it in.
        async fn fetch(&self, path: &str, morph: fn(&str) -> Option<Morphed>) -> Read {
            let Some(response) = fetch(FetchRequest { path, ..FetchRequest::default() }).await else {
                return Read::Failed;
            };
            if response.was_redirected() {
                return Read::LoggedOut;
            }
            let text = if response.status() == 200 { response.text().await } else { None };
            match text.and_then(|text| morph(&text)) {
                Some(Morphed::Same) => Read::Done,
                Some(Morphed::Another) => {
                    // It is about something else now: listened to elsewhere.
                    _ = window().location().reload();
                    Read::Done
                }
                None => Read::Failed,
            }
        }

        fn later(self: Rc<Self>, then: fn(Rc<Self>)) {
            set_timeout(move || then(self), AGAIN);
        }
    }
}
