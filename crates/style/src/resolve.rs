//! The stage: from a document and its sheets to the computed style of every element.

mod first_lines;

use std::sync::Arc;

use fanlight_base::DiagnosticSink;
use fanlight_base::atoms::local_name;
use fanlight_css::media::Device;
use fanlight_css::properties::{Affects, ComputedStyle, DeclarationBlock};
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::FontMetricsProvider;
use fanlight_css::values::display::Display;
use fanlight_dom::{Document, Edge, Mutation, NodeId};

use crate::changes::StyleChanges;
use crate::compute::{self, Computed, Computer, Inherits, Parent};
use crate::containers::{self, ContainerSizes, Containers};
use crate::element::ElementRef;
use crate::invalidation::marks::{Mark, Marks};
use crate::matching::list::{self, Applied, AppliedList, ListTable};
use crate::matching::{MatchedRule, Matcher, MatchingMemory, Memo, PSEUDO_ELEMENTS};
use crate::presentational::{self, Hints, Surroundings};
use crate::pseudo_elements::{AppliedPseudos, SharedPseudos, can_be_made, is_generated, may_have};
use crate::rules::CascadeData;
use crate::signature::SignatureId;
use crate::style_map::{Label, StyleMap, Styled, StyledElement, StyledPseudos};
use crate::style_set::StyleSet;
use first_lines::FirstLines;

/// What an update begins from.
pub struct Previous<'a> {
    /// The styles before.
    pub styles: StyleMap,
    /// What changed in the document since they were made.
    pub mutations: &'a [Mutation],
}

/// What the stage made.
#[derive(Debug)]
pub struct Resolved {
    /// The styles.
    pub styles: StyleMap,
    /// What is different from before.
    pub changes: StyleChanges,
}

impl fanlight_base::Dump for Resolved {
    fn dump(&self, tree: &mut fanlight_base::TreeWriter) {
        self.styles.dump(tree);
    }
}

/// Computes the style of every element and pseudo-element of a document.
///
/// With `previous`, only what the mutations can have changed is styled again; the result is the same. Where the sheets or
/// the device are others than then, everything is.
pub fn resolve(
    document: &Document,
    set: &mut StyleSet,
    fonts: &dyn FontMetricsProvider,
    previous: Option<Previous<'_>>,
    sink: &dyn DiagnosticSink,
) -> Resolved {
    let data = set.data();
    let usable = previous.filter(|previous| Arc::ptr_eq(&previous.styles.data, &data));
    let (styles, marks) = match usable {
        Some(Previous { styles, mutations }) => {
            let _span = tracing::info_span!("invalidation").entered();
            let resized = set.container_sizes().different_from(&styles.container_sizes);
            let is_inline = |node| styles.get(node).is_none_or(|style| first_lines::is_inline(style));
            let marks = Marks::new(document, mutations, &resized, &data, &is_inline);
            (styles, Some(marks))
        }
        None => {
            let fresh = StyleMap { data: data.clone(), url: document.url.clone(), ..StyleMap::default() };
            (fresh, None)
        }
    };
    let around = Surroundings::of(document, set.frame_margins());
    let run = Run {
        document,
        data: &data,
        matcher: Matcher::new(document, &data),
        memory: MatchingMemory::default(),
        lists: ListTable::default(),
        container_sizes: set.container_sizes().clone(),
        device: set.device().clone(),
        fonts,
        computer: Computer::new(set.device().clone(), fonts, set.quirks(), data.clone()),
        shared_pseudos: SharedPseudos::default(),
        set,
        sink,
        around,
        marks,
        styles,
        changes: StyleChanges::default(),
        order: Vec::new(),
        path: Vec::new(),
        hints: Hints::default(),
        matched: Vec::new(),
        entries: Vec::new(),
    };
    run.all()
}

/// An element whose descendants are being styled.
struct Above {
    node: NodeId,
    signature: SignatureId,
    parent: Parent,
    /// What the children of a `<details>` but its summary inherit from: its `::details-content`.
    content: Option<Parent>,
    again: Again,
    first_lines: Option<FirstLines>,
}

impl Above {
    /// What a child inherits from, in the flat tree.
    fn parent_of(&self, child: ElementRef<'_>) -> &Parent {
        match &self.content {
            Some(content) if !is_first_summary(child, self.node) => content,
            _ => &self.parent,
        }
    }
}

/// The style of `::details-content` among pseudo-elements.
fn details_content(pseudos: &[(usize, Styled)]) -> Option<&Arc<ComputedStyle>> {
    let index = PseudoElement::DetailsContent.index()?;
    pseudos.iter().find(|(present, _)| *present == index).map(|(_, styled)| &styled.style)
}

