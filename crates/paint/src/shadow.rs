//! The shadows of boxes. <https://drafts.csswg.org/css-backgrounds-3/#box-shadow>

use fanlight_base::geometry::CssVector;
use fanlight_css::properties::ComputedStyle;
use fanlight_css::values::NoneOr;
use fanlight_layout::BoxFragment;

use crate::display_list::{BoxShadow, ItemKind, RoundedRect, ShadowSide};
use crate::geometry::{border_edge, to_css_sides};
use crate::limits::MAX_LAYERS;
use crate::painter::Painter;
use crate::style::current_color;

/// Paints the shadows outside, or those inside, of a box; the first of the list is on top.
pub(crate) fn paint(
    painter: &mut Painter<'_>,
    style: &ComputedStyle,
    fragment: &BoxFragment,
    side: ShadowSide,
) {
    let NoneOr::Value(shadows) = &style.effects.box_shadow else { return };
    let border_edge = border_edge(style, fragment, painter.place.offset, painter.snapping);
    let edge: RoundedRect = match side {
        ShadowSide::Outer => border_edge,
        ShadowSide::Inner => border_edge.inset(to_css_sides(fragment.border)),
    };
    for css in shadows.iter().take(MAX_LAYERS).rev() {
        let color = css.shadow.color.resolve(current_color(style));
        if css.inset != (side == ShadowSide::Inner) || color.is_transparent() {
            continue;
        }
        let shadow = BoxShadow {
            edge,
            offset: CssVector::new(css.shadow.x.px(), css.shadow.y.px()),
            blur: css.shadow.blur.px(),
            spread: css.spread.px(),
            color,
            side,
        };
        let bounds = match side {
            ShadowSide::Inner => edge.rect,
            ShadowSide::Outer => {
                // Three standard deviations, of which the blur radius is two.
                let reach = shadow.spread + shadow.blur * 1.5;
                edge.rect.translate(shadow.offset).inflate(reach, reach)
            }
        };
        painter.push(bounds, ItemKind::BoxShadow(Box::new(shadow)));
    }
}
