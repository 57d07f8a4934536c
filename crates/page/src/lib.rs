//! The stages wired together: the embedding interface of Fanlight.
//!
//! ```no_run
//! use fanlight_base::Silent;
//! use fanlight_page::{CaptureOptions, Environment, Page, PageOptions, Source};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let environment = Environment::new(false);
//! let source = Source::from_user_input("https://example.org")?;
//! let mut page = Page::load(&environment, source, PageOptions::default(), &Silent)?;
//! let picture = page.capture(&CaptureOptions::default(), &Silent)?;
//! std::fs::write("page.png", picture.to_png()?)?;
//! # Ok(())
//! # }
//! ```
//!
//! - [`environment`]: what pages share; [`options`]: how a page is loaded and drawn.
//! - [`page`]: a page's life, from [`Page::start`] on.
//! - `loader`: the document and all that it refers to.
//! - `pipeline`: the artefacts, kept up to date through the one door; `refresh`: while the document grows.
//! - `drawing`: the SVG in the document, for painting.
//! - `capture`, `dumps`, `prepared`: pictures, dumps and benches of a page.
//! - [`interact`]: what the user does with a page.
//! - `frames`: pages inside a page.
//!
//! This crate alone knows the order of the stages.

pub mod built_in;
mod capture;
mod content;
mod device;
mod drawing;
mod dumps;
pub mod environment;
pub mod error;
mod error_page;
mod font_metrics;
mod frames;
pub mod interact;
mod limits;
mod loader;
pub mod options;
pub mod page;
pub mod picture;
mod pipeline;
mod prepared;
mod refresh;
mod requests_trace;
mod wake;

pub use fanlight_dom::NodeId;
pub use fanlight_fetch as fetch;

pub use capture::{Area, CaptureOptions, Frame};
pub use dumps::Artefact;
pub use environment::Environment;
pub use error::{CaptureError, LoadError};
pub use error_page::error_page;
pub use fanlight_fetch::log::report::escape_html;
pub use fanlight_paint::ScrollBars;
pub use fanlight_style::StyleDumpOptions;
pub use interact::keys::{Key, KeyPress};
pub use interact::text_editor::{Edit, Lines, TextEditor};
pub use interact::{
    Action, Cursor, Inspection, KeyAnswer, OptionItem, OptionList, PointerFeedback, TextCursor,
    WinningDeclaration,
};
pub use options::{LazyLoading, PageOptions, Source, UserStyle};
pub use page::{Page, Progress};
pub use picture::Picture;
pub use prepared::{PreparedStage, Throughput};
pub use requests_trace::add_requests;
pub use wake::PageWaker;
