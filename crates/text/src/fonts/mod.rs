//! From the font properties to fonts: what is bundled, installed and loaded, and which of it is used.

mod aliases;
mod bundled;
mod context;
mod features;
mod matching;
mod placement;
mod stack;
mod store;
mod system;
mod web;

use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::description::{FontDescription, FontSizeAdjust};
use crate::limits::MAX_CACHED_FONTS;

pub use crate::font::MetricOverrides;
pub use context::{FontContext, FontSource};
pub use features::FontFeatureValues;
pub(crate) use stack::FontChoice;
pub use stack::FontStack;
use store::FontStore;
pub use web::{FontFaceDescriptors, FontFaceKey, FontFaceSet, LoadError, UnicodeRange};

/// The fonts that one page sees: the shared ones and its own. Cloning costs a counter.
#[derive(Clone)]
pub struct Fonts(Arc<PageFonts>);

struct PageFonts {
    context: Arc<FontContext>,
    faces: Arc<FontFaceSet>,
    web_fonts: Arc<FontStore>,
    stacks: Mutex<FxHashMap<FontDescription, Arc<FontStack>>>,
}

impl Fonts {
    /// The view of a page with these rules. When a font of them arrives, a new view is made.
    pub fn new(context: Arc<FontContext>, faces: Arc<FontFaceSet>) -> Self {
        Fonts(Arc::new(PageFonts { context, faces, web_fonts: Arc::default(), stacks: Mutex::default() }))
    }

    /// The view of a page without web fonts.
    pub fn without_web_fonts(context: Arc<FontContext>) -> Self {
        Fonts::new(context, Arc::new(FontFaceSet::new()))
    }

    /// The shared fonts.
    pub fn context(&self) -> &Arc<FontContext> {
        &self.0.context
    }

    /// The page's own.
    pub fn faces(&self) -> &Arc<FontFaceSet> {
        &self.0.faces
    }

    /// The fonts to try for text of this description; the same stack for the same description.
    pub fn stack(&self, description: &FontDescription) -> Arc<FontStack> {
        if let Some(stack) = self.0.stacks.lock().get(description) {
            return stack.clone();
        }
        let resolved = self.with_size_adjust_of_font(description);
        let mut stacks = self.0.stacks.lock();
        if stacks.len() >= MAX_CACHED_FONTS {
            stacks.clear();
        }
        let stack = Arc::new(FontStack::new(
            self.0.context.clone(),
            self.0.faces.clone(),
            self.0.web_fonts.clone(),
            resolved,
        ));
        stacks.insert(description.clone(), stack.clone());
        stack
    }

    /// The same, with the measure of the first available font for `font-size-adjust: from-font`.
    fn with_size_adjust_of_font(&self, description: &FontDescription) -> FontDescription {
        let Some(FontSizeAdjust { metric, value: None }) = description.size_adjust else {
            return description.clone();
        };
        let plain = self.stack(&FontDescription { size_adjust: None, ..description.clone() });
        let value = (description.size > 0.0).then(|| plain.metrics().adjusted(metric) / description.size);
        FontDescription { size_adjust: Some(FontSizeAdjust { metric, value }), ..description.clone() }
    }
}
