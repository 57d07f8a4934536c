//! Pointing and pressing.

use fanlight_base::Observer;
use fanlight_base::geometry::CssPoint;
use fanlight_dom::form::InputType;
use fanlight_dom::{ElementState, NodeId};

use super::activation::{Activation, activation};
use super::forms::{input_type, is_off};
use super::{Action, Cursor, PointerFeedback, nearest_element, set_state_chain};
use crate::page::Page;

/// How wide the thumb of a slider is, in CSS px.
const SLIDER_THUMB: f32 = 16.0;

impl Page {
    /// The pointer is at a place of the viewport, in CSS px, or outside of it.
    pub fn pointer_moved(&mut self, point: Option<CssPoint>, observer: &dyn Observer) -> PointerFeedback {
        let node = point.and_then(|point| self.node_at(point, observer));
        let element = node.and_then(|node| nearest_element(self.document(), node));
        let before = std::mem::replace(&mut self.interaction.hovered, element);
        let mut repaint =
            before != element && set_state_chain(self.document_mut(), before, element, ElementState::HOVER);
        if let (Some(point), Some(pressed)) = (point, self.interaction.pressed) {
            repaint |= self.drag(pressed, point, true, observer);
        }
        PointerFeedback { cursor: self.cursor_over(node), repaint }
    }

    /// The pointer is pressed on an element, or drawn from there, at a place of the viewport: puts the caret into a text
    /// field or the thumb of a slider there. Returns whether anything looks different.
    fn drag(&mut self, pressed: NodeId, point: CssPoint, extend: bool, observer: &dyn Observer) -> bool {
        if let Some((node, editor)) = &self.interaction.editor
            && *node == pressed
        {
            let (node, mut editor) = (*node, editor.clone());
            let Some(offset) = self.offset_in_field(node, editor.text(), point) else { return false };
            editor.move_to(offset, extend);
            let moved = self.interaction.editor.as_ref().is_none_or(|(_, before)| *before != editor);
            self.interaction.editor = Some((node, editor));
            return moved;
        }
        if input_type(self.document(), pressed) == Some(InputType::Range) && !is_off(self.document(), pressed)
        {
            let Some(rect) = self.border_box_in_viewport(pressed, observer) else { return false };
            // The thumb's middle reaches no further than half its width from the ends.
            let room = rect.width() - SLIDER_THUMB;
            let part = (point.x - rect.min_x() - SLIDER_THUMB / 2.0) / room.max(1.0);
            return self.set_slider(pressed, part);
        }
        false
    }

    fn cursor_over(&self, node: Option<NodeId>) -> Cursor {
        let Some(node) = node else { return Cursor::Default };
        if let Some(cursor) = self.styled_cursor(node) {
            return cursor;
        }
        match activation(self.document(), node) {
            Some(Activation::Follow { .. }) => Cursor::Pointer,
            None if self.document().node(node).text().is_some() => Cursor::Text,
            _ => Cursor::Default,
        }
    }

    /// The primary button went down at a place of the viewport, in CSS px.
    pub fn pointer_pressed(&mut self, point: CssPoint, observer: &dyn Observer) {
        let element = self.node_at(point, observer).and_then(|node| nearest_element(self.document(), node));
        let before = std::mem::replace(&mut self.interaction.pressed, element);
        set_state_chain(self.document_mut(), before, element, ElementState::ACTIVE);
        self.focus_by_pointer(element);
        if let Some(pressed) = element {
            self.drag(pressed, point, false, observer);
        }
    }

    /// The primary button came up at a place of the viewport, in CSS px, or outside of it. What was pressed and is
    /// released is activated.
    pub fn pointer_released(&mut self, point: Option<CssPoint>, observer: &dyn Observer) -> Option<Action> {
        let pressed = self.interaction.pressed.take();
        set_state_chain(self.document_mut(), pressed, None, ElementState::ACTIVE);
        let released = self.node_at(point?, observer)?;
        // A click goes to the nearest element that both are in.
        let document = self.document();
        let pressed = pressed?;
        let target = std::iter::once(released)
            .chain(document.ancestors(released))
            .find(|&node| document.is_inclusive_descendant(pressed, node))?;
        self.activate(target)
    }

    /// The ids of the elements at a place of the viewport, in CSS px, innermost first.
    pub fn ids_at(&mut self, point: CssPoint, observer: &dyn Observer) -> Vec<String> {
        let Some(node) = self.node_at(point, observer) else { return Vec::new() };
        let document = self.document();
        std::iter::once(node)
            .chain(document.ancestors(node))
            .filter_map(|node| Some(document.element(node)?.id()?.to_string()))
            .collect()
    }
}
