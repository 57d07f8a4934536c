//! What tests of computed values share: an element on a screen of 800 by 600 px, in fonts without metrics.

use fanlight_base::geometry::CssSize;

use super::cascade::{CascadeLevel, CascadeOrigin, Cascaded, StyleInput};
use super::declaration::DeclarationBlock;
use super::{ComputedStyle, LonghandId};
use crate::media::Device;
use crate::syntax::QuirksMode;
use crate::values::MissingMetrics;
use crate::values::compute::ContainerSize;
use crate::variables::{NoAttributes, RegisteredProperties};

/// The level of a page's own rules.
pub const AUTHOR: CascadeLevel = CascadeLevel { origin: CascadeOrigin::Author, important: false, layer: 0 };

/// The declarations of a block, all at one level.
pub fn cascaded(block: &DeclarationBlock, level: CascadeLevel) -> impl Iterator<Item = Cascaded<'_>> {
    block.declarations().iter().map(move |declaration| Cascaded { declaration: &declaration.property, level })
}

/// Computes something of an element with these declarations, lowest first.
pub fn compute_with<T>(
    declarations: &[Cascaded<'_>],
    parent: Option<&ComputedStyle>,
    root: Option<&ComputedStyle>,
    compute: impl FnOnce(&StyleInput<'_>) -> T,
) -> T {
    compute(&StyleInput {
        declarations,
        parent,
        layout_parent: parent,
        root,
        device: &Device::new(CssSize::new(800.0, 600.0), 1.0),
        fonts: &MissingMetrics,
        quirks: QuirksMode::NoQuirks,
        container: ContainerSize { width: None, height: None },
        registered: &RegisteredProperties::default(),
        attributes: &NoAttributes,
    })
}

/// The computed value of a longhand as CSS text.
pub fn text_of(style: &ComputedStyle, id: LonghandId) -> String {
    let mut out = String::new();
    style.write_value(id, &mut out);
    out
}
