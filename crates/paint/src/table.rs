//! The borders of tables in the collapsing model. <https://drafts.csswg.org/css-tables-3/#drawing-collapsed-borders>

use fanlight_base::geometry::LayoutRect;
use fanlight_css::properties::inherited_ui::Visibility;
use fanlight_css::values::border::LineStyle;
use fanlight_layout::{BoxFragment, PhysicalSide};

use crate::border::paint_line;
use crate::painter::Painter;
use crate::style::current_color;

/// Paints all borders of a table, in the order in which layout has put them.
pub(crate) fn paint_collapsed_borders(painter: &mut Painter<'_>, fragment: &BoxFragment) {
    let Some(collapsed) = fragment.table().and_then(|table| table.collapsed.as_ref()) else { return };
    if painter.style(fragment.style).inherited_ui.visibility != Visibility::Visible {
        return;
    }
    for edge in &collapsed.edges {
        let style = painter.style(edge.winner);
        let border = &style.border;
        let (line, color) = match edge.side {
            PhysicalSide::Top => (border.border_top_style, &border.border_top_color),
            PhysicalSide::Right => (border.border_right_style, &border.border_right_color),
            PhysicalSide::Bottom => (border.border_bottom_style, &border.border_bottom_color),
            PhysicalSide::Left => (border.border_left_style, &border.border_left_color),
        };
        // In the collapsing model `inset` looks like `ridge` and `outset` like `groove`.
        let line = match line {
            LineStyle::Inset => LineStyle::Ridge,
            LineStyle::Outset => LineStyle::Groove,
            other => other,
        };
        let vertical = matches!(edge.side, PhysicalSide::Left | PhysicalSide::Right);
        let rect: LayoutRect = edge.rect.translate(painter.place.offset.to_vector());
        paint_line(painter, rect, line, color.resolve(current_color(style)), vertical);
    }
}
