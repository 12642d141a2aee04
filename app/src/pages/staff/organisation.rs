//! What staff decide about the organisation: the languages that its visitors read.

use leptos::prelude::*;

use crate::{
    i18n::{Lang, td_string},
    kit::{
        action::{Actions, SubmitButton},
        field::{Field, FieldProblem, FieldRow},
        form::FormProblem,
        layout::{Layout, NavItem, PageHead},
        toast::Toast,
    },
    pages::shell::Shell,
};
use domain::lang::LanguageTag;

/// The address of the page.
pub const ORGANISATION: &str = "/staff/organisation";

/// What the page shows.
#[derive(Clone, Debug)]
pub struct OrganisationData {
    /// what is chosen, or was posted
    pub form: LanguagesForm,
    /// what is wrong with what was posted
    pub errors: LanguagesErrors,
    /// whether it has just been saved
    pub saved: bool,
}

/// What stands in the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguagesForm {
    /// the boxes, and whether they are ticked
    pub boxes: Vec<(LanguageTag, bool)>,
    /// tags with commas between them, as typed
    pub add: String,
    /// the language in which visitors are greeted
    pub default: LanguageTag,
}

/// What is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguagesErrors {
    /// the first that is no language tag
    pub add: Option<String>,
    /// whether the default is none of the chosen ones
    pub default: bool,
}

impl LanguagesForm {
    /// The fields of these languages, the default first. Those of the screens can always be chosen.
    #[must_use]
    pub fn of(languages: &[LanguageTag]) -> Self {
        let screens = Lang::ALL.map(LanguageTag::from);
        let more = screens.into_iter().filter(|tag| !languages.contains(tag));
        let boxes = languages.iter().map(|tag| (*tag, true)).chain(more.map(|tag| (tag, false))).collect();
        Self { boxes, add: String::new(), default: languages.first().copied().unwrap_or_default() }
    }

    /// What is chosen, the default first.
    ///
    /// # Errors
    /// What is wrong.
    pub fn languages(&self) -> Result<Vec<LanguageTag>, LanguagesErrors> {
        let mut chosen: Vec<LanguageTag> =
            self.boxes.iter().filter(|(_, ticked)| *ticked).map(|(tag, _)| *tag).collect();
        let mut errors = LanguagesErrors::default();
        for typed in self.add.split(',').map(str::trim).filter(|typed| !typed.is_empty()) {
            match typed.parse() {
                Ok(tag) if chosen.contains(&tag) => {}
                Ok(tag) => chosen.push(tag),
                Err(_) => errors.add = errors.add.or_else(|| Some(typed.to_owned())),
            }
        }
        errors.default = !chosen.contains(&self.default);
        if errors != LanguagesErrors::default() {
            return Err(errors);
        }
        chosen.sort_by_key(|tag| *tag != self.default);
        Ok(chosen)
    }
}

/// The page.
#[component]
pub fn Organisation(
    /// what it shows
    data: OrganisationData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let (locale, name) = (shell.locale(), shell.organisation.clone());
    let OrganisationData { form, errors, saved } = data;
    let title = td_string!(locale, organisation.title);
    let is_wrong = errors != LanguagesErrors::default();
    let problem = is_wrong.then(|| td_string!(locale, organisation.problem).to_owned());
    let done = (saved && !is_wrong).then(|| td_string!(locale, organisation.saved).to_owned());
    let ticks = form.boxes.iter().map(|(tag, ticked)| tick(*tag, *ticked)).collect_view();
    let add = Field {
        id: "add",
        label: td_string!(locale, organisation.add),
        value: form.add.clone(),
        hint: Some(td_string!(locale, organisation.add_hint)),
        problem: errors.add.map(|tag| td_string!(locale, organisation.problem_tag, tag = tag)),
        optional: true,
        exact: true,
        ..Field::default()
    };
    let default = default_row(locale, &form, errors.default);
    view! {
        <Layout shell=shell at=NavItem::Programme title=title>
            <PageHead title=title line=name.into_any() />
            <Toast says=done />
            <form class="settings" method="post" action=ORGANISATION>
                <FormProblem says=problem />
                <fieldset>
                    <legend>{td_string!(locale, organisation.languages)}</legend>
                    <p class="says">{td_string!(locale, organisation.languages_says)}</p>
                    {ticks}
                    <FieldRow field=add />
                    {default}
                    <p class="quiet">{td_string!(locale, organisation.kept)}</p>
                </fieldset>
                <Actions>
                    <SubmitButton text=td_string!(locale, organisation.save) primary=true />
                </Actions>
            </form>
        </Layout>
    }
}

/// A box with what the language calls itself.
fn tick(tag: LanguageTag, ticked: bool) -> impl IntoView {
    let (value, name) = (tag.to_string(), tag.own_name());
    let dir = tag.is_right_to_left().then_some("rtl");
    view! {
        <label class="tick">
            <input r#type="checkbox" name="language" value=value.clone() checked=ticked />
            <span lang=value.clone() dir=dir>{name}</span>
            <span class="quiet">{value}</span>
        </label>
    }
}

fn default_row(locale: Lang, form: &LanguagesForm, is_wrong: bool) -> impl IntoView + use<> {
    let chosen = form.default;
    let options = form
        .boxes
        .iter()
        .map(|(tag, _)| {
            let (value, name, selected) = (tag.to_string(), tag.own_name(), *tag == chosen);
            view! { <option value=value.clone() lang=value selected=selected>{name}</option> }
        })
        .collect_view();
    let problem = is_wrong.then(|| td_string!(locale, organisation.problem_default).to_owned());
    let described = if is_wrong { "default-problem default-help" } else { "default-help" };
    view! {
        <div class="field" data-field="default">
            <label for="default">{td_string!(locale, organisation.default)}</label>
            <select id="default" name="default" aria-describedby=described aria-invalid=is_wrong.then_some("true")>
                {options}
            </select>
            <FieldProblem id="default" says=problem />
            <small id="default-help">{td_string!(locale, organisation.default_hint)}</small>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(tags: &[&str]) -> Vec<LanguageTag> {
        tags.iter().map(|tag| tag.parse().unwrap()).collect()
    }

    #[test]
    fn what_is_chosen_has_its_default_first() {
        let mut form = LanguagesForm::of(&tags(&["sv", "ar"]));
        assert_eq!(form.languages(), Ok(tags(&["sv", "ar"])));
        assert_eq!(form.boxes.iter().map(|(tag, _)| *tag).collect::<Vec<_>>(), tags(&["sv", "ar", "fi", "en"]));
        form.add = " SE , ar,,zh-hant ".to_owned();
        form.default = tags(&["ar"])[0];
        assert_eq!(form.languages(), Ok(tags(&["ar", "sv", "se", "zh-Hant"])));
    }

    #[test]
    fn what_cannot_be_chosen_is_said_at_its_field() {
        let mut form = LanguagesForm::of(&tags(&["fi"]));
        form.add = "se, arabian kieli, x y".to_owned();
        let wrong = LanguagesErrors { add: Some("arabian kieli".to_owned()), default: false };
        assert_eq!(form.languages(), Err(wrong));
        form.add.clear();
        form.boxes[0].1 = false;
        assert_eq!(form.languages(), Err(LanguagesErrors { add: None, default: true }));
    }
}
