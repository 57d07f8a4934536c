//! Totals, the critical path to the first paint, the order of scripts, and what could be better.

use super::details::initiator_name;
use super::markup::Html;
use crate::log::LogSnapshot;
use crate::log::analysis::{CriticalPath, Totals, Warning, bytes, duration};

/// Characters of a name.
const LONGEST_NAME: usize = 100;

pub(super) fn totals(html: &mut Html, snapshot: &LogSnapshot, totals: &Totals) {
    html.raw("<ul class=totals>\n");
    let mut tile = |value: &str, label: &str| {
        html.raw("<li><strong>").text(value).raw("</strong> ").text(label).raw("\n");
    };
    tile(&totals.requests.to_string(), if totals.requests == 1 { "request" } else { "requests" });
    tile(&bytes(totals.transferred), "transferred");
    tile(&bytes(totals.decoded), "decoded");
    tile(&duration(totals.time), "in all");
    if totals.from_cache > 0 {
        tile(&totals.from_cache.to_string(), "from the cache");
    }
    if totals.failed > 0 {
        tile(&totals.failed.to_string(), "failed");
    }
    if let Some(page) = snapshot.pages.last() {
        let moments = &page.moments;
        for (at, label) in [
            (moments.first_paint, "to the first paint"),
            (moments.dom_content_loaded, "to the parsed document"),
            (moments.load, "until loaded"),
        ] {
            if let Some(at) = at {
                tile(&duration(at), label);
            }
        }
    }
    html.raw("</ul>\n");
}

pub(super) fn critical_path(html: &mut Html, snapshot: &LogSnapshot, path: &CriticalPath) {
    let begun = path.steps.first().map_or(0.0, |step| step.from);
    html.raw("<section>\n<h2>Critical path to the first paint</h2>\n<ol class=path>\n");
    for step in &path.steps {
        let Some(entry) = snapshot.entries.get(step.entry) else { continue };
        html.raw("<li><strong>").text(&entry.short_name(LONGEST_NAME)).raw("</strong> ");
        html.text(&format!(
            "{}, asked for after {} by {}, took {}",
            entry.resource_type(),
            duration(step.from - begun),
            initiator_name(entry),
            duration(step.to - step.from)
        ));
        html.raw("\n");
    }
    html.raw("<li><strong>first paint</strong> ");
    html.text(&format!("after {}", duration(path.first_paint - begun))).raw("\n</ol>\n</section>\n");
}

/// The scripts, in the order in which they may run; nothing where there are none.
pub(super) fn scripts(html: &mut Html, snapshot: &LogSnapshot) {
    if snapshot.scripts.is_empty() {
        return;
    }
    html.raw("<section>\n<h2>Scripts, in the order in which they may run</h2>\n<ol class=path>\n");
    for script in &snapshot.scripts {
        html.raw("<li><strong>").text(&script.name()).raw("</strong> ");
        html.text(&script.words(snapshot.page_start(script))).raw("\n");
    }
    html.raw("</ol>\n</section>\n");
}

pub(super) fn warnings(html: &mut Html, snapshot: &LogSnapshot, warnings: &[Warning]) {
    html.raw("<section>\n<h2>What could be better</h2>\n");
    if warnings.is_empty() {
        html.raw("<p>Nothing was noticed.\n</section>\n");
        return;
    }
    html.raw("<ul class=warnings>\n");
    for warning in warnings {
        html.raw("<li>");
        if let Some(entry) = warning.entry.and_then(|entry| snapshot.entries.get(entry)) {
            html.raw("<strong>").text(&entry.short_name(LONGEST_NAME)).raw("</strong> ");
        }
        html.text(&warning.text).raw("\n");
    }
    html.raw("</ul>\n</section>\n");
}
