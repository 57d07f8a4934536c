//! The bytes of a font, wherever they live.

use std::sync::Arc;

use fontique::Blob;

/// Bytes that are shared, never copied.
#[derive(Clone)]
pub(crate) enum FontData {
    /// In the binary; only the pages of it that are read take memory.
    Bundled(&'static [u8]),
    /// A web font, decoded.
    Web(Arc<[u8]>),
    /// A file of the system, mapped.
    System(Blob<u8>),
}

impl FontData {
    /// Whether the bytes belong to one page.
    pub fn is_web(&self) -> bool {
        matches!(self, FontData::Web(_))
    }
}

impl AsRef<[u8]> for FontData {
    fn as_ref(&self) -> &[u8] {
        match self {
            FontData::Bundled(bytes) => bytes,
            FontData::Web(bytes) => bytes,
            FontData::System(blob) => blob.as_ref(),
        }
    }
}
