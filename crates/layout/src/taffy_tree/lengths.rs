//! Lengths and sizes in taffy's terms. What has a percentage becomes an opaque handle that [`Lengths`] resolves itself, so
//! that every used value is a whole number of 1/64 px, cut off as everywhere else in layout.

use fanlight_base::LayoutUnit;
use fanlight_css::values::AutoOr;
use fanlight_css::values::length::LengthPercentage;
use fanlight_css::values::size::Size;

use crate::formatting::sizing::resolve;

/// How far the number of a handle is shifted: taffy keeps a tag in the bits below.
const HANDLE_SHIFT: u32 = 3;

/// The lengths with percentages that taffy knows by handle.
#[derive(Debug, Default)]
pub(crate) struct Lengths {
    by_handle: Vec<LengthPercentage>,
}

/// A used length for taffy: exact in `f32` up to 262,144 px.
pub(crate) fn to_taffy(length: LayoutUnit) -> f32 {
    length.to_f32()
}

/// A length from taffy, to the nearest 1/64 px: what Chromium does with shares of free space.
pub(crate) fn from_taffy(length: f32) -> LayoutUnit {
    LayoutUnit::from_f32_round(length)
}

/// A place from taffy, cut off as Chromium does where it halves free space. What is whole but for `f32`'s last bits stays.
pub(crate) fn place_from_taffy(place: f32) -> LayoutUnit {
    let slack = LayoutUnit::EPSILON.to_f32() / 32.0;
    LayoutUnit::from_f32_floor(place + slack)
}

impl Lengths {
    fn handle(&mut self, length: &LengthPercentage) -> *const () {
        self.by_handle.push(length.clone());
        std::ptr::without_provenance(self.by_handle.len() << HANDLE_SHIFT)
    }

    /// The used value of the length behind a handle, in px.
    pub fn resolve(&self, handle: *const (), basis: f32) -> f32 {
        let index = (handle.addr() >> HANDLE_SHIFT).wrapping_sub(1);
        let length = self.by_handle.get(index).and_then(|length| resolve(length, Some(from_taffy(basis))));
        to_taffy(length.unwrap_or_default())
    }

    pub fn length_percentage(&mut self, length: &LengthPercentage) -> taffy::LengthPercentage {
        match resolve(length, None) {
            Some(length) => taffy::LengthPercentage::length(to_taffy(length)),
            None => taffy::LengthPercentage::calc(self.handle(length)),
        }
    }

    pub fn length_percentage_auto(
        &mut self,
        length: &AutoOr<LengthPercentage>,
    ) -> taffy::LengthPercentageAuto {
        match length {
            AutoOr::Auto => taffy::LengthPercentageAuto::auto(),
            AutoOr::Value(length) => self.length_percentage(length).into(),
        }
    }

    /// A preferred size or a flex basis.
    pub fn dimension(&mut self, size: &Size) -> taffy::Dimension {
        match size {
            Size::Auto => taffy::Dimension::auto(),
            Size::LengthPercentage(length) => self.length_percentage(length).into(),
            Size::MinContent => taffy::Dimension::min_content(),
            Size::MaxContent => taffy::Dimension::max_content(),
            Size::FitContent => taffy::Dimension::fit_content(),
            Size::FitContentFunction(limit) => match resolve(limit, None) {
                Some(limit) => taffy::Dimension::fit_content_px(to_taffy(limit)),
                None => taffy::Dimension::fit_content_calc(self.handle(limit)),
            },
            Size::Stretch => taffy::Dimension::stretch(),
            Size::Content => taffy::Dimension::content(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_cut_off_to_whole_layout_units() {
        let mut lengths = Lengths::default();
        let fixed = lengths.length_percentage(&LengthPercentage::Length(10.01));
        assert_eq!(fixed, taffy::LengthPercentage::length(10.0));
    }

    #[test]
    fn sizes_beyond_f32_stay_in_range() {
        assert_eq!(from_taffy(f32::INFINITY), LayoutUnit::MAX);
        assert_eq!(from_taffy(f32::NAN), LayoutUnit::ZERO);
        assert_eq!(from_taffy(33.333_332), LayoutUnit::from_raw(2133));
        assert_eq!(place_from_taffy(80.666_664), LayoutUnit::from_raw(5162));
        assert_eq!(place_from_taffy(79.999_99), LayoutUnit::from_px(80));
    }
}
