//! What staff see, from too few answers to many.

use app::pages::{
    fragment,
    staff::{
        paper::Paper,
        poster::{Poster, PosterData, PosterProps},
        programme::{DayRow, Programme, ProgrammeData, ProgrammeProps, Row},
        qr::Qr,
        subject::{
            data::{About, SubjectData},
            live_region::{LiveRegion, LiveRegionProps},
            page::{SubjectPage, SubjectPageProps},
        },
        tonight::{Other, Tonight, TonightData, TonightProps},
    },
};
use domain::{
    lang::Lang,
    live_delay::LiveDelay,
    summary::Summary,
    time::{DAY, LocalDay},
};

use crate::{
    fixtures::{Crowd, START, event, subject, venue},
    page::{between, render, shell, values},
};

fn event_page(name: &str, data: SubjectData, lang: Lang) -> String {
    render(name, || SubjectPage(SubjectPageProps { data, shell: shell(lang, "/staff/events/1") }))
}

fn scores(html: &str) -> usize {
    html.matches("chart-nps").count()
}

#[test]
fn tonight_shows_scores_with_how_sure_they_are() {
    for lang in Lang::ALL {
        let subject = Box::new(subject(&Crowd::Many, false));
        let others = vec![Other { path: "/staff/events/2".into(), title: "Avoin harjoitus · Harjoitussali".into() }];
        let data = TonightData::Subject { subject, others };
        let html = render(&format!("s-tonight-{lang}"), || {
            Tonight(TonightProps { data, installation: None, put_away: false, shell: shell(lang, "/staff") })
        });
        assert_eq!((scores(&html), html.matches("chart-time").count()), (1, 1));
        assert_eq!(html.matches("chart chart-").count(), 3, "faces, recommendation, time");
        assert!(html.contains("<leptos-island"), "the page updates itself");
        assert!(html.contains("src=\"/assets/islands.js\""));
        assert!(html.contains("id=\"live\""));
    }
}

#[test]
fn a_page_without_script_says_how_to_see_the_newest() {
    let html = event_page("s-live", subject(&Crowd::Many, false), Lang::En);
    assert!(html.contains(">Reload the page to see the newest."), "{html}");
    assert!(!html.contains(">Updating live"), "nothing updates itself before a script says so");
}

#[test]
fn under_five_answers_only_their_number_is_shown() {
    let html = event_page("s-few", subject(&Crowd::Of(4), false), Lang::Fi);
    assert!(html.contains(">4</span>"));
    for chart in ["chart-faces", "chart-nps", "chart-time", "class=\"bars\"", "<table"] {
        assert!(!html.contains(chart), "{chart}");
    }
    assert_eq!(html.matches('%').count(), 1, "the response rate is the only share");
    assert!(html.contains("liian vähän vastauksia"));
}

#[test]
fn from_five_on_there_are_bars_and_the_score_on_request() {
    let html = event_page("s-request", subject(&Crowd::Of(12), false), Lang::Fi);
    assert!(html.contains("chart-faces") && scores(&html) == 0);
    assert!(html.contains("?scores=all"));
    let html = event_page("s-asked", subject(&Crowd::Of(12), true), Lang::Fi);
    assert_eq!(scores(&html), 1);
    assert!(html.contains("pieni otos") && html.contains("väli"), "with its interval, and called small");
}

#[test]
fn from_twenty_on_the_score_is_a_small_sample_and_from_fifty_it_stands_alone() {
    let small = event_page("s-small", subject(&Crowd::Of(31), false), Lang::Fi);
    assert!(scores(&small) == 1 && small.contains("pieni otos"));
    let enough = event_page("s-enough", subject(&Crowd::Many, false), Lang::Fi);
    assert!(scores(&enough) == 1 && !enough.contains("pieni otos"));
}

#[test]
fn what_is_set_aside_stands_beside_what_is_counted() {
    let html = event_page("s-aside", subject(&Crowd::Many, false), Lang::En);
    assert!(html.contains("312 counted, 12 set aside: 7 in a burst, 5 contradictory."), "{html}");
}

