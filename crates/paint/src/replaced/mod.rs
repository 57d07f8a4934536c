//! Replaced content: images, embedded documents, the borders between frames, the looks of form controls.
//! <https://drafts.csswg.org/css-images-4/#sizing>

mod bars;
mod control;
mod frameset;
mod nested;
mod symbols;
mod theme;

pub(crate) use theme::{Theme, hides_decorations};

use fanlight_base::geometry::{CssRect, CssSize, LayoutRect, to_css_rect};
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::ContentVisibility;
use fanlight_image::Image;
use fanlight_layout::{BoxFragment, BoxKind, LayoutTree, ReplacedKind};

use crate::clip;
use crate::display_list::{ClipShape, RoundedRect};
use crate::image::paint_picture;
use crate::input::EmbeddedContent;
use crate::painter::Painter;

/// Whether [`paint`] has something to do.
pub(crate) fn has_content(layout: &LayoutTree, fragment: &BoxFragment) -> bool {
    let layout_box = layout.boxes.get(fragment.style.box_id);
    matches!(layout_box.kind, BoxKind::Replaced(_) | BoxKind::Frameset(_))
        || control::drawn(layout_box).is_some()
}

/// Paints what is in a replaced box, or what a form control or a frameset has besides its boxes.
pub(crate) fn paint(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let style = painter.style(fragment.style);
    let layout_box = painter.layout.boxes.get(fragment.style.box_id);
    if let BoxKind::Frameset(frameset) = &layout_box.kind {
        return frameset::paint(painter, style, fragment, frameset);
    }
    let BoxKind::Replaced(replaced) = &layout_box.kind else {
        if let Some(control) = control::drawn(layout_box) {
            control::paint(painter, style, fragment, control);
        }
        return;
    };
    if style.boxes.content_visibility == ContentVisibility::Hidden {
        return;
    }
    match &replaced.kind {
        ReplacedKind::Image(Some(image)) => paint_image(painter, style, fragment, image, Laid::OnPixels),
        // As long as it is not there, a line shows its place.
        ReplacedKind::Image(None) => paint_outline(painter, fragment),
        ReplacedKind::Embedded => {
            let size = to_css_rect(fragment.content_box()).size;
            let content = painter.node.and_then(|node| painter.input.images.embedded(node, size));
            match content {
                Some(EmbeddedContent::Image(image)) => {
                    paint_image(painter, style, fragment, &image, Laid::InBox);
                }
                Some(EmbeddedContent::Document(list)) => {
                    let rect = fragment.content_box().translate(painter.place.offset.to_vector());
                    let rect = painter.snapping.snap(rect);
                    clipped_to_content(painter, style, fragment, rect, |painter| {
                        nested::paint(painter, &list, rect);
                    });
                }
                None => {}
            }
        }
        ReplacedKind::BrokenImage => symbols::paint_broken_image(painter, control_rect(painter, fragment)),
        ReplacedKind::Disclosure { is_open } => {
            let rect = control_rect(painter, fragment);
            symbols::paint_disclosure(painter, style, rect, *is_open);
        }
    }
}

/// A line around the content box of an image that is not there.
fn paint_outline(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let content = fragment.content_box().translate(painter.place.offset.to_vector());
    let content = painter.snapping.snap(content);
    if content.size.width > 2.0 && content.size.height > 2.0 {
        let silver = control::opaque([0xc0, 0xc0, 0xc0]);
        control::paint_frame(painter, RoundedRect::sharp(content), silver, 1.0);
    }
}

/// How large an SVG image takes the box to be that it is laid out in.
enum Laid {
    /// As large as it is on device px.
    OnPixels,
    /// As layout has made it, and drawn as large, though the box on device px may be a pixel smaller or larger. Inline SVG
    /// is, in Chromium.
    InBox,
}

/// Paints an image where layout has put it.
fn paint_image(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    image: &Image,
    laid: Laid,
) {
    let content = fragment.content_box();
    let object: LayoutRect = fragment.object_rect().unwrap_or(content);
    let moved = painter.place.offset.to_vector();
    // Where the object fills its box, both have the same edges on device px.
    let content_rect = painter.snapping.snap(content.translate(moved));
    let mut object_rect = painter.snapping.snap(object.translate(moved));
    let mut size = object_rect.size;
    if let Laid::InBox = laid {
        size = to_css_rect(object).size;
        object_rect.size = painter.snapping.snap(LayoutRect::from_size(object.size)).size;
    }
    if object_rect.is_empty() || content_rect.is_empty() {
        return;
    }
    let dest = crate::geometry::intersection(object_rect, content_rect);
    let source = CssRect::new((dest.origin - object_rect.origin).to_point(), dest.size)
        .scale(size.width / object_rect.size.width, size.height / object_rect.size.height);
    clipped_to_content(painter, style, fragment, content_rect, |painter| {
        paint_picture(painter, style, image, size, source, dest, None);
    });
}

/// Paints inside the content box, whose corners are rounded as the border's are.
/// <https://drafts.csswg.org/css-backgrounds-3/#corner-clipping>
fn clipped_to_content(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    content: CssRect,
    paint: impl FnOnce(&mut Painter<'_>),
) {
    let edge = clip::content_edge(style, fragment, painter.place.offset, painter.snapping);
    if edge.is_sharp() {
        paint(painter);
    } else {
        let edge = RoundedRect { rect: content, ..edge };
        painter.clipped(ClipShape::RoundedRect(edge), paint);
    }
}

/// The content box of a control, on device px.
fn control_rect(painter: &Painter<'_>, fragment: &BoxFragment) -> CssRect {
    painter.snapping.snap(LayoutRect::new(painter.place.offset, fragment.size))
}

/// A rectangle of `size` in the middle of another.
fn centered(rect: CssRect, size: CssSize) -> CssRect {
    CssRect::new(rect.origin + ((rect.size - size) / 2.0).to_vector(), size)
}
