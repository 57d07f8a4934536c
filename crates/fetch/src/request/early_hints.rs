//! Who is told of early hints.

use std::sync::Arc;

use crate::headers::HeaderList;

/// Is told, on a thread of the network, of the header fields of a 103 response, which come before the response and say
/// what it will need. It must return quickly.
/// <https://fetch.spec.whatwg.org/#fetch-params-process-early-hints-response>
#[derive(Clone)]
pub struct EarlyHints(Arc<dyn Fn(&HeaderList) + Send + Sync>);

impl EarlyHints {
    /// Tells this function.
    pub fn new(listener: impl Fn(&HeaderList) + Send + Sync + 'static) -> Self {
        EarlyHints(Arc::new(listener))
    }

    /// Tells of a 103 response.
    pub(crate) fn tell(&self, headers: &HeaderList) {
        (self.0)(headers);
    }
}

impl std::fmt::Debug for EarlyHints {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EarlyHints")
    }
}
