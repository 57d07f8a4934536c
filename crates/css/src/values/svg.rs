//! Values of SVG's presentation properties.
//! <https://svgwg.org/svg2-draft/painting.html>

use super::color::{Color, SpecifiedColor};
use super::length::{LengthPercentage, NonNegative, NumberOr, SpecifiedLengthPercentage};
use super::url::CssUrl;
use super::{CommaList, NoneOr, Parse};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

computes_by_parts! {
    /// What fills or strokes a shape.
    pub enum SvgPaint<C = Color> {
        /// `none`
        None,
        /// A colour.
        Color(color: C),
        /// A paint server, and what is used where there is none.
        Server(url: CssUrl, fallback: Option<NoneOr<C>>),
        /// `context-fill`
        ContextFill,
        /// `context-stroke`
        ContextStroke,
    }
}

/// A paint in a declaration.
pub type SpecifiedSvgPaint = SvgPaint<SpecifiedColor>;

impl Parse for SpecifiedSvgPaint {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        for (keyword, paint) in [
            ("none", SvgPaint::None),
            ("context-fill", SvgPaint::ContextFill),
            ("context-stroke", SvgPaint::ContextStroke),
        ] {
            if input.try_parse(|input| input.expect_ident_matching(keyword)).is_ok() {
                return Ok(paint);
            }
        }
        if let Ok(url) = input.try_parse(|input| CssUrl::parse(input, context)) {
            let fallback = input.try_parse(|input| Parse::parse(input, context)).ok();
            return Ok(SvgPaint::Server(url, fallback));
        }
        SpecifiedColor::parse(input, context).map(SvgPaint::Color)
    }
}

impl<C: ToCss> ToCss for SvgPaint<C> {
    fn to_css(&self, out: &mut String) {
        match self {
            SvgPaint::None => out.push_str("none"),
            SvgPaint::Color(color) => color.to_css(out),
            SvgPaint::Server(url, fallback) => {
                url.to_css(out);
                if let Some(fallback) = fallback {
                    out.push(' ');
                    fallback.to_css(out);
                }
            }
            SvgPaint::ContextFill => out.push_str("context-fill"),
            SvgPaint::ContextStroke => out.push_str("context-stroke"),
        }
    }
}

/// A length in user units or with a unit, in a declaration: `stroke-width`.
pub type SpecifiedSvgLength = NonNegative<NumberOr<SpecifiedLengthPercentage>>;
/// A length in user units or with a unit.
pub type SvgLength = NumberOr<LengthPercentage>;

/// `stroke-dasharray` in a declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecifiedDashArray(pub Vec<SpecifiedSvgLength>);

/// `stroke-dasharray`; empty is `none`.
pub type DashArray = NoneOr<CommaList<SvgLength>>;

impl Parse for SpecifiedDashArray {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(SpecifiedDashArray(Vec::new()));
        }
        // Commas are optional.
        let mut dashes = vec![SpecifiedSvgLength::parse(input, context)?];
        loop {
            let comma = input.try_parse(Parser::expect_comma).is_ok();
            match input.try_parse(|input| SpecifiedSvgLength::parse(input, context)) {
                Ok(dash) => dashes.push(dash),
                Err(error) if comma => return Err(error),
                Err(_) => return Ok(SpecifiedDashArray(dashes)),
            }
        }
    }
}

impl ToCss for SpecifiedDashArray {
    fn to_css(&self, out: &mut String) {
        if self.0.is_empty() {
            out.push_str("none");
        }
        crate::syntax::write_comma_separated(&self.0, out);
    }
}

impl super::Compute for SpecifiedDashArray {
    type Computed = DashArray;

    fn compute(&self, context: &super::ComputeContext<'_>) -> DashArray {
        if self.0.is_empty() {
            return NoneOr::None;
        }
        NoneOr::Value(self.0.iter().map(|dash| dash.compute(context)).collect())
    }
}
