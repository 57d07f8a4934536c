//! Tables: what inherits. `table-layout` is with the boxes.
//! <https://drafts.csswg.org/css-tables-3/>

use crate::values::combinators::Pair;
use crate::values::length::{Length, NonNegative, SpecifiedLength};

keywords! {
    /// <https://drafts.csswg.org/css-tables-3/#border-collapse-property>
    pub enum BorderCollapse { Separate = "separate", Collapse = "collapse" }
}

keywords! {
    /// <https://drafts.csswg.org/css-tables-3/#caption-side-property>
    pub enum CaptionSide { Top = "top", Bottom = "bottom" }
}

keywords! {
    /// <https://drafts.csswg.org/css-tables-3/#empty-cells-property>
    pub enum EmptyCells { Show = "show", Hide = "hide" }
}

longhands! {
    /// Tables.
    group Table: inherited {
        /// <https://drafts.csswg.org/css-tables-3/#propdef-border-collapse>
        "border-collapse" border_collapse / BorderCollapse: BorderCollapse = BorderCollapse::Separate, Boxes;
        /// <https://drafts.csswg.org/css-tables-3/#propdef-border-spacing>
        "border-spacing" border_spacing / BorderSpacing: Pair<NonNegative<SpecifiedLength>> = Pair::same(Length::ZERO), Layout;
        /// <https://drafts.csswg.org/css-tables-3/#propdef-caption-side>
        "caption-side" caption_side / CaptionSide: CaptionSide = CaptionSide::Top, Layout;
        /// <https://drafts.csswg.org/css-tables-3/#propdef-empty-cells>
        "empty-cells" empty_cells / EmptyCells: EmptyCells = EmptyCells::Show, Paint;
    }
}
