//! How HTML reads the values of presentational attributes.

use std::fmt;

use fanlight_base::LocalName;
use fanlight_dom::ElementData;

use super::Hints;

/// A length in CSS px or a percentage.
/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-dimension-values>
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Dimension {
    Px(f64),
    Percent(f64),
}

impl Dimension {
    pub(crate) fn parse(text: &str) -> Option<Dimension> {
        let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        let mut end = digits;
        if text.as_bytes().get(digits) == Some(&b'.') {
            end += text[digits + 1..].bytes().take_while(u8::is_ascii_digit).count();
            if end > digits {
                end += 1;
            }
        }
        let value: f64 = text[..end].parse().ok()?;
        let rest = if end == digits { text[end..].trim_start_matches('.') } else { &text[end..] };
        Some(if rest.starts_with('%') { Dimension::Percent(value) } else { Dimension::Px(value) })
    }

    fn is_zero(self) -> bool {
        matches!(self, Dimension::Px(value) | Dimension::Percent(value) if value == 0.0)
    }
}

/// As CSS text.
impl fmt::Display for Dimension {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Dimension::Px(value) => write!(formatter, "{value}px"),
            Dimension::Percent(value) => write!(formatter, "{value}%"),
        }
    }
}

/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-integers>
pub(crate) fn integer(text: &str) -> Option<i32> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let end = digits.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 {
        return None;
    }
    let magnitude = digits[..end].parse::<i64>().unwrap_or(i64::from(i32::MAX)).min(i64::from(i32::MAX));
    i32::try_from(if negative { -magnitude } else { magnitude }).ok()
}

/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-non-negative-integers>
pub(crate) fn non_negative_integer(text: &str) -> Option<i32> {
    integer(text).filter(|value| *value >= 0)
}

/// A colour as CSS text.
/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-a-legacy-colour-value>
pub(crate) fn legacy_color(value: &str) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    let value = value.trim_matches(|c: char| c.is_ascii_whitespace());
    if value.eq_ignore_ascii_case("transparent") {
        return None;
    }
    if cssparser::color::parse_named_color(value).is_ok() {
        return Some(value.to_ascii_lowercase());
    }
    if value.len() == 4
        && let Some(digits) = value.strip_prefix('#')
        && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    {
        return Some(format!("#{}", digits.to_ascii_lowercase()));
    }
    // Each character beyond the basic plane counts as two zeros; of the result 128 characters are read.
    let mut digits: Vec<u8> = Vec::with_capacity(16);
    for character in value.chars().take(128) {
        match character {
            '#' if digits.is_empty() => digits.push(b'#'),
            hex if hex.is_ascii_hexdigit() => digits.push(hex.to_ascii_lowercase() as u8),
            wide if u32::from(wide) > 0xffff => digits.extend(*b"00"),
            _ => digits.push(b'0'),
        }
    }
    digits.truncate(128);
    if digits.first() == Some(&b'#') {
        digits.remove(0);
    }
    while digits.is_empty() || !digits.len().is_multiple_of(3) {
        digits.push(b'0');
    }
    let length = digits.len() / 3;
    let mut components: Vec<&[u8]> =
        digits.chunks(length).map(|component| &component[length.saturating_sub(8)..]).collect();
    while components[0].len() > 2 && components.iter().all(|component| component[0] == b'0') {
        for component in &mut components {
            *component = &component[1..];
        }
    }
    let mut color = String::from("#");
    for component in components {
        let component = &component[..component.len().min(2)];
        if component.len() < 2 {
            color.push('0');
        }
        color.extend(component.iter().map(|&byte| char::from(byte)));
    }
    Some(color)
}

/// Adds a property whose value is a dimension, where the attribute holds one.
pub(crate) fn dimension(element: &ElementData, attribute: &LocalName, property: &str, hints: &mut Hints) {
    if let Some(value) = element.attribute(attribute).and_then(Dimension::parse) {
        hints.push(property, value);
    }
}

/// The same for attributes where zero means nothing.
/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-non-zero-dimension-values>
pub(crate) fn nonzero_dimension(
    element: &ElementData,
    attribute: &LocalName,
    property: &str,
    hints: &mut Hints,
) {
    if let Some(value) = element.attribute(attribute).and_then(Dimension::parse)
        && !value.is_zero()
    {
        hints.push(property, value);
    }
}

/// Adds a property whose value is a legacy colour, where the attribute holds one.
pub(crate) fn color(element: &ElementData, attribute: &LocalName, property: &str, hints: &mut Hints) {
    if let Some(value) = element.attribute(attribute).and_then(legacy_color) {
        hints.push(property, value);
    }
}

/// Adds `background-image`, where the attribute holds an address.
pub(crate) fn background(element: &ElementData, attribute: &LocalName, hints: &mut Hints) {
    let Some(url) = element.attribute(attribute).map(str::trim).filter(|url| !url.is_empty()) else { return };
    hints.push("background-image", CssUrl(url));
}

/// `url("…")` with what a CSS string must escape escaped.
struct CssUrl<'a>(&'a str);

impl fmt::Display for CssUrl<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("url(\"")?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(formatter, "\\{character}")?,
                control if control.is_control() => write!(formatter, "\\{:x} ", u32::from(control))?,
                other => write!(formatter, "{other}")?,
            }
        }
        formatter.write_str("\")")
    }
}

/// Whether an attribute has this value, ASCII case apart.
pub(crate) fn is(element: &ElementData, attribute: &LocalName, value: &str) -> bool {
    element.attribute(attribute).is_some_and(|present| present.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_are_read_leniently() {
        for (text, expected) in [
            ("100", Some(Dimension::Px(100.0))),
            (" 12.5px", Some(Dimension::Px(12.5))),
            ("50%", Some(Dimension::Percent(50.0))),
            ("33.3%x", Some(Dimension::Percent(33.3))),
            ("7.%", Some(Dimension::Percent(7.0))),
            ("3.", Some(Dimension::Px(3.0))),
            ("0*", Some(Dimension::Px(0.0))),
            ("-1", None),
            ("+1", None),
            (".5", None),
            ("auto", None),
            ("", None),
        ] {
            assert_eq!(Dimension::parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn integers_stop_at_the_first_other_character() {
        assert_eq!(integer(" -12px"), Some(-12));
        assert_eq!(integer("99999999999999999999"), Some(i32::MAX));
        assert_eq!(integer("x"), None);
        assert_eq!(non_negative_integer("-1"), None);
    }

    #[test]
    fn legacy_colors_are_never_invalid_but_for_empty_and_transparent() {
        for (value, expected) in [
            ("Red", Some("red")),
            ("#0F0", Some("#0f0")),
            ("#ff8000", Some("#ff8000")),
            ("ff8000", Some("#ff8000")),
            ("chucknorris", Some("#c00000")),
            ("#fffffff", Some("#fffff0")),
            ("transparent", None),
            ("", None),
            ("  ", Some("#000000")),
            ("12", Some("#010200")),
        ] {
            assert_eq!(legacy_color(value).as_deref(), expected, "{value:?}");
        }
    }

    #[test]
    fn addresses_cannot_leave_their_string() {
        assert_eq!(CssUrl("a\"b\\c\nd").to_string(), "url(\"a\\\"b\\\\c\\a d\")");
    }
}
