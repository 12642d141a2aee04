//! The one writer: gathers the responses that wait into synced commits.
//!
//! A disk syncs a few thousand times a second at best, whatever the size of the commit, so everybody
//! who waits shares one. There is no artificial delay: while a commit is on its way to the disk the
//! next group gathers by itself.

use std::sync::Arc;

use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
};

use super::{
    StoreError, SystemStore, chain,
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

#[derive(Debug)]
struct Submission {
    responses: Vec<NewResponse>,
    reply: oneshot::Sender<Result<Vec<Outcome>, StoreError>>,
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
    pub async fn submit(&self, responses: Vec<NewResponse>) -> Result<Vec<Outcome>, StoreError> {
        if responses.is_empty() {
            return Ok(Vec::new());
        }
        let (reply, answer) = oneshot::channel();
        self.queue.send(Submission { responses, reply }).await.map_err(|_| closed())?;
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

fn closed() -> StoreError {
    sqlx::Error::PoolClosed.into()
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
    let mut replies = Vec::new();
    for submission in group {
        replies.push((submission.responses.len(), submission.reply));
        responses.extend(submission.responses);
    }
    let mut written = commit(store, &responses).await.into_iter();
    on_commit(responses.len());
    for (size, reply) in replies {
        // All of them, also behind an error: what is left would be taken for the next one's.
        let own: Vec<_> = written.by_ref().take(size).collect();
        // Whoever does not wait any more will ask again, and hear that it is a duplicate.
        let _ = reply.send(own.into_iter().collect());
    }
}

/// Commits together; where the database refuses something, one by one, so that one poisoned
/// response never fails its neighbours.
async fn commit(store: &dyn SystemStore, responses: &[NewResponse]) -> Vec<Result<Outcome, StoreError>> {
    match store.commit(responses).await {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        // Logged by whoever answers.
        Err(error) if error.may_pass() => vec![Err(error); responses.len()],
        Err(_) => {
            let mut written = Vec::with_capacity(responses.len());
            for response in responses {
                written.push(alone(store, response).await);
            }
            written
        }
    }
}

async fn alone(store: &dyn SystemStore, response: &NewResponse) -> Result<Outcome, StoreError> {
    match store.commit(std::slice::from_ref(response)).await {
        Ok(outcomes) => Ok(outcomes.first().copied().unwrap_or(Outcome::Refused)),
        Err(StoreError::Refused(error)) => {
            tracing::warn!(response = %response.response.id, error = chain(&*error), "a response was refused");
            Ok(Outcome::Refused)
        }
        Err(error) => Err(error),
    }
}
