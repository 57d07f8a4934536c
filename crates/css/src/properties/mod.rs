//! The property table.
//!
//! 1. Each group of longhands is a table in a module of its own ([`boxes`], [`font`], ...); a row adds a property.
//! 2. [`groups!`](self) makes of them the dense [`LonghandId`], [`PropertyDeclaration`] and [`ComputedStyle`].
//! 3. [`id`] finds properties by name, aliases and [`shorthands`] included; [`logical`] maps flow-relative ones to sides.
//! 4. [`declaration`] parses and writes declarations and blocks of them.
//! 5. [`cascade`] computes a style from the declarations that apply to an element.

#[macro_use]
mod macros;

mod adjust;
pub mod animation;
pub mod background;
mod block_text;
pub mod border;
pub mod boxes;
pub mod cascade;
#[cfg(test)]
pub(crate) mod cascade_tests;
pub mod columns;
pub mod content;
pub mod declaration;
pub mod effects;
pub mod flex;
pub mod font;
pub mod grid;
pub mod id;
pub mod inherited_text;
pub mod inherited_ui;
pub mod list;
pub mod logical;
#[cfg(test)]
pub(crate) mod round_trip_tests;
pub mod shorthands;
pub mod size;
pub mod svg;
pub mod svg_reset;
pub mod table;
#[cfg(test)]
mod test_support;
pub mod text;
pub mod transform;
pub mod ui;
#[cfg(test)]
mod value_tests;

use std::sync::{Arc, LazyLock};

pub use animation::Animation;
pub use background::Background;
pub use border::Border;
pub use boxes::Boxes;
pub use cascade::{
    CascadeLevel, CascadeOrigin, Cascaded, StyleInput, Winners, compute_style, compute_style_with_winners,
};
pub use columns::Columns;
pub use content::GeneratedContent;
pub use declaration::{CssWideKeyword, Declaration, DeclarationBlock, SourcePosition};
pub use effects::Effects;
pub use flex::Flex;
pub use font::Font;
pub use grid::Grid;
pub use id::{LonghandId, PropertyId};
pub use inherited_text::InheritedText;
pub use inherited_ui::InheritedUi;
pub use list::List;
pub use logical::LogicalLonghand;
pub use shorthands::ShorthandId;
pub use size::Size;
pub use svg::Svg;
pub use svg_reset::SvgReset;
pub use table::Table;
pub use text::Text;
pub use transform::Transform;
pub use ui::Ui;

use fanlight_base::Sides;

use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::ComputeContext;
use crate::values::display::Display;
use crate::variables::{CustomDeclaration, CustomProperties, UnparsedValue};

/// What a changed value makes necessary; each includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affects {
    /// Nothing that is seen.
    Nothing,
    /// Painting again.
    Paint,
    /// Building stacking contexts, clips and layers again.
    Stacking,
    /// Layout, be it only of what can be scrolled to.
    Layout,
    /// Shaping text again.
    Text,
    /// Generating boxes again, and the text of their lines.
    Boxes,
}

/// What the table knows of a longhand.
#[derive(Debug)]
pub struct LonghandInfo {
    /// The name in CSS.
    pub name: &'static str,
    /// What a change makes necessary.
    pub affects: Affects,
    /// Whether the property inherits.
    pub inherited: bool,
}

/// What a group of longhands can do; [`longhands!`](self) implements it. An index is the place in the group.
pub(crate) trait Group: Clone + PartialEq + Default {
    /// The declarations of the group.
    type Declaration;
    /// Whether the group's properties inherit.
    const INHERITED: bool;
    /// The group's properties.
    const LONGHANDS: &'static [LonghandInfo];

    fn parse(index: u8, input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self::Declaration>;
    fn apply(group: &mut Arc<Self>, declaration: &Self::Declaration, context: &ComputeContext<'_>);
    fn copy(group: &mut Arc<Self>, index: u8, from: &Self);
    fn write(&self, index: u8, out: &mut String);
    fn is_same(&self, other: &Self, index: u8) -> bool;
    fn affects(&self, other: &Self) -> Affects;
    fn declaration_index(declaration: &Self::Declaration) -> u8;
    fn write_declaration(declaration: &Self::Declaration, out: &mut String);
}

groups! {
    /// Boxes: `display`, `position`, `float`, `overflow`.
    boxes: Boxes,
    /// Sizes, margins, paddings, insets.
    size: Size,
    /// Borders and outlines.
    border: Border,
    /// Backgrounds.
    background: Background,
    /// Opacity, shadows, filters, masks.
    effects: Effects,
    /// Transforms.
    transform: Transform,
    /// Flex containers and items, and box alignment.
    flex: Flex,
    /// Grid containers and items.
    grid: Grid,
    /// Columns and breaks.
    columns: Columns,
    /// Generated content and counters.
    content: GeneratedContent,
    /// Text that does not inherit.
    text: Text,
    /// User interface that does not inherit.
    ui: Ui,
    /// Transitions and animations.
    animation: Animation,
    /// SVG that does not inherit.
    svg_reset: SvgReset,
    /// Fonts.
    font: Font,
    /// Text.
    inherited_text: InheritedText,
    /// User interface.
    inherited_ui: InheritedUi,
    /// Lists and quotes.
    list: List,
    /// Tables.
    table: Table,
    /// SVG.
    svg: Svg,
}
