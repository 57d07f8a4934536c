//! What the window shows and how it answers: toolbar above, page below, inspector at the right when it is open.
//!
//! It knows no window system: [`Browser::handle`] takes events, [`Browser::draw`] fills pixels.

mod address;
mod canvas;
mod history;
mod inspector;
mod scroll_bar;
mod tab;
mod toolbar;

use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssVector, DevicePoint, DeviceRect, DeviceSize};
use fanlight_base::observer::StageTable;
use fanlight_page::{Action, Cursor, Environment, PointerFeedback};

use crate::event::{Event, Host, KeyPress, PointerButton};
use crate::keymap::{Command, command};
use address::{AddressLine, Edit};
pub use canvas::Canvas;
use inspector::Inspector;
use scroll_bar::ScrollBar;
use tab::Tab;
use toolbar::{Part, Shown, Toolbar};

/// How far an arrow key scrolls, in CSS px.
const LINE_SCROLL: f32 = 40.0;
/// How much of the viewport a page key leaves in sight.
const PAGE_SCROLL_SHARE: f32 = 0.875;
/// The inspector's width in CSS px.
const INSPECTOR_WIDTH: f32 = 380.0;

/// The window's contents.
pub struct Browser {
    tab: Tab,
    toolbar: Toolbar,
    inspector: Option<Inspector>,
    environment: Environment,
    stage_times: Arc<StageTable>,
    /// The address while it is edited; keys go there.
    edited: Option<AddressLine>,
    /// From the thumb's upper edge to where it was grasped, while the scroll bar is dragged.
    dragged: Option<f32>,
    pointer: Option<CssPoint>,
    size: DeviceSize,
    scale: f32,
}

impl Browser {
    /// A browser that starts to load `address`, or the start page.
    pub fn new(environment: Environment, address: Option<&str>, host: &dyn Host) -> Self {
        let mut browser = Browser {
            tab: Tab::new(environment.clone(), host.waker()),
            toolbar: Toolbar::new(&environment, 800.0, 1.0),
            inspector: None,
            environment,
            stage_times: Arc::default(),
            edited: None,
            dragged: None,
            pointer: None,
            size: DeviceSize::new(800, 600),
            scale: 1.0,
        };
        browser.tab.go_to_input(address.unwrap_or("about:start"));
        browser
    }

    // --- geometry, in CSS px of the window ---

    fn inside(&self) -> CssSize {
        CssSize::new(self.size.width as f32 / self.scale, self.size.height as f32 / self.scale)
    }

    fn page_area(&self) -> CssRect {
        let inside = self.inside();
        let inspector = if self.inspector.is_some() { INSPECTOR_WIDTH.min(inside.width / 2.0) } else { 0.0 };
        CssRect::new(
            CssPoint::new(0.0, toolbar::HEIGHT),
            CssSize::new((inside.width - inspector).max(1.0), (inside.height - toolbar::HEIGHT).max(1.0)),
        )
    }

    fn inspector_area(&self) -> CssRect {
        let (inside, page) = (self.inside(), self.page_area());
        CssRect::new(
            CssPoint::new(page.max_x(), page.min_y()),
            CssSize::new((inside.width - page.max_x()).max(0.0), page.size.height),
        )
    }

    fn device(&self, rect: CssRect) -> DeviceRect {
        let edge = |px: f32| (px * self.scale).round() as i32;
        let origin = DevicePoint::new(edge(rect.min_x()), edge(rect.min_y()));
        DeviceRect::new(origin, DeviceSize::new(edge(rect.max_x()) - origin.x, edge(rect.max_y()) - origin.y))
    }

    /// A place of the window as a place of the page's viewport, in the page's CSS px.
    fn in_page(&self, point: CssPoint) -> Option<CssPoint> {
        let area = self.page_area();
        area.contains(point).then(|| ((point - area.origin) / self.tab.zoom()).to_point())
    }

    fn scroll_bar(&mut self) -> Option<ScrollBar> {
        let viewport = self.page_area().size;
        let zoom = self.tab.zoom();
        let page = self.tab.page()?;
        ScrollBar::new(viewport, page.scroll_offset().y * zoom, page.farthest_scroll().y * zoom)
    }

    // --- events ---

    /// Answers an event.
    pub fn handle(&mut self, event: Event, host: &mut dyn Host) {
        match event {
            Event::Resized { size, scale } => self.resize(size, scale),
            Event::PointerMoved(point) => self.pointer_moved(Some(point), host),
            Event::PointerLeft => self.pointer_moved(None, host),
            Event::PointerPressed(button) => self.pointer_pressed(button),
            Event::PointerReleased(button) => self.pointer_released(button),
            Event::Wheel(delta) => self.wheel(delta),
            Event::Key(press) => self.key(&press),
            Event::Wake => {}
        }
        self.settle(host);
        host.request_redraw();
    }

