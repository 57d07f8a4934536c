//! Flattens what is in an inline formatting context into one text and a list of items.
//!
//! White space is collapsed here, over the borders of inline boxes.
//! <https://drafts.csswg.org/css-text-4/#white-space-phase-1>

use std::sync::Arc;
use thin_vec::ThinVec;

use super::inline_contents::{InlineContents, InlineItem, InlineItemKind};
use super::offset_map::OffsetMap;
use super::text_transform::{TextTransform, ends_in_word};
use super::{BoxId, BoxKind, BoxTree, ruby};
use crate::style::{self, Positioning, WhiteSpace};

/// Stands in the text for something that is not text.
const OBJECT: char = '\u{fffc}';
/// What no line breaks beside.
const WORD_JOINER: char = '\u{2060}';

/// Flattens inline-level children of a block container.
pub(crate) fn collect(tree: &BoxTree, container: BoxId, mut children: Vec<BoxId>) -> InlineContents {
    let length = |&child: &BoxId| match &tree.get(child).kind {
        BoxKind::Text(text) => text.len(),
        _ => 0,
    };
    let contents = InlineContents {
        text: String::with_capacity(children.iter().map(length).sum()),
        items: ThinVec::with_capacity(children.len()),
        ..InlineContents::default()
    };
    let mut collector = Collector::new(tree, contents, 0);
    collector.open_bidi(container, false);
    collector.collect(&children);
    collector.remove_trailing_space();
    let mut contents = collector.contents;
    // They stay for as long as the boxes do.
    contents.text.shrink_to_fit();
    contents.items.shrink_to_fit();
    children.shrink_to_fit();
    contents.children = children;
    contents
}

/// What is in an inline formatting context, piece by piece: the page decides how deep inline boxes nest.
enum Step {
    Enter(BoxId),
    Leave(BoxId),
    Ruby(ruby::Part),
}

fn is_taken_out(tree: &BoxTree, id: BoxId) -> bool {
    let computed = &tree.get(id).style;
    style::is_floating(computed)
        || matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed)
}

pub(super) struct Collector<'a> {
    pub(super) tree: &'a BoxTree,
    pub(super) contents: InlineContents,
    /// The item and the place of the collapsible space that the text ends with, positions without width aside.
    pub(super) after_collapsible_space: Option<(usize, u32)>,
    /// Whether collapsible spaces vanish here: at the start of a line.
    pub(super) at_line_start: bool,
    /// Whether the text ends within a word, for `text-transform: capitalize`.
    in_word: bool,
    pub(super) ruby: ruby::OpenColumns,
}

