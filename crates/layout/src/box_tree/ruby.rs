//! Ruby: which annotation belongs to which base. <https://drafts.csswg.org/css-ruby-1/#box-fixup>
//!
//! A base is all that stands before an annotation in the ruby container and after the one before it, as in Chromium: no boxes
//! are made for bases and columns, but items among those of the line. What is after the last annotation is text like any other.

use std::sync::Arc;

use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal, DisplayOutside};

use super::construct::anonymous_box;
use super::inline_contents::{InlineContents, InlineItemKind, RubyAnnotation};
use super::inline_items::Collector;
use super::{AnonymousKind, BoxId, BoxKind, BoxTree};
use crate::limits::MAX_RUBY_DEPTH;
use crate::style;

/// A part of a ruby container.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Child(BoxId),
    /// The base of this annotation begins.
    Open(BoxId),
    /// The base of this annotation ends.
    Close(BoxId),
}

/// The columns that are open while items are collected.
pub(super) struct OpenColumns {
    /// How deep in annotations this is.
    depth: usize,
    /// The numbers of their annotations.
    numbers: Vec<u32>,
}

impl OpenColumns {
    pub(super) const fn new(depth: usize) -> OpenColumns {
        OpenColumns { depth, numbers: Vec::new() }
    }

    /// Whether this is in a base or in an annotation.
    pub(super) const fn is_inside(&self) -> bool {
        self.depth > 0 || !self.numbers.is_empty()
    }

    /// Whether a column may begin here.
    pub(super) fn can_nest(&self) -> bool {
        self.depth + self.numbers.len() < MAX_RUBY_DEPTH
    }
}

/// Whether an inline box is an annotation.
pub(super) fn is_annotation(tree: &BoxTree, id: BoxId) -> bool {
    tree.get(id).style.boxes.display == Display::Internal(DisplayInternal::RubyText)
}

/// Whether an inline box is a ruby container.
pub(super) fn is_container(tree: &BoxTree, id: BoxId) -> bool {
    tree.get(id).style.boxes.display.inside() == Some(DisplayInside::Ruby)
}

/// The children of a ruby container, with the ends of bases between them.
pub(super) fn parts(tree: &BoxTree, children: &[BoxId]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(children.len() + 2);
    let mut base = 0;
    for (index, &child) in children.iter().enumerate() {
        if matches!(tree.get(child).kind, BoxKind::Inline(_)) && is_annotation(tree, child) {
            parts.push(Part::Open(child));
            parts.extend(children[base..index].iter().map(|&child| Part::Child(child)));
            parts.push(Part::Close(child));
            base = index + 1;
        }
    }
    parts.extend(children[base..].iter().map(|&child| Part::Child(child)));
    parts
}

/// The children of a block container; where that is a ruby container too, the one that it holds.
/// <https://drafts.csswg.org/css-ruby-1/#block-ruby>
pub(super) fn in_block_container(tree: &mut BoxTree, id: BoxId, children: Vec<BoxId>) -> Vec<BoxId> {
    if !is_container(tree, id) || children.is_empty() {
        return children;
    }
    let display = Display::new(DisplayOutside::Inline, DisplayInside::Ruby);
    let ruby = anonymous_box(tree, id, AnonymousKind::Ruby, display, BoxKind::Inline(Vec::new()));
    for &child in &children {
        tree.get_mut(child).parent = Some(ruby);
    }
    tree.get_mut(ruby).kind = BoxKind::Inline(children);
    vec![ruby]
}

impl Collector<'_> {
    /// Begins the base of an annotation. It is isolated, so that it stays together.
    /// <https://drafts.csswg.org/css-ruby-1/#bidi>
    pub(super) fn open_column(&mut self, annotation: BoxId) {
        const LEFT_TO_RIGHT_ISOLATE: char = '\u{2066}';
        const RIGHT_TO_LEFT_ISOLATE: char = '\u{2067}';
        let number = self.contents.annotations.len() as u32;
        // Those of columns inside come after it.
        self.contents.annotations.push(RubyAnnotation { box_id: annotation, contents: Arc::default() });
        self.ruby.numbers.push(number);
        let container = self.tree.get(annotation).parent.unwrap_or(annotation);
        let is_rtl = style::writing_mode(&self.tree.get(container).style).is_rtl;
        let isolate = if is_rtl { RIGHT_TO_LEFT_ISOLATE } else { LEFT_TO_RIGHT_ISOLATE };
        self.push_character(InlineItemKind::OpenRubyColumn(number), annotation, isolate);
    }

    /// Ends the base of an annotation, and takes the annotation.
    pub(super) fn close_column(&mut self, annotation: BoxId) {
        const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';
        let Some(number) = self.ruby.numbers.pop() else { return };
        self.push_character(InlineItemKind::CloseRubyColumn(number), annotation, POP_DIRECTIONAL_ISOLATE);
        let depth = self.ruby.depth + self.ruby.numbers.len() + 1;
        let mut inside = Collector::new(self.tree, InlineContents::default(), depth);
        inside.open(annotation);
        inside.collect(self.tree.children(annotation));
        inside.close(annotation);
        if !inside.contents.text.is_empty() {
            // White space collapses as if the annotation were in the text, as in Chromium.
            self.at_line_start = inside.after_collapsible_space.is_some();
            self.after_collapsible_space = None;
        }
        inside.remove_trailing_space();
        self.contents.annotations[number as usize].contents = Arc::new(inside.contents);
    }
}
