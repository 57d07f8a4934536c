//! The units of lengths.

use crate::values::ComputeContext;

keywords! {
    /// A unit of length.
    /// <https://drafts.csswg.org/css-values-4/#lengths>
    pub enum LengthUnit {
        Px = "px", Cm = "cm", Mm = "mm", Q = "q", In = "in", Pc = "pc", Pt = "pt",
        Em = "em", Rem = "rem", Ex = "ex", Rex = "rex", Cap = "cap", Rcap = "rcap", Ch = "ch", Rch = "rch",
        Ic = "ic", Ric = "ric", Lh = "lh", Rlh = "rlh",
        Vw = "vw", Svw = "svw", Lvw = "lvw", Dvw = "dvw",
        Vh = "vh", Svh = "svh", Lvh = "lvh", Dvh = "dvh",
        Vi = "vi", Svi = "svi", Lvi = "lvi", Dvi = "dvi",
        Vb = "vb", Svb = "svb", Lvb = "lvb", Dvb = "dvb",
        Vmin = "vmin", Svmin = "svmin", Lvmin = "lvmin", Dvmin = "dvmin",
        Vmax = "vmax", Svmax = "svmax", Lvmax = "lvmax", Dvmax = "dvmax",
        Cqw = "cqw", Cqh = "cqh", Cqi = "cqi", Cqb = "cqb", Cqmin = "cqmin", Cqmax = "cqmax",
    }
}

impl LengthUnit {
    /// The CSS px in one of an absolute unit; `None` for relative ones.
    /// <https://drafts.csswg.org/css-values-4/#absolute-lengths>
    pub const fn absolute_px(self) -> Option<f32> {
        Some(match self {
            LengthUnit::Px => 1.0,
            LengthUnit::Cm => 96.0 / 2.54,
            LengthUnit::Mm => 96.0 / 25.4,
            LengthUnit::Q => 96.0 / 101.6,
            LengthUnit::In => 96.0,
            LengthUnit::Pc => 16.0,
            LengthUnit::Pt => 96.0 / 72.0,
            _ => return None,
        })
    }

    /// Whether the unit refers to a font, the root element's included.
    /// <https://drafts.csswg.org/css-values-4/#font-relative-lengths>
    pub const fn is_font_relative(self) -> bool {
        use LengthUnit::{Cap, Ch, Em, Ex, Ic, Lh, Rcap, Rch, Rem, Rex, Ric, Rlh};
        matches!(self, Em | Rem | Ex | Rex | Cap | Rcap | Ch | Rch | Ic | Ric | Lh | Rlh)
    }

    /// The CSS px in one of this unit.
    pub fn px(self, context: &ComputeContext<'_>) -> f32 {
        if let Some(px) = self.absolute_px() {
            return px;
        }
        let viewport_width = context.device.viewport.width / 100.0;
        let viewport_height = context.device.viewport.height / 100.0;
        let container_width = context.container.width.map_or(viewport_width, |width| width / 100.0);
        let container_height = context.container.height.map_or(viewport_height, |height| height / 100.0);
        // The inline and the block axis.
        let flow = |width: f32, height: f32| {
            if context.vertical_writing { (height, width) } else { (width, height) }
        };
        match self {
            LengthUnit::Em => context.font_size,
            LengthUnit::Rem => context.root_font_size,
            LengthUnit::Ex => context.metrics().x_height,
            LengthUnit::Rex => context.root_metrics().x_height,
            LengthUnit::Cap => context.metrics().cap_height,
            LengthUnit::Rcap => context.root_metrics().cap_height,
            LengthUnit::Ch => context.metrics().zero_advance,
            LengthUnit::Rch => context.root_metrics().zero_advance,
            LengthUnit::Ic => context.metrics().ideographic_advance,
            LengthUnit::Ric => context.root_metrics().ideographic_advance,
            LengthUnit::Lh => context.line_height(),
            LengthUnit::Rlh => context.root_line_height(),
            LengthUnit::Vw | LengthUnit::Svw | LengthUnit::Lvw | LengthUnit::Dvw => viewport_width,
            LengthUnit::Vh | LengthUnit::Svh | LengthUnit::Lvh | LengthUnit::Dvh => viewport_height,
            LengthUnit::Vi | LengthUnit::Svi | LengthUnit::Lvi | LengthUnit::Dvi => {
                flow(viewport_width, viewport_height).0
            }
            LengthUnit::Vb | LengthUnit::Svb | LengthUnit::Lvb | LengthUnit::Dvb => {
                flow(viewport_width, viewport_height).1
            }
            LengthUnit::Vmin | LengthUnit::Svmin | LengthUnit::Lvmin | LengthUnit::Dvmin => {
                viewport_width.min(viewport_height)
            }
            LengthUnit::Vmax | LengthUnit::Svmax | LengthUnit::Lvmax | LengthUnit::Dvmax => {
                viewport_width.max(viewport_height)
            }
            LengthUnit::Cqw => container_width,
            LengthUnit::Cqh => container_height,
            LengthUnit::Cqi => flow(container_width, container_height).0,
            LengthUnit::Cqb => flow(container_width, container_height).1,
            LengthUnit::Cqmin => container_width.min(container_height),
            LengthUnit::Cqmax => container_width.max(container_height),
            LengthUnit::Px
            | LengthUnit::Cm
            | LengthUnit::Mm
            | LengthUnit::Q
            | LengthUnit::In
            | LengthUnit::Pc
            | LengthUnit::Pt => 1.0, // Answered above.
        }
    }
}
