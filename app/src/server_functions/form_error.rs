//! What a server function answers when a form cannot be taken as it is: what is wrong, field by field, in the reader's
//! words. One type for every form, so that the browser needs neither their rules nor their texts.

use std::convert::Infallible;

use leptos::server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    error::{FromServerFnError, ServerFnErrorErr},
};

#[cfg(feature = "ssr")]
use crate::i18n::{Lang, td_string};

/// Why a form was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// it says something that cannot be, or nothing can be done with it now
    Fields {
        /// what is wrong with it as a whole
        says: String,
        /// what is wrong with each field; none where it is no matter of fields
        fields: Vec<FieldError>,
    },
    /// the server cannot be reached
    Unreachable,
    /// whoever sent it is not logged in any longer, so that nothing was done
    LoggedOut,
    /// an answer that says nothing: whether anything was done is not known
    Unexpected,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// its id
    pub field: String,
    /// what is wrong
    pub says: String,
}

#[cfg(feature = "ssr")]
impl FormError {
    /// What an island is told where a form was refused for something other than its fields.
    #[must_use]
    pub fn of_status(locale: Lang, status: u16) -> Self {
        let says = match status {
            403 => td_string!(locale, kit.forbidden),
            404 | 410 => td_string!(locale, kit.gone),
            429 | 503 => td_string!(locale, kit.busy),
            _ => return Self::Unexpected,
        };
        Self::Fields { says: says.to_owned(), fields: Vec::new() }
    }
}

impl FromServerFnError for FormError {
    type Encoder = Lines;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Unexpected,
        }
    }
}

/// How answers to forms travel: a line says what is wrong with the form, and each further one names a field and says
/// what is wrong with it, with a tab between them. A whole JSON reader would be half of what a page with a form loads.
#[derive(Clone, Copy, Debug)]
pub struct Lines;

impl ContentType for Lines {
    const CONTENT_TYPE: &'static str = "application/vnd.aplodi.form";
}

impl FormatType for Lines {
    const FORMAT_TYPE: Format = Format::Text;
}

/// An answer that is not made of lines.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("not the answer to a form")]
pub struct NotLines;

/// What stands in the place of words where a session has ended: no words begin with a tab.
const LOGGED_OUT: &str = "\tlogged-out";

impl Encodes<FormError> for Lines {
    type Error = Infallible;

    fn encode(error: &FormError) -> Result<Bytes, Infallible> {
        let mut text = String::new();
        match error {
            FormError::Fields { says, fields } => {
                text.push_str(&in_line(says));
                for FieldError { field, says } in fields {
                    text.push('\n');
                    text.push_str(&in_line(field));
                    text.push('\t');
                    text.push_str(&in_line(says));
                }
            }
            FormError::LoggedOut => text.push_str(LOGGED_OUT),
            FormError::Unreachable | FormError::Unexpected => {}
        }
        Ok(Bytes::from(text))
    }
}

impl Decodes<FormError> for Lines {
    type Error = NotLines;

    fn decode(bytes: Bytes) -> Result<FormError, NotLines> {
        let text = std::str::from_utf8(&bytes).map_err(|_| NotLines)?;
        if text == LOGGED_OUT {
            return Ok(FormError::LoggedOut);
        }
        let mut lines = text.split('\n');
        let says = lines.next().filter(|line| !line.is_empty()).ok_or(NotLines)?.to_owned();
        let field = |line: &str| {
            let (field, says) = line.split_once('\t').ok_or(NotLines)?;
            Ok(FieldError { field: field.to_owned(), says: says.to_owned() })
        };
        Ok(FormError::Fields { says, fields: lines.map(field).collect::<Result<_, NotLines>>()? })
    }
}

/// Nothing is wrong.
impl Encodes<()> for Lines {
    type Error = Infallible;

    fn encode((): &()) -> Result<Bytes, Infallible> {
        Ok(Bytes::new())
    }
}

impl Decodes<()> for Lines {
    type Error = NotLines;

    fn decode(bytes: Bytes) -> Result<(), NotLines> {
        if bytes.is_empty() { Ok(()) } else { Err(NotLines) }
    }
}

/// What was typed may hold anything.
fn in_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &'static [u8]) -> Result<FormError, NotLines> {
        Lines::decode(Bytes::from_static(bytes))
    }

    #[test]
    fn what_is_wrong_arrives_as_it_was_said() {
        let field = |field: &str, says: &str| FieldError { field: field.to_owned(), says: says.to_owned() };
        let fields = vec![field("pin", "A PIN has 4 to 8 digits."), field("emails", "“a b” ei ole osoite.")];
        let error = FormError::Fields { says: "See the marked fields.".to_owned(), fields };
        assert_eq!(FormError::de(error.ser()), error);
        assert_eq!(FormError::de(FormError::LoggedOut.ser()), FormError::LoggedOut);
        let forged = FormError::Fields { says: LOGGED_OUT.to_owned(), fields: Vec::new() };
        assert_ne!(FormError::de(forged.ser()), FormError::LoggedOut);
    }

    #[test]
    fn what_was_typed_cannot_forge_a_field() {
        let fields = vec![FieldError { field: "emails".to_owned(), says: "\"a\npin\tb\"".to_owned() }];
        let sent = FormError::Fields { says: "no".to_owned(), fields };
        let FormError::Fields { fields, .. } = FormError::de(sent.ser()) else { panic!("another kind") };
        assert_eq!(fields, [FieldError { field: "emails".to_owned(), says: "\"a pin b\"".to_owned() }]);
    }

    #[test]
    fn another_answer_is_unexpected() {
        assert!(decode(b"").is_err() && decode(b"<!DOCTYPE html>\n<p>").is_err() && decode(b"\xff").is_err());
        assert_eq!(FormError::de(Bytes::from_static(b"<!DOCTYPE html>\n<p>")), FormError::Unexpected);
        assert_eq!(FormError::de(FormError::Unexpected.ser()), FormError::Unexpected);
    }
}
