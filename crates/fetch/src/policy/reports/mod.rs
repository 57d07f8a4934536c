//! What has gone against a document's policies, until somebody asks; [`delivery`]: how it is reported, [`endpoints`]: where to.

pub mod delivery;
mod endpoints;

use std::sync::Arc;

use parking_lot::Mutex;

pub use endpoints::ReportingEndpoints;

use super::csp::Violation;
use crate::limits::MAX_VIOLATIONS;

/// What has gone against a document's policies since this was asked last. Clones are the same list.
#[derive(Clone, Default)]
pub struct Reports {
    list: Arc<Mutex<Vec<Violation>>>,
}

impl Reports {
    /// Adds violations, as long as there is room.
    pub fn add(&self, violations: Vec<Violation>) {
        if violations.is_empty() {
            return;
        }
        let mut list = self.list.lock();
        let room = MAX_VIOLATIONS.saturating_sub(list.len());
        list.extend(violations.into_iter().take(room));
    }

    /// What there is, told once.
    pub fn take(&self) -> Vec<Violation> {
        std::mem::take(&mut *self.list.lock())
    }
}

impl std::fmt::Debug for Reports {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.list.lock().iter()).finish()
    }
}
