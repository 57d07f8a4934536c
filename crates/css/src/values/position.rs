//! `<position>`.
//! <https://drafts.csswg.org/css-values-4/#position>

use super::length::{LengthPercentage, SpecifiedLengthPercentage};
use super::{Compute, ComputeContext, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

computes_by_parts! {
    /// A point in a box: offsets from its left and top edges, where percentages are of the space that is left over.
    pub struct Position<H = LengthPercentage, V = LengthPercentage> {
        /// From the left.
        pub x: H,
        /// From the top.
        pub y: V,
    }
}

/// A position in a declaration.
pub type SpecifiedPosition = Position<SpecifiedPositionX, SpecifiedPositionY>;

impl Position {
    /// `0% 0%`
    pub const TOP_LEFT: Position =
        Position { x: LengthPercentage::Percentage(0.0), y: LengthPercentage::Percentage(0.0) };
    /// `50% 50%`
    pub const CENTER: Position =
        Position { x: LengthPercentage::Percentage(0.5), y: LengthPercentage::Percentage(0.5) };
}

impl SpecifiedPosition {
    /// `center`
    pub const CENTERED: SpecifiedPosition =
        Position { x: SpecifiedPositionX::Center, y: SpecifiedPositionY::Center };
}

keywords! {
    /// A side of the horizontal axis.
    pub enum HorizontalSide { Left = "left", Right = "right" }
}
keywords! {
    /// A side of the vertical axis.
    pub enum VerticalSide { Top = "top", Bottom = "bottom" }
}

macro_rules! position_component {
    ($name:ident, $side:ident, $start:ident, $axis:literal) => {
        #[doc = concat!("A position on the ", $axis, " axis in a declaration; it computes to an offset from the start.")]
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            /// `center`
            Center,
            /// An offset from the start side.
            Offset(SpecifiedLengthPercentage),
            /// A side, or an offset from it.
            Side($side, Option<SpecifiedLengthPercentage>),
        }

        impl Parse for $name {
            fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
                if let Ok(offset) = input.try_parse(|input| SpecifiedLengthPercentage::parse(input, context)) {
                    return Ok($name::Offset(offset));
                }
                let keyword = input.expect_ident()?;
                if keyword.eq_ignore_ascii_case("center") {
                    return Ok($name::Center);
                }
                let side = $side::from_keyword(keyword).ok_or_else(invalid_value)?;
                let offset = input.try_parse(|input| SpecifiedLengthPercentage::parse(input, context)).ok();
                Ok($name::Side(side, offset))
            }
        }

        impl ToCss for $name {
            fn to_css(&self, out: &mut String) {
                match self {
                    $name::Center => out.push_str("center"),
                    $name::Offset(offset) => offset.to_css(out),
                    $name::Side(side, offset) => {
                        side.to_css(out);
                        if let Some(offset) = offset {
                            out.push(' ');
                            offset.to_css(out);
                        }
                    }
                }
            }
        }

        impl Compute for $name {
            type Computed = LengthPercentage;

            fn compute(&self, context: &ComputeContext<'_>) -> LengthPercentage {
                match self {
                    $name::Center => LengthPercentage::Percentage(0.5),
                    $name::Offset(offset) => offset.compute(context),
                    $name::Side($side::$start, offset) => {
                        offset.as_ref().map_or(LengthPercentage::Percentage(0.0), |offset| offset.compute(context))
                    }
                    $name::Side(_, None) => LengthPercentage::Percentage(1.0),
                    $name::Side(_, Some(offset)) => offset.compute(context).subtracted_from_all(),
                }
            }
        }
    };
}

position_component!(SpecifiedPositionX, HorizontalSide, Left, "horizontal");
position_component!(SpecifiedPositionY, VerticalSide, Top, "vertical");

/// One part of a position before it is known which axis it is for.
enum Part {
    Center,
    Horizontal(HorizontalSide),
    Vertical(VerticalSide),
    Offset(SpecifiedLengthPercentage),
}

