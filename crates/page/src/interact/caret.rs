//! Where the caret and the selection of the text field that has the focus are, and which character a point is at.

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, LayoutRect, LayoutVector, to_css_rect};
use fanlight_base::{Observer, Rgba, Stage};
use fanlight_css::values::AutoOr;
use fanlight_dom::NodeId;
use fanlight_dom::form::InputType;
use fanlight_layout::{BoxFragment, BoxKind, BoxSource, Fragment, LayoutTree, TextFragment};

use crate::page::Page;

/// How thick a caret is, in CSS px.
const CARET_WIDTH: f32 = 1.0;
/// The height of a line to its font size, where there is no text to tell.
const LINE_HEIGHT: f32 = 1.2;

/// What of an edited text is shown besides its characters, in CSS px of the viewport.
#[derive(Clone, Debug, PartialEq)]
pub struct TextCursor {
    /// The caret; nothing while there is a selection, or where it is outside of the field.
    pub caret: Option<CssRect>,
    /// What is selected, a rectangle for each line.
    pub selection: Vec<CssRect>,
    /// The caret's colour. <https://drafts.csswg.org/css-ui-4/#caret-color>
    pub color: Rgba,
}

/// The text field's part of the layout.
struct Field {
    /// The content box, in CSS px of the document.
    content: CssRect,
    pieces: Vec<Piece>,
    /// What is shown for the value: dots in a password field.
    shown: Arc<str>,
}

/// Characters of the field on one line.
struct Piece {
    fragment: Arc<TextFragment>,
    rect: CssRect,
}

impl Page {
    /// Where caret and selection are shown; nothing unless a text field has the focus.
    pub fn text_cursor(&mut self, observer: &dyn Observer) -> Option<TextCursor> {
        self.update(Stage::Layout, observer);
        let (node, editor) = self.interaction.editor.as_ref()?;
        let style = self.pipeline.resolved.as_ref()?.styles.get(*node)?;
        let current = style.inherited_text.color.resolve(Rgba::BLACK);
        let color = match &style.inherited_ui.caret_color {
            AutoOr::Auto => current,
            AutoOr::Value(color) => color.resolve(current),
        };
        let font_size = style.font.font_size.px();
        let field = self.field(*node)?;
        let to_viewport = -(self.scrolled_away(*node) + self.container_scroll(*node));
        let value = editor.text();
        let caret = field.caret(field.shown_offset(value, editor.caret()), font_size);
        let selection = editor.selection();
        let selected = field.shown_offset(value, selection.start)..field.shown_offset(value, selection.end);
        let visible = |rect: CssRect| rect.intersection(&field.content.inflate(CARET_WIDTH, CARET_WIDTH));
        Some(TextCursor {
            caret: visible(caret).filter(|_| selection.is_empty()).map(|rect| rect.translate(to_viewport)),
            selection: field
                .pieces
                .iter()
                .filter_map(|piece| piece.part(selected.start, selected.end))
                .filter_map(visible)
                .map(|rect| rect.translate(to_viewport))
                .collect(),
            color,
        })
    }

    /// The offset into a text field's value of the place between characters that is nearest to a place of the viewport.
    pub(super) fn offset_in_field(&self, node: NodeId, value: &str, point: CssPoint) -> Option<usize> {
        let point = point + self.scrolled_away(node) + self.container_scroll(node);
        let field = self.field(node)?;
        Some(value_offset(value, &field.shown, field.nearest(point)))
    }

    fn field(&self, node: NodeId) -> Option<Field> {
        let layout = self.pipeline.layout.as_ref()?;
        let (fragment, corner) = find(layout, node)?;
        let mut field = Field {
            content: to_css_rect(fragment.content_box().translate(corner)),
            pieces: Vec::new(),
            shown: Arc::from(""),
        };
        let mut pending: Vec<(LayoutVector, Fragment)> = vec![(corner, Fragment::Box(fragment))];
        while let Some((offset, fragment)) = pending.pop() {
            if let Fragment::Text(text) = &fragment
                && let own = layout.boxes.get(text.style.box_id)
                && let (BoxSource::Anonymous(..), BoxKind::Text(shown)) = (own.source, &own.kind)
            {
                field.shown = Arc::clone(shown);
                let rect = to_css_rect(LayoutRect::from_size(text.size).translate(offset));
                field.pieces.push(Piece { fragment: Arc::clone(text), rect });
            }
            let children = fragment.children().iter().rev();
            pending.extend(children.map(|link| (offset + link.offset.to_vector(), link.fragment.clone())));
        }
        Some(field)
    }

    /// Whether a node is edited as text, and if so whether on one line.
    pub(super) fn edited_lines(&self, node: NodeId) -> Option<super::text_editor::Lines> {
        use super::text_editor::Lines;
        let element = self.document().element(node)?;
        if element.is_html(&local_name!("textarea")) {
            return Some(Lines::Multiple);
        }
        (element.is_html(&local_name!("input")) && InputType::of(element).is_text_field())
            .then_some(Lines::Single)
    }
}

