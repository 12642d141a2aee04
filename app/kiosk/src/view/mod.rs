//! What fills the screen, one scene a file. The scene itself is built anew when another one, another
//! question or another language comes; within it only attributes change.

mod asking;
mod asleep;
mod comment;
pub(crate) mod format;
mod notice;
mod options;
mod pairing;
pub(crate) mod rebuild;
mod thanks;
mod toolbar;

use std::time::Duration;

use leptos::prelude::*;

use self::{asking::asking, asleep::asleep, notice::notice, pairing::pairing, thanks::thanks};
use crate::{
    browser::device,
    session::idle::overlay,
    session::state::{Kiosk, Scene},
    view::rebuild::Fresh,
    view::toolbar::floor,
};
use app::i18n::{Locale, td_string};

/// The whole kiosk: scene, floor and, while somebody hesitates, the countdown.
pub(crate) fn root_view(kiosk: Kiosk) -> impl IntoView {
    let root = || device::document().document_element();
    follow(move || {
        let lang = kiosk.lang.get();
        let _ = root().map(|root| root.set_attribute("lang", lang.tag()));
    });
    follow(move || {
        let high = kiosk.contrast.get();
        let _ = root().map(|root| {
            if high { root.set_attribute("data-contrast", "high") } else { root.remove_attribute("data-contrast") }
        });
    });
    follow(move || {
        let asleep = kiosk.countdown.with(Option::is_some);
        for selector in ["#kiosk > .paper, #kiosk > .dark", "#kiosk > .floor"] {
            let Ok(Some(part)) = device::document().query_selector(selector) else { continue };
            let _ = if asleep { part.set_attribute("inert", "") } else { part.remove_attribute("inert") };
        }
    });
    // The focus follows the scene, but is not taken from whoever has just chosen a language.
    let mut before = None;
    follow(move || {
        let here = (kiosk.scene.get(), kiosk.question.get());
        if before.replace(here).is_some_and(|before| before != here) {
            set_timeout(|| device::focus("q"), Duration::ZERO);
        }
    });
    view! {
        {move || kiosk.demo.get().map(|_| band(kiosk))}
        {move || scene(kiosk)}
        {floor(kiosk)}
        {overlay(kiosk)}
    }
}

/// Does something now, and whenever what it read has changed.
fn follow(mut change: impl FnMut() + 'static) {
    // Never stopped: it lives as long as the page.
    std::mem::forget(RenderEffect::new(move |_| change()));
}

/// Above everything: nothing counts now.
fn band(kiosk: Kiosk) -> Fresh {
    let text = td_string!(Locale::from(kiosk.lang.get()), kiosk.demo_band);
    Fresh::new(view! { <p class="band" role="status">{text}</p> })
}

fn scene(kiosk: Kiosk) -> Option<Fresh> {
    Some(match kiosk.scene.get() {
        Scene::Asking => Fresh::new(asking(kiosk)?),
        Scene::Thanks => Fresh::new(thanks(kiosk)),
        Scene::Asleep => Fresh::new(asleep(kiosk)),
        Scene::Unpaired | Scene::Revoked => Fresh::new(pairing(kiosk)),
        scene => Fresh::new(notice(kiosk, scene)),
    })
}
