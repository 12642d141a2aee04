//! The screen on the stage or in the foyer: one code, as large as the screen allows, while answers are taken; before and after that it
//! rests. No numbers: nobody sees what others answered before they have answered.

use leptos::prelude::*;

use super::{
    shell::{Document, Sheet, Shell},
    staff::qr::Qr,
    when::When,
};
use crate::{bidi::isolated, i18n::td_string};
use domain::{
    lang::{Lang, Reader, Text},
    time::Millis,
};

/// A browser without the script asks again after so many seconds.
const AGAIN: u32 = 30;

/// What the screen shows.
#[derive(Clone, Debug)]
pub struct StageData {
    /// where it stands
    pub venue: String,
    /// the venue's clock, an IANA name
    pub time_zone: String,
    /// the languages of the venue, the first one large
    pub languages: Vec<Lang>,
    /// whether it is awake
    pub shows: StageShows,
}

/// Awake or not.
#[derive(Clone, Debug)]
pub enum StageShows {
    /// answers are taken
    Code {
        /// what was seen; empty on a day without an event
        title: Text,
        /// the code for the whole address
        qr: Qr,
        /// the address to type, without its scheme
        address: String,
    },
    /// nothing to answer now
    Rest {
        /// what is on next, and when it begins
        next: Option<(Text, Millis)>,
    },
}

/// The screen.
#[component]
pub fn Stage(
    /// what it shows
    data: StageData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let StageData { venue, time_zone, languages, shows } = data;
    let title = td_string!(locale, stage.title);
    let first = languages.first().copied().unwrap_or_default();
    let others: Vec<Lang> = languages.iter().copied().skip(1).collect();
    let default = shell.reader.language;
    let screen = match shows {
        StageShows::Code { title, qr, address } => {
            let what = Reader::new(first, Some(default)).words(&title).text.to_owned();
            let line = if what.is_empty() { venue } else { format!("{} · {}", isolated(&what), isolated(&venue)) };
            code(&qr, &address, line, first, &others).into_any()
        }
        StageShows::Rest { next } => {
            let rest = |lang: Lang| match &next {
                Some((title, at)) => {
                    let title = Reader::new(lang, Some(default)).words(title).text.to_owned();
                    let when = When::new(lang, &time_zone).date_and_time(*at);
                    td_string!(lang, stage.next, title = isolated(&title), when = when)
                }
                None => td_string!(lang, stage.rest).to_owned(),
            };
            let others = others.iter().map(|lang| view! { <p lang=lang.tag()>{rest(*lang)}</p> }).collect_view();
            view! {
                <main class="stage is-resting">
                    <h1>{venue}</h1>
                    <p class="first" lang=first.tag()>{rest(first)}</p>
                    {others}
                </main>
            }
            .into_any()
        }
    };
    view! {
        <Document shell=shell title=title sheet=Sheet::Stage script=Some("stage.js") again=AGAIN>
            {screen}
        </Document>
    }
}

fn code(qr: &Qr, address: &str, line: String, first: Lang, others: &[Lang]) -> impl IntoView + use<> {
    let side = qr.side();
    let label = td_string!(first, staff.poster_code, address = address);
    let others = others
        .iter()
        .map(|lang| {
            view! {
                <p lang=lang.tag()>
                    <strong>{td_string!(*lang, staff.poster_asks)}</strong>
                    " "
                    {td_string!(*lang, stage.scan)}
                </p>
            }
        })
        .collect_view();
    view! {
        <main class="stage is-awake">
            <svg
                class="qr"
                viewBox=format!("0 0 {side} {side}")
                shape-rendering="crispEdges"
                role="img"
                lang=first.tag()
                aria-label=label
            >
                <path d=qr.path()></path>
            </svg>
            <div class="asks">
                <h1 lang=first.tag()>{td_string!(first, staff.poster_asks)}</h1>
                <p class="first" lang=first.tag()>{td_string!(first, stage.scan)}</p>
                {others}
                <p class="event">{line}</p>
            </div>
            <p class="address">{address.to_owned()}</p>
        </main>
    }
}
