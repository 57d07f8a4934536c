//! Images: `url()`, gradients, `image-set()`.
//! <https://drafts.csswg.org/css-images-4/>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;

use super::color::{Color, SpecifiedColor};
use super::gradient::{Gradient, SpecifiedGradient};
use super::length::{LengthPercentage, SpecifiedLengthPercentage};
use super::number::parse_resolution;
use super::url::CssUrl;
use super::{NoneOr, Parse};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::{write_number, write_string};
use crate::syntax::{CssResult, ParseContext, Parser, ToCss, Token};

computes_by_parts! {
    /// An image.
    pub enum Image<C = Color, G = Gradient> {
        /// `url()`
        Url(url: CssUrl),
        /// A gradient.
        Gradient(gradient: Arc<G>),
        /// `image(<color>)`: as large as it is wanted.
        Color(color: C),
        /// `image-set()`
        ImageSet(options: Arc<[ImageSetOption<C, G>]>),
        /// `cross-fade()`
        CrossFade(parts: Arc<[CrossFadePart<C, G>]>),
    }
}

computes_by_parts! {
    /// One image of a set.
    pub struct ImageSetOption<C = Color, G = Gradient> {
        /// The image.
        pub image: Image<C, G>,
        /// The resolution it is for, in dots per CSS px.
        pub resolution: f32,
        /// Its MIME type.
        pub mime_type: Option<Arc<str>>,
    }
}

computes_by_parts! {
    /// One image of a cross-fade.
    pub struct CrossFadePart<C = Color, G = Gradient> {
        /// The image.
        pub image: Image<C, G>,
        /// Its share as a fraction, where it is given.
        pub share: Option<f32>,
    }
}

/// An image in a declaration.
pub type SpecifiedImage = Image<SpecifiedColor, SpecifiedGradient>;
/// An image or `none` in a declaration.
pub type SpecifiedImageOrNone = NoneOr<SpecifiedImage>;

impl Image {
    /// The image to show at `scale` device pixels a CSS px: of a set, the one whose resolution fits best.
    pub fn selected(&self, scale: f32) -> (&Image, f32) {
        let Image::ImageSet(options) = self else { return (self, 1.0) };
        let mut best: Option<&ImageSetOption> = None;
        for option in options.iter() {
            let supported = option.mime_type.as_deref().is_none_or(is_supported_image_type);
            let better = best.is_none_or(|best| {
                // The least that is enough, else the greatest.
                if best.resolution >= scale {
                    option.resolution >= scale && option.resolution < best.resolution
                } else {
                    option.resolution > best.resolution
                }
            });
            if supported && better {
                best = Some(option);
            }
        }
        best.map_or((self, 1.0), |option| (&option.image, option.resolution))
    }
}

/// Whether `image-set()` may choose an image of this MIME type.
fn is_supported_image_type(mime_type: &str) -> bool {
    ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/bmp", "image/x-icon"]
        .iter()
        .any(|supported| mime_type.eq_ignore_ascii_case(supported))
}

impl Parse for SpecifiedImage {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if let Ok(url) = input.try_parse(|input| CssUrl::parse(input, context)) {
            return Ok(Image::Url(url));
        }
        if let Ok(gradient) = input.try_parse(|input| SpecifiedGradient::parse(input, context)) {
            return Ok(Image::Gradient(Arc::new(gradient)));
        }
        let function = input.expect_function()?.clone();
        match_ignore_ascii_case! { &function,
            "image-set" | "-webkit-image-set" => input.parse_nested_block(|input| {
                let options = input.parse_comma_separated(|input| parse_option(input, context))?;
                Ok(Image::ImageSet(options.into()))
            }),
            "image" => input.parse_nested_block(|input| {
                SpecifiedColor::parse(input, context).map(Image::Color)
            }),
            "cross-fade" => input.parse_nested_block(|input| {
                let parts = input.parse_comma_separated(|input| parse_cross_fade_part(input, context))?;
                Ok(Image::CrossFade(parts.into()))
            }),
            "-webkit-cross-fade" => input.parse_nested_block(|input| parse_legacy_cross_fade(input, context)),
            _ => Err(invalid_value()),
        }
    }
}

