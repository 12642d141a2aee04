//! A way to the server that is as bad as a test wants it: a hotel's network, an overloaded machine, a
//! connection that breaks at the worst moment. Pages and files pass, so that a tablet can be reloaded;
//! its talk with the server meets the fault that is set.

use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::interval,
};

/// What happens to what a tablet says to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// nothing bad
    None,
    /// nobody is there, for pages neither
    Away,
    /// the talk of the tablet gets no answer, its pages do
    Silent,
    /// responses are answered with this status by something that is not Aplodi; 429 asks for a second
    Says(u16),
    /// everything that the tablet says is answered with this status, by something that is not Aplodi
    Bars(u16),
    /// everything is answered with 200 and a login page
    Portal,
    /// responses arrive, and the connection breaks before the reply
    CutsReplies,
    /// responses arrive, and the reply comes back a byte a second
    Drips,
}

/// One delivery of responses that a tablet attempted.
#[derive(Clone, Debug)]
pub struct Post {
    /// which fault it met
    pub fault: Fault,
    /// what it held
    pub ids: Vec<String>,
    /// whether another one was still under way
    pub overlaps: bool,
}

/// The way. It ends with the value.
pub struct FaultProxy {
    /// where it begins: `http://127.0.0.1:41234`
    pub base: String,
    shared: Arc<Shared>,
    running: JoinHandle<()>,
}

struct Shared {
    server: u16,
    state: Mutex<State>,
}

struct State {
    fault: Fault,
    posts: Vec<Post>,
    /// what the tablet asked for, and which fault that met
    asked: Vec<(Fault, String)>,
    under_way: usize,
}

/// A delivery, until it is dropped.
struct UnderWay<'a>(&'a Shared);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.state().under_way -= 1;
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl FaultProxy {
    /// A way to the server on this port, without any fault.
    ///
    /// # Panics
    /// Where no port is free.
    pub async fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let state = State { fault: Fault::None, posts: Vec::new(), asked: Vec::new(), under_way: 0 };
        let shared = Arc::new(Shared { server, state: Mutex::new(state) });
        let serving = Arc::clone(&shared);
        let running = tokio::spawn(async move {
            while let Ok((tablet, _)) = listener.accept().await {
                let shared = Arc::clone(&serving);
                tokio::spawn(async move {
                    // Whoever hangs up has a reason.
                    let _: io::Result<()> = shared.serve(tablet).await;
                });
            }
        });
        Self { base, shared, running }
    }

    /// Changes the fault, for requests that begin from now on.
    pub fn set(&self, fault: Fault) {
        self.shared.state().fault = fault;
    }

    /// Every attempt to deliver responses so far.
    #[must_use]
    pub fn posts(&self) -> Vec<Post> {
        self.shared.state().posts.clone()
    }

    /// How many attempts were met in a fault.
    #[must_use]
    pub fn met(&self, fault: Fault) -> usize {
        self.shared.state().posts.iter().filter(|post| post.fault == fault).count()
    }

    /// Whether a path was asked for in a fault.
    #[must_use]
    pub fn was_asked(&self, fault: Fault, path: &str) -> bool {
        self.shared.state().asked.iter().any(|(met, line)| *met == fault && line.contains(path))
    }
}

