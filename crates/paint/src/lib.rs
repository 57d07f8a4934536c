//! Fragment tree to display list in painting order; hit testing.
//!
//! 1. [`order`] walks the fragments once and puts everything that may be seen in painting order (CSS 2, Appendix E), with
//!    the coordinate space, the clip and the group of each step.
//! 2. [`paint`] draws the steps one after another as display items: [`background`], [`border`], [`shadow`], [`text`],
//!    [`replaced`] and so on each know one part of what a box shows.
//! 3. [`display_list`] holds what painting makes.
//! 4. [`hit_test`] asks the same steps backwards.
//!
//! Painting is a function of the layout, the scroll offsets and the images. It never reads the text of style sheets.

mod background;
mod border;
mod clip;
mod columns;
pub mod display_list;
mod effect;
mod fieldset;
mod geometry;
mod gradient;
pub mod hit_test;
mod image;
mod input;
pub mod limits;
mod mask;
mod order;
mod painter;
mod replaced;
mod scroll_bars;
mod shadow;
mod style;
mod table;
mod text;
mod transform;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, to_css_rect};
use fanlight_layout::{BoxId, LayoutTree};

pub use display_list::DisplayList;
pub use hit_test::{CaretPosition, HitTestResult, caret_position, hit_test};
pub use input::{
    EmbeddedContent, ImageProvider, MaskElement, MaskRequest, NoImages, PaintInput, ScrollBars, ScrollOffsets,
};

use display_list::{PixelSnapping, ShadowSide, SpatialId};
use fieldset::Fieldset;
use order::{Canvas, Operation, PaintOrder, PaintTraits, Place, Purpose, Step};
use painter::Painter;

/// Paints a layout: what `input` wants seen of it, in painting order.
/// <https://drafts.csswg.org/css2/#elaborate-stacking-contexts>
pub fn paint(layout: &LayoutTree, input: &PaintInput<'_>) -> DisplayList {
    let order = {
        let _span = tracing::debug_span!("paint order").entered();
        order::paint_order(layout, input, Purpose::Paint)
    };
    let _span = tracing::debug_span!("display items", steps = order.steps.len()).entered();
    let PaintOrder { steps, spatial, clips, effects, canvas } = order;
    let mut painter = Painter {
        layout,
        input: *input,
        snapping: PixelSnapping::new(input.device_scale),
        canvas,
        items: Vec::with_capacity(steps.len()),
        spatial,
        clips,
        effects,
        place: Place {
            offset: fanlight_base::geometry::LayoutPoint::zero(),
            spatial: SpatialId::DOCUMENT,
            clip: None,
        },
        effect: None,
        node: None,
    };
    for step in &steps {
        paint_step(&mut painter, step);
    }
    let size = content_size(layout, input);
    if input.scroll_bars == ScrollBars::Overlay {
        scroll_bars::paint_viewport(&mut painter, size);
    }
    let canvas_color = canvas_color(&painter);
    let Painter { items, spatial, clips, effects, .. } = painter;
    DisplayList { items, spatial, clips, effects, content_size: size, canvas_color: Some(canvas_color) }
}

