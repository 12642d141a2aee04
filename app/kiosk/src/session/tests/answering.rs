//! What taps do, from the first answer to thanks.

use api::responses::item::Item;
use domain::{
    lang::Lang,
    response::{End, Given},
    time::SECOND,
};

use super::{Effect, Event, Scene, Tablet};
use crate::fixtures::question;

#[test]
fn a_visit_goes_from_the_first_face_to_thanks_and_back() {
    let mut tablet = Tablet::asking();
    tablet.answer_all();
    assert_eq!(tablet.scene(), Scene::Thanks);
    assert_eq!((tablet.saved.len(), tablet.saved[0].end), (1, End::Done));
    assert_eq!(tablet.saved[0].answers.iter().filter(|answer| !answer.skipped).count(), 2);
    assert_eq!(tablet.session.screen().thanks_left, 6);
    tablet.pass(SECOND);
    assert_eq!(tablet.session.screen().thanks_left, 5);
    tablet.pass(5 * SECOND);
    assert_eq!((tablet.scene(), tablet.place()), (Scene::Asking, 0));
    assert!(tablet.session.screen().is_untouched());
}

#[test]
fn a_double_tap_is_one_tap() {
    let mut tablet = Tablet::asking();
    tablet.tap(Event::Chosen(question(0), Given::Face(5)));
    tablet.pass(100);
    tablet.tap(Event::Chosen(question(0), Given::Face(1)));
    assert_eq!(tablet.session.screen().visit.given(question(0)), Some(&Given::Face(5)));
    tablet.pass(200);
    assert_eq!(tablet.place(), 1);
    // The new question is there, and the second half of the double tap still comes.
    tablet.tap(Event::Toggled(question(1), "sound".into()));
    tablet.tap(Event::GoOn);
    tablet.tap(Event::GoBack);
    tablet.tap(Event::Exit);
    assert_eq!((tablet.place(), tablet.scene()), (1, Scene::Asking));
    assert_eq!(tablet.session.screen().visit.given(question(1)), None);
    tablet.pass(300);
    tablet.tap(Event::Toggled(question(1), "sound".into()));
    assert_eq!(tablet.session.screen().visit.given(question(1)), Some(&Given::Choice(vec!["sound".into()])));
}

#[test]
fn the_chosen_answer_is_lit_until_the_next_question() {
    let mut tablet = Tablet::asking();
    tablet.tap(Event::Chosen(question(0), Given::Face(5)));
    assert!(tablet.session.screen().lit);
    tablet.pass(250);
    assert!(!tablet.session.screen().lit);
}

#[test]
fn the_way_back_keeps_what_was_said() {
    let mut tablet = Tablet::asking();
    tablet.face(4);
    tablet.tap(Event::GoBack);
    assert_eq!(tablet.place(), 0);
    assert_eq!(tablet.session.screen().visit.given(question(0)), Some(&Given::Face(4)));
    tablet.pass(300);
    tablet.tap(Event::GoOn);
    assert_eq!(tablet.place(), 1);
}

#[test]
fn whoever_has_said_enough_is_thanked() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    tablet.tap(Event::Exit);
    assert_eq!((tablet.scene(), tablet.saved[0].end), (Scene::Thanks, End::Exit));
}

#[test]
fn who_says_nothing_leaves_nothing() {
    let mut tablet = Tablet::asking();
    for _ in 0..4 {
        tablet.tap(Event::GoOn);
        tablet.pass(300);
    }
    assert_eq!((tablet.scene(), tablet.place(), tablet.saved.len()), (Scene::Asking, 0, 0));
}

#[test]
fn every_answer_is_drafted_and_its_lock_held_until_it_is_saved() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    let [Effect::Hold(id), Effect::Draft(drafted, Some(item)), ..] = &tablet.effects[..] else {
        panic!("{:?}", tablet.effects)
    };
    let item: Item = serde_json::from_str(item).unwrap();
    assert_eq!((id, item.answers.len()), (drafted, 1));
    let id = *id;
    assert!(tablet.session.holds(id));
    tablet.tap(Event::Exit);
    tablet.pass(7 * SECOND);
    assert!(!tablet.session.holds(id));
}

