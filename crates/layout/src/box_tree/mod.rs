//! The box tree: the boxes that CSS generates for the document.
//! <https://drafts.csswg.org/css-display-4/#box-tree>
//!
//! 1. [`construct`] walks the document and makes boxes, with generated content and counters.
//! 2. [`anonymous`] makes the tree sound: block containers hold either block-level boxes or lines.
//! 3. [`anonymous_tables`] adds the missing parts of tables and sorts them.
//! 4. [`inline_items`] flattens what is in an inline formatting context into one text and a list of items, and pairs ruby
//!    bases with their annotations ([`ruby`]).
//!
//! When something changed, boxes get other styles in place ([`restyle`]), or are generated again for the whole document;
//! those that are the same as before are found then ([`former`]).

pub(crate) mod alternative;
pub(crate) mod anonymous;
mod anonymous_tables;
pub(crate) mod construct;
pub(crate) mod controls;
mod details;
mod embedded;
mod fieldset;
mod first_letter;
pub(crate) mod former;
mod frameset;
pub(crate) mod generated;
mod inline_contents;
pub(crate) mod inline_items;
mod lists;
mod microsyntaxes;
mod node_index;
mod offset_map;
mod quotes;
mod reads;
mod replaced;
pub(crate) mod restyle;
mod ruby;
pub(crate) mod text_transform;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use fanlight_base::{Atom, LocalName};
use fanlight_css::ComputedStyle;
use fanlight_dom::NodeId;
use rustc_hash::FxHashMap;

pub use controls::{Control, ControlKind, MeterRegion, PickerIcon};
pub use frameset::{FrameLength, Frameset};
pub use inline_contents::{InlineContents, InlineItem, InlineItemKind, RubyAnnotation};
pub use offset_map::OffsetMap;
pub use reads::{reads_attribute, reads_states};
pub use replaced::{Replaced, ReplacedKind};

use self::former::Former;
use self::node_index::NodeIndex;
use crate::fragment::StyleKey;
use crate::style;
use crate::table::{BorderGrid, TableGrid};

/// A box of a [`BoxTree`]. Ids stay what they are while the box lives, from one layout to the next; painting order
/// comes from [`BoxTree::tree_order`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoxId(u32);

impl BoxId {
    /// The initial containing block, the root of every box tree.
    pub const VIEWPORT: BoxId = BoxId(0);

    /// The place in the arena.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for BoxId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "box {}", self.0)
    }
}

/// What a box was generated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoxSource {
    /// An element, a text node, or the document, whose box is the initial containing block.
    Node(NodeId),
    /// A pseudo-element of an element, or the text in it.
    Pseudo(NodeId, GeneratedFor),
    /// No element: a box that makes the tree sound. The node is the nearest element around.
    /// <https://drafts.csswg.org/css-display-4/#anonymous>
    Anonymous(NodeId, AnonymousKind),
}

impl BoxSource {
    /// The node, or the nearest one around.
    pub const fn node(self) -> NodeId {
        match self {
            BoxSource::Node(node) | BoxSource::Pseudo(node, _) | BoxSource::Anonymous(node, _) => node,
        }
    }
}

/// The pseudo-elements that generate boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GeneratedFor {
    /// `::before`. <https://drafts.csswg.org/css-pseudo-4/#selectordef-before>
    Before,
    /// `::after`. <https://drafts.csswg.org/css-pseudo-4/#selectordef-after>
    After,
    /// `::marker`. <https://drafts.csswg.org/css-lists-3/#marker-pseudo>
    Marker,
    /// `::first-letter`. <https://drafts.csswg.org/css-pseudo-4/#first-letter-pseudo>
    FirstLetter,
    /// `::placeholder`. <https://drafts.csswg.org/css-pseudo-4/#placeholder-pseudo>
    Placeholder,
    /// `::file-selector-button`. <https://drafts.csswg.org/css-pseudo-4/#file-selector-button-pseudo>
    FileSelectorButton,
    /// `::-webkit-slider-runnable-track`: what the thumb of a slider moves on. Chromium's own.
    SliderRunnableTrack,
    /// `::-webkit-slider-thumb`. Chromium's own.
    SliderThumb,
    /// `::details-content`. <https://drafts.csswg.org/css-pseudo-4/#details-content-pseudo>
    DetailsContent,
}

