//! Flex containers and items, and the alignment that grids share.
//! <https://drafts.csswg.org/css-flexbox-1/> <https://drafts.csswg.org/css-align-3/>

use crate::values::NormalOr;
use crate::values::align::{AlignContent, AlignItems, AlignSelf, JustifyContent, JustifyItems, JustifySelf};
use crate::values::length::NonNegative;
use crate::values::number::{PositiveInteger, SpecifiedInteger, SpecifiedNumber};
use crate::values::size::{FlexBasis, NonNegativeLengthPercentage, Size};

keywords! {
    /// <https://drafts.csswg.org/css-flexbox-1/#flex-direction-property>
    pub enum FlexDirection {
        Row = "row", RowReverse = "row-reverse", Column = "column", ColumnReverse = "column-reverse",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-flexbox-1/#flex-wrap-property>
    pub enum FlexWrap { Nowrap = "nowrap", Wrap = "wrap", WrapReverse = "wrap-reverse" }
}

keywords! {
    /// How a `-webkit-box` runs.
    pub enum BoxOrient { Horizontal = "horizontal" | "inline-axis", Vertical = "vertical" | "block-axis" }
}

keywords! {
    /// Which way a `-webkit-box` runs.
    pub enum BoxDirection { Normal = "normal", Reverse = "reverse" }
}

keywords! {
    /// How the boxes in a `-webkit-box` are aligned across it.
    pub enum BoxAlign {
        Stretch = "stretch", Start = "start", End = "end", Center = "center", Baseline = "baseline",
    }
}

keywords! {
    /// How the boxes in a `-webkit-box` are packed along it.
    pub enum BoxPack { Start = "start", End = "end", Center = "center", Justify = "justify" }
}

longhands! {
    /// Flex containers and items, and alignment.
    group Flex: reset {
        /// <https://drafts.csswg.org/css-flexbox-1/#propdef-flex-direction>
        "flex-direction" flex_direction / FlexDirection: FlexDirection = FlexDirection::Row, Layout;
        /// <https://drafts.csswg.org/css-flexbox-1/#propdef-flex-wrap>
        "flex-wrap" flex_wrap / FlexWrap: FlexWrap = FlexWrap::Nowrap, Layout;
        /// <https://drafts.csswg.org/css-flexbox-1/#propdef-flex-grow>
        "flex-grow" flex_grow / FlexGrow: NonNegative<SpecifiedNumber> = 0.0, Layout;
        /// <https://drafts.csswg.org/css-flexbox-1/#propdef-flex-shrink>
        "flex-shrink" flex_shrink / FlexShrink: NonNegative<SpecifiedNumber> = 1.0, Layout;
        /// <https://drafts.csswg.org/css-flexbox-1/#propdef-flex-basis>
        "flex-basis" flex_basis / FlexBasis: FlexBasis = Size::Auto, Layout;
        /// <https://drafts.csswg.org/css-display-4/#propdef-order>
        "order" order / Order: SpecifiedInteger = 0, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-align-content>
        "align-content" align_content / AlignContent: AlignContent = AlignContent::NORMAL, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-align-items>
        "align-items" align_items / AlignItems: AlignItems = AlignItems::NORMAL, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-align-self>
        "align-self" align_self / AlignSelf: AlignSelf = AlignSelf::AUTO, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-justify-content>
        "justify-content" justify_content / JustifyContent: JustifyContent = JustifyContent::NORMAL, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-justify-items>
        "justify-items" justify_items / JustifyItems: JustifyItems = JustifyItems { legacy: true, ..JustifyItems::NORMAL }, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-justify-self>
        "justify-self" justify_self / JustifySelf: JustifySelf = JustifySelf::AUTO, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-row-gap>
        "row-gap" row_gap / RowGap: NormalOr<NonNegativeLengthPercentage> = NormalOr::Normal, Layout;
        /// <https://drafts.csswg.org/css-align-3/#propdef-column-gap>
        "column-gap" column_gap / ColumnGap: NormalOr<NonNegativeLengthPercentage> = NormalOr::Normal, Layout;
        /// <https://drafts.csswg.org/css-overflow-4/#webkit-line-clamp>
        "-webkit-box-orient" box_orient / BoxOrient: BoxOrient = BoxOrient::Horizontal, Layout;
        /// <https://www.w3.org/TR/2009/WD-css3-flexbox-20090723/#displayorder>
        "-webkit-box-direction" box_direction / BoxDirection: BoxDirection = BoxDirection::Normal, Layout;
        /// <https://www.w3.org/TR/2009/WD-css3-flexbox-20090723/#alignment>
        "-webkit-box-align" box_align / BoxAlign: BoxAlign = BoxAlign::Stretch, Layout;
        /// <https://www.w3.org/TR/2009/WD-css3-flexbox-20090723/#packing>
        "-webkit-box-pack" box_pack / BoxPack: BoxPack = BoxPack::Start, Layout;
        /// <https://www.w3.org/TR/2009/WD-css3-flexbox-20090723/#flexibility>
        "-webkit-box-flex" box_flex / BoxFlex: NonNegative<SpecifiedNumber> = 0.0, Layout;
        /// <https://www.w3.org/TR/2009/WD-css3-flexbox-20090723/#displayorder>
        "-webkit-box-ordinal-group" box_ordinal_group / BoxOrdinalGroup: PositiveInteger = 1, Layout;
    }
}
