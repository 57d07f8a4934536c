//! From the document and its styles to boxes. <https://drafts.csswg.org/css-display-4/#box-generation>

use std::sync::Arc;

use fanlight_base::atoms::{local_name, ns};
use fanlight_base::{Diagnostic, DiagnosticSink, LocalName, Severity, Stage};
use fanlight_css::ComputedStyle;
use fanlight_css::properties::boxes::Overflow;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal};
use fanlight_dom::{Document, ElementData, NodeData, NodeId};
use fanlight_style::FirstLinePart;

use super::generated::Generation;
use super::{
    AnonymousKind, BlockContents, BoxId, BoxKind, BoxSource, BoxTree, GeneratedFor, LayoutBox,
    TableAttributes, alternative, anonymous, anonymous_tables, controls, details, embedded, fieldset,
    first_letter, frameset, lists, ruby,
};
use crate::limits::MAX_BOX_DEPTH;
use crate::{ElementStyles, LayoutInput, Relevance, ReplacedContent, style};

/// Makes the boxes of a document while it is walked.
pub(crate) struct Builder<'a> {
    pub document: &'a Document,
    pub styles: &'a dyn ElementStyles,
    pub replaced: &'a dyn ReplacedContent,
    relevance: &'a Relevance,
    pub tree: BoxTree,
    pub generation: Generation,
    sink: &'a dyn DiagnosticSink,
    depth: usize,
    is_too_deep: bool,
    overflow_source: Option<NodeId>,
    viewport_overflow: [Overflow; 2],
}

/// What was built.
pub(crate) struct Built {
    pub boxes: BoxTree,
    /// `overflow` of the viewport along x and y.
    pub viewport_overflow: [Overflow; 2],
}

/// The boxes of a document. `tree` is empty; boxes keep their ids from what was in it before.
pub(crate) fn build(tree: BoxTree, input: &LayoutInput<'_>, sink: &dyn DiagnosticSink) -> Built {
    let &LayoutInput { document, styles, replaced, relevance, .. } = input;
    let mut builder = Builder {
        document,
        styles,
        replaced,
        relevance,
        tree,
        generation: Generation::default(),
        sink,
        depth: 0,
        is_too_deep: false,
        overflow_source: overflow_source(document, styles),
        viewport_overflow: [Overflow::Visible; 2],
    };
    // Most nodes have a box.
    builder.tree.reserve(document.node_count());
    let viewport = builder.add(
        BoxSource::Node(NodeId::DOCUMENT),
        None,
        viewport_style(document, styles),
        BoxKind::BlockContainer(BlockContents::Blocks(Vec::new())),
    );
    let mut children = Vec::new();
    if let Some(root) = document.document_element() {
        builder.node(root, viewport, &mut children);
    }
    anonymous::fill_block_container(&mut builder.tree, viewport, children);
    builder.tree.number();
    Built { boxes: builder.tree, viewport_overflow: builder.viewport_overflow }
}

/// The element whose `overflow` is the viewport's: the root element, or `<body>` where the root shows everything.
/// <https://drafts.csswg.org/css-overflow-3/#overflow-propagation>
pub(super) fn overflow_source(document: &Document, styles: &dyn ElementStyles) -> Option<NodeId> {
    let root = document.document_element()?;
    let root_style = styles.get(root)?;
    let shows_all =
        root_style.boxes.overflow_x == Overflow::Visible && root_style.boxes.overflow_y == Overflow::Visible;
    let is_html_root = document.element(root).is_some_and(|element| element.is_html(&local_name!("html")));
    if !shows_all || !is_html_root {
        return Some(root);
    }
    let body = body_of(document, root);
    Some(body.unwrap_or(root))
}

/// The style of the element whose `overflow` is the viewport's.
pub(super) fn give_overflow_away(computed: &mut Arc<ComputedStyle>) {
    if [computed.boxes.overflow_x, computed.boxes.overflow_y] != [Overflow::Visible; 2] {
        let boxes = Arc::make_mut(&mut Arc::make_mut(computed).boxes);
        (boxes.overflow_x, boxes.overflow_y) = (Overflow::Visible, Overflow::Visible);
    }
}

fn body_of(document: &Document, root: NodeId) -> Option<NodeId> {
    document
        .element_children(root)
        .find(|&child| document.element(child).is_some_and(|element| element.is_html(&local_name!("body"))))
}

fn viewport_style(document: &Document, styles: &dyn ElementStyles) -> Arc<ComputedStyle> {
    let mut computed = ComputedStyle::undeclared().clone();
    Arc::make_mut(&mut computed.boxes).display = Display::BLOCK;
    let mut computed = Arc::new(computed);
    take_principal_flow(&mut computed, document, styles);
    computed
}

