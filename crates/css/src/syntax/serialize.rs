//! Writing CSS text.
//! <https://drafts.csswg.org/cssom/#serializing-css-values>

use std::sync::Arc;

use fanlight_base::Atom;

/// Writes itself as CSS text.
pub trait ToCss {
    /// Appends the CSS text.
    fn to_css(&self, out: &mut String);

    /// The CSS text.
    fn to_css_string(&self) -> String {
        let mut out = String::new();
        self.to_css(&mut out);
        out
    }
}

/// Writes a number as CSSOM says: no exponent, at most six significant decimals, no trailing zeros.
/// <https://drafts.csswg.org/cssom/#serialize-a-css-component-value>
pub fn write_number(value: f32, out: &mut String) {
    use std::fmt::Write as _;
    if value == 0.0 {
        // Also for negative zero.
        out.push('0');
    } else if value.is_nan() {
        out.push_str("NaN");
    } else if value.fract() == 0.0 && value.abs() < 1e9 {
        let _ = write!(out, "{}", value as i64); // Writing to a String cannot fail.
    } else if value.is_infinite() {
        out.push_str(if value > 0.0 { "infinity" } else { "-infinity" });
    } else {
        write_fraction(f64::from(value), out);
    }
}

/// Six decimals as Chromium writes them (`%.6g` without an exponent).
fn write_fraction(value: f64, out: &mut String) {
    use std::fmt::Write as _;
    let magnitude = value.abs().log10().floor();
    // Six significant digits, and for small numbers no more than six decimals.
    let decimals = (5.0 - magnitude).clamp(0.0, 6.0) as usize;
    let start = out.len();
    let _ = write!(out, "{value:.decimals$}");
    if decimals > 0 {
        let trimmed = out[start..].trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(start + trimmed);
    }
    if &out[start..] == "-0" {
        out.truncate(start);
        out.push('0');
    }
}

/// Writes an identifier with the escapes it needs.
/// <https://drafts.csswg.org/cssom/#serialize-an-identifier>
pub fn write_identifier(identifier: &str, out: &mut String) {
    let _ = cssparser::serialize_identifier(identifier, out); // Writing to a String cannot fail.
}

/// Writes a string in double quotes with the escapes it needs.
/// <https://drafts.csswg.org/cssom/#serialize-a-string>
pub fn write_string(string: &str, out: &mut String) {
    let _ = cssparser::serialize_string(string, out); // Writing to a String cannot fail.
}

/// Writes items with `, ` between them.
pub fn write_comma_separated<T: ToCss>(items: &[T], out: &mut String) {
    write_separated(items, ", ", out);
}

/// Writes items with a blank between them.
pub fn write_space_separated<T: ToCss>(items: &[T], out: &mut String) {
    write_separated(items, " ", out);
}

fn write_separated<T: ToCss>(items: &[T], separator: &str, out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        item.to_css(out);
    }
}

impl ToCss for f32 {
    fn to_css(&self, out: &mut String) {
        write_number(*self, out);
    }
}

impl ToCss for i32 {
    fn to_css(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl ToCss for u32 {
    fn to_css(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl<T: ToCss> ToCss for Option<T> {
    /// Nothing for `None`.
    fn to_css(&self, out: &mut String) {
        if let Some(value) = self {
            value.to_css(out);
        }
    }
}

impl<T: ToCss + ?Sized> ToCss for Box<T> {
    fn to_css(&self, out: &mut String) {
        (**self).to_css(out);
    }
}

impl<T: ToCss + ?Sized> ToCss for Arc<T> {
    fn to_css(&self, out: &mut String) {
        (**self).to_css(out);
    }
}

impl ToCss for Atom {
    /// As an identifier.
    fn to_css(&self, out: &mut String) {
        write_identifier(self, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_exponent_and_no_trailing_zeros() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (0.1, "0.1"),
            (33.333_332, "33.3333"),
            (1e-7, "0"),
            (0.000_001, "0.000001"),
            (123_456.79, "123457"),
            (16_777_216.0, "16777216"),
        ] {
            assert_eq!(value.to_css_string(), expected);
        }
    }
}