    /// Lets everything follow what has happened: loading goes on, title and toolbar say what is so.
    fn settle(&mut self, host: &mut dyn Host) {
        let table = Arc::clone(&self.stage_times);
        if self.tab.advance(&*table) && self.inspector.is_some() {
            self.inspect();
        }
        let address = self.tab.address().to_owned();
        let title = self.tab.page().map(|page| page.title()).filter(|title| !title.is_empty());
        host.set_title(&format!("{} - Fanlight", title.as_deref().unwrap_or(&address)));
        self.toolbar.show(Shown {
            address,
            edited: self.edited.clone(),
            can_go_back: self.tab.history().can_go_back(),
            can_go_forward: self.tab.history().can_go_forward(),
            progress: self.tab.progress(),
        });
    }

    fn resize(&mut self, size: DeviceSize, scale: f32) {
        self.size = DeviceSize::new(size.width.max(1), size.height.max(1));
        self.scale = scale.max(0.1);
        self.lay_out_panes();
    }

    fn lay_out_panes(&mut self) {
        self.toolbar.resize(self.inside().width, self.scale);
        self.tab.resize(self.page_area().size, self.scale);
        let area = self.inspector_area();
        if let Some(inspector) = &mut self.inspector {
            inspector.resize(area.size, self.scale);
        }
    }

    fn pointer_moved(&mut self, point: Option<CssPoint>, host: &mut dyn Host) {
        self.pointer = point;
        if let (Some(grasp), Some(point)) = (self.dragged, point) {
            self.drag_scroll_bar(point.y - self.page_area().min_y() - grasp);
            return;
        }
        let over_toolbar = point.filter(|point| point.y < toolbar::HEIGHT);
        self.toolbar.pointer_moved(over_toolbar);
        let in_page = point.and_then(|point| self.in_page(point));
        let table = Arc::clone(&self.stage_times);
        let feedback = match self.tab.page() {
            Some(page) => page.pointer_moved(in_page, &*table),
            None => PointerFeedback::default(),
        };
        let over_address =
            over_toolbar.is_some_and(|point| self.toolbar.part_at(point) == Some(Part::Address));
        host.set_cursor(if over_address { Cursor::Text } else { feedback.cursor });
        if in_page.is_some() && self.inspector.is_some() {
            self.inspect();
        }
    }

    fn drag_scroll_bar(&mut self, thumb_top: f32) {
        let Some(bar) = self.scroll_bar() else { return };
        let offset = bar.offset_for_thumb(thumb_top) / self.tab.zoom();
        let table = Arc::clone(&self.stage_times);
        if let Some(page) = self.tab.page() {
            let x = page.scroll_offset().x;
            page.scroll_to(CssVector::new(x, offset), &*table);
        }
    }

    fn pointer_pressed(&mut self, button: PointerButton) {
        match button {
            PointerButton::Back => return self.tab.back(),
            PointerButton::Forward => return self.tab.forward(),
            PointerButton::Middle => return,
            PointerButton::Primary => {}
        }
        let Some(point) = self.pointer else { return };
        if point.y < toolbar::HEIGHT {
            let part = self.toolbar.part_at(point);
            if part != Some(Part::Address) {
                self.edited = None;
            }
            return self.toolbar_pressed(part);
        }
        self.edited = None;
        let Some(in_page) = self.in_page(point) else { return };
        if let Some(bar) = self.scroll_bar() {
            let local = (point - self.page_area().origin).to_point();
            if bar.thumb.contains(local) {
                self.dragged = Some(local.y - bar.thumb.min_y());
                return;
            }
            if bar.track.contains(local) {
                let pages = if local.y < bar.thumb.min_y() { -1 } else { 1 };
                return self.command(Command::ScrollPages(pages));
            }
        }
        let table = Arc::clone(&self.stage_times);
        if let Some(page) = self.tab.page() {
            page.pointer_pressed(in_page, &*table);
        }
    }

    fn toolbar_pressed(&mut self, part: Option<Part>) {
        match part {
            Some(Part::Back) => self.tab.back(),
            Some(Part::Forward) => self.tab.forward(),
            Some(Part::Reload) if self.tab.progress().is_some() => self.tab.stop(),
            Some(Part::Reload) => self.tab.reload(),
            Some(Part::Address) => self.command(Command::EditAddress),
            Some(Part::Inspect) => self.command(Command::ToggleInspector),
            None => {}
        }
    }

