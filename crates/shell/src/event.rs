//! What happens to the window, in our own words, so that no window system's types are anywhere else.

use std::sync::Arc;

use fanlight_base::geometry::{CssPoint, CssVector, DeviceSize};
use fanlight_page::{Cursor, KeyPress};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The inside of the window has another size, in device px, or another number of device px for each CSS px.
    Resized {
        /// In device px.
        size: DeviceSize,
        /// Device px for each CSS px.
        scale: f32,
    },
    /// The pointer moved; CSS px from the inside's upper left corner.
    PointerMoved(CssPoint),
    /// The pointer went out of the window.
    PointerLeft,
    /// A button went down.
    PointerPressed(PointerButton),
    /// A button came up.
    PointerReleased(PointerButton),
    /// The wheel or a touchpad scrolled by so many CSS px; positive is towards the end.
    Wheel(CssVector),
    /// A key went down, or repeats.
    Key(KeyPress),
    /// A page can go on: something came from the network.
    Wake,
}

/// A button of the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerButton {
    /// The one that follows links.
    Primary,
    /// The wheel's.
    Middle,
    /// The one that goes back.
    Back,
    /// The one that goes forward.
    Forward,
}

/// What the browser asks of the window that it is in.
pub trait Host {
    /// The window must be drawn again.
    fn request_redraw(&mut self);
    /// The window's title.
    fn set_title(&mut self, title: &str);
    /// The pointer's look.
    fn set_cursor(&mut self, cursor: Cursor);
    /// The window is to be closed.
    fn close(&mut self);
    /// A closure that sends [`Event::Wake`], from any thread.
    fn waker(&self) -> Arc<dyn Fn() + Send + Sync>;
}
