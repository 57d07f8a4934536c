//! `fanlight trace`: a Chrome trace of a page's way through the stages, and the table of their times.

use fanlight_base::{Stage, skipped};
use fanlight_page::{CaptureOptions, LazyLoading};

use crate::args::Trace;
use crate::exit::{Failure, Status};
use crate::output;
use crate::session::Session;

/// Takes the page through the stages, as far as is asked for, writes the trace and prints the table.
///
/// # Errors
/// The page cannot be loaded, or the file cannot be written.
pub fn run(args: &Trace) -> Result<Status, Failure> {
    let session = Session::observed(&args.page.load)?;
    let outcome = session.observing(|observer| -> Result<_, Failure> {
        let mut page =
            session.load(&args.url, &args.page, args.stop_after, LazyLoading::default(), observer)?;
        if args.stop_after == Stage::Composite {
            page.capture(&CaptureOptions::default(), observer)?;
        } else {
            page.update(args.stop_after, observer);
            Stage::ALL
                .into_iter()
                .filter(|&stage| stage > args.stop_after)
                .for_each(|stage| skipped(stage, observer));
        }
        Ok(page)
    });
    session.conclude(outcome)?;
    if let Some(trace) = session.trace() {
        fanlight_page::add_requests(trace, &session.environment().network_log());
        output::file(&args.output, trace.to_json().as_bytes())?;
    }
    if let Some(table) = session.table() {
        output::result(&table.to_string());
    }
    Ok(Status::Done)
}
