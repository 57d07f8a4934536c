//! Properties by number and by name.

use std::sync::LazyLock;

use fanlight_base::Atom;
use rustc_hash::FxHashMap;

use super::logical::{LOGICAL, LogicalLonghand};
use super::shorthands::ShorthandId;
use super::{Affects, GroupId, LonghandInfo};
use crate::syntax::suggest::{self, Candidate};

/// A longhand: a dense number. The physical ones come first, in the order of the groups; the flow-relative ones after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LonghandId(u16);

/// How many longhands there are before each group, and, at the end, in all of them.
static OFFSETS: [u16; GroupId::ALL.len() + 1] = offsets();

const fn offsets() -> [u16; GroupId::ALL.len() + 1] {
    let mut offsets = [0; GroupId::ALL.len() + 1];
    let mut index = 0;
    while index < GroupId::ALL.len() {
        offsets[index + 1] = offsets[index] + GroupId::ALL[index].longhands().len() as u16;
        index += 1;
    }
    offsets
}

/// How many longhands have a computed value of their own.
const PHYSICAL_COUNT: u16 = offsets()[GroupId::ALL.len()];

/// The group of each physical longhand, and its place in it.
static PLACES: [(GroupId, u8); PHYSICAL_COUNT as usize] = {
    let mut places = [(GroupId::Boxes, 0_u8); PHYSICAL_COUNT as usize];
    let mut next = 0;
    let mut group = 0;
    while group < GroupId::ALL.len() {
        let mut index = 0;
        while index < GroupId::ALL[group].longhands().len() {
            places[next] = (GroupId::ALL[group], index as u8);
            next += 1;
            index += 1;
        }
        group += 1;
    }
    places
};

impl LonghandId {
    /// How many longhands there are.
    pub const COUNT: usize = PHYSICAL_COUNT as usize + LOGICAL.len();

    /// How many of them are physical; their ids come first.
    pub const PHYSICAL_COUNT: usize = PHYSICAL_COUNT as usize;

    /// The longhand at a place of a group.
    pub(crate) const fn of_group(group: GroupId, index: u8) -> Self {
        LonghandId(OFFSETS[group as usize] + index as u16)
    }

    pub(super) const fn of_logical(index: u8) -> Self {
        LonghandId(PHYSICAL_COUNT + index as u16)
    }

    /// The number: less than [`LonghandId::COUNT`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The flow-relative longhand that this is.
    pub const fn logical(self) -> Option<LogicalLonghand> {
        if self.0 >= PHYSICAL_COUNT {
            Some(LogicalLonghand::at((self.0 - PHYSICAL_COUNT) as u8))
        } else {
            None
        }
    }

    /// The group and the place in it; for flow-relative longhands, of the physical one whose values they have.
    pub(crate) fn place(self) -> (GroupId, u8) {
        match self.logical() {
            None => PLACES[self.index()],
            Some(logical) => PLACES[logical.info().physical[0].index()],
        }
    }

    fn info(self) -> &'static LonghandInfo {
        let (group, index) = self.place();
        &group.longhands()[usize::from(index)]
    }

    /// The name in CSS.
    pub fn name(self) -> &'static str {
        match self.logical() {
            None => self.info().name,
            Some(logical) => logical.info().name,
        }
    }

    /// Whether the property inherits.
    pub fn is_inherited(self) -> bool {
        self.info().inherited
    }

    /// What a change makes necessary.
    pub fn affects(self) -> Affects {
        self.info().affects
    }

    /// The group that holds the computed value.
    pub fn group(self) -> GroupId {
        self.place().0
    }

    /// The longhands with computed values, in the order of the table.
    pub fn physical() -> impl ExactSizeIterator<Item = LonghandId> {
        (0..PHYSICAL_COUNT).map(LonghandId)
    }

    /// All longhands, flow-relative ones included.
    pub fn all() -> impl ExactSizeIterator<Item = LonghandId> {
        (0..Self::COUNT as u16).map(LonghandId)
    }
}

/// A property by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PropertyId {
    /// A longhand.
    Longhand(LonghandId),
    /// A shorthand.
    Shorthand(ShorthandId),
    /// A custom property, with its two dashes.
    Custom(Atom),
}

