//! The html5lib tree format: what tree-construction tests expect, so that they compare with no translation.
//! <https://github.com/html5lib/html5lib-tests/blob/master/tree-construction/README.md>

use fanlight_base::{Dump, DumpFormat, QualName, TreeWriter, atoms::ns};

use crate::document::Document;
use crate::element::ElementData;
use crate::node::{Doctype, NodeData, NodeId, ProcessingInstruction};

impl Dump for Document {
    fn dump(&self, tree: &mut TreeWriter) {
        match tree.format() {
            DumpFormat::Text => self.dump_children(NodeId::DOCUMENT, tree),
            DumpFormat::Json => {
                tree.open("document", |fields| {
                    fields.add("node", NodeId::DOCUMENT.index());
                    fields.add("url", &*self.url);
                });
                self.dump_children(NodeId::DOCUMENT, tree);
                tree.close();
            }
        }
    }
}

/// What is still to be written.
enum Step {
    Node(NodeId),
    Close,
}

impl Document {
    /// Writes the trees below `root`, such as the nodes that a fragment was parsed to.
    pub fn dump_children(&self, root: NodeId, tree: &mut TreeWriter) {
        tree.set_line_prefix("| ");
        let mut steps = Vec::new();
        self.push_children(root, &mut steps);
        while let Some(step) = steps.pop() {
            match step {
                Step::Close => tree.close(),
                Step::Node(node) => {
                    self.open_node(node, tree);
                    steps.push(Step::Close);
                    if let Some(contents) = self.element(node).and_then(ElementData::template_contents) {
                        tree.open_line("content", format_args!("content"), |_| {});
                        steps.push(Step::Close);
                        self.push_children(contents, &mut steps);
                    } else {
                        self.push_children(node, &mut steps);
                    }
                }
            }
        }
        tree.set_line_prefix("");
    }

    /// Writes the lines that the dump has for one node, attributes among them, without what is inside.
    pub fn dump_node(&self, node: NodeId, tree: &mut TreeWriter) {
        tree.set_line_prefix("| ");
        self.open_node(node, tree);
        tree.close();
        tree.set_line_prefix("");
    }

    fn push_children(&self, parent: NodeId, steps: &mut Vec<Step>) {
        let mut child = self.node(parent).last_child();
        while let Some(node) = child {
            steps.push(Step::Node(node));
            child = self.node(node).previous_sibling();
        }
    }

    fn open_node(&self, id: NodeId, tree: &mut TreeWriter) {
        let index = id.index();
        match self.node(id).data() {
            NodeData::Element(element) => open_element(index, element, tree),
            NodeData::Text(text) => tree.open_line("text", format_args!("\"{text}\""), |fields| {
                fields.add("node", index);
                fields.add("text", text.as_str());
            }),
            NodeData::Comment(text) => tree.open_line("comment", format_args!("<!-- {text} -->"), |fields| {
                fields.add("node", index);
                fields.add("text", &**text);
            }),
            NodeData::Doctype(doctype) => open_doctype(index, doctype, tree),
            NodeData::ProcessingInstruction(instruction) => {
                let ProcessingInstruction { target, data } = &**instruction;
                tree.open_line("processing-instruction", format_args!("<?{target} {data}>"), |fields| {
                    fields.add("node", index);
                    fields.add("target", target.as_str());
                    fields.add("data", data.as_str());
                });
            }
            NodeData::Document | NodeData::DocumentFragment => {
                tree.open_line("fragment", format_args!("#fragment"), |fields| fields.add("node", index));
            }
        }
    }
}

fn open_element(index: usize, element: &ElementData, tree: &mut TreeWriter) {
    let mut attributes: Vec<(String, &str)> = element
        .attributes()
        .iter()
        .map(|attribute| (dumped_name(&attribute.name), attribute.value.as_str()))
        .collect();
    // The format sorts by UTF-16 code units; names that differ there do not occur outside the BMP.
    attributes.sort();
    let name = dumped_name(&element.name);
    tree.open_line("element", format_args!("<{name}>"), |fields| {
        fields.add("node", index);
        fields.add("name", name.as_str());
        if !attributes.is_empty() {
            let pairs = attributes.iter().map(|(name, value)| (name.clone(), (*value).into()));
            fields.add("attributes", pairs.collect::<serde_json::Map<_, _>>());
        }
    });
    if tree.format() == DumpFormat::Text {
        for (name, value) in &attributes {
            tree.leaf_line("attribute", format_args!("{name}=\"{value}\""), |_| {});
        }
    }
}

fn open_doctype(index: usize, doctype: &Doctype, tree: &mut TreeWriter) {
    let Doctype { name, public_id, system_id } = doctype;
    let identifiers = if public_id.is_empty() && system_id.is_empty() {
        String::new()
    } else {
        format!(" \"{public_id}\" \"{system_id}\"")
    };
    tree.open_line("doctype", format_args!("<!DOCTYPE {name}{identifiers}>"), |fields| {
        fields.add("node", index);
        fields.add("name", name.as_str());
        fields.add("publicId", public_id.as_str());
        fields.add("systemId", system_id.as_str());
    });
}

/// `svg path`, `math mi`, `xlink href`; names of HTML and of no namespace stand alone.
fn dumped_name(name: &QualName) -> String {
    let designator = match name.namespace {
        ns!(svg) => "svg ",
        ns!(mathml) => "math ",
        ns!(xlink) => "xlink ",
        ns!(xml) => "xml ",
        ns!(xmlns) => "xmlns ",
        _ => "",
    };
    format!("{designator}{}", name.local)
}

#[cfg(test)]
mod tests {
    use fanlight_base::dump::to_string;

    use super::*;
    use crate::element::Attribute;

    fn document() -> Document {
        let mut document = Document::new("about:blank");
        let attributes = [("title", "t"), ("class", "c")]
            .map(|(name, value)| Attribute { name: QualName::attribute(name), value: value.into() });
        let p = document.create_element(QualName::html("p"), attributes);
        document.append(NodeId::DOCUMENT, p);
        document.append_text(p, "x");
        let template = document.create_element(QualName::html("template"), []);
        document.append(p, template);
        let contents = document.element(template).unwrap().template_contents().unwrap();
        document.append_text(contents, "inside");
        let path = document.create_element(QualName::new(ns!(svg), "path".into()), []);
        document.append(p, path);
        document
    }

    #[test]
    fn the_text_is_html5libs() {
        assert_eq!(
            to_string(&document(), DumpFormat::Text),
            "| <p>\n|   class=\"c\"\n|   title=\"t\"\n|   \"x\"\n|   <template>\n|     content\n\
             |       \"inside\"\n|   <svg path>\n"
        );
    }

    #[test]
    fn the_json_names_the_nodes() {
        let json: serde_json::Value =
            serde_json::from_str(&to_string(&document(), DumpFormat::Json)).unwrap();
        let p = &json["children"][0];
        assert_eq!(p["attributes"]["class"], "c");
        assert_eq!(p["node"], 1);
        assert_eq!(p["children"][1]["children"][0]["kind"], "content");
    }
}