#[test]
fn a_small_part_is_hidden_and_says_why() {
    let html = event_page("s-hidden", subject(&Crowd::Of(31), false), Lang::En);
    let channels = between(&html, "id=\"channels\"", "</section>");
    assert!(channels.contains("<td>–</td>") && channels.contains("fewer than five people"), "{channels}");
}

#[test]
fn comments_carry_words_and_face_and_nothing_else() {
    let html = event_page("s-comments", subject(&Crowd::Many, false), Lang::Fi);
    let comments = between(&html, "class=\"comments\"", "</ul>");
    assert_eq!(comments.matches("Lyhennetty").count(), 1, "{comments}");
    assert!(comments.contains("lang=\"sv\"") && comments.contains("Vaisu: "));
    assert!(comments.contains("&lt;script&gt;") && !comments.contains("<script"), "{comments}");
    assert!(!comments.contains("20."), "no time");
}

#[test]
fn the_live_region_alone_is_what_stands_in_the_page() {
    let page = event_page("s-fragment", subject(&Crowd::Many, false), Lang::Fi);
    let alone =
        fragment(|| LiveRegion(LiveRegionProps { data: subject(&Crowd::Many, false), reader: Lang::Fi.into() }));
    assert!(alone.starts_with("<section id=\"live\">") && page.contains(&alone));
}

#[test]
fn empty_states_say_what_comes() {
    let html = event_page("s-nothing-yet", subject(&Crowd::Of(0), false), Lang::Fi);
    assert!(html.contains("Ei vielä vastauksia") && html.contains("la 21.11. klo 18.40"));

    let data = TonightData::Nothing { now: START, time_zone: venue().time_zone, next: Some(Box::new(event())) };
    let html = render("s-empty", || {
        Tonight(TonightProps { data, installation: None, put_away: false, shell: shell(Lang::Fi, "/staff") })
    });
    assert!(html.contains("Seuraavaksi Talvisirkus, la 21.11. klo 18.00"));
    assert!(html.contains("src=\"/assets/islands.js\""), "tomorrow it says something else");

    let day = SubjectData { about: About::Day(START), ..subject(&Crowd::Of(0), false) };
    let html = event_page("s-day-empty", day, Lang::En);
    assert!(html.contains("Answers will be shown here"));
}

#[test]
fn a_day_outside_events_says_which_and_asks_for_no_attendance() {
    let day = |now| {
        let many = subject(&Crowd::Of(31), false);
        let summary = Summary { attendance: None, ..many.summary.clone() };
        SubjectData { about: About::Day(START), now, summary, live: None, ..many }
    };
    for (lang, line) in [
        (Lang::Fi, "lauantai 21.11. · Esitysten ulkopuolella"),
        (Lang::Sv, "lördag 21.11 · Utanför föreställningarna"),
        (Lang::En, "Saturday 21 Nov · Outside the shows"),
    ] {
        let html = event_page(&format!("s-day-{lang}"), day(START), lang);
        assert!(html.contains("<h1>Sirkusteltta</h1>") && html.contains(&format!("<p>{line}</p>")), "{html}");
        assert!(html.contains(">31</span>") && html.contains("chart-faces") && html.contains("chart-time"));
        assert!(!html.contains("leptos-island"), "nothing changes by itself any more");
    }
    let html = event_page("s-day-old", day(START + 60 * DAY), Lang::En);
    assert!(html.contains("<title>Sirkusteltta · Saturday 21 Nov 2026") && !html.contains("ttendance"), "{html}");
}

