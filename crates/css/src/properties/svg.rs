//! SVG's presentation properties that inherit.
//! <https://svgwg.org/svg2-draft/propidx.html>

use crate::values::NoneOr;
use crate::values::color::Color;
use crate::values::combinators::Boxed;
use crate::values::length::{NonNegative, NumberOr, SpecifiedLengthPercentage};
use crate::values::number::{AlphaValue, SpecifiedNumber};
use crate::values::shape::FillRule;
use crate::values::svg::{SpecifiedDashArray, SpecifiedSvgLength, SpecifiedSvgPaint, SvgPaint};
use crate::values::url::CssUrl;

keywords! {
    /// <https://svgwg.org/svg2-draft/painting.html#LineCaps>
    pub enum StrokeLinecap { Butt = "butt", Round = "round", Square = "square" }
}

keywords! {
    /// <https://svgwg.org/svg2-draft/painting.html#LineJoin>
    pub enum StrokeLinejoin { Miter = "miter", Round = "round", Bevel = "bevel" }
}

keywords! {
    /// <https://svgwg.org/svg2-draft/text.html#TextAnchorProperty>
    pub enum TextAnchor { Start = "start", Middle = "middle", End = "end" }
}

keywords! {
    /// <https://svgwg.org/svg2-draft/painting.html#ShapeRenderingProperty>
    pub enum ShapeRendering {
        Auto = "auto", OptimizeSpeed = "optimizespeed", CrispEdges = "crispedges", GeometricPrecision = "geometricprecision",
    }
}

keywords! {
    /// <https://svgwg.org/svg2-draft/painting.html#ColorInterpolationProperty>
    pub enum SvgColorInterpolation { SRgb = "srgb", Auto = "auto", LinearRgb = "linearrgb" }
}

keywords! {
    /// <https://drafts.csswg.org/css-inline-3/#dominant-baseline-property>
    pub enum DominantBaseline {
        Auto = "auto", TextBottom = "text-bottom" | "text-after-edge", Alphabetic = "alphabetic",
        Ideographic = "ideographic", Middle = "middle", Central = "central", Mathematical = "mathematical",
        Hanging = "hanging", TextTop = "text-top" | "text-before-edge",
    }
}

longhands! {
    /// SVG that inherits.
    group Svg: inherited {
        /// <https://svgwg.org/svg2-draft/painting.html#FillProperty>
        "fill" fill / Fill: Boxed<SpecifiedSvgPaint> = SvgPaint::Color(Color::BLACK), Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#FillOpacityProperty>
        "fill-opacity" fill_opacity / FillOpacity: AlphaValue = 1.0, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#FillRuleProperty>
        "fill-rule" fill_rule / FillRule: FillRule = FillRule::Nonzero, Paint;
        /// <https://drafts.csswg.org/css-masking-1/#the-clip-rule>
        "clip-rule" clip_rule / ClipRule: FillRule = FillRule::Nonzero, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeProperty>
        "stroke" stroke / Stroke: Boxed<SpecifiedSvgPaint> = SvgPaint::None, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeOpacityProperty>
        "stroke-opacity" stroke_opacity / StrokeOpacity: AlphaValue = 1.0, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeWidthProperty>
        "stroke-width" stroke_width / StrokeWidth: SpecifiedSvgLength = NumberOr::Number(1.0), Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeLinecapProperty>
        "stroke-linecap" stroke_linecap / StrokeLinecap: StrokeLinecap = StrokeLinecap::Butt, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeLinejoinProperty>
        "stroke-linejoin" stroke_linejoin / StrokeLinejoin: StrokeLinejoin = StrokeLinejoin::Miter, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeMiterlimitProperty>
        "stroke-miterlimit" stroke_miterlimit / StrokeMiterlimit: NonNegative<SpecifiedNumber> = 4.0, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeDasharrayProperty>
        "stroke-dasharray" stroke_dasharray / StrokeDasharray: SpecifiedDashArray = NoneOr::None, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#StrokeDashoffsetProperty>
        "stroke-dashoffset" stroke_dashoffset / StrokeDashoffset: NumberOr<SpecifiedLengthPercentage> = NumberOr::Number(0.0), Paint;
        /// <https://svgwg.org/svg2-draft/text.html#TextAnchorProperty>
        "text-anchor" text_anchor / TextAnchor: TextAnchor = TextAnchor::Start, Layout;
        /// <https://svgwg.org/svg2-draft/painting.html#ShapeRenderingProperty>
        "shape-rendering" shape_rendering / ShapeRendering: ShapeRendering = ShapeRendering::Auto, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#ColorInterpolationProperty>
        "color-interpolation" color_interpolation / ColorInterpolation: SvgColorInterpolation = SvgColorInterpolation::SRgb, Paint;
        /// <https://drafts.fxtf.org/filter-effects-1/#propdef-color-interpolation-filters>
        "color-interpolation-filters" color_interpolation_filters / ColorInterpolationFilters: SvgColorInterpolation = SvgColorInterpolation::LinearRgb, Paint;
        /// <https://drafts.csswg.org/css-inline-3/#propdef-dominant-baseline>
        "dominant-baseline" dominant_baseline / DominantBaseline: DominantBaseline = DominantBaseline::Auto, Layout;
        /// <https://svgwg.org/svg2-draft/painting.html#VertexMarkerProperties>
        "marker-start" marker_start / MarkerStart: Boxed<NoneOr<CssUrl>> = NoneOr::None, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#VertexMarkerProperties>
        "marker-mid" marker_mid / MarkerMid: Boxed<NoneOr<CssUrl>> = NoneOr::None, Paint;
        /// <https://svgwg.org/svg2-draft/painting.html#VertexMarkerProperties>
        "marker-end" marker_end / MarkerEnd: Boxed<NoneOr<CssUrl>> = NoneOr::None, Paint;
    }
}
