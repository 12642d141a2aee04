//! What fills the screen, one scene a file. The scene itself is built anew when another one, another
//! question or another language comes; within it only attributes change.

mod asking;
mod comment;
mod notice;
mod options;
mod thanks;

use std::time::Duration;

use leptos::{either::EitherOf3, prelude::*};

use self::{asking::asking, notice::notice, thanks::thanks};
use super::{
    device,
    floor::floor,
    idle::overlay,
    state::{Kiosk, Scene},
};

/// The whole kiosk: scene, floor and, while somebody hesitates, the countdown.
pub(super) fn stage(kiosk: Kiosk) -> impl IntoView {
    let root = || device::document().document_element();
    Effect::new(move |_| {
        let lang = kiosk.lang.get();
        let _ = root().map(|root| root.set_attribute("lang", lang.tag()));
    });
    Effect::new(move |_| {
        let high = kiosk.contrast.get();
        let _ = root().map(|root| {
            if high { root.set_attribute("data-contrast", "high") } else { root.remove_attribute("data-contrast") }
        });
    });
    Effect::new(move |_| {
        let asleep = kiosk.countdown.with(Option::is_some);
        for selector in ["#kiosk > .paper, #kiosk > .dark", "#kiosk > .floor"] {
            let Ok(Some(part)) = device::document().query_selector(selector) else { continue };
            let _ = if asleep { part.set_attribute("inert", "") } else { part.remove_attribute("inert") };
        }
    });
    // The focus follows the scene, but is not taken from whoever has just chosen a language.
    Effect::new(move |before: Option<_>| {
        let here = (kiosk.scene.get(), kiosk.question.get());
        if before.is_some_and(|before| before != here) {
            set_timeout(|| device::focus("q"), Duration::ZERO);
        }
        here
    });
    view! {
        {move || scene(kiosk)}
        {floor(kiosk)}
        {overlay(kiosk)}
    }
}

// No `AnyView` anywhere in the kiosk: it would link the code for hydration, which never happens here
// and weighs as much as all the scenes together.
fn scene(kiosk: Kiosk) -> impl IntoView {
    match kiosk.scene.get() {
        Scene::Asking => EitherOf3::A(asking(kiosk)),
        Scene::Thanks => EitherOf3::B(thanks(kiosk)),
        scene => EitherOf3::C(notice(kiosk, scene)),
    }
}
