//! Gives boxes new styles in place, where the same boxes would be generated again.

use std::sync::Arc;

use fanlight_css::ComputedStyle;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::display::Display;
use fanlight_dom::{Document, NodeId};

use super::construct::{anonymous_style, give_overflow_away, overflow_source, take_principal_flow};
use super::{
    AnonymousKind, BoxId, BoxKind, BoxSource, BoxTree, GeneratedFor, LayoutBox, ReplacedKind, controls,
    fieldset, lists,
};
use crate::{ElementStyles, LayoutInput, Relevance, style};

/// The boxes of an element cannot be kept: they have to be generated again.
pub(crate) struct Regenerate;

/// A box that has another style than before.
pub(crate) struct Restyled {
    pub id: BoxId,
    /// The style that it had.
    pub old: Arc<ComputedStyle>,
}

/// Gives the boxes of elements their new styles.
pub(crate) struct Restyle<'a> {
    document: &'a Document,
    styles: &'a dyn ElementStyles,
    relevance: &'a Relevance,
    overflow_source: Option<NodeId>,
}

impl<'a> Restyle<'a> {
    pub fn new(input: &LayoutInput<'a>) -> Self {
        let &LayoutInput { document, styles, relevance, .. } = input;
        Restyle { document, styles, relevance, overflow_source: overflow_source(document, styles) }
    }

    /// Gives all boxes that have their style from an element or its pseudo-elements the style of now, and adds those to
    /// `restyled` for which it is another.
    ///
    /// # Errors
    /// The boxes depend on the style in a way that is not undone here.
    pub fn element(
        &self,
        tree: &mut BoxTree,
        node: NodeId,
        restyled: &mut Vec<Restyled>,
    ) -> Result<(), Regenerate> {
        let Some(computed) = self.styles.get(node) else { return Err(Regenerate) };
        let mut ids: Vec<BoxId> = tree.boxes_of(node).collect();
        if ids.iter().any(|&id| must_regenerate(tree, id)) || self.has_typographic_pseudos(node) {
            return Err(Regenerate);
        }
        // A box comes after those that it has its style from.
        ids.sort_unstable_by_key(|&id| tree.tree_order(id));
        for &id in &ids {
            let style = self.style_of(tree, id, computed)?;
            set_style(tree, id, style, restyled);
        }
        self.texts(tree, node, computed, restyled);
        Ok(())
    }

    fn has_typographic_pseudos(&self, node: NodeId) -> bool {
        [PseudoElement::FirstLine, PseudoElement::FirstLetter]
            .iter()
            .any(|pseudo| self.styles.pseudo(node, pseudo).is_some())
    }

    /// The style of a box that is of the element itself.
    fn style_of(
        &self,
        tree: &BoxTree,
        id: BoxId,
        computed: &Arc<ComputedStyle>,
    ) -> Result<Arc<ComputedStyle>, Regenerate> {
        let layout_box = tree.get(id);
        match layout_box.source {
            BoxSource::Node(node) => Ok(self.used_style(layout_box, node, computed)),
            BoxSource::Anonymous(..) => {
                let around = inherited_from(tree, id).ok_or(Regenerate)?;
                Ok(anonymous_style(&tree.get(around).style, layout_box.style.boxes.display))
            }
            BoxSource::Pseudo(node, generated_for) => {
                let around = inherited_from(tree, id).filter(|&around| {
                    // What is inside the box of the pseudo-element is generated for it too.
                    tree.get(around).source == layout_box.source
                });
                let own = match around {
                    Some(around) => tree.get(around).style.clone(),
                    None => self.pseudo_style(tree, node, generated_for)?,
                };
                match layout_box.kind {
                    BoxKind::Replaced(_) => Ok(anonymous_style(&own, Display::INLINE)),
                    _ => Ok(own),
                }
            }
        }
    }

    fn used_style(
        &self,
        layout_box: &LayoutBox,
        node: NodeId,
        computed: &Arc<ComputedStyle>,
    ) -> Arc<ComputedStyle> {
        let mut computed = computed.clone();
        if self.overflow_source == Some(node) {
            give_overflow_away(&mut computed);
        }
        if self.document.document_element() == Some(node) {
            take_principal_flow(&mut computed, self.document, self.styles);
        }
        if style::may_skip_contents(&computed, matches!(layout_box.kind, BoxKind::Replaced(_))) {
            self.relevance.used_style(node, &mut computed);
        }
        let control = layout_box.control.as_deref();
        match self.document.element(node) {
            Some(element) => controls::used_style(control, element, fieldset::used_style(element, computed)),
            None => computed,
        }
    }

