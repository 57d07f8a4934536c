//! The window system: winit's events become ours, softbuffer shows the pixels.

mod keys;

use std::num::NonZeroU32;
use std::sync::Arc;

use fanlight_base::Observer;
use fanlight_base::geometry::{CssPoint, CssVector, DeviceSize};
use fanlight_page::Cursor;
use winit::application::ApplicationHandler;
use winit::dpi::LogicalSize;
use winit::event::{ElementState, MouseButton, MouseScrollDelta, WindowEvent};
use winit::event_loop::{ActiveEventLoop, EventLoop, EventLoopProxy, OwnedDisplayHandle};
use winit::keyboard::ModifiersState;
use winit::window::{CursorIcon, Window, WindowId};

use crate::browser::{Browser, Canvas};
use crate::event::{Event, Host, PointerButton};
use crate::{ShellError, WindowOptions};

/// How far one notch of a wheel scrolls, in CSS px.
const NOTCH: f32 = 53.0;

/// Sent to the loop from elsewhere.
#[derive(Debug)]
enum Message {
    /// A page can go on.
    Wake,
    /// The window is to be closed.
    Close,
}

/// Opens the window and runs until it is closed.
pub(crate) fn run(options: WindowOptions, observer: &dyn Observer) -> Result<(), ShellError> {
    let no_window = |error: winit::error::EventLoopError| ShellError::NoWindow(error.to_string());
    let event_loop = EventLoop::<Message>::with_user_event().build().map_err(no_window)?;
    let proxy = event_loop.create_proxy();
    let mut application = Application { options, observer, proxy, open: None, failure: None };
    event_loop.run_app(&mut application).map_err(no_window)?;
    application.failure.map_or(Ok(()), Err)
}

struct Application<'a> {
    options: WindowOptions,
    observer: &'a dyn Observer,
    proxy: EventLoopProxy<Message>,
    open: Option<Open<'a>>,
    failure: Option<ShellError>,
}

type Surface = softbuffer::Surface<OwnedDisplayHandle, Arc<Window>>;

struct Open<'a> {
    host: WinitHost,
    surface: Surface,
    browser: Browser<'a>,
    modifiers: ModifiersState,
}

/// The browser's view of the window.
struct WinitHost {
    window: Arc<Window>,
    proxy: EventLoopProxy<Message>,
    title: String,
    cursor: Cursor,
}

impl Host for WinitHost {
    fn request_redraw(&mut self) {
        self.window.request_redraw();
    }

    fn set_title(&mut self, title: &str) {
        if self.title != title {
            title.clone_into(&mut self.title);
            self.window.set_title(title);
        }
    }

    fn set_cursor(&mut self, cursor: Cursor) {
        if self.cursor != cursor {
            self.cursor = cursor;
            self.window.set_cursor(icon(cursor));
        }
    }

    fn close(&mut self) {
        // A loop that has ended needs no telling.
        drop(self.proxy.send_event(Message::Close));
    }

    fn waker(&self) -> Arc<dyn Fn() + Send + Sync> {
        let proxy = self.proxy.clone();
        // A loop that has ended needs no waking.
        Arc::new(move || drop(proxy.send_event(Message::Wake)))
    }
}

fn icon(cursor: Cursor) -> CursorIcon {
    match cursor {
        Cursor::Default => CursorIcon::Default,
        Cursor::Pointer => CursorIcon::Pointer,
        Cursor::Text => CursorIcon::Text,
    }
}

impl<'a> Application<'a> {
    fn open_window(&mut self, event_loop: &ActiveEventLoop) -> Result<Open<'a>, ShellError> {
        let no_window = |error: &dyn std::fmt::Display| ShellError::NoWindow(error.to_string());
        let size = LogicalSize::new(self.options.size.width, self.options.size.height);
        let attributes = Window::default_attributes().with_title("Fanlight").with_inner_size(size);
        let window = Arc::new(event_loop.create_window(attributes).map_err(|error| no_window(&error))?);
        let context =
            softbuffer::Context::new(event_loop.owned_display_handle()).map_err(|error| no_window(&error))?;
        let surface = Surface::new(&context, Arc::clone(&window)).map_err(|error| no_window(&error))?;
        let mut host = WinitHost {
            window,
            proxy: self.proxy.clone(),
            title: String::new(),
            cursor: Browser::default_cursor(),
        };
        let environment = self.options.environment.clone();
        let mut browser = Browser::new(environment, self.options.page.clone(), self.observer, &host);
        browser.go_to(self.options.address.as_deref().unwrap_or("about:start"));
        browser.handle(resized(&host.window), &mut host);
        Ok(Open { host, surface, browser, modifiers: ModifiersState::empty() })
    }
}

