//! Keeps the live region of a page up to date.

use leptos::prelude::*;

/// What the page hands to its [`Live`].
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// where notices come from: server-sent events named `changed`
    pub changes: String,
    /// where the live region can be read alone
    pub fragment: String,
    /// said while it updates itself
    pub on: String,
    /// said while the connection is lost
    pub off: String,
    /// said where it never updates itself
    pub never: String,
}

/// Says whether the page updates itself, and does so where it can: a notice on `changes` makes it
/// read `fragment` and work the difference into the element `live`. Without JavaScript it says how
/// to see the newest.
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
    browser::listen(source.changes.clone(), source.fragment.clone(), state);
    let Source { changes, fragment, on, off, never } = source;
    let said = [never, on.clone(), off.clone()];
    view! {
        <p
            id="live-state"
            class=move || state.get().class()
            role="status"
            data-changes=changes
            data-fragment=fragment
            data-on=on
            data-off=off
        >
            {move || said[state.get() as usize].clone()}
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
}

impl State {
    const fn class(self) -> &'static str {
        match self {
            Self::Never => "quiet",
            Self::On => "live",
            Self::Off => "live is-off",
        }
    }
}

#[cfg(feature = "browser")]
mod browser {
    use std::{cell::RefCell, rc::Rc, time::Duration};

    use leptos::{leptos_dom::helpers::set_timeout, prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::EventSource;

    use super::{Source, State};
    use crate::{
        fetch::{FetchRequest, fetch},
        islands::{coalesce::Reading, morph::morph_live},
    };

    /// After a loss that the browser does not mend by itself, and after a reading that failed.
    const AGAIN: Duration = Duration::from_secs(5);

    struct Watch {
        changes: String,
        fragment: String,
        state: RwSignal<State>,
        reading: RefCell<Reading>,
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
            never: element.text_content()?,
        })
    }

    pub(super) fn listen(changes: String, fragment: String, state: RwSignal<State>) {
        Rc::new(Watch { changes, fragment, state, reading: RefCell::default() }).open();
    }

    impl Watch {
        /// The listeners live as long as the page: a closed source is replaced by a new one.
        fn open(self: Rc<Self>) {
            let Ok(source) = EventSource::new(&self.changes) else { return self.later(Self::open) };
            let watch = Rc::clone(&self);
            // What happened while nobody listened was missed, so a new connection reads at once.
            let opened = Closure::<dyn FnMut()>::new(move || Rc::clone(&watch).noticed());
            source.set_onopen(Some(opened.into_js_value().unchecked_ref()));
            let watch = Rc::clone(&self);
            let changed = Closure::<dyn FnMut()>::new(move || Rc::clone(&watch).noticed());
            // Fails only for listeners that are no functions.
            _ = source.add_event_listener_with_callback("changed", changed.into_js_value().unchecked_ref());
            let lost = source.clone();
            let failed = Closure::<dyn FnMut()>::new(move || {
                self.state.set(State::Off);
                // The browser connects again by itself, but not after a response that is no stream.
                if lost.ready_state() == EventSource::CLOSED {
                    lost.set_onerror(None);
                    Rc::clone(&self).later(Self::open);
                }
            });
            source.set_onerror(Some(failed.into_js_value().unchecked_ref()));
        }

        fn noticed(self: Rc<Self>) {
            let start = self.reading.borrow_mut().noticed();
            if start {
                self.read();
            }
        }

        fn read(self: Rc<Self>) {
            spawn_local(async move {
                let read = self.fetch().await;
                let again = self.reading.borrow_mut().done();
                match read {
                    Some(()) => self.state.set(State::On),
                    None => self.state.set(State::Off),
                }
                match (again, read) {
                    (true, Some(())) => self.read(),
                    (_, None) => {
                        // A reading that follows starts by notice, so that two never overlap.
                        self.reading.take();
                        self.later(Self::noticed);
                    }
                    (false, Some(())) => {}
                }
            });
        }

        /// Reads the region and works it in. `None` where it could not be read, or where the response
        /// is another page: that of the log-in, once the session has ended.
        async fn fetch(&self) -> Option<()> {
            let response = fetch(FetchRequest { path: &self.fragment, ..FetchRequest::default() }).await?;
            if response.status() == 200 { morph_live(&response.text().await?) } else { None }
        }

        fn later(self: Rc<Self>, then: fn(Rc<Self>)) {
            set_timeout(move || then(self), AGAIN);
        }
    }
}
