//! `--record` and `--replay`: what stands between a page and the network.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use fanlight_page::Environment;
use fanlight_page::fetch::{Fetcher, Recording, RecordingFetcher, ReplayFetcher};

use crate::exit::Failure;
use crate::output;

/// What every command takes that uses the network, so that what comes from there can be the same for ever.
#[derive(Clone, Debug, Default, Args)]
pub struct RecordingArgs {
    /// Write every response to a HAR file, with its body, for --replay
    #[arg(long, value_name = "FILE", conflicts_with = "replay", help_heading = "Network")]
    pub record: Option<PathBuf>,
    /// Answer from a HAR file and never ask the network; those that Chromium's and Firefox's tools save will do
    #[arg(long, value_name = "FILE", help_heading = "Network")]
    pub replay: Option<PathBuf>,
}

/// A recording under way.
pub struct Tape {
    path: PathBuf,
    recorder: Arc<RecordingFetcher>,
}

impl RecordingArgs {
    /// The environment whose network is recorded or replayed, as the arguments say, and the recording to write at the end.
    ///
    /// # Errors
    /// The file to replay cannot be read, or is not HAR.
    pub fn apply(&self, environment: Environment) -> Result<(Environment, Option<Tape>), Failure> {
        if let Some(path) = &self.replay {
            let recording = read(path)?;
            let replay = |network: Arc<dyn Fetcher>| {
                Arc::new(ReplayFetcher::new(recording, network)) as Arc<dyn Fetcher>
            };
            return Ok((environment.with_fetcher(replay), None));
        }
        let Some(path) = self.record.clone() else { return Ok((environment, None)) };
        let mut tape = None;
        let environment = environment.with_fetcher(|network| {
            let recorder = Arc::new(RecordingFetcher::new(network));
            tape = Some(Tape { path, recorder: Arc::clone(&recorder) });
            recorder
        });
        Ok((environment, tape))
    }
}

/// The environment whose network is replayed, and whose files are the file system's.
///
/// # Errors
/// The file to replay cannot be read, or is not HAR.
pub fn replay_all_but_files(environment: Environment, path: &Path) -> Result<Environment, Failure> {
    let recording = read(path)?;
    let replay =
        |network| Arc::new(ReplayFetcher::new(recording, network).with_local_files()) as Arc<dyn Fetcher>;
    Ok(environment.with_fetcher(replay))
}

fn read(path: &Path) -> Result<Recording, Failure> {
    Recording::read(path).map_err(|source| Failure::Recording { path: path.to_owned(), source })
}

impl Tape {
    /// Writes what has been recorded.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self) -> Result<(), Failure> {
        output::file(&self.path, format!("{:#}\n", self.recorder.to_har()).as_bytes())
    }
}
