//! What the first paint waited for.

use super::answers_for;
use crate::log::{LogEntry, LogSnapshot, PageEntry};
use crate::request::Destination;

/// The chain of requests that the first paint of a page waited for: the document, what it refers to, what that refers to,
/// up to the one that blocked rendering longest.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalPath {
    /// The requests, the document first.
    pub steps: Vec<CriticalStep>,
    /// When the page could be painted, in ms since the log began.
    pub first_paint: f64,
}

/// One request of the path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalStep {
    /// Its index in [`LogSnapshot::entries`].
    pub entry: usize,
    /// When it was asked for, in ms since the log began.
    pub from: f64,
    /// When it was over, in ms since the log began.
    pub to: f64,
}

/// What the first paint of the page that began last waited for; nothing where it was not painted or the log does not have
/// its document.
pub fn critical_path(snapshot: &LogSnapshot) -> Option<CriticalPath> {
    let (index, page) = snapshot.pages.iter().enumerate().next_back()?;
    let first_paint = page.started + page.moments.first_paint?;
    let document = document_of(snapshot, index, page)?;
    // Which of those that block ended last before the paint.
    let chains = snapshot.entries.iter().enumerate().filter_map(|(at, entry)| {
        let blocks = entry.page == Some(index) && entry.is_render_blocking;
        // What came later cannot have been waited for; moments are noted a little after what brings them about.
        let in_time = entry.ended() <= first_paint;
        let chain = (blocks && in_time).then(|| chain(snapshot, at, document)).flatten()?;
        Some((entry.ended(), chain))
    });
    let longest = chains.fold(None, |longest: Option<(f64, Vec<usize>)>, next| match longest {
        Some(longest) if longest.0 >= next.0 => Some(longest),
        _ => Some(next),
    });
    let chain = longest.map_or_else(|| vec![document], |(_, chain)| chain);
    let step = |at: usize| {
        let entry = &snapshot.entries[at];
        CriticalStep { entry: at, from: entry.started, to: entry.ended() }
    };
    Some(CriticalPath { steps: chain.into_iter().map(step).collect(), first_paint })
}

fn document_of(snapshot: &LogSnapshot, index: usize, page: &PageEntry) -> Option<usize> {
    snapshot.entries.iter().position(|entry| {
        entry.page == Some(index)
            && entry.destination == Destination::Document
            && answers_for(entry, &page.url)
    })
}

/// From the document over initiators to a request; nothing where it belongs to another document, a frame's.
fn chain(snapshot: &LogSnapshot, last: usize, document: usize) -> Option<Vec<usize>> {
    let mut chain = vec![last];
    let mut current = last;
    while current != document {
        // Each step goes back in the log, so that there is an end.
        current = initiator(snapshot, current)?;
        chain.push(current);
    }
    chain.reverse();
    Some(chain)
}

/// The request before this one whose answer asked for it.
fn initiator(snapshot: &LogSnapshot, at: usize) -> Option<usize> {
    let entry: &LogEntry = &snapshot.entries[at];
    let source = entry.initiator.source.as_ref()?;
    snapshot.entries[..at]
        .iter()
        .position(|earlier| earlier.page == entry.page && answers_for(earlier, source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::sample::sample;

    fn names(snapshot: &LogSnapshot) -> Vec<&str> {
        let path = critical_path(snapshot).unwrap();
        path.steps.iter().map(|step| snapshot.entries[step.entry].url.path()).collect()
    }

    #[test]
    fn the_path_goes_from_the_document_over_sheets_to_the_last_import() {
        assert_eq!(names(&sample()), ["/old", "/style.css", "/theme.css"]);
    }

    #[test]
    fn what_came_after_the_paint_was_not_waited_for() {
        let mut snapshot = sample();
        let import = snapshot.entries.iter().position(|entry| entry.url.path() == "/theme.css").unwrap();
        snapshot.entries[import].is_render_blocking = false;
        assert_eq!(names(&snapshot), ["/old", "/style.css"]);
        snapshot.pages[0].moments.first_paint = None;
        assert_eq!(critical_path(&snapshot), None);
    }
}
