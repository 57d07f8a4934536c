//! Who asked for a resource.

use std::fmt;

use url::Url;

/// What kind of thing asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InitiatorKind {
    /// The user: an address, a link, a form.
    Navigation,
    /// Markup met by the parser, or by the preload scanner ahead of it.
    Parser,
    /// `<link>` that is not a stylesheet: `preload`, `icon`.
    Link,
    /// A script.
    Script,
    /// A value in a stylesheet: `background-image`.
    Css,
    /// `@import`.
    CssImport,
    /// `@font-face`.
    FontFace,
    /// An image: `<img>`, or what an SVG image refers to.
    Image,
    /// `<iframe>`, `<frame>`, `<object>`.
    Frame,
    /// The engine itself or its embedder.
    Other,
}

impl InitiatorKind {
    /// The word in dumps.
    pub const fn name(self) -> &'static str {
        match self {
            InitiatorKind::Navigation => "navigation",
            InitiatorKind::Parser => "parser",
            InitiatorKind::Link => "link",
            InitiatorKind::Script => "script",
            InitiatorKind::Css => "css",
            InitiatorKind::CssImport => "css-import",
            InitiatorKind::FontFace => "font-face",
            InitiatorKind::Image => "image",
            InitiatorKind::Frame => "frame",
            InitiatorKind::Other => "other",
        }
    }
}

/// Who asked: what kind of thing, in which source, on which line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Initiator {
    /// What kind of thing.
    pub kind: InitiatorKind,
    /// The document, stylesheet or script that it stands in.
    pub source: Option<Url>,
    /// Its line there, counted from 1.
    pub line: Option<u32>,
}

impl Initiator {
    /// The user.
    pub const fn navigation() -> Self {
        Initiator { kind: InitiatorKind::Navigation, source: None, line: None }
    }

    /// Something in a source, at a place that is not known.
    pub fn new(kind: InitiatorKind, source: Url) -> Self {
        Initiator { kind, source: Some(source), line: None }
    }

    /// The same on a line of its source, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }
}

/// `parser https://example.com/:12`.
impl fmt::Display for Initiator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind.name())?;
        if let Some(source) = &self.source {
            write!(formatter, " {source}")?;
        }
        match self.line {
            Some(line) => write!(formatter, ":{line}"),
            None => Ok(()),
        }
    }
}
