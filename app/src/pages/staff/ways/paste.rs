//! One short text for the ticket seller's mail, with one neutral link: everybody who gets it gets the same.

use std::fmt::Write;

use crate::{
    i18n::{Lang, td_string},
    pages::phone::answers::FACE,
};

/// What stands in the text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// which
    pub lang: Lang,
    /// what was seen
    pub title: String,
    /// the whole address of the form in that language
    pub link: String,
    /// the words of the faces, from the saddest; empty where none are asked
    pub faces: Vec<String>,
}

/// As plain text.
#[must_use]
pub fn plain(paste: &Paste) -> String {
    let Paste { lang, title, link, .. } = paste;
    let (asks, promise) = (asks(*lang, title), td_string!(*lang, ways.paste_promise));
    format!("{asks}\n{}\n{link}\n{promise}\n", td_string!(*lang, ways.paste_answer))
}

/// As HTML, with one link.
#[must_use]
pub fn with_link(paste: &Paste) -> String {
    let Paste { lang, title, link, .. } = paste;
    let (asks, promise) = (html(&asks(*lang, title)), td_string!(*lang, ways.paste_promise));
    let answer = td_string!(*lang, ways.paste_answer);
    format!("<p lang=\"{lang}\">{asks}<br>\n<a href=\"{}\">{answer}</a><br>\n{promise}</p>\n", html(link))
}

/// As HTML, with a link for each face: each opens the page with that face chosen, and sends nothing.
#[must_use]
pub fn with_faces(paste: &Paste) -> String {
    let Paste { lang, title, link, faces } = paste;
    let (asks, promise) = (html(&asks(*lang, title)), td_string!(*lang, ways.paste_promise));
    let mut links = String::new();
    for (place, word) in faces.iter().enumerate() {
        let between = if place == 0 { "" } else { " &middot;\n" };
        // Writing to a string cannot fail.
        let address = html(&format!("{link}&{FACE}={}", place + 1));
        _ = write!(links, "{between}<a href=\"{address}\">{}</a>", html(word));
    }
    format!("<p lang=\"{lang}\">{asks}<br>\n{links}<br>\n{promise}</p>\n")
}

fn asks(lang: Lang, title: &str) -> String {
    td_string!(lang, ways.paste_asks, title = title)
}

/// Text in an element or an attribute.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paste() -> Paste {
        Paste {
            lang: Lang::En,
            title: "Tom & <Jerry>".into(),
            link: "https://aplodi.example/f/K7PMA?lang=en".into(),
            faces: ["Very bad", "Bad", "So-so", "Good", "\"Very\" good"].map(Into::into).to_vec(),
        }
    }

    #[test]
    fn everybody_gets_the_same_link_unless_faces_are_asked_for() {
        let paste = paste();
        assert!(plain(&paste).contains("\nhttps://aplodi.example/f/K7PMA?lang=en\n"), "{}", plain(&paste));
        assert!(plain(&paste).contains("Tom & <Jerry>"));
        for text in [plain(&paste), with_link(&paste)] {
            assert_eq!((text.matches("/f/K7PMA").count(), text.matches("face=").count()), (1, 0), "{text}");
        }
        let faces = with_faces(&paste);
        for face in 1..=5 {
            assert!(faces.contains(&format!("?lang=en&amp;face={face}\"")), "{faces}");
        }
    }

    #[test]
    fn a_title_is_no_markup() {
        for text in [with_link(&paste()), with_faces(&paste())] {
            assert!(text.contains("Tom &amp; &lt;Jerry&gt;") && !text.contains("<Jerry>"), "{text}");
        }
        assert!(with_faces(&paste()).contains(">&quot;Very&quot; good</a>"));
    }
}