#[derive(Clone, Copy)]
enum Known {
    Longhand(LonghandId),
    Shorthand(ShorthandId),
}

/// Other names of properties: old ones, and those of other engines that pages use.
const ALIASES: &[(&str, &str)] = &[
    ("word-wrap", "overflow-wrap"),
    ("grid-gap", "gap"),
    ("grid-row-gap", "row-gap"),
    ("grid-column-gap", "column-gap"),
    ("font-width", "font-stretch"),
    ("mask-position-x", "-webkit-mask-position-x"),
    ("mask-position-y", "-webkit-mask-position-y"),
    ("color-adjust", "print-color-adjust"),
    ("text-combine", "text-combine-upright"),
    ("-epub-writing-mode", "writing-mode"),
    ("-webkit-align-content", "align-content"),
    ("-webkit-align-items", "align-items"),
    ("-webkit-align-self", "align-self"),
    ("-webkit-animation", "animation"),
    ("-webkit-animation-delay", "animation-delay"),
    ("-webkit-animation-direction", "animation-direction"),
    ("-webkit-animation-duration", "animation-duration"),
    ("-webkit-animation-fill-mode", "animation-fill-mode"),
    ("-webkit-animation-iteration-count", "animation-iteration-count"),
    ("-webkit-animation-name", "animation-name"),
    ("-webkit-animation-play-state", "animation-play-state"),
    ("-webkit-animation-timing-function", "animation-timing-function"),
    ("-webkit-appearance", "appearance"),
    ("-webkit-backface-visibility", "backface-visibility"),
    ("-webkit-background-clip", "background-clip"),
    ("-webkit-background-origin", "background-origin"),
    ("-webkit-background-size", "background-size"),
    ("-webkit-border-after", "border-block-end"),
    ("-webkit-border-after-color", "border-block-end-color"),
    ("-webkit-border-after-style", "border-block-end-style"),
    ("-webkit-border-after-width", "border-block-end-width"),
    ("-webkit-border-before", "border-block-start"),
    ("-webkit-border-before-color", "border-block-start-color"),
    ("-webkit-border-before-style", "border-block-start-style"),
    ("-webkit-border-before-width", "border-block-start-width"),
    ("-webkit-border-bottom-left-radius", "border-bottom-left-radius"),
    ("-webkit-border-bottom-right-radius", "border-bottom-right-radius"),
    ("-webkit-border-end", "border-inline-end"),
    ("-webkit-border-end-color", "border-inline-end-color"),
    ("-webkit-border-end-style", "border-inline-end-style"),
    ("-webkit-border-end-width", "border-inline-end-width"),
    ("-webkit-border-image", "border-image"),
    ("-webkit-border-radius", "border-radius"),
    ("-webkit-border-start", "border-inline-start"),
    ("-webkit-border-start-color", "border-inline-start-color"),
    ("-webkit-border-start-style", "border-inline-start-style"),
    ("-webkit-border-start-width", "border-inline-start-width"),
    ("-webkit-border-top-left-radius", "border-top-left-radius"),
    ("-webkit-border-top-right-radius", "border-top-right-radius"),
    ("-webkit-box-decoration-break", "box-decoration-break"),
    ("-webkit-box-shadow", "box-shadow"),
    ("-webkit-box-sizing", "box-sizing"),
    ("-webkit-clip-path", "clip-path"),
    ("-webkit-column-count", "column-count"),
    ("-webkit-column-gap", "column-gap"),
    ("-webkit-column-rule", "column-rule"),
    ("-webkit-column-rule-color", "column-rule-color"),
    ("-webkit-column-rule-style", "column-rule-style"),
    ("-webkit-column-rule-width", "column-rule-width"),
    ("-webkit-column-span", "column-span"),
    ("-webkit-column-width", "column-width"),
    ("-webkit-columns", "columns"),
    ("-webkit-filter", "filter"),
    ("-webkit-flex", "flex"),
    ("-webkit-flex-basis", "flex-basis"),
    ("-webkit-flex-direction", "flex-direction"),
    ("-webkit-flex-flow", "flex-flow"),
    ("-webkit-flex-grow", "flex-grow"),
    ("-webkit-flex-shrink", "flex-shrink"),
    ("-webkit-flex-wrap", "flex-wrap"),
    ("-webkit-font-feature-settings", "font-feature-settings"),
    ("-webkit-hyphenate-character", "hyphenate-character"),
    ("-webkit-justify-content", "justify-content"),
    ("-webkit-line-break", "line-break"),
    ("-webkit-logical-height", "block-size"),
    ("-webkit-logical-width", "inline-size"),
    ("-webkit-margin-after", "margin-block-end"),
    ("-webkit-margin-before", "margin-block-start"),
    ("-webkit-margin-end", "margin-inline-end"),
    ("-webkit-margin-start", "margin-inline-start"),
    ("-webkit-mask", "mask"),
    ("-webkit-mask-clip", "mask-clip"),
    ("-webkit-mask-composite", "mask-composite"),
    ("-webkit-mask-image", "mask-image"),
    ("-webkit-mask-origin", "mask-origin"),
    ("-webkit-mask-position", "mask-position"),
    ("-webkit-mask-repeat", "mask-repeat"),
    ("-webkit-mask-size", "mask-size"),
    ("-webkit-max-logical-height", "max-block-size"),
    ("-webkit-max-logical-width", "max-inline-size"),
    ("-webkit-min-logical-height", "min-block-size"),
    ("-webkit-min-logical-width", "min-inline-size"),
    ("-webkit-opacity", "opacity"),
    ("-webkit-order", "order"),
    ("-webkit-padding-after", "padding-block-end"),
    ("-webkit-padding-before", "padding-block-start"),
    ("-webkit-padding-end", "padding-inline-end"),
    ("-webkit-padding-start", "padding-inline-start"),
    ("-webkit-perspective", "perspective"),
    ("-webkit-perspective-origin", "perspective-origin"),
    ("-webkit-print-color-adjust", "print-color-adjust"),
    ("-webkit-shape-image-threshold", "shape-image-threshold"),
    ("-webkit-shape-margin", "shape-margin"),
    ("-webkit-shape-outside", "shape-outside"),
    ("-webkit-text-emphasis", "text-emphasis"),
    ("-webkit-text-emphasis-color", "text-emphasis-color"),
    ("-webkit-text-emphasis-position", "text-emphasis-position"),
    ("-webkit-text-emphasis-style", "text-emphasis-style"),
    ("-webkit-text-orientation", "text-orientation"),
    ("-webkit-text-size-adjust", "text-size-adjust"),
    ("-webkit-transform", "transform"),
    ("-webkit-transform-origin", "transform-origin"),
    ("-webkit-transform-style", "transform-style"),
    ("-webkit-transition", "transition"),
    ("-webkit-transition-delay", "transition-delay"),
    ("-webkit-transition-duration", "transition-duration"),
    ("-webkit-transition-property", "transition-property"),
    ("-webkit-transition-timing-function", "transition-timing-function"),
    ("-webkit-user-select", "user-select"),
    ("-webkit-writing-mode", "writing-mode"),
];

