//! What the window shows and how it answers: toolbar above, page below, inspector at the right when it is open.
//!
//! It knows no window system: [`Browser::handle`] takes events, [`Browser::draw`] fills pixels.
//!
//! - [`tab`] with its [`history`]: the page that is shown, and the one on its way.
//! - [`toolbar`], [`inspector`], [`option_menu`]: the window's own interface, each a page from `assets/shell`.
//! - [`pointer`] and [`keyboard`]: where events go. [`draw`]: how the panes come together on the [`canvas`].

mod canvas;
mod draw;
mod history;
mod inspector;
mod keyboard;
mod option_menu;
mod pointer;
mod scroll_bar;
mod tab;
mod toolbar;

use fanlight_base::Observer;
use fanlight_base::geometry::{CssPoint, CssRect, CssSize, DevicePoint, DeviceRect, DeviceSize};
use fanlight_page::{Action, Cursor, Environment, PageOptions, TextEditor};

use crate::event::{Event, Host};
pub use canvas::Canvas;
use history::DocumentNumber;
use inspector::Inspector;
use option_menu::OptionMenu;
use scroll_bar::{Axis, ScrollBar};
use tab::Tab;
use toolbar::{Shown, Toolbar};

/// The inspector's width in CSS px.
const INSPECTOR_WIDTH: f32 = 380.0;

/// The window's contents.
pub struct Browser<'a> {
    tab: Tab<'a>,
    toolbar: Toolbar,
    inspector: Option<Inspector>,
    /// The document that the inspector's element is of.
    inspected: Option<DocumentNumber>,
    /// The list of a drop-down of the page.
    menu: Option<OptionMenu>,
    environment: Environment,
    /// The address while it is edited; keys go there.
    edited: Option<TextEditor>,
    /// The scroll bar that is dragged.
    grasped: Option<Grasp>,
    pointer: Option<CssPoint>,
    /// The user has asked to close the window.
    is_closing: bool,
    size: DeviceSize,
    scale: f32,
}

/// A scroll bar's thumb that the pointer holds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grasp {
    axis: Axis,
    /// From the thumb's start to where it was grasped, in CSS px.
    from_start: f32,
}

impl<'a> Browser<'a> {
    /// A browser that shows nothing yet. `options` say how pages are loaded; viewport and scale follow from the window.
    /// `observer` is told of the stages of the pages that are shown.
    pub fn new(
        environment: Environment,
        options: PageOptions,
        observer: &'a dyn Observer,
        host: &dyn Host,
    ) -> Self {
        Browser {
            tab: Tab::new(environment.clone(), options, observer, host.waker()),
            toolbar: Toolbar::new(&environment, host.waker(), 800.0, 1.0),
            inspector: None,
            inspected: None,
            menu: None,
            environment,
            edited: None,
            grasped: None,
            pointer: None,
            is_closing: false,
            size: DeviceSize::new(800, 600),
            scale: 1.0,
        }
    }

    /// Starts to load what a user has named: a URL, a path or a host.
    pub fn go_to(&mut self, address: &str) {
        self.tab.go_to_input(address);
    }

    /// The look that the pointer has over nothing.
    pub const fn default_cursor() -> Cursor {
        Cursor::Default
    }

    /// The address in the address bar, while it is not edited: where the user is going, else where he is.
    pub fn address(&self) -> &str {
        self.tab.address()
    }

