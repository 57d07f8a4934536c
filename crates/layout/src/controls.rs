//! The sizes that form controls have by themselves, and where they put what they show.
//! <https://html.spec.whatwg.org/multipage/rendering.html#form-controls>

use fanlight_base::LayoutUnit;
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::{Appearance, Overflow};
use fanlight_css::properties::ui::FieldSizing;
use fanlight_css::values::font::FontFamily;
use fanlight_text::{Direction, ShapeOptions};

use crate::box_tree::controls::ICON_PADDING;
use crate::box_tree::text_transform::transformed;
use crate::box_tree::{BoxId, Control, ControlKind};
use crate::flow::LogicalSides;
use crate::formatting::{FragmentBuilder, Layouter, MinMax};
use crate::fragment::Fragment;
use crate::inline::BoxText;
use crate::style;

/// How thick scroll bars are, in CSS px. Text areas have room for one in any case.
const SCROLL_BAR: f32 = 15.0;
/// How wide the buttons for the next and the previous number are, in CSS px.
const SPIN_BUTTON: f32 = 15.0;
/// The side of check boxes and radio buttons, in CSS px.
const CHECK_SIDE: f32 = 13.0;
/// A slider along its lines and across them, in CSS px.
const SLIDER: [f32; 2] = [129.0, 16.0];
/// How many times the width of a `0` a file field is wide.
const FILE_ZEROS: f32 = 34.0;
/// The families whose average advance Chromium does not believe.
const FAMILIES_WITH_WRONG_AVERAGE: [&str; 34] = [
    "American Typewriter",
    "Arial Hebrew",
    "Chalkboard",
    "Cochin",
    "Corsiva Hebrew",
    "Courier",
    "Euphemia UCAS",
    "Geneva",
    "Gill Sans",
    "Hei",
    "Helvetica",
    "Hoefler Text",
    "InaiMathi",
    "Kai",
    "Lucida Grande",
    "Marker Felt",
    "Monaco",
    "Mshtakan",
    "New Peninim MT",
    "Osaka",
    "Raanana",
    "STHeiti",
    "Symbol",
    "Times",
    "Apple Braille",
    "Apple LiGothic",
    "Apple LiSung",
    "Apple Myungjo",
    "AppleGothic",
    "AppleMyungjo",
    "#GungSeo",
    "#HeadLineA",
    "#PCMyungjo",
    "#PilGi",
];
/// Below an option, in CSS px.
const OPTION_PADDING: i32 = 1;
/// From the content edge of a colour field to the line around the colour, above and below, in CSS px.
const SWATCH_PADDING: i32 = 4;
/// And at the sides.
const SWATCH_SIDE_PADDING: f32 = 2.0;
/// How thick that line is, in CSS px.
const SWATCH_BORDER: f32 = 1.0;

/// The content-box min-content and max-content inline sizes of a control, where they do not follow from what it shows.
pub(crate) fn inline_sizes(layouter: &Layouter<'_>, id: BoxId) -> Option<MinMax> {
    let layout_box = layouter.boxes.get(id);
    let computed = &layout_box.style;
    let text = || BoxText::new(layouter, computed);
    let mode = style::writing_mode(computed);
    let kind = &layout_box.control.as_ref()?.kind;
    if sizes_by_content(computed, kind) {
        return None;
    }
    let size = match kind {
        ControlKind::TextField { characters, has_spin_button } => {
            let text = text();
            let average = average_advance(&text);
            // The widest glyph has room at the end.
            let last = match says_its_average(computed) {
                true => (text.stack.metrics().bounds_width.round() - average).max(0.0),
                false => 0.0,
            };
            (average * *characters as f32 + last).ceil() + if *has_spin_button { SPIN_BUTTON } else { 0.0 }
        }
        ControlKind::TextArea { columns, .. } => {
            let (_, across) = overflow(computed);
            let bar = if matches!(across, Overflow::Hidden | Overflow::Clip) { 0.0 } else { SCROLL_BAR };
            (average_advance(&text()) * *columns as f32).ceil() + bar
        }
        ControlKind::File => (width_of(&text(), "0") * FILE_ZEROS).ceil(),
        ControlKind::Menulist(labels) => {
            let text = text();
            labels.iter().map(|label| width_of(&text, label)).fold(0.0, f32::max).ceil()
                + label_edges(layouter, id).inline_sum().to_f32()
        }
        ControlKind::Range(_) => SLIDER[0],
        ControlKind::Checkbox { .. } | ControlKind::Radio { .. } => {
            return themed_check_side(computed, |edges| edges.inline_sum()).map(MinMax::both);
        }
        ControlKind::Color(_) => {
            return Some(MinMax::both(LayoutUnit::from_f32(2.0 * (SWATCH_SIDE_PADDING + SWATCH_BORDER))));
        }
        ControlKind::Button
        | ControlKind::SliderThumb
        | ControlKind::ListBox { .. }
        | ControlKind::DateTime(_)
        | ControlKind::Progress(_)
        | ControlKind::Meter { .. } => return None,
    };
    let size = LayoutUnit::from_f32_ceil(size);
    let min = crate::formatting::sizing::compressed_by_size(computed, mode, size);
    Some(MinMax { min, max: size })
}

