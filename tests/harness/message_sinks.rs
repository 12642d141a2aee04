//! Where messages arrive: a mail server that speaks just enough SMTP, and a webhook.
//! Both can be told to fail.

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU16, Ordering},
    },
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
};

/// An e-mail as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    /// whose name it carries
    pub from: String,
    /// who gets it
    pub to: String,
    /// what it is about
    pub subject: String,
    /// what it says
    pub text: String,
    /// where mail programs stop such e-mails: `List-Unsubscribe` and `List-Unsubscribe-Post`
    pub unsubscribe: [String; 2],
}

/// A mail server on this machine.
pub struct MailSink {
    /// what `--smtp-url` says: `smtp://127.0.0.1:41234`
    pub url: String,
    emails: Arc<Mutex<Vec<Email>>>,
    is_open: Arc<AtomicBool>,
    work: AbortHandle,
}

impl MailSink {
    /// Opens one.
    ///
    /// # Panics
    /// Where there is no free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let (emails, is_open) = (Arc::<Mutex<Vec<Email>>>::default(), Arc::new(AtomicBool::new(true)));
        let (box_, open) = (Arc::clone(&emails), Arc::clone(&is_open));
        let work = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A closed one hangs up at once.
                if open.load(Ordering::SeqCst) {
                    let emails = Arc::clone(&box_);
                    tokio::spawn(async move { serve(stream, &emails).await });
                }
            }
        });
        Self { url, emails, is_open, work: work.abort_handle() }
    }

    /// Closes it for a while, or opens it again.
    pub fn set_open(&self, open: bool) {
        self.is_open.store(open, Ordering::SeqCst);
    }

    /// What has arrived, oldest first.
    ///
    /// # Panics
    /// Where it panicked.
    #[must_use]
    pub fn emails(&self) -> Vec<Email> {
        self.emails.lock().expect("nobody panicked").clone()
    }
}

impl Drop for MailSink {
    fn drop(&mut self) {
        self.work.abort();
    }
}

async fn serve(stream: TcpStream, emails: &Mutex<Vec<Email>>) -> io::Result<()> {
    let mut stream = BufStream::new(stream);
    say(&mut stream, "220 sink").await?;
    let (mut from, mut to) = (String::new(), String::new());
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let said = line.trim_end();
        let between = || said.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or("", |(name, _)| name);
        match said.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => say(&mut stream, "250-sink\r\n250 8BITMIME").await?,
            "MAIL" => {
                between().clone_into(&mut from);
                say(&mut stream, "250 ok").await?;
            }
            "RCPT" => {
                between().clone_into(&mut to);
                say(&mut stream, "250 ok").await?;
            }
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let raw = data(&mut stream).await?;
                emails.lock().expect("nobody panicked").push(read(from.clone(), to.clone(), &raw));
                say(&mut stream, "250 ok").await?;
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn say(stream: &mut BufStream<TcpStream>, line: &str) -> io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

async fn data(stream: &mut BufStream<TcpStream>) -> io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn read(from: String, to: String, raw: &str) -> Email {
    let (head, body) = raw.split_once("\r\n\r\n").expect("a head and a body");
    let unfolded = head.replace("\r\n ", " ");
    let header = |name: &str| {
        let mut lines = unfolded.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    let text = match header("content-transfer-encoding").as_str() {
        "base64" => {
            let letters: String = body.split_whitespace().collect();
            String::from_utf8(STANDARD.decode(letters).expect("base64")).expect("UTF-8")
        }
        "quoted-printable" => printable(body),
        _ => body.to_owned(),
    };
    let unsubscribe = ["list-unsubscribe", "list-unsubscribe-post"].map(header);
    Email { from, to, subject: words(&header("subject")), text: text.replace("\r\n", "\n"), unsubscribe }
}

/// Quoted-printable: `=C3=A4`, and `=` at the end of a line that goes on.
fn printable(body: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'=', [b'\r', b'\n', after @ ..]) => after,
            (b'=', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).expect("ASCII");
                bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
                after
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// A header with `=?utf-8?b?...?=` in it; a space between two of those is none.
fn words(header: &str) -> String {
    let (mut words, mut was_coded) = (String::new(), true);
    for part in header.split(' ') {
        let coded = part.strip_prefix("=?utf-8?b?").and_then(|part| part.strip_suffix("?="));
        if !(was_coded && coded.is_some()) {
            words.push(' ');
        }
        match coded {
            Some(coded) => {
                words.push_str(std::str::from_utf8(&STANDARD.decode(coded).expect("base64")).expect("UTF-8"));
            }
            None => words.push_str(part),
        }
        was_coded = coded.is_some();
    }
    words.trim().to_owned()
}

/// A webhook on this machine.
pub struct WebhookSink {
    /// its address
    pub url: String,
    heard: Arc<Heard>,
    work: AbortHandle,
}

struct Heard {
    calls: Mutex<Vec<Value>>,
    answer: AtomicU16,
}

impl WebhookSink {
    /// Starts one.
    ///
    /// # Panics
    /// Where there is no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hook?key=secret", listener.local_addr().expect("an address"));
        let heard = Arc::new(Heard { calls: Mutex::default(), answer: AtomicU16::new(204) });
        let router = Router::new().fallback(hear).with_state(Arc::clone(&heard));
        let work = tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { url, heard, work: work.abort_handle() }
    }

    /// Answers with this status from now on; one of 3xx points to itself.
    pub fn answer(&self, status: u16) {
        self.heard.answer.store(status, Ordering::SeqCst);
    }

    /// What it was told, oldest first; also what it refused.
    ///
    /// # Panics
    /// Where it panicked.
    #[must_use]
    pub fn calls(&self) -> Vec<Value> {
        self.heard.calls.lock().expect("nobody panicked").clone()
    }
}

impl Drop for WebhookSink {
    fn drop(&mut self) {
        self.work.abort();
    }
}

async fn hear(State(heard): State<Arc<Heard>>, headers: HeaderMap, request: Request) -> Response {
    let address = request.uri().to_string();
    let is_json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    let body = axum::body::to_bytes(request.into_body(), 64 * 1024).await.unwrap_or_default();
    let mut call: Value = serde_json::from_slice(&body).unwrap_or_default();
    if is_json && address == "/hook?key=secret" {
        call["heard"] = true.into();
    }
    heard.calls.lock().expect("nobody panicked").push(call);
    let status = StatusCode::from_u16(heard.answer.load(Ordering::SeqCst)).expect("a status");
    (status, [(header::LOCATION, address)]).into_response()
}
