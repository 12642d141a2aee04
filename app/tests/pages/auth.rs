//! Log-in, set-up, errors.

use std::collections::BTreeMap;

use app::pages::{
    error::{ErrorData, ErrorPage, ErrorPageProps},
    staff::{
        login::{Login, LoginData, LoginProblem, LoginProps},
        setup::{FirstStart, Setup, SetupData, SetupField, SetupKind, SetupProblem, SetupProps},
    },
};
use domain::lang::Lang;

use crate::page::{render, shell, values};

#[test]
fn log_in_says_what_went_wrong_and_keeps_the_address() {
    let clean =
        render("s-login", || Login(LoginProps { data: LoginData::default(), shell: shell(Lang::Fi, "/staff/login") }));
    assert!(!clean.contains("role=\"alert\""));
    let data = LoginData {
        email: "aino@sirkus.fi".into(),
        problem: Some(LoginProblem::Wrong),
        next: Some("/staff/events".into()),
        ..LoginData::default()
    };
    let html = render("s-login-bad", || Login(LoginProps { data, shell: shell(Lang::En, "/staff/login") }));
    assert!(html.contains("role=\"alert\"") && html.contains("value=\"aino@sirkus.fi\""));
    assert!(html.contains("name=\"next\" value=\"/staff/events\""));
    assert!(html.contains("autocomplete=\"current-password\""));
}

#[test]
fn set_up_ties_each_problem_to_its_field() {
    let data = SetupData {
        action: "/setup/abc".into(),
        kind: SetupKind::FirstStart(FirstStart { organisation: "Lahden <Sirkus> ry".into(), ..FirstStart::default() }),
        problems: BTreeMap::from([(SetupField::Email, SetupProblem::NotAnEmail)]),
    };
    let html = render("s-setup", || Setup(SetupProps { data, shell: shell(Lang::Fi, "/setup/abc") }));
    let names = values(&html, "name");
    for field in ["organisation", "venue", "code", "time_zone", "email", "password"] {
        assert!(names.contains(&field), "{field}");
    }
    assert_eq!(html.matches("aria-invalid").count(), 1);
    assert!(html.contains("Europe/Helsinki") && !html.contains("<Sirkus>"));
}

#[test]
fn somebody_new_chooses_a_password_only() {
    let data = SetupData {
        action: "/setup/abc".into(),
        kind: SetupKind::Password { email: "ville@sirkus.fi".into() },
        problems: BTreeMap::new(),
    };
    let html = render("s-join", || Setup(SetupProps { data, shell: shell(Lang::Sv, "/setup/abc") }));
    assert!(html.contains("ville@sirkus.fi") && html.contains("new-password") && !html.contains("time_zone"));
}

#[test]
fn every_error_has_a_sentence() {
    for status in [400, 401, 403, 404, 405, 410, 413, 429, 500, 502, 503] {
        let data = ErrorData { status, public: None };
        let html = render(&format!("s-error-{status}"), || {
            ErrorPage(ErrorPageProps { data, shell: shell(Lang::Fi, "/staff/nowhere") })
        });
        assert!(html.contains("action=\"/staff\""));
    }
}

#[test]
fn a_visitor_is_led_back_to_the_questions_and_staff_to_tonight() {
    for (path, way) in [
        ("/staff/nowhere", "action=\"/staff\""),
        ("/stafford", "action=\"/f\""),
        ("/nothing/here", "action=\"/f\""),
        ("/f/KX7P/answer", "action=\"/f/KX7P\""),
        ("/f/%22%3E/answer", "action=\"/f\""),
    ] {
        let html = render("s-error-way", || {
            ErrorPage(ErrorPageProps { data: ErrorData { status: 400, public: None }, shell: shell(Lang::En, path) })
        });
        assert!(html.contains(way), "{path}");
    }
}
