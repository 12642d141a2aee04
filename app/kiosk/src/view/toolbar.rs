//! The stage floor: back, languages, progress, tools, onwards.

use leptos::{either::Either, prelude::*};

use crate::{
    browser::speech,
    session::state::{Kiosk, Scene},
};
use app::i18n::{Locale, td_string};
use app::screens::face::Drawing;
use domain::{
    lang::Lang,
    response::Given,
    survey::{ChoiceQuestion, FaceQuestion, Kind, NpsQuestion},
    visit::Visit,
};

const SPEAK: &str = r#"<path d="M4 10v4h4l5 4V6l-5 4zM16.5 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12"/>"#;
const CONTRAST: &str =
    r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor"/>"#;

pub(crate) fn floor(kiosk: Kiosk) -> impl IntoView {
    // While the chosen answer is lit the floor stands still, and follows with the next question.
    let said = ArcMemo::new(move |before: Option<&bool>| match before {
        Some(before) if kiosk.lit.get() => *before,
        _ => has_said(kiosk),
    });
    let progress = ArcMemo::new(move |before: Option<&Option<(usize, usize)>>| match before {
        Some(before) if kiosk.lit.get() => *before,
        _ => progress(kiosk),
    });
    view! {
        <footer class="floor">
            <div class="floor-start">
                {row(kiosk, move || back(kiosk))}
                <div class="langs" role="group" aria-label=move || td_string!(locale(kiosk), kiosk.language)>
                    {row(kiosk, move || languages(kiosk))}
                </div>
            </div>
            {move || footlights(kiosk, progress.get())}
            <div class="floor-end">
                <div class="tools">{row(kiosk, move || tools(kiosk))}</div>
                {row(kiosk, move || onwards(kiosk, said.get()))}
            </div>
        </footer>
    }
}

/// Buttons beside each other, as many as there are now.
fn row<B: IntoIterator<Item = Button>>(kiosk: Kiosk, now: impl Fn() -> B + Send + 'static) -> impl IntoView {
    // One type for all rows, which the tablet downloads once.
    let now: Box<dyn Fn() -> Vec<_> + Send> =
        Box::new(move || now().into_iter().map(|one| button(kiosk, one)).collect());
    now
}

/// One button on the floor; one kind for all, because every kind of view costs the tablet a kilobyte.
#[derive(Clone, Copy)]
struct Button {
    class: &'static str,
    /// the language that it names
    lang: Option<Lang>,
    /// whether it is pressed, where it stays so
    pressed: Option<bool>,
    icon: Option<Drawing>,
    text: &'static str,
    does: Does,
}

/// What it does.
#[derive(Clone, Copy)]
enum Does {
    Back,
    Onwards,
    Exit,
    Leave,
    Speak,
    Contrast,
    Language(Lang),
}

fn button(kiosk: Kiosk, button: Button) -> impl IntoView {
    let does = button.does;
    let tapped = move |_| match does {
        Does::Back => kiosk.go_back(),
        Does::Onwards => kiosk.go_on(),
        Does::Exit => kiosk.exit(),
        Does::Leave => kiosk.greet(),
        Does::Speak => read_aloud(kiosk),
        Does::Contrast => kiosk.contrast.update(|contrast| *contrast = !*contrast),
        Does::Language(lang) => {
            speech::stop();
            kiosk.lang.set(lang);
        }
    };
    let pressed = button.pressed.map(|pressed| if pressed { "true" } else { "false" });
    view! {
        <button
            type="button"
            class=button.class
            lang=button.lang.map(Lang::tag)
            aria-pressed=pressed
            on:click=tapped
        >
            {button.icon.map(Drawing::view)}
            <span>{button.text}</span>
        </button>
    }
}

fn locale(kiosk: Kiosk) -> Locale {
    kiosk.lang.get().into()
}

fn is_asking(kiosk: Kiosk) -> bool {
    kiosk.scene.get() == Scene::Asking
}

fn step(class: &'static str, text: &'static str, does: Does) -> Button {
    Button { class, lang: None, pressed: None, icon: None, text, does }
}

/// The way out of the questions, for whoever has said enough and for whoever finds a stranger's question. It stands in
/// the corner of the paper, where nobody looks for the way on.
pub(crate) fn exit(kiosk: Kiosk) -> impl IntoView {
    button(kiosk, step("exit", td_string!(locale(kiosk), kiosk.exit), Does::Exit))
}

