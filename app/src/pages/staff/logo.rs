//! The organisation's logo: which it is, and another one.

use leptos::prelude::*;

use super::organisation::{LOGO, ORGANISATION};
use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldProblem, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        logo::Logo,
        section::Section,
        toast::Toast,
    },
    pages::shell::Shell,
};

/// The button that takes the logo away.
pub const REMOVE: &str = "remove";
/// The word for that in an address.
pub const REMOVED: &str = "removed";

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct LogoData {
    /// what is said instead of the logo, as saved or as posted
    pub alt: String,
    /// what is wrong
    pub problem: Option<LogoProblem>,
    /// what has just been done
    pub done: Option<LogoDone>,
}

/// What has just been done with the logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoDone {
    /// it is another one, or something else is said instead of it
    Saved,
    /// there is none any more
    Removed,
}

/// What is wrong with what was sent. Sizes and limits are those of the crate `pictures`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoProblem {
    /// no file was chosen
    NoFile,
    /// it did not come whole
    BrokenOff,
    /// nothing is in it
    Empty,
    /// too many bytes
    TooLarge,
    /// another kind of file
    OtherKind,
    /// it cannot be read
    Broken,
    /// too many pixels
    TooManyPixels,
    /// too few of them
    TooSmall,
    /// too long for its height
    TooLong,
    /// nothing can be seen
    Blank,
    /// a drawing with a document type
    DocumentType,
    /// a drawing with a script
    Script,
    /// a drawing that asks for something outside
    Outside,
    /// a drawing with letters
    Letters,
    /// a drawing with something that is not understood, by name
    Element(String),
    /// a drawing that takes too long
    Intricate,
    /// too much is said instead of it
    AltLong,
}

/// The page.
#[component]
pub fn OrganisationLogo(
    /// what it shows
    data: LogoData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, worn) = (shell.locale(), shell.worn.clone());
    let LogoData { alt, problem, done } = data;
    let has_logo = worn.logo.is_some();
    let done = done.map(|done| match done {
        LogoDone::Saved => td_string!(locale, logo.saved).to_owned(),
        LogoDone::Removed => td_string!(locale, logo.removed).to_owned(),
    });
    let heading = problem.as_ref().map(|_| td_string!(locale, logo.problem).to_owned());
    let (of_alt, of_file) = match problem {
        Some(LogoProblem::AltLong) => (Some(td_string!(locale, logo.problem_alt_long).to_owned()), None),
        Some(problem) => (None, Some(sentence(locale, problem))),
        None => (None, None),
    };
    let is_wrong = of_file.is_some();
    let alt = Field {
        id: "alt",
        label: td_string!(locale, logo.alt),
        value: alt,
        hint: Some(td_string!(locale, logo.alt_hint)),
        problem: of_alt,
        optional: true,
        ..Field::default()
    };
    let now = if has_logo {
        view! { <p class="logo-now"><Logo worn=worn /></p> }.into_any()
    } else {
        view! { <p class="quiet">{td_string!(locale, logo.none)}</p> }.into_any()
    };
    let remove = has_logo.then(|| {
        view! { <button class="button" name=REMOVE value="1">{td_string!(locale, logo.remove)}</button> }
    });
    let title = td_string!(locale, logo.title);
    view! {
        <Layout shell=shell at=NavItem::Organisation title=title>
            <PageHead title=title line=view! { <a href=ORGANISATION>{td_string!(locale, look.back)}</a> }.into_any() />
            <Toast says=done />
            <Section id="now" title=td_string!(locale, logo.now)>
                {now}
            </Section>
            <form class="settings" method="post" action=LOGO enctype="multipart/form-data">
                <FormProblem says=heading />
                <p>{td_string!(locale, logo.lead)}</p>
                <div class="field" data-field="file">
                    <label for="file">{td_string!(locale, logo.file)}</label>
                    <input
                        id="file"
                        name="file"
                        r#type="file"
                        accept="image/png,image/jpeg,image/svg+xml"
                        required=!has_logo
                        aria-describedby=if is_wrong { "file-problem file-help" } else { "file-help" }
                        aria-invalid=is_wrong.then_some("true")
                    />
                    <FieldProblem id="file" says=of_file />
                    <small id="file-help">{td_string!(locale, logo.file_hint)}</small>
                </div>
                <FieldRow field=alt />
                <Actions>
                    <SubmitButton text=td_string!(locale, logo.save) primary=true />
                    {remove}
                </Actions>
            </form>
        </Layout>
    }
}

fn sentence(locale: Lang, problem: LogoProblem) -> String {
    let says = match problem {
        LogoProblem::NoFile => td_string!(locale, logo.problem_no_file),
        LogoProblem::BrokenOff => td_string!(locale, logo.problem_broken_off),
        LogoProblem::Empty => td_string!(locale, logo.problem_empty),
        LogoProblem::TooLarge => td_string!(locale, logo.problem_too_large),
        LogoProblem::OtherKind => td_string!(locale, logo.problem_other_kind),
        LogoProblem::Broken => td_string!(locale, logo.problem_broken),
        LogoProblem::TooManyPixels => td_string!(locale, logo.problem_too_many_pixels),
        LogoProblem::TooSmall => td_string!(locale, logo.problem_too_small),
        LogoProblem::TooLong => td_string!(locale, logo.problem_too_long),
        LogoProblem::Blank => td_string!(locale, logo.problem_blank),
        LogoProblem::DocumentType => td_string!(locale, logo.problem_document_type),
        LogoProblem::Script => td_string!(locale, logo.problem_script),
        LogoProblem::Outside => td_string!(locale, logo.problem_outside),
        LogoProblem::Letters => td_string!(locale, logo.problem_letters),
        LogoProblem::Element(name) => return td_string!(locale, logo.problem_element, name = name),
        LogoProblem::Intricate => td_string!(locale, logo.problem_intricate),
        LogoProblem::AltLong => td_string!(locale, logo.problem_alt_long),
    };
    says.to_owned()
}
