//! A text in pieces: numbers, words, and single characters.

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// digits
    Number(String),
    /// letters, small
    Word(String),
    /// anything else that can be seen; every kind of dash is `-`
    Mark(char),
    /// one or more spaces
    Space,
}

/// The pieces of a text, without spaces around it.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for c in text.replace('\u{feff}', "").trim().chars() {
        match (c, tokens.last_mut()) {
            (digit, Some(Token::Number(number))) if digit.is_ascii_digit() => number.push(digit),
            (digit, _) if digit.is_ascii_digit() => tokens.push(Token::Number(digit.to_string())),
            (letter, Some(Token::Word(word))) if letter.is_alphabetic() => word.extend(letter.to_lowercase()),
            (letter, _) if letter.is_alphabetic() => tokens.push(Token::Word(letter.to_lowercase().collect())),
            (space, Some(Token::Space)) if space.is_whitespace() => {}
            (space, _) if space.is_whitespace() => tokens.push(Token::Space),
            ('\u{2010}'..='\u{2015}' | '\u{2212}' | '~', _) => tokens.push(Token::Mark('-')),
            (mark, _) => tokens.push(Token::Mark(mark)),
        }
    }
    tokens
}

/// Goes through the pieces.
pub(super) struct Cursor<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// Where it stands; [`Cursor::back`] returns there.
    pub(super) const fn place(&self) -> usize {
        self.at
    }

    pub(super) const fn back(&mut self, place: usize) {
        self.at = place;
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Steps over a number.
    pub(super) fn number(&mut self) -> Option<&'a str> {
        match self.tokens.get(self.at) {
            Some(Token::Number(number)) => {
                self.at += 1;
                Some(number)
            }
            _ => None,
        }
    }

    /// Steps over a word that means something.
    pub(super) fn word<T>(&mut self, meaning: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => {
                let found = meaning(word)?;
                self.at += 1;
                Some(found)
            }
            _ => None,
        }
    }

    /// Steps over one of these words.
    pub(super) fn one_of(&mut self, words: &[&str]) -> bool {
        self.word(|word| words.contains(&word).then_some(())).is_some()
    }

    /// Steps over one of these marks.
    pub(super) fn mark(&mut self, marks: &[char]) -> Option<char> {
        match self.tokens.get(self.at) {
            Some(Token::Mark(mark)) if marks.contains(mark) => {
                self.at += 1;
                Some(*mark)
            }
            _ => None,
        }
    }

    /// Steps over spaces; whether there were any.
    pub(super) fn space(&mut self) -> bool {
        let is_space = self.tokens.get(self.at) == Some(&Token::Space);
        self.at += usize::from(is_space);
        is_space
    }

    /// Steps over spaces and commas.
    pub(super) fn gap(&mut self) {
        while self.space() || self.mark(&[',', ';']).is_some() {}
    }
}
