//! What is shown between visits: pairing, programme, sleep, demo mode.

use std::sync::Arc;

use api::config::KioskConfig;
use domain::{
    lang::{Lang, LanguageTag},
    response::Given,
    time::{HOUR, MINUTE, SECOND},
};

use super::{Access, Effect, Event, Scene, Tablet};
use crate::fixtures::{EVENING, config, event, open_from, question, survey};

#[test]
fn each_lack_has_a_scene_of_its_own() {
    let mut tablet = Tablet::opened();
    assert_eq!(tablet.scene(), Scene::Loading);
    tablet.send(Event::Started);
    assert_eq!(tablet.scene(), Scene::Unpaired);
    tablet.send(Event::Access(Access::Paired));
    assert_eq!(tablet.scene(), Scene::Waiting);
    tablet.send(Event::Configured(Arc::new(KioskConfig { surveys: Vec::new(), ..config() })));
    assert_eq!(tablet.scene(), Scene::Empty);
    tablet.send(Event::Configured(Arc::new(config())));
    assert_eq!(tablet.scene(), Scene::Asking);
    tablet.send(Event::Access(Access::Revoked));
    assert_eq!(tablet.scene(), Scene::Revoked);
    tablet.send(Event::Unconfigured);
    tablet.send(Event::Access(Access::Paired));
    assert_eq!(tablet.scene(), Scene::Waiting);
}

#[test]
fn plain_http_stays_what_it_is() {
    let mut tablet = Tablet::opened();
    tablet.send(Event::Insecure);
    tablet.send(Event::Access(Access::Paired));
    tablet.send(Event::Configured(Arc::new(config())));
    tablet.pass(10 * SECOND);
    assert_eq!(tablet.scene(), Scene::Insecure);
}

#[test]
fn a_new_configuration_waits_for_the_next_visitor() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    let new = KioskConfig { surveys: vec![survey(1), survey(2)], events: vec![event(9, EVENING)], ..config() };
    tablet.send(Event::Configured(Arc::new(new)));
    assert_eq!((tablet.place(), tablet.session.screen().active.as_ref().unwrap().event()), (1, None));
    tablet.tap(Event::Exit);
    assert_eq!(tablet.saved[0].event, None, "a visit belongs to what was on when it began");
    tablet.pass(6 * SECOND);
    let active = tablet.session.screen().active.clone().unwrap();
    assert_eq!(active.event().map(|event| event.id.0.as_u128()), Some(9));
}

#[test]
fn a_tablet_that_is_unpaired_in_the_middle_lets_the_visitor_finish() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    tablet.send(Event::Access(Access::Revoked));
    assert_eq!(tablet.scene(), Scene::Asking);
    tablet.tap(Event::Exit);
    tablet.pass(6 * SECOND);
    assert_eq!((tablet.scene(), tablet.saved.len()), (Scene::Revoked, 1));
}

#[test]
fn a_question_stays_under_the_finger_that_holds_it() {
    let mut tablet = Tablet::asking();
    tablet.send(Event::Touched);
    let new = KioskConfig { events: vec![event(9, EVENING)], ..config() };
    tablet.send(Event::Configured(Arc::new(new)));
    let on = |tablet: &Tablet| tablet.session.screen().active.as_ref().unwrap().event().is_some();
    assert!(!on(&tablet));
    tablet.pass(600);
    assert!(on(&tablet));
}

#[test]
fn the_programme_goes_by_the_servers_clock() {
    let mut tablet = Tablet::with(KioskConfig { events: vec![event(9, EVENING + HOUR)], ..config() });
    let on = |tablet: &Tablet| tablet.session.screen().active.as_ref().unwrap().event().is_some();
    assert!(!on(&tablet));
    tablet.send(Event::ServerClock { server_now: EVENING + HOUR + MINUTE, asked: tablet.now.wall });
    tablet.send(Event::FollowProgramme);
    assert!(on(&tablet), "the tablet's own clock is an hour late");
    tablet.face(5);
    tablet.tap(Event::Exit);
    assert_eq!(tablet.saved[0].offset_ms, Some(HOUR + MINUTE));
}

#[test]
fn it_sleeps_outside_its_hours_and_wakes_for_the_doors() {
    let mut tablet = Tablet::with(open_from(EVENING + HOUR));
    assert_eq!(tablet.scene(), Scene::Asleep);
    tablet.pass(HOUR + SECOND);
    assert_eq!(tablet.scene(), Scene::Asking);
    tablet.pass(HOUR + 3 * MINUTE);
    assert_eq!(tablet.scene(), Scene::Asleep);
}