fn back(kiosk: Kiosk) -> Option<Button> {
    let first = kiosk.show.with(|show| show.as_ref()?.survey.questions.first().map(|question| question.id));
    (is_asking(kiosk) && kiosk.question.get() != first)
        .then(|| step("step-back", td_string!(locale(kiosk), kiosk.back), Does::Back))
}

fn languages(kiosk: Kiosk) -> Vec<Button> {
    let spoken = kiosk.show.with(|show| {
        show.as_ref().map(|show| show.config.venue.languages.clone()).filter(|languages| !languages.is_empty())
    });
    let one = |lang: Lang| Button {
        class: "",
        lang: Some(lang),
        pressed: Some(kiosk.lang.get() == lang),
        icon: None,
        text: lang.own_name(),
        does: Does::Language(lang),
    };
    spoken.unwrap_or_else(|| Lang::ALL.to_vec()).into_iter().map(one).collect()
}

fn tools(kiosk: Kiosk) -> Vec<Button> {
    let icon = |lines| Some(Drawing { class: "icon", view_box: "0 0 24 24", lines });
    let contrast = Button {
        pressed: Some(kiosk.contrast.get()),
        icon: icon(CONTRAST),
        ..step("tool", td_string!(locale(kiosk), kiosk.contrast), Does::Contrast)
    };
    let mut tools = Vec::with_capacity(2);
    if is_asking(kiosk) && speech::can_speak(kiosk.lang.get()) {
        tools.push(Button {
            icon: icon(SPEAK),
            ..step("tool", td_string!(locale(kiosk), kiosk.read_aloud), Does::Speak)
        });
    }
    tools.push(contrast);
    tools
}

fn progress(kiosk: Kiosk) -> Option<(usize, usize)> {
    if !is_asking(kiosk) {
        return None;
    }
    kiosk.show.with(|show| show.as_ref().map(|show| kiosk.visit.with(|visit| visit.progress(&show.survey))))
}

fn footlights(kiosk: Kiosk, progress: Option<(usize, usize)>) -> impl IntoView {
    let Some((at, of)) = progress else { return Either::Left(view! { <span></span> }) };
    let word = td_string!(locale(kiosk), kiosk.progress);
    let label = [word, " ", &at.to_string(), " / ", &of.to_string()].concat();
    let lamp = |place: usize| {
        let class = (place < at).then_some("is-past");
        let current = (place == at).then_some("step");
        view! { <li class=class aria-current=current></li> }
    };
    Either::Right(view! { <ol class="footlights" aria-label=label>{(1..=of).map(lamp).collect::<Vec<_>>()}</ol> })
}

/// Always one way forward: skip where nothing is said yet, continue or send where something is.
fn onwards(kiosk: Kiosk, said: bool) -> Option<Button> {
    let locale = locale(kiosk);
    match kiosk.scene.get() {
        Scene::Asking => {
            let text = match (said, kiosk.is_last()) {
                (true, true) => td_string!(locale, kiosk.send),
                (true, false) => td_string!(locale, kiosk.go_on),
                // The first question invites: whoever does not want to answer just walks on.
                (false, _) if kiosk.visit.with(Visit::is_first) => return None,
                (false, _) => td_string!(locale, kiosk.skip),
            };
            Some(step(if said { "step-on is-primary" } else { "step-on" }, text, Does::Onwards))
        }
        Scene::Unsaved => Some(step("step-on", td_string!(locale, kiosk.quit), Does::Leave)),
        _ => None,
    }
}

/// Whether anything is said to the question on the screen.
fn has_said(kiosk: Kiosk) -> bool {
    let Some(question) = kiosk.question.get() else { return false };
    kiosk.visit.with(|visit| match visit.given(question) {
        Some(Given::Text(typed)) => !typed.trim().is_empty(),
        Some(Given::Skipped) | None => false,
        Some(_) => true,
    })
}

fn read_aloud(kiosk: Kiosk) {
    let lang = kiosk.lang.get_untracked();
    let Some(question) = untrack(|| kiosk.question_now()) else { return };
    let mut parts = vec![question.text.get(lang)];
    match &question.kind {
        Kind::Face(FaceQuestion { labels, .. }) | Kind::Nps(NpsQuestion { labels }) => {
            parts.extend(labels.iter().map(|label| label.get(lang)));
        }
        Kind::Choice(ChoiceQuestion { options, .. }) => {
            parts.extend(options.iter().map(|option| option.text.get(lang)));
        }
        Kind::Text(_) => {}
    }
    speech::say(&parts.join(". "), lang);
}