/// Why an anonymous box is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnonymousKind {
    /// A block around inline-level siblings of block-level boxes. <https://drafts.csswg.org/css2/#anonymous-block-level>
    Block,
    /// A flex or grid item around text. <https://drafts.csswg.org/css-flexbox-1/#flex-items>
    Item,
    /// A missing part of a table. <https://drafts.csswg.org/css-tables-3/#fixup>
    TablePart,
    /// What a form control shows inside itself.
    ControlContents,
    /// What an element shows in place of its image.
    AlternativeText,
    /// The ruby container in a block container that is one. <https://drafts.csswg.org/css-ruby-1/#block-ruby>
    Ruby,
    /// What is in a `<fieldset>` beside its legend, where that is a flex or grid container or is aligned.
    /// <https://html.spec.whatwg.org/multipage/rendering.html#anonymous-fieldset-content-box>
    FieldsetContents,
}

/// The place in tree order of what is in no tree: white space that vanished, boxes of before.
const NOT_IN_TREE: u32 = u32::MAX;

/// The boxes of a document, in an arena.
#[derive(Clone, Debug, Default)]
pub struct BoxTree {
    boxes: Vec<LayoutBox>,
    /// For each box its place in tree order.
    order: Vec<u32>,
    /// The boxes by what they were generated for.
    by_node: NodeIndex,
    /// The places in the arena that hold no box.
    free: Vec<BoxId>,
    /// The boxes of before, while boxes are generated again.
    former: Option<Box<Former>>,
    /// The boxes with styles that ink outside of their overflow.
    with_ink_outside: BTreeSet<BoxId>,
    /// What attributes of cells and columns say, where it is not the default.
    table_attributes: FxHashMap<BoxId, TableAttributes>,
    /// The elements with boxes that skip their contents while these are not relevant to the user, in tree order.
    skippable: Vec<NodeId>,
}

/// What attributes of table cells and columns say.
/// <https://html.spec.whatwg.org/multipage/tables.html#attributes-common-to-td-and-th-elements>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TableAttributes {
    /// `colspan` or `span`.
    pub columns: u16,
    /// `rowspan`; 0 for all rows that are left in the row group.
    pub rows: u16,
    /// `nowrap`
    pub is_nowrap: bool,
}

impl Default for TableAttributes {
    fn default() -> Self {
        TableAttributes { columns: 1, rows: 1, is_nowrap: false }
    }
}

/// A box.
#[derive(Clone, Debug)]
pub struct LayoutBox {
    /// What it was generated for.
    pub source: BoxSource,
    /// The box around it; nothing for the initial containing block.
    pub parent: Option<BoxId>,
    /// The name of the element, or of the nearest one around: what dumps call it.
    pub name: LocalName,
    /// The id of that element.
    pub element_id: Option<Atom>,
    /// Whether it is the principal box of `<body>`.
    pub is_body: bool,
    /// The form control that it is.
    pub control: Option<Box<Control>>,
    /// Whether it stands in the place of an image that is not there.
    pub is_alternative: bool,
    /// The rendered legend of a `<fieldset>`, its first child, which stands on the block-start border. The border begins
    /// further down where the legend is the taller one, and is not drawn behind the legend.
    /// <https://html.spec.whatwg.org/multipage/rendering.html#rendered-legend>
    pub legend: Option<BoxId>,
    /// The computed style. A text box has that of its parent.
    pub style: Arc<ComputedStyle>,
    /// The style on a line that `::first-line` styles, where it differs.
    pub first_line_style: Option<Arc<ComputedStyle>>,
    /// Where the text of a text box begins in that of its node, in UTF-8 bytes: not at 0 after a `::first-letter`.
    pub text_start: u32,
    /// What kind of box it is, and what is inside.
    pub kind: BoxKind,
}

impl LayoutBox {
    /// A box that is nothing special, for an element of this name and id.
    fn new(
        source: BoxSource,
        parent: Option<BoxId>,
        (name, element_id): (LocalName, Option<Atom>),
        style: Arc<ComputedStyle>,
        kind: BoxKind,
    ) -> LayoutBox {
        LayoutBox {
            source,
            parent,
            name,
            element_id,
            is_body: false,
            control: None,
            is_alternative: false,
            legend: None,
            style,
            first_line_style: None,
            text_start: 0,
            kind,
        }
    }
}