fn parse_option(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<ImageSetOption<SpecifiedColor, SpecifiedGradient>> {
    let image = match input.try_parse(Parser::expect_string_cloned) {
        Ok(url) => Image::Url(CssUrl::new(&url, context)),
        Err(_) => match SpecifiedImage::parse(input, context)? {
            // Sets do not nest.
            Image::ImageSet(_) => return Err(invalid_value()),
            image => image,
        },
    };
    let mut resolution = None;
    let mut mime_type = None;
    loop {
        if resolution.is_none()
            && let Ok(found) = input.try_parse(parse_resolution)
        {
            resolution = Some(found);
        } else if mime_type.is_none()
            && let Ok(found) = input.try_parse(|input| -> CssResult<Arc<str>> {
                input.expect_function_matching("type")?;
                input.parse_nested_block(|input| Ok((&**input.expect_string()?).into()))
            })
        {
            mime_type = Some(found);
        } else {
            break;
        }
    }
    Ok(ImageSetOption { image, resolution: resolution.unwrap_or(1.0), mime_type })
}

fn parse_image_or_color(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<SpecifiedImage> {
    match input.try_parse(|input| SpecifiedColor::parse(input, context)) {
        Ok(color) => Ok(Image::Color(color)),
        Err(_) => SpecifiedImage::parse(input, context),
    }
}

fn parse_cross_fade_part(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
) -> CssResult<CrossFadePart<SpecifiedColor, SpecifiedGradient>> {
    let share = |input: &mut Parser<'_>| -> CssResult<f32> {
        match input.next()? {
            Token::Percentage { unit_value, .. } if (0.0..=1.0).contains(unit_value) => Ok(*unit_value),
            _ => Err(invalid_value()),
        }
    };
    let before = input.try_parse(share).ok();
    let image = parse_image_or_color(input, context)?;
    let share = before.or_else(|| input.try_parse(share).ok());
    Ok(CrossFadePart { image, share })
}

/// `-webkit-cross-fade(from, to, share)`
fn parse_legacy_cross_fade(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<SpecifiedImage> {
    let from = parse_image_or_color(input, context)?;
    input.expect_comma()?;
    let to = parse_image_or_color(input, context)?;
    input.expect_comma()?;
    let share = match *input.next()? {
        Token::Percentage { unit_value, .. } => unit_value,
        Token::Number { value, .. } => value,
        _ => return Err(invalid_value()),
    };
    let share = share.clamp(0.0, 1.0);
    Ok(Image::CrossFade(Arc::new([
        CrossFadePart { image: from, share: Some(1.0 - share) },
        CrossFadePart { image: to, share: Some(share) },
    ])))
}

impl<C: ToCss, G: ToCss> ToCss for Image<C, G> {
    fn to_css(&self, out: &mut String) {
        match self {
            Image::Url(url) => url.to_css(out),
            Image::Gradient(gradient) => gradient.to_css(out),
            Image::Color(color) => {
                out.push_str("image(");
                color.to_css(out);
                out.push(')');
            }
            Image::ImageSet(options) => {
                out.push_str("image-set(");
                crate::syntax::write_comma_separated(options, out);
                out.push(')');
            }
            Image::CrossFade(parts) => {
                out.push_str("cross-fade(");
                crate::syntax::write_comma_separated(parts, out);
                out.push(')');
            }
        }
    }
}

impl<C: ToCss, G: ToCss> ToCss for ImageSetOption<C, G> {
    fn to_css(&self, out: &mut String) {
        self.image.to_css(out);
        out.push(' ');
        write_number(self.resolution, out);
        out.push_str("dppx");
        if let Some(mime_type) = &self.mime_type {
            out.push_str(" type(");
            write_string(mime_type, out);
            out.push(')');
        }
    }
}

impl<C: ToCss, G: ToCss> ToCss for CrossFadePart<C, G> {
    fn to_css(&self, out: &mut String) {
        match &self.image {
            Image::Color(color) => color.to_css(out),
            image => image.to_css(out),
        }
        if let Some(share) = self.share {
            out.push(' ');
            super::number::Percentage(share).to_css(out);
        }
    }
}

computes_by_parts! {
    /// The size of a background or mask image.
    /// <https://drafts.csswg.org/css-backgrounds-3/#background-size>
    pub enum BackgroundSize<LP = LengthPercentage> {
        /// Width and height.
        Explicit(width: super::AutoOr<LP>, height: super::AutoOr<LP>),
        /// `cover`
        Cover,
        /// `contain`
        Contain,
    }
}

/// A background size in a declaration.
pub type SpecifiedBackgroundSize = BackgroundSize<super::length::NonNegative<SpecifiedLengthPercentage>>;

impl Parse for SpecifiedBackgroundSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("cover")).is_ok() {
            return Ok(BackgroundSize::Cover);
        }
        if input.try_parse(|input| input.expect_ident_matching("contain")).is_ok() {
            return Ok(BackgroundSize::Contain);
        }
        let width = Parse::parse(input, context)?;
        let height = input.try_parse(|input| Parse::parse(input, context)).unwrap_or(super::AutoOr::Auto);
        Ok(BackgroundSize::Explicit(width, height))
    }
}

