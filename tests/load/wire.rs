//! As much of HTTP/1.1 as a load generator needs: requests made beforehand, answers that say their length.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection that is used again and again.
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What the server answered.
pub(crate) struct Reply<'a> {
    /// the HTTP status
    pub(crate) status: u16,
    /// status line and fields, in the spelling of the server
    pub(crate) head: &'a str,
    /// as it came, perhaps compressed
    pub(crate) body: &'a [u8],
}

impl Reply<'_> {
    /// How many bytes travelled.
    pub(crate) fn size(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

impl Wire {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("the server does not accept connections")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1_024) })
    }

    /// Sends a request and waits for the whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Reply<'_>> {
        self.buffer.clear();
        self.stream.write_all(request).await?;
        let head = self.head().await?;
        let length = field(text(&self.buffer[..head])?, "content-length").context("an answer without a length")?;
        let end = head + length.parse::<usize>()?;
        while self.buffer.len() < end {
            self.more().await?;
        }
        let (head, body) = self.buffer[..end].split_at(head);
        let head = text(head)?;
        Ok(Reply { status: status(head)?, head, body })
    }

    /// Sends a request whose answer never ends.
    pub(crate) async fn open(&mut self, request: &[u8]) -> Result<()> {
        self.buffer.clear();
        self.stream.write_all(request).await?;
        let head = self.head().await?;
        let status = status(text(&self.buffer[..head])?)?;
        if status != 200 {
            bail!("the stream was answered with {status}");
        }
        self.buffer.drain(..head);
        Ok(())
    }

    /// Waits until an open answer says this.
    pub(crate) async fn hear(&mut self, word: &[u8]) -> Result<()> {
        while !contains(&self.buffer, word) {
            self.more().await?;
        }
        self.buffer.clear();
        Ok(())
    }

    async fn head(&mut self) -> Result<usize> {
        loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                return Ok(end + 4);
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }
}

/// A request without a body. `fields` are whole lines, each with its line end.
pub(crate) fn get(path: &str, fields: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n").into_bytes()
}

/// A request with a body of JSON and a bearer token.
pub(crate) fn post(path: &str, token: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Whether bytes hold a word.
pub(crate) fn contains(bytes: &[u8], word: &[u8]) -> bool {
    word.is_empty() || bytes.windows(word.len()).any(|part| part == word)
}

/// The value of a field in a head.
pub(crate) fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn status(head: &str) -> Result<u16> {
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("an answer without a status")
}

fn text(head: &[u8]) -> Result<&str> {
    std::str::from_utf8(head).context("a head that is not text")
}
