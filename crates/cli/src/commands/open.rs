//! `fanlight open`: the window.

use fanlight_base::geometry::CssSize;
use fanlight_shell::WindowOptions;

use crate::args::Open;
use crate::exit::{Failure, Status};

/// Opens the window and returns when it is closed.
///
/// # Errors
/// There is no display, or the window system fails.
pub fn run(args: &Open) -> Result<Status, Failure> {
    fanlight_shell::open(WindowOptions {
        address: args.url.clone(),
        size: CssSize::new(args.viewport.width, args.viewport.height),
        pinned_fonts: args.pinned_fonts,
    })?;
    Ok(Status::Done)
}
