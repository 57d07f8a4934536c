//! The parts of a slider, where the page styles them. Where it does not, the theme draws the slider as a whole.

use std::sync::Arc;

use fanlight_base::Sides;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::{Appearance, BoxSizing, Position};
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::AutoOr;
use fanlight_css::values::display::Display;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::Size;

use super::{Control, ControlKind, Host, parts};
use crate::box_tree::construct::{Builder, kind_of};
use crate::box_tree::{BlockContents, BoxKind, BoxSource, GeneratedFor};
use crate::flow::LogicalSides;
use crate::style;

/// How wide and high the theme's thumb is, in CSS px.
const THUMB: f32 = 16.0;

/// Adds the track and, on it, the thumb: `part` of the way, 0 to 1. The theme's slider has a track besides its own only where
/// the page styles that, and no other thumb.
pub(super) fn contents(
    builder: &mut Builder<'_>,
    host: Host<'_>,
    part: f32,
    children: &mut Vec<crate::BoxId>,
) {
    let has_theme = builder.tree.get(host.id).style.boxes.appearance != Appearance::None;
    let styled = |pseudo| builder.styles.pseudo(host.node, &pseudo).cloned();
    let (track, thumb) = (styled(PseudoElement::SliderRunnableTrack), styled(PseudoElement::SliderThumb));
    if has_theme && track.is_none() {
        return;
    }
    let unstyled = || parts::style(builder, host.id, Display::BLOCK, |_| ());
    let mut track = track.unwrap_or_else(unstyled);
    // What inherits is the same for both: neither is in the other for the cascade.
    let mut thumb = match thumb {
        Some(thumb) => thumb,
        None => parts::style(builder, host.id, Display::BLOCK, theme_appearance),
    };
    if track.boxes.display.is_none() {
        return;
    }
    let container_style = parts::style(builder, host.id, Display::FLEX, |_| ());
    let kind = kind_of(Display::FLEX);
    let container = builder.add(parts::source(host.node), Some(host.id), container_style, kind);
    children.push(container);

    fill_container(Arc::make_mut(&mut track));
    let source = BoxSource::Pseudo(host.node, GeneratedFor::SliderRunnableTrack);
    let track_box = builder.add(source, Some(container), track, block_container());

    let mut on_track = Vec::new();
    if !thumb.boxes.display.is_none() {
        let computed = Arc::make_mut(&mut thumb);
        let is_drawn = has_theme || computed.boxes.appearance != Appearance::None;
        if is_drawn {
            draw_by_theme(computed);
        }
        place(computed, part);
        let source = BoxSource::Pseudo(host.node, GeneratedFor::SliderThumb);
        let id = builder.add(source, Some(track_box), thumb, block_container());
        if is_drawn {
            let is_disabled =
                builder.tree.get(host.id).control.as_ref().is_some_and(|slider| slider.is_disabled);
            let control = Control { kind: ControlKind::SliderThumb, is_disabled };
            builder.tree.get_mut(id).control = Some(Box::new(control));
        }
        on_track.push(id);
    }
    builder.fill(track_box, on_track, None);
    builder.fill(container, vec![track_box], None);
}

fn block_container() -> BoxKind {
    BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()))
}

fn theme_appearance(computed: &mut ComputedStyle) {
    Arc::make_mut(&mut computed.boxes).appearance = Appearance::Auto;
}

fn set_block(computed: &mut ComputedStyle) {
    let boxes = Arc::make_mut(&mut computed.boxes);
    boxes.display = boxes.display.blockified();
    boxes.box_sizing = BoxSizing::BorderBox;
}

/// The track is as wide as the slider: `flex: 1`.
fn fill_container(computed: &mut ComputedStyle) {
    set_block(computed);
    let flex = Arc::make_mut(&mut computed.flex);
    flex.flex_grow = 1.0;
    flex.flex_basis = Size::LengthPercentage(LengthPercentage::ZERO);
    let size = Arc::make_mut(&mut computed.size);
    size.min_width = Size::LengthPercentage(LengthPercentage::ZERO);
}

/// The theme's thumb has one size, and nothing of the page's backgrounds and borders.
fn draw_by_theme(computed: &mut ComputedStyle) {
    theme_appearance(computed);
    let initial = ComputedStyle::undeclared();
    computed.background = initial.background.clone();
    computed.border = initial.border.clone();
    parts::pad(computed, LogicalSides::default());
    let size = Arc::make_mut(&mut computed.size);
    size.width = Size::LengthPercentage(LengthPercentage::Length(THUMB));
    size.height = size.width.clone();
}

/// Puts the thumb where it belongs: the way that it moves is shorter than the track by its own size.
fn place(computed: &mut ComputedStyle, part: f32) {
    set_block(computed);
    let boxes = Arc::make_mut(&mut computed.boxes);
    if !matches!(boxes.position, Position::Absolute | Position::Fixed) {
        boxes.position = Position::Relative;
    }
    let mode = style::writing_mode(computed);
    let size = Arc::make_mut(&mut computed.size);
    let extent = if mode.is_horizontal() { &size.width } else { &size.height };
    // The inset is of the track, the margin of the thumb.
    let (inset, back) = match extent {
        Size::LengthPercentage(LengthPercentage::Length(own)) => (part, -part * own),
        Size::LengthPercentage(LengthPercentage::Percentage(own)) => (part * (1.0 - own), 0.0),
        _ => (0.0, 0.0),
    };
    let inline_start = LogicalSides { inline_start: true, ..LogicalSides::default() }.to_physical(mode);
    let mut sides = Sides::new(
        (&mut size.top, &mut size.margin_top),
        (&mut size.right, &mut size.margin_right),
        (&mut size.bottom, &mut size.margin_bottom),
        (&mut size.left, &mut size.margin_left),
    );
    let chosen = [
        (inline_start.top, &mut sides.top),
        (inline_start.right, &mut sides.right),
        (inline_start.bottom, &mut sides.bottom),
        (inline_start.left, &mut sides.left),
    ];
    for (is_start, (offset, margin)) in chosen {
        if !is_start {
            continue;
        }
        **offset = AutoOr::Value(LengthPercentage::Percentage(inset));
        if let AutoOr::Value(LengthPercentage::Length(own)) = &mut **margin {
            *own += back;
        }
    }
}