static NAMES: LazyLock<FxHashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut names: FxHashMap<&'static str, Known> =
        LonghandId::all().map(|id| (id.name(), Known::Longhand(id))).collect();
    names.extend(ShorthandId::all().map(|id| (id.name(), Known::Shorthand(id))));
    for (alias, name) in ALIASES {
        // An alias of a property that is not in the table is unknown too.
        if let Some(known) = names.get(name).copied() {
            names.insert(alias, known);
        }
    }
    names
});

/// The longest name, for the buffer that names are put in lower case in.
const LONGEST_NAME: usize = 40;

impl PropertyId {
    /// The property with this name, ASCII case aside; aliases included.
    pub fn from_name(name: &str) -> Option<PropertyId> {
        if name.starts_with("--") {
            return (name.len() > 2).then(|| PropertyId::Custom(Atom::from(name)));
        }
        let known = match NAMES.get(name) {
            Some(known) => *known,
            None => {
                let mut buffer = [0_u8; LONGEST_NAME];
                let lower = buffer.get_mut(..name.len())?;
                lower.copy_from_slice(name.as_bytes());
                lower.make_ascii_lowercase();
                *NAMES.get(std::str::from_utf8(lower).ok()?)?
            }
        };
        Some(match known {
            Known::Longhand(id) => PropertyId::Longhand(id),
            Known::Shorthand(id) => PropertyId::Shorthand(id),
        })
    }

