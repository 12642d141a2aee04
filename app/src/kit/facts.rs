//! What is known of a thing: names and values.

use leptos::prelude::*;

/// How facts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactLayout {
    /// one below the other, the values at the right end
    #[default]
    Rows,
    /// beside each other, so that the same facts of many things can be compared
    Columns,
    /// rows whose values are typed off digit by digit
    Codes,
}

/// Names and values.
#[component]
pub fn Facts(
    /// name and value of each
    facts: Vec<(String, String)>,
    /// how they stand
    #[prop(optional)]
    layout: FactLayout,
) -> impl IntoView {
    let class = match layout {
        FactLayout::Rows => "facts",
        FactLayout::Columns => "facts is-columns",
        FactLayout::Codes => "facts is-codes",
    };
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class=class>{facts}</dl> }
}
