//! The artefacts of a page and what of them is out of date.
//!
//! [`Page::update`](crate::Page::update) brings them up to date in the order of the stages; each stage is called through
//! the one door, and is told what changed, so that it redoes no more than that asks for.

mod relevance;
mod update;

use std::sync::Arc;

use fanlight_composite::{Composited, GlyphCache};
use fanlight_css::properties::Affects;
use fanlight_css::stylesheet::SheetWithImports;
use fanlight_dom::{Document, Mutation, NodeId};
use fanlight_layout::{LayoutTree, Relevance, reads_attribute, reads_states};
use fanlight_paint::DisplayList;
use fanlight_style::{ContainerSizes, Resolved, StyleChanges, StyleMap, StyleSet};
use fanlight_text::Fonts;

use crate::drawing::Drawings;
use crate::environment::Environment;

/// The artefacts of a page.
pub(crate) struct Pipeline {
    /// The sheets made ready for matching; nothing before the document is there.
    pub(crate) set: Option<StyleSet>,
    pub(crate) fonts: Fonts,
    /// Whether text has been asked for the fonts that it needs, before anything was laid out.
    pub(crate) fonts_asked_for: bool,
    /// The user's style sheet, once it is parsed.
    pub(crate) user_sheet: Option<SheetWithImports>,
    /// Whether there are sheets, or a device, that the set has not been told of.
    pub(crate) sheets_changed: bool,
    /// Whether something besides the document asks for new styles.
    pub(crate) styles_outdated: bool,
    pub(crate) resolved: Option<Resolved>,
    /// Whether there are styles whose images nobody has asked for.
    pub(crate) style_images_unasked: bool,
    pub(crate) layout: Option<LayoutTree>,
    /// Which contents are relevant to the user, and laid out.
    pub(crate) relevance: Relevance,
    /// Whether that is to be determined again: something was laid out, scrolled, or has the focus.
    pub(crate) is_relevance_due: bool,
    /// What asks for another layout.
    pub(crate) layout_changes: PendingLayout,
    pub(crate) list: Option<PaintedList>,
    pub(crate) composited: Option<Composited>,
    pub(crate) glyphs: Arc<GlyphCache>,
    /// What has been drawn of the SVG in the document.
    pub(crate) drawings: Drawings,
}

/// A display list, and whether it still shows what is so.
pub(crate) struct PaintedList {
    pub(crate) list: Arc<DisplayList>,
    pub(crate) is_current: bool,
    /// What of the page it shows.
    pub(crate) view: View,
}

/// What of the page is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// What the viewport shows.
    Viewport,
    /// The whole document.
    Document,
}

impl Pipeline {
    pub(crate) fn new(environment: &Environment) -> Self {
        Pipeline {
            set: None,
            fonts: Fonts::without_web_fonts(Arc::clone(environment.fonts())),
            fonts_asked_for: false,
            user_sheet: None,
            sheets_changed: true,
            styles_outdated: true,
            resolved: None,
            style_images_unasked: false,
            layout: None,
            relevance: Relevance::default(),
            is_relevance_due: false,
            layout_changes: PendingLayout::default(),
            list: None,
            composited: None,
            glyphs: Arc::default(),
            drawings: Drawings::default(),
        }
    }

    /// Forgets all artefacts, so that the next update is a full run.
    pub(crate) fn forget(&mut self) {
        self.resolved = None;
        if let Some(set) = &mut self.set {
            set.take_in_container_sizes(ContainerSizes::default());
        }
        self.styles_outdated = true;
        self.layout = None;
        self.list = None;
        self.composited = None;
    }

    /// The viewport or the scale is another.
    pub(crate) fn device_changed(&mut self) {
        self.sheets_changed = true;
        self.layout_changes.viewport = true;
        self.outdate_painting();
    }

    /// What is painted is another: a scroll offset, an image that takes no part in layout.
    pub(crate) fn outdate_painting(&mut self) {
        if let Some(list) = &mut self.list {
            list.is_current = false;
        }
    }
}

/// What changed since the last layout.
#[derive(Clone, Debug, Default)]
pub(crate) struct PendingLayout {
    /// The elements with other styles, each with the most that follows.
    pub(crate) styles: Vec<(NodeId, Affects)>,
    /// Whether other boxes may be generated: the document, its text, images.
    pub(crate) boxes: bool,
    /// Whether the fonts are others.
    pub(crate) fonts: bool,
    /// Whether the viewport is another.
    pub(crate) viewport: bool,
}

impl PendingLayout {
    /// Whether the last layout still holds.
    pub(crate) fn is_empty(&self) -> bool {
        self.styles.is_empty() && !self.boxes && !self.fonts && !self.viewport
    }

    /// Takes in what styles changed and what changed in the document besides.
    pub(crate) fn add(&mut self, document: &Document, resolved: &Resolved, mutations: &[Mutation]) {
        let StyleChanges { elements, everything, .. } = &resolved.changes;
        self.styles.extend_from_slice(elements);
        let styles = &resolved.styles;
        self.boxes |= *everything;
        self.boxes |= mutations.iter().any(|mutation| changes_boxes(document, styles, mutation));
    }
}

/// Whether a change of the document is one of boxes or text, whatever it does to styles.
fn changes_boxes(document: &Document, styles: &StyleMap, mutation: &Mutation) -> bool {
    match mutation {
        Mutation::Inserted { .. } | Mutation::Removed { .. } | Mutation::Characters { .. } => true,
        Mutation::Attribute { element, name, .. } => reads_attribute(styles, *element, &name.local),
        Mutation::State { element, old } => {
            let now = document.element(*element).map_or(*old, |element| element.state());
            reads_states(now ^ *old)
        }
        // A box is called by its id.
        Mutation::Id { .. } => true,
        Mutation::Classes { .. } => false,
    }
}