impl Shared {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding it")
    }

    async fn serve(&self, mut tablet: TcpStream) -> io::Result<()> {
        let Some(request) = Request::read(&mut tablet).await? else { return Ok(()) };
        let fault = self.state().fault;
        let delivers = request.starts_with("POST /api/v1/kiosk/responses ");
        let talks = request.line().contains(" /api/v1/kiosk/");
        self.state().asked.push((fault, request.line()));
        if delivers {
            return self.deliver(&mut tablet, &request, fault).await;
        }
        match fault {
            Fault::Away => Ok(()),
            Fault::Silent if talks => Ok(()),
            Fault::Bars(status) if talks => tablet.write_all(stranger(status).as_bytes()).await,
            Fault::Portal if talks => tablet.write_all(stranger(200).as_bytes()).await,
            _ => {
                let mut server = self.pass(&request).await?;
                tokio::io::copy(&mut server, &mut tablet).await.map(drop)
            }
        }
    }

    /// A delivery, which is under way until the last byte of its reply goes out: what the tablet does after that it does
    /// one after the other.
    async fn deliver(&self, tablet: &mut TcpStream, request: &Request, fault: Fault) -> io::Result<()> {
        let under_way = self.begin(fault, request.ids());
        let reply = match fault {
            Fault::Away | Fault::Silent => return Ok(()),
            Fault::Says(status) | Fault::Bars(status) => stranger(status).into_bytes(),
            Fault::Portal => stranger(200).into_bytes(),
            Fault::None | Fault::CutsReplies | Fault::Drips => {
                let mut reply = Vec::new();
                self.pass(request).await?.read_to_end(&mut reply).await?;
                reply
            }
        };
        let Some((last, before)) = reply.split_last().filter(|_| fault != Fault::CutsReplies) else { return Ok(()) };
        if fault == Fault::Drips {
            let mut second = interval(Duration::from_secs(1));
            for byte in before {
                second.tick().await;
                tablet.write_all(&[*byte]).await?;
            }
            second.tick().await;
        } else {
            tablet.write_all(before).await?;
        }
        drop(under_way);
        tablet.write_all(&[*last]).await
    }

    /// Notes that a delivery has begun.
    fn begin(&self, fault: Fault, ids: Vec<String>) -> UnderWay<'_> {
        let mut state = self.state();
        let overlaps = state.under_way > 0;
        state.under_way += 1;
        state.posts.push(Post { fault, ids, overlaps });
        UnderWay(self)
    }

    /// Hands a request on; what comes back ends with the connection.
    async fn pass(&self, request: &Request) -> io::Result<TcpStream> {
        let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, self.server)).await?;
        server.write_all(&request.0).await?;
        Ok(server)
    }
}

/// A whole request, which asks that its connection be closed after it.
struct Request(Vec<u8>);

impl Request {
    async fn read(tablet: &mut TcpStream) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let head = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            if tablet.read_buf(&mut bytes).await? == 0 {
                return Ok(None);
            }
        };
        let mut body = bytes.split_off(head + 4);
        let lines = String::from_utf8_lossy(&bytes[..head]).into_owned();
        let length = |line: &str| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok();
        let length: usize = lines.lines().find_map(length).unwrap_or(0);
        while body.len() < length {
            if tablet.read_buf(&mut body).await? == 0 {
                return Ok(None);
            }
        }
        let keeps = |line: &&str| !line.to_ascii_lowercase().starts_with("connection:");
        let mut whole = lines.lines().filter(keeps).collect::<Vec<_>>().join("\r\n");
        whole.push_str("\r\nconnection: close\r\n\r\n");
        Ok(Some(Self([whole.into_bytes(), body].concat())))
    }

    fn starts_with(&self, line: &str) -> bool {
        self.0.starts_with(line.as_bytes())
    }

    fn line(&self) -> String {
        let line = self.0.split(|byte| *byte == b'\r').next().unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    }

    /// The ids of the responses in it, as far as they can be read.
    fn ids(&self) -> Vec<String> {
        let body = self.0.windows(4).position(|four| four == b"\r\n\r\n").map_or(&[][..], |end| &self.0[end + 4..]);
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let items = body["responses"].as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|item| Some(item["id"].as_str()?.to_owned())).collect()
    }
}

/// What something says that is not Aplodi.
fn stranger(status: u16) -> String {
    let page = "<!doctype html><title>Welcome</title><form><button>Log in to the hotel</button></form>";
    let wait = if status == 429 { "retry-after: 1\r\n" } else { "" };
    format!(
        "HTTP/1.1 {status} -\r\ncontent-type: text/html\r\n{wait}content-length: {}\r\nconnection: close\r\n\r\n{page}",
        page.len()
    )
}
