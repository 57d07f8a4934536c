//! The log as a page for people: a waterfall of all requests, what the first paint waited for, what could be better.
//!
//! One HTML file that needs nothing else, no script either; details unfold by `<details>`. Every text of the log's is
//! escaped, so that hostile URLs and header fields stay text.
//!
//! - [`timeline`]: from ms to places on the time axis.
//! - [`waterfall`]: the rows; [`details`]: what unfolds below one.
//! - [`summary`]: totals, the critical path, the warnings.
//! - [`markup`]: how all that is written.

mod details;
mod markup;
mod summary;
mod timeline;
mod waterfall;

pub use markup::escape_html;

use super::LogSnapshot;
use super::analysis::{critical_path, totals, warnings};
use markup::Html;
use timeline::Timeline;

/// The style of the page.
const STYLE: &str = include_str!("report.css");

/// The report of a log.
pub fn to_html(snapshot: &LogSnapshot) -> String {
    let timeline = Timeline::of(snapshot);
    let path = critical_path(snapshot);
    let warnings = warnings(snapshot);
    let address = match (snapshot.pages.last(), snapshot.entries.first()) {
        (Some(page), _) => page.url.as_str(),
        (None, Some(entry)) => entry.url.as_str(),
        (None, None) => "nothing",
    };
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n");
    html.raw("<meta name=viewport content=\"width=device-width\">\n");
    html.raw("<meta name=color-scheme content=\"light dark\">\n<title>");
    html.text("Network report: ").text(address);
    html.raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n<body>\n<header>\n<h1>Network report</h1>\n");
    html.element("p", "address", address).raw("</header>\n<main>\n");
    summary::totals(&mut html, snapshot, &totals(snapshot));
    waterfall::waterfall(&mut html, snapshot, &timeline, path.as_ref());
    if let Some(path) = &path {
        summary::critical_path(&mut html, snapshot, path);
    }
    summary::scripts(&mut html, snapshot);
    summary::warnings(&mut html, snapshot, &warnings);
    html.raw("</main>\n</body>\n</html>\n");
    html.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::sample::sample;

    /// The golden page is drawn, too, by the golden tests of pages; its first line is for them.
    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/goldens/report/waterfall.html");
    const FIRST_LINE: &str = "<!-- fanlight: viewport=1000x470 scale=0.3 compare=pixels -->\n";

    #[test]
    fn the_report_of_a_fixed_log_is_the_golden_one() {
        let report = format!("{FIRST_LINE}{}", to_html(&sample()));
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            std::fs::write(GOLDEN, &report).unwrap();
        }
        let golden = std::fs::read_to_string(GOLDEN).unwrap();
        let differs = report.lines().zip(golden.lines()).find(|(actual, expected)| actual != expected);
        assert!(report == golden, "{differs:?}; UPDATE_GOLDENS=1 writes what is there now");
    }

    #[test]
    fn nothing_of_the_logs_becomes_markup() {
        let report = to_html(&sample());
        for tag in ["<script", "<img", "</title><"] {
            assert!(!report.contains(tag), "{tag}");
        }
        assert!(report.contains("&lt;img src=x onerror=alert('header')>&amp;amp;"));
    }

    #[test]
    fn an_empty_log_has_a_report_too() {
        let mut nothing = sample();
        nothing.entries.clear();
        nothing.pages.clear();
        assert!(to_html(&nothing).contains("no requests"));
    }
}
