//! Splitting text where the script or the font changes.
//! <https://www.unicode.org/reports/tr24/>

use std::ops::Range;

use smallvec::{SmallVec, smallvec};
use unicode_script::{Script, UnicodeScript};

use super::{Orientation, capitals};
use crate::description::FontCaps;
use crate::font::Font;
use crate::fonts::{FontChoice, FontStack};
use crate::segment::grapheme_ends;

/// Text of one script in one font.
pub(crate) struct Item {
    pub range: Range<usize>,
    pub script: [u8; 4],
    pub font: Font,
    /// Whether glyphs stand upright on a vertical line.
    pub upright: bool,
    /// Whether capitals are shown in the place of small letters.
    pub capitals: bool,
}

const LATIN: [u8; 4] = *b"Latn";
const COMMON: [u8; 4] = *b"Zyyy";

/// The items of `range`, in logical order.
pub(crate) fn items(
    stack: &FontStack,
    text: &str,
    range: Range<usize>,
    orientation: Orientation,
) -> SmallVec<[Item; 1]> {
    let items = items_by_font(stack, text, range, orientation);
    match stack.description().caps {
        FontCaps::Normal => items,
        _ => capitals::imitate(stack, text, items),
    }
}

fn items_by_font(
    stack: &FontStack,
    text: &str,
    range: Range<usize>,
    orientation: Orientation,
) -> SmallVec<[Item; 1]> {
    if range.is_empty() {
        return SmallVec::new();
    }
    if text[range.clone()].is_ascii() && stack.covers_ascii() {
        let upright = orientation == Orientation::Upright;
        return smallvec![Item {
            range,
            script: LATIN,
            font: stack.primary().clone(),
            upright,
            capitals: false
        }];
    }
    let mut items = SmallVec::<[Item; 1]>::new();
    let mut script = first_script(&text[range.clone()]);
    let mut choice = FontChoice::Listed(stack.primary().clone());
    let mut start = range.start;
    for end in grapheme_ends(&text[range.clone()]) {
        let end = range.start + end;
        let cluster = &text[start..end];
        if let Some(own) = script_of(cluster) {
            script = own;
        }
        choice = stack.font_for_cluster(cluster, script, &choice);
        let font = choice.font();
        let upright = match orientation {
            Orientation::Horizontal => false,
            Orientation::Upright => true,
            Orientation::Mixed => stands_upright(cluster),
        };
        match items.last_mut() {
            Some(item) if item.font == *font && item.script == script && item.upright == upright => {
                item.range.end = end;
            }
            _ => items.push(Item { range: start..end, script, font: font.clone(), upright, capitals: false }),
        }
        start = end;
    }
    items
}

/// Characters without a script of their own take that of the text before them; at the beginning, of the text after.
fn first_script(text: &str) -> [u8; 4] {
    text.chars().find_map(|character| own_script(character.script())).unwrap_or(COMMON)
}

fn script_of(cluster: &str) -> Option<[u8; 4]> {
    if cluster.len() == 1 {
        return cluster.as_bytes()[0].is_ascii_alphabetic().then_some(LATIN);
    }
    cluster.chars().find_map(|character| own_script(character.script()))
}

fn own_script(script: Script) -> Option<[u8; 4]> {
    match script {
        Script::Common | Script::Inherited | Script::Unknown => None,
        // The shaper treats the two syllabaries alike, and text mixes them.
        Script::Katakana => Some(*b"Hira"),
        script => script.short_name().as_bytes().first_chunk::<4>().copied(),
    }
}

/// Whether a cluster stands upright in a vertical line of mixed orientation: the scripts of East Asia, their
/// punctuation and full-width forms, and pictures.
/// <https://www.unicode.org/reports/tr50/>
fn stands_upright(cluster: &str) -> bool {
    let Some(base) = cluster.chars().next() else { return false };
    matches!(u32::from(base),
        0x1100..=0x11FF | 0x1401..=0x167F | 0x18B0..=0x18FF
        | 0x203C | 0x2042 | 0x2047..=0x2049 | 0x2051
        | 0x2100..=0x2101 | 0x2103..=0x2109 | 0x2116 | 0x2121..=0x2122
        | 0x2300..=0x2307 | 0x231A..=0x231B | 0x2460..=0x24FF | 0x25A0..=0x26FF | 0x2700..=0x2767
        | 0x2E80..=0x301B | 0x3020..=0x302F | 0x3031..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7FF
        | 0xE000..=0xFAFF | 0xFE10..=0xFE1F | 0xFE30..=0xFE48 | 0xFE50..=0xFE57 | 0xFE5F..=0xFE62
        | 0xFE67..=0xFE6F | 0xFF01..=0xFF07 | 0xFF0A..=0xFF0C | 0xFF0E..=0xFF19 | 0xFF1F..=0xFF3A
        | 0xFF3C | 0xFF3E | 0xFF40..=0xFF5A | 0xFFE0..=0xFFE2 | 0xFFE4..=0xFFE7
        | 0x16FE0..=0x18AFF | 0x1AFF0..=0x1B2FF | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFD)
}
