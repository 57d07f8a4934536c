//! What can be asked for on the command line. The long help of each command ends with examples.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use fanlight_base::{DumpFormat, Stage};

use crate::network::NetworkArgs;

/// A browser rendering pipeline whose every stage can be seen.
#[derive(Debug, Parser)]
#[command(name = "fanlight", version, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 done; 1 a comparison differed; 2 the command was misused; 3 the page could not be \
                        loaded."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open a page in a window
    #[command(
        after_help = "Examples:\n  fanlight open\n  fanlight open https://example.org\n  fanlight open page.html \
                            --user-style large-print.css\n  fanlight open https://example.org --private"
    )]
    Open(Open),
    /// Draw a page to a PNG file
    #[command(after_help = "Examples:\n  fanlight screenshot https://example.org -o page.png\n  \
                            fanlight screenshot page.html -o whole.png --full-page --viewport 800x600 --scale 2\n  \
                            fanlight screenshot page.html -o logo.png --selector '#logo'\n  \
                            fanlight screenshot https://example.org -o page.png --record page.har\n  \
                            fanlight screenshot https://example.org -o page.png --replay page.har\n  \
                            echo '<h1>Hello' | fanlight screenshot - -o hello.png")]
    Screenshot(Screenshot),
    /// Write what a stage made of a page
    #[command(
        after_help = "Examples:\n  fanlight dump dom page.html\n  fanlight dump style page.html --why\n  \
                            fanlight dump layout https://example.org -o layout.txt\n  \
                            fanlight dump boxes page.html --format json"
    )]
    Dump(Dump),
    /// Write a Chrome trace of loading a page, and print what each stage cost
    #[command(
        after_help = "Examples:\n  fanlight trace page.html -o trace.json    (open it in ui.perfetto.dev)\n  \
                            fanlight trace page.html -o trace.json --stop-after style"
    )]
    Trace(Trace),
    /// Repeat one stage on prepared input and print its times
    #[command(
        after_help = "Examples:\n  fanlight bench style page.html\n  fanlight bench layout page.html --runs 50"
    )]
    Bench(Bench),
    /// Fetch one URL and show what the network said
    #[command(
        after_help = "Examples:\n  fanlight fetch https://example.org\n  fanlight fetch https://example.org \
                            --har log.har\n  fanlight fetch https://example.org --report waterfall.html\n  fanlight fetch --batch < requests.jsonl\n  fanlight fetch \
                            https://example.org --proxy socks5h://127.0.0.1:9050 --block-private"
    )]
    Fetch(Fetch),
    /// Compare pages with their golden images and dumps
    #[command(
        after_help = "Examples:\n  fanlight test tests/goldens\n  fanlight test tests/goldens --update\n  \
                            fanlight test tests/goldens --filter float\n  fanlight test shop --replay shop.har"
    )]
    Test(Test),
    /// Do many jobs in one process: one JSON object a line in, one out
    #[command(
        after_help = "Example:\n  echo '{\"id\":1,\"url\":\"page.html\",\"png\":\"page.png\"}' | fanlight batch"
    )]
    Batch(Batch),
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  fanlight completions bash > ~/.local/share/bash-completion/completions/fanlight"
    )]
    Completions(Completions),
}

/// `--viewport WIDTHxHEIGHT`, in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewportSize {
    /// CSS px.
    pub width: f32,
    /// CSS px.
    pub height: f32,
}

impl std::str::FromStr for ViewportSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let size = text.split_once(['x', 'X']).and_then(|(width, height)| {
            ViewportSize { width: width.parse().ok()?, height: height.parse().ok()? }.within_limits()
        });
        size.ok_or_else(|| format!("'{text}' is not a size such as 1280x800, of 1 to 32767 CSS px each way"))
    }
}

impl ViewportSize {
    /// The size, if a page can be laid out for it.
    pub fn within_limits(self) -> Option<Self> {
        [self.width, self.height].iter().all(|px| (1.0..=32767.0).contains(px)).then_some(self)
    }
}

/// The scale, if a page can be drawn at it.
pub fn scale_within_limits(scale: f32) -> Option<f32> {
    Some(scale).filter(|scale| (0.1..=16.0).contains(scale))
}

fn parse_scale(text: &str) -> Result<f32, String> {
    let scale = text.parse().ok().and_then(scale_within_limits);
    scale.ok_or_else(|| format!("'{text}' is not a number of device px for each CSS px from 0.1 to 16"))
}

fn parse_seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && *seconds <= 86_400.0);
    seconds.ok_or_else(|| format!("'{text}' is not a number of seconds above 0 and at most 86400"))
}

