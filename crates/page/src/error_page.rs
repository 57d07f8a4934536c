//! The page that stands where a page could not be loaded.

use fanlight_fetch::log::report::escape_html;

use crate::error::LoadError;
use crate::options::Source;

/// A page that says what was tried, what went wrong and what to do.
pub fn error_page(address: &str, error: &LoadError) -> Source {
    let message = error.to_string();
    // Messages read `tried: what went wrong; what to do`.
    let (problem, advice) = match message.split_once("; ") {
        Some((problem, advice)) => (problem, Some(advice)),
        None => (&*message, None),
    };
    let advice = advice.map_or(String::new(), |advice| format!("<p>{}</p>", escape_html(advice)));
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Could not load the page</title>\
         <link rel=stylesheet href=\"about:style\"><body class=error><header><h1>This page could not be loaded</h1>\
         <p class=motto>{}</p></header><main><p class=detail>{}</p>{advice}\
         <p><a href=\"about:start\">Go to the start page</a></p></main>",
        escape_html(address),
        escape_html(problem)
    );
    Source::Bytes(html.into_bytes())
}

#[cfg(test)]
mod tests {
    use fanlight_fetch::{FetchError, FetchErrorKind};

    use super::*;

    #[test]
    fn an_address_cannot_break_out_of_the_page() {
        let kind = FetchErrorKind::UnsupportedScheme { scheme: "x".to_owned(), suggestion: None };
        let error = LoadError::Fetch(FetchError::new("x:<script>", kind));
        let Source::Bytes(html) = error_page("x:<script>\"", &error) else { panic!("not a page") };
        let html = String::from_utf8(html).unwrap();
        assert!(html.contains("x:&lt;script>&quot;") && !html.contains("<script>"), "{html}");
    }
}
