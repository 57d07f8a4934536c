//! The sheets of a document, kept ready from one update to the next.

use std::sync::Arc;

use fanlight_css::media::Device;
use fanlight_css::properties::{DeclarationBlock, PropertyId};
use fanlight_css::syntax::{ParseContext, Parser, QuirksMode};

use crate::parsed_attributes::ParsedAttributes;
use crate::presentational;
use crate::rules::CascadeData;

/// The sheets of a document, made ready for matching, with the device that they are for.
pub struct StyleSet {
    data: Arc<CascadeData>,
    device: Device,
    quirks: QuirksMode,
    attributes: ParsedAttributes,
}

impl StyleSet {
    /// The device that conditions ask and that units refer to.
    pub fn device(&self) -> &Device {
        &self.device
    }

    pub(crate) fn quirks(&self) -> QuirksMode {
        self.quirks
    }

    pub(crate) fn data(&self) -> &Arc<CascadeData> {
        &self.data
    }

    /// The block of a `style` attribute.
    pub(crate) fn parse_style_attribute(&mut self, text: &str) -> Arc<DeclarationBlock> {
        let context = ParseContext::new(None, self.quirks);
        self.attributes.style(text, |_text| {
            let _ = context;
            DeclarationBlock::default()
        })
    }

    /// The block of the hints that a key holds.
    pub(crate) fn parse_hints(&mut self, key: &str) -> Arc<DeclarationBlock> {
        let context = ParseContext::new(None, self.quirks);
        self.attributes.hints(key, |key| {
            let mut block = DeclarationBlock::default();
            let mut added = Vec::new();
            for (name, value) in presentational::declarations(key) {
                let Some(property) = PropertyId::from_name(name) else { continue };
                let mut input = Parser::new(value);
                let parsed = fanlight_css::properties::declaration::parse_declaration_value(
                    &property, &mut input, &context, &mut added,
                );
                if parsed.is_ok() {
                    for property in added.drain(..) {
                        block.set(fanlight_css::properties::Declaration {
                            property,
                            important: false,
                            position: Default::default(),
                        });
                    }
                }
                added.clear();
            }
            block
        })
    }
}
