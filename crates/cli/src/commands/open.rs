//! `fanlight open`: the window.

use fanlight_base::geometry::CssSize;
use fanlight_shell::WindowOptions;

use crate::args::Open;
use crate::exit::{Failure, Status};
use crate::session::{Session, page_options};

/// Opens the window, and writes the reports that were asked for when it is closed.
///
/// # Errors
/// There is no display, the window system fails, or a file cannot be read or written.
pub fn run(args: &Open) -> Result<Status, Failure> {
    let mut load = args.load.clone();
    if !args.private {
        load.network = load.network.with_users_profile();
    }
    let session = Session::new(&load)?;
    let options = WindowOptions {
        address: args.url.clone(),
        size: CssSize::new(args.viewport.width, args.viewport.height),
        environment: session.environment().clone(),
        page: page_options(&args.load)?,
    };
    session.observing(|observer| fanlight_shell::open(options, observer))?;
    session.report(None)?;
    Ok(Status::Done)
}
