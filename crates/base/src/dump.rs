//! One tree writer for all artefacts: an artefact describes itself once, and comes out as indented text or as JSON.
//!
//! Text is one line a node, children indented by two blanks: `kind name=value name="text"`. JSON is one object a node,
//! with its kind, its fields and, where there are any, its `children`.

use std::fmt::{self, Write as _};

use serde_json::{Map, Value};

/// The two forms of every dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DumpFormat {
    /// For people, for diffs and for goldens.
    Text,
    /// For programs.
    Json,
}

/// An artefact that can show what it holds.
pub trait Dump {
    /// Writes the artefact as a sequence of trees.
    fn dump(&self, tree: &mut TreeWriter);
}

/// The dump of an artefact. JSON is one value: the only root, or an array of the roots.
pub fn to_string(artefact: &dyn Dump, format: DumpFormat) -> String {
    let mut tree = TreeWriter::new(format);
    artefact.dump(&mut tree);
    tree.finish()
}

/// Receives the nodes of a dump. Nesting is kept on the heap, so a deep tree can be written with
/// [`TreeWriter::open`] and [`TreeWriter::close`] without recursion.
pub struct TreeWriter {
    output: Output,
    depth: usize,
}

enum Output {
    Text { text: String, prefix: &'static str },
    Json { open: Vec<Map<String, Value>>, roots: Vec<Value> },
}

impl TreeWriter {
    /// An empty dump.
    pub fn new(format: DumpFormat) -> Self {
        let output = match format {
            DumpFormat::Text => Output::Text { text: String::new(), prefix: "" },
            DumpFormat::Json => Output::Json { open: Vec::new(), roots: Vec::new() },
        };
        TreeWriter { output, depth: 0 }
    }

    /// The form that is being written, for the rare artefact whose text is another's format.
    pub fn format(&self) -> DumpFormat {
        match self.output {
            Output::Text { .. } => DumpFormat::Text,
            Output::Json { .. } => DumpFormat::Json,
        }
    }

    /// What every line of text begins with from here on, before its indentation.
    pub fn set_line_prefix(&mut self, new_prefix: &'static str) {
        if let Output::Text { prefix, .. } = &mut self.output {
            *prefix = new_prefix;
        }
    }

    /// A node whose line of text is `kind name=value ...`; it stays open for children until [`TreeWriter::close`].
    pub fn open(&mut self, kind: &str, fields: impl FnOnce(&mut Fields<'_>)) {
        self.open_as(kind, None, fields);
    }

    /// Like [`TreeWriter::open`], with a line of text of its own; the fields are for JSON only.
    pub fn open_line(&mut self, kind: &str, line: fmt::Arguments<'_>, fields: impl FnOnce(&mut Fields<'_>)) {
        self.open_as(kind, Some(line), fields);
    }

    fn open_as(
        &mut self,
        kind: &str,
        line: Option<fmt::Arguments<'_>>,
        fields: impl FnOnce(&mut Fields<'_>),
    ) {
        match &mut self.output {
            Output::Text { text, prefix } => {
                text.push_str(prefix);
                text.extend(std::iter::repeat_n("  ", self.depth));
                match line {
                    Some(line) => {
                        let _ = text.write_fmt(line); // Writing to a String cannot fail.
                    }
                    None => {
                        text.push_str(kind);
                        fields(&mut Fields(FieldsOutput::Text(text)));
                    }
                }
                text.push('\n');
            }
            Output::Json { open, .. } => {
                let mut object = Map::new();
                object.insert("kind".to_owned(), Value::from(kind));
                fields(&mut Fields(FieldsOutput::Json(&mut object)));
                open.push(object);
            }
        }
        self.depth += 1;
    }

    /// Ends the node that was opened last.
    pub fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if let Output::Json { open, roots } = &mut self.output
            && let Some(object) = open.pop()
        {
            let value = Value::Object(object);
            match open.last_mut() {
                None => roots.push(value),
                Some(parent) => {
                    let children = parent.entry("children").or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(children) = children {
                        children.push(value);
                    }
                }
            }
        }
    }

    /// A node without children.
    pub fn leaf(&mut self, kind: &str, fields: impl FnOnce(&mut Fields<'_>)) {
        self.open(kind, fields);
        self.close();
    }

    /// A node without children, with a line of text of its own.
    pub fn leaf_line(&mut self, kind: &str, line: fmt::Arguments<'_>, fields: impl FnOnce(&mut Fields<'_>)) {
        self.open_line(kind, line, fields);
        self.close();
    }

    /// The whole dump. Nodes that are still open are closed.
    pub fn finish(mut self) -> String {
        while self.depth > 0 {
            self.close();
        }
        match self.output {
            Output::Text { text, .. } => text,
            Output::Json { mut roots, .. } => {
                let value = match roots.len() {
                    1 => roots.swap_remove(0),
                    _ => Value::Array(roots),
                };
                let mut json = value.to_string();
                json.push('\n');
                drop_deep(value);
                json
            }
        }
    }
}

/// Takes a JSON value apart without recursion: the depth is the page's choice.
fn drop_deep(value: Value) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Array(values) => pending.extend(values),
            Value::Object(object) => pending.extend(object.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

/// The fields of a node.
pub struct Fields<'a>(FieldsOutput<'a>);

enum FieldsOutput<'a> {
    Text(&'a mut String),
    Json(&'a mut Map<String, Value>),
}

impl Fields<'_> {
    /// A field. In text, numbers, booleans and words stand as they are; other strings are quoted.
    pub fn add(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match &mut self.0 {
            FieldsOutput::Text(text) => {
                let _ = write!(text, " {name}=");
                match &value {
                    Value::String(word) if is_word(word) => text.push_str(word),
                    other => {
                        let _ = write!(text, "{other}");
                    }
                }
            }
            FieldsOutput::Json(object) => {
                object.insert(name.to_owned(), value);
            }
        }
    }

    /// A field that is left out when there is no value.
    pub fn add_some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }
}

/// Whether a string can stand without quotes and be told apart from what follows.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '=' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Family;

    impl Dump for Family {
        fn dump(&self, tree: &mut TreeWriter) {
            tree.open("parent", |fields| {
                fields.add("name", "two words");
                fields.add("age", 40);
            });
            tree.leaf("child", |fields| fields.add("name", "one"));
            tree.leaf_line("child", format_args!("<own line>"), |fields| fields.add("name", "two"));
            tree.close();
        }
    }

    #[test]
    fn text_is_indented_and_quotes_what_is_ambiguous() {
        let text = to_string(&Family, DumpFormat::Text);
        assert_eq!(text, "parent name=\"two words\" age=40\n  child name=one\n  <own line>\n");
    }

    #[test]
    fn json_has_the_same_tree() {
        let json: Value = serde_json::from_str(&to_string(&Family, DumpFormat::Json)).unwrap();
        assert_eq!(json["children"][1]["name"], "two");
        assert_eq!(json["age"], 40);
    }

    struct Deep;

    impl Dump for Deep {
        fn dump(&self, tree: &mut TreeWriter) {
            for _ in 0..3000 {
                tree.open("level", |_| {});
            }
        }
    }

    #[test]
    fn open_nodes_are_closed_at_the_end() {
        assert_eq!(to_string(&Deep, DumpFormat::Text).lines().count(), 3000);
        assert_eq!(to_string(&Deep, DumpFormat::Json).matches("\"kind\"").count(), 3000);
    }
}
