//! `background-clip: text`: the background is seen through the text of the box.
//! <https://drafts.csswg.org/css-backgrounds-4/#valdef-background-clip-text>

use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::background::BackgroundClip;
use fanlight_layout::{BoxFragment, Fragment, FragmentLink};

use super::{BackgroundBoxes, item_of, paint_color, paint_layer};
use crate::display_list::BlendMode;
use crate::limits::MAX_LAYERS;
use crate::order::Place;
use crate::painter::Painter;
use crate::text;

/// Paints a background of which some layer is clipped to text.
pub(super) fn paint(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    boxes: &BackgroundBoxes,
) {
    let background = &style.background;
    let layers = background.layer_count().min(MAX_LAYERS);
    for index in (0..layers).rev() {
        let clip = item_of(&background.background_clip, index).copied();
        let layer = |painter: &mut Painter<'_>| {
            if index + 1 == layers {
                paint_color(painter, style, boxes, None, None);
            }
            paint_layer(painter, style, Some(fragment), boxes, index, None);
        };
        if clip == Some(BackgroundClip::Text) {
            painter.grouped(BlendMode::Normal, 1.0, |painter| {
                layer(painter);
                painter.grouped(BlendMode::DestinationIn, 1.0, |painter| paint_texts(painter, fragment));
            });
        } else {
            layer(painter);
        }
    }
}

/// Paints all text inside a box, opaque. How deep boxes nest is the page's choice, so the stack is our own.
fn paint_texts(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let outer = painter.place;
    let mut pending: Vec<(&FragmentLink, Place)> =
        fragment.children.iter().rev().map(|link| (link, outer.moved(link.offset))).collect();
    while let Some((link, place)) = pending.pop() {
        if link.is_hidden {
            continue;
        }
        if let Fragment::Text(text) = &link.fragment {
            painter.place = place;
            text::paint_shape(painter, text);
        }
        pending.extend(link.fragment.children().iter().rev().map(|link| (link, place.moved(link.offset))));
    }
    painter.place = outer;
}
