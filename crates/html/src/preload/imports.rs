//! The `@import` rules at the start of a stylesheet, found without parsing the rest.
//! <https://drafts.csswg.org/css-cascade/#at-import>

use crate::limits::MAX_IMPORT_SCAN_BYTES;

/// An `@import`: its address and its media queries.
pub(super) type Import = (String, Option<String>);

/// Collects the text of a `<style>` until its imports are over.
#[derive(Default)]
pub(super) struct ImportScanner {
    text: String,
    is_over: bool,
}

impl ImportScanner {
    /// Takes more text. Returns the imports that are whole now; each is returned once.
    pub(super) fn push(&mut self, text: &str) -> Vec<Import> {
        if self.is_over || self.text.len() + text.len() > MAX_IMPORT_SCAN_BYTES {
            self.is_over = true;
            return Vec::new();
        }
        self.text.push_str(text);
        let mut found = Vec::new();
        let mut rest = self.text.as_str();
        loop {
            match next(rest) {
                Next::Import(import, after) => {
                    found.push(import);
                    rest = after;
                }
                Next::Other(after) => rest = after,
                Next::Unfinished => break,
                Next::Over => {
                    self.is_over = true;
                    break;
                }
            }
        }
        self.text = rest.to_owned();
        found
    }
}

enum Next<'a> {
    Import(Import, &'a str),
    /// Something that may stand before imports.
    Other(&'a str),
    /// More text is needed.
    Unfinished,
    /// No imports can follow.
    Over,
}

fn next(text: &str) -> Next<'_> {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0C']);
    for opening in ["<!--", "-->"] {
        if let Some(after) = text.strip_prefix(opening) {
            return Next::Other(after);
        }
    }
    if let Some(comment) = text.strip_prefix("/*") {
        return comment.split_once("*/").map_or(Next::Unfinished, |(_, after)| Next::Other(after));
    }
    const AT_RULES: [&str; 3] = ["@import", "@charset", "@layer"];
    let Some(name) = AT_RULES.into_iter().find(|name| has_prefix(text, name)) else {
        let may_become_one = |known: &str| known.len() > text.len() && has_prefix(known, text);
        let is_unfinished = AT_RULES.into_iter().chain(["/*", "<!--", "-->"]).any(may_become_one);
        return if is_unfinished { Next::Unfinished } else { Next::Over };
    };
    let Some((prelude, end, after)) = split_prelude(&text[name.len()..]) else { return Next::Unfinished };
    if end == '{' {
        return Next::Over;
    }
    match import(prelude).filter(|_| name == "@import") {
        Some(import) => Next::Import(import, after),
        None => Next::Other(after),
    }
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// What comes before the `;` or `{` that ends an at-rule's prelude, which of the two, and what follows.
fn split_prelude(text: &str) -> Option<(&str, char, &str)> {
    let mut quote = None;
    let mut is_in_parentheses = false;
    let mut is_escaped = false;
    for (index, c) in text.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match (quote, c) {
            (_, '\\') => is_escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => is_in_parentheses = true,
            (None, ')') => is_in_parentheses = false,
            // The address in `url()` may hold semicolons.
            (None, ';' | '{') if !is_in_parentheses => {
                return Some((&text[..index], c, &text[index + 1..]));
            }
            _ => {}
        }
    }
    None
}

fn import(prelude: &str) -> Option<Import> {
    let prelude = prelude.trim();
    let (url, rest) = if has_prefix(prelude, "url(") {
        let inner = prelude[4..].trim_start();
        if inner.starts_with(['"', '\'']) {
            let (url, rest) = quoted(inner)?;
            (url, rest.trim_start().strip_prefix(')')?)
        } else {
            let (url, rest) = inner.split_once(')')?;
            (url.trim_end(), rest)
        }
    } else {
        quoted(prelude)?
    };
    if url.is_empty() || url.contains('\\') {
        return None; // Escapes are left to the real parser.
    }
    let media = rest.trim();
    Some((url.to_owned(), (!media.is_empty()).then(|| media.to_owned())))
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Vec<Import> {
        let whole = ImportScanner::default().push(text);
        let mut pieces = ImportScanner::default();
        let mut found = Vec::new();
        let mut buffer = [0; 4];
        for c in text.chars() {
            found.extend(pieces.push(c.encode_utf8(&mut buffer)));
        }
        assert_eq!(found, whole, "{text}");
        whole
    }

    #[test]
    fn imports_are_found_until_another_rule() {
        let text = "/* c */ <!-- @charset 'utf-8'; @layer a, b; @IMPORT url( a;b.css ) screen; @import 'c.css';\n\
                    @import url(\"d.css\") (min-width: 1px); p { } @import 'e.css';";
        assert_eq!(
            scan(text),
            [
                ("a;b.css".to_owned(), Some("screen".to_owned())),
                ("c.css".to_owned(), None),
                ("d.css".to_owned(), Some("(min-width: 1px)".to_owned())),
            ]
        );
    }

    #[test]
    fn what_is_no_import_is_not_one() {
        for text in [
            "@import 'a.css'",
            "@import;",
            "@import a;",
            "@media x { } @import 'a';",
            "@layer a { }@import 'a';",
        ] {
            assert_eq!(scan(text), [], "{text}");
        }
    }
}