/// The first fragment of an element, and its border box's corner from the document's origin.
fn find(layout: &LayoutTree, node: NodeId) -> Option<(Arc<BoxFragment>, LayoutVector)> {
    let mut pending = vec![(LayoutVector::default(), Fragment::Box(Arc::clone(&layout.root)))];
    while let Some((offset, fragment)) = pending.pop() {
        if let Fragment::Box(own) = &fragment
            && layout.boxes.get(own.style.box_id).source == BoxSource::Node(node)
        {
            return Some((Arc::clone(own), offset));
        }
        let children = fragment.children().iter().rev();
        pending.extend(children.map(|link| (offset + link.offset.to_vector(), link.fragment.clone())));
    }
    None
}

impl Piece {
    /// The characters of the shown text, in UTF-8 bytes.
    fn range(&self) -> Option<std::ops::Range<usize>> {
        let range = self.fragment.dom_range()?;
        Some(range.start as usize..range.end as usize)
    }

    /// The place of an offset of the shown text along the line.
    fn x(&self, shown: usize) -> f32 {
        let offset = u32::try_from(shown).ok().and_then(|shown| self.fragment.map.as_ref()?.to_text(shown));
        let along = offset.map_or(0.0, |offset| self.fragment.position_of(offset));
        if self.fragment.bidi_level % 2 == 1 { self.rect.max_x() - along } else { self.rect.min_x() + along }
    }

    /// The part of the piece from one offset of the shown text to another.
    fn part(&self, start: usize, end: usize) -> Option<CssRect> {
        let range = self.range()?;
        let (start, end) = (start.max(range.start), end.min(range.end));
        if start >= end {
            return None;
        }
        let (one, other) = (self.x(start), self.x(end));
        let origin = CssPoint::new(one.min(other), self.rect.min_y());
        Some(CssRect::new(origin, CssSize::new((one - other).abs(), self.rect.height())))
    }
}

impl Field {
    fn caret(&self, shown: usize, font_size: f32) -> CssRect {
        let at = |x: f32, y: f32, height: f32| {
            CssRect::new(CssPoint::new(x, y), CssSize::new(CARET_WIDTH, height))
        };
        // At a line's end the caret belongs to the line before, unless a line break has ended it.
        let holds = |piece: &&Piece| {
            piece.range().is_some_and(|range| range.start <= shown && shown <= range.end)
                && !(self.shown[..shown].ends_with('\n')
                    && piece.range().is_some_and(|range| range.end == shown))
        };
        if let Some(piece) = self.pieces.iter().find(holds) {
            return at(piece.x(shown), piece.rect.min_y(), piece.rect.height());
        }
        match self.pieces.last() {
            // After the last line break.
            Some(last) => at(self.content.min_x(), last.rect.max_y(), last.rect.height()),
            None => {
                let height = (font_size * LINE_HEIGHT).min(self.content.height());
                let is_one_line = self.content.height() < 2.0 * height;
                let below = if is_one_line { (self.content.height() - height) / 2.0 } else { 0.0 };
                at(self.content.min_x(), self.content.min_y() + below, height)
            }
        }
    }

    /// The offset of the shown text that is nearest to a point: on the nearest line, at the nearest character edge.
    fn nearest(&self, point: CssPoint) -> usize {
        let outside = |value: f32, low: f32, high: f32| (low - value).max(value - high).max(0.0);
        let distance = |piece: &Piece| {
            let rect = piece.rect;
            let vertical = outside(point.y, rect.min_y(), rect.max_y());
            (vertical, outside(point.x, rect.min_x(), rect.max_x()))
        };
        let nearest = self.pieces.iter().min_by(|one, other| {
            let (one, other) = (distance(one), distance(other));
            one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
        });
        let Some((piece, range)) = nearest.and_then(|piece| Some((piece, piece.range()?))) else { return 0 };
        // A line break is after the last place of its line.
        let end = if self.shown[range.clone()].ends_with('\n') { range.end - 1 } else { range.end };
        let inside = self.shown[range.start..end].char_indices().map(|(at, _)| range.start + at);
        let off = |offset: usize| (piece.x(offset) - point.x).abs();
        inside.chain([end]).min_by(|&one, &other| off(one).total_cmp(&off(other))).unwrap_or(range.start)
    }

    /// The offset of the shown text of an offset of the value: after as many characters.
    fn shown_offset(&self, value: &str, offset: usize) -> usize {
        let before = value.get(..offset).map_or(0, |before| before.chars().count());
        self.shown.char_indices().nth(before).map_or(self.shown.len(), |(at, _)| at)
    }
}

/// The offset of the value of an offset of the shown text: after as many characters.
fn value_offset(value: &str, shown: &str, offset: usize) -> usize {
    let before = shown.get(..offset).map_or(0, |before| before.chars().count());
    value.char_indices().nth(before).map_or(value.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::value_offset;

    #[test]
    fn dots_stand_for_one_character_each() {
        assert_eq!(value_offset("äbc", "\u{2022}\u{2022}\u{2022}", 6), 3);
        assert_eq!(value_offset("äbc", "\u{2022}\u{2022}\u{2022}", 9), 4);
    }
}
