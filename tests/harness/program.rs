//! The program `aplodi` itself, as a process of its own: what is printed, what exit codes say, and
//! what is on the disk after it was killed.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::Arc,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines},
    net::TcpSocket,
    process::{Child, ChildStdout, Command},
};

use crate::until;

/// Which program is tested; where it is not set, the one that a plain `cargo build` left.
const PROGRAM: &str = "APLODI_BIN";

/// The program, not yet told what to do, and deaf to the settings of whoever runs the tests.
#[must_use]
pub fn aplodi(database_url: &str) -> Command {
    let mut command = Command::new(program());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("APLODI_") {
            command.env_remove(name);
        }
    }
    command.env("APLODI_DATABASE_URL", database_url).env("APLODI_LOG", "warn").kill_on_drop(true);
    command
}

fn program() -> PathBuf {
    let program = std::env::var_os(PROGRAM).map_or_else(beside_the_tests, PathBuf::from);
    assert!(
        program.is_file() && site().join("assets.json").is_file(),
        "the program or its site has not been built: run `cargo xtask test`, which builds both"
    );
    program
}

fn beside_the_tests() -> PathBuf {
    let here = std::env::current_exe().expect("a test knows where it is");
    here.ancestors().nth(2).expect("in target/debug/deps").join("aplodi")
}

fn site() -> PathBuf {
    target().join("site")
}

/// The folder for what is built and made, at the root of the workspace.
#[must_use]
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a member of the workspace").join("target")
}

/// What a command that ends by itself printed, and how it ended.
///
/// # Panics
/// Where the program does not start.
pub async fn run(database_url: &str, arguments: &[&str]) -> Output {
    aplodi(database_url).args(arguments).stdin(Stdio::null()).output().await.expect("the program starts")
}

/// What a command printed that ended well.
///
/// # Panics
/// Where it ended badly.
pub async fn printed(database_url: &str, arguments: &[&str]) -> String {
    let output = run(database_url, arguments).await;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The token that a command printed in its first line.
///
/// # Panics
/// Where it printed nothing.
pub async fn token(database_url: &str, arguments: &[&str]) -> String {
    let printed = printed(database_url, arguments).await;
    printed.lines().next().expect("a token").to_owned()
}

/// `aplodi serve`, killed when dropped.
pub struct Serving {
    /// where it can be reached: `http://127.0.0.1:41234`
    pub base: String,
    /// what it said to the person at the terminal
    pub welcome: String,
    port: Arc<HeldPort>,
    child: Child,
    // Held open: a closed pipe would be a surprise for the server.
    _more: Lines<BufReader<ChildStdout>>,
}

impl Serving {
    /// Starts on any free port.
    pub async fn start(database_url: &str, arguments: &[&str]) -> Self {
        Self::start_on(HeldPort::new(), database_url, arguments).await
    }

    /// Starts on a port, and returns when it answers.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn start_on(port: Arc<HeldPort>, database_url: &str, arguments: &[&str]) -> Self {
        Self::of(aplodi(database_url), port, arguments).await
    }

    /// [`Serving::start`] with something in its environment.
    pub async fn start_in(environment: &[(&str, &str)], database_url: &str, arguments: &[&str]) -> Self {
        let mut command = aplodi(database_url);
        command.envs(environment.iter().copied());
        Self::of(command, HeldPort::new(), arguments).await
    }

    /// [`Serving::start`] where it may open so many files and connections, and no more.
    pub async fn start_with_files(files: u32, database_url: &str, arguments: &[&str]) -> Self {
        let program = aplodi(database_url);
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -n \"$0\" && exec \"$@\"", &files.to_string()]).arg(program.as_std().get_program());
        for (name, value) in program.as_std().get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.kill_on_drop(true);
        Self::of(command, HeldPort::new(), arguments).await
    }

    /// [`Serving::start`] with its log in a file.
    ///
    /// # Panics
    /// Where there can be no such file.
    pub async fn start_logging_to(log: &Path, database_url: &str, arguments: &[&str]) -> Self {
        let mut command = aplodi(database_url);
        command.stderr(std::fs::File::create(log).expect("a file"));
        Self::of(command, HeldPort::new(), arguments).await
    }

    async fn of(mut command: Command, port: Arc<HeldPort>, arguments: &[&str]) -> Self {
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", port.number())]).args(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut welcome = String::new();
        while !is_whole(&welcome) {
            let line = lines.next_line().await.expect("UTF-8").expect("the program says where it serves");
            welcome.extend([&line, "\n"]);
        }
        let base = address_in(&welcome).expect("an address in the welcome");
        let serving = Self { base, welcome, port, child, _more: lines };
        until("the program answers", async || serving.answers().await).await;
        serving
    }

    /// The port on which it listens, to be kept for when it is started again.
    #[must_use]
    pub fn port(&self) -> Arc<HeldPort> {
        Arc::clone(&self.port)
    }

    /// Its number among the processes.
    ///
    /// # Panics
    /// Where it has ended.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id().expect("it is running")
    }

    /// Ends it without a warning, as a power cut would.
    ///
    /// # Panics
    /// Where it cannot be killed.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("a process of ours");
    }

    /// Asks it to stop, as an administrator or a reboot would, and says whether it ended well.
    ///
    /// # Panics
    /// Where it cannot be asked.
    pub async fn stop(mut self) -> bool {
        self.ask_to_stop().await;
        self.child.wait().await.expect("a process of ours").success()
    }

    async fn ask_to_stop(&self) {
        let id = self.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await.expect("`kill` starts");
        assert!(asked.success());
    }

    async fn answers(&self) -> bool {
        reqwest::get(format!("{}/healthz", self.base)).await.is_ok_and(|answer| answer.status() == 200)
    }
}

