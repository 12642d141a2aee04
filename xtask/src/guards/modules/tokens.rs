//! The text of a source file as words, `::` and single signs: without comments, white space and what stands in quotes.

/// The longest piece of the text that means something by itself.
pub(super) type Token = String;

/// Whether a token is a name or a keyword.
pub(super) fn is_word(token: &str) -> bool {
    token.starts_with(is_word_letter)
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The tokens of a text. A quotation that is a path, as in `#[serde(try_from = "fields::Fields")]`, is read as one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest) {
            length
        } else if first == '"' {
            let length = string(rest);
            if let Some(quoted) = rest.get(1..length - 1).filter(|quoted| is_path(quoted)) {
                found.extend(tokens(quoted));
            }
            length
        } else if first == '\'' {
            character(rest)
        } else if first.is_whitespace() {
            first.len_utf8()
        } else {
            let length = if is_word_letter(first) {
                rest.find(|letter| !is_word_letter(letter)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            found.push(rest[..length].to_owned());
            length
        };
        rest = &rest[length..];
    }
    found
}

fn is_path(quoted: &str) -> bool {
    quoted.contains("::") && quoted.split("::").all(|part| !part.is_empty() && part.chars().all(is_word_letter))
}

/// How long a string is, with both its quotation marks.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, letter)| {
        let is_end = *letter == '"' && !is_escaped;
        is_escaped = *letter == '\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// How long `r"..."` or `r#"..."#` is, if one begins here.
fn raw_string(text: &str) -> Option<usize> {
    let marks = text.strip_prefix('r')?;
    let quoted = marks.trim_start_matches('#');
    let end = format!("\"{}", &marks[..marks.len() - quoted.len()]);
    let begin = text.len() - quoted.len() + 1;
    quoted.strip_prefix('"')?.find(&end).map(|at| begin + at + end.len())
}

/// How long a character in its quotation marks is; of a lifetime, only its mark.
fn character(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match (letters.next(), letters.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let after = at + escaped.len_utf8();
            text[after..].find('\'').map_or(text.len(), |end| after + end + 1)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

#[test]
fn what_is_quoted_or_commented_on_is_no_code() {
    let text = "a::b(\"c::d e\", 'x', '\\'', '\"', r#\"f\"g\"#) // h\n/* i */ &'j k";
    assert_eq!(tokens(text).join(" "), "a :: b ( , , , , ) & j k");
}

#[test]
fn a_path_in_quotes_is_a_path() {
    assert_eq!(tokens("try_from = \"fields::Fields\"").join(" "), "try_from = fields :: Fields");
}
