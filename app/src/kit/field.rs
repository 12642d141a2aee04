//! Fields of forms: label, help, and what is wrong.

use leptos::prelude::*;

/// What a field is and holds.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// name and id
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
    let Field { name, label, kind, value, autocomplete, hint, problem, list, mode, optional, exact } = field;
    let help_id = format!("{name}-help");
    let described = (hint.is_some() || problem.is_some()).then(|| help_id.clone());
    let is_wrong = problem.is_some();
    let help = match (problem, hint) {
        (Some(problem), _) => Some(view! { <p class="problem" id=help_id>{problem}</p> }.into_any()),
        (None, Some(hint)) => Some(view! { <small id=help_id>{hint}</small> }.into_any()),
        (None, None) => None,
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                r#type=if kind.is_empty() { "text" } else { kind }
                value=(!value.is_empty()).then_some(value)
                autocomplete=if autocomplete.is_empty() { "off" } else { autocomplete }
                list=list
                aria-describedby=described
                aria-invalid=is_wrong.then_some("true")
                inputmode=(!mode.is_empty()).then_some(mode)
                autocapitalize=exact.then_some("none")
                spellcheck=exact.then_some("false")
                required=!optional
            />
            {help}
        </div>
    }
}
