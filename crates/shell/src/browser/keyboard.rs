//! Where keys go: to an open list, to the address while it is edited, to what has the focus in the page, and what none
//! of these uses to the browser itself.

use fanlight_base::geometry::CssVector;
use fanlight_page::{Edit, Key, KeyAnswer, KeyPress, TextEditor};

use super::Browser;
use super::scroll_bar::Axis;
use crate::keymap::{Command, command};

/// How far an arrow key scrolls, in CSS px.
const LINE_SCROLL: f32 = 40.0;
/// How much of the viewport a page key leaves in sight.
const PAGE_SCROLL_SHARE: f32 = 0.875;

impl Browser<'_> {
    pub(super) fn key(&mut self, press: &KeyPress) {
        if let Some(menu) = &mut self.menu {
            let choice = menu.key(press);
            return self.choose(choice);
        }
        let used = match self.edited.is_some() {
            true => self.key_in_address(press),
            false => self.key_in_page(press),
        };
        if !used && let Some(command) = command(press) {
            self.command(command);
        }
    }

    fn key_in_address(&mut self, press: &KeyPress) -> bool {
        let Some(line) = &mut self.edited else { return false };
        match press.key {
            Key::Enter => {
                let typed = line.text().to_owned();
                self.edited = None;
                self.tab.go_to_input(&typed);
                true
            }
            Key::Escape => {
                self.edited = None;
                true
            }
            Key::Tab => {
                self.edited = None;
                false
            }
            _ => line.key(press) != Edit::Ignored,
        }
    }

    fn key_in_page(&mut self, press: &KeyPress) -> bool {
        self.tab.remember_scroll();
        let times = self.tab.times();
        let Some(page) = self.tab.page() else { return false };
        match page.key_pressed(press, &*times) {
            KeyAnswer::Unused => false,
            KeyAnswer::Used(action) => {
                self.act(action);
                true
            }
        }
    }

    pub(super) fn command(&mut self, command: Command) {
        let times = self.tab.times();
        match command {
            Command::Close => self.is_closing = true,
            Command::EditAddress => self.edited = Some(TextEditor::selected(self.tab.address())),
            Command::Back => self.tab.back(),
            Command::Forward => self.tab.forward(),
            Command::Reload => self.tab.reload(),
            Command::Stop => self.tab.stop(),
            Command::ZoomIn => self.tab.zoom_by(1),
            Command::ZoomOut => self.tab.zoom_by(-1),
            Command::ZoomReset => self.tab.zoom_by(0),
            Command::ToggleInspector => self.toggle_inspector(),
            Command::FocusNext | Command::FocusPrevious => {
                if let Some(page) = self.tab.page() {
                    page.move_focus(command == Command::FocusNext, &*times);
                }
            }
            Command::ScrollLines(lines) => self.scroll(CssVector::new(0.0, lines as f32 * LINE_SCROLL)),
            Command::ScrollColumns(columns) => self.scroll(CssVector::new(columns as f32 * LINE_SCROLL, 0.0)),
            Command::ScrollPages(pages) => self.scroll_screens(Axis::Vertical, pages as f32),
            Command::ScrollToStart => self.scroll(CssVector::new(0.0, -f32::MAX)),
            Command::ScrollToEnd => self.scroll(CssVector::new(0.0, f32::MAX)),
        }
    }

    /// Scrolls by so many viewports, less what stays in sight.
    pub(super) fn scroll_screens(&mut self, axis: Axis, screens: f32) {
        let length = axis.along(self.page_area().size.to_vector()) / self.tab.zoom();
        self.scroll(axis.replace(CssVector::zero(), screens * length * PAGE_SCROLL_SHARE));
    }

    fn scroll(&mut self, delta: CssVector) {
        let times = self.tab.times();
        if let Some(page) = self.tab.page() {
            page.scroll_at(None, delta, &*times);
        }
    }
}