/// The element whose writing mode and direction are those of the root element's box and of the initial containing block:
/// `<body>`, or else the root element. <https://drafts.csswg.org/css-writing-modes-4/#principal-flow>
fn principal_flow_source(document: &Document) -> Option<NodeId> {
    let root = document.document_element()?;
    body_of(document, root).or(Some(root))
}

/// Gives a style the writing mode and the direction of the page.
pub(super) fn take_principal_flow(
    computed: &mut Arc<ComputedStyle>,
    document: &Document,
    styles: &dyn ElementStyles,
) {
    let Some(principal) = principal_flow_source(document).and_then(|node| styles.get(node)) else { return };
    let principal = &principal.inherited_text;
    let own = &computed.inherited_text;
    if (own.writing_mode, own.direction) != (principal.writing_mode, principal.direction) {
        let text = Arc::make_mut(&mut Arc::make_mut(computed).inherited_text);
        (text.writing_mode, text.direction) = (principal.writing_mode, principal.direction);
    }
}

impl Builder<'_> {
    pub fn add(
        &mut self,
        source: BoxSource,
        parent: Option<BoxId>,
        style: Arc<ComputedStyle>,
        kind: BoxKind,
    ) -> BoxId {
        let around = self.document.element(source.node());
        let called = match (around, parent) {
            (Some(element), _) => (element.name.local.clone(), element.id().cloned()),
            (None, Some(parent)) => {
                let parent = self.tree.get(parent);
                (parent.name.clone(), parent.element_id.clone())
            }
            (None, None) => (local_name!(""), None),
        };
        self.tree.add(LayoutBox::new(source, parent, called, style, kind))
    }

    /// The boxes of a node of the document, added to those of its parent.
    pub fn node(&mut self, node: NodeId, parent: BoxId, siblings: &mut Vec<BoxId>) {
        match self.document.node(node).data() {
            NodeData::Text(text) if !text.is_empty() => {
                let (style, first_line) = self.styles_of_text(node, parent);
                self.text(BoxSource::Node(node), parent, style, text.as_str().into(), siblings);
                if let (Some(&id), Some(first_line)) = (siblings.last(), first_line) {
                    self.tree.get_mut(id).first_line_style = Some(first_line);
                }
            }
            NodeData::Element(element) => self.element(node, element, parent, siblings),
            _ => {}
        }
    }

    /// The style of the element that a text node is in, which may have no box (`display: contents`), and then its style on the
    /// first line.
    fn styles_of_text(
        &self,
        text: NodeId,
        parent: BoxId,
    ) -> (Arc<ComputedStyle>, Option<Arc<ComputedStyle>>) {
        let around = self.tree.get(parent);
        match self.document.node(text).parent() {
            Some(element) if element != around.source.node() => (
                self.styles.get(element).unwrap_or(&around.style).clone(),
                self.styles.pseudo(element, &PseudoElement::FirstLine).cloned(),
            ),
            _ => (around.style.clone(), None),
        }
    }

    /// A text box.
    pub fn text(
        &mut self,
        source: BoxSource,
        parent: BoxId,
        style: Arc<ComputedStyle>,
        text: Arc<str>,
        siblings: &mut Vec<BoxId>,
    ) {
        let first_line = self.tree.get(parent).first_line_style.clone();
        let id = self.add(source, Some(parent), style, BoxKind::Text(text));
        self.tree.get_mut(id).first_line_style = first_line;
        siblings.push(id);
    }

    fn element(&mut self, node: NodeId, element: &ElementData, parent: BoxId, siblings: &mut Vec<BoxId>) {
        let Some(mut computed) = self.styles.get(node).cloned() else { return };
        if computed.boxes.display.is_none() {
            return;
        }
        if self.overflow_source == Some(node) {
            self.viewport_overflow = [computed.boxes.overflow_x, computed.boxes.overflow_y];
            give_overflow_away(&mut computed);
        }
        if parent == BoxId::VIEWPORT {
            take_principal_flow(&mut computed, self.document, self.styles);
        }
        if self.depth >= MAX_BOX_DEPTH {
            self.too_deep(node, parent, computed, siblings);
            return;
        }
        self.depth += 1;
        self.generation.enter(&computed);
        if computed.boxes.display == Display::Contents {
            self.contents(node, parent, siblings);
        } else {
            let source = BoxSource::Node(node);
            let leaf = if element.is_html(&local_name!("br")) {
                Some(BoxKind::LineBreak)
            } else if element.is_html(&local_name!("wbr")) {
                Some(BoxKind::WordBreakOpportunity)
            } else {
                embedded::kind(self, node, element, &computed)
            };
            if style::may_skip_contents(&computed, matches!(leaf, Some(BoxKind::Replaced(_)))) {
                self.tree.skippable.push(node);
                self.relevance.used_style(node, &mut computed);
            }
            match leaf {
                Some(kind) => {
                    let id = self.add(source, Some(parent), computed, kind);
                    siblings.push(id);
                }
                None => self.container(node, element, parent, computed, siblings),
            }
        }
        self.generation.leave();
        self.depth -= 1;
    }

    fn too_deep(
        &mut self,
        node: NodeId,
        parent: BoxId,
        computed: Arc<ComputedStyle>,
        siblings: &mut Vec<BoxId>,
    ) {
        if !std::mem::replace(&mut self.is_too_deep, true) {
            let message =
                format!("boxes nest deeper than {MAX_BOX_DEPTH} levels; what is deeper stays empty");
            self.sink.report(Diagnostic::new(Severity::Warning, Stage::Layout, message));
        }
        let id = self.add(BoxSource::Node(node), Some(parent), computed, BoxKind::TooDeep);
        siblings.push(id);
    }

    /// A box with boxes inside.
    fn container(
        &mut self,
        node: NodeId,
        element: &ElementData,
        parent: BoxId,
        computed: Arc<ComputedStyle>,
        siblings: &mut Vec<BoxId>,
    ) {
        let control = controls::control_of(self.document, node, element);
        let alternative = if embedded::can_have_alternative(element) {
            alternative::of(self, node, element, &computed)
        } else {
            None
        };
        let original = computed.clone();
        let computed = fieldset::used_style(element, computed);
        let computed = controls::used_style(control.as_ref(), element, computed);
        let computed = alternative::used_style(self, alternative.as_ref(), computed);
        let display = computed.boxes.display;
        let is_list_item = display.is_list_item();
        let kind = if frameset::is_frameset(element) {
            frameset::kind(self.document, node, element)
        } else {
            kind_of(display)
        };
        let id = self.add(BoxSource::Node(node), Some(parent), computed, kind);
        siblings.push(id);
        self.tree.get_mut(id).is_body = element.is_html(&local_name!("body"));
        self.tree.get_mut(id).control = control.map(Box::new);
        self.tree.get_mut(id).is_alternative = alternative.is_some();
        if let Some(attributes) = table_attributes(element) {
            self.tree.set_table_attributes(id, attributes);
        }
        if let Some(first_line) = self.styles.pseudo(node, &PseudoElement::FirstLine) {
            self.tree.get_mut(id).first_line_style = Some(first_line.clone());
        }
        let mut children = Vec::new();
        let marker = if is_list_item { lists::marker(self, node, id) } else { None };
        if let Some(alternative) = alternative {
            alternative::contents(self, node, &alternative, id, &mut children);
        } else if !self.skips_contents(node, &original)
            && !controls::contents(self, controls::Host { node, element, id }, &mut children)
        {
            self.contents(node, id, &mut children);
        }
        if fieldset::is_fieldset(element) {
            fieldset::arrange(self, node, id, &original, &mut children);
        }
        self.fill(id, children, marker);
        first_letter::insert(self, node, id);
    }

    /// Whether no boxes are generated for the contents of an element.
    fn skips_contents(&self, node: NodeId, computed: &ComputedStyle) -> bool {
        let is_auto = |own: &Arc<ComputedStyle>| style::may_skip_contents(own, false);
        let is_forced = self.relevance.is_forced() && self.styles.get(node).is_some_and(is_auto);
        style::skips_contents(computed) && !is_forced
    }

    /// Gives a box its children, with the anonymous boxes that they need.
    pub fn fill(&mut self, id: BoxId, mut children: Vec<BoxId>, marker: Option<BoxId>) {
        if let Some(marker) = marker {
            lists::insert_marker(&mut self.tree, marker, &mut children);
        }
        if !matches!(
            self.tree.get(id).kind,
            BoxKind::Table(_)
                | BoxKind::TableSection(_)
                | BoxKind::TableRow(_)
                | BoxKind::TableColumnGroup(_)
        ) {
            children = anonymous_tables::wrap_stray_parts(&mut self.tree, id, children);
        }
        match &mut self.tree.get_mut(id).kind {
            BoxKind::Inline(inside) => *inside = children,
            BoxKind::Flex(_) | BoxKind::Grid(_) => {
                let items = anonymous::items(&mut self.tree, id, children);
                if let BoxKind::Flex(inside) | BoxKind::Grid(inside) = &mut self.tree.get_mut(id).kind {
                    *inside = items;
                }
            }
            BoxKind::BlockContainer(_) => {
                let children = ruby::in_block_container(&mut self.tree, id, children);
                anonymous::fill_block_container(&mut self.tree, id, children);
            }
            BoxKind::Table(_) => anonymous_tables::fill_table(&mut self.tree, id, children),
            BoxKind::TableSection(_) => anonymous_tables::fill_section(&mut self.tree, id, children),
            BoxKind::TableRow(_) => anonymous_tables::fill_row(&mut self.tree, id, children),
            BoxKind::TableColumnGroup(_) => {
                anonymous_tables::fill_column_group(&mut self.tree, id, children);
            }
            BoxKind::Frameset(_) => frameset::fill(self, id, children),
            _ => {}
        }
    }

    /// `::before`, the children, `::after`.
    fn contents(&mut self, node: NodeId, parent: BoxId, siblings: &mut Vec<BoxId>) {
        self.pseudo(node, &PseudoElement::Before, GeneratedFor::Before, parent, siblings);
        let summary = details::summary(self.document, node);
        match summary {
            Some(summary) => self.node(summary, parent, siblings),
            None => details::default_summary(self, node, parent, siblings),
        }
        if !details::content(self, node, summary, parent, siblings) {
            self.children(node, summary, parent, siblings);
        }
        self.pseudo(node, &PseudoElement::After, GeneratedFor::After, parent, siblings);
    }

    /// The children, but for one.
    pub fn children(
        &mut self,
        node: NodeId,
        except: Option<NodeId>,
        parent: BoxId,
        siblings: &mut Vec<BoxId>,
    ) {
        let mut child = self.document.node(node).first_child();
        while let Some(at) = child {
            if except != Some(at) {
                self.node(at, parent, siblings);
            }
            child = self.document.node(at).next_sibling();
        }
    }

    /// `::before` and `::after` of an element whose children are not shown.
    pub fn generated(&mut self, node: NodeId, parent: BoxId, siblings: &mut Vec<BoxId>) {
        self.pseudo(node, &PseudoElement::Before, GeneratedFor::Before, parent, siblings);
        self.pseudo(node, &PseudoElement::After, GeneratedFor::After, parent, siblings);
    }

    /// The box of a pseudo-element with generated content.
    /// <https://drafts.csswg.org/css-pseudo-4/#generated-content>
    fn pseudo(
        &mut self,
        node: NodeId,
        pseudo: &PseudoElement,
        generated_for: GeneratedFor,
        parent: BoxId,
        siblings: &mut Vec<BoxId>,
    ) {
        let Some(computed) = self.styles.pseudo(node, pseudo).cloned() else { return };
        if computed.boxes.display.is_none() {
            return;
        }
        self.generation.enter(&computed);
        let source = BoxSource::Pseudo(node, generated_for);
        let (id, target) = if computed.boxes.display == Display::Contents {
            (None, parent)
        } else {
            let id = self.add(source, Some(parent), computed.clone(), kind_of(computed.boxes.display));
            let part = match generated_for {
                GeneratedFor::Before => Some(FirstLinePart::Before),
                GeneratedFor::After => Some(FirstLinePart::After),
                _ => None,
            };
            self.tree.get_mut(id).first_line_style =
                part.and_then(|part| self.styles.first_line_part(node, part)).cloned();
            (Some(id), id)
        };
        let mut children = Vec::new();
        super::generated::content(self, node, source, target, &computed, &mut children);
        match id {
            Some(id) => {
                siblings.push(id);
                let marker =
                    if computed.boxes.display.is_list_item() { lists::marker(self, node, id) } else { None };
                self.fill(id, children, marker);
            }
            None => siblings.extend(children),
        }
        self.generation.leave();
    }
}

