//! What has gone against the document's policies, until the document has loaded: then it is reported where they ask for it.
//! <https://www.w3.org/TR/CSP3/#report-violation>

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use fanlight_fetch::limits::MAX_REPORTS;
use fanlight_fetch::policy::csp::Violation;
use fanlight_fetch::policy::reports::delivery::{self, Found};
use parking_lot::Mutex;

use super::Loader;

/// Violations that wait to be reported. Clones are the same list.
#[derive(Clone, Default)]
pub(crate) struct Violations {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    waiting: Vec<(Violation, Option<u32>, Instant)>,
    /// All that there were, in words: nothing is reported twice.
    known: BTreeSet<String>,
}

impl Violations {
    /// Adds one, with its line in the document, unless it is known or there are too many.
    pub(crate) fn add(&self, violation: &Violation, line: Option<u32>) {
        if violation.policy().report_endpoints().is_empty() {
            return;
        }
        let mut state = self.state.lock();
        let words = format!("{line:?} {} {} {violation}", violation.policy().text(), violation.directive);
        if state.known.len() < MAX_REPORTS && state.known.insert(words) {
            state.waiting.push((violation.clone(), line, Instant::now()));
        }
    }

    fn take(&self) -> Vec<Found> {
        let waiting = std::mem::take(&mut self.state.lock().waiting);
        let found = |(violation, line, at): (Violation, _, Instant)| {
            let age = u64::try_from(at.elapsed().as_millis()).unwrap_or(u64::MAX);
            Found { violation, line, age }
        };
        waiting.into_iter().map(found).collect()
    }
}

impl Loader {
    /// Reports what waits for it. Nothing waits for the reports.
    pub(super) fn report_violations(&self) {
        let status = self.http_error.as_ref().map_or(200, |(status, _)| *status);
        for found in self.violations.take() {
            for request in delivery::requests(&found, &self.client, status) {
                self.environment.fetcher().send_report(request);
            }
        }
    }
}
