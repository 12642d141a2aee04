//! The toolbar: back, languages, progress, tools, onwards.

use leptos::{either::Either, prelude::*};

use crate::{
    browser::speech,
    driver::Driver,
    session::{Event, Scene, Screen},
};
use app::{i18n::td_string, screens::face::Drawing};
use domain::{
    lang::{Lang, LanguageTag},
    survey::{ChoiceQuestion, FaceQuestion, Kind, NpsQuestion, ScaleQuestion},
};

const SPEAK: &str = r#"<path d="M4 10v4h4l5 4V6l-5 4zM16.5 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12"/>"#;
const CONTRAST: &str =
    r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor"/>"#;

pub(super) fn toolbar(driver: Driver, voices: ArcTrigger) -> impl IntoView {
    let tools = move |screen: &Screen| {
        voices.track();
        tools(screen)
    };
    view! {
        <footer class="toolbar">
            <div class="toolbar-start">
                {row(driver, back)}
                <div class="langs" role="group" aria-label=move || {
                    td_string!(locale(&driver.follow(|changes| &changes.toolbar)), kiosk.language)
                }>{row(driver, languages)}</div>
            </div>
            {move || progress(&driver.follow(|changes| &changes.toolbar))}
            <div class="toolbar-end">
                <div class="tools">{row(driver, tools)}</div>
                {row(driver, onwards)}
            </div>
        </footer>
    }
}

/// Buttons beside each other, as many as there are now.
fn row<B: IntoIterator<Item = Button>>(driver: Driver, now: impl Fn(&Screen) -> B + Send + 'static) -> impl IntoView {
    // One type for all rows, which the tablet downloads once.
    let now: Box<dyn Fn() -> Vec<_> + Send> = Box::new(move || {
        let buttons = now(&driver.follow(|changes| &changes.toolbar));
        buttons.into_iter().map(|one| button(driver, one)).collect()
    });
    now
}

/// One button; one kind for all, because every kind of view costs the tablet a kilobyte.
struct Button {
    class: &'static str,
    /// the language that it names
    lang: Option<LanguageTag>,
    /// whether it is pressed, where it stays so
    pressed: Option<bool>,
    icon: Option<Drawing>,
    text: String,
    action: ButtonAction,
}

/// What it does.
#[derive(Clone, Copy)]
enum ButtonAction {
    Back,
    Onwards,
    Exit,
    Leave,
    Speak,
    Contrast,
    Language(LanguageTag),
}

fn button(driver: Driver, button: Button) -> impl IntoView {
    let action = button.action;
    let tapped = move |_| {
        driver.send(match action {
            ButtonAction::Back => Event::GoBack,
            ButtonAction::Onwards => Event::GoOn,
            ButtonAction::Exit => Event::Exit,
            ButtonAction::Leave => Event::Leave,
            ButtonAction::Speak => return read_aloud(driver),
            ButtonAction::Contrast => Event::Contrast,
            ButtonAction::Language(language) => Event::Language(language),
        });
    };
    let pressed = button.pressed.map(|pressed| if pressed { "true" } else { "false" });
    view! {
        <button
            type="button"
            class=button.class
            lang=button.lang.map(|tag| tag.as_str().to_owned())
            aria-pressed=pressed
            on:click=tapped
        >
            {button.icon.map(Drawing::view)}
            <span>{button.text}</span>
        </button>
    }
}

fn locale(screen: &Screen) -> Lang {
    screen.lang
}

fn is_asking(screen: &Screen) -> bool {
    screen.scene == Scene::Asking
}

fn step(class: &'static str, text: &'static str, action: ButtonAction) -> Button {
    Button { class, lang: None, pressed: None, icon: None, text: text.to_owned(), action }
}

/// The way out of the questions, for whoever has said enough and for whoever finds a stranger's question. It stands in
/// the corner of the paper, where nobody looks for the way on.
pub(super) fn exit(driver: Driver) -> impl IntoView {
    let text = td_string!(locale(&driver.screen()), kiosk.exit);
    button(driver, step("exit", text, ButtonAction::Exit))
}

