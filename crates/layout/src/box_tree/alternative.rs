//! What stands in the place of an image that is not there: its alternative text, the icon of a broken image, a frame.
//! <https://html.spec.whatwg.org/multipage/rendering.html#images-3>

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::{BoxSizing, Float, Overflow};
use fanlight_css::values::border::LineStyle;
use fanlight_css::values::color::Color;
use fanlight_css::values::display::{Display, DisplayInside, DisplayOutside};
use fanlight_css::values::length::{Length, LengthPercentage};
use fanlight_css::values::size::Size;
use fanlight_dom::{ElementData, NodeId, QuirksMode};
use fanlight_image::IntrinsicSize;

use super::construct::{Builder, anonymous_style};
use super::{AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource, Replaced, ReplacedKind};
use crate::ElementImage;

/// The side of the icon, in CSS px.
pub(crate) const ICON_SIDE: f32 = 16.0;
/// The border and the padding of the frame, in CSS px.
const FRAME_EDGE: f32 = 1.0;

/// What an element without image shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Alternative {
    /// Its alternative text.
    text: String,
    /// Whether there is an icon before the text.
    has_icon: bool,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// It is as large as the image would be.
    Replaced {
        /// Whether a line is around it.
        has_frame: bool,
    },
    /// It is text.
    Phrasing,
}

/// What an `<img>` or `<input type=image>` shows in place of its image; nothing where it stays a box for an image.
pub(super) fn of(
    builder: &Builder<'_>,
    node: NodeId,
    element: &ElementData,
    computed: &ComputedStyle,
) -> Option<Alternative> {
    let is_button = element.is_html(&local_name!("input"));
    let is_broken = match builder.replaced.image(node) {
        ElementImage::Ready(_) | ElementImage::Loading => return None,
        ElementImage::Broken => true,
        ElementImage::Absent => false,
    };
    let attribute = element.attribute(&local_name!("alt"));
    let title = || element.attribute(&local_name!("title"));
    let mut text = attribute.or_else(title);
    if is_button {
        text = text.or_else(|| element.attribute(&local_name!("value"))).or(Some("Submit"));
    }
    let text = text.unwrap_or_default().to_owned();
    if !is_broken && text.is_empty() {
        return None;
    }
    let fixed = |size: &Size| match size {
        Size::LengthPercentage(LengthPercentage::Length(length)) => Some(*length),
        _ => None,
    };
    let size = &computed.size;
    let is_quirky = is_quirky(builder);
    let has_width = !size.width.is_auto();
    let has_height = !size.height.is_auto();
    let has_size = has_width && has_height || is_quirky && (has_width || has_height);
    if has_size && (is_quirky || attribute.is_none_or(str::is_empty)) {
        // No room for the icon and the frame around it.
        let least = ICON_SIDE + 4.0 * FRAME_EDGE;
        let is_small =
            [&size.width, &size.height].iter().any(|side| fixed(side).is_some_and(|side| side < least));
        let shape = Shape::Replaced { has_frame: !is_small };
        return Some(Alternative { text, has_icon: !is_small, shape });
    }
    // An empty alternative text says that nothing is missing.
    let has_icon = !(is_broken && attribute.is_some_and(str::is_empty));
    Some(Alternative { text, has_icon, shape: Shape::Phrasing })
}

fn is_quirky(builder: &Builder<'_>) -> bool {
    builder.document.quirks_mode == QuirksMode::Quirks
}