/// `overflow` along lines and across them.
fn overflow(computed: &ComputedStyle) -> (Overflow, Overflow) {
    let boxes = &computed.boxes;
    if style::writing_mode(computed).is_horizontal() {
        (boxes.overflow_x, boxes.overflow_y)
    } else {
        (boxes.overflow_y, boxes.overflow_x)
    }
}

/// Whether a control is as large as what is in it. <https://drafts.csswg.org/css-forms-1/#field-sizing>
fn sizes_by_content(computed: &ComputedStyle, kind: &ControlKind) -> bool {
    let has_size = matches!(
        kind,
        ControlKind::TextField { .. }
            | ControlKind::TextArea { .. }
            | ControlKind::File
            | ControlKind::Menulist(_)
            | ControlKind::ListBox { .. }
    );
    has_size && computed.ui.field_sizing == FieldSizing::Content
}

/// How wide the characters are that a text field counts its width in, in CSS px: rounded up where that is the nearest, as
/// in Chromium.
fn average_advance(text: &BoxText) -> f32 {
    if says_its_average(&text.computed) {
        let average = text.stack.metrics().average_advance;
        average.max(average.round())
    } else {
        width_of(text, "0")
    }
}

/// Whether the average advance of the font is believed. Those of some families are wrong, wherever these are asked for.
fn says_its_average(computed: &ComputedStyle) -> bool {
    !matches!(
        computed.font.font_family.iter().next(),
        Some(FontFamily::Named(name)) if FAMILIES_WITH_WRONG_AVERAGE.contains(&&**name)
    )
}

/// The content box of a check box or radio button with the theme's look: the border box has a fixed size.
fn themed_check_side(
    computed: &ComputedStyle,
    edges: impl FnOnce(LogicalSides) -> LayoutUnit,
) -> Option<LayoutUnit> {
    if computed.boxes.appearance == Appearance::None {
        return None;
    }
    let side = LayoutUnit::from_f32(CHECK_SIDE);
    if !style::is_border_box(computed) {
        return Some(side);
    }
    let own =
        crate::formatting::sizing::edges(computed, style::writing_mode(computed), LayoutUnit::ZERO).sum();
    Some((side - edges(own)).clamp_negative_to_zero())
}

/// The room around the label of a drop-down list.
fn label_edges(layouter: &Layouter<'_>, id: BoxId) -> LogicalSides {
    let mode = style::writing_mode(&layouter.boxes.get(id).style);
    let edges = |child: &BoxId| {
        crate::formatting::sizing::edges(&layouter.boxes.get(*child).style, mode, LayoutUnit::ZERO).sum()
    };
    layouter.boxes.children(id).first().map_or_else(LogicalSides::default, edges)
}

/// How wide a text is on one line, in CSS px.
fn width_of(text: &BoxText, characters: &str) -> f32 {
    let computed = &text.computed;
    let transformed = transformed(computed, characters);
    let options = ShapeOptions {
        direction: if style::writing_mode(computed).is_rtl { Direction::Rtl } else { Direction::Ltr },
        orientation: style::orientation(computed, style::writing_mode(computed)),
        letter_spacing: style::letter_spacing(computed),
        word_spacing: style::word_spacing(computed),
        autospace: style::has_autospace(computed),
        keeps_full_width: style::keeps_full_width(computed),
    };
    text.stack.shape(&transformed, 0..transformed.len(), &options).width()
}

