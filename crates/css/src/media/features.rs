//! The media features. A row adds one.
//! <https://drafts.csswg.org/mediaqueries-5/#media-descriptor-table>

use std::fmt;

use super::device::{ColorGamut, Contrast, Device, PointerAccuracy};
use super::range::{RangeTest, ValueKind};
use crate::condition::Truth;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, Parser, ToCss, Token};
use crate::values::ComputeContext;

/// A feature whose values are ordered.
pub struct RangeFeature {
    name: &'static str,
    kind: ValueKind,
    /// The value as a fraction: numerator and denominator.
    value: fn(&Device) -> (f64, f64),
}

/// A feature whose values are keywords.
pub struct DiscreteFeature {
    name: &'static str,
    keywords: &'static [&'static str],
    /// Whether the feature is a keyword of its.
    is: fn(&Device, &str) -> bool,
    /// Whether the feature alone, without value, holds.
    boolean: fn(&Device) -> bool,
}

fn whole(value: f32) -> (f64, f64) {
    (f64::from(value), 1.0)
}

fn ratio(width: f32, height: f32) -> (f64, f64) {
    (f64::from(width), f64::from(height))
}

static RANGES: &[RangeFeature] = &[
    RangeFeature { name: "width", kind: ValueKind::Length, value: |device| whole(device.viewport.width) },
    RangeFeature { name: "height", kind: ValueKind::Length, value: |device| whole(device.viewport.height) },
    RangeFeature {
        name: "aspect-ratio",
        kind: ValueKind::Ratio,
        value: |device| ratio(device.viewport.width, device.viewport.height),
    },
    RangeFeature {
        name: "device-width",
        kind: ValueKind::Length,
        value: |device| whole(device.screen.width),
    },
    RangeFeature {
        name: "device-height",
        kind: ValueKind::Length,
        value: |device| whole(device.screen.height),
    },
    RangeFeature {
        name: "device-aspect-ratio",
        kind: ValueKind::Ratio,
        value: |device| ratio(device.screen.width, device.screen.height),
    },
    RangeFeature { name: "resolution", kind: ValueKind::Resolution, value: |device| whole(device.scale) },
    RangeFeature {
        name: "-webkit-device-pixel-ratio",
        kind: ValueKind::Number,
        value: |device| whole(device.scale),
    },
    RangeFeature {
        name: "color",
        kind: ValueKind::Integer,
        value: |device| whole(f32::from(device.color_bits)),
    },
    RangeFeature { name: "color-index", kind: ValueKind::Integer, value: |_| whole(0.0) },
    RangeFeature { name: "monochrome", kind: ValueKind::Integer, value: |_| whole(0.0) },
    RangeFeature { name: "horizontal-viewport-segments", kind: ValueKind::Integer, value: |_| whole(1.0) },
    RangeFeature { name: "vertical-viewport-segments", kind: ValueKind::Integer, value: |_| whole(1.0) },
];

/// A feature that no device differs in.
const fn constant(
    name: &'static str,
    keywords: &'static [&'static str],
    is: fn(&Device, &str) -> bool,
    boolean: fn(&Device) -> bool,
) -> DiscreteFeature {
    DiscreteFeature { name, keywords, is, boolean }
}

fn always(_: &Device) -> bool {
    true
}

fn never(_: &Device) -> bool {
    false
}

const REDUCE: &[&str] = &["no-preference", "reduce"];
const NONE_OR_ACTIVE: &[&str] = &["none", "active"];
const HOVER: &[&str] = &["none", "hover"];
const POINTER: &[&str] = &["none", "coarse", "fine"];
const DYNAMIC_RANGE: &[&str] = &["standard", "high"];
const ZERO_OR_ONE: &[&str] = &["0", "1"];