    fn pseudo_style(
        &self,
        tree: &BoxTree,
        node: NodeId,
        generated_for: GeneratedFor,
    ) -> Result<Arc<ComputedStyle>, Regenerate> {
        let pseudo = match generated_for {
            GeneratedFor::Before => PseudoElement::Before,
            GeneratedFor::After => PseudoElement::After,
            GeneratedFor::Marker => {
                let item = tree.box_of(node).ok_or(Regenerate)?;
                if !tree.get(item).style.boxes.display.is_list_item() {
                    return Err(Regenerate); // The item is a pseudo-element.
                }
                return Ok(lists::marker_style(self.styles, node, &tree.get(item).style));
            }
            GeneratedFor::FirstLetter
            | GeneratedFor::Placeholder
            | GeneratedFor::FileSelectorButton
            | GeneratedFor::SliderRunnableTrack
            | GeneratedFor::SliderThumb
            | GeneratedFor::DetailsContent => {
                return Err(Regenerate);
            }
        };
        self.styles.pseudo(node, &pseudo).cloned().ok_or(Regenerate)
    }

    /// The texts of an element have its style, those aside whose letters are styled by `::first-letter`.
    fn texts(
        &self,
        tree: &mut BoxTree,
        node: NodeId,
        computed: &Arc<ComputedStyle>,
        restyled: &mut Vec<Restyled>,
    ) {
        let style = match tree.box_of(node) {
            Some(own) => tree.get(own).style.clone(),
            None => computed.clone(), // `display: contents`
        };
        let mut child = self.document.node(node).first_child();
        while let Some(at) = child {
            child = self.document.node(at).next_sibling();
            if self.document.node(at).text().is_none() {
                continue;
            }
            let texts: Vec<BoxId> = tree.boxes_of(at).filter(|&id| !is_first_letter(tree, id)).collect();
            for id in texts {
                set_style(tree, id, style.clone(), restyled);
            }
        }
    }
}

fn set_style(tree: &mut BoxTree, id: BoxId, style: Arc<ComputedStyle>, restyled: &mut Vec<Restyled>) {
    if !Arc::ptr_eq(&tree.get(id).style, &style) {
        let old = tree.set_style(id, style);
        restyled.push(Restyled { id, old });
    }
}

/// Whether other boxes have something of the style of a box in them, or it of theirs.
fn must_regenerate(tree: &BoxTree, id: BoxId) -> bool {
    match tree.get(id).source {
        BoxSource::Anonymous(
            _,
            AnonymousKind::ControlContents | AnonymousKind::AlternativeText | AnonymousKind::FieldsetContents,
        )
        | BoxSource::Pseudo(
            _,
            GeneratedFor::Placeholder
            | GeneratedFor::FirstLetter
            | GeneratedFor::FileSelectorButton
            | GeneratedFor::SliderRunnableTrack
            | GeneratedFor::SliderThumb
            | GeneratedFor::DetailsContent,
        ) => true,
        _ => is_drawn_marker(tree, id) || tree.get(id).is_alternative || has_collapsing_borders(tree, id),
    }
}

/// Whether a box is the triangle of a summary, whose room depends on the font of its item.
fn is_drawn_marker(tree: &BoxTree, id: BoxId) -> bool {
    match &tree.get(id).kind {
        BoxKind::Replaced(replaced) => matches!(replaced.kind, ReplacedKind::Disclosure { .. }),
        _ => false,
    }
}

/// Whether a box is a part of a table whose borders collapse: they are shared between boxes.
fn has_collapsing_borders(tree: &BoxTree, id: BoxId) -> bool {
    let mut at = Some(id);
    // Cell, row, row group, table.
    for _ in 0..4 {
        let Some(layout_box) = at.map(|id| tree.get(id)) else { return false };
        match &layout_box.kind {
            BoxKind::Table(parts) => return parts.borders.is_some(),
            BoxKind::BlockContainer(_) if at != Some(id) => return false,
            _ => at = layout_box.parent,
        }
    }
    false
}

/// The nearest box around that is not anonymous.
fn inherited_from(tree: &BoxTree, id: BoxId) -> Option<BoxId> {
    tree.ancestors(id).find(|&around| !matches!(tree.get(around).source, BoxSource::Anonymous(..)))
}

fn is_first_letter(tree: &BoxTree, text: BoxId) -> bool {
    tree.get(text).parent.is_some_and(|parent| {
        matches!(tree.get(parent).source, BoxSource::Pseudo(_, GeneratedFor::FirstLetter))
    })
}
