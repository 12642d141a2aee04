//! The one writer: gathers the responses that wait into synced commits.
//!
//! A disk syncs a few thousand times a second at best, whatever the size of the commit, so everybody
//! who waits shares one. There is no artificial delay: while a commit is on its way to the disk the
//! next group gathers by itself.

use std::{iter::repeat_n, panic::AssertUnwindSafe, slice, sync::Arc};

use futures::FutureExt;
use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
};
use tracing::{Instrument, Span};

use super::{
    StoreError, SystemStore, chain,
    error_log::{Logged, log_error, log_error_of_many, log_refused},
    responses::{NewResponse, Outcome},
};

/// Responses in one commit, unless a single submission brings more.
const GROUP: usize = 512;
/// Submissions that wait; beyond that, submitting itself waits.
const QUEUE: usize = 1_024;

/// The way to the one writer. Clones lead to the same.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Submission>,
    closing: watch::Sender<bool>,
    task: Arc<tokio::sync::Mutex<Option<JoinHandle<()>>>>,
}

/// Why responses were not written. It has been logged: once for everybody whose responses were to be in one commit.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the responses were not written")]
pub struct NotWritten {
    /// what went wrong
    #[source]
    pub error: StoreError,
    /// who has to hear of it need not log it again
    pub logged: Logged,
}

#[derive(Debug)]
struct Submission {
    responses: Vec<NewResponse>,
    /// of whoever submits: what becomes of the responses is logged within
    span: Span,
    reply: Reply,
}

type Reply = oneshot::Sender<Result<Vec<Outcome>, NotWritten>>;

/// Somebody whose responses are being written.
struct Waiting {
    /// how many responses
    size: usize,
    span: Span,
    reply: Reply,
}

impl Writer {
    /// Starts the writer of a store. It ends when every clone is dropped, or after [`Writer::close`].
    #[must_use]
    pub fn start(store: Arc<dyn SystemStore>) -> Self {
        Self::start_observed(store, |_| {})
    }

    /// [`Writer::start`], and tells of every group how many responses were in it, before anybody is answered.
    #[must_use]
    pub fn start_observed(store: Arc<dyn SystemStore>, on_commit: impl Fn(usize) + Send + Sync + 'static) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (closing, closed) = watch::channel(false);
        // A thread of its own, which SQLite's thread wakes directly: a worker of the runtime would wake
        // another one each time, to look for work that is not there.
        let runtime = Handle::current();
        let task = tokio::task::spawn_blocking(move || runtime.block_on(run(store, waiting, closed, on_commit)));
        Self { queue, closing, task: Arc::new(tokio::sync::Mutex::new(Some(task))) }
    }

    /// Writes responses, and returns what became of each, in order, once that is on disk.
    ///
    /// # Errors
    /// Where the store cannot do it now: then nothing may be acknowledged, and the sender tries again.
    pub async fn submit(&self, responses: Vec<NewResponse>) -> Result<Vec<Outcome>, NotWritten> {
        if responses.is_empty() {
            return Ok(Vec::new());
        }
        let (reply, answer) = oneshot::channel();
        let submission = Submission { responses, span: Span::current(), reply };
        self.queue.send(submission).await.map_err(|_| closed())?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    /// How many submissions wait.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Takes nothing new, writes what was accepted, and returns when that is done.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        if let Some(task) = self.task.lock().await.take() {
            // A panic in the writer has been reported by the runtime, and there is nothing left to wait for.
            let _ = task.await;
        }
    }
}

fn closed() -> NotWritten {
    let error = StoreError::from(sqlx::Error::PoolClosed);
    NotWritten { logged: log_error(&error), error }
}

async fn run(
    store: Arc<dyn SystemStore>,
    mut waiting: mpsc::Receiver<Submission>,
    mut closed: watch::Receiver<bool>,
    on_commit: impl Fn(usize),
) {
    loop {
        let first = tokio::select! {
            // After closing, the queue still hands out what it holds, and then nothing.
            submission = waiting.recv() => submission,
            Ok(_) = closed.wait_for(|closed| *closed), if !waiting.is_closed() => {
                waiting.close();
                continue;
            }
        };
        let Some(first) = first else { return };
        let mut group = vec![first];
        let mut size = group[0].responses.len();
        while size < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            size += next.responses.len();
            group.push(next);
        }
        write(&*store, group, &on_commit).await;
    }
}