/// Whether an element is the summary of the `<details>` around it.
/// <https://html.spec.whatwg.org/multipage/interactive-elements.html#summary-for-its-parent-details>
fn is_first_summary(element: ElementRef<'_>, details: NodeId) -> bool {
    let document = element.document();
    let is_summary =
        |node: NodeId| document.element(node).is_some_and(|element| element.is_html(&local_name!("summary")));
    is_summary(element.node())
        && document.element_children(details).find(|&child| is_summary(child)) == Some(element.node())
}

/// What has to be done again below an element, marks apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Again {
    /// Nothing.
    Nothing,
    /// Children that explicitly inherit what does not inherit by itself are computed anew.
    SomeChildren,
    /// The children are computed anew.
    Children,
    /// Everything below is computed anew.
    Computing,
    /// Everything below is matched anew.
    Matching,
}

struct Run<'a> {
    document: &'a Document,
    data: &'a CascadeData,
    set: &'a mut StyleSet,
    sink: &'a dyn DiagnosticSink,
    matcher: Matcher<'a>,
    memory: MatchingMemory,
    lists: ListTable,
    computer: Computer<'a>,
    shared_pseudos: SharedPseudos,
    container_sizes: Arc<ContainerSizes>,
    device: Device,
    fonts: &'a dyn FontMetricsProvider,
    around: Surroundings,
    /// `None` when everything is styled.
    marks: Option<Marks>,
    styles: StyleMap,
    changes: StyleChanges,
    /// The elements in tree order, when everything is styled.
    order: Vec<Label>,
    /// The elements above the current one, outermost first.
    path: Vec<Above>,
    // Buffers that are used again for every element.
    hints: Hints,
    matched: Vec<MatchedRule>,
    entries: Vec<Applied>,
}

impl<'a> Run<'a> {
    fn all(mut self) -> Resolved {
        self.changes.everything = self.marks.is_none();
        self.styles.container_sizes = self.container_sizes.clone();
        self.styles.elements.resize_with(self.document.node_count(), || None);
        if let Some(marks) = &self.marks {
            for &node in &marks.removed {
                for below in self.document.inclusive_descendants(node) {
                    self.styles.elements[below.index()] = None;
                    self.styles.size_containers.remove(&below);
                }
            }
        }
        {
            let _span = tracing::info_span!("elements").entered();
            self.walk();
        }
        match &self.marks {
            None => self.styles.order = Arc::new(self.order),
            Some(marks) if marks.labels_changed => {
                self.styles.order = Arc::new(StyleMap::labels(self.document));
            }
            Some(_) => {}
        }
        Resolved { styles: self.styles, changes: self.changes }
    }

    /// Goes through the elements in tree order; no recursion, since the page decides how deep it is.
    fn walk(&mut self) {
        let document = self.document;
        let mut next = document.next_edge(Edge::Enter(NodeId::DOCUMENT));
        while let Some(edge) = next {
            let done = match edge {
                Edge::Enter(node) => {
                    let descend = ElementRef::new(document, node).is_some_and(|element| self.visit(element));
                    if descend { edge } else { Edge::Leave(node) }
                }
                Edge::Leave(_) => {
                    self.path.pop();
                    edge
                }
            };
            next = document.next_edge(done);
        }
    }

    /// Styles an element where it has to be. Says whether its children are to be visited; the element is then the last of
    /// the path.
    fn visit(&mut self, element: ElementRef<'a>) -> bool {
        let node = element.node();
        let above = self.path.last().map_or(Again::Nothing, |above| above.again);
        let (matching, computing, mark) = match &self.marks {
            None => (true, true, Mark::empty()),
            Some(marks) => {
                let mark = marks.of(node);
                let old = self.styles.styled(node);
                let matching =
                    old.is_none() || above == Again::Matching || mark.intersects(Mark::MATCH | Mark::SUBTREE);
                let inherits = above >= Again::Children
                    || above == Again::SomeChildren && old.is_some_and(|old| old.applied.inherits_on_request);
                (matching, matching || inherits, mark)
            }
        };
        if !computing && !mark.contains(Mark::BELOW) {
            return false;
        }
        let signature =
            self.memory.signature(element, self.path.last().map(|above| above.signature), self.data);
        if self.path.is_empty()
            && !computing
            && let Some(root) = self.styles.get(node)
        {
            self.computer.set_root(root);
        }
        let mut again = match above {
            Again::Matching | Again::Computing => above,
            Again::Children | Again::SomeChildren | Again::Nothing => Again::Nothing,
        };
        if mark.contains(Mark::SUBTREE) {
            again = Again::Matching;
        }
        if computing {
            again = again.max(self.restyle(element, signature, matching));
        }
        if self.marks.is_none() {
            self.order.push(Label::new(self.document, node, self.path.len(), element.data()));
        }
        let Some(style) = self.styles.get(node) else { return false };
        // Without a box of its own an element is no hindrance: its children's boxes are in the box around it.
        if above == Again::Children && style.boxes.display == Display::Contents {
            again = again.max(Again::Children);
        }
        if again == Again::Nothing && self.marks.is_some() && !mark.contains(Mark::BELOW) {
            return false;
        }
        if self.document.node(node).first_child().is_none() {
            return false;
        }
        let style = style.clone();
        let parent = self.parent_of(style, node);
        let content = self.styles.pseudo(node, &PseudoElement::DetailsContent).cloned();
        let content = content.map(|style| self.computer.parent(style, Some(&parent), None));
        let first_lines = self.first_lines_below(node);
        self.path.push(Above { node, signature, parent, content, again, first_lines });
        true
    }

