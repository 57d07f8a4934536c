//! The groups that boxes make: opacity, blending, filters, isolation, `clip-path`.
//! <https://drafts.fxtf.org/compositing-1/>

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssRect, CssVector, to_css_rect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::effects::BlendMode as CssBlendMode;
use fanlight_css::values::NoneOr;
use fanlight_css::values::shape::FilterFunction;
use fanlight_layout::{BoxFragment, BoxId, LayoutTree};

use crate::clip;
use crate::display_list::{
    Backdrop, BlendMode, ClipNode, ClipTree, EffectId, EffectNode, Filter, ItemKind, PixelSnapping, SpatialId,
};
use crate::geometry::{border_box, border_edge};
use crate::input::{ImageProvider, PaintInput};
use crate::order::{PaintTraits, Place, overflow_clips};
use crate::painter::Painter;
use crate::style::current_color;

/// The group of a box, if it makes one. `first` is where the box is; a box that is out of view may still hold others
/// that are in view.
pub(crate) fn group(
    layout: &LayoutTree,
    box_id: BoxId,
    first: Option<(Place, &BoxFragment)>,
    parent: Option<EffectId>,
    clips: &mut ClipTree,
    input: &PaintInput<'_>,
) -> Option<EffectNode> {
    let snapping = PixelSnapping::new(input.device_scale);
    let traits = PaintTraits::of_box(layout, box_id);
    if !traits.contains(PaintTraits::GROUP) {
        return None;
    }
    let style: &ComputedStyle = &layout.boxes.get(box_id).style;
    let effects = &style.effects;
    // Items inside a box that contains all its descendants are in its clip, which then cuts the finished group: a blur
    // inside `overflow: hidden` ends there. A box that contains only some must not cut the others.
    let around = if traits.contains(PaintTraits::CONTAINS_ALL) {
        first.and_then(|(place, _)| place.clip)
    } else {
        None
    };
    let own = first.and_then(|(place, fragment)| {
        let shape = clip::clip_path(style, fragment, place.offset, snapping)?;
        Some(clips.push(ClipNode { parent: around, spatial: place.spatial, shape }))
    });
    Some(EffectNode {
        parent,
        spatial: first.map_or(SpatialId::DOCUMENT, |(place, _)| place.spatial),
        clip: own.or(around),
        opacity: effects.opacity.clamp(0.0, 1.0),
        blend_mode: blend_mode(effects.mix_blend_mode),
        filters: filters(&effects.filter, style, first, input.images),
    })
}

/// Lets filters that draw where nothing is know of their regions.
pub(crate) fn paint_filter_regions(painter: &mut Painter<'_>) {
    let Some(node) = painter.effect.and_then(|effect| painter.effects.get(effect)) else { return };
    let regions: Vec<CssRect> = node
        .filters
        .iter()
        .filter_map(|filter| match filter {
            Filter::Reference(filter) => Some(filter.region()),
            _ => None,
        })
        .collect();
    for rect in regions {
        painter.push(rect, ItemKind::Rect { rect, color: Rgba::TRANSPARENT });
    }
}

/// Puts what is below the group of a box into it, as `backdrop-filter` changes it.
pub(crate) fn paint_backdrop(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let style = painter.style(fragment.style);
    let first = Some((painter.place, fragment));
    let filters = filters(&style.effects.backdrop_filter, style, first, painter.input.images);
    let area = border_edge(style, fragment, painter.place.offset, painter.snapping);
    painter.push(area.rect, ItemKind::Backdrop(Box::new(Backdrop { area, filters })));
}

/// As the display list names it.
pub(crate) const fn blend_mode(mode: CssBlendMode) -> BlendMode {
    use CssBlendMode as Css;
    match mode {
        Css::Normal => BlendMode::Normal,
        Css::Multiply => BlendMode::Multiply,
        Css::Screen => BlendMode::Screen,
        Css::Overlay => BlendMode::Overlay,
        Css::Darken => BlendMode::Darken,
        Css::Lighten => BlendMode::Lighten,
        Css::ColorDodge => BlendMode::ColorDodge,
        Css::ColorBurn => BlendMode::ColorBurn,
        Css::HardLight => BlendMode::HardLight,
        Css::SoftLight => BlendMode::SoftLight,
        Css::Difference => BlendMode::Difference,
        Css::Exclusion => BlendMode::Exclusion,
        Css::Hue => BlendMode::Hue,
        Css::Saturation => BlendMode::Saturation,
        Css::Color => BlendMode::Color,
        Css::Luminosity => BlendMode::Luminosity,
        Css::PlusLighter => BlendMode::PlusLighter,
    }
}

/// Filter functions; references to filters that are not there do nothing.
fn filters(
    list: &NoneOr<fanlight_css::values::SpaceList<FilterFunction>>,
    style: &ComputedStyle,
    first: Option<(Place, &BoxFragment)>,
    images: &dyn ImageProvider,
) -> Vec<Filter> {
    let NoneOr::Value(functions) = list else { return Vec::new() };
    functions
        .iter()
        .take(crate::limits::MAX_LAYERS)
        .filter_map(|function| match function {
            FilterFunction::Url(url) => {
                let (place, fragment) = first?;
                let border_box = border_box(fragment, place.offset);
                // As in Chromium: around the box and all that it shows.
                let overflow = fragment.scrollable_overflow.translate(place.offset.to_vector());
                let reference = if overflow_clips(style) == (false, false) {
                    border_box.union(&overflow)
                } else {
                    border_box
                };
                let corner = to_css_rect(border_box).origin;
                images.filter(url, corner, to_css_rect(reference)).map(Filter::Reference)
            }
            other => filter(other, current_color(style)),
        })
        .collect()
}

fn filter(function: &FilterFunction, current: Rgba) -> Option<Filter> {
    Some(match function {
        FilterFunction::Blur(radius) => Filter::Blur(radius.px()),
        FilterFunction::Brightness(amount) => Filter::Brightness(*amount),
        FilterFunction::Contrast(amount) => Filter::Contrast(*amount),
        FilterFunction::Grayscale(amount) => Filter::Grayscale(amount.min(1.0)),
        FilterFunction::HueRotate(angle) => Filter::HueRotate(angle.0),
        FilterFunction::Invert(amount) => Filter::Invert(amount.min(1.0)),
        FilterFunction::Opacity(amount) => Filter::Opacity(amount.min(1.0)),
        FilterFunction::Saturate(amount) => Filter::Saturate(*amount),
        FilterFunction::Sepia(amount) => Filter::Sepia(amount.min(1.0)),
        FilterFunction::DropShadow(shadow) => Filter::DropShadow {
            offset: CssVector::new(shadow.x.px(), shadow.y.px()),
            // Here the length is the standard deviation.
            deviation: shadow.blur.px(),
            color: shadow.color.resolve(current),
        },
        FilterFunction::Url(_) => return None,
    })
}
