//! What may be said about how a page is loaded and drawn.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use fanlight_base::Stage;
use fanlight_base::geometry::CssSize;
use fanlight_fetch::{CacheMode, UserInput, url_from_user_input};
use fanlight_paint::ScrollBars;
use url::Url;

use crate::error::LoadError;

/// Where a page comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A URL to fetch.
    Url(Url),
    /// HTML that is there already. Its URL is `about:blank`.
    Bytes(Vec<u8>),
}

impl Source {
    /// The address of what comes from it.
    pub(crate) fn url(&self) -> &Url {
        static BLANK: LazyLock<Url> =
            LazyLock::new(|| Url::parse("about:blank").expect("a constant that parses"));
        match self {
            Source::Url(url) => url,
            Source::Bytes(_) => &BLANK,
        }
    }

    /// Understands what a user typed: a URL, a path or a host. Paths start in the working folder.
    ///
    /// # Errors
    /// The text is none of these.
    pub fn from_user_input(input: &str) -> Result<Source, LoadError> {
        // Without a working folder only absolute paths mean something.
        let directory = std::env::current_dir().unwrap_or_else(|_| Path::new("/").to_owned());
        match url_from_user_input(input, &directory)? {
            UserInput::Url(url) => Ok(Source::Url(url)),
            UserInput::StandardInput => Err(LoadError::StandardInput),
        }
    }
}

/// A style sheet of the user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserStyle {
    /// The CSS.
    pub text: String,
    /// Its name in diagnostics and dumps.
    pub name: String,
}

/// How a page is loaded and drawn.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// The viewport in CSS px.
    pub viewport: CssSize,
    /// Device px for each CSS px.
    pub scale: f32,
    /// Whether scripts may run. They do not run yet; `<noscript>` shows in any case. Where they may not, `<canvas>` shows its
    /// fallback content.
    pub scripting: bool,
    /// Whether scripts are fetched, and waited for, although they do not run, so that the network log is as it would be, and
    /// says when each may run. Nothing else has a use for that.
    pub load_scripts: bool,
    /// A style sheet of the user's.
    pub user_style: Option<UserStyle>,
    /// How long loading may take; what has come by then is shown.
    pub timeout: Duration,
    /// Whether scroll bars are painted; pictures have none.
    pub scroll_bars: ScrollBars,
    /// The last stage that is wanted. What only later stages need is not fetched.
    pub goal: Stage,
    /// Whether the page is shown while it loads. Parsing then pauses to let the user be heard, and styles and layout follow
    /// the document as it grows; otherwise each stage runs when all that it needs has come.
    pub progressive: bool,
    /// What of a page that loads lazily is loaded. Where scripts may not run, nothing loads lazily.
    pub lazy_loading: LazyLoading,
    /// How the HTTP cache is used for the document itself: differently when the user reloads, or goes back.
    pub document_cache: CacheMode,
}

/// Which of the images and frames that load lazily are loaded.
/// <https://html.spec.whatwg.org/multipage/urls-and-fetching.html#lazy-loading-attributes>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LazyLoading {
    /// Those in the viewport or near it, wherever it is scrolled.
    #[default]
    NearViewport,
    /// All that have a box, for pictures of the whole document.
    WholeDocument,
}

impl Default for PageOptions {
    fn default() -> Self {
        PageOptions {
            viewport: CssSize::new(1280.0, 800.0),
            scale: 1.0,
            scripting: true,
            load_scripts: false,
            user_style: None,
            timeout: Duration::from_secs(30),
            scroll_bars: ScrollBars::Hidden,
            goal: Stage::Composite,
            progressive: false,
            lazy_loading: LazyLoading::NearViewport,
            document_cache: CacheMode::Default,
        }
    }
}
