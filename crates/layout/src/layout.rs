//! The stage: its input, its artefact, and the function between.

use std::sync::Arc;

use fanlight_base::geometry::{LayoutPoint, LayoutRect, LayoutSize};
use fanlight_base::{DiagnosticSink, LayoutUnit};
use fanlight_css::ComputedStyle;
use fanlight_css::counter_styles::CounterStyles;
use fanlight_css::properties::boxes::Overflow;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::image::Image as CssImage;
use fanlight_dom::{Document, NodeId};
use fanlight_image::{Image, IntrinsicSize};
use fanlight_style::{FirstLinePart, StyleMap};
use fanlight_text::Fonts;

use crate::block::line_clamp::LineClamp;
use crate::box_tree::{BoxId, BoxTree};
use crate::flow::{LogicalSides, LogicalSize, WritingMode};
use crate::formatting::{Constraints, FontStacks, LayoutCache, Layouter};
use crate::fragment::BoxFragment;
use crate::inline::line::LineBuffers;
use crate::limits::{MAX_BOX_DEPTH, SPARE_LEVELS, STACK_BYTES_PER_LEVEL};
use crate::relevance::Relevance;
use crate::update::{self, PreviousLayout, Start};

/// The computed styles of a document's elements: those of the style stage, or a test's own.
pub trait ElementStyles: Sync {
    /// The style of an element in the document; `None` for other nodes.
    fn get(&self, node: NodeId) -> Option<&Arc<ComputedStyle>>;
    /// The style of a pseudo-element, where there is one.
    fn pseudo(&self, node: NodeId, pseudo: &PseudoElement) -> Option<&Arc<ComputedStyle>>;
    /// The style of a part of generated content on a first line, where it has one of its own.
    fn first_line_part(&self, _node: NodeId, _part: FirstLinePart) -> Option<&Arc<ComputedStyle>> {
        None
    }
    /// What counters look like.
    fn counter_styles(&self) -> &CounterStyles {
        CounterStyles::predefined()
    }
}

impl ElementStyles for StyleMap {
    fn get(&self, node: NodeId) -> Option<&Arc<ComputedStyle>> {
        StyleMap::get(self, node)
    }

    fn pseudo(&self, node: NodeId, pseudo: &PseudoElement) -> Option<&Arc<ComputedStyle>> {
        StyleMap::pseudo(self, node, pseudo)
    }

    fn first_line_part(&self, node: NodeId, part: FirstLinePart) -> Option<&Arc<ComputedStyle>> {
        StyleMap::first_line_part(self, node, part)
    }

    fn counter_styles(&self) -> &CounterStyles {
        StyleMap::counter_styles(self)
    }
}

/// What has become of the image of an element.
/// <https://html.spec.whatwg.org/multipage/images.html#img-req-state>
#[derive(Clone, Debug)]
pub enum ElementImage {
    /// The element names none.
    Absent,
    /// It is on its way.
    Loading,
    /// It can be drawn.
    Ready(Image),
    /// It did not come, or is no image.
    Broken,
}

impl ElementImage {
    /// The image, where it can be drawn.
    pub fn ready(self) -> Option<Image> {
        match self {
            ElementImage::Ready(image) => Some(image),
            ElementImage::Absent | ElementImage::Loading | ElementImage::Broken => None,
        }
    }
}

/// What the page knows of content that is not boxes.
pub trait ReplacedContent: Sync {
    /// The image of an element: `<img>`, `<input type=image>`, `<object>`, `<embed>`, the poster of a `<video>`.
    fn image(&self, node: NodeId) -> ElementImage;
    /// Image px for each CSS px of that image: the density of the chosen source, positive.
    /// <https://html.spec.whatwg.org/multipage/images.html#density-corrected-intrinsic-width-and-height>
    fn density(&self, _node: NodeId) -> f32 {
        1.0
    }
    /// The decoded image of `content` or `list-style-image`.
    fn css_image(&self, image: &CssImage) -> Option<Image>;
    /// The natural dimensions of the page that an `<object>` or `<embed>` holds. `None` where it holds none.
    fn embedded_size(&self, node: NodeId) -> Option<IntrinsicSize>;
    /// Whether scripts may run, and draw on a `<canvas>`. Where they may not, it shows its fallback content.
    /// <https://html.spec.whatwg.org/multipage/canvas.html#the-canvas-element>
    fn has_scripting(&self) -> bool {
        true
    }
}

/// A page without images and frames.
pub struct NothingReplaced;

impl ReplacedContent for NothingReplaced {
    fn image(&self, _node: NodeId) -> ElementImage {
        ElementImage::Absent
    }

    fn css_image(&self, _image: &CssImage) -> Option<Image> {
        None
    }

    fn embedded_size(&self, _node: NodeId) -> Option<IntrinsicSize> {
        None
    }
}

/// What layout reads.
pub struct LayoutInput<'a> {
    /// The document.
    pub document: &'a Document,
    /// The computed styles of its elements.
    pub styles: &'a dyn ElementStyles,
    /// The page's fonts.
    pub fonts: &'a Fonts,
    /// The size of the initial containing block, in CSS px.
    pub viewport: LayoutSize,
    /// Images and frames.
    pub replaced: &'a dyn ReplacedContent,
    /// Which contents are relevant to the user.
    pub relevance: &'a Relevance,
    /// Hears of limits that were reached.
    pub sink: &'a dyn DiagnosticSink,
}

