//! `fanlight test`: pages against their golden images and dumps.

use crate::args::Test;
use crate::exit::{Failure, Status};
use crate::golden::{self, Outcome, Settings};
use crate::output::{self, Progress};

/// Compares or updates, prints one line for each page that differs, and a closing line.
///
/// # Errors
/// The folder or a file of a test cannot be read or written.
pub fn run(args: &Test) -> Result<Status, Failure> {
    let settings = Settings {
        directory: args.directory.clone(),
        update: args.update,
        filter: args.filter.clone(),
        report: args.report.clone().unwrap_or_else(|| "target/golden".into()),
        replay: args.replay.clone(),
    };
    let mut progress = Progress::new();
    let summary = golden::run(&settings, &mut |name| progress.show(name))?;
    drop(progress);
    for result in &summary.results {
        match &result.outcome {
            Outcome::Same => {}
            Outcome::Updated => output::note(format_args!("updated {}", result.name)),
            Outcome::Differs(difference) => {
                output::note(format_args!("FAILED {}: {difference}", result.name))
            }
        }
    }
    if let Some(report) = &summary.report {
        output::note(format_args!("see {}", report.display()));
    }
    output::result(&format!("{} passed, {} failed\n", summary.passed(), summary.failed()));
    Ok(if summary.failed() == 0 { Status::Done } else { Status::Differed })
}
