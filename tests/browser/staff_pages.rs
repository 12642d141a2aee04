//! Where the pages of the staff are: one list for all who look at each of them. Pages behind a one-time link too.

use harness::{
    browser::Browser,
    demo::Demo,
    program::{Serving, printed},
};
use tempfile::TempDir;

use crate::steps::page_of_a_kiosk;

const PAIR: &str = "/staff/kiosks/pair";

/// The pages of the staff in a demo.
pub(crate) struct StaffPages {
    base: String,
    settings: String,
    pages: Vec<(&'static str, String)>,
}

impl StaffPages {
    /// Those of somebody who is logged in.
    pub(crate) async fn of(staff: &Browser, demo: &Demo) -> Self {
        let base = demo.serving.base.clone();
        let event = format!("/staff/events/{}", demo.tonight().await["id"].as_str().expect("an id"));
        let kiosk = page_of_a_kiosk(staff, demo).await;
        staff.goto(format!("{base}/staff/people")).await;
        let person = path_of(staff, ".table th a").await;
        staff.goto(format!("{base}/staff/events")).await;
        let settings = path_of(staff, "[aria-labelledby=venues] a[href$='/settings']").await;
        staff.goto(format!("{base}/staff/productions")).await;
        let production = path_of(staff, ".named a").await;
        staff.goto(format!("{base}/staff/events")).await;
        let pages = vec![
            ("tonight", "/staff".to_owned()),
            ("programme", "/staff/events".to_owned()),
            ("event", event.clone()),
            ("event-new", "/staff/events/new".to_owned()),
            ("event-edit", format!("{event}/edit")),
            ("event-ways", format!("{event}/ways")),
            ("month", "/staff/events?view=month".to_owned()),
            ("feeds", "/staff/events/feeds".to_owned()),
            ("event-move", format!("{event}/move")),
            ("event-repeat", format!("{event}/repeat")),
            ("event-delete", format!("{event}/delete")),
            ("import", "/staff/events/import".to_owned()),
            ("venues", "/staff/venues".to_owned()),
            ("venue-new", "/staff/venues/new".to_owned()),
            ("productions", "/staff/productions".to_owned()),
            ("production", production),
            ("production-new", "/staff/productions/new".to_owned()),
            ("day", path_of(staff, "a[href*='/days/']").await),
            ("poster", format!("{event}/poster")),
            ("venue-poster", path_of(staff, "[aria-labelledby=venues] a[href$='/poster']").await),
            ("kiosks", "/staff/kiosks".to_owned()),
            ("pair", PAIR.to_owned()),
            ("kiosk", kiosk.clone()),
            ("kiosk-paired", format!("{kiosk}?done=paired")),
            ("unpair", format!("{kiosk}/unpair")),
            ("settings", settings.clone()),
            ("organisation", "/staff/organisation".to_owned()),
            ("notices", "/staff/organisation/notices".to_owned()),
            ("privacy", "/privacy".to_owned()),
            ("accessibility", "/accessibility".to_owned()),
            ("look", "/staff/organisation/look".to_owned()),
            ("logo", "/staff/organisation/logo".to_owned()),
            ("people", "/staff/people".to_owned()),
            ("readers", "/staff/people/readers".to_owned()),
            ("person", person),
            ("log", "/staff/people/log".to_owned()),
            ("account", "/staff/account".to_owned()),
            ("second-step", "/staff/account/second-step".to_owned()),
            ("forgot", "/staff/forgot".to_owned()),
            ("recover", "/staff/recover".to_owned()),
            ("about", "/staff/about".to_owned()),
            ("stage", demo.phone.replacen(&base, "", 1).replacen("/f/", "/stage/", 1)),
            ("help", "/kiosk/help".to_owned()),
            ("error", "/no".to_owned()),
        ];
        Self { base, settings, pages }
    }

    /// Name and address of each.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.pages.iter().map(|(name, path)| (*name, self.at(path)))
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The pairing form, with one word too few.
    pub(crate) async fn pair_with_two_words(&self, staff: &Browser) {
        staff.goto(self.at(PAIR)).await;
        staff.write("#words", "kuu talo").await;
        staff.click(".slip .button.is-primary").await;
        staff.wait_for(".problem").await;
    }

    /// The settings of a venue, with mistakes in every part.
    pub(crate) async fn settings_with_mistakes(&self, staff: &Browser) {
        const MISTAKES: &str = "document.querySelector('input[value=hours]').checked = true;
            for (const [field, typed] of [['form[week][6][from]', '12:00'], ['form[burst_most]', '-1'], ['form[pin]', '12'],
                ['form[emails]', 'nobody'], ['form[quiet][from]', '22:00']])
                document.querySelector(`[name='${field}']`).value = typed;";
        staff.goto(self.at(&self.settings)).await;
        staff.wait_for("leptos-island[data-awake] #venue-settings").await;
        staff.execute(MISTAKES, Vec::new()).await;
        staff.click(".settings .actions button").await;
        staff.wait_for("#quiet_until-problem").await;
    }
}

async fn path_of(staff: &Browser, link: &str) -> String {
    staff.wait_for(link).await;
    let path = staff.execute("return document.querySelector(arguments[0]).pathname;", vec![link.into()]).await;
    path.as_str().expect("a link").to_owned()
}

/// A server that nobody has set up, and somebody who is invited to it.
pub(crate) struct SetUpLinks {
    /// what each link is for
    pub(crate) links: [(&'static str, String); 2],
    _serving: Serving,
    _folder: TempDir,
}

impl SetUpLinks {
    /// Links that have not been used.
    pub(crate) async fn invited() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite://{}", folder.path().join("new.db").display());
        let serving = Serving::start(&database, &[]).await;
        let mut lines = serving.welcome.lines().map(str::trim);
        let first = lines.find(|line| line.starts_with("http")).expect("a link").to_owned();
        let add = ["user", "add", "--email", "new@house.example", "--role", "viewer", "--public-url", &serving.base];
        let invitation = printed(&database, &add).await;
        let invitation = invitation.lines().last().expect("a link").trim().to_owned();
        Self { links: [("first-start", first), ("invitation", invitation)], _serving: serving, _folder: folder }
    }

    /// The form of the first start, with mistakes.
    pub(crate) async fn first_start_with_mistakes(&self, newcomer: &Browser) {
        let [(_, first), _] = &self.links;
        newcomer.goto(first).await;
        newcomer.write("#organisation", "Sirkus").await;
        newcomer.write("#venue", "Teltta").await;
        newcomer.write("#code", "T").await;
        newcomer.write("#email", "new@house.example").await;
        newcomer.write("#password", "short").await;
        newcomer.click("form .button").await;
        newcomer.wait_for("#password-problem").await;
    }
}
