//! A running `aplodi serve`: started, watched from outside, ended.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tokio::{
    process::{Child, Command},
    time::{interval, timeout},
};

use crate::wire::{Wire, get};

/// The optimised program to measure.
const PROGRAM: &str = "APLODI_BIN";
/// Longer than any start or end may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it is killed where it is dropped without [`Program::end`].
pub(crate) struct Program {
    child: Child,
    /// where it listens
    pub(crate) address: SocketAddr,
    /// from its start to its first answer
    pub(crate) start: Duration,
}

impl Program {
    /// Starts it on a free port and waits for its first answer.
    pub(crate) async fn start(database_url: &str, folder: &Path) -> Result<Self> {
        let program = std::env::var_os(PROGRAM)
            .with_context(|| format!("{PROGRAM} names no program: run `cargo xtask bench`"))?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program);
        command.args(["serve", "--listen", &address.to_string(), "--database-url", database_url]);
        // What it complains about is kept, and shown where it does not start.
        let log = folder.join("server.log");
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(&log)?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors).kill_on_drop(true);
        let started = Instant::now();
        let mut look = interval(Duration::from_millis(1));
        let mut child = command.spawn().context("the server cannot be started")?;
        while !answers(address).await {
            if let Some(end) = child.try_wait()? {
                bail!("the server ended ({end}): {}", std::fs::read_to_string(log)?);
            }
            if started.elapsed() > PATIENCE {
                bail!("the server does not answer: {}", std::fs::read_to_string(log)?);
            }
            look.tick().await;
        }
        Ok(Self { child, address, start: started.elapsed() })
    }

    /// Bytes in memory now, and at the most so far.
    pub(crate) fn memory(&self) -> Result<(usize, usize)> {
        let status = std::fs::read_to_string(self.proc("status")?)?;
        let kib = |name: &str| -> Option<usize> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim_start_matches(':').trim().trim_end_matches(" kB").parse().ok()
        };
        let (now, most) = kib("VmRSS").zip(kib("VmHWM")).context("/proc does not tell the memory of a process")?;
        Ok((now * 1_024, most * 1_024))
    }

    /// How long it has been computing, all threads together.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(self.proc("stat")?)?;
        // The name stands in brackets and may hold anything; user and system time are the 12th and 13th after it.
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks = |place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok());
        let (user, system) = ticks(11).zip(ticks(12)).context("/proc does not tell the time of a process")?;
        // A tick is a hundredth of a second on every Linux that anybody runs.
        Ok(Duration::from_millis((user + system) * 10))
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) async fn end(mut self) -> Result<()> {
        let id = self.child.id().context("the server has ended by itself")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        timeout(PATIENCE, self.child.wait()).await.context("the server does not stop")??;
        Ok(())
    }

    fn proc(&self, file: &str) -> Result<String> {
        let id = self.child.id().context("the server has ended by itself")?;
        Ok(format!("/proc/{id}/{file}"))
    }
}

async fn answers(address: SocketAddr) -> bool {
    let ask =
        async { Ok::<_, anyhow::Error>(Wire::connect(address).await?.exchange(&get("/healthz", "")).await?.status) };
    matches!(ask.await, Ok(200))
}