    /// The name in CSS.
    pub fn name(&self) -> &str {
        match self {
            PropertyId::Longhand(id) => id.name(),
            PropertyId::Shorthand(id) => id.name(),
            PropertyId::Custom(name) => name,
        }
    }

    /// The longhands that a declaration of this property sets.
    pub fn longhands(&self) -> &[LonghandId] {
        match self {
            PropertyId::Longhand(id) => std::slice::from_ref(id),
            PropertyId::Shorthand(id) => id.longhands(),
            PropertyId::Custom(_) => &[],
        }
    }

    /// The names of all properties in the table, aliases aside.
    pub fn names() -> impl Iterator<Item = &'static str> {
        LonghandId::all().map(LonghandId::name).chain(ShorthandId::all().map(ShorthandId::name))
    }

    /// The name that the author of an unknown property probably meant.
    pub fn suggestion(name: &str) -> Option<&'static str> {
        // Another engine's name is no slip of the finger; custom properties are unknown to nobody.
        if name.starts_with('-') && !name.starts_with("-webkit-") {
            return None;
        }
        static CANDIDATES: LazyLock<Vec<Candidate<'static>>> =
            LazyLock::new(|| PropertyId::names().map(Candidate::new).collect());
        suggest::closest(name, &CANDIDATES)
    }
}

impl LonghandId {
    /// Whether the property takes lengths without units in quirks mode.
    /// <https://quirks.spec.whatwg.org/#the-unitless-length-quirk>
    pub fn has_unitless_length_quirk(self) -> bool {
        matches!(
            self.name(),
            "background-position-x"
                | "background-position-y"
                | "border-spacing"
                | "border-top-width"
                | "border-right-width"
                | "border-bottom-width"
                | "border-left-width"
                | "top"
                | "right"
                | "bottom"
                | "left"
                | "clip"
                | "font-size"
                | "width"
                | "height"
                | "max-width"
                | "max-height"
                | "min-width"
                | "min-height"
                | "margin-top"
                | "margin-right"
                | "margin-bottom"
                | "margin-left"
                | "padding-top"
                | "padding-right"
                | "padding-bottom"
                | "padding-left"
                | "letter-spacing"
                | "word-spacing"
                | "text-indent"
                | "vertical-align"
        )
    }

    /// Whether the property takes colours without `#` in quirks mode.
    /// <https://quirks.spec.whatwg.org/#the-hashless-hex-color-quirk>
    pub fn has_hashless_color_quirk(self) -> bool {
        matches!(
            self.name(),
            "background-color"
                | "border-top-color"
                | "border-right-color"
                | "border-bottom-color"
                | "border-left-color"
                | "color"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_found_by_its_name() {
        for id in LonghandId::all() {
            assert_eq!(PropertyId::from_name(id.name()), Some(PropertyId::Longhand(id)), "{}", id.name());
            assert!(id.name().len() <= LONGEST_NAME, "{}", id.name());
        }
        for id in ShorthandId::all() {
            assert_eq!(PropertyId::from_name(id.name()), Some(PropertyId::Shorthand(id)), "{}", id.name());
        }
    }

    #[test]
    fn aliases_lead_to_known_properties() {
        for (alias, name) in ALIASES {
            assert_eq!(PropertyId::from_name(alias), PropertyId::from_name(name), "{alias}");
            assert!(
                PropertyId::from_name(name).is_some(),
                "{alias} is an alias of {name}, which is not known"
            );
        }
    }

    #[test]
    fn names_ignore_ascii_case_but_custom_ones_do_not() {
        assert_eq!(PropertyId::from_name("COLOR"), PropertyId::from_name("color"));
        assert_ne!(PropertyId::from_name("--A"), PropertyId::from_name("--a"));
        assert_eq!(PropertyId::from_name("--"), None);
        assert_eq!(PropertyId::from_name("colour"), None);
        assert_eq!(PropertyId::suggestion("colour"), Some("color"));
    }
}
