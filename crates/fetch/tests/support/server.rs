//! A server on the loopback address that does exactly what a test says, wrong things included.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use fanlight_fetch::{FetchError, Fetcher, NetworkFetcher, Request, Response, Url};

/// Longer than anything here takes; a test that waits so long has failed.
pub const LONG: Duration = Duration::from_secs(10);

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `GET /path HTTP/1.1`.
    pub line: String,
    /// Field lines as sent.
    pub fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn path(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }

    pub fn method(&self) -> &str {
        self.line.split(' ').next().unwrap_or_default()
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Whether the connection is used again.
#[derive(PartialEq, Eq)]
pub enum After {
    KeepOpen,
    Close,
}

pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    stopped: Arc<AtomicBool>,
    pub connections: Arc<AtomicUsize>,
}

impl Server {
    /// A server whose handler writes whatever it likes.
    pub fn start(handler: impl Fn(&Seen, &mut TcpStream) -> After + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
            stopped: Arc::default(),
            connections: Arc::default(),
        };
        let (seen, stopped, handler) =
            (Arc::clone(&server.seen), Arc::clone(&server.stopped), Arc::new(handler));
        let connections = Arc::clone(&server.connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(mut stream) = stream else { continue };
                connections.fetch_add(1, Ordering::SeqCst);
                let (seen, handler) = (Arc::clone(&seen), Arc::clone(&handler));
                thread::spawn(move || {
                    stream.set_read_timeout(Some(LONG)).unwrap();
                    stream.set_nodelay(true).unwrap();
                    while let Some(request) = read_request(&mut stream) {
                        seen.lock().unwrap().push(request.clone());
                        if handler(&request, &mut stream) == After::Close {
                            break;
                        }
                    }
                });
            }
        });
        server
    }

    /// A server that answers every request with these bytes and closes the connection.
    pub fn answering(bytes: impl Into<Vec<u8>>) -> Server {
        let bytes = bytes.into();
        Server::start(move |_, stream| {
            let _ = stream.write_all(&bytes);
            After::Close
        })
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

pub fn read_request(stream: &mut impl Read) -> Option<Seen> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let text: String = head.iter().copied().map(char::from).collect();
    let mut lines = text.trim_end().split("\r\n");
    let line = lines.next()?.to_owned();
    let fields: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut seen = Seen { line, fields, body: Vec::new() };
    let length = seen.field("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    seen.body = vec![0; length];
    stream.read_exact(&mut seen.body).ok()?;
    Some(seen)
}

/// A response with `Content-Length`.
pub fn response(status: &str, fields: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in fields {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend(body);
    bytes
}

pub fn ok(body: &[u8]) -> Vec<u8> {
    response("200 OK", &[("Content-Type", "text/html")], body)
}

/// A response with this `Cache-Control`.
pub fn cacheable(cache_control: &str, body: &str) -> Vec<u8> {
    response("200 OK", &[("Cache-Control", cache_control)], body.as_bytes())
}

/// The body of a response.
pub fn text(response: &Response) -> String {
    String::from_utf8(response.body.to_vec()).unwrap()
}

pub fn redirect(status: u16, location: &str) -> Vec<u8> {
    response(&format!("{status} Moved"), &[("Location", location)], b"")
}

pub fn get(fetcher: &NetworkFetcher, url: Url) -> Result<Response, FetchError> {
    fetcher.fetch(Request::navigation(url), LONG)
}
