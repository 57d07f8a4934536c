//! Mutations turned into marks on the elements that they can affect.

use bitflags::bitflags;
use fanlight_base::LocalName;
use fanlight_base::atoms::{local_name, ns};
use fanlight_dom::{Document, ElementData, ElementState, Mutation, NodeData, NodeId};

use super::dependencies::{Anchors, Dependencies, Dependency, Direction, Feature};
use crate::rules::CascadeData;

bitflags! {
    /// What has to be done again for an element.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Mark: u8 {
        /// Its rules have to be matched.
        const MATCH = 1 << 0;
        /// The rules of it and of all below it have to be matched.
        const SUBTREE = 1 << 1;
        /// Something below it is marked.
        const BELOW = 1 << 2;
    }
}

/// Marks for the nodes of a document.
pub(crate) struct Marks {
    marks: Vec<Mark>,
    /// Whether there are other elements, in another order or with other ids: what a dump calls them by.
    pub(crate) labels_changed: bool,
    /// Nodes that are no longer in the tree.
    pub(crate) removed: Vec<NodeId>,
}

impl Marks {
    /// The marks of a node.
    pub(crate) fn of(&self, node: NodeId) -> Mark {
        self.marks.get(node.index()).copied().unwrap_or_default()
    }

    /// Marks what the mutations and other sizes of containers can affect. The document is as it is after them; `is_inline`
    /// says of an element whether it was on a line of the box around it before.
    pub(crate) fn new(
        document: &Document,
        mutations: &[Mutation],
        resized_containers: &[NodeId],
        data: &CascadeData,
        is_inline: &dyn Fn(NodeId) -> bool,
    ) -> Marks {
        let dependencies = data.dependencies();
        let marks = vec![Mark::empty(); document.node_count()];
        let marks = Marks { marks, labels_changed: false, removed: Vec::new() };
        let first_lines = data.has_first_lines();
        let mut marker = Marker { document, dependencies, first_lines, is_inline, marks, done: Vec::new() };
        for mutation in mutations {
            marker.mutation(mutation);
        }
        for &container in resized_containers {
            if marker.is_connected(container) {
                marker.mark(container, Mark::SUBTREE);
            }
        }
        marker.marks
    }

    fn has(&self, node: NodeId, mark: Mark) -> bool {
        self.of(node).contains(mark)
    }
}

struct Marker<'a> {
    document: &'a Document,
    dependencies: &'a Dependencies,
    /// Whether it matters what comes first in a block.
    first_lines: bool,
    is_inline: &'a dyn Fn(NodeId) -> bool,
    marks: Marks,
    /// The features that all of the document was asked about.
    done: Vec<Feature>,
}

/// The attributes that form-state pseudo-classes are computed from.
fn decides_form_states(name: &LocalName) -> bool {
    const NAMES: [&str; 17] = [
        "checked",
        "contenteditable",
        "disabled",
        "form",
        "max",
        "min",
        "multiple",
        "name",
        "placeholder",
        "readonly",
        "required",
        "selected",
        "size",
        "step",
        "type",
        "value",
        "open",
    ];
    NAMES.contains(&&**name)
}

