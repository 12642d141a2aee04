//! Text as large as somebody needs it, on tablets of every size and in every language: no word is cut, none lies over
//! another one, everything that can be touched is on the screen.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
};

use crate::{
    album::CALM,
    staff_corner::{open_corner, pin_of, type_pin},
    steps::{HAPPIEST, next_visitor, seat, tablet},
};

const fn screen(width: u32, height: u32) -> Screen {
    Screen { width, height }
}

/// Tablets of 8 to 13 inches.
const SCREENS: [Screen; 8] = [
    Screen::TABLET,
    Screen::TABLET.turned(),
    screen(1024, 768),
    screen(768, 1024),
    screen(1180, 820),
    screen(820, 1180),
    screen(1366, 1024),
    screen(1024, 600),
];
/// As it is, and 150 and 200 per cent.
const TEXT: [u32; 3] = [16, 24, 32];

/// Words outside their button, their part of the page or the screen; words over each other; buttons outside the screen.
const MISFITS: &str = "
    const found = new Set();
    const texts = [];
    const dialog = document.querySelector('dialog[open], .overlay');
    const name = (part) => `${part.localName}.${part.className}`;
    const isOutside = (inner, outer) => inner.left < outer.left - 1 || inner.right > outer.right + 1
        || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const scrolls = (part) => {
        const scroller = part.closest('.corner, .pairing');
        return scroller && !scroller.querySelector('.pin') && scroller.scrollHeight > scroller.clientHeight + 1;
    };
    const counts = (part) => part && part.checkVisibility({ visibilityProperty: true }) && !part.closest('.unseen, noscript, textarea')
        && (!dialog || dialog.contains(part));
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const text = words.currentNode;
        const part = text.parentElement;
        if (!text.data.trim() || !counts(part)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const boxes = ['button, label', '.paper, .toolbar, .dark, .overlay, .corner, .band'].map((css) => part.closest(css)).filter(Boolean);
        for (const line of range.getClientRects()) {
            if (line.width < 1) continue;
            const holders = [...boxes.map((box) => [name(box), box.getBoundingClientRect()]), ['the screen', screen]];
            const around = scrolls(part) ? undefined : holders.find(([, box]) => isOutside(line, box));
            if (around) found.add(`${text.data.trim()} is outside ${around[0]}`);
            texts.push([text.data.trim(), line, part.closest('button, label, h1, p, li, dt, dd, a') ?? part]);
        }
    }
    for (const [index, [one, here, mine]] of texts.entries()) {
        for (const [other, there, its] of texts.slice(index + 1)) {
            const across = Math.min(here.right, there.right) - Math.max(here.left, there.left);
            const down = Math.min(here.bottom, there.bottom) - Math.max(here.top, there.top);
            // A line is higher than its letters.
            const over = across > 2 && down > .2 * (here.height + there.height);
            if (over && !mine.contains(its) && !its.contains(mine)) found.add(`${one} is over ${other}`);
        }
    }
    const buttons = [...document.querySelectorAll('#kiosk button, .corner button')].filter((button) => counts(button) && !scrolls(button));
    for (const button of buttons) {
        const box = button.getBoundingClientRect();
        if (isOutside(box, screen)) found.add(`${button.innerText} is outside the screen`);
        for (const other of button.closest('.toolbar') ? buttons : []) {
            const its = other.getBoundingClientRect();
            const over = Math.min(box.right, its.right) - Math.max(box.left, its.left) > 1
                && Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top) > 1;
            if (other !== button && over) found.add(`the button ${button.innerText} is over ${other.innerText}`);
        }
    }
    return [...found];";

/// Looks at one scene on every screen.
async fn look(kiosk: &Browser, scene: &str, found: &mut Vec<String>) {
    for screen in SCREENS {
        kiosk.turn_to(screen).await;
        for pixels in TEXT {
            kiosk.text_of(pixels).await;
            let misfits = kiosk.execute(MISFITS, Vec::new()).await;
            let misfits = misfits.as_array().into_iter().flatten().filter_map(|line| line.as_str());
            let Screen { width, height } = screen;
            found.extend(misfits.map(|line| format!("{scene}, {width} x {height}, text of {pixels}: {line}")));
        }
    }
    kiosk.text_of(16).await;
    kiosk.turn_to(Screen::TABLET).await;
}

