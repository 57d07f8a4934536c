//! Everything that is printed. Results go to standard output, all else to standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is the one place that prints")]

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::exit::Failure;

/// Prints an error and its causes.
pub fn error(failure: &Failure) {
    eprintln!("fanlight: {failure}");
}

/// Prints a remark that is no result.
pub fn note(remark: impl std::fmt::Display) {
    eprintln!("{remark}");
}

/// Prints a result. A reader that has gone away is no error.
pub fn result(text: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe only means that nobody wants the rest.
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Prints one line of a protocol, at once.
pub fn line(text: &str) {
    println!("{text}");
    let _ = std::io::stdout().flush();
}

/// Writes a result to a file, or to standard output where there is none or it is `-`.
///
/// # Errors
/// The file cannot be written.
pub fn write(target: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match target {
        Some(path) if path.as_os_str() != "-" => file(path, bytes),
        _ => {
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(bytes);
            let _ = out.flush();
            Ok(())
        }
    }
}

/// Writes a file.
///
/// # Errors
/// The file cannot be written.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|source| Failure::Write { path: path.to_owned(), source })
}

/// Progress of long work: one line that is written over, on a terminal only.
pub struct Progress {
    shown: bool,
}

impl Progress {
    /// Shows nothing yet.
    pub fn new() -> Self {
        Progress { shown: false }
    }

    /// Replaces the line.
    pub fn show(&mut self, text: impl std::fmt::Display) {
        if std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K{text}");
            let _ = std::io::stderr().flush();
            self.shown = true;
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}
