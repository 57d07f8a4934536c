//! Box alignment.
//! <https://drafts.csswg.org/css-align-3/>

use cssparser::match_ignore_ascii_case;

use super::Parse;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// What happens where the aligned thing is larger than its place.
    pub enum OverflowPosition { Safe = "safe", Unsafe = "unsafe" }
}

keywords! {
    /// Where the content of a container stands, or how it is distributed.
    pub enum ContentPosition {
        Normal = "normal", Stretch = "stretch", Baseline = "baseline", LastBaseline = "last baseline", Center = "center",
        Start = "start", End = "end", FlexStart = "flex-start", FlexEnd = "flex-end", Left = "left", Right = "right",
        SpaceBetween = "space-between", SpaceAround = "space-around", SpaceEvenly = "space-evenly",
    }
}

/// `align-content` (`JUSTIFY` false) and `justify-content` (`JUSTIFY` true).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentAlignment<const JUSTIFY: bool> {
    /// `safe` or `unsafe`.
    pub overflow: Option<OverflowPosition>,
    /// Where.
    pub position: ContentPosition,
}

/// `align-content`
pub type AlignContent = ContentAlignment<false>;
/// `justify-content`
pub type JustifyContent = ContentAlignment<true>;

impl<const JUSTIFY: bool> ContentAlignment<JUSTIFY> {
    /// `normal`
    pub const NORMAL: Self = Self::of(ContentPosition::Normal);

    /// A position without `safe` or `unsafe`.
    pub const fn of(position: ContentPosition) -> Self {
        ContentAlignment { overflow: None, position }
    }
}

/// Parses `[ first | last ]? && baseline` after its first word; says whether it is `last`.
fn parse_baseline(first: &str, input: &mut Parser<'_>) -> Option<bool> {
    let last = match_ignore_ascii_case! { first,
        "baseline" => {
            // `baseline last` in this order too.
            if input.try_parse(|input| input.expect_ident_matching("last")).is_ok() {
                return Some(true);
            }
            let _ = input.try_parse(|input| input.expect_ident_matching("first"));
            return Some(false);
        },
        "first" => false,
        "last" => true,
        _ => return None,
    };
    input.try_parse(|input| input.expect_ident_matching("baseline")).ok().map(|()| last)
}

fn parse_overflow_position(input: &mut Parser<'_>) -> Option<OverflowPosition> {
    input
        .try_parse(|input| -> CssResult<_> {
            OverflowPosition::from_keyword(input.expect_ident()?).ok_or_else(invalid_value)
        })
        .ok()
}

impl<const JUSTIFY: bool> Parse for ContentAlignment<JUSTIFY> {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        use ContentPosition as P;
        let overflow = parse_overflow_position(input);
        let keyword = input.expect_ident_cloned()?;
        if let Some(last) = parse_baseline(&keyword, input) {
            if overflow.is_some() || JUSTIFY {
                return Err(invalid_value());
            }
            return Ok(Self::of(if last { P::LastBaseline } else { P::Baseline }));
        }
        let position = P::from_keyword(&keyword).ok_or_else(invalid_value)?;
        let valid = match position {
            P::Left | P::Right => JUSTIFY,
            P::Center | P::Start | P::End | P::FlexStart | P::FlexEnd => true,
            _ => overflow.is_none(),
        };
        if valid { Ok(ContentAlignment { overflow, position }) } else { Err(invalid_value()) }
    }
}

fn write_alignment(overflow: Option<OverflowPosition>, position: &str, out: &mut String) {
    if let Some(overflow) = overflow {
        overflow.to_css(out);
        out.push(' ');
    }
    out.push_str(position);
}

impl<const JUSTIFY: bool> ToCss for ContentAlignment<JUSTIFY> {
    fn to_css(&self, out: &mut String) {
        write_alignment(self.overflow, self.position.as_str(), out);
    }
}

keywords! {
    /// Where an item stands in its place.
    pub enum SelfPosition {
        Auto = "auto", Normal = "normal", Stretch = "stretch", Baseline = "baseline", LastBaseline = "last baseline",
        Center = "center", Start = "start", End = "end", SelfStart = "self-start", SelfEnd = "self-end",
        FlexStart = "flex-start", FlexEnd = "flex-end", Left = "left", Right = "right", AnchorCenter = "anchor-center",
    }
}