/// The style of the box that holds the alternative.
pub(super) fn used_style(
    builder: &Builder<'_>,
    alternative: Option<&Alternative>,
    mut computed: Arc<ComputedStyle>,
) -> Arc<ComputedStyle> {
    let Some(alternative) = alternative else { return computed };
    let is_inline = computed.boxes.display == Display::INLINE;
    let changed = Arc::make_mut(&mut computed);
    if let Display::Box { outside, .. } = changed.boxes.display {
        Arc::make_mut(&mut changed.boxes).display = Display::new(outside, DisplayInside::FlowRoot);
    }
    match alternative.shape {
        Shape::Replaced { .. } => {
            let boxes = Arc::make_mut(&mut changed.boxes);
            (boxes.overflow_x, boxes.overflow_y) = (Overflow::Hidden, Overflow::Hidden);
            if is_quirky(builder) {
                // As high as wide, where only one is said.
                let size = Arc::make_mut(&mut changed.size);
                if size.width.is_auto() {
                    size.width = size.height.clone();
                } else if size.height.is_auto() {
                    size.height = size.width.clone();
                }
            }
        }
        Shape::Phrasing if is_inline => {
            let size = Arc::make_mut(&mut changed.size);
            (size.width, size.height) = (Size::Auto, Size::Auto);
            size.aspect_ratio = ComputedStyle::initial().size.aspect_ratio;
        }
        Shape::Phrasing => {}
    }
    computed
}

/// Adds the icon and the text.
pub(super) fn contents(
    builder: &mut Builder<'_>,
    node: NodeId,
    alternative: &Alternative,
    parent: BoxId,
    children: &mut Vec<BoxId>,
) {
    let Shape::Replaced { has_frame } = alternative.shape else {
        icon_and_text(builder, node, alternative, parent, children);
        return;
    };
    let mut computed = anonymous_style(&builder.tree.get(parent).style, Display::FLOW_ROOT);
    let changed = Arc::make_mut(&mut computed);
    let size = Arc::make_mut(&mut changed.size);
    size.height = Size::LengthPercentage(LengthPercentage::Percentage(1.0));
    if has_frame {
        let edge = LengthPercentage::Length(FRAME_EDGE);
        (size.padding_top, size.padding_right) = (edge.clone(), edge.clone());
        (size.padding_bottom, size.padding_left) = (edge.clone(), edge);
        let silver = Color::from_u8(0xc0, 0xc0, 0xc0, 0xff);
        let border = Arc::make_mut(&mut changed.border);
        let sides = [
            (&mut border.border_top_style, &mut border.border_top_width, &mut border.border_top_color),
            (&mut border.border_right_style, &mut border.border_right_width, &mut border.border_right_color),
            (
                &mut border.border_bottom_style,
                &mut border.border_bottom_width,
                &mut border.border_bottom_color,
            ),
            (&mut border.border_left_style, &mut border.border_left_width, &mut border.border_left_color),
        ];
        for (style, width, color) in sides {
            (*style, *width, *color) = (LineStyle::Solid, Length(FRAME_EDGE), silver.clone());
        }
    }
    let boxes = Arc::make_mut(&mut changed.boxes);
    boxes.box_sizing = BoxSizing::BorderBox;
    (boxes.overflow_x, boxes.overflow_y) = (Overflow::Hidden, Overflow::Hidden);
    let kind = BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    let id = builder.add(source(node), Some(parent), computed, kind);
    children.push(id);
    let mut inside = Vec::new();
    icon_and_text(builder, node, alternative, id, &mut inside);
    builder.fill(id, inside, None);
}

const fn source(node: NodeId) -> BoxSource {
    BoxSource::Anonymous(node, AnonymousKind::AlternativeText)
}

fn icon_and_text(
    builder: &mut Builder<'_>,
    node: NodeId,
    alternative: &Alternative,
    parent: BoxId,
    children: &mut Vec<BoxId>,
) {
    let around = builder.tree.get(parent).style.clone();
    if alternative.has_icon {
        let mut computed = anonymous_style(&around, Display::new(DisplayOutside::Block, DisplayInside::Flow));
        Arc::make_mut(&mut Arc::make_mut(&mut computed).boxes).float = Float::Left;
        let replaced = Replaced {
            kind: ReplacedKind::BrokenImage,
            natural: IntrinsicSize::of_size(ICON_SIDE, ICON_SIDE),
        };
        let icon = builder.add(source(node), Some(parent), computed, BoxKind::Replaced(Box::new(replaced)));
        children.push(icon);
    }
    if !alternative.text.is_empty() {
        builder.text(source(node), parent, around, alternative.text.as_str().into(), children);
    }
}
