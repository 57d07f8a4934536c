//! The panel that shows what the stages cost and, for the element under the pointer, its box, its winning declarations
//! and its line in each dump. It is a page of Fanlight's own.

use std::fmt::Write as _;

use fanlight_base::geometry::{CssSize, CssVector};
use fanlight_base::observer::{StageTable, milliseconds};
use fanlight_base::{LayoutUnit, Silent, Stage};
use fanlight_page::{
    Environment, Frame, Inspection, NodeId, Page, PageOptions, ScrollBars, Source, escape_html,
};

const HTML: &str = include_str!("../../../../assets/shell/inspector.html");
/// Where the template's contents go.
const CONTENTS_MARK: &str = "<!-- contents -->";

/// The panel.
pub struct Inspector {
    environment: Environment,
    page: Option<Page>,
    contents: String,
    /// What it tells of.
    element: Option<Inspection>,
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
            element: None,
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

    /// The element that it tells of.
    pub fn element(&self) -> Option<NodeId> {
        self.element.as_ref().map(|element| element.node)
    }

    /// Tells of an element from now on, or of none.
    pub fn tell_of(&mut self, element: Option<Inspection>) {
        if self.element() != element.as_ref().map(|element| element.node) {
            self.page = None;
        }
        self.element = element;
    }

    /// Scrolls by CSS px.
    pub fn scroll(&mut self, delta: CssVector) {
        if let Some(page) = &mut self.page {
            page.scroll_at(None, delta, &Silent);
        }
    }

    /// What the panel looks like, with what the stages have cost by now.
    pub fn frame(&mut self, times: &StageTable) -> Frame<'_> {
        let contents = contents(times, self.element.as_ref());
        let mut scroll = CssVector::zero();
        if contents != self.contents {
            self.contents = contents;
            scroll = self.page.take().map_or(scroll, |page| page.scroll_offset());
        }
        let page = self.page.get_or_insert_with(|| {
            let html = HTML.replace(CONTENTS_MARK, &self.contents);
            let options = PageOptions {
                viewport: self.size,
                scale: self.scale,
                scroll_bars: ScrollBars::Overlay,
                ..PageOptions::default()
            };
            let source = Source::Bytes(html.into_bytes());
            let mut page = Page::load(&self.environment, source, options, &Silent)
                .expect("bytes that are there need no loading");
            page.scroll_to(scroll, &Silent);
            page
        });
        page.frame(&Silent)
    }
}

fn contents(times: &StageTable, inspection: Option<&Inspection>) -> String {
    let mut html = String::from(
        "<h2>Stages</h2><table class=stages><tr><th>of this page<th class=n>ms<th class=n>runs<th class=n>reused",
    );
    for stage in Stage::ALL {
        let totals = times.totals(stage);
        // Writing to a String cannot fail.
        let _ = write!(
            html,
            "<tr><td>{stage}<td class=n>{:.2}<td class=n>{}<td class=n>{}",
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
        "<h2>{}</h2><table class=box><tr><td>border box<td class=n>{:.2} &times; {:.2} at {:.2}, {:.2}",
        escape_html(&element.label),
        rect.size.width,
        rect.size.height,
        rect.origin.x,
        rect.origin.y
    );
    for (name, sides) in
        [("margin", element.margin), ("border", element.border), ("padding", element.padding)]
    {
        let [top, right, bottom, left] =
            [sides.top, sides.right, sides.bottom, sides.left].map(LayoutUnit::to_f32);
        let _ = write!(html, "<tr><td>{name}<td class=n>{top} {right} {bottom} {left}");
    }
    html.push_str("</table><h2>In the dumps</h2>");
    for (stage, line) in &element.dump_lines {
        let _ = write!(html, "<p class=dump><b>{stage}</b> {}</p>", escape_html(line));
    }
    html.push_str("<h2>Winning declarations</h2><table class=declarations>");
    for declaration in &element.declarations {
        let _ = write!(
            html,
            "<tr><td><b>{}</b>: {}<div class=from>{}</div>",
            escape_html(&declaration.property),
            escape_html(&declaration.value),
            escape_html(&declaration.origin)
        );
    }
    html.push_str("</table>");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_a_row_and_content_cannot_break_the_panel() {
        let inspection = Inspection {
            label: "p<script>".to_owned(),
            node: NodeId::DOCUMENT,
            border_box: Default::default(),
            margin: Default::default(),
            border: Default::default(),
            padding: Default::default(),
            declarations: Vec::new(),
            dump_lines: vec![(Stage::Dom, "<p>".to_owned())],
        };
        let html = contents(&StageTable::default(), Some(&inspection));
        assert!(Stage::ALL.iter().all(|stage| html.contains(&format!("<td>{stage}<"))));
        assert!(html.contains("p&lt;script>") && html.contains("&lt;p>"));
    }
}
