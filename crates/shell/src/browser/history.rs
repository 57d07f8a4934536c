//! Where the user has been. <https://html.spec.whatwg.org/multipage/document-sequences.html#session-history>

use fanlight_base::geometry::CssVector;

/// One place: an address, and how far it was scrolled.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The URL.
    pub address: String,
    /// In CSS px.
    pub scroll: CssVector,
}

/// The places in the order of visiting, and the present one.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<Entry>,
    present: usize,
}

impl History {
    /// Goes to a new place; what was ahead is forgotten. The present place again is not a new one.
    pub fn push(&mut self, address: &str) {
        if self.present().is_some_and(|entry| entry.address == address) {
            return;
        }
        self.entries.truncate(self.present + 1);
        self.entries.push(Entry { address: address.to_owned(), scroll: CssVector::zero() });
        self.present = self.entries.len() - 1;
    }

    /// The present place.
    pub fn present(&self) -> Option<&Entry> {
        self.entries.get(self.present)
    }

    /// Another address for the present place, as after a redirect.
    pub fn replace_address(&mut self, address: &str) {
        if let Some(entry) = self.entries.get_mut(self.present) {
            address.clone_into(&mut entry.address);
        }
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

    /// Goes to the place before.
    pub fn back(&mut self) -> Option<&Entry> {
        if !self.can_go_back() {
            return None;
        }
        self.present -= 1;
        self.present()
    }

    /// Goes to the place after.
    pub fn forward(&mut self) -> Option<&Entry> {
        if !self.can_go_forward() {
            return None;
        }
        self.present += 1;
        self.present()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_place_forgets_what_was_ahead() {
        let mut history = History::default();
        assert!(history.back().is_none());
        for address in ["a", "b", "c"] {
            history.push(address);
        }
        assert_eq!(history.back().map(|entry| &*entry.address), Some("b"));
        assert_eq!(history.back().map(|entry| &*entry.address), Some("a"));
        assert_eq!(history.forward().map(|entry| &*entry.address), Some("b"));
        history.push("d");
        assert!(!history.can_go_forward());
        assert_eq!(history.back().map(|entry| &*entry.address), Some("b"));
    }

    #[test]
    fn the_same_place_is_not_entered_twice_and_keeps_its_scrolling() {
        let mut history = History::default();
        history.push("a");
        history.remember_scroll(CssVector::new(0.0, 7.0));
        history.push("a");
        history.push("b");
        assert_eq!(history.back().map(|entry| entry.scroll.y), Some(7.0));
        assert!(!history.can_go_back());
    }
}