    fn pointer_released(&mut self, button: PointerButton) {
        if button != PointerButton::Primary || self.dragged.take().is_some() {
            return;
        }
        let Some(point) = self.pointer.and_then(|point| self.in_page(point)) else { return };
        let table = Arc::clone(&self.stage_times);
        let action = self.tab.page().and_then(|page| page.pointer_released(point, &*table));
        self.act(action);
    }

    fn act(&mut self, action: Option<Action>) {
        match action {
            Some(Action::Navigate(url)) => self.tab.go_to(url.as_str()),
            None => {}
        }
    }

    fn wheel(&mut self, delta: CssVector) {
        let delta = delta / self.tab.zoom();
        let in_page = self.pointer.and_then(|point| self.in_page(point));
        let table = Arc::clone(&self.stage_times);
        if let Some(page) = self.tab.page() {
            page.scroll_at(in_page, delta, &*table);
        }
    }

    fn key(&mut self, press: &KeyPress) {
        if let Some(line) = &mut self.edited {
            match line.key(press) {
                Edit::Changed => return,
                Edit::Cancelled => {
                    self.edited = None;
                    return;
                }
                Edit::Submitted => {
                    let typed = line.text().to_owned();
                    self.edited = None;
                    return self.tab.go_to_input(&typed);
                }
                Edit::Ignored => {}
            }
        }
        if let Some(command) = command(press) {
            self.command(command);
        }
    }

    fn command(&mut self, command: Command) {
        let table = Arc::clone(&self.stage_times);
        match command {
            Command::EditAddress => self.edited = Some(AddressLine::selected(self.tab.address())),
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
                    page.move_focus(command == Command::FocusNext, &*table);
                }
            }
            Command::Activate => {
                let action = self.tab.page().and_then(|page| page.activate_focused(&*table));
                self.act(action);
            }
            Command::ScrollLines(lines) => self.scroll(CssVector::new(0.0, lines as f32 * LINE_SCROLL)),
            Command::ScrollColumns(columns) => self.scroll(CssVector::new(columns as f32 * LINE_SCROLL, 0.0)),
            Command::ScrollPages(pages) => {
                let height = self.page_area().size.height / self.tab.zoom();
                self.scroll(CssVector::new(0.0, pages as f32 * height * PAGE_SCROLL_SHARE));
            }
            Command::ScrollToStart => self.scroll(CssVector::new(0.0, -f32::MAX)),
            Command::ScrollToEnd => self.scroll(CssVector::new(0.0, f32::MAX)),
        }
    }

    fn scroll(&mut self, delta: CssVector) {
        let table = Arc::clone(&self.stage_times);
        if let Some(page) = self.tab.page() {
            page.scroll_at(None, delta, &*table);
        }
    }

    fn toggle_inspector(&mut self) {
        self.inspector = match self.inspector.take() {
            Some(_) => None,
            None => Some(Inspector::new(&self.environment)),
        };
        self.lay_out_panes();
        self.inspect();
    }

    /// Shows in the inspector what is under the pointer.
    fn inspect(&mut self) {
        let point = self.pointer.and_then(|point| self.in_page(point));
        let table = Arc::clone(&self.stage_times);
        let inspection = match (self.tab.page(), point) {
            (Some(page), Some(point)) => page.inspect(point, &*table),
            _ => None,
        };
        if let Some(inspector) = &mut self.inspector {
            inspector.show(&table, inspection.as_ref());
        }
    }

    // --- drawing ---

    /// Draws everything.
    pub fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let whole = self.device(CssRect::from_size(self.inside()));
        let (page_area, inspector_area) = (self.device(self.page_area()), self.device(self.inspector_area()));
        canvas.fill(page_area, fanlight_base::Rgba::WHITE);
        let table = Arc::clone(&self.stage_times);
        if let Some(page) = self.tab.page() {
            canvas.put(&page.frame(&*table), page_area.origin, page_area);
        }
        if let Some(bar) = self.scroll_bar() {
            let offset = self.page_area().origin.to_vector();
            canvas.fill(self.device(bar.track.translate(offset)), scroll_bar::TRACK);
            canvas.fill(self.device(bar.thumb.translate(offset)), scroll_bar::THUMB);
        }
        canvas.put(&self.toolbar.frame(), DevicePoint::zero(), whole);
        if let Some(inspector) = &mut self.inspector {
            canvas.put(&inspector.frame(), inspector_area.origin, inspector_area);
        }
    }

    /// The look that the pointer has over nothing.
    pub const fn default_cursor() -> Cursor {
        Cursor::Default
    }
}
