//! Lists and quotes.
//! <https://drafts.csswg.org/css-lists-3/> <https://drafts.csswg.org/css-content-3/#quotes>

use crate::values::NoneOr;
use crate::values::combinators::Boxed;
use crate::values::generated::{CounterStyle, Quotes};
use crate::values::image::SpecifiedImageOrNone;

keywords! {
    /// <https://drafts.csswg.org/css-lists-3/#list-style-position-property>
    pub enum ListStylePosition { Outside = "outside", Inside = "inside" }
}

longhands! {
    /// Lists and quotes.
    group List: inherited {
        /// <https://drafts.csswg.org/css-lists-3/#propdef-list-style-type>
        "list-style-type" list_style_type / ListStyleType: CounterStyle = CounterStyle::disc(), Boxes;
        /// <https://drafts.csswg.org/css-lists-3/#propdef-list-style-position>
        "list-style-position" list_style_position / ListStylePosition: ListStylePosition = ListStylePosition::Outside, Boxes;
        /// <https://drafts.csswg.org/css-lists-3/#propdef-list-style-image>
        "list-style-image" list_style_image / ListStyleImage: Boxed<SpecifiedImageOrNone> = NoneOr::None, Boxes;
        /// <https://drafts.csswg.org/css-content-3/#propdef-quotes>
        "quotes" quotes / Quotes: Quotes = Quotes::Auto, Boxes;
    }
}
