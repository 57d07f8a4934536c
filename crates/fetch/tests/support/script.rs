//! A server that follows a script: what it does on every connection, step by step, wrong things above all.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use fanlight_fetch::Url;

use super::{LONG, read_request};

/// What the server does next on a connection. After the last step it closes the connection.
#[derive(Clone, Debug)]
pub enum Step {
    /// Reads a request to its end.
    ReadRequest,
    /// Reads whatever comes, once.
    ReadSome,
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one at a time, slowly, again and again.
    Trickle(Vec<u8>),
    /// Sends these bytes, fast, again and again.
    Flood(Vec<u8>),
    /// Does nothing until the client goes away.
    Stall,
    /// Ends the connection with a reset.
    Reset,
}

/// Sends text.
pub fn send(bytes: impl Into<Vec<u8>>) -> Step {
    Step::Send(bytes.into())
}

pub struct Scripted {
    pub address: SocketAddr,
    pub connections: Arc<AtomicUsize>,
    stopped: Arc<AtomicBool>,
}

impl Scripted {
    /// A server that does the same on every connection.
    pub fn start(steps: impl Into<Vec<Step>>) -> Scripted {
        Scripted::start_with(vec![steps.into()])
    }

    /// A server that reads a request, sends these bytes and closes the connection.
    pub fn answering(bytes: impl Into<Vec<u8>>) -> Scripted {
        Scripted::start([Step::ReadRequest, send(bytes)])
    }

    /// A server with a script for the first connection, one for the second and so on; the last one for all others.
    pub fn start_with(scripts: Vec<Vec<Step>>) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Scripted {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            stopped: Arc::default(),
        };
        let (connections, stopped) = (Arc::clone(&server.connections), Arc::clone(&server.stopped));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let index = connections.fetch_add(1, Ordering::SeqCst);
                let script = scripts[index.min(scripts.len() - 1)].clone();
                // A client that goes away ends the script.
                thread::spawn(move || play(stream, &script));
            }
        });
        server
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("http://{}/", self.address)).unwrap()
    }

    pub fn https_url(&self) -> Url {
        Url::parse(&format!("https://{}/", self.address)).unwrap()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn play(mut stream: TcpStream, script: &[Step]) -> Option<()> {
    stream.set_read_timeout(Some(LONG)).ok()?;
    stream.set_write_timeout(Some(LONG)).ok()?;
    stream.set_nodelay(true).ok()?;
    for step in script {
        match step {
            Step::ReadRequest => {
                read_request(&mut stream)?;
            }
            Step::ReadSome => {
                let _ = stream.read(&mut [0; 4096]).ok()?;
            }
            Step::Send(bytes) => stream.write_all(bytes).ok()?,
            Step::Trickle(bytes) => {
                for byte in bytes.iter().cycle() {
                    stream.write_all(&[*byte]).ok()?;
                    thread::sleep(Duration::from_millis(10));
                }
            }
            Step::Flood(bytes) => loop {
                stream.write_all(bytes).ok()?;
            },
            Step::Stall => while stream.read(&mut [0; 4096]).ok()? > 0 {},
            Step::Reset => {
                // Closing without lingering drops what is under way and resets.
                socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).ok()?;
                return None;
            }
        }
    }
    Some(())
}
