//! For staff: three words, large enough to be read across a foyer, and a code for a camera.

use leptos::{either::Either, prelude::*};

use super::notice::{TABLET, WARNING, leads};
use crate::session::state::{Kiosk, Pass, Scene};
use api::pairing::Invitation;
use app::i18n::{Locale, td_string};
use app::screens::face::Drawing;

/// Whatever a tablet without a kiosk shows.
pub(crate) fn pairing(kiosk: Kiosk) -> impl IntoView {
    let lang = kiosk.lang.get();
    let locale = Locale::from(lang);
    let revoked = kiosk.scene.get() == Scene::Revoked;
    let kept = move || {
        let kept = kiosk.waiting.get();
        (kept > 0).then(|| [td_string!(locale, kiosk.revoked_kept), " ", &kept.to_string()].concat())
    };
    let (sign, title) = match kiosk.pass.get() {
        Pass::Shown(..) if revoked => (None, td_string!(locale, kiosk.revoked_title)),
        Pass::Shown(..) => (None, td_string!(locale, pairing.title)),
        Pass::Asking => (Some(TABLET), td_string!(locale, kiosk.waiting_title)),
        Pass::Crowded => (Some(TABLET), td_string!(locale, pairing.crowded_title)),
        Pass::Unkept => (Some(WARNING), td_string!(locale, pairing.unkept_title)),
    };
    let sign = sign.map(|lines| Drawing { class: "sign icon", view_box: "0 0 24 24", lines }.view());
    let body = match kiosk.pass.get() {
        Pass::Shown(invitation, lang) => Either::Left(view! {
            <p class="lead">
                {td_string!(locale, pairing.open)} " " <code>{without_scheme(&invitation)}</code> " "
                {td_string!(locale, pairing.type_words)}
            </p>
            <div class="pair">
                <ol class="words" lang=lang.tag()>
                    {invitation.words.iter().map(|word| view! { <li>{word.clone()}</li> }).collect::<Vec<_>>()}
                </ol>
                {code(&invitation, td_string!(locale, pairing.code))}
            </div>
            <p class="promise">
                {td_string!(locale, pairing.left)} " "
                <span class="left">{move || clock(kiosk.pass_left.get())}</span>
            </p>
        }),
        Pass::Asking => {
            Either::Right(leads([td_string!(locale, pairing.asking), td_string!(locale, kiosk.waiting_help)]))
        }
        Pass::Crowded => {
            Either::Right(leads([td_string!(locale, pairing.crowded_lead), td_string!(locale, pairing.crowded_help)]))
        }
        Pass::Unkept => {
            Either::Right(leads([td_string!(locale, pairing.unkept_lead), td_string!(locale, pairing.unkept_help)]))
        }
    };
    view! {
        <article class="paper">
            <section class="scene is-still notice pairing" aria-labelledby="q">
                {sign}
                <h1 class="question is-long" id="q" tabindex="-1">{title}</h1>
                {body}
                <p class="promise kept">{kept}</p>
                <p class="promise">
                    <a href=["/kiosk/help?lang=", lang.tag()].concat()>{td_string!(locale, pairing.guide)}</a>
                </p>
            </section>
        </article>
    }
}

/// As people type it.
fn without_scheme(invitation: &Invitation) -> String {
    // Both schemes end alike, and a search for a text of several characters weighs a kilobyte.
    invitation.address.split_once(':').map_or(&*invitation.address, |(_, rest)| rest.trim_start_matches('/')).to_owned()
}

fn code(invitation: &Invitation, label: &'static str) -> impl IntoView + use<> {
    let side = invitation.qr.side.to_string();
    let view_box = ["0 0 ", &side, " ", &side].concat();
    let path = invitation.qr.path.clone();
    view! {
        <svg class="qr" viewBox=view_box shape-rendering="crispEdges" role="img" aria-label=label>
            <path d=path></path>
        </svg>
    }
}

/// "9:05".
fn clock(seconds: i64) -> String {
    let rest = seconds % 60;
    [&*(seconds / 60).to_string(), if rest < 10 { ":0" } else { ":" }, &rest.to_string()].concat()
}
