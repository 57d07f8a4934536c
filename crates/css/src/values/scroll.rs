//! Values of scrolling.
//! <https://drafts.csswg.org/css-scroll-snap-1/>

use super::Parse;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

/// `scrollbar-gutter`
/// <https://drafts.csswg.org/css-overflow-3/#scrollbar-gutter-property>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollbarGutter {
    /// `stable`
    pub stable: bool,
    /// `both-edges`
    pub both_edges: bool,
}

impl ScrollbarGutter {
    /// `auto`
    pub const AUTO: ScrollbarGutter = ScrollbarGutter { stable: false, both_edges: false };
}

impl Parse for ScrollbarGutter {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(ScrollbarGutter::AUTO);
        }
        let both = |input: &mut Parser<'_>| {
            input.try_parse(|input| input.expect_ident_matching("both-edges")).is_ok()
        };
        let before = both(input);
        input.expect_ident_matching("stable")?;
        Ok(ScrollbarGutter { stable: true, both_edges: before || both(input) })
    }
}

impl ToCss for ScrollbarGutter {
    fn to_css(&self, out: &mut String) {
        out.push_str(match (self.stable, self.both_edges) {
            (false, _) => "auto",
            (true, false) => "stable",
            (true, true) => "stable both-edges",
        });
    }
}

keywords! {
    /// The axes that snap.
    pub enum ScrollSnapAxis { X = "x", Y = "y", Block = "block", Inline = "inline", Both = "both" }
}

/// `scroll-snap-type`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollSnapType {
    /// The axes; `None` is `none`.
    pub axis: Option<ScrollSnapAxis>,
    /// Whether it must come to rest on a snap position.
    pub mandatory: bool,
}

impl ScrollSnapType {
    /// `none`
    pub const NONE: ScrollSnapType = ScrollSnapType { axis: None, mandatory: false };
}

impl Parse for ScrollSnapType {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(ScrollSnapType::NONE);
        }
        let axis = ScrollSnapAxis::parse(input, context)?;
        let mandatory = input.try_parse(|input| -> CssResult<bool> {
            let keyword = input.expect_ident()?;
            if keyword.eq_ignore_ascii_case("mandatory") {
                Ok(true)
            } else if keyword.eq_ignore_ascii_case("proximity") {
                Ok(false)
            } else {
                Err(invalid_value())
            }
        });
        Ok(ScrollSnapType { axis: Some(axis), mandatory: mandatory.unwrap_or(false) })
    }
}

impl ToCss for ScrollSnapType {
    fn to_css(&self, out: &mut String) {
        match self.axis {
            None => out.push_str("none"),
            Some(axis) => {
                axis.to_css(out);
                if self.mandatory {
                    out.push_str(" mandatory");
                }
            }
        }
    }
}

keywords! {
    /// Where in the box the snap position is.
    pub enum SnapAlignment { None = "none", Start = "start", End = "end", Center = "center" }
}

/// `scroll-snap-align`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollSnapAlign {
    /// On the block axis.
    pub block: SnapAlignment,
    /// On the inline axis.
    pub inline: SnapAlignment,
}

impl ScrollSnapAlign {
    /// `none`
    pub const NONE: ScrollSnapAlign =
        ScrollSnapAlign { block: SnapAlignment::None, inline: SnapAlignment::None };
}

impl Parse for ScrollSnapAlign {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let block = SnapAlignment::parse(input, context)?;
        let inline = input.try_parse(|input| SnapAlignment::parse(input, context)).unwrap_or(block);
        Ok(ScrollSnapAlign { block, inline })
    }
}

impl ToCss for ScrollSnapAlign {
    fn to_css(&self, out: &mut String) {
        self.block.to_css(out);
        if self.inline != self.block {
            out.push(' ');
            self.inline.to_css(out);
        }
    }
}

computes_to_itself!(ScrollbarGutter, ScrollSnapType, ScrollSnapAlign);
