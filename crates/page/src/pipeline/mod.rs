//! The artefacts of a page and what of them is out of date.
//!
//! [`Page::update`](crate::Page::update) brings them up to date in the order of the stages; each stage is called through
//! the one door, and is told what changed, so that it redoes no more than that asks for.

mod update;

use std::sync::Arc;

use fanlight_composite::{Composited, GlyphCache};
use fanlight_css::stylesheet::SheetWithImports;
use fanlight_dom::Mutation;
use fanlight_layout::LayoutTree;
use fanlight_paint::DisplayList;
use fanlight_style::{Resolved, StyleSet};
use fanlight_text::Fonts;

use crate::environment::Environment;

/// The artefacts of a page.
pub(crate) struct Pipeline {
    /// The sheets made ready for matching; nothing before the document is there.
    pub(crate) set: Option<StyleSet>,
    pub(crate) fonts: Fonts,
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
    /// Whether something besides styles asks for a layout: images, fonts, the viewport.
    pub(crate) layout_outdated: bool,
    pub(crate) list: Option<PaintedList>,
    pub(crate) composited: Option<Composited>,
    pub(crate) glyphs: Arc<GlyphCache>,
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
            user_sheet: None,
            sheets_changed: true,
            styles_outdated: true,
            resolved: None,
            style_images_unasked: false,
            layout: None,
            layout_outdated: true,
            list: None,
            composited: None,
            glyphs: Arc::default(),
        }
    }

    /// Forgets all artefacts, so that the next update is a full run.
    pub(crate) fn forget(&mut self) {
        self.resolved = None;
        self.styles_outdated = true;
        self.layout = None;
        self.layout_outdated = true;
        self.list = None;
        self.composited = None;
    }

    /// The viewport or the scale is another.
    pub(crate) fn device_changed(&mut self) {
        self.sheets_changed = true;
        self.layout_outdated = true;
        self.outdate_painting();
    }

    /// What is painted is another: a scroll offset, an image that takes no part in layout.
    pub(crate) fn outdate_painting(&mut self) {
        if let Some(list) = &mut self.list {
            list.is_current = false;
        }
    }
}

/// Whether a change of the document is one of boxes or text, whatever it does to styles.
fn changes_boxes(mutation: &Mutation) -> bool {
    match mutation {
        Mutation::Inserted { .. } | Mutation::Removed { .. } | Mutation::Characters { .. } => true,
        // Boxes read attributes that styles know nothing of: `value`, `colspan`, `start`.
        Mutation::Attribute { .. } | Mutation::State { .. } => true,
        Mutation::Id { .. } | Mutation::Classes { .. } => false,
    }
}
