//! Recording and replaying, so that a page is the same for ever.
//!
//! 1. [`RecordingFetcher`] stands before another fetcher and keeps every answer, failures too; it makes a HAR of the log
//!    and what it has kept.
//! 2. [`Recording`] reads such a HAR, or one that Chromium's or Firefox's tools have saved, and finds answers in it:
//!    [`har`] is the form of the file, [`nearest`] tells what was probably meant where there is no answer.
//! 3. [`ReplayFetcher`] answers from a recording. The network is never asked. `data:` and `about:` URLs need nothing and
//!    are answered as ever; `file:` URLs are answered from the recording alone, as the network's are, because a file may be
//!    another one by now.

mod har;
mod nearest;
mod recorder;
mod recording;
mod replay;

pub use recorder::RecordingFetcher;
pub use recording::{Recording, RecordingError};
pub use replay::ReplayFetcher;
