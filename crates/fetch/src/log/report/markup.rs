//! Writing HTML in which every text stays text.

/// Text as it stands in HTML, in a quoted attribute's value too, so that it cannot end what it stands in.
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '"' => escaped.push_str("&quot;"),
            // The parser would drop it.
            '\0' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// HTML on its way.
#[derive(Default)]
pub(super) struct Html {
    written: String,
}

impl Html {
    /// Markup of the report's own.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.written.push_str(markup);
        self
    }

    /// Text of whatever origin.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.written.push_str(&escape_html(text));
        self
    }

    /// An element with text in it; the class may be empty.
    pub(super) fn element(&mut self, name: &str, class: &str, text: &str) -> &mut Self {
        self.open(name, class).text(text).raw("</").raw(name).raw(">\n")
    }

    /// The start tag of an element; the class may be empty.
    pub(super) fn open(&mut self, name: &str, class: &str) -> &mut Self {
        self.raw("<").raw(name);
        if !class.is_empty() {
            self.raw(" class=\"").text(class).raw("\"");
        }
        self.raw(">")
    }

    pub(super) fn finish(self) -> String {
        self.written
    }
}

#[cfg(test)]
mod tests {
    use super::escape_html;

    #[test]
    fn text_cannot_end_what_it_stands_in() {
        assert_eq!(escape_html("a<b>&\"c\"\0"), "a&lt;b>&amp;&quot;c&quot;\u{fffd}");
    }
}
