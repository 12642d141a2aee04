//! From bytes to text: strict UTF-8 first, then UTF-16 by its mark, then a guess, which is said.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// without the mark at its beginning
    pub text: String,
    /// the encoding, where it was guessed
    pub guessed: Option<&'static str>,
}

/// So many bytes show whether every second one is zero.
const SAMPLE: usize = 4_096;

/// The text of some bytes. Never fails: whatever is no text in the encoding becomes U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
        return Decoded { text, guessed: None };
    }
    if let Some(encoding) = wide(bytes) {
        let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
        return Decoded { text, guessed: Some(encoding.name()) };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), guessed: None };
    }
    if is_spoilt(bytes) {
        return Decoded { text: String::from_utf8_lossy(bytes).into_owned(), guessed: Some(UTF_8.name()) };
    }
    let encoding = guess(bytes);
    Decoded { text: encoding.decode_without_bom_handling(bytes).0.into_owned(), guessed: Some(encoding.name()) }
}

/// UTF-16 without its mark: Latin letters have a zero for every second byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 4;
    match () {
        () if sample.len() < 4 => None,
        () if odd > many && even <= many / 8 => Some(UTF_16LE),
        () if even > many && odd <= many / 8 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether it is UTF-8 with some bytes that are none: where another program has cut or mixed it. What they were is lost, and
/// said where a text holds them; the other letters are not made worse for it.
fn is_spoilt(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > 2 * broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, chardetng::Utf8Detection::Deny);
    // With few letters to look at the detector takes the Baltic or Central European pages, too: there the letters of the
    // Nordic languages stand in the same places, and the dash and the euro sign as well.
    let nordic = bytes.iter().filter(|byte| **byte >= 0x80).all(|byte| NORDIC.contains(byte));
    if nordic || guessed == UTF_8 { WINDOWS_1252 } else { guessed }
}

/// Ä Å Ö É Ü Ø Æ in both cases, and what Windows writes beside letters: quotes, dashes, the ellipsis, the euro sign, and the
/// space that does not break.
const NORDIC: [u8; 30] = [
    0xe4, 0xc4, 0xe5, 0xc5, 0xf6, 0xd6, 0xe9, 0xc9, 0xfc, 0xdc, 0xf8, 0xd8, 0xe6, 0xc6, 0x80, 0x82, 0x84, 0x85, 0x91,
    0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xa0, 0xa7, 0xab, 0xb0, 0xbb,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "Tunnus\tPäivä\r\n1\t1.2.2026\r\n";
        let windows = WINDOWS_1252.encode(text).0.into_owned();
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for (bytes, guessed) in [
            (text.as_bytes().to_vec(), None),
            (marked, None),
            (utf16(text, u16::to_le_bytes, true), None),
            (utf16(text, u16::to_be_bytes, true), None),
            (utf16(text, u16::to_le_bytes, false), Some("UTF-16LE")),
            (utf16(text, u16::to_be_bytes, false), Some("UTF-16BE")),
            (windows, Some("windows-1252")),
        ] {
            assert_eq!(decode(&bytes), Decoded { text: text.to_owned(), guessed });
        }
    }

    #[test]
    fn a_broken_byte_does_not_spoil_the_letters_around_it() {
        let bytes = ["Päivä;Häämatka".as_bytes(), b"\xe4", ";yöhön".as_bytes()].concat();
        let spoilt = Decoded { text: "Päivä;Häämatka\u{fffd};yöhön".to_owned(), guessed: Some("UTF-8") };
        assert_eq!(decode(&bytes), spoilt);
    }

    #[test]
    fn what_is_utf_8_is_never_guessed() {
        assert_eq!(decode("Ä–€".as_bytes()), Decoded { text: "Ä–€".to_owned(), guessed: None });
        assert_eq!(decode(b""), Decoded { text: String::new(), guessed: None });
    }
}