/// Writes a group, tells how many were in it, and answers everybody in it.
async fn write(store: &dyn SystemStore, group: Vec<Submission>, on_commit: &impl Fn(usize)) {
    let mut responses = Vec::new();
    let mut waiting = Vec::new();
    for submission in group {
        let Submission { responses: own, span, reply } = submission;
        waiting.push(Waiting { size: own.len(), span, reply });
        responses.extend(own);
    }
    let mut written = together(store, &responses, &waiting).await.into_iter();
    on_commit(responses.len());
    for Waiting { size, reply, .. } in waiting {
        // All of them, also behind an error: what is left would be taken for the next one's.
        let own: Vec<_> = written.by_ref().take(size).collect();
        // Whoever does not wait any more will ask again, and hear that it is a duplicate.
        let _ = reply.send(own.into_iter().collect());
    }
}

/// Commits together; where the database refuses something, one by one, so that one poisoned
/// response never fails its neighbours.
async fn together(
    store: &dyn SystemStore,
    responses: &[NewResponse],
    waiting: &[Waiting],
) -> Vec<Result<Outcome, NotWritten>> {
    // What happens to all is told in the span of the first.
    let span = waiting.first().map_or_else(Span::none, |first| first.span.clone());
    match commit(store, responses, &span).await {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        Err(Failure::Store(error)) if error.may_pass() => {
            let logged = span.in_scope(|| log_error_of_many(&error, waiting.len()));
            vec![Err(NotWritten { error, logged }); responses.len()]
        }
        Err(_) => one_by_one(store, responses, waiting).await,
    }
}

async fn one_by_one(
    store: &dyn SystemStore,
    responses: &[NewResponse],
    waiting: &[Waiting],
) -> Vec<Result<Outcome, NotWritten>> {
    let spans = waiting.iter().flat_map(|waiting| repeat_n(&waiting.span, waiting.size));
    let mut written = Vec::with_capacity(responses.len());
    // Where the disk fails, it fails for all that are left, and is told once.
    let mut last: Option<NotWritten> = None;
    for (response, span) in responses.iter().zip(spans) {
        let written_alone = commit(store, slice::from_ref(response), span).await.and_then(|outcomes| {
            let missing = || Failure::Store(StoreError::Unreadable("nothing was said of a response".to_owned()));
            outcomes.first().copied().ok_or_else(missing)
        });
        written.push(match written_alone {
            Ok(outcome) => Ok(outcome),
            Err(Failure::Store(StoreError::Refused(error))) => {
                Ok(Outcome::Refused(span.in_scope(|| log_refused(response.response.id, &*error))))
            }
            Err(Failure::Store(error)) => {
                let known = last.take().filter(|last| chain(&last.error) == chain(&error));
                let logged = known.map_or_else(|| span.in_scope(|| log_error(&error)), |known| known.logged);
                Err(last.insert(NotWritten { error, logged }).clone())
            }
            Err(Failure::Panic(logged)) => Err(NotWritten { error: sqlx::Error::WorkerCrashed.into(), logged }),
        });
    }
    written
}

/// Why a commit failed.
enum Failure {
    Store(StoreError),
    Panic(Logged),
}

/// One commit. A panic ends it, and no commit after it: what is dropped halfway never happened.
async fn commit(store: &dyn SystemStore, responses: &[NewResponse], span: &Span) -> Result<Vec<Outcome>, Failure> {
    let commit = AssertUnwindSafe(store.commit(responses)).catch_unwind().instrument(span.clone());
    match commit.await {
        Ok(outcomes) => outcomes.map_err(Failure::Store),
        Err(panic) => Err(Failure::Panic(Logged::by_panic_hook(&*panic))),
    }
}