fn resized(window: &Window) -> Event {
    let size = window.inner_size();
    let device = |px: u32| i32::try_from(px).unwrap_or(i32::MAX);
    Event::Resized {
        size: DeviceSize::new(device(size.width), device(size.height)),
        scale: window.scale_factor() as f32,
    }
}

impl ApplicationHandler<Message> for Application<'_> {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.open.is_none() {
            match self.open_window(event_loop) {
                Ok(open) => self.open = Some(open),
                Err(failure) => {
                    self.failure = Some(failure);
                    event_loop.exit();
                }
            }
        }
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, message: Message) {
        match (message, &mut self.open) {
            (Message::Close, _) => event_loop.exit(),
            (Message::Wake, Some(open)) => open.browser.handle(Event::Wake, &mut open.host),
            (Message::Wake, None) => {}
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _id: WindowId, event: WindowEvent) {
        let Some(open) = &mut self.open else { return };
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::RedrawRequested => {
                if let Err(failure) = open.draw() {
                    self.failure = Some(failure);
                    event_loop.exit();
                }
            }
            WindowEvent::ModifiersChanged(modifiers) => open.modifiers = modifiers.state(),
            event => {
                if let Some(event) = open.translate(event) {
                    open.browser.handle(event, &mut open.host);
                }
            }
        }
    }
}

impl Open<'_> {
    /// The event in our own words; nothing for those that mean nothing to a browser.
    fn translate(&self, event: WindowEvent) -> Option<Event> {
        let scale = self.host.window.scale_factor();
        Some(match event {
            WindowEvent::Resized(_) | WindowEvent::ScaleFactorChanged { .. } => resized(&self.host.window),
            WindowEvent::CursorMoved { position, .. } => {
                let position = position.to_logical::<f32>(scale);
                Event::PointerMoved(CssPoint::new(position.x, position.y))
            }
            WindowEvent::CursorLeft { .. } => Event::PointerLeft,
            WindowEvent::MouseInput { state, button, .. } => {
                let button = match button {
                    MouseButton::Left => PointerButton::Primary,
                    MouseButton::Middle => PointerButton::Middle,
                    MouseButton::Back => PointerButton::Back,
                    MouseButton::Forward => PointerButton::Forward,
                    _ => return None,
                };
                match state {
                    ElementState::Pressed => Event::PointerPressed(button),
                    ElementState::Released => Event::PointerReleased(button),
                }
            }
            WindowEvent::MouseWheel { delta, .. } => Event::Wheel(match delta {
                MouseScrollDelta::LineDelta(x, y) => CssVector::new(-x * NOTCH, -y * NOTCH),
                MouseScrollDelta::PixelDelta(delta) => {
                    let delta = delta.to_logical::<f32>(scale);
                    CssVector::new(-delta.x, -delta.y)
                }
            }),
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Pressed => {
                Event::Key(keys::key_press(&event.logical_key, self.modifiers)?)
            }
            _ => return None,
        })
    }

    fn draw(&mut self) -> Result<(), ShellError> {
        let size = self.host.window.inner_size();
        let (Some(width), Some(height)) = (NonZeroU32::new(size.width), NonZeroU32::new(size.height)) else {
            return Ok(()); // Nothing of a minimised window is seen.
        };
        let failed = |error: softbuffer::SoftBufferError| ShellError::Surface(error.to_string());
        self.surface.resize(width, height).map_err(failed)?;
        let mut buffer = self.surface.buffer_mut().map_err(failed)?;
        let device = DeviceSize::new(size.width as i32, size.height as i32);
        if let Some(mut canvas) = Canvas::new(&mut buffer, device) {
            self.browser.draw(&mut canvas);
        }
        self.host.window.pre_present_notify();
        buffer.present().map_err(failed)
    }
}
