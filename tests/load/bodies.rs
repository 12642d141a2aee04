//! What is posted: a face, a recommendation, a choice and, one in five, a comment, from fifty tablets.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use aplodi::clock::{Clock, SystemClock};
use domain::time::{HOUR, Millis};
use uuid::Uuid;

use crate::{dataset::Dataset, wire};

const PATH: &str = "/api/v1/kiosk/responses";
/// Between two answers of a tablet, small enough that a million of them fit into one run. The dataset believes this
/// pace as a venue believes one answer every six seconds, and the server looks at as many neighbours of each.
const APART: Millis = 10;

/// Makes requests; no two carry the same response. Clones go on where the others are.
#[derive(Clone)]
pub(crate) struct Audience {
    dataset: Arc<Dataset>,
    batches: Arc<AtomicU64>,
    /// how many answers each tablet has given
    given: Arc<[AtomicU64]>,
}

impl Audience {
    pub(crate) fn new(dataset: Arc<Dataset>) -> Self {
        let given = dataset.kiosks.iter().map(|_| AtomicU64::new(0)).collect();
        Self { dataset, batches: Arc::default(), given }
    }

    /// So many requests with one response each, made before the clock runs.
    pub(crate) fn singles(&self, number: usize) -> impl FnMut() -> Option<Arc<[u8]>> + Send + use<> {
        let ready: Vec<Arc<[u8]>> = (0..number).map(|_| self.batch(1)).collect();
        let mut ready = ready.into_iter();
        move || ready.next()
    }

    /// A request with a batch of one tablet.
    pub(crate) fn batch(&self, size: u64) -> Arc<[u8]> {
        let turn = self.batches.fetch_add(1, Ordering::Relaxed);
        let tablets = self.dataset.kiosks.len() as u64;
        let tablet = usize::try_from(turn % tablets).unwrap_or_default();
        let first = self.given[tablet].fetch_add(size, Ordering::Relaxed);
        let mut body = format!("{{\"device_now\":{},\"responses\":[", SystemClock.now());
        for nth in first..first + size {
            if nth > first {
                body.push(',');
            }
            // No two tablets are of one mind.
            self.item(&mut body, nth, nth + turn % tablets);
        }
        body += "]}";
        wire::post(PATH, &self.dataset.kiosks[tablet], &body).into()
    }

    /// The `nth` answer of a tablet, counted from 0, in one of fifteen faults.
    fn item(&self, body: &mut String, nth: u64, fault: u64) {
        let Dataset { survey, event, ended_at, questions: [face, nps, choice, comment], .. } = &*self.dataset;
        let (id, key) = (Uuid::now_v7(), ["sound", "seat", "price"][usize::try_from(fault % 3).unwrap_or_default()]);
        let (seq, answered_at) = (nth + 1, ended_at - HOUR + APART * i64::try_from(nth).unwrap_or_default());
        let text = if fault.is_multiple_of(5) {
            format!(",{{\"question\":\"{comment}\",\"value\":\"Ilta numero {nth} oli hieno, kiitos koko väelle!\"}}")
        } else {
            String::new()
        };
        // Writing to a string never fails.
        let _ = write!(
            body,
            "{{\"id\":\"{id}\",\"seq\":{seq},\"survey_version\":\"{survey}\",\"event\":\"{event}\",\"lang\":\"fi\",\
             \"answered_at\":{answered_at},\"offset_ms\":-120,\"age_ms\":null,\"duration_ms\":5400,\"end\":\"done\",\
             \"channel\":\"kiosk\",\"answers\":[{{\"question\":\"{face}\",\"value\":{}}},\
             {{\"question\":\"{nps}\",\"value\":{}}},{{\"question\":\"{choice}\",\"value\":[\"{key}\"]}}{text}]}}",
            1 + fault % 5,
            // As happy as the face is, or else the answer would be doubted.
            2 * (fault % 5) + fault / 5 % 3,
        );
    }
}
