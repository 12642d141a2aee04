//! What fills the screen, one scene a file. The scene itself is built anew when another one, another
//! question or another language comes; within it only attributes change.

mod asking;
mod asleep;
mod comment;
mod countdown;
mod format;
mod notice;
mod options;
mod rebuild;
mod thanks;
mod toolbar;

use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use self::{
    asking::asking, asleep::asleep, countdown::overlay, notice::notice, rebuild::RebuiltView, thanks::thanks,
    toolbar::toolbar,
};
use crate::{
    browser::{device, speech},
    driver::Driver,
    session::Scene,
};
use app::i18n::td_string;

/// The whole kiosk: scene, toolbar and, while somebody hesitates, the countdown. `open_pairing` shows staff how to pair
/// the tablet, in the element with the id `pairing`.
pub(crate) fn root_view(driver: Driver, open_pairing: Function) -> impl IntoView {
    let root = || device::document().document_element();
    follow(move || {
        let lang = driver.follow(|changes| &changes.scene).lang;
        let _ = root().map(|root| root.set_attribute("lang", lang.tag()));
    });
    follow(move || {
        let high = driver.follow(|changes| &changes.toolbar).contrast;
        let _ = root().map(|root| {
            if high { root.set_attribute("data-contrast", "high") } else { root.remove_attribute("data-contrast") }
        });
    });
    follow(move || {
        let hesitates = driver.follow(|changes| &changes.overlay).countdown.is_some();
        for selector in ["#kiosk > .paper, #kiosk > .dark", "#kiosk > .toolbar"] {
            let Ok(Some(part)) = device::document().query_selector(selector) else { continue };
            let _ = if hesitates { part.set_attribute("inert", "") } else { part.remove_attribute("inert") };
        }
    });
    // The focus follows the scene, but is not taken from whoever has just chosen a language.
    let mut before = None;
    follow(move || {
        let here = {
            let screen = driver.follow(|changes| &changes.scene);
            (screen.scene, screen.question_id())
        };
        if matches!(here.0, Scene::Unpaired | Scene::Revoked | Scene::Insecure) {
            let _ = open_pairing.call0(&JsValue::NULL);
        }
        if before.replace(here).is_some_and(|before| before != here) {
            device::after(0, Box::new(|| device::focus("q")));
        }
    });
    let voices = ArcTrigger::new();
    let found = voices.clone();
    speech::listen_for_voices(move || found.notify());
    view! {
        {move || driver.follow(|changes| &changes.demo).demo.then(|| band(driver))}
        {move || scene(driver)}
        {toolbar(driver, voices)}
        {overlay(driver)}
    }
}

/// Does something now, and whenever what it read has changed.
fn follow(mut change: impl FnMut() + 'static) {
    // Never stopped: it lives as long as the page.
    std::mem::forget(RenderEffect::new(move |_| change()));
}

/// Above everything: nothing counts now.
fn band(driver: Driver) -> RebuiltView {
    let lang = driver.follow(|changes| &changes.scene).lang;
    RebuiltView::new(view! { <p class="band" role="status">{td_string!(lang, kiosk.demo_band)}</p> })
}

fn scene(driver: Driver) -> Option<RebuiltView> {
    let scene = driver.follow(|changes| &changes.scene).scene;
    Some(match scene {
        Scene::Asking => RebuiltView::new(asking(driver)?),
        Scene::Thanks => RebuiltView::new(thanks(driver)),
        Scene::Asleep => RebuiltView::new(asleep(driver)),
        // Drawn by `public/pairing.js`, which weighs on no visitor.
        Scene::Unpaired | Scene::Insecure => RebuiltView::new(view! { <article class="paper" id="pairing"></article> }),
        Scene::Revoked => RebuiltView::new(view! { <article class="paper" id="pairing" data-revoked=""></article> }),
        scene => RebuiltView::new(notice(driver, scene)),
    })
}
