//! Flow-relative longhands: they have no value of their own but set a physical one, which depends on the writing mode.
//! <https://drafts.csswg.org/css-logical-1/>

use super::inherited_text::{Direction, WritingMode};
use super::{LonghandId, PropertyDeclaration, border, boxes, size, ui};

/// A flow-relative longhand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LogicalLonghand(u8);

/// What a flow-relative longhand means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    BlockStart,
    BlockEnd,
    InlineStart,
    InlineEnd,
    Block,
    Inline,
    /// Corners: block side, then inline side.
    StartStart,
    StartEnd,
    EndStart,
    EndEnd,
}

pub(super) struct LogicalInfo {
    pub(super) name: &'static str,
    flow: Flow,
    /// Top, right, bottom, left; or for axes horizontal, vertical; or for corners clockwise from the top left.
    pub(super) physical: &'static &'static [LonghandId],
}

macro_rules! logical_longhands {
    ($($group:ident $module:ident $set:ident [$first:ident $($other:ident)+] { $($name:literal $flow:ident),+ $(,)? })+) => {
        $(static $set: &[LonghandId] = &[$module::Longhand::$first.id(), $($module::Longhand::$other.id()),+];)+

        /// The flow-relative longhands.
        pub(super) static LOGICAL: &[LogicalInfo] = &[
            $($(LogicalInfo { name: $name, flow: Flow::$flow, physical: &$set },)+)+
        ];

        /// The declaration of the first longhand of a set made one of another longhand of the set.
        fn retarget(declaration: &PropertyDeclaration, target: LonghandId) -> Option<PropertyDeclaration> {
            match declaration {
                $(PropertyDeclaration::$group($module::Declaration::$first(value)) => {
                    $(if target == $module::Longhand::$other.id() {
                        return Some(PropertyDeclaration::$group($module::Declaration::$other(value.clone())));
                    })+
                    (target == $module::Longhand::$first.id()).then(|| declaration.clone())
                })+
                _ => None,
            }
        }
    };
}

logical_longhands! {
    Size size SIZES [Width Height] { "inline-size" Inline, "block-size" Block }
    Size size MIN_SIZES [MinWidth MinHeight] { "min-inline-size" Inline, "min-block-size" Block }
    Size size MAX_SIZES [MaxWidth MaxHeight] { "max-inline-size" Inline, "max-block-size" Block }
    Size size INTRINSIC_SIZES [ContainIntrinsicWidth ContainIntrinsicHeight] {
        "contain-intrinsic-inline-size" Inline, "contain-intrinsic-block-size" Block,
    }
    Size size MARGINS [MarginTop MarginRight MarginBottom MarginLeft] {
        "margin-block-start" BlockStart, "margin-block-end" BlockEnd,
        "margin-inline-start" InlineStart, "margin-inline-end" InlineEnd,
    }
    Size size PADDINGS [PaddingTop PaddingRight PaddingBottom PaddingLeft] {
        "padding-block-start" BlockStart, "padding-block-end" BlockEnd,
        "padding-inline-start" InlineStart, "padding-inline-end" InlineEnd,
    }
    Size size INSETS [Top Right Bottom Left] {
        "inset-block-start" BlockStart, "inset-block-end" BlockEnd,
        "inset-inline-start" InlineStart, "inset-inline-end" InlineEnd,
    }
    Size size SCROLL_MARGINS [ScrollMarginTop ScrollMarginRight ScrollMarginBottom ScrollMarginLeft] {
        "scroll-margin-block-start" BlockStart, "scroll-margin-block-end" BlockEnd,
        "scroll-margin-inline-start" InlineStart, "scroll-margin-inline-end" InlineEnd,
    }
    Size size SCROLL_PADDINGS [ScrollPaddingTop ScrollPaddingRight ScrollPaddingBottom ScrollPaddingLeft] {
        "scroll-padding-block-start" BlockStart, "scroll-padding-block-end" BlockEnd,
        "scroll-padding-inline-start" InlineStart, "scroll-padding-inline-end" InlineEnd,
    }
    Border border BORDER_WIDTHS [BorderTopWidth BorderRightWidth BorderBottomWidth BorderLeftWidth] {
        "border-block-start-width" BlockStart, "border-block-end-width" BlockEnd,
        "border-inline-start-width" InlineStart, "border-inline-end-width" InlineEnd,
    }
    Border border BORDER_STYLES [BorderTopStyle BorderRightStyle BorderBottomStyle BorderLeftStyle] {
        "border-block-start-style" BlockStart, "border-block-end-style" BlockEnd,
        "border-inline-start-style" InlineStart, "border-inline-end-style" InlineEnd,
    }
    Border border BORDER_COLORS [BorderTopColor BorderRightColor BorderBottomColor BorderLeftColor] {
        "border-block-start-color" BlockStart, "border-block-end-color" BlockEnd,
        "border-inline-start-color" InlineStart, "border-inline-end-color" InlineEnd,
    }
    Border border RADII [BorderTopLeftRadius BorderTopRightRadius BorderBottomRightRadius BorderBottomLeftRadius] {
        "border-start-start-radius" StartStart, "border-start-end-radius" StartEnd,
        "border-end-start-radius" EndStart, "border-end-end-radius" EndEnd,
    }
    Boxes boxes OVERFLOWS [OverflowX OverflowY] { "overflow-inline" Inline, "overflow-block" Block }
    Ui ui OVERSCROLLS [OverscrollBehaviorX OverscrollBehaviorY] {
        "overscroll-behavior-inline" Inline, "overscroll-behavior-block" Block,
    }
}