    /// What a box of the current element in this style is to what is inside of it.
    fn parent_of(&mut self, style: Arc<ComputedStyle>, node: NodeId) -> Parent {
        let above = self.path.last().map(|above| &above.parent);
        self.computer.parent(style, above, self.container_sizes.get(node))
    }

    /// Computes the style of an element and of its pseudo-elements. Says what follows for its children.
    fn restyle(&mut self, element: ElementRef<'a>, signature: SignatureId, matching: bool) -> Again {
        let node = element.node();
        let old_element = self.styles.elements[node.index()].take();
        let old_pseudos = old_element.as_ref().map_or(&[][..], StyledElement::pseudos);
        let old = old_element.as_ref().map(|old| &old.own);
        let applied = match (old, matching) {
            (Some(old), false) => old.applied.clone(),
            _ => {
                self.changes.matched += 1;
                self.applied(element, signature)
            }
        };
        self.changes.computed += 1;
        let parent = self.path.last().map(|above| above.parent_of(element));
        let computed = self.computer.compute(&applied, parent, element.data());
        let (styled, affects, mut again) = settle(old, computed);
        let style = styled.style.clone();
        if old.is_some_and(|old| containers::answers_differ(&old.style, &style, self.data.container_queries))
        {
            again = Again::Matching;
        }
        if style.size.container_type.is_empty() {
            self.styles.size_containers.remove(&node);
        } else {
            self.styles.size_containers.insert(node);
        }
        // `rem` and its kin refer to the root's font.
        if self.path.is_empty() && old.is_some_and(|old| old.style.font != style.font) {
            again = Again::Computing;
        }

        if self.path.is_empty() {
            self.computer.set_root(&style);
        }
        let pseudos = self.pseudos(element, signature, matching, &style, old_pseudos);
        let pseudos = self.with_first_lines(element, &styled, pseudos, old_pseudos);
        if first_lines::differ(old_pseudos, pseudos.as_deref().map_or(&[], |pseudos| pseudos)) {
            again = again.max(Again::Computing);
        }
        if details_content(old_pseudos).map(Arc::as_ptr)
            != pseudos.as_deref().and_then(|pseudos| details_content(pseudos)).map(Arc::as_ptr)
        {
            again = again.max(Again::Computing);
        }
        // Another box before them: what comes after it may not be the first any more.
        if affects == Affects::Boxes
            && let Some(above) = self.path.last_mut()
            && above.first_lines.is_some()
        {
            above.again = above.again.max(Again::Computing);
        }
        let styled = StyledElement { own: styled, pseudos };
        if !self.changes.everything {
            let affects = affects.max(pseudo_changes(old_pseudos, styled.pseudos()));
            if affects > Affects::Nothing {
                self.changes.elements.push((node, affects));
            }
        }
        self.styles.elements[node.index()] = Some(styled);
        again
    }

    /// All that applies to an element.
    fn applied(&mut self, element: ElementRef<'a>, signature: SignatureId) -> Arc<AppliedList> {
        presentational::collect(self.document, element.node(), element.data(), &self.around, &mut self.hints);
        let hints = (!self.hints.is_empty()).then(|| self.set.parse_hints(self.hints.key()));
        let style_attribute = element
            .data()
            .attribute(&fanlight_base::atoms::local_name!("style"))
            .map(|text| self.set.parse_style_attribute(text, self.sink));
        self.list(element, signature, None, hints, style_attribute)
    }

