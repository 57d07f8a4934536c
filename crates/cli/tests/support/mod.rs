//! Runs the command as a user does, against files and a small server on the loopback address.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// No page may keep the command longer, not even in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run of the command gave.
pub struct Run {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs `fanlight` with arguments, `input` on standard input.
///
/// # Panics
/// It did not end in time, or died by a signal.
pub fn fanlight(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fanlight"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that does not read its input closes the pipe.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let waiter = std::thread::spawn(move || {
        let mut stdout = child.stdout.take().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).unwrap();
            bytes
        });
        let mut out = Vec::new();
        stdout.read_to_end(&mut out).unwrap();
        Output { status: child.wait().unwrap(), stdout: out, stderr: errors.join().unwrap() }
    });
    let begin = Instant::now();
    while !waiter.is_finished() {
        assert!(begin.elapsed() < PATIENCE, "fanlight {arguments:?} did not end");
        std::thread::sleep(Duration::from_millis(5));
    }
    writer.join().unwrap();
    let output = waiter.join().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let run = Run {
        status: output.status.code().unwrap_or_else(|| panic!("died: {}", output.status)),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

/// A folder that goes away, and files in it.
pub struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Writes a file and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// The path of a file that may not be there.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Draws a page to a PNG and returns what the command said and how large the picture is.
pub fn screenshot(url: &str, more: &[&str]) -> (Run, Option<(u32, u32)>) {
    let folder = Folder::new();
    let png = folder.path("page.png");
    let png_argument = png.display().to_string();
    let mut arguments = vec!["screenshot", url, "-o", &png_argument, "--pinned-fonts"];
    arguments.extend(more);
    let run = fanlight(&arguments, b"");
    let size = std::fs::read(&png).ok().map(|bytes| {
        assert_eq!(&bytes[1..4], b"PNG");
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    });
    (run, size)
}

/// Answers one request: the request's head in, the whole response out.
pub type Answer = Arc<dyn Fn(&str) -> Vec<u8> + Send + Sync>;

/// A server that answers each connection with one response. Its threads end with the process.
pub fn serve(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer: Answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let answer = Arc::clone(&answer);
            std::thread::spawn(move || {
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                    head.push(byte[0]);
                }
                // A client that has gone away is no fault of the server's.
                let _ = stream.write_all(&answer(&String::from_utf8_lossy(&head)));
            });
        }
    });
    address
}

/// A response with a body.
pub fn response(status: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
