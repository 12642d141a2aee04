//! Tasks that a panic must not end.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt;

/// Between a panic and the next beginning: what panics at once again shall not keep a core busy.
const PAUSE: Duration = Duration::from_secs(1);

/// Begins a task anew whenever it panics, until it ends by itself. The task is told whether it has begun before, since
/// it may have missed something. A panic has been logged by its hook.
pub async fn begin_again<F: Future<Output = ()>>(task: impl Fn(bool) -> F) {
    begin_again_after(PAUSE, task).await;
}

async fn begin_again_after<F: Future<Output = ()>>(pause: Duration, task: impl Fn(bool) -> F) {
    let mut has_begun = false;
    while AssertUnwindSafe(task(has_begun)).catch_unwind().await.is_err() {
        has_begun = true;
        tokio::time::sleep(pause).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_panic_is_not_the_end() {
        let begun = AtomicU32::new(0);
        begin_again_after(Duration::ZERO, |again| {
            let nth = begun.fetch_add(1, Ordering::Relaxed);
            async move {
                assert_eq!(again, nth > 0);
                assert!(nth == 2, "the first two times");
            }
        })
        .await;
        assert_eq!(begun.load(Ordering::Relaxed), 3);
    }
}
