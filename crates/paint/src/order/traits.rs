//! What of a box's style decides how it takes part in painting.

use bitflags::bitflags;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::{Float, Overflow, Position};
use fanlight_css::properties::effects::{BlendMode, Isolation};
use fanlight_css::properties::inherited_ui::{PointerEvents, Visibility};
use fanlight_css::properties::table::{BorderCollapse, EmptyCells};
use fanlight_css::properties::transform::{BackfaceVisibility, TransformStyle};
use fanlight_css::values::border::OutlineStyle;
use fanlight_css::values::overflow::Contain;
use fanlight_css::values::shape::{ClipPath, FilterFunction};
use fanlight_css::values::transform::WillChange;
use fanlight_css::values::{AutoOr, NoneOr};
use fanlight_layout::{BoxFragment, BoxId, BoxKind, BoxSource, ContextKind, Fragment, LayoutTree, StyleKey};

bitflags! {
    /// How a box takes part in painting.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct PaintTraits: u32 {
        /// The root element.
        const ROOT = 1 << 0;
        /// It is a stacking context.
        const STACKING_CONTEXT = 1 << 1;
        /// It is a stacking context or positioned, and painted among these.
        const STACKED = 1 << 2;
        /// It floats.
        const FLOAT = 1 << 3;
        /// `position: fixed`
        const FIXED_TO_VIEWPORT = 1 << 4;
        /// `position: sticky`
        const STICKY = 1 << 5;
        /// It is transformed.
        const TRANSFORM = 1 << 6;
        /// `perspective`
        const PERSPECTIVE = 1 << 7;
        /// `transform-style: preserve-3d`
        const PRESERVE_3D = 1 << 8;
        /// `backface-visibility: hidden`
        const BACKFACE_HIDDEN = 1 << 9;
        /// `clip`
        const CLIP = 1 << 10;
        /// Its overflow is clipped.
        const CLIPS_OVERFLOW = 1 << 11;
        /// It is a scroll container.
        const SCROLLS = 1 << 12;
        /// Its contents are composited as a group.
        const GROUP = 1 << 13;
        /// It has a mask.
        const MASK = 1 << 14;
        /// It contains all its descendants, absolutely positioned and fixed ones too.
        const CONTAINS_ALL = 1 << 15;
        /// `visibility: visible`
        const VISIBLE = 1 << 16;
        /// It has a background, borders or shadows.
        const DECORATED = 1 << 17;
        /// It has an outline.
        const OUTLINE = 1 << 18;
        /// It has lines between its columns.
        const COLUMN_RULES = 1 << 19;
        /// It has content that is not fragments.
        const CONTENT = 1 << 20;
        /// What is below its group is filtered.
        const BACKDROP = 1 << 21;
    }
}

impl PaintTraits {
    /// The traits of a fragment's box.
    pub(crate) fn of(layout: &LayoutTree, fragment: &BoxFragment) -> PaintTraits {
        let style = layout.boxes.style_of(fragment.style);
        let mut traits = Self::of_box(layout, fragment.style.box_id);
        let is_inline_box = fragment.context == ContextKind::InlineBox;
        traits.set(PaintTraits::VISIBLE, is_visible(style));
        let hidden = style.table.empty_cells == EmptyCells::Hide
            && style.table.border_collapse == BorderCollapse::Separate
            && is_empty_cell(fragment);
        traits.set(PaintTraits::DECORATED, is_decorated(style, fragment) && !hidden);
        let border = &style.border;
        let outline = border.outline_style != OutlineStyle::None && border.outline_width.px() > 0.0;
        traits.set(PaintTraits::OUTLINE, outline);
        let rule = &style.columns;
        let has_rule = !rule.column_rule_style.is_none_or_hidden() && rule.column_rule_width.px() > 0.0;
        traits.set(PaintTraits::COLUMN_RULES, has_rule && has_columns(fragment));
        traits.set(PaintTraits::CONTENT, has_content(layout, fragment));
        if !is_inline_box && !traits.contains(PaintTraits::ROOT) {
            let propagates = is_overflow_source(layout, fragment.style.box_id);
            let (clip_x, clip_y) = overflow_clips(style);
            let can_clip = !matches!(
                fragment.context,
                ContextKind::TableRow
                    | ContextKind::TableSection
                    | ContextKind::Column
                    | ContextKind::Viewport
            );
            traits.set(PaintTraits::CLIPS_OVERFLOW, (clip_x || clip_y) && can_clip && !propagates);
            traits.set(PaintTraits::SCROLLS, is_scroll_container(style) && can_clip && !propagates);
        }
        traits
    }

