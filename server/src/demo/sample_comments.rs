//! What the demo's audience wrote.

use domain::lang::Lang;
use rand::{rngs::StdRng, seq::IndexedRandom};

/// What was seen, as far as it shows in the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// in the tent
    Circus,
    /// in the hall
    Concert,
}

/// A comment that goes with a face.
pub(super) fn comment(seen: Seen, face: u8, lang: Lang, random: &mut StdRng) -> &'static str {
    let everywhere = about_the_event(lang, face);
    let own = if face >= 4 { about_the_show(seen, lang) } else { &[] };
    let sample_comments: Vec<&'static str> = everywhere.iter().chain(own).copied().collect();
    sample_comments.choose(random).copied().unwrap_or_default()
}

const fn about_the_event(lang: Lang, face: u8) -> &'static [&'static str] {
    match (lang, face) {
        (Lang::Fi, 1..=2) => &[
            "Naulakolla seisottiin 25 minuuttia.",
            "Takariviltä ei nähnyt lavaa.",
            "Liian kovaa, lapset itkivät.",
            "Väliaikaa ei kerrottu missään.",
        ],
        (Lang::Fi, 3) => {
            &["Ihan mukava, mutta pitkä.", "Alku oli hidas, loppu parani.", "Penkit ovat kovat.", "Kahvio oli kiinni."]
        }
        (Lang::Fi, _) => &["Kiitos lämpimästä vastaanotosta ovella.", "Tullaan uudestaan koko suvun voimin."],
        (Lang::Sv, 1..=2) => &["Vi såg ingenting från sidan.", "Kön till garderoben tog evigheter."],
        (Lang::Sv, 3) => &["Helt okej, men lite långt.", "Musiken var för hög ibland."],
        (Lang::Sv, _) => &["Fin kväll, barnen strålade.", "Tack, vi kommer igen."],
        (Lang::En, 1..=2) => &["Could not see the stage from the side.", "The queue for coats took half an hour."],
        (Lang::En, 3) => &["Nice, a little long.", "Good show, hard seats."],
        (Lang::En, _) => &["Pure joy from the first minute.", "We will be back."],
    }
}

const fn about_the_show(seen: Seen, lang: Lang) -> &'static [&'static str] {
    match (seen, lang) {
        (Seen::Circus, Lang::Fi) => &[
            "Trapetsi! Lapsi ei ole vieläkään hiljaa.",
            "Ensimmäinen kerta sirkuksessa 60 vuoteen.",
            "Klovni sai mummonkin nauramaan vedet silmissä.",
        ],
        (Seen::Circus, Lang::Sv) => &["Trapetsen! Jag glömde att andas.", "Clownen var underbar."],
        (Seen::Circus, Lang::En) => {
            &["The clown made my grandmother cry with laughter.", "I forgot to breathe at the trapeze."]
        }
        (Seen::Concert, Lang::Fi) => &[
            "Sellosoolo meni ihon alle.",
            "Näin kauniisti en ole kuullut tätä soitettavan.",
            "Hiljaisuus ennen aplodeja kertoi kaiken.",
        ],
        (Seen::Concert, Lang::Sv) => &["Vilken orkester vi har!", "Cellon gick rakt in i hjärtat."],
        (Seen::Concert, Lang::En) => &["The strings, the strings!", "I have never heard it played so tenderly."],
    }
}
