//! `display`.
//! <https://drafts.csswg.org/css-display-4/#the-display-properties>

use cssparser::match_ignore_ascii_case;

use super::Parse;
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

/// What boxes an element generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Display {
    /// `none`: no box, for the element and all it contains.
    None,
    /// `contents`: no box of its own.
    Contents,
    /// A box with an inside and an outside.
    Box {
        /// How the box takes part in its parent's layout.
        outside: DisplayOutside,
        /// The layout of what it contains.
        inside: DisplayInside,
        /// Whether it has a marker too.
        list_item: bool,
    },
    /// A part of a table or of a ruby annotation.
    Internal(DisplayInternal),
}

keywords! {
    /// How a box takes part in its parent's layout.
    pub enum DisplayOutside { Block = "block", Inline = "inline" }
}

keywords! {
    /// The layout of what a box contains.
    pub enum DisplayInside {
        Flow = "flow", FlowRoot = "flow-root", Table = "table", Flex = "flex", Grid = "grid", Ruby = "ruby", Math = "math",
        WebkitBox = "-webkit-box",
    }
}

keywords! {
    /// A part of a table or of a ruby annotation.
    pub enum DisplayInternal {
        TableRowGroup = "table-row-group", TableHeaderGroup = "table-header-group",
        TableFooterGroup = "table-footer-group", TableRow = "table-row", TableCell = "table-cell",
        TableColumnGroup = "table-column-group", TableColumn = "table-column", TableCaption = "table-caption",
        RubyText = "ruby-text",
    }
}

impl Display {
    /// `block`
    pub const BLOCK: Display = Display::new(DisplayOutside::Block, DisplayInside::Flow);
    /// `inline`
    pub const INLINE: Display = Display::new(DisplayOutside::Inline, DisplayInside::Flow);
    /// `inline-block`
    pub const INLINE_BLOCK: Display = Display::new(DisplayOutside::Inline, DisplayInside::FlowRoot);
    /// `flow-root`
    pub const FLOW_ROOT: Display = Display::new(DisplayOutside::Block, DisplayInside::FlowRoot);
    /// `list-item`
    pub const LIST_ITEM: Display =
        Display::Box { outside: DisplayOutside::Block, inside: DisplayInside::Flow, list_item: true };
    /// `table`
    pub const TABLE: Display = Display::new(DisplayOutside::Block, DisplayInside::Table);
    /// `flex`
    pub const FLEX: Display = Display::new(DisplayOutside::Block, DisplayInside::Flex);
    /// `grid`
    pub const GRID: Display = Display::new(DisplayOutside::Block, DisplayInside::Grid);

    /// A box that is no list item.
    pub const fn new(outside: DisplayOutside, inside: DisplayInside) -> Display {
        Display::Box { outside, inside, list_item: false }
    }

    /// Whether no box is generated for the element and what it contains.
    pub const fn is_none(self) -> bool {
        matches!(self, Display::None)
    }

    /// Whether the box takes part in an inline formatting context.
    pub const fn is_inline_level(self) -> bool {
        matches!(
            self,
            Display::Box { outside: DisplayOutside::Inline, .. }
                | Display::Internal(DisplayInternal::RubyText)
        )
    }

    /// Whether the box takes part in a block formatting context.
    pub const fn is_block_level(self) -> bool {
        matches!(self, Display::Box { outside: DisplayOutside::Block, .. })
    }

    /// Whether the box has a marker.
    pub const fn is_list_item(self) -> bool {
        matches!(self, Display::Box { list_item: true, .. })
    }

    /// The layout of what the box contains.
    pub const fn inside(self) -> Option<DisplayInside> {
        match self {
            Display::Box { inside, .. } => Some(inside),
            _ => None,
        }
    }

    /// Whether this is a part of a table.
    pub const fn is_internal_table(self) -> bool {
        matches!(
            self,
            Display::Internal(
                DisplayInternal::TableRowGroup
                    | DisplayInternal::TableHeaderGroup
                    | DisplayInternal::TableFooterGroup
                    | DisplayInternal::TableRow
                    | DisplayInternal::TableCell
                    | DisplayInternal::TableColumnGroup
                    | DisplayInternal::TableColumn
                    | DisplayInternal::TableCaption
            )
        )
    }

    /// Whether this is a `-webkit-box`, the flex container of the specification's first draft.
    /// <https://compat.spec.whatwg.org/#css-keyword-mappings>
    pub const fn is_webkit_box(self) -> bool {
        matches!(self, Display::Box { inside: DisplayInside::WebkitBox, .. })
    }

    /// Whether this is a flex or grid container.
    pub const fn is_flex_or_grid(self) -> bool {
        matches!(
            self,
            Display::Box { inside: DisplayInside::Flex | DisplayInside::Grid | DisplayInside::WebkitBox, .. }
        )
    }

    /// The same outside, with a block formatting context inside.
    #[must_use]
    pub const fn with_flow_root_inside(self) -> Display {
        match self {
            Display::Box { outside, list_item, .. } => {
                Display::Box { outside, inside: DisplayInside::FlowRoot, list_item }
            }
            other => other,
        }
    }

    /// The block-level display of the same kind: what floats, absolutely positioned boxes, flex and grid items and the
    /// root have.
    /// <https://drafts.csswg.org/css-display-4/#blockify>
    #[must_use]
    pub const fn blockified(self) -> Display {
        match self {
            Display::None | Display::Contents => self,
            Display::Box { outside: DisplayOutside::Block, .. } => self,
            Display::Box { outside: DisplayOutside::Inline, inside, list_item } => {
                // `inline-block` becomes `block`, for compatibility.
                let inside = match inside {
                    DisplayInside::FlowRoot => DisplayInside::Flow,
                    other => other,
                };
                Display::Box { outside: DisplayOutside::Block, inside, list_item }
            }
            Display::Internal(_) => Display::BLOCK,
        }
    }

