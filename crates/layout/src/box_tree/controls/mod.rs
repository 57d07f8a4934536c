//! Form controls. <https://html.spec.whatwg.org/multipage/rendering.html#form-controls>
//!
//! A control is a block container with anonymous boxes inside for what it shows: Chromium's shadow trees. What has no text
//! (a check box, a slider, a bar) is empty, and drawn when painting. [`crate::controls`] knows the sizes.

mod date_time;
mod fields;
mod lists;
mod parts;
mod range;

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::{LayoutUnit, LocalName, Rgba};
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::Appearance;
use fanlight_css::values::NoneOr;
use fanlight_css::values::border::LineStyle;
use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal, DisplayOutside};
use fanlight_css::values::font::LineHeight;
use fanlight_dom::form::{InputType, is_checked, is_disabled, is_list_box};
use fanlight_dom::{Document, ElementData, ElementState, NodeId};

use super::BoxId;
use super::construct::Builder;
use super::microsyntaxes::non_negative_integer;
use crate::flow::LogicalSides;
use crate::formatting::sizing;
use crate::style;

pub(crate) use date_time::ICON_PADDING;
pub use date_time::PickerIcon;

/// The face that the user-agent style sheet gives buttons, and those that are disabled: red, green, blue, alpha.
const BUTTON_FACES: [[u8; 4]; 2] = [[0xef, 0xef, 0xef, 0xff], [0xef, 0xef, 0xef, 0x4d]];

/// The form control that a box is.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Which one.
    pub kind: ControlKind,
    /// Whether it cannot be used. <https://html.spec.whatwg.org/multipage/semantics-other.html#concept-element-disabled>
    pub is_disabled: bool,
}

impl Control {
    /// Whether it is a button.
    pub fn is_button(&self) -> bool {
        self.kind == ControlKind::Button
    }
}

/// The kinds of form controls, with what decides their sizes and looks.
#[derive(Clone, Debug, PartialEq)]
pub enum ControlKind {
    /// One line of text.
    TextField {
        /// How many characters wide.
        characters: u32,
        /// Whether that width has buttons for the next and the previous number beside it.
        has_spin_button: bool,
    },
    /// Lines of text.
    TextArea {
        /// How many characters wide.
        columns: u32,
        /// How many lines high.
        rows: u32,
    },
    /// A date or a time in fields, and the icon of a picker.
    DateTime(PickerIcon),
    /// A button, whose content is centred.
    Button,
    /// A button that chooses files, and the name of the chosen one.
    File,
    /// A drop-down list, as wide as the widest of these labels.
    Menulist(Arc<[Box<str>]>),
    /// A list of options.
    ListBox {
        /// How many options high.
        rows: u32,
    },
    /// `<input type=checkbox>`
    Checkbox {
        /// Its checkedness.
        is_checked: bool,
        /// Whether it shows neither, as scripts can say.
        is_indeterminate: bool,
    },
    /// `<input type=radio>`
    Radio {
        /// Its checkedness.
        is_checked: bool,
    },
    /// `<input type=range>`: how far the thumb is along the track, 0 to 1.
    Range(f32),
    /// The thumb of a slider that is not drawn with it.
    SliderThumb,
    /// `<input type=color>`
    Color(Rgba),
    /// `<progress>`: how much is done, 0 to 1; nothing when that is not known.
    Progress(Option<f32>),
    /// `<meter>`
    Meter {
        /// How full it is, 0 to 1.
        part: f32,
        /// What that means.
        region: MeterRegion,
    },
}

/// How good the value of a `<meter>` is.
/// <https://html.spec.whatwg.org/multipage/form-elements.html#the-meter-element>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeterRegion {
    /// In the same region as the optimum.
    Optimum,
    /// In the region beside that of the optimum.
    Suboptimal,
    /// At the other end.
    EvenLessGood,
}

/// The form control that an element is.
pub(super) fn control_of(document: &Document, node: NodeId, element: &ElementData) -> Option<Control> {
    if !super::construct::is_html(element) {
        return None;
    }
    let kind = match element.name.local {
        local_name!("input") => input_kind(document, node, element)?,
        local_name!("textarea") => ControlKind::TextArea {
            columns: positive(element, &local_name!("cols")).unwrap_or(20),
            rows: positive(element, &local_name!("rows")).unwrap_or(2),
        },
        local_name!("button") => ControlKind::Button,
        local_name!("select") if is_list_box(document, node) => {
            ControlKind::ListBox { rows: positive(element, &local_name!("size")).unwrap_or(4) }
        }
        local_name!("select") => ControlKind::Menulist(lists::labels(document, node)),
        local_name!("progress") => {
            let max = float(element, &local_name!("max")).filter(|&max| max > 0.0).unwrap_or(1.0);
            let value = float(element, &local_name!("value"));
            ControlKind::Progress(value.map(|value| (value / max).clamp(0.0, 1.0)))
        }
        local_name!("meter") => meter(element),
        _ => return None,
    };
    Some(Control { kind, is_disabled: is_disabled(document, node, element) })
}