impl<'a> Collector<'a> {
    /// `ruby_depth`: how deep in ruby annotations this is.
    pub(super) fn new(tree: &'a BoxTree, contents: InlineContents, ruby_depth: usize) -> Collector<'a> {
        Collector {
            tree,
            contents,
            after_collapsible_space: None,
            at_line_start: true,
            in_word: false,
            ruby: ruby::OpenColumns::new(ruby_depth),
        }
    }

    /// Takes boxes and all that is in them.
    pub(super) fn collect(&mut self, boxes: &[BoxId]) {
        let mut steps: Vec<Step> = boxes.iter().rev().map(|&child| Step::Enter(child)).collect();
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(id) => {
                    let BoxKind::Inline(inside) = &self.tree.get(id).kind else {
                        self.leaf(id);
                        continue;
                    };
                    if is_taken_out(self.tree, id) {
                        self.leaf(id);
                    } else if ruby::is_annotation(self.tree, id) && self.ruby.can_nest() {
                        // It is in no ruby container that would have given it a base.
                        self.open_column(id);
                        self.close_column(id);
                    } else {
                        self.open(id);
                        steps.push(Step::Leave(id));
                        if ruby::is_container(self.tree, id) && self.ruby.can_nest() {
                            steps.extend(ruby::parts(self.tree, inside).into_iter().rev().map(Step::Ruby));
                        } else {
                            steps.extend(inside.iter().rev().map(|&child| Step::Enter(child)));
                        }
                    }
                }
                Step::Ruby(ruby::Part::Child(id)) => steps.push(Step::Enter(id)),
                Step::Ruby(ruby::Part::Open(id)) => self.open_column(id),
                Step::Ruby(ruby::Part::Close(id)) => self.close_column(id),
                Step::Leave(id) => self.close(id),
            }
        }
    }

    fn end(&self) -> u32 {
        self.contents.text.len() as u32
    }

    fn push(&mut self, kind: InlineItemKind, box_id: BoxId, start: u32, map: Option<Arc<OffsetMap>>) {
        let range = start..self.end();
        self.contents.items.push(InlineItem { kind, box_id, range, map });
    }

    pub(super) fn push_character(&mut self, kind: InlineItemKind, box_id: BoxId, character: char) {
        let start = self.end();
        self.contents.text.push(character);
        self.push(kind, box_id, start, None);
    }

    pub(super) fn open(&mut self, id: BoxId) {
        let start = self.end();
        self.open_bidi(id, true);
        self.push(InlineItemKind::OpenBox, id, start, None);
    }

    /// The control characters that `unicode-bidi` stands for.
    /// <https://drafts.csswg.org/css-writing-modes-4/#unicode-bidi>
    fn open_bidi(&mut self, id: BoxId, is_inline: bool) {
        let (open, _) = style::bidi_controls(&self.tree.get(id).style, is_inline);
        self.contents.text.push_str(open);
    }

    pub(super) fn close(&mut self, id: BoxId) {
        let start = self.end();
        let (_, close) = style::bidi_controls(&self.tree.get(id).style, true);
        self.contents.text.push_str(close);
        self.push(InlineItemKind::CloseBox, id, start, None);
    }

    fn leaf(&mut self, id: BoxId) {
        let layout_box = self.tree.get(id);
        let computed = &layout_box.style;
        match &layout_box.kind {
            BoxKind::Text(text) => self.text(id, text),
            BoxKind::LineBreak => self.forced_break(id),
            BoxKind::WordBreakOpportunity => {
                self.push_character(InlineItemKind::WordBreakOpportunity, id, '\u{200b}');
            }
            _ if matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed) => {
                let start = self.end();
                self.push(InlineItemKind::OutOfFlow, id, start, None);
            }
            _ if style::is_floating(computed) => {
                let start = self.end();
                self.push(InlineItemKind::Float, id, start, None);
            }
            _ if self.tree.is_outside_marker(id) => {
                // It stands beside the line, which begins after it and cannot end there.
                self.push_character(InlineItemKind::Atomic, id, WORD_JOINER);
            }
            _ if style::is_inline_level(computed) => {
                self.after_collapsible_space = None;
                self.at_line_start = false;
                self.in_word = false;
                self.push_character(InlineItemKind::Atomic, id, OBJECT);
            }
            _ => {
                self.remove_trailing_space();
                self.push_character(InlineItemKind::Block, id, OBJECT);
                self.begin_line();
            }
        }
    }

    fn begin_line(&mut self) {
        self.after_collapsible_space = None;
        self.at_line_start = true;
        self.in_word = false;
    }

    fn forced_break(&mut self, id: BoxId) {
        if self.ruby.is_inside() {
            // Bases and annotations go on.
            self.push_character(InlineItemKind::Text, id, ' ');
            return;
        }
        self.remove_trailing_space();
        self.push_character(InlineItemKind::ForcedBreak, id, '\n');
        self.begin_line();
    }

    /// Takes back the collapsible space that would end a line.
    pub(super) fn remove_trailing_space(&mut self) {
        let Some((index, at)) = self.after_collapsible_space.take() else { return };
        self.contents.text.remove(at as usize);
        let item = &mut self.contents.items[index];
        item.range.end -= 1;
        if let Some(map) = &mut item.map {
            Arc::make_mut(map).truncate_text(at);
        }
        for later in &mut self.contents.items[index + 1..] {
            later.range.start -= 1;
            later.range.end -= 1;
        }
    }

    /// The text of a box that combines it: white space collapses within, and vanishes at its ends, unless it is preserved.
    /// Forced breaks are spaces. <https://drafts.csswg.org/css-writing-modes-4/#text-combine-layout>
    fn combined_text(&mut self, id: BoxId, text: &str) {
        let computed = self.tree.get(id).style.clone();
        let transform = TextTransform::of(&computed, text);
        let text_start = self.tree.get(id).text_start;
        let mut run = TextRun { id, start: self.end(), map: OffsetMap::default(), last_space: None };
        let preserves_spaces = style::white_space(&computed).preserves_spaces;
        let (mut at, mut is_first) = (text_start, true);
        for word in text.split([' ', '\t', '\n', '\r', '\u{c}']) {
            let has_space =
                if preserves_spaces { !is_first } else { !word.is_empty() && run.start != self.end() };
            if has_space {
                run.map.push(at - 1, self.end(), 1);
                self.contents.text.push(' ');
            }
            if !word.is_empty() {
                self.characters(&mut run, transform.as_ref(), word, at);
            }
            at += word.len() as u32 + 1;
            is_first = false;
        }
        let map = Arc::new(run.map);
        self.push(InlineItemKind::CombinedText, id, run.start, Some(map));
        self.in_word = false;
    }

    fn text(&mut self, id: BoxId, text: &str) {
        let computed = self.tree.get(id).style.clone();
        if style::combines_text(&computed) && !text.trim_ascii().is_empty() {
            self.combined_text(id, text);
            return;
        }
        let white_space = style::white_space(&computed);
        let transform = TextTransform::of(&computed, text);
        let text_start = self.tree.get(id).text_start;
        let mut run = TextRun { id, start: self.end(), map: OffsetMap::default(), last_space: None };
        let mut rest = text;
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let plain = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
            if plain > 0 {
                self.characters(&mut run, transform.as_ref(), &rest[..plain], text_start + at as u32);
                rest = &rest[plain..];
                continue;
            }
            let length = match white_space {
                WhiteSpace { preserves_spaces: true, .. } => 1,
                _ => rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len(),
            };
            let (blanks, after) = rest.split_at(length);
            rest = after;
            let next = after.chars().next();
            self.blanks(&mut run, white_space, blanks, text_start + at as u32, next);
        }
        self.flush(run);
    }

    /// Characters that are not white space.
    fn characters(&mut self, run: &mut TextRun, transform: Option<&TextTransform<'_>>, text: &str, dom: u32) {
        run.last_space = None;
        self.after_collapsible_space = None;
        self.at_line_start = false;
        let start = self.end();
        match transform {
            Some(transform) => {
                transform.apply(text, dom, self.in_word, &mut self.contents.text, &mut run.map);
            }
            None => {
                self.contents.text.push_str(text);
                run.map.push(dom, start, text.len() as u32);
            }
        }
        self.in_word = ends_in_word(text);
    }

    /// White space before `next`; when spaces are preserved, one character of it.
    fn blanks(
        &mut self,
        run: &mut TextRun,
        white_space: WhiteSpace,
        blanks: &str,
        dom: u32,
        next: Option<char>,
    ) {
        self.in_word = false;
        let feeds = blanks.contains('\n');
        if white_space.preserves_spaces {
            match blanks {
                "\n" if white_space.preserves_breaks && !self.ruby.is_inside() => {
                    self.flush_into(run);
                    let start = self.end();
                    self.contents.text.push('\n');
                    self.push(InlineItemKind::ForcedBreak, run.id, start, Some(single(dom, start)));
                    self.begin_line();
                    run.restart(self.end());
                }
                "\t" => {
                    self.flush_into(run);
                    let start = self.end();
                    self.contents.text.push('\t');
                    self.push(InlineItemKind::Tab, run.id, start, Some(single(dom, start)));
                    self.after_collapsible_space = None;
                    self.at_line_start = false;
                    run.restart(self.end());
                }
                _ => {
                    run.map.push(dom, self.end(), 1);
                    self.contents.text.push(' ');
                    self.after_collapsible_space = None;
                    self.at_line_start = false;
                    run.last_space = None;
                }
            }
            return;
        }
        if feeds && white_space.preserves_breaks && !self.ruby.is_inside() {
            for (index, character) in blanks.char_indices() {
                if character == '\n' {
                    self.take_back_space(run);
                    self.flush_into(run);
                    self.remove_trailing_space();
                    let start = self.end();
                    self.contents.text.push('\n');
                    let map = single(dom + index as u32, start);
                    self.push(InlineItemKind::ForcedBreak, run.id, start, Some(map));
                    self.begin_line();
                    run.restart(self.end());
                }
            }
            return;
        }
        if self.at_line_start || self.after_collapsible_space.is_some() || run.last_space.is_some() {
            return;
        }
        if feeds && removes_segment_break(self.contents.text.chars().next_back(), next) {
            return;
        }
        run.last_space = Some(self.end());
        run.map.push(dom, self.end(), 1);
        self.contents.text.push(' ');
    }

    /// Takes back the collapsible space at the end of what has not become an item yet.
    fn take_back_space(&mut self, run: &mut TextRun) {
        if let Some(at) = run.last_space.take() {
            self.contents.text.truncate(at as usize);
            run.map.truncate_text(at);
        }
    }

    fn flush_into(&mut self, run: &mut TextRun) {
        if run.start == self.end() {
            return;
        }
        let map = Arc::new(std::mem::take(&mut run.map));
        self.push(InlineItemKind::Text, run.id, run.start, Some(map));
        if let Some(at) = run.last_space.take() {
            self.after_collapsible_space = Some((self.contents.items.len() - 1, at));
        }
    }

    fn flush(&mut self, mut run: TextRun) {
        self.flush_into(&mut run);
    }
}

/// Characters of one text box that have not become an item yet.
struct TextRun {
    id: BoxId,
    start: u32,
    map: OffsetMap,
    /// Where the collapsible space is that they end with.
    last_space: Option<u32>,
}

impl TextRun {
    fn restart(&mut self, start: u32) {
        self.start = start;
        self.map = OffsetMap::default();
        self.last_space = None;
    }
}

fn single(dom: u32, text: u32) -> Arc<OffsetMap> {
    let mut map = OffsetMap::default();
    map.push(dom, text, 1);
    Arc::new(map)
}

/// Whether a line feed between two characters vanishes instead of becoming a space. Between Chinese or Japanese ones it
/// may, but does not in Chromium. <https://drafts.csswg.org/css-text-4/#line-break-transform>
fn removes_segment_break(before: Option<char>, after: Option<char>) -> bool {
    const ZERO_WIDTH_SPACE: char = '\u{200b}';
    before == Some(ZERO_WIDTH_SPACE) || after == Some(ZERO_WIDTH_SPACE)
}
