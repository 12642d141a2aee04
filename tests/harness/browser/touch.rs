//! Fingers on the glass, and what else a device does to a page: text of another size, colours of its own.

use serde_json::{Value, json};

use super::Browser;

/// Where a finger is, in CSS pixels.
type Point = (f64, f64);

impl Browser {
    /// Gives the device a touch screen.
    pub async fn with_fingers(&self) {
        self.tell("Emulation.setTouchEmulationEnabled", json!({"enabled": true, "maxTouchPoints": 5})).await;
    }

    /// These fingers come down, one after the other.
    pub async fn put_down(&self, fingers: &[Point]) {
        for count in 1..=fingers.len() {
            self.fingers("touchStart", &fingers[..count]).await;
        }
    }

    /// The fingers that are down move.
    pub async fn move_fingers(&self, fingers: &[Point]) {
        self.fingers("touchMove", fingers).await;
    }

    /// All fingers are lifted.
    pub async fn lift(&self) {
        self.fingers("touchEnd", &[]).await;
    }

    async fn fingers(&self, what: &str, fingers: &[Point]) {
        let points: Vec<Value> =
            fingers.iter().zip(1..).map(|((x, y), id)| json!({"x": x, "y": y, "id": id})).collect();
        self.tell("Input.dispatchTouchEvent", json!({"type": what, "touchPoints": points})).await;
    }

    /// The middle of an element, in CSS pixels.
    ///
    /// # Panics
    /// Where it is not there.
    pub async fn middle_of(&self, css: &str) -> Point {
        const MIDDLE: &str =
            "const { x, y, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
            return [x + width / 2, y + height / 2];";
        let middle = self.execute(MIDDLE, vec![css.into()]).await;
        serde_json::from_value(middle).expect("two numbers")
    }

    /// How far the page is enlarged: 1 where it is not.
    ///
    /// # Panics
    /// Where the browser does not say.
    pub async fn enlargement(&self) -> f64 {
        self.execute("return visualViewport.scale;", Vec::new()).await.as_f64().expect("a number")
    }

    /// The size of text that somebody has chosen in the settings of the browser, in pixels; 16 where nobody has.
    pub async fn text_of(&self, pixels: u32) {
        self.tell("Page.enable", json!({})).await;
        self.tell("Page.setFontSizes", json!({"fontSizes": {"standard": pixels, "fixed": pixels}})).await;
    }

    /// Darkens every page, as some browsers do at night whatever the page says.
    pub async fn darken(&self) {
        self.tell("Emulation.setAutoDarkModeOverride", json!({"enabled": true})).await;
    }
}