impl<LP: ToCss> ToCss for BackgroundSize<LP> {
    fn to_css(&self, out: &mut String) {
        match self {
            BackgroundSize::Cover => out.push_str("cover"),
            BackgroundSize::Contain => out.push_str("contain"),
            BackgroundSize::Explicit(width, height) => {
                width.to_css(out);
                if !height.is_auto() {
                    out.push(' ');
                    height.to_css(out);
                }
            }
        }
    }
}

keywords! {
    /// How an image repeats along an axis.
    pub enum RepeatKeyword { Repeat = "repeat", Space = "space", Round = "round", NoRepeat = "no-repeat" }
}

/// How an image repeats.
/// <https://drafts.csswg.org/css-backgrounds-3/#background-repeat>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackgroundRepeat {
    /// Horizontally.
    pub x: RepeatKeyword,
    /// Vertically.
    pub y: RepeatKeyword,
}

impl BackgroundRepeat {
    /// `repeat`
    pub const REPEAT: BackgroundRepeat =
        BackgroundRepeat { x: RepeatKeyword::Repeat, y: RepeatKeyword::Repeat };
}

impl Parse for BackgroundRepeat {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let keyword = input.expect_ident()?;
        let (x, y) = match_ignore_ascii_case! { keyword,
            "repeat-x" => (RepeatKeyword::Repeat, RepeatKeyword::NoRepeat),
            "repeat-y" => (RepeatKeyword::NoRepeat, RepeatKeyword::Repeat),
            _ => {
                let x = RepeatKeyword::from_keyword(keyword).ok_or_else(invalid_value)?;
                (x, input.try_parse(|input| RepeatKeyword::parse(input, context)).unwrap_or(x))
            },
        };
        Ok(BackgroundRepeat { x, y })
    }
}

impl ToCss for BackgroundRepeat {
    fn to_css(&self, out: &mut String) {
        match (self.x, self.y) {
            (RepeatKeyword::Repeat, RepeatKeyword::NoRepeat) => out.push_str("repeat-x"),
            (RepeatKeyword::NoRepeat, RepeatKeyword::Repeat) => out.push_str("repeat-y"),
            (x, y) => {
                x.to_css(out);
                if x != y {
                    out.push(' ');
                    y.to_css(out);
                }
            }
        }
    }
}

computes_to_itself!(BackgroundRepeat);