/// Whether a welcome has come to its end: the QR code of a demo, the link of a first start, or the address.
fn is_whole(welcome: &str) -> bool {
    let after_code = welcome.split_once("QR code:\n\n").map(|(_, code)| code);
    after_code.is_some_and(|code| code.ends_with("\n\n"))
        || welcome.lines().any(|line| line.starts_with("Serving ") || line.contains("/staff/set-up/"))
}

/// Scheme, host and port of the first address in a text.
fn address_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("http://")?;
    let host = rest.split(['/', '\n', ' ']).next()?;
    Some(format!("http://{host}"))
}

/// A process that ends with the tests, however they end: also where they are killed. A shell waits
/// for the end of a pipe that only we hold, and then ends everything it started.
///
/// # Panics
/// Where it does not start.
#[must_use]
pub fn until_the_tests_end(program: &str, arguments: &[&str]) -> std::process::Child {
    const KEEPER: &str = r#""$@" >/dev/null 2>&1 & read -r _; trap "" TERM; kill -TERM 0; wait"#;
    let mut keeper = std::process::Command::new("sh");
    keeper.args(["-c", KEEPER, "keeper", program]).args(arguments).stdin(Stdio::piped());
    #[cfg(unix)] // A group of its own, so that ending the group ends nobody else.
    std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
    keeper.spawn().expect("`sh` starts")
}

/// A port that nobody else on this machine is given while this lives, also while nobody listens there. A port that
/// was merely free a moment ago goes to whoever asks next, and all tests ask.
///
/// The socket is bound and never listens. A server that sets `SO_REUSEADDR`, as all do, may listen there as if it were
/// not: whoever connects reaches that server or, where there is none, nobody.
#[derive(Debug)]
pub struct HeldPort {
    number: u16,
    _socket: TcpSocket,
}

impl HeldPort {
    /// Any.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn new() -> Arc<Self> {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_reuseaddr(true).expect("an option that every system has");
        socket.bind((Ipv4Addr::LOCALHOST, 0).into()).expect("a free port");
        let number = socket.local_addr().expect("an address").port();
        Arc::new(Self { number, _socket: socket })
    }

    /// Which it is.
    #[must_use]
    pub const fn number(&self) -> u16 {
        self.number
    }
}

/// Gives a program something to read, and returns what it printed.
///
/// # Panics
/// Where it does not start or ends badly.
pub async fn ask(program: &str, arguments: &[&str]) -> String {
    let mut child =
        Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap_or_else(
            |error| panic!("{program} does not start ({error}): run `cargo xtask test`, which installs it"),
        );
    let mut printed = String::new();
    child.stdout.take().expect("piped").read_to_string(&mut printed).await.expect("UTF-8");
    let end = child.wait().await.expect("a process of ours");
    assert!(end.success(), "{program} {arguments:?}: {end}");
    printed
}
