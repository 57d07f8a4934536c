//! What the scanner finds. Addresses are as they are written; the page resolves them.

/// Something that the document will need, in the order of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreloadHint {
    /// The line of the source, counted from 1.
    pub line: u32,
    /// What it is.
    pub kind: PreloadKind,
}

/// What a document can need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreloadKind {
    /// The address that those after it are relative to. Comes once at most.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#the-base-element>
    Base {
        /// The value of `href`.
        href: String,
    },
    /// A stylesheet of a `<link>`, or of an `@import` at the start of a `<style>`.
    Stylesheet {
        /// The address.
        url: String,
        /// The media queries that it is for.
        media: Option<String>,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
    /// A script.
    Script {
        /// The address.
        url: String,
        /// Whether it is a module script.
        is_module: bool,
        /// Whether it has the attribute `async`.
        is_async: bool,
        /// Whether it has the attribute `defer`.
        is_defer: bool,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
    /// An image. Which address is taken depends on the device; the page selects it.
    /// <https://html.spec.whatwg.org/multipage/images.html#select-an-image-source>
    Image {
        /// What the `<source>` elements of the `<picture>` offer, first to last.
        sources: Vec<ImageSource>,
        /// The address in `src`.
        src: Option<String>,
        /// The candidates in `srcset`.
        srcset: Option<String>,
        /// The value of `sizes`.
        sizes: Option<String>,
        /// The values of `width` and `height`.
        dimensions: [Option<String>; 2],
        /// Whether it is loaded only near the viewport.
        is_lazy: bool,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
    /// The image that a `<video>` shows first.
    Poster {
        /// The address.
        url: String,
    },
    /// A `<link rel=modulepreload>`.
    /// <https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload>
    ModulePreload {
        /// The address.
        url: String,
        /// The destination, in lower case: `script`, unless the link says another.
        destination: String,
        /// The media queries that it is for.
        media: Option<String>,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
    /// A `<link rel=preload>`.
    /// <https://html.spec.whatwg.org/multipage/links.html#link-type-preload>
    Preload {
        /// The address; nothing where only `imagesrcset` names one.
        url: Option<String>,
        /// The destination, in lower case: `font`, `style`, `script`, `image`, `fetch` ...
        destination: String,
        /// The media queries that it is for.
        media: Option<String>,
        /// The MIME type.
        mime_type: Option<String>,
        /// The value of `imagesrcset`.
        image_srcset: Option<String>,
        /// The value of `imagesizes`.
        image_sizes: Option<String>,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
    /// A `<link rel=prefetch>`: what the page after this one will need.
    /// <https://html.spec.whatwg.org/multipage/links.html#link-type-prefetch>
    Prefetch {
        /// The address.
        url: String,
        /// The media queries that it is for.
        media: Option<String>,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
    /// A `<meta>` with a Content Security Policy: what follows may not be asked for before the parser has read it.
    /// <https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-content-security-policy>
    ContentSecurityPolicy,
    /// A `<link rel=preconnect>` or `dns-prefetch`.
    Preconnect {
        /// The address whose origin is meant.
        url: String,
        /// Whether only its name is to be resolved.
        only_dns: bool,
        /// Attributes that say how to fetch.
        fetch: FetchAttributes,
    },
}

/// Attributes that say how to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchAttributes {
    /// `crossorigin`; empty where it has no value.
    pub cross_origin: Option<String>,
    /// `fetchpriority`.
    pub priority: Option<String>,
    /// `referrerpolicy`.
    pub referrer_policy: Option<String>,
    /// `integrity`.
    pub integrity: Option<String>,
    /// `nonce`.
    pub nonce: Option<String>,
}

/// What a `<source>` in a `<picture>` offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSource {
    /// The candidates.
    pub srcset: String,
    /// The value of `sizes`.
    pub sizes: Option<String>,
    /// The media queries that it is for.
    pub media: Option<String>,
    /// The MIME type.
    pub mime_type: Option<String>,
}
