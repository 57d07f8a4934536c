//! Why bytes are no image.

/// Why an image could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// The bytes begin like none of the formats that are known.
    #[error("the data is in no known image format (PNG, JPEG, GIF, WebP, BMP, ICO and SVG are known)")]
    UnknownFormat,
    /// The file is damaged, and nothing of it could be decoded.
    #[error("the {format} image could not be decoded: {reason}")]
    Malformed {
        /// The name of the format.
        format: &'static str,
        /// What the decoder said.
        reason: String,
    },
    /// The file has no bytes.
    #[error("the image is empty")]
    Empty,
    /// The encoded image is larger than [`crate::Limits::encoded_bytes`].
    #[error("the image has {bytes} bytes, more than the {limit} that are accepted")]
    TooManyBytes {
        /// The size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The image has more px than [`crate::Limits::pixels`], or none.
    #[error("the image is {width}x{height} px; at least 1 and at most {limit} px are accepted")]
    BadDimensions {
        /// The width in image px.
        width: u32,
        /// The height in image px.
        height: u32,
        /// The most px.
        limit: u64,
    },
}