/// What attributes of table cells and columns say, where they say something.
/// <https://html.spec.whatwg.org/multipage/tables.html#attributes-common-to-td-and-th-elements>
fn table_attributes(element: &ElementData) -> Option<TableAttributes> {
    let number = |name: LocalName, range: std::ops::RangeInclusive<u16>| {
        let digits: String = element
            .attribute(&name)?
            .trim_ascii_start()
            .trim_start_matches('+')
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        // So many digits that no number holds them are more than any limit.
        let number = digits.parse::<u16>().unwrap_or(if digits.is_empty() { 1 } else { u16::MAX });
        Some(number.clamp(*range.start(), *range.end()))
    };
    let attributes = if element.is_html(&local_name!("td")) || element.is_html(&local_name!("th")) {
        TableAttributes {
            columns: number(local_name!("colspan"), 1..=1000).unwrap_or(1),
            rows: number(local_name!("rowspan"), 0..=65534).unwrap_or(1),
            is_nowrap: element.attribute(&local_name!("nowrap")).is_some(),
        }
    } else if element.is_html(&local_name!("col")) || element.is_html(&local_name!("colgroup")) {
        TableAttributes {
            columns: number(local_name!("span"), 1..=1000).unwrap_or(1),
            ..TableAttributes::default()
        }
    } else {
        return None;
    };
    (attributes != TableAttributes::default()).then_some(attributes)
}

