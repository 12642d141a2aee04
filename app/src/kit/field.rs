//! Fields of forms: label, help, and what is wrong.
//!
//! A label with its inputs carries `data-field`, the id by which a problem finds it: where a form was sent without
//! loading a page, an island puts there what the server says (`crate::islands::form`), just as it would stand in a page.

use leptos::prelude::*;

/// What a field is and holds.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// its id; also its name, unless there is another one
    pub id: &'static str,
    /// its name, where that is another one: `form[pin]`
    pub name: &'static str,
    /// what the reader sees
    pub label: &'static str,
    /// `text` where empty
    pub kind: &'static str,
    /// what stands in it
    pub value: String,
    /// what browsers may fill in
    pub autocomplete: &'static str,
    /// a sentence of help
    pub hint: Option<&'static str>,
    /// what is wrong with it, instead of the help
    pub problem: Option<String>,
    /// the id of a list of suggestions
    pub list: Option<&'static str>,
    /// which keys a touch screen offers; any where empty
    pub mode: &'static str,
    /// whether it may stay empty
    pub optional: bool,
    /// whether nothing may be corrected or put in capitals by the device
    pub exact: bool,
}

/// A labelled field; help and problem are tied to it for those who hear the page.
#[component]
pub fn FieldRow(
    /// the field
    field: Field,
) -> impl IntoView {
    let Field { id, name, label, kind, value, autocomplete, hint, problem, list, mode, optional, exact } = field;
    let is_wrong = problem.is_some();
    view! {
        <div class="field" data-field=id>
            <label for=id>{label}</label>
            <input
                id=id
                name=if name.is_empty() { id } else { name }
                r#type=if kind.is_empty() { "text" } else { kind }
                value=(!value.is_empty()).then_some(value)
                autocomplete=if autocomplete.is_empty() { "off" } else { autocomplete }
                list=list
                aria-describedby=described_by(id, is_wrong, hint.is_some())
                aria-invalid=is_wrong.then_some("true")
                inputmode=(!mode.is_empty()).then_some(mode)
                autocapitalize=exact.then_some("none")
                spellcheck=exact.then_some("false")
                required=!optional
            />
            <FieldProblem id=id says=problem />
            {help(id, hint)}
        </div>
    }
}

/// One of several, or of several groups of them.
#[component]
pub fn SelectRow(
    /// id and name
    id: &'static str,
    /// what the reader sees
    label: &'static str,
    /// a sentence of help
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    /// what is wrong with the choice, instead of the help
    #[prop(optional_no_strip)]
    problem: Option<String>,
    /// the options
    children: Children,
) -> impl IntoView {
    let is_wrong = problem.is_some();
    view! {
        <div class="field" data-field=id>
            <label for=id>{label}</label>
            <select
                id=id
                name=id
                aria-describedby=described_by(id, is_wrong, hint.is_some())
                aria-invalid=is_wrong.then_some("true")
            >
                {children()}
            </select>
            <FieldProblem id=id says=problem />
            {help(id, hint)}
        </div>
    }
}

/// What is wrong with a field, where anything is; the style sheet hides the help below it.
#[component]
pub fn FieldProblem(
    /// the id of the field
    #[prop(into)]
    id: String,
    /// what is wrong
    says: Option<String>,
) -> impl IntoView {
    says.map(|says| view! { <p class="problem" id=format!("{id}-problem")>{says}</p> })
}

fn described_by(id: &str, is_wrong: bool, has_hint: bool) -> Option<String> {
    let problem = is_wrong.then(|| format!("{id}-problem"));
    let help = has_hint.then(|| format!("{id}-help"));
    let both = problem.into_iter().chain(help).collect::<Vec<_>>().join(" ");
    (!both.is_empty()).then_some(both)
}

fn help(id: &str, hint: Option<&'static str>) -> Option<impl IntoView + use<>> {
    hint.map(|hint| view! { <small id=format!("{id}-help")>{hint}</small> })
}
