//! Which of several stored responses of one URL a request may have: `Vary`.
//! <https://www.rfc-editor.org/rfc/rfc9111#section-4.1>

use super::directives::members;
use crate::headers::HeaderList;

/// The request's fields that a response was chosen by: names in lower case and sorted, and values in a form in which equal
/// ones are equal; none where the request had no such field.
pub(super) type SelectingFields = Vec<(String, Option<String>)>;

/// What a response was chosen by; none for `Vary: *`, which says that this cannot be told.
pub(super) fn selecting_fields(request: &HeaderList, response: &HeaderList) -> Option<SelectingFields> {
    let mut names: Vec<String> =
        members(&response.get("vary").unwrap_or_default()).map(|name| name.to_ascii_lowercase()).collect();
    if names.iter().any(|name| name == "*") {
        return None;
    }
    names.sort_unstable();
    names.dedup();
    let with_value = |name: String| {
        let value = request.get(&name).map(|value| normalised(&name, &value));
        (name, value)
    };
    Some(names.into_iter().map(with_value).collect())
}

/// Whether a request may have a response that was chosen by these fields.
pub(super) fn matches(stored: &SelectingFields, request: &HeaderList) -> bool {
    stored.iter().all(|(name, value)| {
        request.get(name).map(|other| normalised(name, &other)).as_ref() == value.as_ref()
    })
}

/// A value without what has no meaning: blanks around commas and, where the field is known, case and order.
fn normalised(name: &str, value: &str) -> String {
    let mut parts: Vec<String> = members(value).collect();
    if matches!(name, "accept" | "accept-charset" | "accept-encoding" | "accept-language") {
        for part in &mut parts {
            part.retain(|c| !c.is_ascii_whitespace());
            part.make_ascii_lowercase();
        }
        parts.sort_unstable();
    }
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(fields: &[(&str, &str)]) -> HeaderList {
        fields.iter().copied().collect()
    }

    fn is_match(vary: &[(&str, &str)], first: &[(&str, &str)], second: &[(&str, &str)]) -> bool {
        let selecting = selecting_fields(&list(first), &list(vary)).unwrap();
        matches(&selecting, &list(second))
    }

    #[test]
    fn every_named_field_must_be_equal_or_missing_in_both() {
        let vary = [("Vary", "Foo, Bar")];
        assert!(is_match(&vary, &[("Foo", "1"), ("X", "1")], &[("foo", "1"), ("X", "2")]));
        assert!(!is_match(&vary, &[("Foo", "1")], &[("Foo", "1"), ("Bar", "2")]));
        assert!(!is_match(&vary, &[("Foo", "1"), ("Bar", "2")], &[("Foo", "1")]));
        assert!(!is_match(&vary, &[("Foo", "1")], &[("Foo", "2")]));
    }

    #[test]
    fn a_star_anywhere_matches_nothing() {
        for vary in
            [&[("Vary", "*")][..], &[("Vary", "*, *")], &[("Vary", "Foo, *")], &[("Vary", ""), ("Vary", "*")]]
        {
            assert_eq!(selecting_fields(&HeaderList::new(), &list(vary)), None, "{vary:?}");
        }
    }

    #[test]
    fn blanks_and_lines_do_not_matter() {
        let vary = [("Vary", "Foo")];
        assert!(is_match(&vary, &[("Foo", "1,2")], &[("Foo", " 1, 2 ")]));
        assert!(is_match(&vary, &[("Foo", "1, 2")], &[("Foo", "1"), ("Foo", "2")]));
        assert!(!is_match(&vary, &[("Foo", "1, 2")], &[("Foo", "2, 1")]));
        assert!(!is_match(&vary, &[("Foo", "a")], &[("Foo", "A")]));
    }

    #[test]
    fn languages_have_neither_order_nor_case() {
        let vary = [("Vary", "Accept-Language")];
        assert!(is_match(
            &vary,
            &[("Accept-Language", "en, de;q=0.5")],
            &[("Accept-Language", "De; q=0.5 ,eN")]
        ));
        assert!(!is_match(
            &vary,
            &[("Accept-Language", "en, de;q=0.5")],
            &[("Accept-Language", "en;q=0.5, de")]
        ));
    }
}