    /// The list of what matches, with hints and `style` attribute; for a pseudo-element, which comes with the style of its
    /// element, without.
    fn list(
        &mut self,
        element: ElementRef<'a>,
        signature: SignatureId,
        pseudo: Option<(usize, &ComputedStyle)>,
        hints: Option<Arc<DeclarationBlock>>,
        style_attribute: Option<Arc<DeclarationBlock>>,
    ) -> Arc<AppliedList> {
        let path = &self.path;
        let ancestor = |depth: usize| path[depth].node;
        let memo = self.matcher.memo_of(&mut self.memory, signature, element, path.len(), ancestor);
        let memo: &mut Memo = match pseudo {
            None => &mut memo.element,
            Some((pseudo, _)) => match memo.pseudos.iter_mut().find(|(index, _)| *index == pseudo) {
                Some((_, memo)) => memo,
                None => return Arc::default(),
            },
        };
        self.matched.clear();
        let mut pattern = 0;
        if !memo.individually.is_empty() {
            let containers = Containers {
                ancestor_count: path.len(),
                ancestor: &|depth| (path[depth].node, &*path[depth].parent.style),
                own: pseudo.map(|(_, style)| (element.node(), style)),
                sizes: &self.container_sizes,
                registered: &self.data.registered,
                device: &self.device,
                fonts: self.fonts,
            };
            self.matcher.go_below(path.len(), ancestor);
            pattern = self.matcher.match_individually(
                element,
                &memo.individually,
                pseudo.map(|(pseudo, _)| pseudo),
                |scope| containers.hold(scope),
                &mut self.matched,
            );
        }
        let by_pattern = memo.has_patterns && hints.is_none() && style_attribute.is_none();
        if by_pattern && let Some(list) = memo.list(pattern) {
            return self.lists.get(list).clone();
        }
        self.matched.extend_from_slice(&memo.matched);
        list::sort(&mut self.matched, self.data);
        list::entries(&self.matched, hints.as_ref(), style_attribute.as_ref(), self.data, &mut self.entries);
        let id = self.lists.intern(&self.entries);
        if by_pattern {
            memo.lists.push((pattern, id));
        }
        self.lists.get(id).clone()
    }

    /// The pseudo-elements of an element.
    fn pseudos(
        &mut self,
        element: ElementRef<'a>,
        signature: SignatureId,
        matching: bool,
        style: &Arc<ComputedStyle>,
        old: &[(usize, Styled)],
    ) -> Option<Arc<StyledPseudos>> {
        let before = |index: usize| old.iter().find(|(old, _)| *old == index).map(|(_, old)| old);
        // Without matching anew, what was not matched by anything is not now.
        let path = &self.path;
        self.matcher.memo_of(&mut self.memory, signature, element, path.len(), |depth| path[depth].node);
        let mut all = AppliedPseudos::new();
        let mut next = 0;
        while let Some(index) = self.memory.pseudo(signature, next) {
            next += 1;
            let pseudo = &PSEUDO_ELEMENTS[index];
            if !may_have(element, pseudo, style) {
                continue;
            }
            let applied = match before(first_lines::own_place(index)) {
                Some(before) if !matching => before.applied.clone(),
                _ => self.list(element, signature, Some((index, style)), None, None),
            };
            if can_be_made(pseudo, &applied) {
                all.push((index, applied));
            }
        }
        if all.is_empty() {
            return None;
        }
        let parent = self.parent_of(style.clone(), element.node());
        let computer = &mut self.computer;
        let mut make = || {
            let mut pseudos = StyledPseudos::new();
            for (index, applied) in &all {
                let computed = computer.compute(applied, Some(&parent), element.data());
                if is_generated(&PSEUDO_ELEMENTS[*index], &computed.style) {
                    pseudos.push((*index, settle(before(*index), computed).0));
                }
            }
            (!pseudos.is_empty()).then(|| Arc::new(pseudos))
        };
        let is_shared = old.is_empty() && !all.iter().any(|(_, applied)| applied.reads_attributes);
        if is_shared { self.shared_pseudos.get_or_make(&parent, &all, make) } else { make() }
    }
}

/// Keeps the old style where the new one is equal, so that whoever compares pointers sees that nothing changed.
fn settle(old: Option<&Styled>, computed: Computed) -> (Styled, Affects, Again) {
    let Computed { style, applied } = computed;
    let Some(old) = old else { return (Styled { style, applied }, Affects::Boxes, Again::Children) };
    if compute::same(&old.style, &style) {
        return (Styled { style: old.style.clone(), applied }, Affects::Nothing, Again::Nothing);
    }
    let again = match compute::inherited_change(&old.style, &style) {
        Inherits::OnRequest => Again::SomeChildren,
        Inherits::Always => Again::Children,
        Inherits::Deeply => Again::Computing,
    };
    let affects = style.affects(&old.style);
    (Styled { style, applied }, affects, again)
}

/// What follows from other pseudo-elements.
fn pseudo_changes(old: &[(usize, Styled)], new: &[(usize, Styled)]) -> Affects {
    if !old.iter().map(|(index, _)| index).eq(new.iter().map(|(index, _)| index)) {
        return Affects::Boxes;
    }
    old.iter()
        .zip(new)
        .map(|((_, old), (_, new))| {
            if Arc::ptr_eq(&old.style, &new.style) { Affects::Nothing } else { new.style.affects(&old.style) }
        })
        .max()
        .unwrap_or(Affects::Nothing)
}

#[cfg(test)]
mod incremental_tests;
#[cfg(test)]
mod tests;
