//! The device that a page is made for.
//! <https://drafts.csswg.org/mediaqueries-5/>

pub mod device;

pub use device::{ColorGamut, ColorScheme, Contrast, Device, DeviceKind, PointerAccuracy, Scripting};