fn parse_part(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Part> {
    if let Ok(offset) = input.try_parse(|input| SpecifiedLengthPercentage::parse(input, context)) {
        return Ok(Part::Offset(offset));
    }
    let keyword = input.expect_ident()?;
    if keyword.eq_ignore_ascii_case("center") {
        return Ok(Part::Center);
    }
    HorizontalSide::from_keyword(keyword)
        .map(Part::Horizontal)
        .or_else(|| VerticalSide::from_keyword(keyword).map(Part::Vertical))
        .ok_or_else(invalid_value)
}

impl SpecifiedPosition {
    /// Parses a position of one to four parts; three only where `three` says so: in `background-position`.
    ///
    /// # Errors
    /// The input does not begin with a position.
    pub fn parse_with(input: &mut Parser<'_>, context: &ParseContext<'_>, three: bool) -> CssResult<Self> {
        let mut parts = smallvec::SmallVec::<[(Part, cssparser::ParserState); 4]>::new();
        while parts.len() < 4 {
            let Ok(part) = input.try_parse(|input| parse_part(input, context)) else { break };
            parts.push((part, input.state()));
        }
        // Takes as many parts as make sense: what follows may belong to something else.
        while !parts.is_empty() {
            let count = parts.len();
            if (count != 3 || three)
                && let Some(position) = assemble(parts.iter().map(|(part, _)| part))
            {
                if let Some((_, end)) = parts.last() {
                    input.reset(end);
                }
                return Ok(position);
            }
            parts.pop();
        }
        Err(invalid_value())
    }
}

fn assemble<'a>(parts: impl Iterator<Item = &'a Part>) -> Option<SpecifiedPosition> {
    use SpecifiedPositionX as X;
    use SpecifiedPositionY as Y;
    let parts: smallvec::SmallVec<[&Part; 4]> = parts.collect();
    Some(match parts.as_slice() {
        [Part::Center] => Position { x: X::Center, y: Y::Center },
        [Part::Horizontal(side)] => Position { x: X::Side(*side, None), y: Y::Center },
        [Part::Vertical(side)] => Position { x: X::Center, y: Y::Side(*side, None) },
        [Part::Offset(offset)] => Position { x: X::Offset(offset.clone()), y: Y::Center },
        // Only two keywords may come in either order.
        [Part::Vertical(y), Part::Horizontal(x)] => Position { x: X::Side(*x, None), y: Y::Side(*y, None) },
        [Part::Vertical(y), Part::Center] => Position { x: X::Center, y: Y::Side(*y, None) },
        [Part::Center, Part::Horizontal(x)] => Position { x: X::Side(*x, None), y: Y::Center },
        [first, second] => {
            let x = match first {
                Part::Center => X::Center,
                Part::Horizontal(side) => X::Side(*side, None),
                Part::Offset(offset) => X::Offset(offset.clone()),
                Part::Vertical(_) => return None,
            };
            let y = match second {
                Part::Center => Y::Center,
                Part::Vertical(side) => Y::Side(*side, None),
                Part::Offset(offset) => Y::Offset(offset.clone()),
                Part::Horizontal(_) => return None,
            };
            Position { x, y }
        }
        [Part::Horizontal(x), Part::Offset(dx), rest @ ..] => {
            Position { x: X::Side(*x, Some(dx.clone())), y: vertical_rest(rest)? }
        }
        [Part::Vertical(y), Part::Offset(dy), rest @ ..] => {
            Position { x: horizontal_rest(rest)?, y: Y::Side(*y, Some(dy.clone())) }
        }
        [Part::Horizontal(x), Part::Vertical(y), Part::Offset(dy)] => {
            Position { x: X::Side(*x, None), y: Y::Side(*y, Some(dy.clone())) }
        }
        [Part::Vertical(y), Part::Horizontal(x), Part::Offset(dx)] => {
            Position { x: X::Side(*x, Some(dx.clone())), y: Y::Side(*y, None) }
        }
        [Part::Center, Part::Vertical(y), Part::Offset(dy)] => {
            Position { x: X::Center, y: Y::Side(*y, Some(dy.clone())) }
        }
        [Part::Center, Part::Horizontal(x), Part::Offset(dx)] => {
            Position { x: X::Side(*x, Some(dx.clone())), y: Y::Center }
        }
        _ => return None,
    })
}

fn vertical_rest(rest: &[&Part]) -> Option<SpecifiedPositionY> {
    match rest {
        [Part::Center] => Some(SpecifiedPositionY::Center),
        [Part::Vertical(side)] => Some(SpecifiedPositionY::Side(*side, None)),
        [Part::Vertical(side), Part::Offset(offset)] => {
            Some(SpecifiedPositionY::Side(*side, Some(offset.clone())))
        }
        _ => None,
    }
}

fn horizontal_rest(rest: &[&Part]) -> Option<SpecifiedPositionX> {
    match rest {
        [Part::Center] => Some(SpecifiedPositionX::Center),
        [Part::Horizontal(side)] => Some(SpecifiedPositionX::Side(*side, None)),
        [Part::Horizontal(side), Part::Offset(offset)] => {
            Some(SpecifiedPositionX::Side(*side, Some(offset.clone())))
        }
        _ => None,
    }
}

impl Parse for SpecifiedPosition {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        Self::parse_with(input, context, false)
    }
}

impl<H: ToCss, V: ToCss> ToCss for Position<H, V> {
    fn to_css(&self, out: &mut String) {
        self.x.to_css(out);
        out.push(' ');
        self.y.to_css(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, three: bool) -> Option<String> {
        let mut input = Parser::new(text);
        let position = input
            .parse_entirely(|input| SpecifiedPosition::parse_with(input, &ParseContext::default(), three))
            .ok()?;
        Some(position.to_css_string())
    }

    #[test]
    fn one_to_four_parts_are_positions() {
        assert_eq!(parsed("center", false).as_deref(), Some("center center"));
        assert_eq!(parsed("top", false).as_deref(), Some("center top"));
        assert_eq!(parsed("bottom left", false).as_deref(), Some("left bottom"));
        assert_eq!(parsed("10px 20%", false).as_deref(), Some("10px 20%"));
        assert_eq!(parsed("right 10px bottom 20%", false).as_deref(), Some("right 10px bottom 20%"));
    }

    #[test]
    fn three_parts_are_for_backgrounds_only() {
        assert_eq!(parsed("right 10px bottom", false), None);
        assert_eq!(parsed("right 10px bottom", true).as_deref(), Some("right 10px bottom"));
    }

    #[test]
    fn two_parts_of_one_axis_are_none() {
        assert_eq!(parsed("left right", false), None);
        assert_eq!(parsed("10px left", false), None);
    }
}
