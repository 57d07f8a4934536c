//! `fanlight bench`: one stage alone, repeated on input that was prepared once.

use std::time::{Duration, Instant};

use fanlight_base::observer::milliseconds;
use fanlight_base::{Silent, Stage};

use fanlight_page::LazyLoading;

use crate::args::Bench;
use crate::exit::{Failure, Status};
use crate::output::{self, Progress};
use crate::session::Session;

/// How long to measure where no number of runs is given.
const MEASURE_FOR: Duration = Duration::from_secs(2);
/// Fewer runs say nothing about their spread.
const MINIMUM_RUNS: usize = 5;
/// Runs before the measurement, so that caches and allocators are warm.
const WARM_UP_RUNS: usize = 1;

/// Prepares the stage's input, repeats the stage and prints its times.
///
/// # Errors
/// The page cannot be loaded.
pub fn run(args: &Bench) -> Result<Status, Failure> {
    let session = Session::new(&args.page.load)?;
    // The network is benched by loading all that the page needs.
    let goal = if args.stage == Stage::Fetch { Stage::Composite } else { args.stage };
    let mut page = session
        .observing(|observer| session.load(&args.url, &args.page, goal, LazyLoading::default(), observer))?;
    let prepared = page.prepare_stage(args.stage, &Silent);
    let mut times = Vec::new();
    let mut progress = Progress::new();
    for _ in 0..WARM_UP_RUNS {
        drop(prepared.run());
    }
    let begin = Instant::now();
    loop {
        let enough = match args.runs {
            Some(runs) => times.len() >= runs as usize,
            None => times.len() >= MINIMUM_RUNS && begin.elapsed() >= MEASURE_FOR,
        };
        if enough {
            break;
        }
        let started = Instant::now();
        let artefact = prepared.run();
        times.push(started.elapsed());
        drop(artefact);
        progress.show(format_args!("{}: {} runs", args.stage, times.len()));
    }
    drop(progress);
    times.sort_unstable();
    let throughput = prepared.throughput();
    drop(prepared);
    output::result(&summary(args.stage, &times, throughput.amount, throughput.unit));
    session.report(Some(&page))?;
    Ok(Status::Done)
}

/// One line: runs, min, median, p95 in ms, and how much is done in a second at the median.
fn summary(stage: Stage, sorted: &[Duration], amount: u64, unit: &str) -> String {
    let quantile = |share: f64| {
        let index = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1;
        milliseconds(sorted[index])
    };
    let (min, median, p95) = (quantile(0.0), quantile(0.5), quantile(0.95));
    let rate = amount as f64 / (median.max(1e-6) / 1000.0);
    format!(
        "{stage}: {} runs, min {min:.3} ms, median {median:.3} ms, p95 {p95:.3} ms, {amount} {unit}, \
         {rate:.0} {unit}/s\n",
        sorted.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_takes_its_quantiles_from_the_sorted_times() {
        let times: Vec<Duration> = (1..=20).map(Duration::from_millis).collect();
        assert_eq!(
            summary(Stage::Style, &times, 100, "elements"),
            "style: 20 runs, min 1.000 ms, median 10.000 ms, p95 19.000 ms, 100 elements, 10000 elements/s\n"
        );
    }
}