fn paint_step(painter: &mut Painter<'_>, step: &Step<'_>) {
    painter.place = step.place;
    painter.effect = step.effect;
    painter.node = painted_box(painter, step.operation).and_then(|id| node_of(painter.layout, id));
    match step.operation {
        Operation::Canvas => {
            if let Some(canvas) = painter.canvas {
                background::paint_canvas(painter, &canvas);
            }
        }
        Operation::Backdrop(fragment) => effect::paint_backdrop(painter, fragment),
        Operation::Decorations(fragment) => {
            let style = painter.style(fragment.style);
            if let Some(fieldset) = Fieldset::of(painter.layout, fragment) {
                let beside_legend = fieldset.beside_legend(fragment, painter.place.offset);
                painter.place = painter.place.moved(fieldset.shift);
                let fragment = &fieldset.fragment;
                shadow::paint(painter, style, fragment, ShadowSide::Outer);
                background::paint(painter, style, fragment);
                shadow::paint(painter, style, fragment, ShadowSide::Inner);
                painter.clipped(beside_legend, |painter| border::paint(painter, style, fragment));
                return;
            }
            shadow::paint(painter, style, fragment, ShadowSide::Outer);
            let on_canvas = painter.canvas.is_some_and(|canvas| canvas.style.box_id == fragment.style.box_id);
            if !on_canvas && !order::paints_behind_cells(fragment) {
                background::paint(painter, style, fragment);
            }
            shadow::paint(painter, style, fragment, ShadowSide::Inner);
            border::paint(painter, style, fragment);
        }
        Operation::TablePart { part, part_rect, cell_rect } => {
            let style = painter.style(part);
            background::paint_table_part(painter, style, part_rect, cell_rect);
        }
        Operation::CollapsedBorders(fragment) => table::paint_collapsed_borders(painter, fragment),
        Operation::ColumnRules(fragment) => columns::paint_rules(painter, fragment),
        Operation::Content(fragment) => replaced::paint(painter, fragment),
        Operation::Text(fragment) => text::paint(painter, fragment),
        Operation::Outline(fragment) => {
            let style = painter.style(fragment.style);
            border::paint_outline(painter, style, fragment);
        }
        Operation::ScrollBars(fragment) => scroll_bars::paint(painter, fragment),
        Operation::FilterRegions => effect::paint_filter_regions(painter),
        Operation::Mask(fragment) => mask::paint(painter, fragment),
        Operation::ClipReference(fragment) => mask::paint_clip_reference(painter, fragment),
    }
}

/// The box that an operation paints something of.
fn painted_box(painter: &Painter<'_>, operation: Operation<'_>) -> Option<BoxId> {
    match operation {
        Operation::Canvas => painter.canvas.map(|canvas| canvas.style.box_id),
        Operation::FilterRegions => None,
        Operation::TablePart { part, .. } => Some(part.box_id),
        Operation::Text(fragment) => Some(fragment.style.box_id),
        Operation::Backdrop(fragment)
        | Operation::Decorations(fragment)
        | Operation::CollapsedBorders(fragment)
        | Operation::ColumnRules(fragment)
        | Operation::Content(fragment)
        | Operation::Outline(fragment)
        | Operation::ScrollBars(fragment)
        | Operation::Mask(fragment)
        | Operation::ClipReference(fragment) => Some(fragment.style.box_id),
    }
}

/// Whether the canvas is in the group that the root element makes, and so is no more than what is below everything.
pub(crate) fn is_grouped(layout: &LayoutTree, canvas: &Canvas<'_>) -> bool {
    PaintTraits::of_box(layout, canvas.root.style.box_id).contains(PaintTraits::GROUP)
}

/// The colour of the canvas: the root's background over what the page's holder wants below it.
/// <https://drafts.csswg.org/css-backgrounds-3/#root-background>
fn canvas_color(painter: &Painter<'_>) -> fanlight_base::Rgba {
    let below = painter.input.canvas_background;
    let Some(canvas) = painter.canvas else { return below };
    if is_grouped(painter.layout, &canvas) {
        return below;
    }
    let style = painter.style(canvas.style);
    let color = style.background.background_color.resolve(style::current_color(style));
    let alpha = color.alpha + below.alpha * (1.0 - color.alpha);
    if alpha <= 0.0 {
        return fanlight_base::Rgba::TRANSPARENT;
    }
    let over = |above: f32, below_component: f32| {
        (above * color.alpha + below_component * below.alpha * (1.0 - color.alpha)) / alpha
    };
    fanlight_base::Rgba {
        red: over(color.red, below.red),
        green: over(color.green, below.green),
        blue: over(color.blue, below.blue),
        alpha,
    }
}

/// The size of the document, viewport or scrollable overflow, whichever is greater, in CSS px.
pub(crate) fn content_size(layout: &LayoutTree, input: &PaintInput<'_>) -> CssSize {
    let overflow = to_css_rect(layout.scrollable_overflow);
    let reached: CssRect = overflow.union(&CssRect::new(CssPoint::zero(), input.viewport));
    CssSize::new(reached.max_x(), reached.max_y())
}

/// The node of a box, as its place in the document's arena.
pub(crate) fn node_of(layout: &LayoutTree, box_id: BoxId) -> Option<u32> {
    u32::try_from(layout.boxes.get(box_id).source.node().index()).ok()
}
