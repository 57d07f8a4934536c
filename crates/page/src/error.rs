//! Why there is no page, or no picture of it. What is wrong with a page's content is no error: it is in the diagnostics.

use fanlight_fetch::{FetchError, FetchErrorKind};
use fanlight_image::EncodeError;
use thiserror::Error;

/// Why a page could not be loaded.
#[derive(Clone, Debug, Error)]
pub enum LoadError {
    /// The network or the file system did not give it.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// `-` was given where only a URL can be.
    #[error("standard input cannot be used here; give a URL or a file")]
    StandardInput,
    /// The server answered with an HTTP error and nothing to show.
    #[error(
        "{url}: the server answered {status} {status_text} and sent nothing else; check the address, or try again later"
    )]
    EmptyAnswer {
        /// What was loaded.
        url: String,
        /// The status code. <https://httpwg.org/specs/rfc9110.html#status.codes>
        status: u16,
        /// What the server calls it; may be empty.
        status_text: String,
    },
    /// It is nothing that can be shown.
    #[error("cannot show {url}: its type is {mime_type}; only HTML, XML, text and images are pages")]
    NotAPage {
        /// What was loaded.
        url: String,
        /// Its MIME type.
        mime_type: String,
    },
}

impl LoadError {
    /// Whether it may not be shown, rather than that it cannot.
    pub(crate) fn is_forbidden(&self) -> bool {
        matches!(self, LoadError::Fetch(error) if matches!(error.kind, FetchErrorKind::Blocked { .. }))
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, Error)]
pub enum CaptureError {
    /// The selector is not valid.
    #[error("'{selector}' is not a valid selector: {reason}")]
    InvalidSelector {
        /// The selector.
        selector: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No element matches.
    #[error("no element of the page matches '{selector}'; `fanlight dump dom` shows what there is")]
    NoMatch {
        /// The selector.
        selector: String,
    },
    /// The element has no box, or an empty one.
    #[error("the element that matches '{selector}' has no visible box: it is not displayed, or has no area")]
    NoBox {
        /// The selector.
        selector: String,
    },
    /// The picture could not be coded or decoded.
    #[error("the picture could not be {action}: {reason}")]
    Coding {
        /// `written` or `read`.
        action: &'static str,
        /// What went wrong.
        reason: String,
    },
}

impl CaptureError {
    /// The picture could not be written.
    pub(crate) fn unwritten(reason: EncodeError) -> CaptureError {
        CaptureError::Coding { action: "written", reason: reason.to_string() }
    }
}
