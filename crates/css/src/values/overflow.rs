//! Values of overflow and containment.
//! <https://drafts.csswg.org/css-overflow-4/>

use bitflags::bitflags;
use cssparser::match_ignore_ascii_case;

use super::Parse;
use super::calc::Range;
use super::length::{Length, ParseInRange, SpecifiedLength};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// A box whose edge is meant.
    pub enum VisualBox { ContentBox = "content-box", PaddingBox = "padding-box", BorderBox = "border-box" }
}

computes_by_parts! {
    /// `overflow-clip-margin`
    pub struct OverflowClipMargin<L = Length> {
        /// The box that the distance is from.
        pub visual_box: VisualBox,
        /// How far outside the box things are still seen.
        pub distance: L,
    }
}

/// `overflow-clip-margin` in a declaration.
pub type SpecifiedOverflowClipMargin = OverflowClipMargin<SpecifiedLength>;

impl OverflowClipMargin {
    /// `0px`
    pub const ZERO: OverflowClipMargin =
        OverflowClipMargin { visual_box: VisualBox::PaddingBox, distance: Length::ZERO };
}

impl Parse for SpecifiedOverflowClipMargin {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let visual_box =
            |input: &mut Parser<'_>| input.try_parse(|input| VisualBox::parse(input, context)).ok();
        let before = visual_box(input);
        let distance =
            input.try_parse(|input| SpecifiedLength::parse_in_range(input, context, Range::NonNegative)).ok();
        let found = before.or_else(|| visual_box(input));
        if found.is_none() && distance.is_none() {
            return Err(invalid_value());
        }
        Ok(OverflowClipMargin {
            visual_box: found.unwrap_or(VisualBox::PaddingBox),
            distance: distance.unwrap_or(SpecifiedLength::px(0.0)),
        })
    }
}

impl<L: ToCss> ToCss for OverflowClipMargin<L> {
    fn to_css(&self, out: &mut String) {
        let distance = self.distance.to_css_string();
        let shows_box = self.visual_box != VisualBox::PaddingBox;
        if shows_box {
            self.visual_box.to_css(out);
        }
        if !shows_box || distance != "0px" {
            if shows_box {
                out.push(' ');
            }
            out.push_str(&distance);
        }
    }
}

bitflags! {
    /// `contain`; empty is `none`.
    /// <https://drafts.csswg.org/css-contain-2/#contain-property>
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Contain: u8 {
        /// `size`
        const SIZE = 1;
        /// `inline-size`
        const INLINE_SIZE = 2;
        /// `layout`
        const LAYOUT = 4;
        /// `style`
        const STYLE = 8;
        /// `paint`
        const PAINT = 16;
        /// `content`
        const CONTENT = Contain::LAYOUT.bits() | Contain::STYLE.bits() | Contain::PAINT.bits();
        /// `strict`
        const STRICT = Contain::CONTENT.bits() | Contain::SIZE.bits();
    }
}

impl Parse for Contain {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let mut contain = Contain::empty();
        let mut whole = None;
        while let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            let flag = match_ignore_ascii_case! { &keyword,
                "size" => Contain::SIZE,
                "inline-size" => Contain::INLINE_SIZE,
                "layout" => Contain::LAYOUT,
                "style" => Contain::STYLE,
                "paint" => Contain::PAINT,
                "none" => { whole = Some(Contain::empty()); Contain::empty() },
                "content" => { whole = Some(Contain::CONTENT); Contain::empty() },
                "strict" => { whole = Some(Contain::STRICT); Contain::empty() },
                _ => return Err(invalid_value()),
            };
            let both_sizes = (contain | flag).contains(Contain::SIZE | Contain::INLINE_SIZE);
            if contain.intersects(flag) || both_sizes {
                return Err(invalid_value());
            }
            contain |= flag;
            if let Some(whole) = whole {
                // These stand alone.
                return if contain.is_empty() && input.is_exhausted() {
                    Ok(whole)
                } else {
                    Err(invalid_value())
                };
            }
        }
        if contain.is_empty() { Err(invalid_value()) } else { Ok(contain) }
    }
}

impl ToCss for Contain {
    fn to_css(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("none");
        }
        if *self == Contain::STRICT {
            return out.push_str("strict");
        }
        if *self == Contain::CONTENT {
            return out.push_str("content");
        }
        let start = out.len();
        for (flag, name) in [
            (Contain::SIZE, "size"),
            (Contain::INLINE_SIZE, "inline-size"),
            (Contain::LAYOUT, "layout"),
            (Contain::STYLE, "style"),
            (Contain::PAINT, "paint"),
        ] {
            if self.contains(flag) {
                if out.len() > start {
                    out.push(' ');
                }
                out.push_str(name);
            }
        }
    }
}

computes_to_itself!(Contain);

bitflags! {
    /// `container-type`; empty is `normal`.
    /// <https://drafts.csswg.org/css-conditional-5/#container-type>
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct ContainerType: u8 {
        /// `size`
        const SIZE = 1;
        /// `inline-size`
        const INLINE_SIZE = 2;
        /// `scroll-state`
        const SCROLL_STATE = 4;
    }
}

flag_keywords!(
    ContainerType, empty "normal", "size" => SIZE, "inline-size" => INLINE_SIZE, "scroll-state" => SCROLL_STATE
);

bitflags! {
    /// `touch-action`; empty is `auto`.
    /// <https://w3c.github.io/pointerevents/#the-touch-action-css-property>
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct TouchAction: u8 {
        /// `none`
        const NONE = 1;
        /// `pan-x`
        const PAN_X = 2;
        /// `pan-y`
        const PAN_Y = 4;
        /// `pan-left`
        const PAN_LEFT = 8;
        /// `pan-right`
        const PAN_RIGHT = 16;
        /// `pinch-zoom`
        const PINCH_ZOOM = 32;
        /// `manipulation`
        const MANIPULATION = 64;
    }
}

flag_keywords!(
    TouchAction, empty "auto",
    "none" => NONE, "pan-x" => PAN_X, "pan-left" => PAN_LEFT, "pan-right" => PAN_RIGHT, "pan-y" => PAN_Y,
    "pinch-zoom" => PINCH_ZOOM, "manipulation" => MANIPULATION;
    alone NONE | MANIPULATION
);
