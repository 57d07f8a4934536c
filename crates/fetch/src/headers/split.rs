//! Header values that are comma-separated lists.

use super::token::is_tab_or_space;

/// Collects a quoted string that begins at the start of `input`, quotes included when `keep_quotes`. Returns it and
/// what follows.
/// <https://fetch.spec.whatwg.org/#collect-an-http-quoted-string>
pub(crate) fn collect_quoted_string(input: &str, keep_quotes: bool) -> (String, &str) {
    debug_assert!(input.starts_with('"'), "the standard's assertion");
    let mut value = String::new();
    let mut characters = input.char_indices();
    characters.next();
    while let Some((position, c)) = characters.next() {
        match c {
            '"' => {
                let end = position + 1;
                let value = if keep_quotes { input[..end].to_owned() } else { value };
                return (value, &input[end..]);
            }
            '\\' => match characters.next() {
                Some((_, escaped)) => value.push(escaped),
                None => value.push('\\'),
            },
            other => value.push(other),
        }
    }
    (if keep_quotes { input.to_owned() } else { value }, "")
}

/// Splits a value at its commas, those in quoted strings excepted.
/// <https://fetch.spec.whatwg.org/#header-value-get-decode-and-split>
pub(crate) fn decode_and_split(value: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut current = String::new();
    let mut rest = value;
    loop {
        let stop = rest.find(['"', ',']).unwrap_or(rest.len());
        current.push_str(&rest[..stop]);
        rest = &rest[stop..];
        if rest.starts_with('"') {
            let (quoted, after) = collect_quoted_string(rest, true);
            current.push_str(&quoted);
            rest = after;
            if !rest.is_empty() {
                continue;
            }
        }
        values.push(current.trim_matches(is_tab_or_space).to_owned());
        current.clear();
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None => return values,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_quotes_do_not_split() {
        assert_eq!(decode_and_split(r#"a, "b,c" d ,"#), ["a", r#""b,c" d"#, ""]);
        assert_eq!(decode_and_split(r#""unclosed, \" still"#), [r#""unclosed, \" still"#]);
        assert_eq!(decode_and_split(""), [""]);
    }

    #[test]
    fn escapes_are_undone_in_the_extracted_value() {
        assert_eq!(collect_quoted_string(r#""a\"b\\" rest"#, false), (r#"a"b\"#.to_owned(), " rest"));
        assert_eq!(collect_quoted_string(r#""open\"#, false), (r"open\".to_owned(), ""));
    }
}