#[test]
fn a_comment_is_drafted_when_the_fingers_rest() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    tablet.tap(Event::GoOn);
    tablet.pass(300);
    let drafts = |tablet: &Tablet| tablet.effects.iter().filter(|it| matches!(it, Effect::Draft(..))).count();
    let before = drafts(&tablet);
    for typed in ["k", "ki", "kii"] {
        tablet.tap(Event::Typed(question(2), typed.into()));
        tablet.pass(200);
    }
    assert_eq!(drafts(&tablet), before);
    tablet.pass(800);
    assert_eq!(drafts(&tablet), before + 1);
}

#[test]
fn a_comment_may_be_quoted_only_where_it_is_ticked() {
    let drafted = |ticks: &[bool]| -> bool {
        let mut tablet = Tablet::asking();
        tablet.face(5);
        tablet.tap(Event::GoOn);
        tablet.pass(300);
        tablet.tap(Event::Typed(question(2), "kiitos".into()));
        for tick in ticks {
            tablet.tap(Event::MayQuote(*tick));
        }
        tablet.pass(800);
        let mut drafts = tablet.effects.iter().rev();
        let text = drafts.find_map(|it| if let Effect::Draft(_, Some(text)) = it { Some(text) } else { None });
        serde_json::from_str::<Item>(text.unwrap()).unwrap().may_quote
    };
    assert!(!drafted(&[]), "off by default");
    assert!(drafted(&[true]));
    assert!(!drafted(&[true, false]));
}

#[test]
fn nobody_is_thanked_for_what_is_nowhere() {
    let mut tablet = Tablet::asking();
    tablet.disk_works = false;
    tablet.answer_all();
    assert_eq!((tablet.scene(), tablet.session.unsaved().len()), (Scene::Unsaved, 1));
    tablet.tap(Event::Retry);
    assert_eq!(tablet.scene(), Scene::Unsaved);
    tablet.disk_works = true;
    tablet.tap(Event::Retry);
    assert_eq!((tablet.scene(), tablet.session.unsaved().len(), tablet.saved.len()), (Scene::Thanks, 0, 1));
}

#[test]
fn whoever_leaves_the_notice_leaves_the_answer_to_the_page() {
    let mut tablet = Tablet::asking();
    tablet.disk_works = false;
    tablet.answer_all();
    tablet.tap(Event::Leave);
    assert_eq!((tablet.scene(), tablet.place(), tablet.session.unsaved().len()), (Scene::Asking, 0, 1));
    tablet.pass(10 * SECOND);
    assert!(!tablet.session.is_free(tablet.now), "a reload would lose it");
}

#[test]
fn the_next_visitor_finds_nothing_of_the_last_one() {
    let mut tablet = Tablet::asking();
    tablet.tap(Event::Language(Lang::Sv.into()));
    tablet.tap(Event::Contrast);
    tablet.answer_all();
    assert_eq!(tablet.saved[0].lang, Lang::Sv);
    tablet.pass(6 * SECOND);
    let screen = tablet.session.screen();
    assert_eq!((screen.lang, screen.contrast, screen.lit, screen.countdown), (Lang::Fi, false, false, None));
}

#[test]
fn a_tap_remembers_whether_the_page_was_hidden_since() {
    let mut tablet = Tablet::asking();
    tablet.answer_all();
    let id = tablet.saved[0].id.to_string();
    assert!(!tablet.session.tap(&id).unwrap().may_have_slept);
    tablet.send(Event::Visibility { visible: false });
    assert!(tablet.session.tap(&id).unwrap().may_have_slept);
    tablet.send(Event::Acked(vec![id.clone()]));
    assert!(tablet.session.tap(&id).is_none());
}
