//! What computing a value needs to know of the element and of the world.

use std::fmt;
use std::sync::Arc;

use fanlight_base::Atom;

use super::Compute;
use super::font::LineHeight;
use crate::media::Device;
use crate::properties::{ComputedStyle, Font};
use crate::syntax::QuirksMode;

/// Measures of a font that length units refer to, in CSS px at the font's size.
/// <https://drafts.csswg.org/css-values-4/#font-relative-lengths>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FontMetrics {
    /// The x-height (`ex`).
    pub x_height: f32,
    /// The height of capitals (`cap`).
    pub cap_height: f32,
    /// The advance of "0" (`ch`).
    pub zero_advance: f32,
    /// The advance of "水" (`ic`).
    pub ideographic_advance: f32,
    /// The height of a line whose `line-height` is `normal`.
    pub normal_line_height: f32,
}

/// Knows the measures of fonts, so that computing needs no fonts itself.
pub trait FontMetricsProvider: Sync {
    /// The measures of the first available font of a style.
    fn metrics(&self, font: &Font) -> FontMetrics;
}

/// The measures that the specification gives for a font that cannot be asked.
pub struct MissingMetrics;

impl FontMetricsProvider for MissingMetrics {
    fn metrics(&self, font: &Font) -> FontMetrics {
        FontMetrics {
            x_height: font.font_size.px() * 0.5,
            cap_height: font.font_size.px() * 0.8,
            zero_advance: font.font_size.px() * 0.5,
            ideographic_advance: font.font_size.px(),
            normal_line_height: font.font_size.px() * 1.2,
        }
    }
}

/// The size of the query container that `cq*` units refer to, in CSS px.
/// <https://drafts.csswg.org/css-conditional-5/#container-lengths>
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContainerSize {
    /// The width of the nearest container with a known width.
    pub width: Option<f32>,
    /// The height of the nearest container with a known height.
    pub height: Option<f32>,
}

/// What a value is computed for. While a style is being built, the fields that depend on it (`font_size`, `font`,
/// `line_height_font`, ...) hold what the units refer to at that time: the parent's while `font-size` computes, the element's
/// own later.
#[derive(Clone)]
pub struct ComputeContext<'a> {
    /// The output: its size serves viewport units.
    pub device: &'a Device,
    /// Measures fonts.
    pub fonts: &'a dyn FontMetricsProvider,
    /// The style that is inherited from; `None` for the root element.
    pub parent: Option<&'a ComputedStyle>,
    /// The mode of the document.
    pub quirks: QuirksMode,
    /// The font that `ex`, `ch`, `cap` and `ic` refer to.
    pub font: Arc<Font>,
    /// What `em` refers to, in CSS px.
    pub font_size: f32,
    /// The font whose line height `lh` refers to.
    pub line_height_font: Arc<Font>,
    /// The root element's font, for `rex`, `rch`, `rcap` and `ric`.
    pub root_font: Arc<Font>,
    /// What `rem` refers to, in CSS px.
    pub root_font_size: f32,
    /// The font whose line height `rlh` refers to.
    pub root_line_height_font: Arc<Font>,
    /// What `cq*` units refer to; without a container, the small viewport.
    pub container: ContainerSize,
    /// Whether lines run down the page: which axis `vi`, `vb`, `cqi` and `cqb` mean.
    pub vertical_writing: bool,
    /// Whether the used colour scheme is dark: what `light-dark()` and system colours mean.
    pub dark: bool,
}

impl fmt::Debug for ComputeContext<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ComputeContext")
            .field("font_size", &self.font_size)
            .field("root_font_size", &self.root_font_size)
            .finish_non_exhaustive()
    }
}

impl ComputeContext<'_> {
    /// The measures of the font that font-relative units refer to.
    pub fn metrics(&self) -> FontMetrics {
        self.fonts.metrics(&self.font)
    }

    /// The measures of the root element's font.
    pub fn root_metrics(&self) -> FontMetrics {
        self.fonts.metrics(&self.root_font)
    }

    /// What `lh` refers to, in CSS px. Fonts are measured only when a value asks: opening them is dear.
    pub fn line_height(&self) -> f32 {
        self.used_line_height(&self.line_height_font)
    }

    /// What `rlh` refers to, in CSS px.
    pub fn root_line_height(&self) -> f32 {
        self.used_line_height(&self.root_line_height_font)
    }

    fn used_line_height(&self, font: &Font) -> f32 {
        match font.line_height {
            LineHeight::Normal => self.fonts.metrics(font).normal_line_height,
            other => other.used(font.font_size.px(), 0.0),
        }
    }
}

computes_to_itself!(f32, i32, u32, bool, Atom, Arc<str>);

impl<T: Compute> Compute for Option<T> {
    type Computed = Option<T::Computed>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        self.as_ref().map(|value| value.compute(context))
    }
}

impl<T: Compute> Compute for Box<T> {
    type Computed = Box<T::Computed>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        Box::new((**self).compute(context))
    }
}

impl<T: Compute> Compute for Arc<T> {
    type Computed = Arc<T::Computed>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        Arc::new((**self).compute(context))
    }
}

impl<T: Compute> Compute for Arc<[T]> {
    type Computed = Arc<[T::Computed]>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        self.iter().map(|value| value.compute(context)).collect()
    }
}

impl<T: Compute> Compute for Vec<T> {
    type Computed = Vec<T::Computed>;

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        self.iter().map(|value| value.compute(context)).collect()
    }
}

impl<T: Compute, const COUNT: usize> Compute for [T; COUNT] {
    type Computed = [T::Computed; COUNT];

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        std::array::from_fn(|index| self[index].compute(context))
    }
}

impl<A: Compute, B: Compute> Compute for (A, B) {
    type Computed = (A::Computed, B::Computed);

    fn compute(&self, context: &ComputeContext<'_>) -> Self::Computed {
        (self.0.compute(context), self.1.compute(context))
    }
}
