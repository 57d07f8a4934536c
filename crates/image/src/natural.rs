//! Natural dimensions, as CSS Images names what an image brings with it.

/// The natural dimensions of an image, in CSS px. What an image does not have is absent; a percentage counts as absent.
/// <https://drafts.csswg.org/css-images-3/#natural-dimensions>
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct IntrinsicSize {
    /// The natural width in CSS px.
    pub width: Option<f32>,
    /// The natural height in CSS px.
    pub height: Option<f32>,
    /// The natural aspect ratio, width divided by height; positive and finite.
    pub ratio: Option<f32>,
}

impl IntrinsicSize {
    /// The width that a replaced element gets when nothing says another, in CSS px.
    /// <https://drafts.csswg.org/css2/#inline-replaced-width>
    pub const DEFAULT_WIDTH: f32 = 300.0;
    /// The height that goes with [`IntrinsicSize::DEFAULT_WIDTH`], in CSS px.
    pub const DEFAULT_HEIGHT: f32 = 150.0;

    /// Of a raster image: one CSS px for each image px.
    pub fn of_pixels(width: u32, height: u32) -> Self {
        Self::of_size(width as f32, height as f32)
    }

    /// Of an image with both natural dimensions, in CSS px.
    pub fn of_size(width: f32, height: f32) -> Self {
        IntrinsicSize { width: Some(width), height: Some(height), ratio: ratio(width, height) }
    }

    /// The concrete object size for a specified size and a default object size, all in CSS px.
    /// <https://drafts.csswg.org/css-images-3/#default-sizing>
    pub fn concrete_size(
        &self,
        specified_width: Option<f32>,
        specified_height: Option<f32>,
        default_size: (f32, f32),
    ) -> (f32, f32) {
        match (specified_width, specified_height) {
            (Some(width), Some(height)) => (width, height),
            (Some(width), None) => {
                let height = match self.ratio {
                    Some(ratio) => width / ratio,
                    None => self.height.unwrap_or(default_size.1),
                };
                (width, height)
            }
            (None, Some(height)) => {
                let width = match self.ratio {
                    Some(ratio) => height * ratio,
                    None => self.width.unwrap_or(default_size.0),
                };
                (width, height)
            }
            (None, None) => match (self.width, self.height, self.ratio) {
                (None, None, Some(ratio)) => contain(ratio, default_size),
                (None, None, None) => default_size,
                (width, height, _) => self.concrete_size(
                    width.or(Some(default_size.0)).filter(|_| width.is_some() || self.ratio.is_none()),
                    height.or(Some(default_size.1)).filter(|_| height.is_some() || self.ratio.is_none()),
                    default_size,
                ),
            },
        }
    }
}

/// Width divided by height, where that is a ratio.
pub(crate) fn ratio(width: f32, height: f32) -> Option<f32> {
    let ratio = width / height;
    (ratio.is_finite() && ratio > 0.0).then_some(ratio)
}

/// The largest size of the ratio inside `bounds`.
/// <https://drafts.csswg.org/css-images-3/#contain-constraint>
fn contain(ratio: f32, bounds: (f32, f32)) -> (f32, f32) {
    let height = bounds.0 / ratio;
    if height <= bounds.1 { (bounds.0, height) } else { (bounds.1 * ratio, bounds.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: (f32, f32) = (300.0, 150.0);

    #[test]
    fn natural_dimensions_win_over_the_default_size() {
        assert_eq!(IntrinsicSize::of_pixels(20, 10).concrete_size(None, None, DEFAULT), (20.0, 10.0));
    }

    #[test]
    fn a_ratio_alone_is_contained_in_the_default_size() {
        let wide = IntrinsicSize { ratio: Some(4.0), ..IntrinsicSize::default() };
        assert_eq!(wide.concrete_size(None, None, DEFAULT), (300.0, 75.0));
        let tall = IntrinsicSize { ratio: Some(0.5), ..IntrinsicSize::default() };
        assert_eq!(tall.concrete_size(None, None, DEFAULT), (75.0, 150.0));
    }

    #[test]
    fn one_specified_length_takes_the_other_from_the_ratio_then_the_natural_size() {
        assert_eq!(IntrinsicSize::of_pixels(20, 10).concrete_size(Some(40.0), None, DEFAULT), (40.0, 20.0));
        let no_ratio = IntrinsicSize { height: Some(10.0), ..IntrinsicSize::default() };
        assert_eq!(no_ratio.concrete_size(Some(40.0), None, DEFAULT), (40.0, 10.0));
        assert_eq!(no_ratio.concrete_size(None, None, DEFAULT), (300.0, 10.0));
    }

    #[test]
    fn one_natural_length_with_a_ratio_gives_the_other() {
        let natural = IntrinsicSize { width: Some(50.0), height: None, ratio: Some(2.0) };
        assert_eq!(natural.concrete_size(None, None, DEFAULT), (50.0, 25.0));
    }

    #[test]
    fn an_empty_image_has_no_ratio() {
        assert_eq!(IntrinsicSize::of_size(10.0, 0.0).ratio, None);
        assert_eq!(IntrinsicSize::of_size(0.0, 10.0).ratio, None);
    }
}
