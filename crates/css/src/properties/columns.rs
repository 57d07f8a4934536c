//! Multi-column layout and fragmentation.
//! <https://drafts.csswg.org/css-multicol-1/> <https://drafts.csswg.org/css-break-4/>

use crate::values::AutoOr;
use crate::values::border::{LineStyle, SpecifiedLineWidth};
use crate::values::color::{Color, SpecifiedColor};
use crate::values::length::{NonNegative, SpecifiedLength};
use crate::values::number::PositiveInteger;

keywords! {
    /// <https://drafts.csswg.org/css-multicol-1/#cf>
    pub enum ColumnFill { Balance = "balance", Auto = "auto", BalanceAll = "balance-all" }
}

keywords! {
    /// <https://drafts.csswg.org/css-multicol-1/#column-span>
    pub enum ColumnSpan { None = "none" | "1", All = "all" }
}

keywords! {
    /// <https://drafts.csswg.org/css-break-4/#break-between>
    pub enum BreakBetween {
        Auto = "auto", Avoid = "avoid", AvoidPage = "avoid-page", Page = "page", Left = "left", Right = "right",
        Recto = "recto", Verso = "verso", AvoidColumn = "avoid-column", Column = "column", AvoidRegion = "avoid-region",
        Region = "region",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-break-4/#break-within>
    pub enum BreakInside {
        Auto = "auto", Avoid = "avoid", AvoidPage = "avoid-page", AvoidColumn = "avoid-column",
        AvoidRegion = "avoid-region",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-break-4/#break-decoration>
    pub enum BoxDecorationBreak { Slice = "slice", Clone = "clone" }
}

longhands! {
    /// Columns and breaks.
    group Columns: reset {
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-count>
        "column-count" column_count / ColumnCount: AutoOr<PositiveInteger> = AutoOr::Auto, Layout;
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-width>
        "column-width" column_width / ColumnWidth: AutoOr<NonNegative<SpecifiedLength>> = AutoOr::Auto, Layout;
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-rule-width>
        "column-rule-width" column_rule_width / ColumnRuleWidth: SpecifiedLineWidth = super::border::MEDIUM, Paint;
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-rule-style>
        "column-rule-style" column_rule_style / ColumnRuleStyle: LineStyle = LineStyle::None, Paint;
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-rule-color>
        "column-rule-color" column_rule_color / ColumnRuleColor: SpecifiedColor = Color::CurrentColor, Paint;
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-fill>
        "column-fill" column_fill / ColumnFill: ColumnFill = ColumnFill::Balance, Layout;
        /// <https://drafts.csswg.org/css-multicol-1/#propdef-column-span>
        "column-span" column_span / ColumnSpan: ColumnSpan = ColumnSpan::None, Boxes;
        /// <https://drafts.csswg.org/css-break-4/#propdef-break-before>
        "break-before" break_before / BreakBefore: BreakBetween = BreakBetween::Auto, Layout;
        /// <https://drafts.csswg.org/css-break-4/#propdef-break-after>
        "break-after" break_after / BreakAfter: BreakBetween = BreakBetween::Auto, Layout;
        /// <https://drafts.csswg.org/css-break-4/#propdef-break-inside>
        "break-inside" break_inside / BreakInside: BreakInside = BreakInside::Auto, Layout;
        /// <https://drafts.csswg.org/css-break-4/#propdef-box-decoration-break>
        "box-decoration-break" box_decoration_break / BoxDecorationBreak: BoxDecorationBreak =
            BoxDecorationBreak::Slice, Layout;
    }
}