/// The kinds of boxes, each with what can be inside.
#[derive(Clone, Debug)]
pub enum BoxKind {
    /// Holds block-level boxes or lines: blocks, inline-blocks, list items, table cells and captions, flex items ...
    /// <https://drafts.csswg.org/css-display-4/#block-container>
    BlockContainer(BlockContents),
    /// A flex container with its items.
    Flex(Vec<BoxId>),
    /// A grid container with its items.
    Grid(Vec<BoxId>),
    /// A table wrapper box, with the table grid box in it. <https://drafts.csswg.org/css-tables-3/#table-structure>
    Table(Box<TableParts>),
    /// A column group with its columns.
    TableColumnGroup(Vec<BoxId>),
    /// A column.
    TableColumn,
    /// A row group with its rows.
    TableSection(Vec<BoxId>),
    /// A row with its cells, which are block containers.
    TableRow(Vec<BoxId>),
    /// An inline box. <https://drafts.csswg.org/css-display-4/#inline-box>
    Inline(Vec<BoxId>),
    /// Text, as the document or the style sheet has it.
    Text(Arc<str>),
    /// `<br>`
    LineBreak,
    /// `<wbr>`
    WordBreakOpportunity,
    /// Replaced content.
    Replaced(Box<Replaced>),
    /// A `<frameset>`. <https://html.spec.whatwg.org/multipage/rendering.html#frames-and-framesets>
    Frameset(Box<Frameset>),
    /// Nested deeper than [`limits::MAX_BOX_DEPTH`](crate::limits::MAX_BOX_DEPTH): it stays empty.
    TooDeep,
}

/// What a block container holds.
#[derive(Clone, Debug)]
pub enum BlockContents {
    /// Block-level boxes, with floating and absolutely positioned ones between them.
    Blocks(Vec<BoxId>),
    /// An inline formatting context.
    Lines(Arc<InlineContents>),
}

/// The parts of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableParts {
    /// All of these, in tree order.
    pub all: Vec<BoxId>,
    /// Captions, which are block containers outside the grid.
    pub captions: Vec<BoxId>,
    /// Column groups, and columns without group, in tree order.
    pub columns: Vec<BoxId>,
    /// Row groups in tree order.
    pub sections: Vec<BoxId>,
    /// Absolutely positioned children.
    pub positioned: Vec<BoxId>,
    /// Which cell covers which slots.
    pub(crate) grid: Arc<TableGrid>,
    /// The borders in the collapsing model.
    pub(crate) borders: Option<Arc<BorderGrid>>,
}

impl BoxTree {
    /// A box. Ids come from this tree, so it is there.
    pub fn get(&self, id: BoxId) -> &LayoutBox {
        &self.boxes[id.index()]
    }

    /// Makes room for this many boxes.
    pub(crate) fn reserve(&mut self, boxes: usize) {
        self.boxes.reserve(boxes.saturating_sub(self.boxes.len()));
    }

    /// How many places the arena has: the index of every id is below.
    pub fn len(&self) -> usize {
        self.boxes.len()
    }

    /// Whether there is no box.
    pub fn is_empty(&self) -> bool {
        self.boxes.is_empty()
    }