/// The id of the flow-relative longhand with this name, for tables; a name that is none does not compile.
pub(super) const fn logical(name: &str) -> LonghandId {
    let mut index = 0;
    while index < LOGICAL.len() {
        if is_same(LOGICAL[index].name.as_bytes(), name.as_bytes()) {
            return LonghandId::of_logical(index as u8);
        }
        index += 1;
    }
    panic!("no flow-relative longhand has this name")
}

const fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The sides, in the order of [`LogicalInfo::physical`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Top = 0,
    Right = 1,
    Bottom = 2,
    Left = 3,
}

impl Side {
    const fn opposite(self) -> Side {
        match self {
            Side::Top => Side::Bottom,
            Side::Right => Side::Left,
            Side::Bottom => Side::Top,
            Side::Left => Side::Right,
        }
    }
}

/// The block-start and the inline-start side.
/// <https://drafts.csswg.org/css-writing-modes-4/#logical-to-physical>
const fn start_sides(mode: WritingMode, direction: Direction) -> (Side, Side) {
    let (block, inline) = match mode {
        WritingMode::HorizontalTb => (Side::Top, Side::Left),
        WritingMode::VerticalRl | WritingMode::SidewaysRl => (Side::Right, Side::Top),
        WritingMode::VerticalLr => (Side::Left, Side::Top),
        WritingMode::SidewaysLr => (Side::Left, Side::Bottom),
    };
    match direction {
        Direction::Ltr => (block, inline),
        Direction::Rtl => (block, inline.opposite()),
    }
}

impl LogicalLonghand {
    pub(super) const fn at(index: u8) -> Self {
        LogicalLonghand(index)
    }

    pub(super) const fn info(self) -> &'static LogicalInfo {
        &LOGICAL[self.0 as usize]
    }

    /// The property in the whole table.
    pub const fn id(self) -> LonghandId {
        LonghandId::of_logical(self.0)
    }

    /// The physical longhand whose values this one has, for parsing.
    pub fn representative(self) -> LonghandId {
        self.info().physical[0]
    }

    /// The physical longhand that this one sets in a writing mode.
    pub fn to_physical(self, mode: WritingMode, direction: Direction) -> LonghandId {
        let info = self.info();
        let (block_start, inline_start) = start_sides(mode, direction);
        let corner = |block: Side, inline: Side| {
            let has = |side: Side| block == side || inline == side;
            match (has(Side::Top), has(Side::Left)) {
                (true, true) => 0,
                (true, false) => 1,
                (false, false) => 2,
                (false, true) => 3,
            }
        };
        let index = match info.flow {
            Flow::BlockStart => block_start as usize,
            Flow::BlockEnd => block_start.opposite() as usize,
            Flow::InlineStart => inline_start as usize,
            Flow::InlineEnd => inline_start.opposite() as usize,
            Flow::Inline => usize::from(mode.is_vertical()),
            Flow::Block => usize::from(!mode.is_vertical()),
            Flow::StartStart => corner(block_start, inline_start),
            Flow::StartEnd => corner(block_start, inline_start.opposite()),
            Flow::EndStart => corner(block_start.opposite(), inline_start),
            Flow::EndEnd => corner(block_start.opposite(), inline_start.opposite()),
        };
        info.physical[index]
    }

    /// The declaration of the physical longhand that this one sets; `declaration` is of the [`LogicalLonghand::representative`].
    pub(super) fn physical_declaration(
        declaration: &PropertyDeclaration,
        target: LonghandId,
    ) -> PropertyDeclaration {
        retarget(declaration, target).unwrap_or_else(|| declaration.clone())
    }
}

/// The declaration of the same value for another longhand of the same set, where `declaration` is of the set's first: how
/// shorthands give all sides one value.
pub(super) fn with_longhand(
    declaration: &PropertyDeclaration,
    target: LonghandId,
) -> Option<PropertyDeclaration> {
    match (declaration, target.logical()) {
        (PropertyDeclaration::Logical(_, physical), Some(logical)) => {
            let same_set = physical.longhand() == Some(logical.representative());
            same_set.then(|| PropertyDeclaration::Logical(logical, physical.clone()))
        }
        (PropertyDeclaration::Logical(..), None) | (_, Some(_)) => None,
        (physical, None) => retarget(physical, target),
    }
}

#[cfg(test)]
mod tests {
    use super::super::PropertyId;
    use super::*;

    fn mapped(name: &str, mode: WritingMode, direction: Direction) -> &'static str {
        let Some(PropertyId::Longhand(id)) = PropertyId::from_name(name) else {
            panic!("{name} is no longhand")
        };
        id.logical().unwrap().to_physical(mode, direction).name()
    }

    #[test]
    fn sides_follow_the_writing_mode() {
        use Direction::{Ltr, Rtl};
        use WritingMode::{HorizontalTb, SidewaysLr, VerticalLr, VerticalRl};
        assert_eq!(mapped("margin-inline-start", HorizontalTb, Ltr), "margin-left");
        assert_eq!(mapped("margin-inline-start", HorizontalTb, Rtl), "margin-right");
        assert_eq!(mapped("padding-block-start", VerticalRl, Ltr), "padding-right");
        assert_eq!(mapped("inset-block-end", VerticalLr, Ltr), "right");
        assert_eq!(mapped("border-inline-start-width", SidewaysLr, Ltr), "border-bottom-width");
        assert_eq!(mapped("inline-size", VerticalRl, Ltr), "height");
        assert_eq!(mapped("border-start-end-radius", HorizontalTb, Ltr), "border-top-right-radius");
        assert_eq!(mapped("border-start-end-radius", VerticalRl, Ltr), "border-bottom-right-radius");
    }
}
