//! Computing colours.
//! <https://drafts.csswg.org/css-color-4/#resolving-color-values>

use std::sync::Arc;

use super::space::{AbsoluteColor, ColorSpace, Missing};
use super::{Color, ColorMix, RelativeColor, SpecifiedColor, mix};
use crate::values::calc::{Calculation, Leaf};
use crate::values::{Compute, ComputeContext};

impl Compute for SpecifiedColor {
    type Computed = Color;

    fn compute(&self, context: &ComputeContext<'_>) -> Color {
        self.compute_for_scheme(context.dark)
    }
}

impl SpecifiedColor {
    /// The computed colour in a light or a dark scheme, all else a colour does not ask for.
    pub fn compute_for_scheme(&self, dark: bool) -> Color {
        match self {
            SpecifiedColor::CurrentColor => Color::CurrentColor,
            SpecifiedColor::Named(named) => Color::Absolute(named.color),
            SpecifiedColor::Absolute(color) => Color::Absolute(color.resolved()),
            SpecifiedColor::System(system) => Color::Absolute(system.color(dark)),
            SpecifiedColor::LightDark(schemes) => {
                if dark {
                    schemes.1.compute_for_scheme(dark)
                } else {
                    schemes.0.compute_for_scheme(dark)
                }
            }
            SpecifiedColor::Mix(mixed) => {
                let left = mixed.left.0.compute_for_scheme(dark);
                let right = mixed.right.0.compute_for_scheme(dark);
                if let (Color::Absolute(left), Color::Absolute(right)) = (&left, &right) {
                    return Color::Absolute(mix(
                        mixed.interpolation,
                        (*left, mixed.left.1),
                        (*right, mixed.right.1),
                    ));
                }
                Color::Mix(Arc::new(ColorMix {
                    interpolation: mixed.interpolation,
                    left: (left, mixed.left.1),
                    right: (right, mixed.right.1),
                }))
            }
            SpecifiedColor::Relative(color) => match color.origin.compute_for_scheme(dark) {
                Color::Absolute(origin) => Color::Absolute(relative(origin, color.space, &color.channels)),
                origin => Color::Relative(Arc::new(RelativeColor {
                    origin,
                    space: color.space,
                    channels: color.channels.clone(),
                })),
            },
        }
    }
}

impl AbsoluteColor {
    /// `hsl()` and `hwb()` resolve to sRGB.
    pub(super) fn resolved(self) -> AbsoluteColor {
        match self.space {
            ColorSpace::Hsl | ColorSpace::Hwb => {
                let mut color = self.to_space(ColorSpace::LegacySrgb);
                color.components = color.components.map(|component| component.clamp(0.0, 1.0));
                color
            }
            _ => self,
        }
    }
}

/// How many units of the channel keyword one unit of our component is: `rgb(from ...)` counts to 255, `hsl()` to 100.
pub(super) fn channel_scale(space: ColorSpace, index: usize) -> f64 {
    match (space, index) {
        (ColorSpace::LegacySrgb, 0..3) => 255.0,
        (ColorSpace::Hsl | ColorSpace::Hwb, 1 | 2) => 100.0,
        _ => 1.0,
    }
}

/// The colour that a relative colour makes of its origin.
pub(super) fn relative(
    origin: AbsoluteColor,
    space: ColorSpace,
    channels: &[Option<Calculation>; 4],
) -> AbsoluteColor {
    let origin = origin.to_space(space);
    let value_of = |leaf: Leaf| match leaf {
        Leaf::Channel(3) => f64::from(origin.alpha),
        Leaf::Channel(index) => {
            let index = usize::from(index);
            f64::from(origin.components[index.min(2)]) * channel_scale(space, index)
        }
        other => other.value(),
    };
    let mut missing = Missing::empty();
    let mut values = [0.0_f32; 4];
    for (index, channel) in channels.iter().enumerate() {
        match channel {
            Some(calculation) => {
                values[index] =
                    (f64::from(calculation.resolve_with(&value_of)) / channel_scale(space, index)) as f32;
            }
            None => missing |= Missing::component(index),
        }
    }
    let result_space = match space {
        ColorSpace::LegacySrgb => ColorSpace::Srgb,
        other => other,
    };
    let color = AbsoluteColor {
        space: result_space,
        components: [values[0], values[1], values[2]],
        alpha: values[3].clamp(0.0, 1.0),
        missing,
    };
    match space {
        ColorSpace::Hsl | ColorSpace::Hwb => color.to_space(ColorSpace::Srgb),
        _ => color,
    }
}
