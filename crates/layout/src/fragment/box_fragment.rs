//! The fragment of a box.

use std::sync::Arc;

use bitflags::bitflags;
use fanlight_base::geometry::{LayoutRect, LayoutSize};
use fanlight_base::{LayoutUnit, Sides};

use super::{FragmentLink, StyleKey};
use crate::flow::{LogicalSides, WritingMode};

/// Which layout a fragment came from; the first word of its line in the dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContextKind {
    /// The initial containing block. <https://drafts.csswg.org/css-display-4/#initial-containing-block>
    Viewport,
    /// A block container with block-level boxes. <https://drafts.csswg.org/css2/#block-formatting>
    Block,
    /// A block container with lines. <https://drafts.csswg.org/css2/#inline-formatting>
    Lines,
    /// An inline box's part on one line. <https://drafts.csswg.org/css-display-4/#inline-box>
    InlineBox,
    /// A flex container. <https://drafts.csswg.org/css-flexbox-1/#flex-containers>
    Flex,
    /// A grid container. <https://drafts.csswg.org/css-grid-2/#grid-containers>
    Grid,
    /// A table wrapper box with its grid and captions. <https://drafts.csswg.org/css-tables-3/#table-wrapper-box>
    Table,
    /// A table row group. <https://drafts.csswg.org/css-tables-3/#row-group>
    TableSection,
    /// A table row. <https://drafts.csswg.org/css-tables-3/#row>
    TableRow,
    /// A table cell. <https://drafts.csswg.org/css-tables-3/#cell>
    TableCell,
    /// Replaced content, or a form control. <https://drafts.csswg.org/css-display-4/#replaced-element>
    Replaced,
    /// A `<frameset>`. <https://html.spec.whatwg.org/multipage/rendering.html#frames-and-framesets>
    Frameset,
    /// A column of a multi-column container. <https://drafts.csswg.org/css-multicol-1/#column-boxes>
    Column,
    /// A box beyond [`limits::MAX_BOX_DEPTH`](crate::limits::MAX_BOX_DEPTH), left empty.
    TooDeep,
}

impl ContextKind {
    /// The word in dumps.
    pub const fn name(self) -> &'static str {
        match self {
            ContextKind::Viewport => "viewport",
            ContextKind::Block => "block",
            ContextKind::Lines => "lines",
            ContextKind::InlineBox => "inline",
            ContextKind::Flex => "flex",
            ContextKind::Grid => "grid",
            ContextKind::Table => "table",
            ContextKind::TableSection => "table-section",
            ContextKind::TableRow => "table-row",
            ContextKind::TableCell => "table-cell",
            ContextKind::Replaced => "replaced",
            ContextKind::Frameset => "frameset",
            ContextKind::Column => "column",
            ContextKind::TooDeep => "too-deep",
        }
    }
}

bitflags! {
    /// The physical edges of a box that this fragment has. A box broken over lines or columns has its first edge in its
    /// first fragment only, unless `box-decoration-break` clones it.
    /// <https://drafts.csswg.org/css-break-4/#break-decoration>
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct BoxEdges: u8 {
        /// The upper edge.
        const TOP = 1 << 0;
        /// The right-hand edge.
        const RIGHT = 1 << 1;
        /// The lower edge.
        const BOTTOM = 1 << 2;
        /// The left-hand edge.
        const LEFT = 1 << 3;
    }
}

impl BoxEdges {
    /// From whether the fragment has each of the flow-relative edges.
    pub(crate) fn from_logical(has: LogicalSides<bool>, mode: WritingMode) -> BoxEdges {
        let sides = has.to_physical(mode);
        let mut edges = BoxEdges::empty();
        edges.set(BoxEdges::TOP, sides.top);
        edges.set(BoxEdges::RIGHT, sides.right);
        edges.set(BoxEdges::BOTTOM, sides.bottom);
        edges.set(BoxEdges::LEFT, sides.left);
        edges
    }
}

/// Where a box, or a part of it, landed.
#[derive(Clone, Debug)]
pub struct BoxFragment {
    /// The box, and whether `::first-line` styles this part of it.
    pub style: StyleKey,
    /// Which layout made it.
    pub context: ContextKind,
    /// The border box's size.
    pub size: LayoutSize,
    /// Used border widths; nothing on an edge that is not in `edges`.
    pub border: Sides<LayoutUnit>,
    /// Used padding; nothing on an edge that is not in `edges`.
    pub padding: Sides<LayoutUnit>,
    /// Which edges of the box this fragment has.
    pub edges: BoxEdges,
    /// The fragments directly inside: in flow and floating ones in tree order, then absolutely positioned ones whose
    /// containing block this is.
    pub children: Box<[FragmentLink]>,
    /// The first baseline, from the block-start border edge.
    /// <https://drafts.csswg.org/css-align-3/#baseline-export>
    pub first_baseline: Option<LayoutUnit>,
    /// The last baseline, from the block-start border edge.
    pub last_baseline: Option<LayoutUnit>,
    /// The border box and all that sticks out of it and can be scrolled to, from the border box's corner. What a
    /// descendant clips is not in it. For a scroll container this is its padding box with what its
    /// contents reach beyond, from the border box's corner too. <https://drafts.csswg.org/css-overflow-3/#scrollable>
    pub scrollable_overflow: LayoutRect,
    /// What only some boxes have; see the methods of these names.
    pub special: SpecialParts,
}