impl Marker<'_> {
    /// Marks an element, and that there is something below those above it.
    fn mark(&mut self, node: NodeId, mark: Mark) {
        let marks = &mut self.marks.marks;
        let own = &mut marks[node.index()];
        if own.contains(mark) {
            return;
        }
        *own |= mark;
        for above in self.document.ancestors(node) {
            let above = &mut marks[above.index()];
            if above.contains(Mark::BELOW) {
                return;
            }
            *above |= Mark::BELOW;
        }
    }

    fn is_connected(&self, node: NodeId) -> bool {
        node == NodeId::DOCUMENT || self.document.ancestors(node).last() == Some(NodeId::DOCUMENT)
    }

    fn mutation(&mut self, mutation: &Mutation) {
        match mutation {
            Mutation::Inserted { parent, node } => {
                self.marks.labels_changed = true;
                if self.is_connected(*node) {
                    self.mark(*node, Mark::SUBTREE);
                } else {
                    self.marks.removed.push(*node);
                }
                if self.is_connected(*parent) {
                    // Where the node has moved on since, its later siblings here are not known: look at all.
                    let still_here = self.document.node(*node).parent() == Some(*parent);
                    let next = self.document.node(*node).next_sibling().filter(|_| still_here);
                    let from = if still_here { next } else { self.document.node(*parent).first_child() };
                    self.children_changed(*parent, *node, from);
                }
            }
            Mutation::Removed { parent, node, next_sibling } => {
                self.marks.labels_changed = true;
                if !self.is_connected(*node) {
                    self.marks.removed.push(*node);
                }
                if self.is_connected(*parent) {
                    let from = match next_sibling {
                        Some(next) if self.document.node(*next).parent() == Some(*parent) => Some(*next),
                        // Nothing was after it; what was put there since has mutations of its own.
                        None => None,
                        Some(_) => self.document.node(*parent).first_child(),
                    };
                    self.children_changed(*parent, *node, from);
                }
            }
            Mutation::Attribute { element, name, .. } => self.attribute(*element, name),
            Mutation::Id { element, old } => {
                self.marks.labels_changed = true;
                let now = self.document.element(*element).and_then(ElementData::id);
                for id in old.iter().chain(now) {
                    self.feature(*element, &Feature::id(id));
                }
            }
            Mutation::Classes { element, old } => {
                let now = self.document.element(*element).map_or(&[][..], ElementData::classes);
                let gone = old.iter().filter(|class| !now.contains(class));
                let come = now.iter().filter(|class| !old.contains(class));
                for class in gone.chain(come) {
                    self.feature(*element, &Feature::class(class));
                }
            }
            Mutation::State { element, old } => {
                let Some(data) = self.document.element(*element) else { return };
                let changed = *old ^ data.state();
                for state in changed.iter() {
                    self.feature(*element, &Feature::State(state));
                }
                use ElementState as S;
                if changed.intersects(S::CHECKED | S::INDETERMINATE | S::DIRTY_VALUE) {
                    self.document_feature(Feature::Form);
                }
                // `<body link vlink alink>` colours links by state, without a selector.
                if changed.intersects(S::VISITED | S::ACTIVE) && self.is_connected(*element) {
                    self.mark(*element, Mark::MATCH);
                }
            }
            Mutation::Characters { node } => {
                if let Some(parent) = self.document.node(*node).parent()
                    && self.is_connected(parent)
                {
                    self.text_changed(parent);
                }
            }
        }
    }

    fn attribute(&mut self, node: NodeId, name: &fanlight_base::QualName) {
        if !self.is_connected(node) {
            return;
        }
        self.feature(node, &Feature::Attribute(name.local.clone()));
        // `style`, presentational hints and attr() read attributes without a selector.
        self.mark(node, Mark::MATCH);
        let Some(data) = self.document.element(node) else { return };
        match name.local {
            local_name!("href") => self.feature(node, &Feature::Link),
            local_name!("lang") => self.inherited_feature(node, &Feature::Language),
            local_name!("dir") => self.directionality(node),
            local_name!("value") | local_name!("type") => self.directionality(node),
            _ => {}
        }
        if name.namespace == ns!() && decides_form_states(&name.local) {
            self.document_feature(Feature::Form);
        }
        if data.name.namespace == ns!(html) {
            match data.name.local {
                // Cells, rows and columns take hints from their table, links from the body.
                local_name!("table") => self.mark(node, Mark::SUBTREE),
                local_name!("body") => {
                    if matches!(
                        name.local,
                        local_name!("link")
                            | local_name!("vlink")
                            | local_name!("alink")
                            | local_name!("text")
                    ) {
                        self.mark(node, Mark::SUBTREE);
                    }
                }
                local_name!("meta") => self.document_language(),
                _ => {}
            }
        }
    }

    /// A child of a parent came or went; `from` is the first child after it.
    fn children_changed(&mut self, parent: NodeId, child: NodeId, from: Option<NodeId>) {
        self.text_changed(parent);
        if self.document.element(child).is_none() {
            return;
        }
        // Positions count from both ends: all children may have another.
        if !self.dependencies.on(&Feature::Position).is_empty() {
            let children: Vec<NodeId> = self.document.element_children(parent).collect();
            for child in children {
                self.feature(child, &Feature::Position);
            }
        }
        for dependency in self.dependencies.on(&Feature::Neighbours) {
            self.go(dependency.direction & !Direction::SELF, Some(parent), from, dependency);
        }
        for dependency in self.dependencies.on(&Feature::Surroundings) {
            self.go_from_anchors(dependency, parent, self.document.node(parent).last_child());
        }
        // A reversed list counts its items.
        if self.document.element(parent).is_some_and(|data| data.is_html(&local_name!("ol"))) {
            self.mark(parent, Mark::MATCH);
        }
        if self.holds_form_control(child) {
            self.document_feature(Feature::Form);
        }
        // Which element is the root, the head and the body, and what they say of the document.
        if parent == NodeId::DOCUMENT || self.document.node(parent).parent() == Some(NodeId::DOCUMENT) {
            self.document_language();
        }
    }

    /// What the document says of its language may have changed: the root element takes it as a hint.
    fn document_language(&mut self) {
        self.document_feature(Feature::Language);
        if let Some(root) = self.document.document_element() {
            self.mark(root, Mark::MATCH);
        }
    }

    /// Text below a parent changed, or its children did.
    fn text_changed(&mut self, parent: NodeId) {
        self.feature(parent, &Feature::Emptiness);
        if self.first_lines {
            self.first_line_changed(parent);
        }
        for dependency in self.dependencies.on(&Feature::Surroundings) {
            self.go_from_anchors(dependency, parent, None);
        }
        if !self.dependencies.on(&Feature::Directionality).is_empty() {
            let above: Vec<NodeId> = std::iter::once(parent).chain(self.document.ancestors(parent)).collect();
            for node in above {
                let reads_text = self.document.element(node).is_some_and(|element| {
                    element.is_html(&local_name!("bdi")) || element.has_attribute(&local_name!("dir"))
                });
                if reads_text {
                    self.inherited_feature(node, &Feature::Directionality);
                }
            }
        }
        if let Some(data) = self.document.element(parent)
            && (data.is_html(&local_name!("textarea")) || data.is_html(&local_name!("option")))
        {
            self.document_feature(Feature::Form);
        }
    }

    /// What comes first below a parent may be another. It may then be for what comes after inline boxes that the parent is.
    fn first_line_changed(&mut self, parent: NodeId) {
        self.mark(parent, Mark::SUBTREE);
        let mut inside = parent;
        while (self.is_inline)(inside)
            && let Some(above) = self.document.parent_element(inside)
        {
            self.mark(above, Mark::SUBTREE);
            inside = above;
        }
    }

    /// The `dir` of an element, and so the direction of all below it and of those above that ask their contents.
    fn directionality(&mut self, node: NodeId) {
        self.inherited_feature(node, &Feature::Directionality);
        if let Some(parent) = self.document.node(node).parent() {
            self.text_changed(parent);
        }
    }

    /// Whether a node is or holds something that form states are computed from.
    fn holds_form_control(&self, node: NodeId) -> bool {
        self.document.inclusive_descendants(node).any(|below| {
            self.document.element(below).is_some_and(|element| {
                element.name.namespace == ns!(html)
                    && matches!(
                        element.name.local,
                        local_name!("input")
                            | local_name!("button")
                            | local_name!("select")
                            | local_name!("option")
                            | local_name!("optgroup")
                            | local_name!("textarea")
                            | local_name!("fieldset")
                            | local_name!("legend")
                            | local_name!("form")
                    )
            })
        })
    }

    /// A feature that elements have from those above them.
    fn inherited_feature(&mut self, node: NodeId, feature: &Feature) {
        if self.dependencies.on(feature).is_empty() {
            return;
        }
        let below: Vec<NodeId> = self.document.inclusive_descendants(node).collect();
        for node in below {
            self.feature(node, feature);
        }
    }

    /// A feature of groups of elements, above and below and apart: whoever may depend on it is marked, once a batch.
    fn document_feature(&mut self, feature: Feature) {
        if self.done.contains(&feature) {
            return;
        }
        for dependency in self.dependencies.on(&feature) {
            let everywhere = Dependency { direction: Direction::DOCUMENT, ..dependency.clone() };
            self.go(Direction::DOCUMENT, None, None, &everywhere);
        }
        self.done.push(feature);
    }

    /// A feature of an element changed.
    fn feature(&mut self, node: NodeId, feature: &Feature) {
        if self.dependencies.on(feature).is_empty() || !self.is_connected(node) {
            return;
        }
        for dependency in self.dependencies.on(feature) {
            match dependency.anchors {
                Anchors::Changed => self.go_from_anchor(node, dependency),
                Anchors::AllSiblings => {
                    if let Some(parent) = self.document.node(node).parent() {
                        let siblings: Vec<NodeId> = self.document.element_children(parent).collect();
                        for sibling in siblings {
                            self.go_from_anchor(sibling, dependency);
                        }
                    }
                }
                Anchors::Ancestors | Anchors::AncestorsAndPrecedingSiblings => {
                    if let Some(parent) = self.document.node(node).parent() {
                        self.go_from_anchors(dependency, parent, self.document.node(node).previous_sibling());
                    }
                }
            }
        }
    }

    /// Goes from all anchors of a `:has()` for something below `parent`, after `previous`.
    fn go_from_anchors(&mut self, dependency: &Dependency, parent: NodeId, previous: Option<NodeId>) {
        let siblings_too = match dependency.anchors {
            Anchors::Changed | Anchors::AllSiblings => return self.go_from_anchor(parent, dependency),
            Anchors::Ancestors => false,
            Anchors::AncestorsAndPrecedingSiblings => true,
        };
        let mut previous = previous;
        let mut above = Some(parent);
        while let Some(node) = above {
            if siblings_too {
                while let Some(sibling) = previous {
                    self.go_from_anchor(sibling, dependency);
                    previous = self.document.node(sibling).previous_sibling();
                }
            }
            self.go_from_anchor(node, dependency);
            previous = self.document.node(node).previous_sibling();
            above = self.document.node(node).parent();
        }
    }

    fn go_from_anchor(&mut self, anchor: NodeId, dependency: &Dependency) {
        if dependency.direction.contains(Direction::DOCUMENT) {
            return self.go(Direction::DOCUMENT, None, None, dependency);
        }
        let node = self.document.node(anchor);
        let Some(data) = node.element() else { return };
        if dependency.anchor.may_be(data) {
            self.go(dependency.direction, Some(anchor), node.next_sibling(), dependency);
        }
    }

    /// Marks what may be meant, in the given directions from `anchor`, whose next sibling is `next`.
    fn go(
        &mut self,
        direction: Direction,
        anchor: Option<NodeId>,
        next: Option<NodeId>,
        dependency: &Dependency,
    ) {
        if direction.contains(Direction::DOCUMENT) {
            return self.mark_below(NodeId::DOCUMENT, dependency);
        }
        if direction.contains(Direction::SELF)
            && let Some(anchor) = anchor
        {
            self.mark_if_meant(anchor, dependency);
        }
        if direction.contains(Direction::DESCENDANTS)
            && let Some(anchor) = anchor
        {
            self.mark_below(anchor, dependency);
        }
        if direction.intersects(Direction::SIBLINGS | Direction::SIBLING_DESCENDANTS) {
            let mut at = next;
            while let Some(sibling) = at {
                if direction.contains(Direction::SIBLINGS) {
                    self.mark_if_meant(sibling, dependency);
                }
                if direction.contains(Direction::SIBLING_DESCENDANTS) {
                    self.mark_below(sibling, dependency);
                }
                at = self.document.node(sibling).next_sibling();
            }
        }
    }

    fn mark_if_meant(&mut self, node: NodeId, dependency: &Dependency) {
        if let NodeData::Element(element) = self.document.node(node).data()
            && dependency.subject.may_be(element)
        {
            self.mark(node, Mark::MATCH);
        }
    }

    fn mark_below(&mut self, root: NodeId, dependency: &Dependency) {
        let document = self.document;
        let mut at = document.node(root).first_child();
        while let Some(node) = at {
            // What is all to be matched again needs no marks inside.
            at = if self.marks.has(node, Mark::SUBTREE) {
                document.next_skipping_children(node, root)
            } else {
                self.mark_if_meant(node, dependency);
                document.next_in_tree_order(node, root)
            };
        }
    }
}