/// A stage by its name, with all names in the help.
fn stage_parser() -> impl TypedValueParser<Value = Stage> {
    PossibleValuesParser::new(Stage::ALL.map(Stage::name)).try_map(|name| name.parse::<Stage>())
}

/// What every command that loads a page takes.
#[derive(Clone, Debug, Args)]
pub struct LoadArgs {
    /// Print to standard error what each stage cost
    #[arg(long)]
    pub time: bool,
    /// Write a Chrome trace
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// Write the network log as HAR 1.2
    #[arg(long, value_name = "FILE")]
    pub har: Option<PathBuf>,
    /// Run no scripts, so that <noscript> and what is in <canvas> show (scripts do not run yet in any case)
    #[arg(long)]
    pub no_script: bool,
    /// Fetch scripts, which do not run yet, and let the page wait for them, so that the network is seen as in a browser, with
    /// the moment at which each script may run: auto does so where the network is what is looked at, with `dump fetch`,
    /// `fetch --report`, --har and --record
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", help_heading = "Network")]
    pub load_scripts: LoadScripts,
    /// Add a style sheet of the user's
    #[arg(long, value_name = "FILE")]
    pub user_style: Option<PathBuf>,
    /// Give up loading after so many seconds; what has come by then is shown
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = parse_seconds, allow_negative_numbers = true)]
    pub timeout: f64,
    /// Use the bundled fonts alone, so that text is the same on every machine
    #[arg(long)]
    pub pinned_fonts: bool,
    /// Print to standard error what was wrong with the page
    #[arg(long)]
    pub diagnostics: bool,
    /// How the network is used.
    #[command(flatten)]
    pub network: NetworkArgs,
}

/// When scripts, which do not run yet, are fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LoadScripts {
    /// Where the network is what is looked at
    #[default]
    Auto,
    /// For every page
    Always,
    /// Never
    Never,
}

impl LoadScripts {
    /// Whether scripts are fetched; `looks_at_network` says whether the network is what is looked at.
    pub fn load(self, looks_at_network: bool) -> bool {
        match self {
            LoadScripts::Auto => looks_at_network,
            LoadScripts::Always => true,
            LoadScripts::Never => false,
        }
    }
}

/// What every command takes that loads a page to show something of it.
#[derive(Clone, Debug, Args)]
pub struct PageArgs {
    /// Width and height of the viewport in CSS px
    #[arg(long, value_name = "WxH", default_value = "1280x800")]
    pub viewport: ViewportSize,
    /// Device px for each CSS px
    #[arg(long, default_value = "1", value_parser = parse_scale, allow_negative_numbers = true)]
    pub scale: f32,
    /// How the page is loaded.
    #[command(flatten)]
    pub load: LoadArgs,
}

/// `fanlight open`.
#[derive(Debug, Args)]
pub struct Open {
    /// A URL or a file; without one, the start page
    pub url: Option<String>,
    /// Width and height of the window in CSS px
    #[arg(long, value_name = "WxH", default_value = "1100x800")]
    pub viewport: ViewportSize,
    /// Keep nothing of this session; otherwise cookies are kept in the user's own profile
    #[arg(long, conflicts_with = "profile", help_heading = "Network")]
    pub private: bool,
    /// How pages are loaded; reports are written when the window is closed.
    #[command(flatten)]
    pub load: LoadArgs,
}

/// `fanlight screenshot`.
#[derive(Debug, Args)]
pub struct Screenshot {
    /// A URL, a file, or - for HTML from standard input
    pub url: String,
    /// The PNG file; - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Draw the whole document, not the viewport alone
    #[arg(long, conflicts_with = "selector")]
    pub full_page: bool,
    /// Draw the border box of the first element that matches
    #[arg(long, value_name = "CSS")]
    pub selector: Option<String>,
    /// How the page is loaded.
    #[command(flatten)]
    pub page: PageArgs,
}

/// What can be dumped: the stages, and two views besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DumpWhat {
    /// Every request in order
    Fetch,
    /// The tokens of the HTML
    Tokens,
    /// The tree, as html5lib writes it
    Dom,
    /// Style sheets, rules, and what was dropped
    Cssom,
    /// Computed values
    Style,
    /// Boxes and fragments
    Layout,
    /// Every element's rectangle, for comparison with other engines (JSON)
    Boxes,
    /// The display list
    Paint,
    /// Layers and tiles
    Composite,
}

/// The form of a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people and diffs
    Text,
    /// For programs
    Json,
}

