//! From characters of a text node to characters of an inline formatting context and back.

use std::ops::Range;

use smallvec::SmallVec;

/// A stretch of characters that stand in both texts with the same length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    dom: u32,
    text: u32,
    length: u32,
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
            && last.dom + last.length == dom
            && last.text + last.length == text
        {
            last.length += length;
            return;
        }
        self.stretches.push(Stretch { dom, text, length });
    }

    /// Forgets what maps to the text from `end` on: trailing blanks that collapsed after all.
    pub(crate) fn truncate_text(&mut self, end: u32) {
        while let Some(last) = self.stretches.last_mut() {
            if last.text + last.length <= end {
                break;
            }
            if last.text < end {
                last.length = end - last.text;
                break;
            }
            self.stretches.pop();
        }
    }

    /// The place in the text of a place in the node. Where characters collapsed, the place after them.
    pub fn to_text(&self, dom: u32) -> Option<u32> {
        let index = self.stretches.partition_point(|stretch| stretch.dom + stretch.length <= dom);
        match self.stretches.get(index) {
            Some(stretch) => Some(stretch.text + dom.saturating_sub(stretch.dom)),
            None => self.stretches.last().map(|last| last.text + last.length),
        }
    }

    /// The place in the node of a place in the text.
    pub fn to_dom(&self, text: u32) -> Option<u32> {
        let index = self.stretches.partition_point(|stretch| stretch.text + stretch.length <= text);
        match self.stretches.get(index) {
            Some(stretch) => Some(stretch.dom + text.saturating_sub(stretch.text)),
            None => self.stretches.last().map(|last| last.dom + last.length),
        }
    }

    /// The characters of the node that a range of the text shows, with those that collapsed between them.
    pub fn dom_range(&self, text: Range<u32>) -> Option<Range<u32>> {
        let last = text.end.checked_sub(1)?;
        (text.start <= last).then_some(())?;
        Some(self.to_dom(text.start)?..self.to_dom(last)? + 1)
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
