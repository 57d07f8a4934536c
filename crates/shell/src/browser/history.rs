//! Where the user has been. <https://html.spec.whatwg.org/multipage/document-sequences.html#session-history>

use fanlight_base::geometry::CssVector;

/// Tells loads apart: places of one document can be gone to without loading it again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DocumentNumber(pub u64);

/// One place: an address, the document that it is in, and how far that was scrolled.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The URL.
    pub address: String,
    /// The load that showed it last.
    pub document: DocumentNumber,
    /// In CSS px.
    pub scroll: CssVector,
}

/// The places in the order of visiting, and the present one.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<Entry>,
    present: usize,
}

/// Where a page that has been loaded goes in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// After the present place; what was ahead is forgotten.
    New,
    /// At a place that is there already.
    At(usize),
}

impl History {
    /// Goes to a place.
    pub fn arrive(&mut self, placement: Placement, address: &str, document: DocumentNumber) {
        match placement {
            Placement::At(index) if index < self.entries.len() => {
                let entry = &mut self.entries[index];
                address.clone_into(&mut entry.address);
                entry.document = document;
                self.present = index;
            }
            Placement::At(_) | Placement::New => {
                self.entries.truncate(self.present + 1);
                let address = address.to_owned();
                self.entries.push(Entry { address, document, scroll: CssVector::zero() });
                self.present = self.entries.len() - 1;
            }
        }
    }

    /// The present place.
    pub fn present(&self) -> Option<&Entry> {
        self.entries.get(self.present)
    }

    /// The number of the present place.
    pub fn present_index(&self) -> usize {
        self.present
    }

    /// A place by its number.
    pub fn entry(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// Remembers how far the present place is scrolled.
    pub fn remember_scroll(&mut self, scroll: CssVector) {
        if let Some(entry) = self.entries.get_mut(self.present) {
            entry.scroll = scroll;
        }
    }

    /// Whether there is a place before.
    pub fn can_go_back(&self) -> bool {
        self.present > 0
    }

    /// Whether there is a place after.
    pub fn can_go_forward(&self) -> bool {
        self.present + 1 < self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrive(history: &mut History, placement: Placement, address: &str) {
        history.arrive(placement, address, DocumentNumber(0));
    }

    fn present(history: &History) -> &str {
        &history.present().unwrap().address
    }

    #[test]
    fn a_new_place_forgets_what_was_ahead() {
        let mut history = History::default();
        for address in ["a", "b", "c"] {
            arrive(&mut history, Placement::New, address);
        }
        arrive(&mut history, Placement::At(0), "a");
        assert!(!history.can_go_back() && history.can_go_forward());
        arrive(&mut history, Placement::New, "d");
        assert_eq!((present(&history), history.can_go_forward()), ("d", false));
        assert_eq!(history.entry(0).unwrap().address, "a");
        assert!(history.entry(2).is_none());
    }

    #[test]
    fn a_place_keeps_its_scrolling_and_takes_another_address() {
        let mut history = History::default();
        arrive(&mut history, Placement::New, "a");
        history.remember_scroll(CssVector::new(0.0, 7.0));
        arrive(&mut history, Placement::New, "b");
        arrive(&mut history, Placement::At(0), "redirected");
        let entry = history.present().unwrap();
        assert_eq!((&*entry.address, entry.scroll.y), ("redirected", 7.0));
    }
}