async fn speak(kiosk: &Browser, lang: &str) {
    kiosk
        .tap_until(&format!(".langs button[lang={lang}]"), &format!("html[lang={lang}] .langs [aria-pressed=true]"))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_word_is_cut_at_any_size_in_any_language() {
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    kiosk.prefer(&[CALM]).await;
    let mut found = Vec::new();
    for lang in ["fi", "sv", "en"] {
        let scene = |name: &str| format!("{lang}, {name}");
        speak(&kiosk, lang).await;
        look(&kiosk, &scene("faces"), &mut found).await;
        kiosk.tap_until(".faces .answer:nth-child(1)", ".nps").await;
        look(&kiosk, &scene("numbers"), &mut found).await;
        kiosk.tap_until(&seat(0), ".choices.is-many").await;
        kiosk.tap_until(".choices .answer:nth-child(2)", ".choices [aria-pressed=true]").await;
        look(&kiosk, &scene("reasons"), &mut found).await;
        kiosk.tap_until(".step-on", ".comment").await;
        look(&kiosk, &scene("comment"), &mut found).await;
        kiosk.skip(20_000).await;
        kiosk.wait_for(".overlay").await;
        look(&kiosk, &scene("countdown"), &mut found).await;
        kiosk.click(".overlay .button").await;
        kiosk.wait_for_end_of(".overlay").await;
        kiosk.tap_until(".step-on", ".thanks").await;
        look(&kiosk, &scene("thanks"), &mut found).await;
        next_visitor(&kiosk).await;
    }
    kiosk.close().await;
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_word_is_cut_where_staff_read() {
    let demo = Demo::start().await;
    let pin = pin_of(&demo).await;
    let kiosk = tablet(&demo).await;
    let mut found = Vec::new();
    for lang in ["fi", "sv", "en"] {
        speak(&kiosk, lang).await;
        open_corner(&kiosk).await;
        look(&kiosk, &format!("{lang}, the pad for the PIN"), &mut found).await;
        type_pin(&kiosk, &pin).await;
        kiosk.wait_for(".corner .sheet").await;
        look(&kiosk, &format!("{lang}, the staff sheet"), &mut found).await;
        kiosk.click(".sheet-actions button:last-child").await;
        kiosk.wait_for_end_of(".corner").await;
    }
    kiosk.close().await;
    let unpaired = Browser::open(Screen::TABLET).await;
    unpaired.goto(format!("{}/kiosk", demo.serving.base)).await;
    for lang in ["fi", "sv", "en"] {
        speak(&unpaired, lang).await;
        unpaired.wait_for(&format!(".words[lang={lang}]")).await;
        look(&unpaired, &format!("{lang}, pairing"), &mut found).await;
    }
    unpaired.close().await;
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_number_is_twenty_millimetres_wide_and_high() {
    /// Screens with how many CSS pixels are 20 mm on them: iPads of 9.7, 10.9 and 12.9 inches, Android of 10.1.
    const PLACES: [(Screen, f64); 5] = [
        (screen(1024, 768), 104.0),
        (screen(768, 1024), 104.0),
        (screen(1180, 820), 104.0),
        (screen(1366, 1024), 104.0),
        (Screen::TABLET, 118.0),
    ];
    const SIZES: &str = "return [...document.querySelectorAll('.nps .answer')].map((seat) => {
        const { width, height } = seat.getBoundingClientRect();
        return [width, height]; });";
    let demo = Demo::start().await;
    let kiosk = tablet(&demo).await;
    kiosk.tap_until(HAPPIEST, ".nps").await;
    for (screen, twenty) in PLACES {
        kiosk.turn_to(screen).await;
        for pixels in TEXT {
            kiosk.text_of(pixels).await;
            let sizes: Vec<(f64, f64)> = serde_json::from_value(kiosk.execute(SIZES, Vec::new()).await).expect("sizes");
            assert_eq!(sizes.len(), 11);
            for (width, height) in &sizes {
                assert!(*width >= twenty && *height >= twenty, "{width} x {height} on {screen:?}, text of {pixels}");
            }
        }
    }
    kiosk.close().await;
}
