//! Which build a tablet runs, and which it keeps.

use harness::{browser::Browser, until};
use serde_json::Value;

/// Waits until the build that runs is also kept whole, and says what it is called.
pub(crate) async fn whole_build(kiosk: &Browser) -> String {
    let build = running(kiosk).await;
    let what = format!("the build {build} is kept");
    until(&what, async || is_active(kiosk).await && kept(kiosk).await == [build.clone()]).await;
    build
}

/// The build of the page.
pub(crate) async fn running(kiosk: &Browser) -> String {
    let build = kiosk.execute("return document.getElementById('kiosk')?.dataset.build ?? '';", Vec::new()).await;
    build.as_str().unwrap_or_default().to_owned()
}

/// The builds of which something is kept, in order of their names.
pub(crate) async fn kept(kiosk: &Browser) -> Vec<String> {
    const KEPT: &str = "
        const done = arguments[0];
        caches.keys().then((names) => done(names.sort().map((name) => name.replace('aplodi-', ''))));";
    strings(&ask(kiosk, KEPT).await)
}

/// Makes as if something of a build were kept.
pub(crate) async fn keep(kiosk: &Browser, build: &str) {
    let open = format!("const done = arguments[0]; caches.open('aplodi-{build}').then(() => done());");
    ask(kiosk, &open).await;
}

/// Whether anything keeps the files of this tablet, or is about to.
pub(crate) async fn has_worker(kiosk: &Browser) -> bool {
    const HAS: &str = "
        const done = arguments[0];
        navigator.serviceWorker.getRegistration().then((it) => done(it !== undefined));";
    ask(kiosk, HAS).await == true
}

async fn is_active(kiosk: &Browser) -> bool {
    const ACTIVE: &str = "
        const done = arguments[0];
        navigator.serviceWorker.getRegistration().then((it) => done(it?.active?.state === 'activated'));";
    ask(kiosk, ACTIVE).await == true
}

/// Asks for a new build as the tablet does by itself every half hour, and waits until it is there or has failed.
/// True where it waits for its turn.
///
/// Where the browser is asking by itself at this moment it takes both for one, although it may have had its answer
/// before there was a new build: what finds nothing is asked once more.
pub(crate) async fn look_for_a_new_build(kiosk: &Browser) -> bool {
    const LOOK: &str = "
        const done = arguments[0];
        navigator.serviceWorker.getRegistration().then(async (it) => {
            for (let asked = 0; asked < 2 && !(it.installing ?? it.waiting); asked++) await it.update().catch(() => {});
            const worker = it.installing;
            const decided = () => worker.state !== 'installing';
            if (worker && !decided()) {
                await new Promise((resolve) => worker.addEventListener('statechange', () => decided() && resolve()));
            }
            done((worker ?? it.waiting)?.state === 'installed');
        });";
    ask(kiosk, LOOK).await == true
}

async fn ask(kiosk: &Browser, script: &str) -> Value {
    kiosk.look(script, Vec::new()).await
}

fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter().map(|value| value.as_str().expect("a text").to_owned()).collect()
}
