//! The device of a page's options, as style sheets see it.

use fanlight_css::media::{Device, Scripting};

use crate::options::PageOptions;

/// A screen of the viewport's size.
pub(crate) fn of(options: &PageOptions) -> Device {
    // FIXME: scripts do not run yet, whatever the options say.
    Device { scripting: Scripting::None, ..Device::new(options.viewport, options.scale) }
}
