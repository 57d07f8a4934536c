//! Who is told of each stage: the stage table, the trace, dumps, goldens and benches are all observers.

use std::fmt;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::dump::{Dump, DumpFormat};
use crate::stage::Stage;

/// What became of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageOutcome {
    /// It was done.
    Ran,
    /// Its last artefact still held.
    Reused,
    /// It was not needed.
    Skipped,
}

impl StageOutcome {
    /// The word in tables and traces.
    pub const fn name(self) -> &'static str {
        match self {
            StageOutcome::Ran => "ran",
            StageOutcome::Reused => "reused",
            StageOutcome::Skipped => "skipped",
        }
    }
}

/// The end of a stage.
pub struct StageEvent<'a> {
    /// Which stage.
    pub stage: Stage,
    /// When it began.
    pub started: Instant,
    /// How long it took; zero unless it ran.
    pub duration: Duration,
    /// What became of it.
    pub outcome: StageOutcome,
    /// What it made, or what it left standing; `None` when skipped, or when what it made was handed on part by part.
    pub artefact: Option<&'a dyn Dump>,
}

/// Is told when stages start and end.
///
/// Observers are called on the page's thread between the stages, so that what they do is in no stage's time.
pub trait Observer: Sync {
    /// A stage is about to start.
    fn stage_started(&self, _stage: Stage, _at: Instant) {}

    /// A stage has ended, or was not needed.
    fn stage_ended(&self, event: &StageEvent<'_>);
}

/// Looks away.
pub struct Silent;

impl Observer for Silent {
    fn stage_ended(&self, _event: &StageEvent<'_>) {}
}

/// Tells several observers, in their order.
pub struct Several<'a>(pub Vec<&'a dyn Observer>);

impl Observer for Several<'_> {
    fn stage_started(&self, stage: Stage, at: Instant) {
        self.0.iter().for_each(|observer| observer.stage_started(stage, at));
    }

    fn stage_ended(&self, event: &StageEvent<'_>) {
        self.0.iter().for_each(|observer| observer.stage_ended(event));
    }
}

/// One row of a [`StageTable`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StageTotals {
    /// How long the stage took, all its runs together.
    pub duration: Duration,
    /// How often it ran.
    pub runs: u32,
    /// How often its last artefact still held.
    pub reuses: u32,
    /// How often it was not needed.
    pub skips: u32,
}

/// Adds up what each stage costs.
#[derive(Default)]
pub struct StageTable {
    rows: Mutex<[StageTotals; Stage::ALL.len()]>,
}

impl StageTable {
    /// What a stage has cost so far.
    pub fn totals(&self, stage: Stage) -> StageTotals {
        self.rows.lock()[stage.index()]
    }
}

impl Observer for StageTable {
    fn stage_ended(&self, event: &StageEvent<'_>) {
        let row = &mut self.rows.lock()[event.stage.index()];
        row.duration += event.duration;
        match event.outcome {
            StageOutcome::Ran => row.runs += 1,
            StageOutcome::Reused => row.reuses += 1,
            StageOutcome::Skipped => row.skips += 1,
        }
    }
}

/// A table of fixed columns: stage, ms, runs, reused, skipped.
impl fmt::Display for StageTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{:<10} {:>10} {:>6} {:>7} {:>8}", "stage", "ms", "runs", "reused", "skipped")?;
        let mut total = Duration::ZERO;
        for stage in Stage::ALL {
            let row = self.totals(stage);
            total += row.duration;
            let ms = milliseconds(row.duration);
            writeln!(formatter, "{stage:<10} {ms:>10.3} {:>6} {:>7} {:>8}", row.runs, row.reuses, row.skips)?;
        }
        writeln!(formatter, "{:<10} {:>10.3}", "total", milliseconds(total))
    }
}

/// A duration in ms.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Keeps, for tests and dumps, the outcome of each stage and the text or JSON of its artefact.
pub struct Collector {
    wanted: Vec<Stage>,
    format: DumpFormat,
    entries: Mutex<Vec<Collected>>,
}

/// One end of a stage as a [`Collector`] keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    /// Which stage.
    pub stage: Stage,
    /// What became of it.
    pub outcome: StageOutcome,
    /// The dump, where it was asked for and there was an artefact.
    pub dump: Option<String>,
}

impl Collector {
    /// Dumps the artefacts of `wanted` stages in `format`; outcomes are kept for all.
    pub fn new(wanted: &[Stage], format: DumpFormat) -> Self {
        Collector { wanted: wanted.to_vec(), format, entries: Mutex::default() }
    }

    /// Everything collected so far, in order.
    pub fn entries(&self) -> Vec<Collected> {
        self.entries.lock().clone()
    }

    /// The last dump of a stage.
    pub fn last_dump(&self, stage: Stage) -> Option<String> {
        self.entries
            .lock()
            .iter()
            .rev()
            .find(|entry| entry.stage == stage && entry.dump.is_some())?
            .dump
            .clone()
    }
}

impl Observer for Collector {
    fn stage_ended(&self, event: &StageEvent<'_>) {
        let dump = event
            .artefact
            .filter(|_| self.wanted.contains(&event.stage))
            .map(|artefact| crate::dump::to_string(artefact, self.format));
        self.entries.lock().push(Collected { stage: event.stage, outcome: event.outcome, dump });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::TreeWriter;
    use crate::{reused, run, run_in_parts, skipped};

    struct Number(u32);

    impl Dump for Number {
        fn dump(&self, tree: &mut TreeWriter) {
            tree.leaf("number", |fields| fields.add("value", self.0));
        }
    }

    #[test]
    fn every_outcome_is_told_apart() {
        let table = StageTable::default();
        let collector = Collector::new(&[Stage::Dom], DumpFormat::Text);
        let both = Several(vec![&table, &collector]);
        let artefact = run(Stage::Dom, &both, || Number(7));
        reused(Stage::Dom, &both, &artefact);
        skipped(Stage::Paint, &both);
        assert_eq!((table.totals(Stage::Dom).runs, table.totals(Stage::Dom).reuses), (1, 1));
        assert_eq!(table.totals(Stage::Paint).skips, 1);
        let outcomes: Vec<_> = collector.entries().into_iter().map(|entry| entry.outcome).collect();
        assert_eq!(outcomes, [StageOutcome::Ran, StageOutcome::Reused, StageOutcome::Skipped]);
        assert_eq!(collector.last_dump(Stage::Dom).as_deref(), Some("number value=7\n"));
        assert_eq!(collector.last_dump(Stage::Paint), None);
    }

    #[test]
    fn what_is_done_with_parts_is_none_of_the_stages_time() {
        let (table, collector) =
            (StageTable::default(), Collector::new(&[Stage::Composite], DumpFormat::Text));
        let both = Several(vec![&table, &collector]);
        let started = Instant::now();
        let aside = run_in_parts(Stage::Composite, &both, |aside| {
            let began = Instant::now();
            aside.run(|| std::thread::sleep(Duration::from_millis(20)));
            began.elapsed()
        });
        let all = started.elapsed();
        assert!(table.totals(Stage::Composite).duration <= all - aside.min(Duration::from_millis(20)));
        assert_eq!(table.totals(Stage::Composite).runs, 1);
        assert_eq!(collector.last_dump(Stage::Composite), None);
    }

    #[test]
    fn the_table_has_a_row_for_every_stage() {
        let text = StageTable::default().to_string();
        assert!(Stage::ALL.iter().all(|stage| text.contains(stage.name())), "{text}");
    }
}
