//! Copies of nodes. <https://dom.spec.whatwg.org/#concept-node-clone>

use crate::document::Document;
use crate::node::{NodeData, NodeId};

impl Document {
    /// A copy of the node with all below it, templates' contents included, outside the tree.
    pub fn clone_subtree(&mut self, root: NodeId) -> NodeId {
        let copy = self.clone_node(root);
        // Originals whose children are still to be copied, with their copies.
        let mut pending = vec![(root, copy)];
        while let Some((original, copy)) = pending.pop() {
            let contents = |node: NodeId| self.element(node).and_then(|element| element.template_contents());
            if let (Some(original), Some(copy)) = (contents(original), contents(copy)) {
                pending.push((original, copy));
            }
            let mut child = self.node(original).first_child();
            while let Some(original_child) = child {
                let copied_child = self.clone_node(original_child);
                self.append(copy, copied_child);
                pending.push((original_child, copied_child));
                child = self.node(original_child).next_sibling();
            }
        }
        copy
    }

    fn clone_node(&mut self, node: NodeId) -> NodeId {
        let copy = match self.node(node).data().clone() {
            NodeData::Element(element) => {
                let attributes = element.attributes().to_vec();
                self.create_element(element.name, attributes)
            }
            data => self.create(data),
        };
        if let Some(line) = self.source_line(node) {
            self.set_source_line(copy, line);
        }
        copy
    }
}

#[cfg(test)]
mod tests {
    use fanlight_base::QualName;

    use super::*;

    #[test]
    fn a_copy_has_nodes_of_its_own_also_in_templates() {
        let mut document = Document::new("about:blank");
        let template = document.create_element(QualName::html("template"), []);
        document.set_attribute(template, QualName::attribute("id"), "t");
        document.set_source_line(template, 3);
        let contents = document.element(template).unwrap().template_contents().unwrap();
        let p = document.create_element(QualName::html("p"), []);
        document.append(contents, p);
        document.append_text(p, "one");
        document.append_text(p, " two");

        let copy = document.clone_subtree(template);
        let copied = document.element(copy).unwrap();
        assert_eq!((copied.id().map(|id| &**id), document.source_line(copy)), (Some("t"), Some(3)));
        let copied_contents = copied.template_contents().unwrap();
        assert_ne!(copied_contents, contents);
        assert_eq!(document.text_content(copied_contents), "one two");
        assert_eq!(document.node(copy).parent(), None);
    }

    #[test]
    fn deep_trees_are_copied_without_recursion() {
        let mut document = Document::new("about:blank");
        let root = document.create_element(QualName::html("div"), []);
        let mut deepest = root;
        for _ in 0..100_000 {
            let child = document.create_element(QualName::html("div"), []);
            document.append(deepest, child);
            deepest = child;
        }
        let copy = document.clone_subtree(root);
        assert_eq!(document.descendants(copy).count(), 100_000);
    }
}
