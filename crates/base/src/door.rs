//! The one door: every stage is called through [`run`], which times it and shows what it made.

use std::time::{Duration, Instant};

use crate::dump::Dump;
use crate::observer::{Observer, StageEvent, StageOutcome};
use crate::stage::Stage;

/// Calls a stage, and tells `observer` when it started, how long it took and what it made.
///
/// No stage has a flag of its own for timing or dumping; whoever wants to know observes.
pub fn run<T: Dump>(stage: Stage, observer: &dyn Observer, work: impl FnOnce() -> T) -> T {
    let _span = tracing::info_span!("stage", name = stage.name()).entered();
    let started = Instant::now();
    observer.stage_started(stage, started);
    let artefact = work();
    let duration = started.elapsed();
    observer.stage_ended(&StageEvent {
        stage,
        started,
        duration,
        outcome: StageOutcome::Ran,
        artefact: Some(&artefact),
    });
    artefact
}

/// Tells `observer` that the stage's last artefact still holds, so that a missing time is never ambiguous.
pub fn reused(stage: Stage, observer: &dyn Observer, artefact: &dyn Dump) {
    report(stage, observer, StageOutcome::Reused, Some(artefact));
}

/// Tells `observer` that the stage was not needed.
pub fn skipped(stage: Stage, observer: &dyn Observer) {
    report(stage, observer, StageOutcome::Skipped, None);
}

fn report(stage: Stage, observer: &dyn Observer, outcome: StageOutcome, artefact: Option<&dyn Dump>) {
    observer.stage_ended(&StageEvent {
        stage,
        started: Instant::now(),
        duration: Duration::ZERO,
        outcome,
        artefact,
    });
}