#[test]
fn the_touch_that_wakes_it_answers_nothing() {
    let mut tablet = Tablet::with(open_from(EVENING + HOUR));
    tablet.tap(Event::Woken);
    assert_eq!(tablet.scene(), Scene::Asking);
    tablet.tap(Event::Chosen(question(0), Given::Face(1)));
    assert!(tablet.session.screen().is_untouched());
    tablet.pass(300);
    tablet.tap(Event::Chosen(question(0), Given::Face(5)));
    assert!(!tablet.session.screen().is_untouched());
    tablet.pass(10 * SECOND);
    assert_eq!(tablet.scene(), Scene::Asking, "nobody falls asleep under a visitor");
}

#[test]
fn it_falls_asleep_again_two_minutes_after_the_last_touch() {
    let mut tablet = Tablet::with(open_from(EVENING + HOUR));
    tablet.tap(Event::Woken);
    tablet.pass(2 * MINUTE - SECOND);
    assert_eq!(tablet.scene(), Scene::Asking);
    tablet.pass(2 * SECOND);
    assert_eq!(tablet.scene(), Scene::Asleep);
}

#[test]
fn a_demonstration_is_marked_and_ends_by_itself() {
    let mut tablet = Tablet::asking();
    tablet.send(Event::Demo(true));
    assert!(tablet.session.screen().demo);
    assert!(tablet.asked_for(|effect| *effect == Effect::RememberDemo(Some(EVENING + 30 * MINUTE))));
    tablet.face(5);
    tablet.tap(Event::Exit);
    assert!(tablet.saved[0].demo);
    tablet.pass(30 * MINUTE + SECOND);
    assert!(!tablet.session.screen().demo);
}

#[test]
fn half_an_hour_ends_between_visits() {
    let mut tablet = Tablet::asking();
    tablet.send(Event::Demo(true));
    tablet.pass(30 * MINUTE - SECOND);
    tablet.face(5);
    tablet.pass(10 * SECOND);
    assert!(tablet.session.screen().demo, "a visit is wholly one or the other");
    tablet.tap(Event::Exit);
    assert!(tablet.saved[0].demo);
    tablet.pass(7 * SECOND);
    assert!(!tablet.session.screen().demo);
}

#[test]
fn switching_demo_mode_ends_the_visit_that_is_under_way() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    tablet.send(Event::Demo(true));
    assert_eq!((tablet.saved.len(), tablet.saved[0].demo, tablet.place()), (1, false, 0));
}

#[test]
fn demo_mode_outlives_a_reload_and_no_clock_makes_it_longer() {
    for (until, demo) in [(Some(MINUTE), true), (Some(31 * MINUTE), false), (Some(-1), false), (None, false)] {
        let mut tablet = Tablet::opened();
        tablet.send(Event::DemoRestored(until.map(|until| EVENING + until)));
        assert_eq!(tablet.session.screen().demo, demo, "{until:?}");
    }
}

#[test]
fn staff_who_end_a_visit_lose_nothing() {
    let mut tablet = Tablet::asking();
    tablet.face(5);
    tablet.disk_works = false;
    tablet.send(Event::EndVisit);
    assert_eq!((tablet.place(), tablet.session.unsaved().len()), (0, 1));
}

#[test]
fn a_fourth_language_is_offered_where_the_survey_is_written_in_it() {
    let arabic: LanguageTag = "ar".parse().unwrap();
    let mut config =
        KioskConfig { surveys: vec![survey(1), survey(2)], events: vec![event(9, EVENING + HOUR)], ..config() };
    config.venue.languages.push(arabic);
    config.events[0].survey_version = config.surveys[1].version;
    config.surveys[1].texts_mut().for_each(|text| text.set(arabic, "\u{643}\u{64a}\u{641}"));
    let mut tablet = Tablet::with(config);
    let offered = |tablet: &Tablet| tablet.session.screen().active.as_ref().unwrap().languages();
    assert_eq!(offered(&tablet), [Lang::Fi, Lang::Sv], "the venue's own survey is not written in Arabic");
    tablet.pass(HOUR);
    tablet.send(Event::FollowProgramme);
    assert_eq!(offered(&tablet), [Lang::Fi.into(), Lang::Sv.into(), arabic]);

    tablet.tap(Event::Language(arabic));
    let screen = tablet.session.screen();
    assert_eq!((screen.reader.language, screen.lang), (arabic, Lang::Fi), "around it, what the venue speaks first");
    let question = screen.question().unwrap();
    let words = screen.reader.words(&question.text);
    assert_eq!((words.text, words.lang, words.dir()), ("\u{643}\u{64a}\u{641}", Some(arabic), Some("rtl")));
    tablet.answer_all();
    assert_eq!(tablet.saved[0].lang, arabic);
    tablet.pass(6 * SECOND);
    assert_eq!(tablet.session.screen().reader.language, Lang::Fi);
}
