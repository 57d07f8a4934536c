//! Remembers which fonts a style has: elements share the styles of their fonts, and to describe these is work.

use std::cell::RefCell;
use std::sync::Arc;

use fanlight_css::properties::Font;
use fanlight_text::{FontStack, Fonts};
use rustc_hash::FxHashMap;

use crate::style;

/// The fonts of styles that were asked for in one layout.
#[derive(Default)]
pub(crate) struct FontStacks {
    /// By the address of the font properties.
    known: RefCell<FxHashMap<*const Font, Known>>,
}

struct Known {
    /// Kept so that no others come to lie at their address.
    _font: Arc<Font>,
    stack: Arc<FontStack>,
}

impl FontStacks {
    /// The fonts to try for text with these properties.
    pub fn get(&self, fonts: &Fonts, font: &Arc<Font>) -> Arc<FontStack> {
        if let Some(known) = self.known.borrow().get(&Arc::as_ptr(font)) {
            return known.stack.clone();
        }
        let stack = fonts.stack(&style::font_description(font));
        let known = Known { _font: font.clone(), stack: stack.clone() };
        self.known.borrow_mut().insert(Arc::as_ptr(font), known);
        stack
    }
}
