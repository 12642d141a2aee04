//! What the demo's audience wrote.

use app::domain::lang::Lang;
use rand::{rngs::StdRng, seq::IndexedRandom};

/// A comment that goes with a face.
pub(super) fn comment(face: u8, lang: Lang, random: &mut StdRng) -> &'static str {
    let voices: &[&'static str] = match (lang, face) {
        (Lang::Fi, 1..=2) => &[
            "Naulakolla seisottiin 25 minuuttia.",
            "Takariviltä ei nähnyt lavaa.",
            "Liian kovaa, lapset itkivät.",
            "Väliaikaa ei kerrottu missään.",
        ],
        (Lang::Fi, 3) => {
            &["Ihan mukava, mutta pitkä.", "Alku oli hidas, loppu parani.", "Penkit ovat kovat.", "Kahvio oli kiinni."]
        }
        (Lang::Fi, _) => &[
            "Trapetsi! Lapsi ei ole vieläkään hiljaa.",
            "Ensimmäinen kerta sirkuksessa 60 vuoteen.",
            "Sellosoolo meni ihon alle.",
            "Kiitos lämpimästä vastaanotosta ovella.",
            "Tullaan uudestaan koko suvun voimin.",
            "Näin kauniisti en ole kuullut tätä soitettavan.",
        ],
        (Lang::Sv, 1..=2) => &["Vi såg ingenting från sidan.", "Kön till garderoben tog evigheter."],
        (Lang::Sv, 3) => &["Helt okej, men lite långt.", "Musiken var för hög ibland."],
        (Lang::Sv, _) => &["Fin kväll, barnen strålade.", "Vilken orkester vi har!", "Tack, vi kommer igen."],
        (Lang::En, 1..=2) => &["Could not see the stage from the side.", "The queue for coats took half an hour."],
        (Lang::En, 3) => &["Nice, a little long.", "Good show, hard seats."],
        (Lang::En, _) => {
            &["Pure joy from the first minute.", "The clown made my grandmother cry with laughter.", "We will be back."]
        }
    };
    voices.choose(random).copied().unwrap_or_default()
}
