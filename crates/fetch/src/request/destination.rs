//! What a response is for.

/// What a response is for.
/// <https://fetch.spec.whatwg.org/#concept-request-destination>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Destination {
    /// Nothing that the standard names: `fetch()`, a download, an icon of the window.
    Empty,
    /// `<audio>`.
    Audio,
    /// A document for a window.
    Document,
    /// `<embed>`.
    Embed,
    /// `@font-face`.
    Font,
    /// `<frame>`.
    Frame,
    /// `<iframe>`.
    Iframe,
    /// `<img>`, `background-image` and what else draws.
    Image,
    /// `import … with { type: "json" }`.
    Json,
    /// `<link rel=manifest>`.
    Manifest,
    /// `<object>`.
    Object,
    /// What tells a server of what went wrong with a page of its.
    Report,
    /// `<script>`, `import`.
    Script,
    /// `<link rel=stylesheet>`, `@import`.
    Style,
    /// `<track>`.
    Track,
    /// `<video>`.
    Video,
    /// A worker's script.
    Worker,
}

impl Destination {
    /// The Fetch standard's word; empty where it has none.
    pub const fn name(self) -> &'static str {
        match self {
            Destination::Empty => "",
            Destination::Audio => "audio",
            Destination::Document => "document",
            Destination::Embed => "embed",
            Destination::Font => "font",
            Destination::Frame => "frame",
            Destination::Iframe => "iframe",
            Destination::Image => "image",
            Destination::Json => "json",
            Destination::Manifest => "manifest",
            Destination::Object => "object",
            Destination::Report => "report",
            Destination::Script => "script",
            Destination::Style => "style",
            Destination::Track => "track",
            Destination::Video => "video",
            Destination::Worker => "worker",
        }
    }

    /// Whether the response becomes a document of its own.
    /// <https://fetch.spec.whatwg.org/#navigation-request>
    pub const fn is_navigation(self) -> bool {
        matches!(
            self,
            Destination::Document
                | Destination::Embed
                | Destination::Frame
                | Destination::Iframe
                | Destination::Object
        )
    }

    /// Whether the response is run.
    /// <https://fetch.spec.whatwg.org/#request-destination-script-like>
    pub const fn is_script_like(self) -> bool {
        matches!(self, Destination::Script | Destination::Worker)
    }
}