/// The artefact of layout: boxes, and where they landed. Immutable; cloning shares.
#[derive(Clone)]
pub struct LayoutTree {
    /// The boxes.
    pub boxes: Arc<BoxTree>,
    /// The fragment of the initial containing block, as large as the viewport; all others are inside.
    pub root: Arc<BoxFragment>,
    /// The size of the initial containing block.
    pub viewport: LayoutSize,
    /// What can be scrolled to: the viewport and all content beyond its right and lower edges (or, where text runs the other
    /// way, beyond those where it ends). <https://drafts.csswg.org/css-overflow-3/#scrollable>
    pub scrollable_overflow: LayoutRect,
    /// `overflow` of the viewport along x and y, as the root element or `<body>` gave it away.
    /// <https://drafts.csswg.org/css-overflow-3/#overflow-propagation>
    pub viewport_overflow: [Overflow; 2],
    /// How often a box was laid out by a formatting context of its own, or measured for its intrinsic sizes: what has to stay
    /// in proportion to the boxes. What was known from before does not count.
    pub answers: usize,
    /// What formatting contexts answered, for the next layout.
    pub(crate) cache: Arc<LayoutCache>,
    /// How deep elements nest.
    pub(crate) depth: usize,
}

/// Lays out a document. It never fails: what is beyond a limit stays empty and is reported.
///
/// With `previous`, only what the changes can have moved is laid out again; the result is the same.
pub fn layout(input: &LayoutInput<'_>, previous: Option<PreviousLayout<'_>>) -> LayoutTree {
    let depth = match &previous {
        Some(previous) if !previous.changes.boxes => previous.layout.depth,
        _ => document_depth(input.document),
    };
    on_stack_for(depth, || run(input, previous, depth))
}

/// Calls `run` where there is stack enough for boxes that nest this deep: formatting contexts call one another.
pub(crate) fn on_stack_for<T>(depth: usize, run: impl FnOnce() -> T) -> T {
    let stack = (depth.min(MAX_BOX_DEPTH) + SPARE_LEVELS) * STACK_BYTES_PER_LEVEL;
    stacker::maybe_grow(stack, stack, run)
}

/// How deep elements nest.
pub(crate) fn document_depth(document: &Document) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut at = NodeId::DOCUMENT;
    loop {
        if let Some(child) = document.node(at).first_child() {
            at = child;
            depth += 1;
            deepest = deepest.max(depth);
            continue;
        }
        loop {
            if at == NodeId::DOCUMENT {
                return deepest;
            }
            let node = document.node(at);
            if let Some(next) = node.next_sibling() {
                at = next;
                break;
            }
            at = node.parent().unwrap_or(NodeId::DOCUMENT);
            depth -= 1;
        }
    }
}

fn run(input: &LayoutInput<'_>, previous: Option<PreviousLayout<'_>>, depth: usize) -> LayoutTree {
    let span = tracing::info_span!("box tree").entered();
    let Start { boxes, cache, viewport_overflow } = update::start(input, previous);
    drop(span);
    let _span = tracing::info_span!("fragments").entered();
    let mut layouter = Layouter {
        boxes: &boxes,
        fonts: input.fonts,
        viewport: input.viewport,
        is_quirks: input.document.quirks_mode == fanlight_dom::QuirksMode::Quirks,
        is_no_quirks: input.document.quirks_mode == fanlight_dom::QuirksMode::NoQuirks,
        cache,
        answers: 0,
        line_clamp: LineClamp::default(),
        stacks: FontStacks::default(),
        line_buffers: LineBuffers::default(),
    };
    let mode = crate::style::writing_mode(&boxes.get(BoxId::VIEWPORT).style);
    let size = LogicalSize::from_physical(input.viewport, mode);
    let container = LogicalSize::new(Some(size.inline), Some(size.block));
    let constraints = Constraints::new(mode, container, mode)
        .with_fixed_inline(size.inline)
        .with_fixed_block(size.block, true);
    let result = layouter.layout(BoxId::VIEWPORT, &constraints);
    let (cache, answers) = (layouter.cache, layouter.answers);
    let root = result.fragment.clone();
    let scrollable_overflow = reachable(root.scrollable_overflow, input.viewport, mode);
    LayoutTree {
        boxes: Arc::new(boxes),
        root,
        viewport: input.viewport,
        scrollable_overflow,
        viewport_overflow,
        answers,
        cache: Arc::new(cache),
        depth,
    }
}

/// The part of the overflow that scrolling can reach: nothing before where lines and blocks begin.
fn reachable(overflow: LayoutRect, viewport: LayoutSize, mode: WritingMode) -> LayoutRect {
    // Which physical edges are ends.
    let ends = LogicalSides { inline_start: false, inline_end: true, block_start: false, block_end: true };
    let ends = ends.to_physical(mode);
    let zero = LayoutUnit::ZERO;
    let left = if ends.left { overflow.min_x().min(zero) } else { zero };
    let top = if ends.top { overflow.min_y().min(zero) } else { zero };
    let right = if ends.right { overflow.max_x().max(viewport.width) } else { viewport.width };
    let bottom = if ends.bottom { overflow.max_y().max(viewport.height) } else { viewport.height };
    LayoutRect::new(LayoutPoint::new(left, top), LayoutSize::new(right - left, bottom - top))
}
