//! What is posted: a face, a recommendation, a choice and, one in five, a comment, from fifty tablets.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use aplodi::clock::{Clock, SystemClock};
use uuid::Uuid;

use crate::{stage::Stage, wire};

const PATH: &str = "/api/v1/kiosk/responses";

/// Makes requests; no two carry the same response. Clones go on where the others are.
#[derive(Clone)]
pub(crate) struct Audience {
    stage: Arc<Stage>,
    made: Arc<AtomicU64>,
}

impl Audience {
    pub(crate) fn new(stage: Arc<Stage>) -> Self {
        Self { stage, made: Arc::default() }
    }

    /// So many requests with one response each, made before the clock runs.
    pub(crate) fn singles(&self, number: usize) -> impl FnMut() -> Option<Arc<[u8]>> + Send + use<> {
        let ready: Vec<Arc<[u8]>> = (0..number).map(|_| self.batch(1)).collect();
        let mut ready = ready.into_iter();
        move || ready.next()
    }

    /// A request with a batch of one tablet.
    pub(crate) fn batch(&self, size: u64) -> Arc<[u8]> {
        let first = self.made.fetch_add(size, Ordering::Relaxed);
        let tablets = self.stage.kiosks.len() as u64;
        let tablet = usize::try_from(first / size % tablets).unwrap_or_default();
        let now = SystemClock.now();
        let mut body = format!("{{\"device_now\":{now},\"responses\":[");
        for nth in first..first + size {
            if nth > first {
                body.push(',');
            }
            self.item(&mut body, nth, nth / tablets + 1, now);
        }
        body += "]}";
        wire::post(PATH, &self.stage.kiosks[tablet], &body).into()
    }

    fn item(&self, body: &mut String, nth: u64, seq: u64, now: i64) {
        let Stage { survey, event, questions: [face, nps, choice, comment], .. } = &*self.stage;
        let (id, key) = (Uuid::now_v7(), ["sound", "seat", "price"][usize::try_from(nth % 3).unwrap_or_default()]);
        let text = if nth.is_multiple_of(5) {
            format!(",{{\"question\":\"{comment}\",\"value\":\"Ilta numero {nth} oli hieno, kiitos koko väelle!\"}}")
        } else {
            String::new()
        };
        // Writing to a string never fails.
        let _ = write!(
            body,
            "{{\"id\":\"{id}\",\"seq\":{seq},\"survey_version\":\"{survey}\",\"event\":\"{event}\",\"lang\":\"fi\",\
             \"answered_at\":{now},\"offset_ms\":-120,\"age_ms\":null,\"duration_ms\":5400,\"end\":\"done\",\
             \"channel\":\"kiosk\",\"answers\":[{{\"question\":\"{face}\",\"value\":{}}},\
             {{\"question\":\"{nps}\",\"value\":{}}},{{\"question\":\"{choice}\",\"value\":[\"{key}\"]}}{text}]}}",
            1 + nth % 5,
            // As happy as the face is, or else the answer would be doubted.
            2 * (nth % 5) + nth / 5 % 3,
        );
    }
}