fn back(screen: &Screen) -> Option<Button> {
    let first = screen.active.as_ref().and_then(|active| active.survey().questions.first()).map(|question| question.id);
    (is_asking(screen) && screen.question_id() != first)
        .then(|| step("step-back", td_string!(locale(screen), kiosk.back), ButtonAction::Back))
}

fn languages(screen: &Screen) -> Vec<Button> {
    let one = |tag: LanguageTag, name: &str| Button {
        class: "",
        lang: Some(tag),
        pressed: Some(screen.reader.language == tag),
        icon: None,
        text: name.to_owned(),
        action: ButtonAction::Language(tag),
    };
    match &screen.active {
        Some(active) => active.languages().into_iter().map(|tag| one(tag, active.config.language_name(tag))).collect(),
        None => Lang::ALL.map(|lang| one(lang.into(), lang.own_name())).into(),
    }
}

fn tools(screen: &Screen) -> Vec<Button> {
    let icon = |lines| Some(Drawing { class: "icon", view_box: "0 0 24 24", lines });
    let contrast = Button {
        pressed: Some(screen.contrast),
        icon: icon(CONTRAST),
        ..step("tool", td_string!(locale(screen), kiosk.contrast), ButtonAction::Contrast)
    };
    let mut tools = Vec::with_capacity(2);
    if is_asking(screen) && speech::can_speak(screen.reader.language) {
        tools.push(Button {
            icon: icon(SPEAK),
            ..step("tool", td_string!(locale(screen), kiosk.read_aloud), ButtonAction::Speak)
        });
    }
    tools.push(contrast);
    tools
}

fn progress(screen: &Screen) -> impl IntoView + use<> {
    let Some((at, of)) = screen.progress() else { return Either::Left(view! { <span></span> }) };
    let word = td_string!(locale(screen), kiosk.progress);
    let label = [word, " ", &at.to_string(), " / ", &of.to_string()].concat();
    let lamp = |place: usize| {
        let class = (place < at).then_some("is-past");
        let current = (place == at).then_some("step");
        view! { <li class=class aria-current=current></li> }
    };
    Either::Right(view! { <ol class="progress" aria-label=label>{(1..=of).map(lamp).collect::<Vec<_>>()}</ol> })
}

/// Always one way forward: skip where nothing is said yet, continue or send where something is.
fn onwards(screen: &Screen) -> Option<Button> {
    let locale = locale(screen);
    match screen.scene {
        Scene::Asking => {
            let said = screen.has_said();
            let text = match (said, screen.is_last()) {
                (true, true) => td_string!(locale, kiosk.send),
                (true, false) => td_string!(locale, kiosk.go_on),
                // The first question invites: whoever does not want to answer just walks on.
                (false, _) if screen.visit.is_first() => return None,
                (false, _) => td_string!(locale, kiosk.skip),
            };
            Some(step(if said { "step-on is-primary" } else { "step-on" }, text, ButtonAction::Onwards))
        }
        Scene::Unsaved => Some(step("step-on", td_string!(locale, kiosk.quit), ButtonAction::Leave)),
        _ => None,
    }
}

fn read_aloud(driver: Driver) {
    let screen = driver.screen();
    let reader = screen.reader;
    let Some(question) = screen.question() else { return };
    let mut parts = vec![reader.words(&question.text).text];
    match &question.kind {
        Kind::Face(FaceQuestion { labels, .. })
        | Kind::Nps(NpsQuestion { labels })
        | Kind::Scale(ScaleQuestion { labels }) => {
            parts.extend(labels.iter().map(|label| reader.words(label).text));
        }
        Kind::Choice(ChoiceQuestion { options, .. }) => {
            parts.extend(options.iter().map(|option| reader.words(&option.text).text));
        }
        Kind::Text(_) => {}
    }
    speech::say(&parts.join(". "), reader.language);
}
