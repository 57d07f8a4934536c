//! The rows: one for each request, with its bars on the time axis.

use std::fmt::Write as _;

use super::details;
use super::markup::Html;
use super::timeline::Timeline;
use crate::log::analysis::{CriticalPath, bytes, duration};
use crate::log::facts::TimingPhase;
use crate::log::{LogEntry, LogSnapshot, Outcome};

/// Characters of a name; the rest is in the details.
const LONGEST_NAME: usize = 60;

pub(super) fn waterfall(
    html: &mut Html,
    snapshot: &LogSnapshot,
    timeline: &Timeline,
    path: Option<&CriticalPath>,
) {
    html.raw("<section>\n<h2>Waterfall</h2>\n");
    if snapshot.entries.is_empty() {
        html.raw("<p>There were no requests.\n</section>\n");
        return;
    }
    legend(html, snapshot);
    html.raw("<div class=scroller><div class=waterfall style=\"--step:");
    html.raw(&percent(timeline.step_share())).raw("\">\n");
    axis(html, timeline);
    let markers = markers(snapshot, timeline);
    for (index, entry) in snapshot.entries.iter().enumerate() {
        let is_critical = path.is_some_and(|path| path.steps.iter().any(|step| step.entry == index));
        row(html, snapshot, entry, timeline, &markers, is_critical);
    }
    html.raw("</div></div>\n</section>\n");
}

fn legend(html: &mut Html, snapshot: &LogSnapshot) {
    html.raw("<p class=legend>");
    for phase in TimingPhase::ALL {
        html.raw("<span><b class=").raw(phase.name()).raw("></b> ").raw(phase.name()).raw("</span>\n");
    }
    if let Some(page) = snapshot.pages.last() {
        for (name, label, at) in moments(page) {
            if let Some(at) = at {
                html.raw("<span><u class=").raw(name).raw("></u> ").raw(label).raw(" ");
                html.text(&duration(at)).raw("</span>\n");
            }
        }
    }
    html.raw("<span><em class=critical>critical</em> the first paint waited for it</span>\n</p>\n");
}

/// The moments of a page: their class, their name for people, when they came.
fn moments(page: &crate::log::PageEntry) -> [(&'static str, &'static str, Option<f64>); 3] {
    [
        ("paint", "first paint", page.moments.first_paint),
        ("parsed", "document parsed", page.moments.dom_content_loaded),
        ("load", "loaded", page.moments.load),
    ]
}

/// The lines that moments draw through every row.
fn markers(snapshot: &LogSnapshot, timeline: &Timeline) -> String {
    let mut markers = String::new();
    if let Some(page) = snapshot.pages.last() {
        for (name, _, at) in moments(page) {
            let Some(at) = at else { continue };
            let place = percent(timeline.place(page.started + at));
            // Writing to a String cannot fail.
            let _ = write!(markers, "<u class={name} style=\"left:{place}\"></u>");
        }
    }
    markers
}

fn axis(html: &mut Html, timeline: &Timeline) {
    html.raw("<div class=\"row axis\">");
    for title in ["Name", "Status", "Type", "Initiator", "Priority", "Size", "Time", "Cache"] {
        html.raw("<span>").raw(title).raw("</span>");
    }
    html.raw("<span class=track>");
    for tick in timeline.ticks() {
        html.raw("<i style=\"left:").raw(&percent(timeline.share(tick))).raw("\">");
        html.text(&tick_label(tick)).raw("</i>");
    }
    html.raw("</span></div>\n");
}

/// Ticks stand at round times.
fn tick_label(ms: f64) -> String {
    if ms >= 1000.0 { format!("{} s", ms / 1000.0) } else { format!("{} ms", (ms * 10.0).round() / 10.0) }
}

fn row(
    html: &mut Html,
    snapshot: &LogSnapshot,
    entry: &LogEntry,
    timeline: &Timeline,
    markers: &str,
    is_critical: bool,
) {
    let status = entry.response().map(|response| response.status);
    let has_failed =
        matches!(entry.outcome, Outcome::Failed(_)) || status.is_some_and(|status| status >= 400);
    let class = match (is_critical, has_failed) {
        (true, true) => "critical failed",
        (true, false) => "critical",
        (false, true) => "failed",
        (false, false) => "",
    };
    html.open("details", class).raw("<summary class=row>");
    html.raw("<span class=name><span>").text(&entry.short_name(LONGEST_NAME)).raw("</span>");
    if is_critical {
        html.raw(" <em class=critical>critical</em>");
    } else if entry.is_render_blocking {
        html.raw(" <em>blocking</em>");
    }
    html.raw("</span>");
    let outcome = match (&entry.outcome, status) {
        (Outcome::Failed(error), _) => error.kind.name().to_owned(),
        (_, Some(status)) => status.to_string(),
        (_, None) => "pending".to_owned(),
    };
    let size = entry.hops.last().map_or(String::new(), |hop| bytes(hop.sizes.encoded));
    let cells = [
        outcome.as_str(),
        entry.resource_type(),
        &details::initiator_name(entry),
        entry.final_priority().name(),
        &size,
        &duration(entry.ended() - entry.started),
        // What never came to asking was not answered by anyone.
        if entry.hops.is_empty() { "" } else { entry.cache.name() },
    ];
    for cell in cells {
        html.raw("<span>").text(cell).raw("</span>");
    }
    html.raw("<span class=track>");
    bars(html, entry, timeline);
    html.raw(markers).raw("</span></summary>\n");
    details::details(html, snapshot, entry);
    html.raw("</details>\n");
}

fn bars(html: &mut Html, entry: &LogEntry, timeline: &Timeline) {
    let mut any = false;
    for hop in &entry.hops {
        let mut at = entry.started + hop.started;
        for phase in TimingPhase::ALL {
            let Some(ms) = phase.of(hop) else { continue };
            html.raw("<b class=").raw(phase.name()).raw(" style=\"left:").raw(&percent(timeline.place(at)));
            html.raw(";width:").raw(&percent(timeline.share(ms))).raw("\" title=\"");
            html.raw(phase.name()).raw(" ").text(&duration(ms)).raw("\"></b>");
            at += ms;
            any = true;
        }
    }
    if !any {
        html.raw("<b class=instant style=\"left:")
            .raw(&percent(timeline.place(entry.started)))
            .raw("\"></b>");
    }
}

fn percent(share: f64) -> String {
    format!("{share:.2}%")
}
