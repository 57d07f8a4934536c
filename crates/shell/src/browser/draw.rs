//! How the panes come together.

use fanlight_base::Rgba;
use fanlight_base::geometry::{CssRect, DevicePoint};

use super::{Browser, Canvas, scroll_bar};

/// Over selected text.
const SELECTION: Rgba = Rgba { red: 0.1, green: 0.4, blue: 0.9, alpha: 0.3 };
/// Over the border box of the element that the inspector tells of.
const INSPECTED: Rgba = Rgba { red: 0.1, green: 0.5, blue: 0.9, alpha: 0.25 };

impl Browser<'_> {
    /// Draws everything.
    pub fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let whole = self.device(CssRect::from_size(self.inside()));
        let (page_area, inspector_area) = (self.device(self.page_area()), self.device(self.inspector_area()));
        canvas.fill(page_area, Rgba::WHITE);
        let times = self.tab.times();
        if let Some(page) = self.tab.page() {
            canvas.put(&page.frame(&*times), page_area.origin, page_area);
        }
        self.draw_text_cursor(canvas);
        self.draw_inspected(canvas);
        let corner = self.page_area().origin.to_vector();
        for bar in self.scroll_bars() {
            canvas.fill(self.device(bar.track.translate(corner)), scroll_bar::TRACK);
            canvas.fill(self.device(bar.thumb.translate(corner)), scroll_bar::THUMB);
        }
        let menu_area = self.menu.as_ref().map(|menu| self.device(menu.area()));
        if let (Some(menu), Some(area)) = (&mut self.menu, menu_area) {
            canvas.put(&menu.frame(), area.origin, area);
        }
        canvas.put(&self.toolbar.frame(), DevicePoint::zero(), whole);
        if let Some(inspector) = &mut self.inspector {
            canvas.put(&inspector.frame(times.table()), inspector_area.origin, inspector_area);
        }
    }

    /// Fills a rectangle of the page's viewport, as far as it is in sight.
    fn fill_in_page(&self, canvas: &mut Canvas<'_>, rect: CssRect, color: Rgba) {
        if let Some(rect) = self.to_window(rect).intersection(&self.page_area()) {
            canvas.fill(self.device(rect), color);
        }
    }

    fn draw_text_cursor(&mut self, canvas: &mut Canvas<'_>) {
        if self.edited.is_some() {
            return;
        }
        let times = self.tab.times();
        let Some(cursor) = self.tab.page().and_then(|page| page.text_cursor(&*times)) else { return };
        for rect in cursor.selection {
            self.fill_in_page(canvas, rect, SELECTION);
        }
        if let Some(caret) = cursor.caret {
            self.fill_in_page(canvas, caret, cursor.color);
        }
    }

    fn draw_inspected(&mut self, canvas: &mut Canvas<'_>) {
        let Some(element) = self.inspector.as_ref().and_then(|inspector| inspector.element()) else { return };
        let times = self.tab.times();
        let rect = self.tab.page().and_then(|page| page.border_box_in_viewport(element, &*times));
        if let Some(rect) = rect {
            self.fill_in_page(canvas, rect, INSPECTED);
        }
    }
}
