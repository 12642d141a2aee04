//! Nobody touches the screen.

use domain::{
    lang::Lang,
    response::{End, Given},
    time::{MINUTE, SECOND},
};

use super::{Effect, Event, Scene, Tablet};
use crate::fixtures::question;

#[test]
fn an_abandoned_visit_counts_down_and_is_kept() {
    let mut tablet = Tablet::asking();
    tablet.face(2);
    tablet.pass(19 * SECOND);
    assert_eq!(tablet.session.screen().countdown, None);
    tablet.pass(SECOND);
    assert_eq!(tablet.session.screen().countdown, Some(20));
    tablet.pass(10 * SECOND);
    assert_eq!(tablet.session.screen().countdown, Some(10));
    tablet.pass(10 * SECOND);
    assert_eq!((tablet.scene(), tablet.place(), tablet.session.screen().countdown), (Scene::Asking, 0, None));
    assert_eq!((tablet.saved.len(), tablet.saved[0].end), (1, End::Timeout));
}

#[test]
fn a_touch_ends_the_countdown_once_the_finger_is_gone() {
    let mut tablet = Tablet::asking();
    tablet.face(2);
    tablet.pass(25 * SECOND);
    tablet.send(Event::Touched);
    tablet.pass(500);
    assert!(tablet.session.screen().countdown.is_some(), "a click would land underneath");
    tablet.pass(200);
    assert_eq!(tablet.session.screen().countdown, None);
    assert!(tablet.asked_for(|effect| *effect == Effect::Focus));
    assert_eq!(tablet.place(), 1, "the visitor goes on");
}

#[test]
fn what_is_pressed_without_a_finger_is_pressed_by_somebody() {
    let mut tablet = Tablet::asking();
    tablet.pass(5 * MINUTE);
    tablet.send(Event::Language(Lang::Sv.into()));
    tablet.pass(10 * SECOND);
    assert_eq!(tablet.session.screen().lang, Lang::Sv);
    tablet.send(Event::Chosen(question(0), Given::Face(2)));
    tablet.pass(19 * SECOND);
    assert_eq!((tablet.place(), tablet.session.screen().countdown), (1, None));
    tablet.pass(10 * SECOND);
    assert_eq!(tablet.session.screen().countdown, Some(11));
    tablet.send(Event::Stay);
    tablet.pass(19 * SECOND);
    assert_eq!((tablet.place(), tablet.session.screen().countdown, tablet.saved.len()), (1, None, 0));
}

#[test]
fn whoever_answers_the_countdown_stays() {
    let mut tablet = Tablet::asking();
    tablet.face(2);
    tablet.pass(39 * SECOND);
    tablet.tap(Event::Stay);
    tablet.pass(19 * SECOND);
    assert_eq!((tablet.place(), tablet.saved.len()), (1, 0));
}

#[test]
fn a_screen_that_nobody_answers_does_not_count_down() {
    let mut tablet = Tablet::asking();
    tablet.pass(5 * MINUTE);
    assert_eq!((tablet.scene(), tablet.session.screen().countdown), (Scene::Asking, None));
}

#[test]
fn a_language_that_somebody_chose_and_left_is_put_back() {
    let mut tablet = Tablet::asking();
    tablet.tap(Event::Language(Lang::Sv.into()));
    tablet.pass(19 * SECOND);
    assert_eq!(tablet.session.screen().lang, Lang::Sv);
    tablet.pass(2 * SECOND);
    assert_eq!(tablet.session.screen().lang, Lang::Fi);
}

#[test]
fn the_notice_that_nothing_was_saved_is_left_after_a_countdown() {
    let mut tablet = Tablet::asking();
    tablet.disk_works = false;
    tablet.answer_all();
    tablet.pass(30 * SECOND);
    assert!(tablet.session.screen().countdown.is_some());
    tablet.pass(15 * SECOND);
    assert_eq!((tablet.scene(), tablet.session.unsaved().len()), (Scene::Asking, 1));
}

#[test]
fn a_page_is_free_only_where_nobody_is_about_to_tap() {
    let mut tablet = Tablet::opened();
    assert!(!tablet.session.is_free(tablet.now), "nothing is on the screen");
    tablet = Tablet::asking();
    assert!(tablet.session.is_free(tablet.now));
    tablet.tap(Event::Contrast);
    assert!(!tablet.session.is_free(tablet.now));
    tablet.pass(3 * SECOND);
    assert!(tablet.session.is_free(tablet.now));
    tablet.tap(Event::Chosen(question(0), Given::Face(3)));
    tablet.pass(10 * SECOND);
    assert!(!tablet.session.is_free(tablet.now), "somebody is answering");
    tablet.tap(Event::Exit);
    assert_eq!(tablet.scene(), Scene::Thanks);
    tablet.pass(4 * SECOND);
    assert!(!tablet.session.is_free(tablet.now), "somebody is being thanked");
    tablet.pass(3 * SECOND);
    assert!(tablet.session.is_free(tablet.now), "a new build may take over");
}

#[test]
fn two_builds_change_places_only_between_two_visitors() {
    let mut tablet = Tablet::asking();
    let mut changes = Vec::new();
    for second in 0..60 {
        if second == 10 {
            tablet.tap(Event::Chosen(question(0), Given::Face(4)));
        }
        if tablet.session.is_free(tablet.now) {
            changes.push(second);
        }
        tablet.pass(SECOND);
    }
    // A visit of one tap ends after twenty seconds of silence and twenty of countdown; then three of calm.
    assert!(!changes.iter().any(|second| (11..53).contains(second)), "{changes:?}");
    assert!(changes.contains(&9) && changes.contains(&55), "{changes:?}");
    assert_eq!(tablet.ids().len(), 1, "what was said is kept");
}
