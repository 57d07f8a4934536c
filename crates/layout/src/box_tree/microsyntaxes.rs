//! Numbers in attributes.
//! <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#numbers>

/// The number that a text begins with, after blanks. <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-non-negative-integers>
pub(super) fn non_negative_integer(text: &str) -> Option<u32> {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix('+').unwrap_or(text);
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::non_negative_integer;

    #[test]
    fn integers_end_at_the_first_other_character() {
        for (text, expected) in [
            (" 20px", Some(20)),
            ("60.7", Some(60)),
            ("+40", Some(40)),
            ("100%", Some(100)),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(non_negative_integer(text), expected, "{text:?}");
        }
    }
}
