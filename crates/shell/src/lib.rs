//! The window: an address bar, a page, and a panel that shows what the stages made of it.
//!
//! 1. [`platform`] is the only place that knows winit and softbuffer; it turns their events into [`event::Event`].
//! 2. [`browser`] holds what the window shows: the page with its history, the toolbar, the inspector. It knows no
//!    window system, so tests drive it with events and look at its pixels.
//! 3. [`keymap`] says which keys do what.
//!
//! Toolbar and inspector are pages of Fanlight's own, from `assets/shell`.

pub mod browser;
pub mod event;
pub mod keymap;
mod platform;

use fanlight_base::Observer;
use fanlight_base::geometry::CssSize;
use fanlight_page::{Environment, PageOptions};
use thiserror::Error;

pub use browser::Browser;
pub use event::{Event, Host};

/// What the window opens with.
#[derive(Clone)]
pub struct WindowOptions {
    /// What the user asked for: a URL, a path or a host; the start page without it.
    pub address: Option<String>,
    /// The size of the window's inside, in CSS px.
    pub size: CssSize,
    /// The network, the fonts and the built-in pages.
    pub environment: Environment,
    /// How pages are loaded; the window decides on viewport and scale.
    pub page: PageOptions,
}

/// Why there is no window.
#[derive(Debug, Error)]
pub enum ShellError {
    /// The window system is not there or refuses.
    #[error("could not open a window: {0}; is there a display? (`fanlight screenshot` needs none)")]
    NoWindow(String),
    /// The window's surface could not be drawn to.
    #[error("could not draw to the window: {0}")]
    Surface(String),
}

/// Opens the window, and returns when it is closed. `observer` is told of the stages of the pages that it shows.
///
/// # Errors
/// There is no display, or the window system fails.
pub fn open(options: WindowOptions, observer: &dyn Observer) -> Result<(), ShellError> {
    platform::run(options, observer)
}
