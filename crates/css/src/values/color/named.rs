//! Colours with names.
//! <https://drafts.csswg.org/css-color-4/#named-colors>

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::AbsoluteColor;

/// A colour with a name.
#[derive(Debug, PartialEq)]
pub struct NamedColor {
    /// The name in lower case.
    pub name: &'static str,
    /// The colour.
    pub color: AbsoluteColor,
}

static TRANSPARENT: NamedColor = NamedColor { name: "transparent", color: AbsoluteColor::TRANSPARENT };

static NAMED: LazyLock<FxHashMap<&'static str, NamedColor>> = LazyLock::new(|| {
    cssparser::color::all_named_colors()
        .map(|(name, (red, green, blue))| {
            (name, NamedColor { name, color: AbsoluteColor::from_u8(red, green, blue, 1.0) })
        })
        .collect()
});

/// The longest name: `lightgoldenrodyellow`.
const LONGEST_NAME: usize = 20;

impl NamedColor {
    /// The colour with this name, ASCII case aside.
    pub fn find(name: &str) -> Option<&'static NamedColor> {
        if name.len() > LONGEST_NAME {
            return None;
        }
        if let Some(found) = NAMED.get(name) {
            return Some(found);
        }
        if name.eq_ignore_ascii_case("transparent") {
            return Some(&TRANSPARENT);
        }
        name.bytes()
            .any(|byte| byte.is_ascii_uppercase())
            .then(|| NAMED.get(name.to_ascii_lowercase().as_str()))
            .flatten()
    }
}
