//! Where events of the pointer and the wheel go.

use fanlight_base::geometry::{CssPoint, CssVector};
use fanlight_page::{Cursor, PointerFeedback};

use super::option_menu::Choice;
use super::toolbar::{self, Part};
use super::{Browser, Grasp};
use crate::event::{Host, PointerButton};
use crate::keymap::Command;

impl Browser<'_> {
    /// The pointer is at a place of the window, or outside. Returns whether the window looks different.
    pub(super) fn pointer_moved(&mut self, point: Option<CssPoint>, host: &mut dyn Host) -> bool {
        self.pointer = point;
        if let (Some(grasp), Some(point)) = (self.grasped, point) {
            self.drag_scroll_bar(grasp, point);
            return true;
        }
        if let Some(menu) = &mut self.menu {
            menu.pointer_moved(point, self.tab.zoom());
            host.set_cursor(Cursor::Default);
            return true;
        }
        let over_toolbar = point.filter(|point| point.y < toolbar::HEIGHT);
        let toolbar_changed = self.toolbar.pointer_moved(over_toolbar);
        let in_page = point.and_then(|point| self.in_page(point));
        let times = self.tab.times();
        let feedback = match self.tab.page() {
            Some(page) => page.pointer_moved(in_page, &*times),
            None => PointerFeedback::default(),
        };
        let over_address =
            over_toolbar.is_some_and(|point| self.toolbar.part_at(point) == Some(Part::Address));
        host.set_cursor(if over_address { Cursor::Text } else { feedback.cursor });
        let inspected = in_page.is_some() && self.inspect_if_other();
        toolbar_changed | feedback.repaint | inspected
    }

    /// Shows what is under the pointer in the inspector, where that is another element than before.
    fn inspect_if_other(&mut self) -> bool {
        let Some(inspector) = &self.inspector else { return false };
        let before = inspector.element();
        let Some(point) = self.pointer.and_then(|point| self.in_page(point)) else { return false };
        let times = self.tab.times();
        let element = self.tab.page().and_then(|page| page.element_at(point, &*times));
        element != before && self.inspect()
    }

    fn drag_scroll_bar(&mut self, grasp: Grasp, point: CssPoint) {
        let local = point - self.page_area().origin;
        let Some(bar) = self.scroll_bars().into_iter().find(|bar| bar.axis == grasp.axis) else { return };
        let start = grasp.axis.along(local) - grasp.from_start;
        let offset = bar.offset_for_thumb(start) / self.tab.zoom();
        let times = self.tab.times();
        if let Some(page) = self.tab.page() {
            let wanted = grasp.axis.replace(page.scroll_offset(), offset);
            page.scroll_at(None, wanted - page.scroll_offset(), &*times);
        }
    }

    pub(super) fn pointer_pressed(&mut self, button: PointerButton) {
        match button {
            PointerButton::Back => return self.tab.back(),
            PointerButton::Forward => return self.tab.forward(),
            PointerButton::Middle => return,
            PointerButton::Primary => {}
        }
        let Some(point) = self.pointer else { return };
        if let Some(menu) = &mut self.menu {
            let choice = menu.pressed(point, self.tab.zoom());
            return self.choose(choice);
        }
        if point.y < toolbar::HEIGHT {
            let part = self.toolbar.part_at(point);
            if part != Some(Part::Address) {
                self.edited = None;
            }
            return self.toolbar_pressed(part);
        }
        self.edited = None;
        let Some(in_page) = self.in_page(point) else { return };
        let local = (point - self.page_area().origin).to_point();
        if let Some(bar) = self.scroll_bars().into_iter().find(|bar| bar.track.contains(local)) {
            let from_start = bar.axis.along(local.to_vector()) - bar.thumb_start();
            if bar.thumb.contains(local) {
                self.grasped = Some(Grasp { axis: bar.axis, from_start });
            } else {
                self.scroll_screens(bar.axis, if from_start < 0.0 { -1.0 } else { 1.0 });
            }
            return;
        }
        let times = self.tab.times();
        if let Some(page) = self.tab.page() {
            page.pointer_pressed(in_page, &*times);
        }
    }

    fn toolbar_pressed(&mut self, part: Option<Part>) {
        match part {
            Some(Part::Back) => self.tab.back(),
            Some(Part::Forward) => self.tab.forward(),
            Some(Part::Reload) if self.tab.progress().is_some() => self.tab.stop(),
            Some(Part::Reload) => self.tab.reload(),
            Some(Part::Address) => match &mut self.edited {
                // A second press takes the selection away.
                Some(line) => line.move_to(line.text().len(), false),
                None => self.command(Command::EditAddress),
            },
            Some(Part::Inspect) => self.command(Command::ToggleInspector),
            None => {}
        }
    }

    pub(super) fn pointer_released(&mut self, button: PointerButton) {
        if button != PointerButton::Primary || self.grasped.take().is_some() || self.menu.is_some() {
            return;
        }
        self.tab.remember_scroll();
        let point = self.pointer.and_then(|point| self.in_page(point));
        let times = self.tab.times();
        let action = self.tab.page().and_then(|page| page.pointer_released(point, &*times));
        self.act(action);
    }

    /// What the user has done with the list of a drop-down.
    pub(super) fn choose(&mut self, choice: Choice) {
        if choice == Choice::Open {
            return;
        }
        let Some(menu) = self.menu.take() else { return };
        let times = self.tab.times();
        if let (Choice::Item(index), Some(page)) = (choice, self.tab.page()) {
            page.choose(menu.list(), index, &*times);
        }
    }

    pub(super) fn wheel(&mut self, delta: CssVector) {
        let Some(point) = self.pointer else { return };
        let zoom = self.tab.zoom();
        if let Some(menu) = &mut self.menu {
            if menu.area().contains(point) {
                return menu.scroll(delta, zoom);
            }
            self.menu = None;
        }
        let inspector_area = self.inspector_area();
        if let Some(inspector) = &mut self.inspector
            && inspector_area.contains(point)
        {
            return inspector.scroll(delta);
        }
        let in_page = self.in_page(point);
        let times = self.tab.times();
        if let Some(page) = self.tab.page() {
            page.scroll_at(in_page, delta / zoom, &*times);
        }
    }
}
