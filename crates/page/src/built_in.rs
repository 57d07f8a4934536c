//! The pages that are always there: `about:start` and those that it leads to.

/// A built-in resource: its path after `about:`, its MIME type and its bytes.
pub(crate) struct BuiltIn {
    pub(crate) path: &'static str,
    pub(crate) mime_type: &'static str,
    pub(crate) bytes: &'static [u8],
}

const HTML: &str = "text/html;charset=utf-8";

/// All of them.
pub(crate) const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { path: "start", mime_type: HTML, bytes: include_bytes!("../../../assets/pages/start.html") },
    BuiltIn { path: "keys", mime_type: HTML, bytes: include_bytes!("../../../assets/pages/keys.html") },
    BuiltIn { path: "gallery", mime_type: HTML, bytes: include_bytes!("../../../assets/pages/gallery.html") },
    BuiltIn {
        path: "licences",
        mime_type: HTML,
        bytes: include_bytes!("../../../assets/pages/licences.html"),
    },
    BuiltIn {
        path: "style",
        mime_type: "text/css;charset=utf-8",
        bytes: include_bytes!("../../../assets/pages/style.css"),
    },
    BuiltIn {
        path: "mark",
        mime_type: "image/svg+xml",
        bytes: include_bytes!("../../../assets/pages/mark.svg"),
    },
];
