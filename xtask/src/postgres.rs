//! A PostgreSQL of our own: in a folder of its own, on a free port, gone afterwards.
//!
//! A keeper process waits for the end of a pipe that only we hold. It drops the cluster when we close the pipe, and
//! also when we fail, are interrupted or are killed: nothing stays behind, and nothing has to catch signals.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{paths, requirements};

/// What a commit costs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Nothing is forced to the disk: for tests, which end before a power cut.
    Throwaway,
    /// As in production: for measurements.
    Synced,
}

/// A running server, dropped with this value.
pub(crate) struct Postgres {
    keeper: Child,
    url: String,
}

/// Waits for the end of its input, then drops the cluster. $1: the cluster's folder, $2: PostgreSQL's programs.
const KEEPER: &str = r#"
cat >/dev/null
[ ! -f "$1/data/postmaster.pid" ] || "$2/pg_ctl" -s -D "$1/data" -m immediate stop
rm -rf "$1"
"#;

impl Postgres {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start; the message carries its log.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs =
            paths::postgres_programs().context("PostgreSQL is not installed: install the package `postgresql`")?;
        // Short, because a socket's path may have hardly a hundred bytes, and where a user without rights may go.
        // /tmp may be memory, where a commit costs nothing; /var/tmp is on a disk.
        let parent = if durability == Durability::Synced { "/var/tmp" } else { "/tmp" };
        let folder = output(as_server("mktemp").arg("-d").arg(format!("{parent}/aplodi-postgres.XXXXXX")))?;
        let folder = folder.trim();
        let mut keeper = as_server("sh");
        keeper.args(["-c", KEEPER, "keeper", folder]).arg(&programs);
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)] // An interrupt at the terminal is for us; the keeper must outlive it.
        std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
        let keeper = keeper.spawn().context("`sh` did not start")?;
        // From here on, whatever fails, the keeper cleans up.
        let mut server = Self { keeper, url: String::new() };
        server.url = run_cluster(&programs, folder, durability)?;
        Ok(server)
    }

    /// Where to connect: a superuser without a password, reachable from this machine alone.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // If waiting fails, the keeper is doing its work all the same.
        let _ = self.keeper.wait();
    }
}

fn run_cluster(programs: &Path, folder: &str, durability: Durability) -> Result<String> {
    let data = format!("{folder}/data");
    let log = format!("{folder}/log");
    let create = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync", "-D", &data];
    output(as_server(programs.join("initdb")).args(create))?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let sync = if durability == Durability::Synced { "on" } else { "off" };
    let options = format!(
        "-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200 \
         -c fsync={sync} -c full_page_writes={sync}"
    );
    let start = ["start", "-w", "-s", "-D", &data, "-l", &log, "-o", &options];
    if let Err(error) = output(as_server(programs.join("pg_ctl")).args(start)) {
        bail!("{error}\n{}", fs::read_to_string(&log).unwrap_or_default());
    }
    Ok(format!("postgres://postgres@127.0.0.1:{port}/postgres"))
}

/// A command that runs as the server's user: PostgreSQL refuses to be root.
fn as_server(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = if requirements::is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // Not ours: it may be a folder that the server's user cannot enter.
    command.current_dir("/");
    command
}

fn output(command: &mut Command) -> Result<String> {
    let name = crate::run_captured::describe(command);
    let done = command.stdin(Stdio::null()).output().with_context(|| format!("`{name}` did not start"))?;
    if !done.status.success() {
        bail!("`{name}` failed ({}): {}", done.status, String::from_utf8_lossy(&done.stderr));
    }
    Ok(String::from_utf8(done.stdout)?)
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn a_server_lives_as_long_as_its_value() {
        let server = Postgres::start(Durability::Throwaway).unwrap();
        let address = server.url().split(['@', '/']).nth(3).unwrap().to_owned();
        TcpStream::connect(&address).unwrap();
        drop(server);
        assert!(TcpStream::connect(&address).is_err());
    }
}
