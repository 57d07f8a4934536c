//! How a command ends.

use std::path::PathBuf;
use std::process::ExitCode;

use thiserror::Error;

/// The exit statuses that scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done = 0,
    /// A comparison differed.
    Differed = 1,
    /// The command was misused, or its output could not be written.
    Misused = 2,
    /// The page could not be loaded.
    NotLoaded = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status as u8)
    }
}

/// Why a command could not do what it was asked for. The message says what was tried, what went wrong and what to do.
#[derive(Debug, Error)]
pub enum Failure {
    /// The page could not be loaded.
    #[error(transparent)]
    Load(#[from] fanlight_page::LoadError),
    /// The page has nothing to take a picture of.
    #[error(transparent)]
    Capture(#[from] fanlight_page::CaptureError),
    /// A file of the user's could not be read.
    #[error("could not read {}: {source}; {}", path.display(), advice(source, "check that it exists and may be read"))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file of the user's could not be written.
    #[error("could not write {}: {source}; {}", path.display(), advice(source, "check that the folder exists and may be written"))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// What was to be replayed is no recording.
    #[error(
        "could not replay {}: {source}; write one with --record, or save a HAR with its contents from a browser's tools",
        path.display()
    )]
    Recording {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: fanlight_page::fetch::RecordingError,
    },
    /// Arguments that do not go together.
    #[error("{0}")]
    Misuse(String),
    /// The window could not be opened or broke down.
    #[error(transparent)]
    Shell(#[from] fanlight_shell::ShellError),
}

/// What to do about a file that cannot be read or written.
fn advice(error: &std::io::Error, otherwise: &'static str) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::IsADirectory => "name a file in it",
        std::io::ErrorKind::NotADirectory => "name a folder",
        _ => otherwise,
    }
}

impl Failure {
    /// The exit status.
    pub fn status(&self) -> Status {
        match self {
            Failure::Load(_) => Status::NotLoaded,
            _ => Status::Misused,
        }
    }
}
