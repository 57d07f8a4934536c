//! The one door: every stage is called through [`run`], which times it and shows what it made.

use std::time::{Duration, Instant};

use crate::dump::Dump;
use crate::observer::{Observer, StageEvent, StageOutcome};
use crate::stage::Stage;

/// Calls a stage, and tells `observer` when it started, how long it took and what it made.
///
/// No stage has a flag of its own for timing or dumping; whoever wants to know observes.
pub fn run<T: Dump>(stage: Stage, observer: &dyn Observer, work: impl FnOnce() -> T) -> T {
    enter(stage, observer, |_| work(), |artefact| Some(artefact))
}

/// Calls a stage that hands on what it makes part by part, so that nobody has it as a whole. What is done with the parts
/// meanwhile is [`Aside`].
pub fn run_in_parts<T>(stage: Stage, observer: &dyn Observer, work: impl FnOnce(&mut Aside) -> T) -> T {
    enter(stage, observer, work, |_| None)
}

/// What is done during a stage and is none of its work.
#[derive(Default)]
pub struct Aside(Duration);

impl Aside {
    /// Does something that does not count as the stage's time.
    pub fn run<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let made = work();
        self.0 += started.elapsed();
        made
    }
}

fn enter<T>(
    stage: Stage,
    observer: &dyn Observer,
    work: impl FnOnce(&mut Aside) -> T,
    artefact: impl FnOnce(&T) -> Option<&dyn Dump>,
) -> T {
    let _span = tracing::info_span!("stage", name = stage.name()).entered();
    let started = Instant::now();
    observer.stage_started(stage, started);
    let mut aside = Aside::default();
    let made = work(&mut aside);
    let duration = started.elapsed().saturating_sub(aside.0);
    observer.stage_ended(&StageEvent {
        stage,
        started,
        duration,
        outcome: StageOutcome::Ran,
        artefact: artefact(&made),
    });
    made
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