/// What only some boxes' fragments have: most take no more than a word for all of it.
#[derive(Clone, Debug, Default)]
pub struct SpecialParts(Option<Box<Parts>>);

/// What there may be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    /// See [`BoxFragment::consumed`].
    pub consumed: LayoutUnit,
    /// See [`BoxFragment::bands`].
    pub bands: Box<[LayoutRect]>,
    /// See [`BoxFragment::object_rect`].
    pub object_rect: Option<LayoutRect>,
    /// See [`BoxFragment::table`].
    pub table: Option<Arc<TableFragment>>,
}

impl SpecialParts {
    /// Nothing where there is nothing to say.
    pub(crate) fn new(parts: Parts) -> SpecialParts {
        let Parts { consumed, bands, object_rect, table } = &parts;
        let is_plain =
            *consumed == LayoutUnit::ZERO && bands.is_empty() && object_rect.is_none() && table.is_none();
        SpecialParts((!is_plain).then(|| Box::new(parts)))
    }

    /// Gives the fragment other bands.
    pub(crate) fn set_bands(&mut self, bands: Box<[LayoutRect]>) {
        let parts = self.0.take().map_or_else(Parts::default, |parts| *parts);
        *self = SpecialParts::new(Parts { bands, ..parts });
    }
}

impl BoxFragment {
    /// How many children a band has.
    pub const BAND: usize = 64;

    /// The block size of the fragments of the box before this one, which a break comes between.
    pub fn consumed(&self) -> LayoutUnit {
        self.special.0.as_ref().map_or(LayoutUnit::ZERO, |parts| parts.consumed)
    }

    /// Of a fragment with many children: for each [`BoxFragment::BAND`] of them in a row, the area that these and all that
    /// sticks out of them lie in, from the border box's corner. Whoever looks for what is in some place skips the others.
    pub fn bands(&self) -> &[LayoutRect] {
        self.special.0.as_ref().map_or(&[], |parts| &parts.bands)
    }

    /// Of replaced content: where `object-fit` and `object-position` put the whole image, from the border box's corner.
    /// It may be larger than the content box, which then clips it. What is drawn there is in the box:
    /// [`BoxKind::Replaced`](crate::BoxKind::Replaced). <https://drafts.csswg.org/css-images-3/#the-object-fit>
    pub fn object_rect(&self) -> Option<LayoutRect> {
        self.special.0.as_ref()?.object_rect
    }

    /// Of a table: what painting needs besides the boxes.
    pub fn table(&self) -> Option<&Arc<TableFragment>> {
        self.special.0.as_ref()?.table.as_ref()
    }

    /// The children whose bands `may_hold` says yes to, in their order.
    pub fn children_in_bands(
        &self,
        may_hold: impl Fn(LayoutRect) -> bool,
    ) -> impl DoubleEndedIterator<Item = &FragmentLink> {
        let bands = self.bands();
        let (unbanded, banded) =
            self.children.split_at(if bands.is_empty() { self.children.len() } else { 0 });
        let chosen = banded.chunks(Self::BAND).zip(bands).filter(move |(_, area)| may_hold(**area));
        unbanded.iter().chain(chosen.flat_map(|(links, _)| links))
    }

    /// The padding box, from the border box's corner.
    pub fn padding_box(&self) -> LayoutRect {
        fanlight_base::geometry::inset(LayoutRect::from_size(self.size), self.border)
    }

    /// The content box, from the border box's corner.
    pub fn content_box(&self) -> LayoutRect {
        fanlight_base::geometry::inset(LayoutRect::from_size(self.size), self.border + self.padding)
    }
}

/// What a table's fragment has besides: where the grid lies below or above captions, its columns, and collapsed borders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFragment {
    /// The table grid box's border box in the wrapper's; the table's background and borders are drawn there.
    /// <https://drafts.csswg.org/css-tables-3/#table-grid-box>
    pub grid_rect: LayoutRect,
    /// The side at which rows, and cells in them, begin.
    pub inline_start: PhysicalSide,
    /// The column groups and columns that are boxes, with the area that their background fills, from the wrapper's corner.
    pub columns: Vec<(StyleKey, LayoutRect)>,
    /// The borders in the collapsing model. Nothing in the separated model.
    pub collapsed: Option<CollapsedBorders>,
}

/// The borders of a table whose borders collapse, as won by [conflict resolution].
///
/// [conflict resolution]: https://drafts.csswg.org/css-tables-3/#border-conflict-resolution
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollapsedBorders {
    /// The edges to draw, in painting order.
    pub edges: Vec<CollapsedEdge>,
}

/// One straight piece of collapsed border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollapsedEdge {
    /// Its area, from the corner of the table wrapper's border box.
    pub rect: LayoutRect,
    /// The box whose border won, and with it style and colour.
    pub winner: StyleKey,
    /// Which of the winner's borders it is.
    pub side: PhysicalSide,
}

/// A physical side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhysicalSide {
    /// The upper side.
    Top,
    /// The right-hand side.
    Right,
    /// The lower side.
    Bottom,
    /// The left-hand side.
    Left,
}
