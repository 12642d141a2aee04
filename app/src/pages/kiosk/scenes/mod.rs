//! What fills the screen, one scene a file. The scene itself is built anew when another one, another
//! question or another language comes; within it only attributes change.

mod asking;
mod asleep;
mod comment;
mod notice;
mod options;
mod pairing;
mod thanks;

use std::time::Duration;

use leptos::{either::EitherOf6, prelude::*};
use leptos_i18n::td_string;

use self::{asking::asking, asleep::asleep, notice::notice, pairing::pairing, thanks::thanks};
use super::{
    device,
    floor::floor,
    idle::overlay,
    state::{Kiosk, Scene},
};
use crate::{domain::id::QuestionId, i18n::Locale};

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
    let sides = StoredValue::new(Sides::default());
    view! {
        {move || kiosk.demo.get().map(|_| band(kiosk))}
        {move || scene(kiosk, sides)}
        {floor(kiosk)}
        {overlay(kiosk)}
    }
}

/// Above everything: nothing counts now.
fn band(kiosk: Kiosk) -> impl IntoView {
    let text = td_string!(Locale::from(kiosk.lang.get()), kiosk.demo_band);
    view! { <p class="band" role="status">{text}</p> }
}

/// Two questions in a row never share a button: a finger that came down on one question must not
/// be lifted on the next. So questions take turns on two equal sides, and each is built from nothing.
#[derive(Default)]
struct Sides {
    shown: Option<QuestionId>,
    other: bool,
}

impl Sides {
    /// Whether a question stands on the other side.
    fn turn_to(&mut self, question: Option<QuestionId>) -> bool {
        self.other ^= self.shown != question;
        self.shown = question;
        self.other
    }
}

// No `AnyView` anywhere in the kiosk: it would link the code for hydration, which never happens here
// and weighs as much as all the scenes together.
fn scene(kiosk: Kiosk, sides: StoredValue<Sides>) -> impl IntoView {
    match kiosk.scene.get() {
        Scene::Asking => {
            let question = kiosk.question.get();
            if sides.try_update_value(|sides| sides.turn_to(question)).unwrap_or_default() {
                EitherOf6::A(asking(kiosk))
            } else {
                EitherOf6::B(asking(kiosk))
            }
        }
        Scene::Thanks => EitherOf6::C(thanks(kiosk)),
        Scene::Asleep => EitherOf6::D(asleep(kiosk)),
        Scene::Unpaired | Scene::Revoked => EitherOf6::E(pairing(kiosk)),
        scene => EitherOf6::F(notice(kiosk, scene)),
    }
}
