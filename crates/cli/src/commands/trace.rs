//! `fanlight trace`: a Chrome trace of loading and drawing a page, and the table of stage times.

use fanlight_base::Stage;
use fanlight_page::CaptureOptions;

use crate::args::Trace;
use crate::exit::{Failure, Status};
use crate::output;
use crate::session::Session;

/// Loads and draws the viewport, writes the trace and prints the table.
///
/// # Errors
/// The page cannot be loaded, or the file cannot be written.
pub fn run(args: &Trace) -> Result<Status, Failure> {
    let session = Session::observed(&args.page);
    let page = session.observing(|observer| -> Result<_, Failure> {
        let mut page = session.load(&args.url, Stage::Composite, observer)?;
        page.capture(&CaptureOptions::default(), observer)?;
        Ok(page)
    })?;
    if let Some(trace) = session.trace() {
        fanlight_page::add_requests(trace, &session.environment().network_log());
        output::file(&args.output, trace.to_json().as_bytes())?;
    }
    if let Some(table) = session.table() {
        output::result(&table.to_string());
    }
    if !args.page.time {
        session.report(Some(&page))?;
    }
    Ok(Status::Done)
}