fn input_kind(document: &Document, node: NodeId, element: &ElementData) -> Option<ControlKind> {
    Some(match InputType::of(element) {
        InputType::Hidden | InputType::Image => return None,
        InputType::Submit | InputType::Reset | InputType::Button => ControlKind::Button,
        InputType::File => ControlKind::File,
        InputType::Checkbox => ControlKind::Checkbox {
            is_checked: is_checked(document, node, element),
            is_indeterminate: element.state().contains(ElementState::INDETERMINATE),
        },
        InputType::Radio => ControlKind::Radio { is_checked: is_checked(document, node, element) },
        InputType::Range => range(element),
        InputType::Color => ControlKind::Color(simple_color(element)),
        InputType::Date | InputType::Month | InputType::Week | InputType::LocalDateAndTime => {
            ControlKind::DateTime(PickerIcon::Calendar)
        }
        InputType::Time => ControlKind::DateTime(PickerIcon::Clock),
        InputType::Number => fields::number_field(element),
        InputType::Text
        | InputType::Search
        | InputType::Telephone
        | InputType::Url
        | InputType::Email
        | InputType::Password => {
            ControlKind::TextField { characters: fields::size(element), has_spin_button: false }
        }
    })
}

/// An attribute that is a number above 0. <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#limited-to-only-non-negative-numbers-greater-than-zero>
fn positive(element: &ElementData, name: &LocalName) -> Option<u32> {
    non_negative_integer(element.attribute(name)?).filter(|&number| number > 0)
}

/// <https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-floating-point-number-values>
fn float(element: &ElementData, name: &LocalName) -> Option<f32> {
    element.attribute(name)?.trim().parse::<f32>().ok().filter(|value| value.is_finite())
}

/// <https://html.spec.whatwg.org/multipage/input.html#range-state-(type=range)>
fn range(element: &ElementData) -> ControlKind {
    let min = float(element, &local_name!("min")).unwrap_or(0.0);
    let max = float(element, &local_name!("max")).unwrap_or(100.0);
    let value = element.input_value().trim().parse::<f32>().ok().filter(|value| value.is_finite());
    let value = value.unwrap_or(min + (max - min) / 2.0);
    ControlKind::Range(if max > min { ((value - min) / (max - min)).clamp(0.0, 1.0) } else { 0.0 })
}

/// <https://html.spec.whatwg.org/multipage/form-elements.html#the-meter-element>
fn meter(element: &ElementData) -> ControlKind {
    let number = |name| float(element, &name);
    let min = number(local_name!("min")).unwrap_or(0.0);
    let max = number(local_name!("max")).unwrap_or(1.0).max(min);
    let value = number(local_name!("value")).unwrap_or(0.0).clamp(min, max);
    let low = number(local_name!("low")).unwrap_or(min).clamp(min, max);
    let high = number(local_name!("high")).unwrap_or(max).clamp(low, max);
    let optimum = number(local_name!("optimum")).unwrap_or((min + max) / 2.0).clamp(min, max);
    let region = if optimum < low {
        if value <= low {
            MeterRegion::Optimum
        } else if value <= high {
            MeterRegion::Suboptimal
        } else {
            MeterRegion::EvenLessGood
        }
    } else if optimum > high {
        if value >= high {
            MeterRegion::Optimum
        } else if value >= low {
            MeterRegion::Suboptimal
        } else {
            MeterRegion::EvenLessGood
        }
    } else if (low..=high).contains(&value) {
        MeterRegion::Optimum
    } else {
        MeterRegion::Suboptimal
    };
    ControlKind::Meter { part: if max > min { (value - min) / (max - min) } else { 0.0 }, region }
}

/// The value of a colour control: `#` and six hexadecimal digits, else black.
/// <https://html.spec.whatwg.org/multipage/input.html#color-state-(type=color)>
fn simple_color(element: &ElementData) -> Rgba {
    let digits = element.input_value().trim().strip_prefix('#').filter(|digits| digits.len() == 6);
    digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).map_or(Rgba::BLACK, |number| {
        let [_, red, green, blue] = number.to_be_bytes();
        Rgba::from_u8(red, green, blue, 255)
    })
}