impl From<Format> for DumpFormat {
    fn from(format: Format) -> DumpFormat {
        match format {
            Format::Text => DumpFormat::Text,
            Format::Json => DumpFormat::Json,
        }
    }
}

/// `fanlight dump`.
#[derive(Debug, Args)]
pub struct Dump {
    /// Which stage's artefact
    #[arg(value_name = "STAGE")]
    pub what: DumpWhat,
    /// A URL, a file, or - for HTML from standard input
    pub url: String,
    /// Where to write; standard output without it
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Text for people, JSON for programs
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// dump style: all values, not only those that differ from the initial ones
    #[arg(long)]
    pub all: bool,
    /// dump style: where each value came from, and what it overrode
    #[arg(long)]
    pub why: bool,
    /// How the page is loaded.
    #[command(flatten)]
    pub page: PageArgs,
}

/// `fanlight trace`.
#[derive(Debug, Args)]
pub struct Trace {
    /// A URL, a file, or - for HTML from standard input
    pub url: String,
    /// The JSON file
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Go no further than this stage
    #[arg(long, value_name = "STAGE", default_value = "composite", value_parser = stage_parser())]
    pub stop_after: Stage,
    /// How the page is loaded.
    #[command(flatten)]
    pub page: PageArgs,
}

/// `fanlight bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// Which stage
    #[arg(value_parser = stage_parser())]
    pub stage: Stage,
    /// A URL, a file, or - for HTML from standard input
    pub url: String,
    /// How often the stage is run; without it, for about two seconds
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: Option<u32>,
    /// How the page is loaded.
    #[command(flatten)]
    pub page: PageArgs,
}

/// `fanlight fetch`.
#[derive(Debug, Args)]
pub struct Fetch {
    /// A URL or a file
    #[arg(required_unless_present = "batch")]
    pub url: Option<String>,
    /// Write the network log as HAR 1.2
    #[arg(long, value_name = "FILE")]
    pub har: Option<PathBuf>,
    /// Load the page with all that it refers to, and write a waterfall of its requests as an HTML page
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub report: Option<PathBuf>,
    /// With --report: whether the page's scripts are fetched, which do not run yet, and waited for as in a browser
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto", requires = "report")]
    pub load_scripts: LoadScripts,
    /// Write the body
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Read requests as JSON lines from standard input and answer each with a line
    #[arg(long, conflicts_with_all = ["url", "har", "output", "report"])]
    pub batch: bool,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = parse_seconds, allow_negative_numbers = true)]
    pub timeout: f64,
    /// How the network is used.
    #[command(flatten)]
    pub network: NetworkArgs,
}

/// `fanlight test`.
#[derive(Debug, Args)]
pub struct Test {
    /// The folder with the pages
    pub directory: PathBuf,
    /// Write what is there now as what is expected
    #[arg(long)]
    pub update: bool,
    /// Only pages whose path contains this
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Where actual and difference images and the HTML report go; `target/golden` in the working folder without it
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// Answer what pages ask of the network from a HAR file and never ask the network; pages and files beside them are read
    /// from the folder
    #[arg(long, value_name = "FILE")]
    pub replay: Option<PathBuf>,
}

/// `fanlight batch`.
#[derive(Debug, Args)]
pub struct Batch {
    /// Use the bundled fonts alone
    #[arg(long)]
    pub pinned_fonts: bool,
    /// Give up a job after so many seconds; what has come by then is shown
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = parse_seconds, allow_negative_numbers = true)]
    pub timeout: f64,
    /// How the network is used.
    #[command(flatten)]
    pub network: NetworkArgs,
}

/// `fanlight completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_that_loads_shows_examples() {
        for command in Arguments::command().get_subcommands() {
            assert!(
                command.get_after_help().is_some_and(|help| help.to_string().contains("Example")),
                "{} has no examples",
                command.get_name()
            );
        }
    }

    #[test]
    fn sizes_are_read_and_misread_with_a_hint() {
        assert_eq!("800x600".parse(), Ok(ViewportSize { width: 800.0, height: 600.0 }));
        for wrong in ["800", "0x600", "axb", "99999x1", "800x600x2", "NaNx1"] {
            assert!(wrong.parse::<ViewportSize>().unwrap_err().contains("1280x800"), "{wrong}");
        }
    }

    #[test]
    fn an_unknown_stage_names_the_known_ones() {
        let error = Arguments::try_parse_from(["fanlight", "bench", "reflow", "a.html"]).unwrap_err();
        assert!(error.to_string().contains("fetch, dom, cssom"), "{error}");
    }
}
