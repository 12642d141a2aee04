//! A new production, or what is to be changed about one.

use leptos::prelude::*;

use super::{NEW_PRODUCTION, PRODUCTIONS, edit_address, kind_name};
use crate::{
    i18n::td_string,
    kit::{
        action::{Actions, ButtonLink, SubmitButton},
        field::{Field, FieldRow, SelectRow},
        form::{FieldGroup, FormProblem},
        layout::{Layout, NavItem, PageHead},
    },
    pages::{shell::Shell, staff::name_problem::name_problem},
};
use domain::{id::ProductionId, name::NameProblem, production::ProductionKind};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ProductionFormData {
    /// which is changed; `None`: a new one
    pub production: Option<ProductionId>,
    /// in Finnish, Swedish and English
    pub title: [String; 3],
    /// what kind of show it is
    pub kind: ProductionKind,
    /// what is wrong with the first of the titles
    pub error: Option<NameProblem>,
}

/// The page.
#[component]
pub fn ProductionFormPage(
    /// what it shows
    data: ProductionFormData,
    /// the page around it
    shell: Shell,
) -> impl IntoView {
    let locale = shell.locale();
    let ProductionFormData { production, title: [fi, sv, en], kind, error } = data;
    let heading =
        if production.is_some() { td_string!(locale, productions.edit) } else { td_string!(locale, productions.add) };
    let action = production.map_or_else(|| NEW_PRODUCTION.to_owned(), edit_address);
    let problem = error.map(|_| td_string!(locale, event_form.problem).to_owned());
    let title = |id, label, value| Field { id, label, value, optional: true, ..Field::default() };
    let fi = Field {
        hint: Some(td_string!(locale, event_form.title_hint)),
        problem: error.map(|problem| name_problem(locale, problem).to_owned()),
        ..title("title_fi", td_string!(locale, event_form.title_fi), fi)
    };
    let sv = title("title_sv", td_string!(locale, event_form.title_sv), sv);
    let en = title("title_en", td_string!(locale, event_form.title_en), en);
    let options = ProductionKind::ALL.map(|one| {
        view! { <option value=one.as_str() selected=one == kind>{kind_name(locale, one)}</option> }
    });
    view! {
        <Layout shell=shell at=NavItem::Programme title=heading>
            <PageHead title=heading line=td_string!(locale, productions.lead).into_any() />
            <form class="settings" method="post" action=action>
                <FormProblem says=problem />
                <FieldGroup
                    legend=td_string!(locale, event_form.production)
                    says=td_string!(locale, event_form.what_says)
                >
                    <FieldRow field=fi />
                    <div class="pair">
                        <FieldRow field=sv />
                        <FieldRow field=en />
                    </div>
                    <SelectRow
                        id="kind"
                        label=td_string!(locale, productions.kind)
                        hint=Some(td_string!(locale, productions.kind_hint))
                    >
                        {options.collect_view()}
                    </SelectRow>
                </FieldGroup>
                <Actions>
                    <SubmitButton text=td_string!(locale, event_form.save) primary=true />
                    <ButtonLink href=PRODUCTIONS text=td_string!(locale, event_form.back) />
                </Actions>
            </form>
        </Layout>
    }
}
