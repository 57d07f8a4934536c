//! The `sizes` attribute: how wide an image will be drawn.
//! <https://html.spec.whatwg.org/multipage/images.html#sizes-attributes>

use cssparser::Delimiter;

use super::{Device, initial_context, query};
use crate::condition::Truth;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser};
use crate::values::length::{NonNegative, SpecifiedLength};
use crate::values::{Compute, ComputeContext, Parse};

/// The source size on a device, in CSS px: that of the first entry whose condition holds; the viewport's width where there
/// is none. A malformed entry is passed over.
/// <https://html.spec.whatwg.org/multipage/images.html#parse-a-sizes-attribute>
pub fn source_size(sizes: &str, device: &Device) -> f32 {
    let context = initial_context(device);
    let mut input = Parser::new(sizes);
    loop {
        let entry = input.parse_until_before(Delimiter::Comma, |input| parse_entry(input, &context));
        if let Ok(Some(size)) = entry {
            return size;
        }
        if input.next().is_err() {
            return device.viewport.width;
        }
    }
}

/// The size of an entry; nothing when its condition does not hold.
fn parse_entry(input: &mut Parser<'_>, context: &ComputeContext<'_>) -> CssResult<Option<f32>> {
    if let Ok(size) = input.try_parse(|input| parse_length(input, context)) {
        return Ok(Some(size));
    }
    let holds = query::parse_condition(input, context)? == Truth::True;
    Ok(Some(parse_length(input, context)?).filter(|_| holds))
}

/// A length up to the end of the entry. Percentages mean nothing here.
fn parse_length(input: &mut Parser<'_>, context: &ComputeContext<'_>) -> CssResult<f32> {
    let length = NonNegative::<SpecifiedLength>::parse(input, &ParseContext::default())?;
    input.expect_exhausted().map_err(|_| invalid_value())?;
    Ok(length.compute(context).0)
}

#[cfg(test)]
mod tests {
    use fanlight_base::geometry::CssSize;

    use super::*;

    #[test]
    fn the_first_entry_that_holds_counts() {
        let device = Device::new(CssSize::new(800.0, 600.0), 1.0);
        let size = |sizes: &str| source_size(sizes, &device);
        assert_eq!(size("(max-width: 600px) 100vw, (min-width: 700px) calc(50vw - 10px), 3em"), 390.0);
        assert_eq!(size("(max-width: 600px) 100vw, 3em"), 48.0);
        assert_eq!(size("-1px, 50%, nonsense, 20px"), 20.0);
        assert_eq!(size(""), 800.0);
        assert_eq!(size("(max-width: 1px) 2px"), 800.0);
    }
}