    /// Those traits of a box that do not depend on its fragments.
    pub(crate) fn of_box(layout: &LayoutTree, box_id: BoxId) -> PaintTraits {
        let layout_box = layout.boxes.get(box_id);
        let style: &ComputedStyle = &layout_box.style;
        let mut traits = PaintTraits::empty();
        if matches!(layout_box.kind, BoxKind::Text(_))
            || matches!(layout_box.source, BoxSource::Anonymous(..))
        {
            // A text box has its parent's style, which is not about it.
            return traits;
        }
        let is_root = layout_box.parent == Some(BoxId::VIEWPORT);
        let position = style.boxes.position;
        let is_item = layout_box.parent.is_some_and(|parent| {
            matches!(layout.boxes.get(parent).kind, BoxKind::Flex(_) | BoxKind::Grid(_))
        });
        let transformable = !matches!(layout_box.kind, BoxKind::Inline(_));
        traits.set(PaintTraits::ROOT, is_root);
        traits.set(PaintTraits::FIXED_TO_VIEWPORT, position == Position::Fixed);
        traits.set(PaintTraits::STICKY, position == Position::Sticky);
        traits.set(PaintTraits::FLOAT, style.boxes.float != Float::None);
        traits.set(PaintTraits::CLIP, position.is_absolutely_positioned() && !style.boxes.clip.is_auto());

        let transform = &style.transform;
        let transformed = transformable
            && (!transform.transform.is_none()
                || !transform.translate.is_none()
                || !transform.rotate.is_none()
                || !transform.scale.is_none());
        let preserves = transformable && preserves_3d(style);
        let perspective = transformable && !transform.perspective.is_none();
        traits.set(PaintTraits::TRANSFORM, transformed || preserves);
        traits.set(PaintTraits::PRESERVE_3D, preserves);
        traits.set(PaintTraits::PERSPECTIVE, perspective);
        traits.set(
            PaintTraits::BACKFACE_HIDDEN,
            transformable && transform.backface_visibility == BackfaceVisibility::Hidden,
        );

        let effects = &style.effects;
        let filtered = !effects.filter.is_none() || !effects.backdrop_filter.is_none();
        let clipped = !matches!(effects.clip_path, ClipPath::None);
        let masked = effects.mask_image.iter().any(|image| !image.is_none());
        let blended = effects.mix_blend_mode != BlendMode::Normal;
        let isolated = effects.isolation == Isolation::Isolate;
        let grouped = effects.opacity < 1.0 || filtered || clipped || masked || blended || isolated;
        traits.set(PaintTraits::GROUP, grouped);
        traits.set(PaintTraits::MASK, masked);
        traits.set(PaintTraits::BACKDROP, !effects.backdrop_filter.is_none());
        let contained = transformable && style.containment().intersects(Contain::LAYOUT | Contain::PAINT);
        let will_change = will_change(&transform.will_change, transformable);
        traits.set(
            PaintTraits::CONTAINS_ALL,
            transformed
                || preserves
                || perspective
                || filtered
                || contained
                || is_root
                || will_change.contains_all,
        );

        let has_z_index = !style.boxes.z_index.is_auto();
        let positioned = position != Position::Static;
        let stacking_context = is_root
            || matches!(position, Position::Fixed | Position::Sticky)
            || (has_z_index && (positioned || is_item))
            || grouped
            || transformed
            || preserves
            || perspective
            || contained
            || will_change.stacking_context;
        traits.set(PaintTraits::STACKING_CONTEXT, stacking_context);
        traits.set(PaintTraits::STACKED, stacking_context || positioned);
        traits
    }

