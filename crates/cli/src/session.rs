//! What all commands that load a page share: the environment, the observers, and their reports at the end.

use std::io::Read;
use std::time::Duration;

use fanlight_base::geometry::CssSize;
use fanlight_base::observer::{Several, StageTable};
use fanlight_base::trace::ChromeTrace;
use fanlight_base::{Observer, Stage};
use fanlight_page::{Environment, LazyLoading, Page, PageOptions, Source, UserStyle};

use crate::args::{LoadArgs, PageArgs};
use crate::exit::Failure;
use crate::recording::Tape;
use crate::{network, output};

/// One load of a page from the command line, from arguments to reports.
pub struct Session<'a> {
    args: &'a LoadArgs,
    environment: Environment,
    table: Option<StageTable>,
    trace: Option<ChromeTrace>,
    tape: Option<Tape>,
}

impl<'a> Session<'a> {
    /// Prepares what the arguments ask for; loads nothing yet.
    ///
    /// # Errors
    /// What is to be replayed cannot be read.
    pub fn new(args: &'a LoadArgs) -> Result<Self, Failure> {
        let network = args.network.environment(args.pinned_fonts);
        let (environment, tape) = args.network.recording.apply(network)?;
        Ok(Session {
            args,
            environment,
            table: args.time.then(StageTable::default),
            trace: args.trace.is_some().then(ChromeTrace::start),
            tape,
        })
    }

    /// The same, with a stage table and a trace whether or not the arguments ask for them.
    ///
    /// # Errors
    /// What is to be replayed cannot be read.
    pub fn observed(args: &'a LoadArgs) -> Result<Self, Failure> {
        let mut session = Self::new(args)?;
        session.table.get_or_insert_default();
        session.trace.get_or_insert_with(ChromeTrace::start);
        Ok(session)
    }

    /// The fonts, the network and the built-in pages.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The trace, where there is one.
    pub fn trace(&self) -> Option<&ChromeTrace> {
        self.trace.as_ref()
    }

    /// Calls `work` with everyone who observes.
    pub fn observing<T>(&self, work: impl FnOnce(&dyn Observer) -> T) -> T {
        let mut observers: Vec<&dyn Observer> = Vec::new();
        observers.extend(self.table.as_ref().map(|table| table as &dyn Observer));
        observers.extend(self.trace.as_ref().map(|trace| trace as &dyn Observer));
        work(&Several(observers))
    }

    /// Loads a page as far as `goal` needs, and of what loads lazily what `lazy_loading` says.
    ///
    /// # Errors
    /// The user's style sheet cannot be read, or the page cannot be loaded.
    pub fn load(
        &self,
        url: &str,
        args: &PageArgs,
        goal: Stage,
        lazy_loading: LazyLoading,
        observer: &dyn Observer,
    ) -> Result<Page, Failure> {
        let options = PageOptions {
            viewport: CssSize::new(args.viewport.width, args.viewport.height),
            scale: args.scale,
            goal,
            lazy_loading,
            ..page_options(self.args)?
        };
        Ok(Page::load(&self.environment, source(url)?, options, observer)?)
    }

    /// Prints and writes the reports that the arguments ask for, also of a page that could not be loaded.
    ///
    /// # Errors
    /// The page could not be loaded, or a file cannot be written.
    pub fn conclude(&self, outcome: Result<Page, Failure>) -> Result<Page, Failure> {
        // A recording from before is worth more than one of nothing.
        if outcome.is_err() && self.environment.network_log().is_empty() {
            return outcome;
        }
        let written = self.report(outcome.as_ref().ok());
        let page = outcome?;
        written?;
        Ok(page)
    }

    /// Prints and writes the reports that the arguments ask for.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn report(&self, page: Option<&Page>) -> Result<(), Failure> {
        if self.args.har.is_some() || self.tape.is_some() {
            self.environment.wait_for_reports();
        }
        if let (Some(path), Some(trace)) = (&self.args.trace, &self.trace) {
            fanlight_page::add_requests(trace, &self.environment.network_log());
            output::file(path, trace.to_json().as_bytes())?;
        }
        if let Some(path) = &self.args.har {
            output::file(path, self.environment.har().as_bytes())?;
        }
        if let Some(tape) = &self.tape {
            tape.write()?;
        }
        if self.args.diagnostics
            && let Some(page) = page
        {
            page.diagnostics().iter().for_each(output::note);
        }
        if self.args.time
            && let Some(table) = &self.table
        {
            output::note(table.to_string().trim_end());
        }
        network::close(&self.environment);
        Ok(())
    }

    /// The stage table, whether or not it was asked for.
    pub fn table(&self) -> Option<&StageTable> {
        self.table.as_ref()
    }
}

/// Where a page comes from: standard input for `-`, else a URL or file.
fn source(url: &str) -> Result<Source, Failure> {
    if url != "-" {
        return Ok(Source::from_user_input(url)?);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|source| Failure::Read { path: "standard input".into(), source })?;
    Ok(Source::Bytes(bytes))
}

/// What the command line's arguments say of how pages are loaded.
///
/// # Errors
/// The user's style sheet cannot be read.
pub fn page_options(args: &LoadArgs) -> Result<PageOptions, Failure> {
    let user_style = match &args.user_style {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|source| Failure::Read { path: path.clone(), source })?;
            Some(UserStyle { text, name: path.display().to_string() })
        }
    };
    Ok(PageOptions {
        user_style,
        scripting: !args.no_script,
        load_scripts: args.load_scripts.load(args.har.is_some() || args.network.recording.record.is_some()),
        timeout: Duration::from_secs_f64(args.timeout),
        ..PageOptions::default()
    })
}
