//! What is decided about a venue.

use app::{
    pages::staff::settings::{Settings, SettingsData, SettingsProps},
    server_functions::venue_settings::{
        errors::{EmailsError, HoursEnd, HoursError, NumberError, SettingsErrors},
        form::{HoursFields, OpeningChoice, SettingsForm},
    },
};
use domain::{lang::Lang, venue_settings::VenueSettings};

use crate::{
    fixtures::venue,
    page::{between, render, shell, values},
};

fn data() -> SettingsData {
    let pin = "004711".parse().unwrap();
    SettingsData {
        languages: vec![Lang::Fi.into(), "ar".parse().unwrap()],
        venue: venue().id,
        name: "Teltta & <Sali>".into(),
        form: SettingsForm::of(&VenueSettings::default(), &pin),
        errors: SettingsErrors::default(),
        may_set_webhook: true,
        saved: false,
    }
}

fn page(name: &str, data: SettingsData, lang: Lang) -> String {
    render(name, || Settings(SettingsProps { data, shell: shell(lang, "/staff/venues/1/settings") }))
}

#[test]
fn every_setting_has_a_field_with_a_label_and_a_sentence() {
    for lang in Lang::ALL {
        let html = page(&format!("s-settings-{lang}"), data(), lang);
        let names = values(&html, "name");
        for field in ["opening", "burst_most", "burst_by_code", "burst_seconds", "contradiction", "pin"] {
            assert!(names.contains(&format!("form[{field}]").as_str()), "{field}");
        }
        for field in ["silent_minutes", "emails", "webhook"] {
            assert!(names.contains(&format!("form[{field}]").as_str()), "{field}");
        }
        for field in ["form[quiet][from]", "form[quiet][until]", "form[week][0][from]", "form[week][6][until]", "venue"]
        {
            assert!(names.contains(&field), "{field}");
        }
        assert!(html.contains("<leptos-island") && html.contains("action=\"/staff/call/venue-settings\""));
        assert!(html.contains("value=\"004711\"") && html.contains("value=\"8\""));
        assert_eq!(html.matches("<fieldset").count(), html.matches("<p class=\"says\">").count());
        assert!(!html.contains("<Sali>") && !html.contains("role=\"alert\""));
        assert!(between(&html, "value=\"always\"", ">").contains("checked"));
    }
}

#[test]
fn what_is_wrong_stands_beside_its_field() {
    let mut data = data();
    data.form.opening = OpeningChoice::Hours;
    data.form.week[2] = HoursFields { from: "10:00".into(), until: String::new() };
    data.form.emails = "nobody\"><b>".into();
    data.errors.week[2] = Some(HoursError::Missing(HoursEnd::Until));
    data.errors.quiet = Some(HoursError::Missing(HoursEnd::Until));
    data.errors.burst_most = Some(NumberError { least: 0, most: 1_000 });
    data.errors.emails = Some(EmailsError::NoEmail("nobody\"><b>".into()));
    let html = page("s-settings-wrong", data, Lang::En);
    assert_eq!(
        html.matches("aria-invalid").count(),
        4,
        "the end of Wednesday, a number, an address, the end of the quiet hours"
    );
    for [field, next] in [["form[week][2][until]", "</td>"], ["form[quiet][until]", "</div>"]] {
        assert!(between(&html, &format!("name=\"{field}\""), next).contains("aria-invalid"), "{field}");
    }
    assert!(html.contains("id=\"day2_until-problem\"") && html.contains("id=\"quiet_until-problem\""));
    assert!(html.contains("from 0 to 1000") && html.contains("role=\"alert\""));
    assert!(!html.contains("<b>"), "what was typed is text");
    assert!(html.contains("value=\"10:00\""), "nothing has to be typed twice");
}

#[test]
fn saving_is_confirmed() {
    let html = page("s-settings-saved", SettingsData { saved: true, ..data() }, Lang::Fi);
    assert!(html.contains("role=\"status\"") && html.contains("Tallennettu"));
}
