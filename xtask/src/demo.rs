//! Serves what was just built: `demo` with a season to look at, `serve` with the reader's own arguments.

use std::{
    ffi::OsString,
    fs,
    net::{IpAddr, Ipv4Addr, TcpListener, UdpSocket},
    process::Command,
};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{cargo, paths, run_captured, site, step::Steps};

#[derive(Args)]
pub(crate) struct Options {
    /// Let phones and tablets in the same network open it
    #[arg(long)]
    lan: bool,
    /// The port; if it is taken, the next free one
    #[arg(long, default_value_t = 3000)]
    port: u16,
}

/// Builds everything and serves the demo season, from an empty database at every start.
pub(crate) fn demo(options: &Options) -> Result<()> {
    let mut server = build()?;
    let listen = if options.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let port = free_port(listen, options.port)?;
    if port != options.port {
        println!("Port {} is taken; using {port}.", options.port);
    }
    // Named by the port, so that a second demo does not take the first one's database away.
    let folder = format!("target/demo/{port}");
    let absolute = paths::root().join(&folder);
    if absolute.exists() {
        fs::remove_dir_all(&absolute).with_context(|| format!("the last demo's data in {folder} cannot be deleted"))?;
    }
    fs::create_dir_all(&absolute)?;
    server.current_dir(paths::root());
    server.args(["serve", "--demo", "--listen", &format!("{listen}:{port}")]);
    server.args(["--database-url", &format!("sqlite://{folder}/aplodi.db")]);
    if options.lan {
        server.args(["--public-url", &format!("http://{}:{port}", lan_address()?)]);
    }
    become_server(server)
}

/// Builds everything and runs `aplodi serve` where the reader stands.
pub(crate) fn serve(arguments: &[OsString]) -> Result<()> {
    let mut server = build()?;
    server.arg("serve").args(arguments);
    become_server(server)
}

fn build() -> Result<Command> {
    let mut steps = Steps::new(site::STEPS);
    let name = "Build what browsers run, and the server";
    let server = site::build_beside(&mut steps, name, |_| Ok(()), cargo::dev_server)?;
    Ok(Command::new(server))
}

/// Runs the server in our place, so that Ctrl-C and the exit code are its own.
fn become_server(mut server: Command) -> Result<()> {
    println!();
    let name = run_captured::describe(&server);
    #[cfg(unix)]
    let started = Err(std::os::unix::process::CommandExt::exec(&mut server));
    #[cfg(not(unix))]
    let started = server.status();
    let end: std::process::ExitStatus = started.with_context(|| format!("`{name}` did not start"))?;
    if !end.success() {
        bail!("`{name}` failed ({end})");
    }
    Ok(())
}

/// The wanted port, or the next one that nobody listens on.
fn free_port(address: Ipv4Addr, wanted: u16) -> Result<u16> {
    (wanted..=wanted.saturating_add(99))
        .find(|port| TcpListener::bind((address, *port)).is_ok())
        .with_context(|| format!("no free port from {wanted} on: choose another with --port"))
}

/// This machine's address in its network.
fn lan_address() -> Result<IpAddr> {
    let no_network = "no network: connect this machine to the one the phones are in, or leave --lan out";
    // Nothing is sent: connecting only asks the system which way a packet would leave. The address is one of those
    // set aside for documentation (RFC 5737).
    let socket = UdpSocket::bind("0.0.0.0:0")?;
    socket.connect("192.0.2.1:9").context(no_network)?;
    Ok(socket.local_addr().context(no_network)?.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_ne!(free_port(Ipv4Addr::LOCALHOST, port).ok(), Some(port));
    }
}