    /// The order of a box among the others of its stacking context: 0 for `auto`, and for stacking contexts that are
    /// neither positioned nor items, to which `z-index` does not apply.
    pub(crate) fn z_index(layout: &LayoutTree, box_id: BoxId) -> i32 {
        let layout_box = layout.boxes.get(box_id);
        let is_item = layout_box.parent.is_some_and(|parent| {
            matches!(layout.boxes.get(parent).kind, BoxKind::Flex(_) | BoxKind::Grid(_))
        });
        let boxes = &layout_box.style.boxes;
        match boxes.z_index {
            AutoOr::Value(z_index) if is_item || boxes.position != Position::Static => z_index,
            _ => 0,
        }
    }
}

/// What `will-change` makes of a box already. <https://drafts.csswg.org/css-will-change/#will-change>
struct WillChangeEffects {
    stacking_context: bool,
    contains_all: bool,
}

fn will_change(value: &WillChange, transformable: bool) -> WillChangeEffects {
    if matches!(value, WillChange::Auto) {
        return WillChangeEffects { stacking_context: false, contains_all: false };
    }
    let any = |names: &[&str]| names.iter().any(|name| value.contains(name));
    let transforms = transformable
        && any(&["transform", "translate", "rotate", "scale", "perspective", "transform-style", "contain"]);
    let contains_all = transforms || any(&["filter", "backdrop-filter"]);
    let others = any(&[
        "opacity",
        "mix-blend-mode",
        "clip-path",
        "mask",
        "mask-image",
        "mask-border",
        "isolation",
        "position",
        "z-index",
    ]);
    WillChangeEffects { stacking_context: contains_all || others, contains_all }
}

/// `transform-style: preserve-3d`, unless something flattens it.
/// <https://drafts.csswg.org/css-transforms-2/#grouping-property-values>
fn preserves_3d(style: &ComputedStyle) -> bool {
    let effects = &style.effects;
    style.transform.transform_style == TransformStyle::Preserve3d
        && style.boxes.overflow_x == Overflow::Visible
        && style.boxes.overflow_y == Overflow::Visible
        && effects.opacity >= 1.0
        && effects.filter.is_none()
        && effects.backdrop_filter.is_none()
        && matches!(effects.clip_path, ClipPath::None)
        && effects.isolation == Isolation::Auto
        && effects.mix_blend_mode == BlendMode::Normal
        && effects.mask_image.iter().all(NoneOr::is_none)
        && !style.containment().contains(Contain::PAINT)
}

/// `visibility: visible`; `collapse` hides as well. <https://drafts.csswg.org/css-display-4/#visibility>
pub(crate) fn is_visible(style: &ComputedStyle) -> bool {
    style.inherited_ui.visibility == Visibility::Visible
}

/// Whether boxes of a style can be hit. <https://svgwg.org/svg2-draft/interact.html#PointerEventsProp>
pub(crate) fn receives_pointer_events(style: &ComputedStyle) -> bool {
    style.inherited_ui.pointer_events != PointerEvents::None && is_visible(style)
}

/// Whether overflow is clipped, horizontally and vertically.
pub(crate) fn overflow_clips(style: &ComputedStyle) -> (bool, bool) {
    let contained = style.containment().contains(Contain::PAINT);
    let clips = |overflow: Overflow| contained || overflow != Overflow::Visible;
    (clips(style.boxes.overflow_x), clips(style.boxes.overflow_y))
}

/// Whether the box scrolls its contents.
pub(crate) fn is_scroll_container(style: &ComputedStyle) -> bool {
    style.boxes.overflow_x.is_scrollable() || style.boxes.overflow_y.is_scrollable()
}

/// Whether `overflow-clip-margin` applies: to `overflow: clip` and to paint containment.
pub(crate) fn has_overflow_clip_edge(style: &ComputedStyle) -> bool {
    !is_scroll_container(style)
}

