//! `fanlight screenshot`: a page as a PNG file.

use fanlight_base::Stage;
use fanlight_page::{Area, CaptureOptions};

use crate::args::Screenshot;
use crate::exit::{Failure, Status};
use crate::output;
use crate::session::Session;

/// Loads, draws and writes.
///
/// # Errors
/// The page cannot be loaded, nothing matches the selector, or the file cannot be written.
pub fn run(args: &Screenshot) -> Result<Status, Failure> {
    let session = Session::new(&args.page.load)?;
    let area = match &args.selector {
        Some(selector) => Area::Element(selector.clone()),
        None if args.full_page => Area::Document,
        None => Area::Viewport,
    };
    let outcome = session.observing(|observer| -> Result<_, Failure> {
        let lazy_loading = area.lazy_loading();
        let mut page = session.load(&args.url, &args.page, Stage::Composite, lazy_loading, observer)?;
        let options = CaptureOptions { area, ..CaptureOptions::default() };
        let (file, _) = page.capture_png(&options, observer)?;
        output::write(Some(&args.output), &file)?;
        Ok(page)
    });
    let page = session.conclude(outcome)?;
    for remark in page.answer_remarks() {
        output::note(format_args!("fanlight: {remark}"));
    }
    Ok(Status::Done)
}