#[test]
fn the_programme_tells_coming_from_past() {
    let row = |crowd: &Crowd| Row {
        event: event(),
        venue: venue().name,
        time_zone: venue().time_zone,
        summary: Some(subject(crowd, false).summary),
    };
    let data = ProgrammeData {
        done: None,
        here: app::kit::address::Address::new("/staff/events", []),
        delay: LiveDelay::Off,
        venues: vec![venue()],
        days: Vec::new(),
        may_edit: true,
        coming: vec![Row { summary: None, ..row(&Crowd::Of(0)) }],
        past: vec![row(&Crowd::Many), row(&Crowd::Of(31)), row(&Crowd::Of(3))],
        now: START,
        time_zone: venue().time_zone,
    };
    let html = render("s-events", || Programme(ProgrammeProps { data, shell: shell(Lang::Fi, "/staff/events") }));
    assert_eq!(html.matches("<li><p class=\"date\"").count(), 4);
    assert_eq!(html.matches("is-thin").count(), 2, "three answers have no distribution");
    assert!(html.contains("liian vähän") && html.contains("ei vielä vastauksia"));
    let settings = format!("href=\"/staff/venues/{}/settings\"", venue().id);
    assert!(html.contains(&settings), "{html}");

    assert!(!html.contains("id=\"days\""), "no days, no heading");

    let data = ProgrammeData {
        done: None,
        here: app::kit::address::Address::new("/staff/events", []),
        delay: LiveDelay::Off,
        coming: vec![],
        past: vec![],
        days: vec![],
        venues: vec![venue()],
        may_edit: false,
        now: START,
        time_zone: venue().time_zone,
    };
    let html = render("s-events-empty", || Programme(ProgrammeProps { data, shell: shell(Lang::En, "/staff/events") }));
    assert!(html.contains("still empty"));
    assert!(!html.contains(&settings), "who may only look is not led to a closed door");
}

#[test]
fn the_programme_lists_days_outside_events() {
    let day = |days_ago, counted, aside| DayRow {
        venue: venue(),
        day: LocalDay(LocalDay::from_date(2026, 11, 21).0 - days_ago),
        at: START - i64::from(days_ago) * DAY,
        counted,
        aside,
    };
    for lang in Lang::ALL {
        let data = ProgrammeData {
            done: None,
            here: app::kit::address::Address::new("/staff/events", []),
            delay: LiveDelay::Off,
            coming: vec![],
            past: vec![],
            days: vec![day(0, 31, 0), day(1, 1, 2)],
            venues: vec![venue()],
            may_edit: false,
            now: START,
            time_zone: venue().time_zone,
        };
        let html = render(&format!("s-events-days-{lang}"), || {
            Programme(ProgrammeProps { data, shell: shell(lang, "/staff/events") })
        });
        let rows = between(&html, "id=\"days\"", "</section>");
        let at = |day| format!("href=\"/staff/venues/{}/days/{day}\"", venue().id);
        assert!(rows.contains(&at("2026-11-21")) && rows.contains(&at("2026-11-20")), "{rows}");
        assert!(rows.contains("<strong>31</strong>") && rows.contains("<strong>1</strong>"), "{rows}");
        assert_eq!(rows.matches("<strong>2</strong>").count(), 1, "set aside, only where any is: {rows}");
    }
}

#[test]
fn a_poster_asks_in_every_language_of_the_venue() {
    for size in Paper::ALL {
        let dark: Vec<bool> = (0..29 * 29).map(|place| place % 29 % 3 == 0 || place % 7 == 0).collect();
        let data = PosterData {
            title: "Kevätkonsertti".into(),
            line: "Sibeliustalo, su 22.11. klo 15.00".into(),
            address: "aplodi.sirkus.fi/f/K7PM".into(),
            qr: Qr { width: 29, dark },
            languages: Lang::ALL.to_vec(),
            size,
            back: "/staff".into(),
        };
        let html = render(&format!("poster-{}", size.as_str()), || {
            Poster(PosterProps { data, shell: shell(Lang::Fi, "/staff/events/1/poster") })
        });
        let sheet = between(&html, "class=\"sheet\">", "</main>");
        assert!(values(sheet, "lang").len() == 6 && sheet.contains("How was it?"));
        assert!(html.contains(&format!("poster {}", size.as_str())));
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
    }
}