/// Whether a box has something that [`Operation::Decorations`](super::Operation::Decorations) paints.
fn is_decorated(style: &ComputedStyle, fragment: &BoxFragment) -> bool {
    let border = fragment.border;
    let has_border = [border.top, border.right, border.bottom, border.left]
        .iter()
        .any(|width| *width != fanlight_base::LayoutUnit::ZERO);
    has_border
        || !style.background.is_empty()
        || !style.effects.box_shadow.is_none()
        || !style.border.border_image_source.is_none()
}

fn has_columns(fragment: &BoxFragment) -> bool {
    fragment
        .children
        .iter()
        .any(|link| matches!(&link.fragment, Fragment::Box(child) if child.context == ContextKind::Column))
}

fn has_content(layout: &LayoutTree, fragment: &BoxFragment) -> bool {
    crate::replaced::has_content(layout, fragment)
}

/// Whether something is painted for a part of a table.
pub(super) fn has_background(layout: &LayoutTree, part: StyleKey) -> bool {
    let style = layout.boxes.style_of(part);
    !style.background.is_empty() && is_visible(style)
}

/// `order` of a flex or grid item.
pub(super) fn item_order(layout: &LayoutTree, box_id: BoxId) -> i32 {
    layout.boxes.get(box_id).style.flex.order
}

/// The box whose background the canvas gets: the root element's, or, of an HTML document whose root has none, the body's.
/// <https://drafts.csswg.org/css-backgrounds-3/#root-background>
pub(super) fn canvas_source(layout: &LayoutTree, root: StyleKey) -> StyleKey {
    let style = layout.boxes.style_of(root);
    if !style.background.is_empty() {
        return root;
    }
    let children = layout.boxes.children(root.box_id);
    match children.iter().find(|child| layout.boxes.get(**child).is_body) {
        Some(&body) => StyleKey { box_id: body, is_first_line: false },
        None => root,
    }
}

/// Whether the viewport scrolls in place of this box: the body element, where the root element's overflow is visible.
/// <https://drafts.csswg.org/css-overflow-3/#overflow-propagation>
fn is_overflow_source(layout: &LayoutTree, box_id: BoxId) -> bool {
    let layout_box = layout.boxes.get(box_id);
    layout_box.is_body
        && layout_box.parent.is_some_and(|root| {
            let boxes = &layout.boxes.get(root).style.boxes;
            boxes.overflow_x == Overflow::Visible && boxes.overflow_y == Overflow::Visible
        })
}

/// Whether a cell has nothing in it, so that `empty-cells` can hide it.
/// <https://drafts.csswg.org/css2/#empty-cells>
fn is_empty_cell(fragment: &BoxFragment) -> bool {
    fragment.context == ContextKind::TableCell
        && fragment.children.iter().all(|link| match &link.fragment {
            Fragment::Line(line) => line.children.is_empty(),
            _ => false,
        })
}

/// How far, in CSS px, anything of the document inks outside of its overflow: shadows, outlines, blurs.
pub(super) fn ink_reach(layout: &LayoutTree) -> f32 {
    layout.boxes.with_ink_outside().map(|id| style_reach(&layout.boxes.get(id).style)).fold(0.0, f32::max)
}

/// The same for what one style alone inks.
pub(crate) fn style_reach(style: &ComputedStyle) -> f32 {
    let mut reach = 0.0_f32;
    if let NoneOr::Value(shadows) = &style.effects.box_shadow {
        for css in shadows.iter().filter(|css| !css.inset) {
            let offset = css.shadow.x.px().abs().max(css.shadow.y.px().abs());
            reach = reach.max(offset + css.spread.px() + css.shadow.blur.px() * 1.5);
        }
    }
    if let NoneOr::Value(filters) = &style.effects.filter {
        for filter in filters.iter() {
            reach += match filter {
                FilterFunction::Blur(deviation) => deviation.px() * 3.0,
                FilterFunction::DropShadow(shadow) => {
                    shadow.x.px().abs().max(shadow.y.px().abs()) + shadow.blur.px() * 3.0
                }
                _ => 0.0,
            };
        }
    }
    if style.border.outline_style != OutlineStyle::None {
        reach = reach.max(style.border.outline_width.px() + style.border.outline_offset.px());
    }
    reach
}
