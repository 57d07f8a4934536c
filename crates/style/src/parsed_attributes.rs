//! Declarations that stand in attributes: `style`, and presentational hints. Each text is parsed once.

use std::sync::Arc;

use fanlight_css::properties::DeclarationBlock;
use rustc_hash::FxHashMap;

use crate::limits;

/// Parsed blocks by their text.
#[derive(Default)]
pub(crate) struct ParsedAttributes {
    style: FxHashMap<Box<str>, Arc<DeclarationBlock>>,
    hints: FxHashMap<Box<str>, Arc<DeclarationBlock>>,
}

impl ParsedAttributes {
    /// The block of a `style` attribute.
    pub(crate) fn style(
        &mut self,
        text: &str,
        parse: impl FnOnce(&str) -> DeclarationBlock,
    ) -> Arc<DeclarationBlock> {
        get(&mut self.style, text, parse)
    }

    /// The block of the hints of an element.
    pub(crate) fn hints(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> DeclarationBlock,
    ) -> Arc<DeclarationBlock> {
        get(&mut self.hints, key, parse)
    }
}

fn get(
    blocks: &mut FxHashMap<Box<str>, Arc<DeclarationBlock>>,
    text: &str,
    parse: impl FnOnce(&str) -> DeclarationBlock,
) -> Arc<DeclarationBlock> {
    if let Some(block) = blocks.get(text) {
        return block.clone();
    }
    if blocks.len() >= limits::PARSED_ATTRIBUTES {
        blocks.clear();
    }
    let block = Arc::new(parse(text));
    blocks.insert(text.into(), block.clone());
    block
}