/// The border-box block size of a control, where it does not follow from what it shows; `natural` is what does.
pub(crate) fn block_size(
    layouter: &Layouter<'_>,
    id: BoxId,
    builder: &FragmentBuilder,
    edges: LogicalSides,
    natural: LayoutUnit,
) -> LayoutUnit {
    let layout_box = layouter.boxes.get(id);
    let computed = &layout_box.style;
    let Some(control) = &layout_box.control else { return natural };
    let text = || BoxText::new(layouter, computed);
    let own = match &control.kind {
        ControlKind::TextField { .. } => {
            let text = text();
            // Lines are not lower than the font asks.
            if style::line_height(computed)
                .is_some_and(|height| height <= LayoutUnit::from_f32_round(style::font_size(computed)))
            {
                LayoutUnit::from_f32(text.stack.metrics().line_spacing)
            } else {
                text.line.height()
            }
        }
        _ if sizes_by_content(computed, &control.kind) => return natural,
        ControlKind::TextArea { rows, .. } => {
            let (along, _) = overflow(computed);
            let bar = if along == Overflow::Scroll { SCROLL_BAR } else { 0.0 };
            text().line.height() * i32::try_from(*rows).unwrap_or(i32::MAX) + LayoutUnit::from_f32(bar)
        }
        ControlKind::ListBox { rows } => {
            let highest = highest_item(layouter, builder)
                .unwrap_or_else(|| text().metrics.height() + LayoutUnit::from_px(OPTION_PADDING));
            highest * i32::try_from(*rows).unwrap_or(i32::MAX)
        }
        ControlKind::DateTime(icon) => {
            let icon = icon.side(style::font_size(computed)) + 2.0 * ICON_PADDING;
            return natural.max(LayoutUnit::from_f32(icon) + edges.block_sum());
        }
        // As high as its parts, where it has some.
        ControlKind::Range(_) if !layouter.boxes.children(id).is_empty() => return natural,
        ControlKind::Range(_) => LayoutUnit::from_f32(SLIDER[1]),
        // A line of the label has no room besides its font's.
        ControlKind::Menulist(_) if style::line_height(computed).is_none() => {
            text().metrics.height() + label_edges(layouter, id).block_sum()
        }
        ControlKind::Color(_) => {
            LayoutUnit::from_px(2 * SWATCH_PADDING) + LayoutUnit::from_f32(2.0 * SWATCH_BORDER)
        }
        ControlKind::Checkbox { .. } | ControlKind::Radio { .. } => {
            match themed_check_side(computed, |edges| edges.block_sum()) {
                Some(side) => side,
                None => return natural,
            }
        }
        ControlKind::Button
        | ControlKind::SliderThumb
        | ControlKind::File
        | ControlKind::Menulist(_)
        | ControlKind::Progress(_)
        | ControlKind::Meter { .. } => return natural,
    };
    own + edges.block_sum()
}

/// The block size of the highest option, or label of a group, in a list box.
fn highest_item(layouter: &Layouter<'_>, builder: &FragmentBuilder) -> Option<LayoutUnit> {
    builder
        .fragments()
        .filter_map(|fragment| match fragment {
            Fragment::Box(fragment) => Some(fragment),
            _ => None,
        })
        .map(|item| {
            let mode = style::writing_mode(layouter.boxes.style_of(item.style));
            let block_size = |size| crate::flow::LogicalSize::from_physical(size, mode).block;
            // In a group the options are one level deeper.
            let inner = item.children.iter().filter_map(|link| match &link.fragment {
                Fragment::Box(option) => Some(block_size(option.size)),
                _ => None,
            });
            inner.max().unwrap_or_else(|| block_size(item.size))
        })
        .max()
}

/// Moves what a control shows to its middle, and sets its baselines. The border box is `block_size` high, of which the
/// content and all edges take `natural`.
pub(crate) fn align(
    control: &Control,
    computed: &ComputedStyle,
    builder: &mut FragmentBuilder,
    edges: LogicalSides,
    natural: LayoutUnit,
    block_size: LayoutUnit,
) {
    let room = block_size - natural;
    let has_theme = computed.boxes.appearance != Appearance::None;
    let baseline = match &control.kind {
        // What does not fit begins at the edge.
        ControlKind::Button | ControlKind::Menulist(_) => {
            builder.shift_block(room.clamp_negative_to_zero() / 2);
            if builder.first_baseline.is_some() {
                return;
            }
            Some(block_size - edges.block_end)
        }
        ControlKind::TextField { .. } | ControlKind::DateTime(_) => {
            builder.shift_block(room / 2);
            return;
        }
        ControlKind::File | ControlKind::SliderThumb => return,
        ControlKind::Checkbox { .. } | ControlKind::Radio { .. } if !has_theme => return,
        ControlKind::Checkbox { .. } | ControlKind::Radio { .. } => Some(block_size),
        ControlKind::Range(_) => {
            builder.shift_block(room / 2);
            Some(block_size)
        }
        ControlKind::Color(_) => Some(block_size - edges.block_end - LayoutUnit::from_px(SWATCH_PADDING)),
        // The block-end margin edge.
        ControlKind::TextArea { .. }
        | ControlKind::ListBox { .. }
        | ControlKind::Progress(_)
        | ControlKind::Meter { .. } => None,
    };
    (builder.first_baseline, builder.last_baseline) = (baseline, baseline);
}