    /// The inline-level display of the same kind: what ruby does to its contents.
    /// <https://drafts.csswg.org/css-display-4/#inlinify>
    #[must_use]
    pub const fn inlinified(self) -> Display {
        match self {
            Display::Box { outside: DisplayOutside::Block, inside, list_item } => {
                let inside = match inside {
                    DisplayInside::Flow => DisplayInside::FlowRoot,
                    other => other,
                };
                Display::Box { outside: DisplayOutside::Inline, inside, list_item }
            }
            // Parts of tables stay: an inline table is made around them.
            _ => self,
        }
    }
}

/// A keyword that says everything alone.
fn legacy_keyword(keyword: &str) -> Option<Display> {
    let inline = |inside| Display::new(DisplayOutside::Inline, inside);
    Some(match_ignore_ascii_case! { keyword,
        "none" => Display::None,
        "contents" => Display::Contents,
        "inline-block" => Display::INLINE_BLOCK,
        "inline-table" => inline(DisplayInside::Table),
        "inline-flex" | "-webkit-inline-flex" => inline(DisplayInside::Flex),
        "inline-grid" => inline(DisplayInside::Grid),
        "-webkit-inline-box" => inline(DisplayInside::WebkitBox),
        "-webkit-flex" => Display::FLEX,
        _ => return DisplayInternal::from_keyword(keyword).map(Display::Internal),
    })
}

impl Parse for Display {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        let first = input.expect_ident()?;
        if let Some(display) = legacy_keyword(first) {
            return Ok(display);
        }
        let mut outside = None;
        let mut inside = None;
        let mut list_item = false;
        let mut take = |keyword: &str| -> bool {
            if let Some(found) = DisplayOutside::from_keyword(keyword) {
                outside.replace(found).is_none()
            } else if let Some(found) = DisplayInside::from_keyword(keyword) {
                inside.replace(found).is_none()
            } else if keyword.eq_ignore_ascii_case("list-item") {
                !std::mem::replace(&mut list_item, true)
            } else {
                false
            }
        };
        if !take(first) {
            return Err(invalid_value());
        }
        while let Ok(keyword) = input.try_parse(Parser::expect_ident_cloned) {
            if !take(&keyword) {
                return Err(invalid_value());
            }
        }
        let inside = inside.unwrap_or(DisplayInside::Flow);
        if list_item && !matches!(inside, DisplayInside::Flow | DisplayInside::FlowRoot) {
            return Err(invalid_value());
        }
        // Ruby and mathematics are inline by themselves; everything else is block.
        let natural = match inside {
            DisplayInside::Ruby | DisplayInside::Math => DisplayOutside::Inline,
            _ => DisplayOutside::Block,
        };
        Ok(Display::Box { outside: outside.unwrap_or(natural), inside, list_item })
    }
}

impl ToCss for Display {
    /// The shortest form.
    fn to_css(&self, out: &mut String) {
        use DisplayInside as In;
        use DisplayOutside as Out;
        let (outside, inside, list_item) = match *self {
            Display::None => return out.push_str("none"),
            Display::Contents => return out.push_str("contents"),
            Display::Internal(internal) => return internal.to_css(out),
            Display::Box { outside, inside, list_item } => (outside, inside, list_item),
        };
        if list_item {
            if outside == Out::Inline {
                out.push_str("inline ");
            }
            if inside != In::Flow {
                inside.to_css(out);
                out.push(' ');
            }
            return out.push_str("list-item");
        }
        match (outside, inside) {
            (_, In::Flow) => outside.to_css(out),
            (Out::Inline, In::FlowRoot) => out.push_str("inline-block"),
            (Out::Inline, In::Table | In::Flex | In::Grid) => {
                out.push_str("inline-");
                inside.to_css(out);
            }
            (Out::Inline, In::WebkitBox) => out.push_str("-webkit-inline-box"),
            (Out::Block, In::Ruby | In::Math) => {
                out.push_str("block ");
                inside.to_css(out);
            }
            _ => inside.to_css(out),
        }
    }
}

computes_to_itself!(Display);

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<Display> {
        Parser::new(text).parse_entirely(|input| Display::parse(input, &ParseContext::default())).ok()
    }

    #[test]
    fn long_forms_are_written_short() {
        for (text, short) in [
            ("block flow", "block"),
            ("inline flow-root", "inline-block"),
            ("flex block", "flex"),
            ("inline grid", "inline-grid"),
            ("list-item block flow", "list-item"),
            ("inline list-item", "inline list-item"),
            ("ruby", "ruby"),
            ("block ruby", "block ruby"),
            ("TABLE-CELL", "table-cell"),
        ] {
            assert_eq!(parsed(text).map(|display| display.to_css_string()).as_deref(), Some(short), "{text}");
        }
        for wrong in ["block inline", "flex list-item", "none block", "table-cell block", ""] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn blockifying_keeps_the_inside() {
        assert_eq!(parsed("inline-flex").unwrap().blockified(), Display::FLEX);
        assert_eq!(parsed("inline-block").unwrap().blockified(), Display::BLOCK);
        assert_eq!(parsed("table-row").unwrap().blockified(), Display::BLOCK);
        assert_eq!(Display::Contents.blockified(), Display::Contents);
    }
}
