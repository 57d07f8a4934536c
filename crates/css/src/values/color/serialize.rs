//! Writing colours.
//! <https://drafts.csswg.org/css-color-4/#serializing-color-values>

use super::function::function_name;
use super::space::{AbsoluteColor, ColorSpace, Missing};
use super::{Color, ColorMix, RelativeColor, SpecifiedColor};
use crate::syntax::ToCss;
use crate::syntax::serialize::write_number;
use crate::values::calc::{Leaf, Node};

impl ToCss for AbsoluteColor {
    fn to_css(&self, out: &mut String) {
        match self.space {
            ColorSpace::LegacySrgb => self.write_legacy(out),
            ColorSpace::Hsl | ColorSpace::Hwb => self.resolved().write_legacy(out),
            ColorSpace::Lab | ColorSpace::Lch | ColorSpace::Oklab | ColorSpace::Oklch => {
                out.push_str(self.space.name());
                out.push('(');
                self.write_modern(out);
            }
            _ => {
                out.push_str("color(");
                out.push_str(self.space.name());
                out.push(' ');
                self.write_modern(out);
            }
        }
    }
}

impl AbsoluteColor {
    fn write_legacy(&self, out: &mut String) {
        use std::fmt::Write as _;
        let [red, green, blue] = self.components.map(cssparser::color::clamp_unit_f32);
        let name = if self.alpha < 1.0 { "rgba" } else { "rgb" };
        let _ = write!(out, "{name}({red}, {green}, {blue}"); // Writing to a String cannot fail.
        let _ = cssparser::color::serialize_color_alpha(out, Some(self.alpha), true);
        out.push(')');
    }

    fn write_modern(&self, out: &mut String) {
        for (index, component) in self.components.into_iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            if self.missing.contains(Missing::component(index)) {
                out.push_str("none");
            } else {
                write_number(component, out);
            }
        }
        if self.missing.contains(Missing::ALPHA) {
            out.push_str(" / none");
        } else if self.alpha < 1.0 {
            out.push_str(" / ");
            write_number(self.alpha, out);
        }
        out.push(')');
    }
}

impl ToCss for Color {
    fn to_css(&self, out: &mut String) {
        match self {
            Color::CurrentColor => out.push_str("currentcolor"),
            Color::Absolute(color) => color.to_css(out),
            Color::Mix(mix) => mix.to_css(out),
            Color::Relative(relative) => relative.to_css(out),
        }
    }
}

impl ToCss for SpecifiedColor {
    fn to_css(&self, out: &mut String) {
        match self {
            SpecifiedColor::CurrentColor => out.push_str("currentcolor"),
            SpecifiedColor::Named(named) => out.push_str(named.name),
            SpecifiedColor::Absolute(color) => color.to_css(out),
            SpecifiedColor::System(system) => out.push_str(system.as_str()),
            SpecifiedColor::LightDark(schemes) => {
                out.push_str("light-dark(");
                schemes.0.to_css(out);
                out.push_str(", ");
                schemes.1.to_css(out);
                out.push(')');
            }
            SpecifiedColor::Mix(mix) => mix.to_css(out),
            SpecifiedColor::Relative(relative) => relative.to_css(out),
        }
    }
}

impl<C: ToCss> ToCss for ColorMix<C> {
    fn to_css(&self, out: &mut String) {
        out.push_str("color-mix(");
        self.interpolation.to_css(out);
        for (color, share) in [&self.left, &self.right] {
            out.push_str(", ");
            color.to_css(out);
            if let Some(share) = share {
                out.push(' ');
                write_number(share * 100.0, out);
                out.push('%');
            }
        }
        out.push(')');
    }
}

impl<C: ToCss> ToCss for RelativeColor<C> {
    fn to_css(&self, out: &mut String) {
        let function = function_name(self.space);
        out.push_str(function);
        out.push_str("(from ");
        self.origin.to_css(out);
        if function == "color" {
            out.push(' ');
            out.push_str(self.space.name());
        }
        for (index, channel) in self.channels.iter().enumerate() {
            let is_origins_alpha = index == 3
                && channel.as_ref().is_some_and(|alpha| matches!(alpha.root, Node::Leaf(Leaf::Channel(3))));
            if is_origins_alpha {
                // It is the origin's anyway.
                continue;
            }
            out.push_str(if index == 3 { " / " } else { " " });
            match channel {
                None => out.push_str("none"),
                Some(calculation) => super::function::write_channel(self.space, calculation, out),
            }
        }
        out.push(')');
    }
}