/// `align-self`, `align-items` (`ITEMS`), `justify-self` (`JUSTIFY`) and `justify-items` (both).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelfAlignment<const JUSTIFY: bool, const ITEMS: bool> {
    /// `safe` or `unsafe`.
    pub overflow: Option<OverflowPosition>,
    /// Where.
    pub position: SelfPosition,
    /// `legacy`, in `justify-items`: it inherits.
    pub legacy: bool,
}

/// `align-self`
pub type AlignSelf = SelfAlignment<false, false>;
/// `align-items`
pub type AlignItems = SelfAlignment<false, true>;
/// `justify-self`
pub type JustifySelf = SelfAlignment<true, false>;
/// `justify-items`
pub type JustifyItems = SelfAlignment<true, true>;

impl<const JUSTIFY: bool, const ITEMS: bool> SelfAlignment<JUSTIFY, ITEMS> {
    /// `auto`
    pub const AUTO: Self = Self::of(SelfPosition::Auto);
    /// `normal`
    pub const NORMAL: Self = Self::of(SelfPosition::Normal);

    /// A position without `safe`, `unsafe` or `legacy`.
    pub const fn of(position: SelfPosition) -> Self {
        SelfAlignment { overflow: None, position, legacy: false }
    }
}

impl<const JUSTIFY: bool, const ITEMS: bool> Parse for SelfAlignment<JUSTIFY, ITEMS> {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        use SelfPosition as P;
        if JUSTIFY
            && ITEMS
            && let Ok(alignment) = input.try_parse(parse_legacy)
        {
            return Ok(alignment);
        }
        let overflow = parse_overflow_position(input);
        let keyword = input.expect_ident_cloned()?;
        if let Some(last) = parse_baseline(&keyword, input) {
            if overflow.is_some() {
                return Err(invalid_value());
            }
            return Ok(Self::of(if last { P::LastBaseline } else { P::Baseline }));
        }
        let position = P::from_keyword(&keyword).ok_or_else(invalid_value)?;
        let valid = match position {
            P::Auto => !ITEMS && overflow.is_none(),
            P::Normal | P::Stretch => overflow.is_none(),
            P::Left | P::Right => JUSTIFY,
            _ => true,
        };
        if valid { Ok(SelfAlignment { overflow, position, legacy: false }) } else { Err(invalid_value()) }
    }
}

/// `legacy`, alone or with a side, in either order.
fn parse_legacy<const JUSTIFY: bool, const ITEMS: bool>(
    input: &mut Parser<'_>,
) -> CssResult<SelfAlignment<JUSTIFY, ITEMS>> {
    let (mut legacy, mut position) = (false, None);
    while let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
        match_ignore_ascii_case! { &keyword,
            "legacy" if !legacy => legacy = true,
            "left" if position.is_none() => position = Some(SelfPosition::Left),
            "right" if position.is_none() => position = Some(SelfPosition::Right),
            "center" if position.is_none() => position = Some(SelfPosition::Center),
            _ => return Err(invalid_value()),
        }
    }
    if !legacy {
        return Err(invalid_value());
    }
    Ok(SelfAlignment { overflow: None, position: position.unwrap_or(SelfPosition::Normal), legacy })
}

impl<const JUSTIFY: bool, const ITEMS: bool> ToCss for SelfAlignment<JUSTIFY, ITEMS> {
    fn to_css(&self, out: &mut String) {
        if self.legacy {
            out.push_str("legacy");
            if self.position != SelfPosition::Normal {
                out.push(' ');
                out.push_str(self.position.as_str());
            }
            return;
        }
        write_alignment(self.overflow, self.position.as_str(), out);
    }
}

impl<const JUSTIFY: bool> super::Compute for ContentAlignment<JUSTIFY> {
    type Computed = Self;

    fn compute(&self, _context: &super::ComputeContext<'_>) -> Self {
        *self
    }
}

impl<const JUSTIFY: bool, const ITEMS: bool> super::Compute for SelfAlignment<JUSTIFY, ITEMS> {
    type Computed = Self;

    fn compute(&self, _context: &super::ComputeContext<'_>) -> Self {
        *self
    }
}
