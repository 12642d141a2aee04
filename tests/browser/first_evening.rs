//! Somebody who has never seen the program, with an empty server and no command line: from the link of the first start to
//! a number and a response rate.

use std::time::Instant;

use harness::{
    browser::{Browser, Screen},
    program::Serving,
    report,
};
use serde_json::json;

use crate::{
    album::Album,
    steps::{ANSWERED, answered},
};

/// Fills fields by their ids, as a person does who has a calendar to click.
const FILL: &str = "for (const [id, value] of Object.entries(arguments[0])) document.getElementById(id).value = value;";

/// Day and times of a show that has just ended, by a clock in UTC: an hour and a half, until five minutes ago.
const JUST_ENDED: &str = "
    const at = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
    return { day: at(95).slice(0, 10), starts: at(95).slice(11, 16), ends: at(5).slice(11, 16) };";

const PASSWORD: &str = "a lamp over the stage";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_first_start_to_a_number() {
    let began = Instant::now();
    let folder = tempfile::tempdir().expect("a folder");
    let serving = Serving::start(&format!("sqlite://{}", folder.path().join("new.db").display()), &[]).await;
    let staff = Browser::open(Screen::DESKTOP).await;
    let link = serving.welcome.lines().map(str::trim).find(|line| line.starts_with("http")).expect("a link");
    staff.goto(link).await;
    let typed = [
        ("#organisation", "Kolmen hengen sirkus"),
        ("#venue", "Teltta"),
        ("#code", "TELTTA"),
        ("#email", "eva@sirkus.example"),
        ("#password", PASSWORD),
    ];
    for (field, text) in typed {
        staff.find(field).await.clear().await.expect("an empty field");
        staff.write(field, text).await;
    }
    staff.execute(FILL, vec![json!({ "time_zone": "Etc/UTC" })]).await;
    staff.click("form .button.is-primary").await;
    let tonight = format!("{}/staff", serving.base);
    staff.goto(&tonight).await;
    staff.wait_for(".ladder").await;
    assert!(!staff.has(".ladder .is-done").await, "nothing was done yet");
    Album::of(&staff).await.page("first-steps").await;
    staff.turn_to(Screen::DESKTOP).await;

    // The programme: the step leads to the form.
    staff.click(".ladder a[href='/staff/events/new']").await;
    staff.wait_for("#title_fi").await;
    staff.write("#title_fi", "Kesäillan sirkus").await;
    let show = staff.execute(JUST_ENDED, Vec::new()).await;
    staff.execute(FILL, vec![show]).await;
    staff.click("form.settings .button.is-primary").await;
    staff.wait_for("a[href$='/poster']").await;

    // The poster: what is printed beside the code opens the form.
    staff.click("a[href$='/poster']").await;
    staff.wait_for(".poster .address").await;
    let printed = staff.text(".poster .address").await;
    let code = printed.rsplit('/').next().expect("a code").to_owned();
    for _ in 0..6 {
        let phone = Browser::open_without_javascript(Screen::PHONE).await;
        phone.goto(format!("{}/f/{code}", serving.base)).await;
        phone.click(".faces label:nth-child(5)").await;
        phone.click(".send").await;
        phone.wait_for(".spot").await;
        phone.close().await;
    }

    // Whoever closes the tent types how many were there into their phone.
    staff.turn_to(Screen::PHONE).await;
    staff.goto(&tonight).await;
    staff.wait_for("#attendance").await;
    staff.write("#attendance", "12").await;
    staff.click("[aria-labelledby=audience] button").await;
    staff.wait_for(".notice.is-good").await;
    assert_eq!(answered(&staff).await, 6);
    let rate = staff.text(".panel:has(#answered) .says").await;
    assert!(rate.contains("12") && rate.contains("50"), "{rate}");

    staff.turn_to(Screen::DESKTOP).await;
    staff.goto(&tonight).await;
    staff.wait_for(ANSWERED).await;
    let done = staff.execute("return document.querySelectorAll('.ladder .is-done').length;", Vec::new()).await;
    assert_eq!(done, 3, "poster, programme and numbers; nobody had a tablet or a colleague");
    Album::of(&staff).await.page("first-evening").await;
    staff.turn_to(Screen::DESKTOP).await;
    staff.click("form[action='/staff/first-steps/away'] button").await;
    staff.wait_for(".notice.is-good").await;
    assert!(!staff.has(".ladder").await);
    staff.close().await;
    report::seen(&format!("from the first start to a number: {:.0?} of the machine", began.elapsed()));
}