/// The kind of box that a `display` makes, still empty.
pub(super) fn kind_of(display: Display) -> BoxKind {
    let block_container = || BoxKind::BlockContainer(BlockContents::Blocks(Vec::new()));
    match display {
        Display::Box { outside, inside, .. } => match inside {
            DisplayInside::Flex | DisplayInside::WebkitBox => BoxKind::Flex(Vec::new()),
            DisplayInside::Grid => BoxKind::Grid(Vec::new()),
            DisplayInside::Table => BoxKind::Table(Box::default()),
            DisplayInside::Flow | DisplayInside::Ruby | DisplayInside::Math
                if outside == fanlight_css::values::display::DisplayOutside::Inline =>
            {
                BoxKind::Inline(Vec::new())
            }
            _ => block_container(),
        },
        Display::Internal(
            DisplayInternal::TableRowGroup
            | DisplayInternal::TableHeaderGroup
            | DisplayInternal::TableFooterGroup,
        ) => BoxKind::TableSection(Vec::new()),
        Display::Internal(DisplayInternal::TableRow) => BoxKind::TableRow(Vec::new()),
        Display::Internal(DisplayInternal::TableColumnGroup) => BoxKind::TableColumnGroup(Vec::new()),
        Display::Internal(DisplayInternal::TableColumn) => BoxKind::TableColumn,
        Display::Internal(DisplayInternal::RubyText) => BoxKind::Inline(Vec::new()),
        _ => block_container(),
    }
}

