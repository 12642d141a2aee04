//! The form is the same for everyone but for its signed token, so that it is rendered once, kept
//! in two halves, and joined around a new token for each visitor.

/// Stands in the rendered form for the token, exactly once.
pub const TOKEN_PLACE: &str = "{{token}}";

/// What comes before the token and what comes after it; `None` where the text is no form. The
/// form's head, which staff write, comes before the token and visitors' words come after it: only
/// the value of the hidden field is taken for the place.
#[must_use]
pub fn halves(html: &str) -> Option<(&str, &str)> {
    const FIELD: &str = "name=\"token\" value=\"";
    let (before, after) = html.split_once(&format!("{FIELD}{TOKEN_PLACE}\""))?;
    let token = before.len() + FIELD.len();
    Some((&html[..token], &html[html.len() - after.len() - 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_where_its_place_was() {
        let (before, after) = halves(r#"<p>{{token}}</p><input name="token" value="{{token}}"><b>"#).unwrap();
        assert_eq!(format!("{before}abc{after}"), r#"<p>{{token}}</p><input name="token" value="abc"><b>"#);
        assert_eq!(halves("<p>no form</p>"), None);
    }
}
