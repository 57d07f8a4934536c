//! The dump: boxes and fragments together, one line each, with places from the document's origin.

use fanlight_base::geometry::LayoutPoint;
use fanlight_base::{Dump, LayoutUnit, TreeWriter};
use fanlight_dom::NodeId;

use crate::LayoutTree;
use crate::box_tree::{BoxId, BoxSource, GeneratedFor};
use crate::fragment::{Fragment, FragmentLink, TextFragmentKind};

impl Dump for LayoutTree {
    fn dump(&self, tree: &mut TreeWriter) {
        enum Step<'a> {
            Open(LayoutPoint, &'a Fragment),
            Close,
        }
        let root = Fragment::Box(self.root.clone());
        let mut steps = vec![Step::Open(LayoutPoint::default(), &root)];
        while let Some(step) = steps.pop() {
            let Step::Open(at, fragment) = step else {
                tree.close();
                continue;
            };
            self.open(tree, at, fragment);
            steps.push(Step::Close);
            let inside = |link: &'_ FragmentLink| at + link.offset.to_vector();
            steps.extend(
                fragment.children().iter().rev().map(|link| Step::Open(inside(link), &link.fragment)),
            );
        }
    }
}

impl LayoutTree {
    /// Writes the lines that the dump has for the boxes of one element, without what is inside of them.
    pub fn dump_boxes_of(&self, node: NodeId, tree: &mut TreeWriter) {
        let mut pending = vec![(LayoutPoint::default(), Fragment::Box(self.root.clone()))];
        while let Some((at, fragment)) = pending.pop() {
            if let Fragment::Box(own) = &fragment
                && self.boxes.get(own.style.box_id).source == BoxSource::Node(node)
            {
                self.open(tree, at, &fragment);
                tree.close();
            }
            let children = fragment.children().iter().rev();
            pending.extend(children.map(|link| (at + link.offset.to_vector(), link.fragment.clone())));
        }
    }

    fn open(&self, tree: &mut TreeWriter, at: LayoutPoint, fragment: &Fragment) {
        let size = fragment.size();
        let area = |fields: &mut fanlight_base::dump::Fields<'_>| {
            for (name, value) in [("x", at.x), ("y", at.y), ("width", size.width), ("height", size.height)] {
                fields.add(name, number(value));
            }
        };
        match fragment {
            Fragment::Box(fragment) => tree.open(fragment.context.name(), |fields| {
                fields.add("box", self.name(fragment.style.box_id));
                area(fields);
                fields.add_some("baseline", fragment.first_baseline.map(number));
            }),
            Fragment::Line(line) => tree.open("line", |fields| {
                area(fields);
                fields.add("baseline", number(line.baseline));
            }),
            Fragment::Text(text) => {
                let kind = match text.kind {
                    TextFragmentKind::Normal => "text",
                    TextFragmentKind::Truncated => "truncated",
                    TextFragmentKind::Ellipsis => "ellipsis",
                    TextFragmentKind::Hyphen => "hyphen",
                    TextFragmentKind::Blank => "blank",
                };
                tree.open(kind, |fields| {
                    area(fields);
                    if text.bidi_level > 0 {
                        fields.add("level", text.bidi_level);
                    }
                    fields.add("text", serde_json::Value::from(text.text()));
                });
            }
        }
    }

    /// The element that a box is of, as `name#id`, with what else there is to say: `li::marker`, `(div)` for an anonymous
    /// box in a `div`.
    fn name(&self, id: BoxId) -> String {
        let layout_box = self.boxes.get(id);
        let element = match &layout_box.element_id {
            Some(element_id) => format!("{}#{element_id}", layout_box.name),
            None => layout_box.name.to_string(),
        };
        match layout_box.source {
            BoxSource::Node(_) => element,
            BoxSource::Pseudo(_, pseudo) => {
                let pseudo = match pseudo {
                    GeneratedFor::Before => "before",
                    GeneratedFor::After => "after",
                    GeneratedFor::Marker => "marker",
                    GeneratedFor::FirstLetter => "first-letter",
                    GeneratedFor::Placeholder => "placeholder",
                    GeneratedFor::DetailsContent => "details-content",
                    GeneratedFor::FileSelectorButton => "file-selector-button",
                    GeneratedFor::SliderRunnableTrack => "-webkit-slider-runnable-track",
                    GeneratedFor::SliderThumb => "-webkit-slider-thumb",
                };
                format!("{element}::{pseudo}")
            }
            BoxSource::Anonymous(..) => format!("({element})"),
        }
    }
}

fn number(value: LayoutUnit) -> serde_json::Value {
    let value = f64::from(value.raw()) / f64::from(LayoutUnit::DENOMINATOR);
    if value.fract() == 0.0 { serde_json::Value::from(value as i64) } else { serde_json::Value::from(value) }
}