static DISCRETE: &[DiscreteFeature] = &[
    DiscreteFeature {
        name: "orientation",
        keywords: &["portrait", "landscape"],
        is: |device, keyword| (keyword == "portrait") == (device.viewport.height >= device.viewport.width),
        boolean: always,
    },
    DiscreteFeature {
        name: "hover",
        keywords: HOVER,
        is: |device, keyword| (keyword == "hover") == device.hover,
        boolean: |device| device.hover,
    },
    DiscreteFeature {
        name: "any-hover",
        keywords: HOVER,
        is: |device, keyword| (keyword == "hover") == device.hover,
        boolean: |device| device.hover,
    },
    DiscreteFeature {
        name: "pointer",
        keywords: POINTER,
        is: |device, keyword| keyword == device.pointer.as_str(),
        boolean: |device| device.pointer != PointerAccuracy::None,
    },
    DiscreteFeature {
        name: "any-pointer",
        keywords: POINTER,
        is: |device, keyword| keyword == device.pointer.as_str(),
        boolean: |device| device.pointer != PointerAccuracy::None,
    },
    DiscreteFeature {
        name: "prefers-color-scheme",
        keywords: &["light", "dark"],
        is: |device, keyword| keyword == device.color_scheme.as_str(),
        boolean: always,
    },
    DiscreteFeature {
        name: "prefers-reduced-motion",
        keywords: REDUCE,
        is: |device, keyword| (keyword == "reduce") == device.reduced_motion,
        boolean: |device| device.reduced_motion,
    },
    DiscreteFeature {
        name: "prefers-reduced-transparency",
        keywords: REDUCE,
        is: |device, keyword| (keyword == "reduce") == device.reduced_transparency,
        boolean: |device| device.reduced_transparency,
    },
    DiscreteFeature {
        name: "prefers-reduced-data",
        keywords: REDUCE,
        is: |device, keyword| (keyword == "reduce") == device.reduced_data,
        boolean: |device| device.reduced_data,
    },
    DiscreteFeature {
        name: "prefers-contrast",
        keywords: &["no-preference", "more", "less", "custom"],
        is: |device, keyword| keyword == device.contrast.as_str(),
        boolean: |device| device.contrast != Contrast::NoPreference,
    },
    DiscreteFeature {
        name: "forced-colors",
        keywords: NONE_OR_ACTIVE,
        is: |device, keyword| (keyword == "active") == device.forced_colors,
        boolean: |device| device.forced_colors,
    },
    DiscreteFeature {
        name: "inverted-colors",
        keywords: &["none", "inverted"],
        is: |device, keyword| (keyword == "inverted") == device.inverted_colors,
        boolean: |device| device.inverted_colors,
    },
    DiscreteFeature {
        name: "scripting",
        keywords: &["none", "initial-only", "enabled"],
        is: |device, keyword| keyword == device.scripting.as_str(),
        boolean: |device| device.scripting.as_str() != "none",
    },
    DiscreteFeature {
        name: "color-gamut",
        keywords: &["srgb", "p3", "rec2020"],
        // A wider gamut holds the narrower ones.
        is: |device, keyword| match device.color_gamut {
            ColorGamut::Srgb => keyword == "srgb",
            ColorGamut::P3 => keyword != "rec2020",
            ColorGamut::Rec2020 => true,
        },
        boolean: always,
    },
    DiscreteFeature {
        name: "update",
        keywords: &["none", "slow", "fast"],
        is: |device, keyword| (keyword == "fast") == is_screen(device) && keyword != "slow",
        boolean: is_screen,
    },
    DiscreteFeature {
        name: "overflow-block",
        keywords: &["none", "scroll", "paged"],
        is: |device, keyword| keyword == if is_screen(device) { "scroll" } else { "paged" },
        boolean: always,
    },
    DiscreteFeature {
        name: "overflow-inline",
        keywords: &["none", "scroll"],
        is: |device, keyword| (keyword == "scroll") == is_screen(device),
        boolean: is_screen,
    },
    constant("dynamic-range", DYNAMIC_RANGE, |_, keyword| keyword == "standard", always),
    constant("video-dynamic-range", DYNAMIC_RANGE, |_, keyword| keyword == "standard", always),
    constant(
        "display-mode",
        &[
            "browser",
            "fullscreen",
            "minimal-ui",
            "picture-in-picture",
            "standalone",
            "window-controls-overlay",
        ],
        |_, keyword| keyword == "browser",
        always,
    ),
    constant("grid", ZERO_OR_ONE, |_, keyword| keyword == "0", never),
    constant("-webkit-transform-3d", ZERO_OR_ONE, |_, keyword| keyword == "1", always),
];

