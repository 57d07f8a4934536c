//! The panel that shows what the stages cost and, for the element under the pointer, its box, its winning declarations
//! and its line in each dump. It is a page of Fanlight's own.

use std::fmt::Write as _;

use fanlight_base::geometry::CssSize;
use fanlight_base::observer::{StageTable, milliseconds};
use fanlight_base::{Silent, Stage};
use fanlight_page::{Environment, Frame, Inspection, Page, PageOptions, Source, escape_html};

const HTML: &str = include_str!("../../../../assets/shell/inspector.html");
/// Where the template's contents go.
const CONTENTS_MARK: &str = "<!-- contents -->";

/// The panel.
pub struct Inspector {
    environment: Environment,
    page: Option<Page>,
    contents: String,
    size: CssSize,
    scale: f32,
}

impl Inspector {
    /// A panel that shows nothing yet.
    pub fn new(environment: &Environment) -> Self {
        Inspector {
            environment: environment.clone(),
            page: None,
            contents: String::new(),
            size: CssSize::new(380.0, 600.0),
            scale: 1.0,
        }
    }

    /// Another size in CSS px, or another scale.
    pub fn resize(&mut self, size: CssSize, scale: f32) {
        (self.size, self.scale) = (size, scale);
        if let Some(page) = &mut self.page {
            page.set_viewport(size, scale);
        }
    }

    /// Shows what the stages have cost, and an element.
    pub fn show(&mut self, times: &StageTable, inspection: Option<&Inspection>) {
        let contents = contents(times, inspection);
        if contents != self.contents {
            self.contents = contents;
            self.page = None;
        }
    }

    /// What the panel looks like.
    pub fn frame(&mut self) -> Frame<'_> {
        let page = self.page.get_or_insert_with(|| {
            let html = HTML.replace(CONTENTS_MARK, &self.contents);
            let options = PageOptions { viewport: self.size, scale: self.scale, ..PageOptions::default() };
            Page::load(&self.environment, Source::Bytes(html.into_bytes()), options, &Silent)
                .expect("bytes that are there need no loading")
        });
        page.frame(&Silent)
    }
}

fn contents(times: &StageTable, inspection: Option<&Inspection>) -> String {
    let mut html = String::from("<h2>Stages</h2><table class=stages>");
    for stage in Stage::ALL {
        let totals = times.totals(stage);
        // Writing to a String cannot fail.
        let _ = write!(
            html,
            "<tr><td>{stage}<td class=n>{:.2} ms<td class=n>{}<td class=n>{}",
            milliseconds(totals.duration),
            totals.runs,
            totals.reuses
        );
    }
    html.push_str("</table>");
    let Some(element) = inspection else {
        html.push_str("<p class=hint>Point at an element of the page.</p>");
        return html;
    };
    let rect = element.border_box;
    let _ = write!(
        html,
        "<h2>{}</h2><p>{:.2} &times; {:.2} at {:.2}, {:.2}</p><table class=declarations>",
        escape_html(&element.label),
        rect.size.width,
        rect.size.height,
        rect.origin.x,
        rect.origin.y
    );
    for declaration in &element.declarations {
        let _ = write!(
            html,
            "<tr><td><b>{}</b>: {}<div class=from>{}</div>",
            escape_html(&declaration.property),
            escape_html(&declaration.value),
            escape_html(&declaration.origin)
        );
    }
    html.push_str("</table><h2>Dumps</h2>");
    for (stage, line) in &element.dump_lines {
        let _ = write!(html, "<p class=dump><b>{stage}</b> {}</p>", escape_html(line));
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_a_row_and_content_cannot_break_the_panel() {
        let inspection = Inspection {
            label: "p<script>".to_owned(),
            border_box: Default::default(),
            declarations: Vec::new(),
            dump_lines: vec![(Stage::Dom, "<p>".to_owned())],
        };
        let html = contents(&StageTable::default(), Some(&inspection));
        assert!(Stage::ALL.iter().all(|stage| html.contains(&format!("<td>{stage}<"))));
        assert!(html.contains("p&lt;script>") && html.contains("&lt;p>"));
    }
}
