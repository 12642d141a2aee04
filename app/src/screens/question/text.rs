//! A comment: where it is written, what is asked of whoever writes, and a tick that lets it be quoted.

use leptos::prelude::*;

use crate::i18n::td_string;
use domain::lang::Lang;

/// The length that a field stops at: [`MAX_CHARS`](domain::survey::kinds::text::MAX_CHARS), as an attribute says it.
pub const MAX_LENGTH: &str = "2000";

/// How a comment is written on one screen.
pub trait CommentControl {
    /// The field.
    fn field(&self) -> impl IntoView + use<Self>;

    /// A paragraph of the class `hint` that describes the field: what is asked of whoever writes.
    fn hint(&self) -> impl IntoView + use<Self>;

    /// The box that is ticked.
    fn tick(&self) -> impl IntoView + use<Self>;
}

/// A comment, to be written as a screen has it.
pub fn comment<C: CommentControl>(control: &C, lang: Lang) -> impl IntoView + use<C> {
    let tick = view! { <label class="tick">{control.tick()} <span>{td_string!(lang, common.may_quote)}</span></label> };
    (control.field(), control.hint(), tick)
}

#[cfg(test)]
mod tests {
    use domain::survey::kinds::text::MAX_CHARS;

    #[test]
    fn a_field_stops_where_the_comment_would_be_cut() {
        assert_eq!(super::MAX_LENGTH, MAX_CHARS.to_string());
    }
}
