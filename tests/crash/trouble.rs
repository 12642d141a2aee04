//! The disk has trouble: nothing is confirmed, the tablets hear "later", and when it has passed the same
//! program goes on, without a restart.

use std::process::Stdio;

use harness::{
    program::Serving,
    report,
    store::{TestStore, on_sqlite},
    until,
};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};
use uuid::Uuid;

use crate::{
    aftermath::everything_is_there,
    crowd::Crowd,
    disk::{Disk, FORGOTTEN, FULL, GOOD, QUIETLY, READ_ONLY, SYNCS_FAIL},
    killed,
    power::{lost_on, open_fixture},
};

/// How many try their luck while there is trouble.
const TRIES: usize = 5;

/// Somebody's answer is neither confirmed nor refused: the tablet keeps it.
async fn later(crowd: &Crowd, base: &str) -> (Uuid, Value) {
    let somebody = crowd.somebody();
    let answer = crowd.one(base, &somebody.1).await.expect("an answer");
    assert_eq!(answer.status(), 503, "not synced, and not confirmed");
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert!(answer.headers().contains_key("retry-after"));
    let problem: Value = answer.json().await.expect("JSON");
    assert_eq!(problem["type"], "urn:aplodi:problem:storage", "{problem}");
    somebody
}

/// Waits until the program confirms answers again.
async fn until_it_passes(crowd: &Crowd, base: &str) {
    let somebody = crowd.somebody();
    let passed = async || crowd.one(base, &somebody.1).await.is_ok_and(|answer| answer.status() == 200);
    until("the program goes on", passed).await;
    crowd.confirm(base, &somebody).await;
}

async fn passes(trouble: &str) {
    let (content, crowd) = open_fixture().await;
    let Some(disk) = Disk::insert(content.path(), &mut StdRng::seed_from_u64(2)).await else { return };
    let serving = Serving::start_in(QUIETLY, &disk.url(), &[]).await;
    for _ in 0..2 {
        crowd.confirm(&serving.base, &crowd.somebody()).await;
        disk.make(trouble).await;
        let mut kept = Vec::new();
        for _ in 0..TRIES {
            kept.push(later(&crowd, &serving.base).await);
        }
        disk.make(GOOD).await;
        until_it_passes(&crowd, &serving.base).await;
        for somebody in &kept {
            crowd.confirm(&serving.base, somebody).await;
        }
    }
    let left = disk.cut(FORGOTTEN).await;
    serving.kill().await;
    disk.remove().await;
    assert_eq!(lost_on(&left, &crowd).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_cannot_sync() {
    passes(SYNCS_FAIL).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk() {
    passes(FULL).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_cannot_be_written() {
    passes(READ_ONLY).await;
}

/// Makes every sync of a running program fail, until it is ended: with `strace`, on a real disk.
struct Injected(Child);

impl Injected {
    /// `None` where this machine cannot do it, which is said.
    async fn into(serving: &Serving) -> Option<Self> {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-p", &serving.id().to_string(), "-e", "trace=fsync,fdatasync"]);
        strace.args(["-e", "inject=fsync,fdatasync:error=EIO"]);
        strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let Ok(mut child) = strace.spawn() else {
            report::skipped("there is no strace here");
            return None;
        };
        let mut said = BufReader::new(child.stderr.take().expect("piped")).lines();
        let first = said.next_line().await.expect("UTF-8").unwrap_or_default();
        if !first.contains("attached") {
            report::skipped(&format!("strace may not trace here: {first}"));
            return None;
        }
        // Read to the end, or strace would wait for us.
        tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
        Some(Self(child))
    }

    async fn end(mut self) {
        let id = self.0.id().expect("it is running").to_string();
        // Asked, it lets the program go; killed, it might not.
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.expect("`kill` starts").success());
        self.0.wait().await.expect("a process of ours");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_disk_that_cannot_sync() {
    on_sqlite(async |db: &TestStore| {
        let crowd = killed::crowd(db).await;
        let serving = Serving::start_in(QUIETLY, &db.url, &[]).await;
        crowd.confirm(&serving.base, &crowd.somebody()).await;
        let Some(injected) = Injected::into(&serving).await else { return };
        let mut kept = Vec::new();
        for _ in 0..TRIES {
            kept.push(later(&crowd, &serving.base).await);
        }
        injected.end().await;
        until_it_passes(&crowd, &serving.base).await;
        for somebody in &kept {
            crowd.confirm(&serving.base, somebody).await;
        }
        serving.kill().await;
        everything_is_there(&db.url, &crowd).await;
    })
    .await;
}
