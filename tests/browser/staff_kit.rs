//! Every part of staff pages, in light, dark and print and in three languages: pictures in `target/screens`, and what
//! axe-core finds. Tables and filters are operated as people do.

use harness::{
    browser::{Browser, Screen},
    demo::Demo,
    program::target,
};
use serde_json::json;

use crate::{album::PAGES, steps::log_in};

/// The layout that stands around a page of its own.
fn auth(kit: &str, lang: &str) -> String {
    format!("{kit}?layout=auth&lang={lang}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_part_can_be_looked_at_and_read_aloud() {
    let demo = Demo::start().await;
    let staff = Browser::open(Screen::DESKTOP).await;
    log_in(&staff, &demo).await;
    let folder = target().join("screens");
    tokio::fs::create_dir_all(&folder).await.expect("a folder under target");
    let kit = format!("{}/kit", demo.staff);
    let mut found = Vec::new();
    for (look, media, scheme) in [("light", "", "light"), ("dark", "", "dark"), ("print", "print", "light")] {
        let scheme = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        staff.tell("Emulation.setEmulatedMedia", json!({"media": media, "features": scheme})).await;
        for lang in ["fi", "sv", "en"] {
            for (size, screen) in PAGES {
                for (part, page) in [("kit", format!("{kit}?lang={lang}")), ("kit-auth", auth(&kit, lang))] {
                    staff.turn_to(screen).await;
                    staff.goto(page).await;
                    let whole = staff.execute("return document.documentElement.scrollHeight;", Vec::new()).await;
                    let height = whole.as_u64().and_then(|height| u32::try_from(height).ok()).expect("a height");
                    staff.turn_to(Screen { height, ..screen }).await;
                    let file = folder.join(format!("staff-{part}-{look}-{lang}-{size}.png"));
                    staff.driver.screenshot(&file).await.expect("a picture");
                    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth;";
                    let name = format!("{part} {look} {lang} {size}");
                    assert_eq!(staff.execute(wide, Vec::new()).await, false, "{name} scrolls sideways");
                    found.extend(staff.violations().await.into_iter().map(|one| format!("{name}: {one}")));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    staff.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_view_is_sorted_turned_over_and_filtered_by_its_address() {
    let demo = Demo::start().await;
    let staff = Browser::open_without_javascript(Screen::PHONE).await;
    log_in(&staff, &demo).await;
    staff.goto(format!("{}/kit", demo.staff)).await;
    let first = async || staff.text(".table tbody th").await;
    staff.click(".table thead th:nth-child(1) a").await;
    staff.wait_for(".table th[aria-sort=ascending]:nth-child(1)").await;
    assert_eq!(first().await, "Espoo", "names from A");
    staff.click(".table thead th:nth-child(2) a").await;
    staff.wait_for(".table th[aria-sort=descending]:nth-child(2)").await;
    assert_eq!(first().await, "Lahti", "the largest number first");
    staff.click(".table thead th:nth-child(2) a").await;
    staff.wait_for(".table th[aria-sort=ascending]:nth-child(2)").await;
    assert_eq!(first().await, "Vaasa");
    staff.click(".pages a[rel=next]").await;
    staff.wait_for(".pages a[rel=prev]").await;
    assert!(staff.address().await.contains("sort=n&page=2"), "{}", staff.address().await);
    staff.click("#filter-size option:nth-child(2)").await;
    staff.click(".filters button").await;
    // The option is chosen on the page before as well.
    staff.wait_for_end_of(".pages a[rel=prev]").await;
    let address = staff.address().await;
    assert!(address.contains("size=many") && address.contains("sort=n") && !address.contains("page="), "{address}");
    assert_eq!(first().await, "Pori", "the smallest of the large ones, on the first page again");
    staff.click(".filters a").await;
    staff.wait_for("#filter-size option:nth-child(1):checked").await;
    staff.close().await;
}