fn is_screen(device: &Device) -> bool {
    device.kind == super::DeviceKind::Screen
}

/// A test of a media feature, with its parentheses.
#[derive(Clone)]
pub enum MediaFeature {
    /// Of one whose values are ordered.
    Range(&'static RangeFeature, RangeTest),
    /// Of one whose values are keywords, with the keyword that is asked for.
    Discrete(&'static DiscreteFeature, Option<&'static str>),
}

impl MediaFeature {
    /// The feature's name, without `min-` or `max-`.
    pub fn name(&self) -> &'static str {
        match self {
            MediaFeature::Range(feature, _) => feature.name,
            MediaFeature::Discrete(feature, _) => feature.name,
        }
    }

    /// Parses what stands in the parentheses, up to their end.
    ///
    /// # Errors
    /// It is not a test of a known feature.
    pub fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        if let Ok(discrete) = input.try_parse(parse_discrete) {
            return Ok(discrete);
        }
        let find =
            |name: &str| RANGES.iter().find(|feature| feature.name == name).map(|found| (found, found.kind));
        let (feature, test) = RangeTest::parse(input, find)?;
        Ok(MediaFeature::Range(feature, test))
    }

    /// Whether the test holds. The context's device is the one that is asked; relative lengths are relative to initial
    /// values.
    pub fn evaluate(&self, context: &ComputeContext<'_>) -> Truth {
        let device = context.device;
        match self {
            MediaFeature::Range(feature, test) => test.evaluate((feature.value)(device), context),
            MediaFeature::Discrete(feature, None) => (feature.boolean)(device),
            MediaFeature::Discrete(feature, Some(keyword)) => (feature.is)(device, keyword),
        }
        .into()
    }
}

fn parse_discrete(input: &mut Parser<'_>) -> CssResult<MediaFeature> {
    let name = input.expect_ident()?;
    let feature =
        DISCRETE.iter().find(|feature| name.eq_ignore_ascii_case(feature.name)).ok_or_else(invalid_value)?;
    if input.is_exhausted() {
        return Ok(MediaFeature::Discrete(feature, None));
    }
    input.expect_colon()?;
    let keyword = match input.next()? {
        Token::Ident(word) => feature.keywords.iter().find(|keyword| word.eq_ignore_ascii_case(keyword)),
        Token::Number { int_value: Some(number @ (0 | 1)), .. } => {
            let digit = ZERO_OR_ONE[usize::from(*number == 1)];
            feature.keywords.iter().find(|keyword| **keyword == digit)
        }
        _ => None,
    };
    let keyword = keyword.ok_or_else(invalid_value)?;
    input.expect_exhausted()?;
    Ok(MediaFeature::Discrete(feature, Some(keyword)))
}

impl PartialEq for MediaFeature {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (MediaFeature::Range(left, left_test), MediaFeature::Range(right, right_test)) => {
                left.name == right.name && left_test == right_test
            }
            (MediaFeature::Discrete(left, left_keyword), MediaFeature::Discrete(right, right_keyword)) => {
                left.name == right.name && left_keyword == right_keyword
            }
            _ => false,
        }
    }
}

impl fmt::Debug for MediaFeature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_css_string())
    }
}

impl ToCss for MediaFeature {
    fn to_css(&self, out: &mut String) {
        match self {
            MediaFeature::Range(feature, test) => test.write(feature.name, out),
            MediaFeature::Discrete(feature, keyword) => {
                out.push('(');
                out.push_str(feature.name);
                if let Some(keyword) = keyword {
                    out.push_str(": ");
                    out.push_str(keyword);
                }
                out.push(')');
            }
        }
    }
}