/// An anonymous box's style: nothing but what it inherits. <https://drafts.csswg.org/css-display-4/#anonymous>
pub(super) fn anonymous_style(parent: &ComputedStyle, display: Display) -> Arc<ComputedStyle> {
    let mut computed = ComputedStyle::inheriting_from(parent);
    Arc::make_mut(&mut computed.boxes).display = display;
    computed.original_display = display;
    Arc::new(computed)
}

/// Whether a text box is nothing but white space that can vanish.
pub(super) fn is_collapsible_blank(tree: &BoxTree, id: BoxId) -> bool {
    let layout_box = tree.get(id);
    match &layout_box.kind {
        BoxKind::Text(text) => {
            let white_space = style::white_space(&layout_box.style);
            !white_space.preserves_spaces
                && text.bytes().all(|byte| {
                    matches!(byte, b' ' | b'\t' | b'\r') || byte == b'\n' && !white_space.preserves_breaks
                })
        }
        _ => false,
    }
}

/// Whether a text box is nothing but white space, even if that is preserved: in tables and flex containers it makes no box.
pub(super) fn is_blank(tree: &BoxTree, id: BoxId) -> bool {
    let is_white_space = |character| matches!(character, ' ' | '\t' | '\r' | '\n');
    matches!(&tree.get(id).kind, BoxKind::Text(text) if text.chars().all(is_white_space))
}

/// Whether an element is of HTML.
pub(super) fn is_html(element: &ElementData) -> bool {
    element.name.namespace == ns!(html)
}

/// An anonymous box.
pub(super) fn anonymous_box(
    tree: &mut BoxTree,
    parent: BoxId,
    why: AnonymousKind,
    display: Display,
    kind: BoxKind,
) -> BoxId {
    let around = tree.get(parent);
    let mut style = anonymous_style(&around.style, display);
    if why == AnonymousKind::Block {
        // It holds paragraphs of the block around it.
        let unicode_bidi = around.style.text.unicode_bidi;
        if unicode_bidi != style.text.unicode_bidi {
            Arc::make_mut(&mut Arc::make_mut(&mut style).text).unicode_bidi = unicode_bidi;
        }
    }
    let first_line_style = around.first_line_style.clone();
    let source = BoxSource::Anonymous(around.source.node(), why);
    let called = (around.name.clone(), around.element_id.clone());
    let anonymous = LayoutBox::new(source, Some(parent), called, style, kind);
    tree.add(LayoutBox { first_line_style, ..anonymous })
}
