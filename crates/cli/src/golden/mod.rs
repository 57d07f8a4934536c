//! Golden tests: every page of a folder is rendered and compared with the image and the dumps that lie beside it.
//!
//! 1. [`header`] reads from the page itself how it is rendered and what is compared.
//! 2. [`compare`] finds the first stage whose dump differs, and how the pictures differ.
//! 3. [`report`] writes actual and difference images and an HTML page where they can be flipped.
//!
//! Text is drawn with the bundled fonts, so that goldens hold on every machine.

pub mod compare;
pub mod header;
pub mod report;

use std::fmt;
use std::path::{Path, PathBuf};

use fanlight_base::{DumpFormat, Silent, Stage};
use fanlight_page::{Artefact, CaptureOptions, Environment, Page, PageOptions, Picture, Source};

use crate::exit::Failure;
use crate::recording::replay_all_but_files;
use header::Header;

/// What to test and where to report.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder with the pages; folders in it are searched too.
    pub directory: PathBuf,
    /// Write what is there now as what is expected.
    pub update: bool,
    /// Only pages whose path contains this.
    pub filter: Option<String>,
    /// Where images and the HTML report of failures go.
    pub report: PathBuf,
    /// The HAR file that answers what pages ask of the network.
    pub replay: Option<PathBuf>,
}

/// What became of all tests.
#[derive(Debug)]
pub struct Summary {
    /// One for each page, in the order of their paths.
    pub results: Vec<TestResult>,
    /// The HTML report, where a page differed.
    pub report: Option<PathBuf>,
}

impl Summary {
    /// How many pages are as expected, or were made so.
    pub fn passed(&self) -> usize {
        self.results.len() - self.failed()
    }

    /// How many pages differ.
    pub fn failed(&self) -> usize {
        self.results.iter().filter(|result| matches!(result.outcome, Outcome::Differs(_))).count()
    }
}

/// What became of one page.
#[derive(Debug)]
pub struct TestResult {
    /// The page's path from the folder.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of one page.
#[derive(Debug)]
pub enum Outcome {
    /// It is as expected.
    Same,
    /// What is expected was written.
    Updated,
    /// It differs.
    Differs(Box<Difference>),
}

/// How a page differs.
#[derive(Debug)]
pub struct Difference {
    /// The first thing that differs, for people.
    pub message: String,
    /// The pictures, where it is they that differ.
    pub pictures: Option<Pictures>,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// What was expected and what was drawn.
#[derive(Debug)]
pub struct Pictures {
    /// The golden image; nothing where there is none yet.
    pub expected: Option<Picture>,
    /// What was drawn.
    pub actual: Picture,
}

/// Runs or updates every test of a folder. `progress` is told of each page before it is rendered.
///
/// # Errors
/// The folder or a file cannot be read or written, or what is to be replayed is not HAR.
pub fn run(settings: &Settings, progress: &mut dyn FnMut(&str)) -> Result<Summary, Failure> {
    let environment = match &settings.replay {
        Some(recording) => replay_all_but_files(Environment::new(true), recording)?,
        None => Environment::new(true),
    };
    let mut results = Vec::new();
    for path in pages(&settings.directory)? {
        let name = path.strip_prefix(&settings.directory).unwrap_or(&path).display().to_string();
        if settings.filter.as_ref().is_some_and(|filter| !name.contains(filter.as_str())) {
            continue;
        }
        progress(&name);
        let outcome = test(&environment, &path, settings.update)?;
        results.push(TestResult { name, outcome });
    }
    if results.is_empty() {
        return Err(Failure::Misuse(format!(
            "there are no pages to test in {}",
            settings.directory.display()
        )));
    }
    let report = report::write(&settings.report, &results)?;
    Ok(Summary { results, report })
}

/// The pages of a folder in the order of their paths. What lies in a folder named `support` belongs to pages.
fn pages(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut pages = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        let read = |source| Failure::Read { path: folder.clone(), source };
        for entry in std::fs::read_dir(&folder).map_err(read)? {
            let path = entry.map_err(read)?.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "support") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "html" || extension == "xht") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    Ok(pages)
}

/// Renders one page and compares it, or writes what is expected.
fn test(environment: &Environment, path: &Path, update: bool) -> Result<Outcome, Failure> {
    let text =
        std::fs::read_to_string(path).map_err(|source| Failure::Read { path: path.to_owned(), source })?;
    let header =
        Header::parse(&text).map_err(|error| Failure::Misuse(format!("{}: {error}", path.display())))?;
    let options = PageOptions {
        viewport: header.viewport,
        scale: header.scale,
        goal: Stage::Composite,
        ..PageOptions::default()
    };
    let source = Source::from_user_input(&path.display().to_string())?;
    let mut page = Page::load(environment, source, options, &Silent)?;
    let actual = page.capture(&CaptureOptions::default(), &Silent)?;
    for stage in &header.stages {
        let dump = page.dump(Artefact::Stage(*stage), DumpFormat::Text, &Silent);
        let file = path.with_extension(format!("{stage}.txt"));
        if update {
            crate::output::file(&file, dump.as_bytes())?;
        } else if let Some(message) = compare::texts(*stage, &read_expected_text(&file)?, &dump) {
            let expected = if header.pixels { read_expected_picture(path)? } else { None };
            let pictures = Some(Pictures { expected, actual });
            return Ok(Outcome::Differs(Box::new(Difference { message, pictures })));
        }
    }
    if header.pixels {
        let file = path.with_extension("png");
        if update {
            crate::output::file(&file, &actual.to_png()?)?;
        } else {
            let expected = read_expected_picture(path)?;
            if let Some(message) = compare::pictures(expected.as_ref(), &actual, header.tolerance) {
                let pictures = Some(Pictures { expected, actual });
                return Ok(Outcome::Differs(Box::new(Difference { message, pictures })));
            }
        }
    }
    Ok(if update { Outcome::Updated } else { Outcome::Same })
}

/// The golden dump; nothing where there is none yet.
fn read_expected_text(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::Read { path: path.to_owned(), source }),
    }
}

/// The golden image; nothing where there is none yet, or where it is no picture.
fn read_expected_picture(page: &Path) -> Result<Option<Picture>, Failure> {
    let path = page.with_extension("png");
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Picture::from_png(&bytes).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::Read { path, source }),
    }
}
