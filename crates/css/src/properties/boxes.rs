//! Boxes: what they are, where they stand, what of them is seen.
//! <https://drafts.csswg.org/css2/> <https://drafts.csswg.org/css-display-4/> <https://drafts.csswg.org/css-overflow-3/>

use crate::ComputedStyle;
use crate::values::AutoOr;
use crate::values::combinators::Boxed;
use crate::values::display::Display;
use crate::values::length::SpecifiedLength;
use crate::values::number::SpecifiedInteger;
use crate::values::shape::ClipRect;
use crate::values::text::{SpecifiedVerticalAlign, VerticalAlign};

pub use crate::values::overflow::{Contain, OverflowClipMargin, SpecifiedOverflowClipMargin};

keywords! {
    /// <https://drafts.csswg.org/css-position-3/#position-property>
    pub enum Position {
        Static = "static", Relative = "relative", Absolute = "absolute", Fixed = "fixed",
        Sticky = "sticky",
    }
}

impl Position {
    /// Whether the box is out of flow and positioned.
    pub const fn is_absolutely_positioned(self) -> bool {
        matches!(self, Position::Absolute | Position::Fixed)
    }
}

keywords! {
    /// <https://drafts.csswg.org/css2/#propdef-float>
    pub enum Float {
        None = "none", Left = "left", Right = "right", InlineStart = "inline-start", InlineEnd = "inline-end",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css2/#propdef-clear>
    pub enum Clear {
        None = "none", Left = "left", Right = "right", Both = "both", InlineStart = "inline-start",
        InlineEnd = "inline-end",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-overflow-3/#propdef-overflow>
    pub enum Overflow {
        Visible = "visible", Hidden = "hidden", Clip = "clip", Scroll = "scroll", Auto = "auto" | "overlay",
    }
}

impl ComputedStyle {
    /// The containment of the box: what `contain` says, and what comes with `content-visibility`. A box that may skip its
    /// contents (`auto`) is one that does not; layout gives those that do the style of `hidden`.
    /// <https://drafts.csswg.org/css-contain-2/#content-visibility>
    pub fn containment(&self) -> Contain {
        let contents = match self.boxes.content_visibility {
            ContentVisibility::Visible => return self.boxes.contain,
            ContentVisibility::Hidden => Contain::STRICT,
            ContentVisibility::Auto => Contain::CONTENT,
        };
        self.boxes.contain | contents
    }
}

impl Overflow {
    /// Whether the box is a scroll container.
    pub const fn is_scrollable(self) -> bool {
        matches!(self, Overflow::Hidden | Overflow::Scroll | Overflow::Auto)
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-sizing-3/#box-sizing>
    pub enum BoxSizing { ContentBox = "content-box", BorderBox = "border-box" }
}

keywords! {
    /// <https://drafts.csswg.org/css-contain-2/#content-visibility>
    pub enum ContentVisibility { Visible = "visible", Hidden = "hidden", Auto = "auto" }
}

keywords! {
    /// <https://drafts.csswg.org/css-ui-4/#appearance-switching>
    pub enum Appearance {
        None = "none", Auto = "auto", MenulistButton = "menulist-button", Textfield = "textfield", Button = "button",
        Checkbox = "checkbox", Listbox = "listbox", Menulist = "menulist", Meter = "meter",
        ProgressBar = "progress-bar", PushButton = "push-button", Radio = "radio", Searchfield = "searchfield",
        SliderHorizontal = "slider-horizontal", SquareButton = "square-button", Textarea = "textarea",
        BaseSelect = "base-select",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-ui-4/#resize>
    pub enum Resize {
        None = "none", Both = "both", Horizontal = "horizontal", Vertical = "vertical", Block = "block",
        Inline = "inline",
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-tables-3/#table-layout-property>
    pub enum TableLayout { Auto = "auto", Fixed = "fixed" }
}

keywords! {
    /// <https://drafts.csswg.org/css-inline-3/#baseline-source>
    pub enum BaselineSource { Auto = "auto", First = "first", Last = "last" }
}

longhands! {
    /// Boxes.
    group Boxes: reset {
        /// <https://drafts.csswg.org/css-display-4/#propdef-display>
        "display" display / Display: Display = Display::INLINE, Boxes;
        /// <https://drafts.csswg.org/css-position-3/#propdef-position>
        "position" position / Position: Position = Position::Static, Boxes;
        /// <https://drafts.csswg.org/css2/#propdef-float>
        "float" float / Float: Float = Float::None, Boxes;
        /// <https://drafts.csswg.org/css2/#propdef-clear>
        "clear" clear / Clear: Clear = Clear::None, Layout;
        /// <https://drafts.csswg.org/css2/#propdef-z-index>
        "z-index" z_index / ZIndex: AutoOr<SpecifiedInteger> = AutoOr::Auto, Stacking;
        /// <https://drafts.csswg.org/css-overflow-3/#propdef-overflow-x>
        "overflow-x" overflow_x / OverflowX: Overflow = Overflow::Visible, Layout;
        /// <https://drafts.csswg.org/css-overflow-3/#propdef-overflow-y>
        "overflow-y" overflow_y / OverflowY: Overflow = Overflow::Visible, Layout;
        /// <https://drafts.csswg.org/css-overflow-4/#overflow-clip-margin>
        "overflow-clip-margin" overflow_clip_margin / OverflowClipMargin:
            SpecifiedOverflowClipMargin = OverflowClipMargin::ZERO, Stacking;
        /// <https://drafts.csswg.org/css-sizing-3/#propdef-box-sizing>
        "box-sizing" box_sizing / BoxSizing: BoxSizing = BoxSizing::ContentBox, Layout;
        /// <https://drafts.csswg.org/css2/#propdef-vertical-align>
        "vertical-align" vertical_align / VerticalAlign: SpecifiedVerticalAlign = VerticalAlign::BASELINE, Layout;
        /// <https://drafts.csswg.org/css-inline-3/#propdef-baseline-source>
        "baseline-source" baseline_source / BaselineSource: BaselineSource = BaselineSource::Auto, Layout;
        /// <https://drafts.csswg.org/css-tables-3/#propdef-table-layout>
        "table-layout" table_layout / TableLayout: TableLayout = TableLayout::Auto, Layout;
        /// <https://drafts.csswg.org/css-contain-2/#propdef-contain>
        "contain" contain / Contain: Contain = Contain::empty(), Layout;
        /// <https://drafts.csswg.org/css-contain-2/#propdef-content-visibility>
        "content-visibility" content_visibility / ContentVisibility: ContentVisibility = ContentVisibility::Visible, Boxes;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-appearance>
        "appearance" appearance / Appearance: Appearance = Appearance::None, Boxes;
        /// <https://drafts.csswg.org/css-ui-4/#propdef-resize>
        "resize" resize / Resize: Resize = Resize::None, Paint;
        /// <https://drafts.csswg.org/css-masking-1/#propdef-clip>
        "clip" clip / Clip: Boxed<AutoOr<ClipRect<SpecifiedLength>>> = AutoOr::Auto, Stacking;
    }
}
