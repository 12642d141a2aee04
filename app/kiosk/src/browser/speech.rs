//! Reads a question aloud, where the browser has a voice that speaks the language.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

use super::device;
use domain::lang::LanguageTag;

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

fn voice(tag: LanguageTag) -> Option<SpeechSynthesisVoice> {
    let language = tag.primary();
    let voices = synthesis()?.get_voices();
    voices.iter().filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok()).find(|voice| {
        let spoken = voice.lang();
        spoken.get(..language.len()).is_some_and(|spoken| spoken.eq_ignore_ascii_case(language))
    })
}

/// Whether there is a voice for a language.
pub(crate) fn can_speak(tag: LanguageTag) -> bool {
    voice(tag).is_some()
}

/// Says it, instead of what is being said.
pub(crate) fn say(text: &str, tag: LanguageTag) {
    let (Some(synthesis), Some(voice)) = (synthesis(), voice(tag)) else { return };
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
