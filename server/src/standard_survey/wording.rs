//! What the standard survey calls the thing that it asks about: a show, a concert, a workshop.

use domain::{
    id::SurveyVersionId,
    lang::Text,
    production::ProductionKind,
    survey::{Kind, SurveyVersion},
};
use sha2::{Digest, Sha256};
use uuid::Builder;

/// The thing in the sentences of a language: what one recommends, and what is meant by itself.
struct Words {
    recommended: [&'static str; 3],
    itself: [&'static str; 3],
}

const fn words(kind: ProductionKind) -> Words {
    match kind {
        ProductionKind::Concert => Words {
            recommended: ["tätä konserttia", "konserten", "this concert"],
            itself: ["Konsertti itse", "Själva konserten", "The concert itself"],
        },
        ProductionKind::Workshop => Words {
            recommended: ["tätä työpajaa", "workshoppen", "this workshop"],
            itself: ["Työpaja itse", "Själva workshoppen", "The workshop itself"],
        },
        ProductionKind::SchoolVisit => Words {
            recommended: ["tätä vierailua", "besöket", "this visit"],
            itself: ["Vierailu itse", "Själva besöket", "The visit itself"],
        },
        ProductionKind::Course => Words {
            recommended: ["tätä kurssia", "kursen", "this course"],
            itself: ["Kurssi itse", "Själva kursen", "The course itself"],
        },
        ProductionKind::Stream => Words {
            recommended: ["tätä verkkolähetystä", "sändningen", "this stream"],
            itself: ["Lähetys itse", "Själva sändningen", "The stream itself"],
        },
        ProductionKind::Circus | ProductionKind::Other => Words {
            recommended: ["tätä esitystä", "föreställningen", "this show"],
            itself: ["Esitys itse", "Själva föreställningen", "The show itself"],
        },
    }
}

/// The question about a recommendation.
pub(super) fn recommend(kind: ProductionKind) -> Text {
    let [fi, sv, en] = words(kind).recommended;
    Text::new(
        format!("Kuinka todennäköisesti suosittelisit {fi} ystävälle tai läheiselle?"),
        format!("Hur sannolikt är det att du skulle rekommendera {sv} för en vän eller närstående?"),
        format!("How likely are you to recommend {en} to a friend or relative?"),
    )
}

/// The reason that is the thing itself.
pub(super) fn itself(kind: ProductionKind) -> Text {
    let [fi, sv, en] = words(kind).itself;
    Text::new(fi, sv, en)
}

/// A version as it is asked after a production of a kind: with the words for that kind, where it has those for any kind.
/// What an organisation has written itself stays. Questions keep their ids, since they mean the same; the version has an
/// id of its own, which follows from what it asks.
#[must_use]
pub fn worded(version: &SurveyVersion, kind: ProductionKind) -> SurveyVersion {
    let mut worded = version.clone();
    for question in &mut worded.questions {
        if matches!(question.kind, Kind::Nps(_)) {
            reword(&mut question.text, recommend, kind);
        }
        if let Kind::Choice(choice) = &mut question.kind {
            choice.options.iter_mut().for_each(|option| reword(&mut option.text, itself, kind));
        }
    }
    if worded != *version {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(format!("{:?}", worded.questions))[..16]);
        worded.version = SurveyVersionId(Builder::from_random_bytes(id).into_uuid());
    }
    worded
}

/// Other words, where these are those of any kind. In each language by itself: a translation that was added stays.
fn reword(text: &mut Text, of: fn(ProductionKind) -> Text, kind: ProductionKind) {
    let there = text.clone();
    let has =
        |words: &Text, language| words.iter().find(|(tag, _)| *tag == language).map(|(_, words)| words.to_owned());
    for (language, words) in of(kind).iter() {
        let own = has(&there, language);
        if own.is_some() && ProductionKind::ALL.into_iter().any(|other| has(&of(other), language) == own) {
            text.set(language, words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Rng, standard_survey::version};

    #[test]
    fn each_kind_has_its_words_and_the_questions_stay_the_same() {
        let show = version(&Rng::seeded(1), 1_700_000_000_000);
        assert_eq!(worded(&show, ProductionKind::Other), show);
        assert_eq!(worded(&show, ProductionKind::Circus), show, "a circus plays a show");
        let concert = worded(&show, ProductionKind::Concert);
        assert_eq!(concert, worded(&show, ProductionKind::Concert), "the same id each time");
        assert_ne!(concert.version, show.version);
        assert_eq!(domain::survey::check(&concert.questions), Ok(()));
        let ids = |version: &SurveyVersion| version.questions.iter().map(|question| question.id).collect::<Vec<_>>();
        assert_eq!(ids(&concert), ids(&show));
        let words = format!("{:?}", concert.questions);
        for word in ["tätä konserttia", "rekommendera konserten", "this concert", "Själva konserten"] {
            assert!(words.contains(word), "{word}");
        }
        for word in ["esity", "this show", "The show", "föreställning"] {
            assert!(!words.contains(word), "{word}: {words}");
        }
        let workshop = worded(&concert, ProductionKind::Workshop);
        assert_eq!(workshop.questions, worded(&show, ProductionKind::Workshop).questions);
    }

    #[test]
    fn own_words_stay() {
        let mut own = version(&Rng::seeded(1), 1_700_000_000_000);
        own.questions[1].text = Text::same("Suositteletko?");
        let worded = worded(&own, ProductionKind::Concert);
        assert_eq!(worded.questions[1].text, Text::same("Suositteletko?"));
    }
}