    /// Whether something is on its way.
    pub fn is_loading(&self) -> bool {
        self.tab.progress().is_some()
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

    /// A rectangle of the page's viewport, in the page's CSS px, as it lies in the window.
    fn to_window(&self, rect: CssRect) -> CssRect {
        let zoom = self.tab.zoom();
        CssRect::new(rect.origin * zoom, rect.size * zoom).translate(self.page_area().origin.to_vector())
    }

    /// The scroll bars of the page, in CSS px of the window from the page area's corner.
    fn scroll_bars(&mut self) -> Vec<ScrollBar> {
        let viewport = self.page_area().size;
        let zoom = self.tab.zoom();
        let Some(page) = self.tab.page() else { return Vec::new() };
        let (offset, farthest) = (page.scroll_offset() * zoom, page.farthest_scroll() * zoom);
        Axis::ALL.into_iter().filter_map(|axis| ScrollBar::new(axis, viewport, offset, farthest)).collect()
    }

    // --- events ---

    /// Answers an event.
    pub fn handle(&mut self, event: Event, host: &mut dyn Host) {
        let looks_different = match event {
            Event::Resized { size, scale } => {
                self.resize(size, scale);
                true
            }
            Event::PointerMoved(point) => self.pointer_moved(Some(point), host),
            Event::PointerLeft => self.pointer_moved(None, host),
            Event::PointerPressed(button) => {
                self.pointer_pressed(button);
                true
            }
            Event::PointerReleased(button) => {
                self.pointer_released(button);
                true
            }
            Event::Wheel(delta) => {
                self.wheel(delta);
                self.pointer_moved(self.pointer, host);
                true
            }
            Event::Key(press) => {
                self.key(&press);
                self.pointer_moved(self.pointer, host);
                true
            }
            Event::Wake => false,
        };
        if self.is_closing {
            return host.close();
        }
        if self.settle(host) | looks_different {
            host.request_redraw();
        }
    }

    /// Lets everything follow what has happened: loading goes on, title and toolbar say what is so. Returns whether the
    /// window looks different.
    fn settle(&mut self, host: &mut dyn Host) -> bool {
        let changed = self.tab.advance();
        if changed {
            self.pointer_moved(self.pointer, host);
            self.inspect();
        }
        let address = self.tab.address().to_owned();
        let title = self.tab.page().map(|page| page.title()).filter(|title| !title.is_empty());
        host.set_title(&format!("{} - Fanlight", title.as_deref().unwrap_or(&address)));
        let toolbar_changed = self.toolbar.show(Shown {
            address,
            edited: self.edited.clone(),
            can_go_back: self.tab.history().can_go_back(),
            can_go_forward: self.tab.history().can_go_forward(),
            progress: self.tab.progress(),
        });
        self.toolbar.advance() | toolbar_changed | changed
    }

    fn resize(&mut self, size: DeviceSize, scale: f32) {
        self.size = DeviceSize::new(size.width.max(1), size.height.max(1));
        self.scale = scale.max(0.1);
        self.lay_out_panes();
    }

    fn lay_out_panes(&mut self) {
        self.menu = None;
        self.toolbar.resize(self.inside().width, self.scale);
        self.tab.resize(self.page_area().size, self.scale);
        let area = self.inspector_area();
        if let Some(inspector) = &mut self.inspector {
            inspector.resize(area.size, self.scale);
        }
    }

    /// Does what the page asks for.
    fn act(&mut self, action: Option<Action>) {
        match action {
            Some(Action::Navigate { url, referrer_policy }) => {
                self.tab.follow(url.as_str(), referrer_policy);
            }
            Some(Action::Moved(url)) => self.tab.moved(url.as_str()),
            Some(Action::OpenList(list)) => {
                let (anchor, around) = (self.to_window(list.anchor), self.page_area());
                let zoom = self.tab.zoom();
                self.menu = Some(OptionMenu::open(&self.environment, list, anchor, around, zoom, self.scale));
            }
            None => {}
        }
    }

    // --- the inspector ---

    fn toggle_inspector(&mut self) {
        self.inspector = match self.inspector.take() {
            Some(_) => None,
            None => Some(Inspector::new(&self.environment)),
        };
        self.lay_out_panes();
        self.inspect();
    }

    /// Shows in the inspector what is under the pointer; what was last while it is outside of the page. Returns whether
    /// that is another element.
    fn inspect(&mut self) -> bool {
        let Some(inspector) = &self.inspector else { return false };
        let before = inspector.element();
        let point = self.pointer.and_then(|point| self.in_page(point));
        let (document, times) = (self.tab.document(), self.tab.times());
        let same_document = self.inspected == document;
        let Some(page) = self.tab.page() else { return false };
        let element = match point {
            Some(point) => page.element_at(point, &*times),
            None => before.filter(|_| same_document),
        };
        let inspection = element.and_then(|element| page.inspect(element, &*times));
        self.inspected = document;
        if let Some(inspector) = &mut self.inspector {
            inspector.tell_of(inspection);
        }
        element != before
    }
}
