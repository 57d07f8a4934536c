//! What unfolds below a row: all that is known of a request.

use super::markup::Html;
use crate::headers::HeaderList;
use crate::log::facts::Fact;
use crate::log::{Hop, LogEntry, LogSnapshot};

/// The initiator's kind and its line.
pub(super) fn initiator_name(entry: &LogEntry) -> String {
    let line = entry.initiator.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}", entry.initiator.kind.name())
}

pub(super) fn details(html: &mut Html, snapshot: &LogSnapshot, entry: &LogEntry) {
    html.raw("<div class=about>\n");
    facts(html, &snapshot.facts_of(entry));
    let count = entry.hops.len();
    for (index, hop) in entry.hops.iter().enumerate() {
        if count > 1 {
            let title = format!("Exchange {} of {count}: {} {}", index + 1, hop.method, hop.url);
            html.element("h3", "", &title);
        }
        exchange(html, hop);
    }
    html.raw("</div>\n");
}

fn exchange(html: &mut Html, hop: &Hop) {
    facts(html, &hop.facts());
    fields(html, "Request header fields", &hop.request_headers);
    if let Some(response) = &hop.response {
        fields(html, "Response header fields", &response.headers);
    }
}

fn facts(html: &mut Html, facts: &[Fact]) {
    html.raw("<dl>\n");
    for (term, said) in facts {
        html.raw("<dt>").text(term).raw("<dd>").text(said).raw("\n");
    }
    html.raw("</dl>\n");
}

fn fields(html: &mut Html, title: &str, headers: &HeaderList) {
    if headers.is_empty() {
        return;
    }
    html.element("h4", "", title).raw("<table>\n");
    for (name, value) in headers.iter() {
        html.raw("<tr><th>").text(name).raw("<td>").text(value).raw("\n");
    }
    html.raw("</table>\n");
}
