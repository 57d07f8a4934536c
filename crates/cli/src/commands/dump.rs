//! `fanlight dump`: what a stage made of a page. It runs no further than it must.

use fanlight_base::{DumpFormat, Stage};
use fanlight_page::{Artefact, LazyLoading, StyleDumpOptions};

use crate::args::{Dump, DumpWhat, LoadScripts};
use crate::exit::{Failure, Status};
use crate::output;
use crate::session::Session;

/// Loads as far as the artefact needs and writes its dump.
///
/// # Errors
/// The page cannot be loaded, or the file cannot be written.
pub fn run(args: &Dump) -> Result<Status, Failure> {
    if (args.all || args.why) && args.what != DumpWhat::Style {
        return Err(Failure::Misuse("--all and --why belong to `fanlight dump style`".to_owned()));
    }
    let (artefact, goal) = artefact(args.what, StyleDumpOptions { all: args.all, why: args.why });
    // The rectangles are for programs; there is no text form of them.
    let format = if args.what == DumpWhat::Boxes { DumpFormat::Json } else { args.format.into() };
    let mut load = args.page.load.clone();
    if args.what == DumpWhat::Fetch && load.load_scripts == LoadScripts::Auto {
        load.load_scripts = LoadScripts::Always;
    }
    let session = Session::new(&load)?;
    let outcome = session.observing(|observer| -> Result<_, Failure> {
        let mut page = session.load(&args.url, &args.page, goal, LazyLoading::default(), observer)?;
        if args.what == DumpWhat::Fetch {
            session.environment().wait_for_reports();
        }
        let text = page.dump(artefact, format, observer);
        output::write(args.output.as_deref(), text.as_bytes())?;
        Ok(page)
    });
    session.conclude(outcome)?;
    Ok(Status::Done)
}

/// The artefact of a name, and how far the page must come for it.
pub fn artefact(what: DumpWhat, options: StyleDumpOptions) -> (Artefact, Stage) {
    match what {
        // The log is complete when all that the page asks for has come, images of style sheets included.
        DumpWhat::Fetch => (Artefact::Stage(Stage::Fetch), Stage::Composite),
        DumpWhat::Tokens => (Artefact::Tokens, Stage::Fetch),
        DumpWhat::Dom => (Artefact::Stage(Stage::Dom), Stage::Dom),
        DumpWhat::Cssom => (Artefact::Stage(Stage::Cssom), Stage::Cssom),
        DumpWhat::Style => (Artefact::Styles(options), Stage::Style),
        DumpWhat::Layout => (Artefact::Stage(Stage::Layout), Stage::Layout),
        DumpWhat::Boxes => (Artefact::Boxes, Stage::Layout),
        DumpWhat::Paint => (Artefact::Stage(Stage::Paint), Stage::Paint),
        DumpWhat::Composite => (Artefact::Stage(Stage::Composite), Stage::Composite),
    }
}
