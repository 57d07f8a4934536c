//! A trace of the stages in Chrome's trace-event format, which Perfetto and `chrome://tracing` open.
//! <https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>

use std::time::{Duration, Instant};

use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::observer::{Observer, StageEvent, StageOutcome};

/// Collects complete events ("ph": "X"); times are µs since the trace began.
pub struct ChromeTrace {
    origin: Instant,
    events: Mutex<Vec<Value>>,
}

impl ChromeTrace {
    /// A trace that begins now.
    pub fn start() -> Self {
        ChromeTrace { origin: Instant::now(), events: Mutex::default() }
    }

    /// Adds a span that is not a stage: a sub-step, a request. `track` becomes the row in the viewer.
    pub fn add_span(
        &self,
        track: u32,
        category: &str,
        name: &str,
        started: Instant,
        duration: Duration,
        args: Value,
    ) {
        let timestamp = microseconds(started.saturating_duration_since(self.origin));
        self.events.lock().push(json!({
            "name": name, "cat": category, "ph": "X", "ts": timestamp, "dur": microseconds(duration),
            "pid": 1, "tid": track, "args": args,
        }));
    }

    /// The whole trace as JSON.
    pub fn to_json(&self) -> String {
        let mut events = vec![json!({
            "name": "process_name", "ph": "M", "pid": 1, "tid": 0, "args": { "name": "fanlight" },
        })];
        events.extend(self.events.lock().iter().cloned());
        json!({ "displayTimeUnit": "ms", "traceEvents": events }).to_string()
    }
}

fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

impl Observer for ChromeTrace {
    fn stage_ended(&self, event: &StageEvent<'_>) {
        let args = json!({ "outcome": event.outcome.name() });
        match event.outcome {
            StageOutcome::Ran => {
                self.add_span(1, "stage", event.stage.name(), event.started, event.duration, args);
            }
            StageOutcome::Reused | StageOutcome::Skipped => {
                let timestamp = microseconds(event.started.saturating_duration_since(self.origin));
                self.events.lock().push(json!({
                    "name": event.stage.name(), "cat": "stage", "ph": "i", "s": "t", "ts": timestamp,
                    "pid": 1, "tid": 1, "args": args,
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::{Dump, TreeWriter};
    use crate::{Stage, run, skipped};

    struct Nothing;

    impl Dump for Nothing {
        fn dump(&self, _tree: &mut TreeWriter) {}
    }

    #[test]
    fn each_stage_is_one_event_with_its_outcome() {
        let trace = ChromeTrace::start();
        run(Stage::Style, &trace, || Nothing);
        skipped(Stage::Composite, &trace);
        let json: Value = serde_json::from_str(&trace.to_json()).unwrap();
        let events = json["traceEvents"].as_array().unwrap();
        assert_eq!(events[1]["name"], "style");
        assert_eq!(events[1]["ph"], "X");
        assert_eq!(events[2]["args"]["outcome"], "skipped");
    }
}
