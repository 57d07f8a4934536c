//! The list of a drop-down, shown over the page. It is a page of Fanlight's own.

use std::fmt::Write as _;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssVector};
use fanlight_base::{QualName, Silent};
use fanlight_page::{
    Environment, Frame, Key, KeyPress, OptionList, Page, PageOptions, ScrollBars, Source, escape_html,
};

const HTML: &str = include_str!("../../../../assets/shell/options.html");
/// Where the template's contents go.
const CONTENTS_MARK: &str = "<!-- contents -->";
/// How high a list may become, in CSS px of the window.
const MAX_HEIGHT: f32 = 400.0;

/// What the user has done with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Nothing yet; the list stays.
    Open,
    /// An item was chosen; the list closes.
    Item(usize),
    /// The list closes, and nothing changes.
    None,
}

/// An open list.
pub struct OptionMenu {
    list: OptionList,
    page: Page,
    area: CssRect,
    marked: Option<usize>,
}

impl OptionMenu {
    /// Opens a list below `anchor`, the drop-down's place in the window, or above it where there is more room. All are
    /// CSS px of the window; `around` is what the list may cover.
    pub fn open(
        environment: &Environment,
        list: OptionList,
        anchor: CssRect,
        around: CssRect,
        zoom: f32,
        scale: f32,
    ) -> Self {
        let html = HTML.replace(CONTENTS_MARK, &contents(&list));
        let (below, above) = (around.max_y() - anchor.max_y(), anchor.min_y() - around.min_y());
        let room = below.max(above).clamp(1.0, MAX_HEIGHT);
        let options = PageOptions {
            viewport: CssSize::new(anchor.width().max(1.0), 1.0) / zoom,
            scale: scale * zoom,
            scroll_bars: ScrollBars::Overlay,
            ..PageOptions::default()
        };
        let mut page = Page::load(environment, Source::Bytes(html.into_bytes()), options.clone(), &Silent)
            .expect("bytes that are there need no loading");
        page.update(fanlight_base::Stage::Layout, &Silent);
        let wanted = page.document_size() * zoom;
        let size = CssSize::new(wanted.width.min(around.width()), wanted.height.min(room));
        page.set_viewport(size / zoom, scale * zoom);
        let top = if wanted.height <= below || below >= above {
            anchor.max_y()
        } else {
            anchor.min_y() - size.height
        };
        let left = anchor.min_x().min(around.max_x() - size.width).max(around.min_x());
        let marked = list.items.iter().position(|item| item.is_selected);
        let mut menu = OptionMenu { list, page, area: CssRect::new(CssPoint::new(left, top), size), marked };
        menu.mark(marked);
        menu
    }

    /// Where it is, in CSS px of the window.
    pub fn area(&self) -> CssRect {
        self.area
    }

    /// The list.
    pub fn list(&self) -> &OptionList {
        &self.list
    }

    fn in_page(&self, point: CssPoint, zoom: f32) -> Option<CssPoint> {
        self.area.contains(point).then(|| ((point - self.area.origin) / zoom).to_point())
    }

    /// The pointer is at a place of the window.
    pub fn pointer_moved(&mut self, point: Option<CssPoint>, zoom: f32) {
        let point = point.and_then(|point| self.in_page(point, zoom));
        self.page.pointer_moved(point, &Silent);
    }

    /// The primary button went down at a place of the window.
    pub fn pressed(&mut self, point: CssPoint, zoom: f32) -> Choice {
        let Some(point) = self.in_page(point, zoom) else { return Choice::None };
        let ids = self.page.ids_at(point, &Silent);
        let pressed: Option<usize> = ids.iter().find_map(|id| id.strip_prefix("option-")?.parse().ok());
        match pressed.filter(|&index| self.enabled().any(|enabled| enabled == index)) {
            Some(index) => Choice::Item(index),
            None => Choice::Open,
        }
    }

    /// A key went down.
    pub fn key(&mut self, press: &KeyPress) -> Choice {
        match &press.key {
            Key::Enter | Key::Tab => return self.marked.map_or(Choice::None, Choice::Item),
            key if key.is_space() => return self.marked.map_or(Choice::None, Choice::Item),
            Key::Escape => return Choice::None,
            Key::Up => self.mark_beside(-1),
            Key::Down => self.mark_beside(1),
            Key::Home => {
                let first = self.enabled().next();
                self.mark(first);
            }
            Key::End => {
                let last = self.enabled().last();
                self.mark(last);
            }
            _ => {}
        }
        Choice::Open
    }

    fn enabled(&self) -> impl Iterator<Item = usize> + '_ {
        self.list.items.iter().enumerate().filter(|(_, item)| !item.is_disabled).map(|(index, _)| index)
    }

    fn mark_beside(&mut self, step: i32) {
        let next = match (self.marked, step) {
            (None, _) => self.enabled().next(),
            (Some(marked), 1..) => self.enabled().find(|&index| index > marked),
            (Some(marked), _) => self.enabled().take_while(|&index| index < marked).last(),
        };
        self.mark(next.or(self.marked));
    }

    fn mark(&mut self, marked: Option<usize>) {
        let before = std::mem::replace(&mut self.marked, marked);
        for (index, is_marked) in [(before, false), (marked, true)] {
            let Some(index) = index else { continue };
            let classes = classes(&self.list, index, is_marked);
            self.page.set_attribute_of(&format!("option-{index}"), QualName::attribute("class"), &classes);
        }
        if let Some(marked) = marked {
            self.page.scroll_to_id(&format!("option-{marked}"), &Silent);
        }
    }

    /// Scrolls by CSS px of the window.
    pub fn scroll(&mut self, delta: CssVector, zoom: f32) {
        self.page.scroll_at(None, delta / zoom, &Silent);
    }

    /// What it looks like.
    pub fn frame(&mut self) -> Frame<'_> {
        self.page.frame(&Silent)
    }
}

fn contents(list: &OptionList) -> String {
    let mut html = String::new();
    for (index, item) in list.items.iter().enumerate() {
        // Writing to a String cannot fail.
        if let Some(group) = &item.begins_group {
            let _ = write!(html, "<div class=group>{}</div>", escape_html(group));
        }
        let classes = classes(list, index, false);
        let _ = write!(html, "<div id=option-{index} class=\"{classes}\">{}</div>", escape_html(&item.label));
    }
    html
}

fn classes(list: &OptionList, index: usize, is_marked: bool) -> String {
    let item = &list.items[index];
    let mut classes = String::from("option");
    for (class, holds) in
        [("inside", item.is_in_group), ("disabled", item.is_disabled), ("chosen", is_marked)]
    {
        if holds {
            classes.push(' ');
            classes.push_str(class);
        }
    }
    classes
}
