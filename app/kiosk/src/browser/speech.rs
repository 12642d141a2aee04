//! Reads a question aloud, where the browser has a voice that speaks the language.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

use super::device;
use domain::lang::Lang;

fn synthesis() -> Option<SpeechSynthesis> {
    device::property(&device::window(), "speechSynthesis")?.dyn_into().ok()
}

/// Calls back whenever the browser has found its voices: some find them late.
pub(crate) fn listen_for_voices(found: impl Fn() + 'static) {
    let Some(synthesis) = synthesis() else { return };
    let found = Closure::<dyn Fn()>::new(found);
    synthesis.set_onvoiceschanged(Some(found.as_ref().unchecked_ref()));
    found.forget();
}

fn voice(lang: Lang) -> Option<SpeechSynthesisVoice> {
    let voices = synthesis()?.get_voices();
    voices
        .iter()
        .filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok())
        .find(|voice| voice.lang().get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case(lang.tag())))
}

/// Whether there is a voice for a language.
pub(crate) fn can_speak(lang: Lang) -> bool {
    voice(lang).is_some()
}

/// Says it, instead of what is being said.
pub(crate) fn say(text: &str, lang: Lang) {
    let (Some(synthesis), Some(voice)) = (synthesis(), voice(lang)) else { return };
    let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else { return };
    utterance.set_lang(&voice.lang());
    utterance.set_voice(Some(&voice));
    synthesis.cancel();
    synthesis.speak(&utterance);
}

/// Silence.
pub(crate) fn stop() {
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
}
