//! From characters of a text node to characters of an inline formatting context and back.

use std::ops::Range;

use smallvec::SmallVec;

/// A stretch of characters that stand in both texts with the same length, or a cluster that became another of another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    dom: u32,
    text: u32,
    /// In the node.
    dom_length: u32,
    /// In the text.
    length: u32,
}

impl Stretch {
    /// Whether places in it have places of their own in the other text.
    fn is_unchanged(&self) -> bool {
        self.dom_length == self.length
    }
}

/// Maps UTF-8 byte offsets of a text node to those of the text of an inline formatting context, where white space is
/// collapsed and letters may be transformed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    stretches: SmallVec<[Stretch; 1]>,
}

impl OffsetMap {
    /// Adds characters that came through unchanged; offsets grow from call to call.
    pub(crate) fn push(&mut self, dom: u32, text: u32, length: u32) {
        if let Some(last) = self.stretches.last_mut()
            && last.is_unchanged()
            && last.dom + last.length == dom
            && last.text + last.length == text
        {
            last.dom_length += length;
            last.length += length;
            return;
        }
        self.stretches.push(Stretch { dom, text, dom_length: length, length });
    }

    /// Adds characters that became others, as a whole.
    pub(crate) fn push_changed(&mut self, dom: Range<u32>, text: Range<u32>) {
        if dom.len() == text.len() {
            self.push(dom.start, text.start, text.len() as u32);
        } else if !dom.is_empty() && !text.is_empty() {
            let (dom_length, length) = (dom.len() as u32, text.len() as u32);
            self.stretches.push(Stretch { dom: dom.start, text: text.start, dom_length, length });
        }
    }

    /// Forgets what maps to the text from `end` on: trailing blanks that collapsed after all.
    pub(crate) fn truncate_text(&mut self, end: u32) {
        while let Some(last) = self.stretches.last_mut() {
            if last.text + last.length <= end {
                break;
            }
            if last.text < end {
                let length = end - last.text;
                last.dom_length = if last.is_unchanged() { length } else { last.dom_length };
                last.length = length;
                break;
            }
            self.stretches.pop();
        }
    }

    /// The place in the text of a place in the node. Where characters collapsed, the place after them.
    pub fn to_text(&self, dom: u32) -> Option<u32> {
        let index = self.stretches.partition_point(|stretch| stretch.dom + stretch.dom_length <= dom);
        match self.stretches.get(index) {
            Some(stretch) if !stretch.is_unchanged() => Some(stretch.text),
            Some(stretch) => Some(stretch.text + dom.saturating_sub(stretch.dom)),
            None => self.stretches.last().map(|last| last.text + last.length),
        }
    }

    /// The place in the node of a place in the text.
    pub fn to_dom(&self, text: u32) -> Option<u32> {
        let index = self.stretches.partition_point(|stretch| stretch.text + stretch.length <= text);
        match self.stretches.get(index) {
            Some(stretch) if !stretch.is_unchanged() => Some(stretch.dom),
            Some(stretch) => Some(stretch.dom + text.saturating_sub(stretch.text)),
            None => self.stretches.last().map(|last| last.dom + last.dom_length),
        }
    }

    /// The characters of the node that a range of the text shows, with those that collapsed between them.
    pub fn dom_range(&self, text: Range<u32>) -> Option<Range<u32>> {
        let last = text.end.checked_sub(1)?;
        (text.start <= last).then_some(())?;
        let index = self.stretches.partition_point(|stretch| stretch.text + stretch.length <= last);
        let end = match self.stretches.get(index) {
            Some(stretch) if !stretch.is_unchanged() => stretch.dom + stretch.dom_length,
            _ => self.to_dom(last)? + 1,
        };
        Some(self.to_dom(text.start)?..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a  b` of the node became `a b`.
    fn collapsed() -> OffsetMap {
        let mut map = OffsetMap::default();
        map.push(0, 10, 2);
        map.push(3, 12, 1);
        map
    }

    #[test]
    fn a_letter_that_became_longer_or_shorter_maps_as_a_whole() {
        // `iı` became `İI`.
        let mut map = OffsetMap::default();
        map.push_changed(0..1, 0..2);
        map.push_changed(1..3, 2..3);
        assert_eq!(map.dom_range(0..3), Some(0..3));
        assert_eq!(map.dom_range(0..2), Some(0..1));
        assert_eq!([0, 1, 2].map(|dom| map.to_text(dom)), [Some(0), Some(2), Some(2)]);
        assert_eq!([0, 1, 2].map(|text| map.to_dom(text)), [Some(0), Some(0), Some(1)]);
    }

    #[test]
    fn offsets_map_both_ways_over_collapsed_blanks() {
        let map = collapsed();
        assert_eq!([0, 1, 2, 3].map(|dom| map.to_text(dom)), [Some(10), Some(11), Some(12), Some(12)]);
        assert_eq!([10, 11, 12].map(|text| map.to_dom(text)), [Some(0), Some(1), Some(3)]);
        assert_eq!(map.dom_range(10..13), Some(0..4));
    }

    #[test]
    fn blanks_that_collapse_later_are_forgotten() {
        let mut map = collapsed();
        map.truncate_text(11);
        assert_eq!(map.to_dom(12), Some(1));
    }
}