    /// Every box of the tree, in no particular order.
    pub fn ids(&self) -> impl Iterator<Item = BoxId> + '_ {
        let ids = (0..self.boxes.len() as u32).map(BoxId);
        ids.filter(|&id| self.order.get(id.index()).is_some_and(|&order| order != NOT_IN_TREE))
    }

    /// The box of an element or text node, the first where `::first-letter` makes two of a text; nothing where it has none.
    pub fn box_of(&self, node: NodeId) -> Option<BoxId> {
        let own = self.boxes_of(node).filter(|&id| self.get(id).source == BoxSource::Node(node));
        own.min_by_key(|&id| self.tree_order(id))
    }

    /// The boxes that were generated for a node, its pseudo-elements and its anonymous boxes among them, in no particular
    /// order.
    pub fn boxes_of(&self, node: NodeId) -> impl Iterator<Item = BoxId> + '_ {
        self.by_node.boxes_of(node)
    }

    /// The boxes whose style inks outside of their scrollable overflow: with shadows, filters or outlines.
    pub fn with_ink_outside(&self) -> impl Iterator<Item = BoxId> + '_ {
        self.with_ink_outside.iter().copied()
    }

    /// Gives a box another style; returns the one that it had.
    pub(crate) fn set_style(&mut self, id: BoxId, style: Arc<ComputedStyle>) -> Arc<ComputedStyle> {
        if style::inks_outside(&style) {
            self.with_ink_outside.insert(id);
        } else {
            self.with_ink_outside.remove(&id);
        }
        std::mem::replace(&mut self.get_mut(id).style, style)
    }

    /// The place in tree order, in which boxes of the same level are painted.
    /// <https://drafts.csswg.org/css2/#painting-order>
    pub fn tree_order(&self, id: BoxId) -> u32 {
        self.order[id.index()]
    }

    /// The computed style of a fragment.
    pub fn style_of(&self, key: StyleKey) -> &Arc<ComputedStyle> {
        let layout_box = self.get(key.box_id);
        match &layout_box.first_line_style {
            Some(first_line) if key.is_first_line => first_line,
            _ => &layout_box.style,
        }
    }

    /// The boxes around a box, nearest first.
    pub fn ancestors(&self, id: BoxId) -> impl Iterator<Item = BoxId> + '_ {
        std::iter::successors(self.get(id).parent, |&parent| self.get(parent).parent)
    }

    /// Whether a box is a marker that stands before the first line of its list item.
    /// <https://drafts.csswg.org/css-lists-3/#list-style-position-outside>
    pub(crate) fn is_outside_marker(&self, id: BoxId) -> bool {
        let layout_box = self.get(id);
        matches!(layout_box.source, BoxSource::Pseudo(_, GeneratedFor::Marker))
            && matches!(layout_box.kind, BoxKind::BlockContainer(_))
    }

    /// Whether a block goes on with the inline-level content of its parent, so that its first line is not the parent's.
    pub(crate) fn continues_block(&self, id: BoxId) -> bool {
        let layout_box = self.get(id);
        let parent = layout_box.parent.map(|parent| &self.get(parent).kind);
        matches!(layout_box.source, BoxSource::Anonymous(_, AnonymousKind::Block))
            && matches!(parent, Some(BoxKind::BlockContainer(BlockContents::Blocks(children))) if children.first() != Some(&id))
    }

    /// The elements that skip their contents while these are not relevant to the user, in tree order. Those inside of others
    /// that do are not among them. <https://drafts.csswg.org/css-contain-2/#content-visibility>
    pub fn skippable_elements(&self) -> &[NodeId] {
        &self.skippable
    }

    /// What attributes say of a table cell or column.
    pub(crate) fn table_attributes(&self, id: BoxId) -> TableAttributes {
        self.table_attributes.get(&id).copied().unwrap_or_default()
    }

    pub(crate) fn set_table_attributes(&mut self, id: BoxId, attributes: TableAttributes) {
        self.table_attributes.insert(id, attributes);
    }

    pub(crate) fn get_mut(&mut self, id: BoxId) -> &mut LayoutBox {
        &mut self.boxes[id.index()]
    }

    /// The boxes directly inside, in tree order.
    pub fn children(&self, id: BoxId) -> &[BoxId] {
        match &self.get(id).kind {
            BoxKind::BlockContainer(BlockContents::Blocks(children))
            | BoxKind::Flex(children)
            | BoxKind::Grid(children)
            | BoxKind::TableColumnGroup(children)
            | BoxKind::TableSection(children)
            | BoxKind::TableRow(children)
            | BoxKind::Inline(children) => children,
            BoxKind::BlockContainer(BlockContents::Lines(contents)) => &contents.children,
            BoxKind::Table(parts) => &parts.all,
            BoxKind::Frameset(frameset) => &frameset.frames,
            BoxKind::TableColumn
            | BoxKind::Text(_)
            | BoxKind::LineBreak
            | BoxKind::WordBreakOpportunity
            | BoxKind::Replaced(_)
            | BoxKind::TooDeep => &[],
        }
    }

    /// Numbers the boxes in tree order, and finds out about their ink.
    pub(crate) fn number(&mut self) {
        self.order = vec![NOT_IN_TREE; self.boxes.len()];
        self.with_ink_outside.clear();
        let mut pending = vec![BoxId::VIEWPORT];
        let mut next = 0;
        while let Some(id) = pending.pop() {
            self.order[id.index()] = next;
            next += 1;
            if style::inks_outside(&self.get(id).style) {
                self.with_ink_outside.insert(id);
            }
            pending.extend(self.children(id).iter().rev());
        }
    }
}
