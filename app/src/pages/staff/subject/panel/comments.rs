//! The newest comments, with the face that came with them and nothing else.

use leptos::prelude::*;

use super::Panel;
use crate::{i18n::td_string, pages::staff::subject::data::Comment, screens::face::Face};
use domain::lang::Lang;

/// The newest comments.
#[component]
pub fn Comments(
    /// newest first
    comments: Vec<Comment>,
    /// the words of the faces, from the worst
    words: Vec<String>,
    /// for whom
    lang: Lang,
    /// `w9` or the like
    width: &'static str,
) -> impl IntoView {
    let of = u8::try_from(words.len()).unwrap_or(5);
    let inside = if comments.is_empty() {
        view! { <p class="says">{td_string!(lang, staff.comments_none)}</p> }.into_any()
    } else {
        let items = comments
            .into_iter()
            .map(|comment| {
                let word = comment.face.and_then(|face| words.get(usize::from(face).checked_sub(1)?));
                let word = word.map(|word| view! { <span class="unseen">{format!("{word}: ")}</span> });
                let face = match comment.face {
                    Some(face) => view! { <Face value=face of=of /> }.into_any(),
                    None => view! { <span class="face"></span> }.into_any(),
                };
                let quote = comment
                    .may_quote
                    .then(|| view! { " " <span class="quotable">{td_string!(lang, staff.may_quote)}</span> });
                let more = comment
                    .is_shortened
                    .then(|| view! { "… " <span class="quiet">{td_string!(lang, staff.comment_shortened)}</span> });
                view! {
                    <li>
                        {face} <p>{word} <bdi lang=comment.lang.to_string()>{comment.text}</bdi> {more} {quote}</p>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="comments">{items}</ul> }.into_any()
    };
    view! {
        <Panel id="comments" title=td_string!(lang, staff.comments) width=width>
            {inside}
            <p class="quiet">{td_string!(lang, staff.comments_says)}</p>
        </Panel>
    }
}