/// The style with the `display` that a control can have: its box is a block container, alone or on a line. `<button>` can be
/// a flex or grid container.
pub(super) fn used_style(
    control: Option<&Control>,
    element: &ElementData,
    mut computed: Arc<ComputedStyle>,
) -> Arc<ComputedStyle> {
    let Some(control) = control else { return computed };
    let outside = match computed.boxes.display {
        Display::Box { inside: DisplayInside::Flex | DisplayInside::Grid, .. }
            if element.is_html(&local_name!("button")) =>
        {
            return computed;
        }
        Display::Box { outside, .. } => outside,
        Display::Internal(DisplayInternal::TableCell) => DisplayOutside::Block,
        _ => DisplayOutside::Inline,
    };
    let display = Display::new(outside, DisplayInside::FlowRoot);
    if computed.boxes.display != display {
        Arc::make_mut(&mut Arc::make_mut(&mut computed).boxes).display = display;
    }
    if matches!(control.kind, ControlKind::Checkbox { .. } | ControlKind::Radio { .. })
        && computed.boxes.appearance != Appearance::None
        && has_edges(&computed)
    {
        // The theme's boxes have neither borders nor padding.
        let computed = Arc::make_mut(&mut computed);
        parts::pad(computed, LogicalSides::default());
        let border = Arc::make_mut(&mut computed.border);
        let zero = Default::default();
        (border.border_top_width, border.border_bottom_width) = (zero, zero);
        (border.border_left_width, border.border_right_width) = (zero, zero);
    }
    let ignores_line_height = match control.kind {
        ControlKind::Menulist(_) => computed.boxes.appearance != Appearance::None,
        ControlKind::Button => element.is_html(&local_name!("input")) && has_theme_of_button(&computed),
        _ => false,
    };
    if ignores_line_height {
        // The theme's are as high as their font.
        Arc::make_mut(&mut Arc::make_mut(&mut computed).font).line_height = LineHeight::Normal;
    }
    computed
}

/// Whether nobody gave a button another border or background than the user-agent style sheet does. Where the page says
/// `button` by name it has the look alone, as in Chromium.
fn has_theme_of_button(computed: &ComputedStyle) -> bool {
    let border = &computed.border;
    let corner = &border.border_top_left_radius;
    let background = &computed.background;
    !matches!(computed.boxes.appearance, Appearance::None | Appearance::Button)
        && border.border_top_style == LineStyle::Outset
        && corner.first.is_zero()
        && corner.second.is_zero()
        && background.background_image.iter().all(|image| matches!(image, NoneOr::None))
        && BUTTON_FACES.contains(&background.background_color.resolve(Rgba::BLACK).to_u8())
}

fn has_edges(computed: &ComputedStyle) -> bool {
    let edges = sizing::edges(computed, style::writing_mode(computed), LayoutUnit::from_px(100));
    edges != sizing::Edges::default()
}

/// An element that shows something of its own, and its box.
#[derive(Clone, Copy)]
pub(super) struct Host<'e> {
    pub node: NodeId,
    pub element: &'e ElementData,
    pub id: BoxId,
}

/// Adds what an element shows instead of its children; returns whether it does.
pub(super) fn contents(builder: &mut Builder<'_>, host: Host<'_>, children: &mut Vec<BoxId>) -> bool {
    let Some(control) = builder.tree.get(host.id).control.clone() else {
        return lists::group_or_option_contents(builder, host, children);
    };
    match control.kind {
        ControlKind::TextField { .. } => fields::text_field(builder, host, children),
        ControlKind::TextArea { .. } => fields::text_area(builder, host, children),
        ControlKind::DateTime(icon) => {
            date_time::contents(builder, host, icon, children);
        }
        ControlKind::Button => {
            if !host.element.is_html(&local_name!("input")) {
                return false;
            }
            let default = match InputType::of(host.element) {
                InputType::Submit => "Submit",
                InputType::Reset => "Reset",
                _ => "",
            };
            let label = host.element.attribute(&local_name!("value")).unwrap_or(default);
            parts::line(builder, host.node, host.id, label, children);
        }
        ControlKind::File => fields::file(builder, host, children),
        ControlKind::Menulist(_) => lists::menulist(builder, host, children),
        ControlKind::ListBox { .. } => lists::list_box(builder, host, children),
        // Nothing but generated content.
        ControlKind::Checkbox { .. } | ControlKind::Radio { .. } => {
            builder.generated(host.node, host.id, children)
        }
        ControlKind::Range(part) => range::contents(builder, host, part, children),
        // A part.
        ControlKind::SliderThumb
        | ControlKind::Color(_)
        | ControlKind::Progress(_)
        | ControlKind::Meter { .. } => {}
    }
    true
}
