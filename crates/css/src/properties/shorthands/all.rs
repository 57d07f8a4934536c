//! `all`: every property but `direction`, `unicode-bidi` and the custom ones. It takes CSS-wide keywords only.
//! <https://drafts.csswg.org/css-cascade-5/#all-shorthand>

use std::sync::LazyLock;

use super::ShorthandInfo;
use crate::properties::{LonghandId, inherited_text, text};
use crate::syntax::error::invalid_value;

pub(super) static TABLE: &[ShorthandInfo] = &[ShorthandInfo {
    name: "all",
    longhands: &[],
    parse: |_, _, _, _| Err(invalid_value()),
    write: |_, _, _| {},
}];

pub(super) static LONGHANDS: LazyLock<Vec<LonghandId>> = LazyLock::new(|| {
    let excluded = [inherited_text::Longhand::Direction.id(), text::Longhand::UnicodeBidi.id()];
    LonghandId::physical().filter(|id| !excluded.contains(id)).collect()
});
