//! Generated content: counters, quotes, strings, attributes, images. <https://drafts.csswg.org/css-content-3/>

use std::sync::Arc;

use fanlight_base::atoms::local_name;
use fanlight_base::{Atom, LocalName};
use fanlight_css::ComputedStyle;
use fanlight_css::values::AutoOr;
use fanlight_css::values::display::Display;
use fanlight_css::values::generated::{Content, ContentItem, Quotes};
use fanlight_css::values::image::Image as CssImage;
use fanlight_dom::{Document, ElementData, NodeId};
use rustc_hash::FxHashMap;

use super::construct::{Builder, anonymous_style, is_html};
use super::{BoxId, BoxKind, BoxSource, Replaced, ReplacedKind, quotes};
use crate::limits::MAX_GENERATED_TEXT;
use crate::style;

/// The counter that list items number themselves with. <https://drafts.csswg.org/css-lists-3/#list-item-counter>
const LIST_ITEM: &str = "list-item";

/// A counter, which lives until the element is left in whose scope it is.
#[derive(Clone, Copy, Debug)]
struct Counter {
    value: i32,
    /// How deep the element is whose children it counts.
    scope: usize,
    step: i32,
}

/// Counters and quotes at a place of the document.
#[derive(Debug, Default)]
pub(crate) struct Generation {
    counters: FxHashMap<Atom, Vec<Counter>>,
    /// The counters that each open element's children made.
    scopes: Vec<Vec<Atom>>,
    quote_depth: usize,
    /// The open elements whose contents change no counters and no quotes outside.
    contained: Vec<StyleContainment>,
}

/// An element with style containment. <https://drafts.csswg.org/css-contain-2/#containment-style>
#[derive(Clone, Copy, Debug)]
struct StyleContainment {
    /// How deep its children are.
    depth: usize,
    /// How deep quotes nest around it.
    quote_depth: usize,
}

impl Generation {
    /// Begins an element or pseudo-element that generates a box, or whose children do. Without a box it changes no counters.
    /// <https://drafts.csswg.org/css-lists-3/#counters-without-boxes>
    pub fn enter(&mut self, computed: &ComputedStyle) {
        if computed.boxes.display == Display::Contents {
            self.scopes.push(Vec::new());
            return;
        }
        let content = &computed.content;
        for change in content.counter_reset.0.iter() {
            let step = if change.reversed { -1 } else { 1 };
            self.reset(change.name.0.clone(), change.value.unwrap_or(0), step);
        }
        let mut counts_item = computed.boxes.display.is_list_item();
        for change in content.counter_increment.0.iter() {
            counts_item &= change.name.0 != *LIST_ITEM;
            self.increment(&change.name.0, Some(change.value.unwrap_or(1)));
        }
        if counts_item {
            self.increment(&Atom::from(LIST_ITEM), None);
        }
        for change in content.counter_set.0.iter() {
            self.set(&change.name.0, change.value.unwrap_or(0));
        }
        self.scopes.push(Vec::new());
        if style::contains_style(computed) {
            let (depth, quote_depth) = (self.scopes.len(), self.quote_depth);
            self.contained.push(StyleContainment { depth, quote_depth });
        }
    }

    /// Ends an element.
    pub fn leave(&mut self) {
        let depth = self.scopes.len();
        if let Some(containment) = self.contained.pop_if(|containment| containment.depth == depth) {
            self.quote_depth = containment.quote_depth;
        }
        for name in self.scopes.pop().unwrap_or_default() {
            if let Some(counters) = self.counters.get_mut(&name) {
                counters.pop();
            }
        }
    }

    fn reset(&mut self, name: Atom, value: i32, step: i32) {
        let scope = self.scopes.len();
        let counters = self.counters.entry(name.clone()).or_default();
        match counters.last_mut() {
            // A sibling's counter is replaced.
            Some(last) if last.scope == scope => *last = Counter { value, scope, step },
            _ => {
                counters.push(Counter { value, scope, step });
                if let Some(made) = self.scopes.last_mut() {
                    made.push(name);
                }
            }
        }
    }

    /// The counter that an element changes: a new one where there is none, or only one that is out of reach.
    fn current(&mut self, name: &Atom) -> Option<&mut Counter> {
        let outermost = self.contained.last().map_or(0, |containment| containment.depth);
        let last = self.counters.get(name).and_then(|counters| counters.last());
        if last.is_none_or(|counter| counter.scope < outermost) {
            self.reset(name.clone(), 0, 1);
        }
        self.counters.get_mut(name)?.last_mut()
    }

    fn increment(&mut self, name: &Atom, by: Option<i32>) {
        if let Some(counter) = self.current(name) {
            counter.value = counter.value.saturating_add(by.unwrap_or(counter.step));
        }
    }

    fn set(&mut self, name: &Atom, value: i32) {
        if let Some(counter) = self.current(name) {
            counter.value = value;
        }
    }

    /// The value of the innermost counter with a name; 0 where there is none.
    pub fn value(&self, name: &str) -> i32 {
        let counters = self.counters.get(&Atom::from(name));
        counters.and_then(|counters| counters.last()).map_or(0, |counter| counter.value)
    }

    /// The number of the list item that is being built.
    pub fn item_number(&self) -> i32 {
        self.value(LIST_ITEM)
    }

    fn values(&self, name: &str) -> Vec<i32> {
        match self.counters.get(&Atom::from(name)) {
            Some(counters) if !counters.is_empty() => counters.iter().map(|counter| counter.value).collect(),
            _ => vec![0],
        }
    }
}

/// Adds the boxes of `content`.
pub(super) fn content(
    builder: &mut Builder<'_>,
    node: NodeId,
    source: BoxSource,
    parent: BoxId,
    computed: &Arc<ComputedStyle>,
    children: &mut Vec<BoxId>,
) {
    let Content::Items(items, _) = &computed.content.content else { return };
    let styles = builder.styles.counter_styles();
    let mut text = String::new();
    for item in items.iter() {
        match item {
            ContentItem::String(string) => text.push_str(string),
            ContentItem::Counter(name, style) => {
                let value = builder.generation.value(&name.0);
                text.push_str(&styles.representation(style, value));
            }
            ContentItem::Counters(name, separator, style) => {
                let values = builder.generation.values(&name.0);
                let parts: Vec<String> =
                    values.iter().map(|&value| styles.representation(style, value)).collect();
                text.push_str(&parts.join(&separator.0));
            }
            ContentItem::Attr(name, fallback) => {
                let value = builder
                    .document
                    .element(node)
                    .and_then(|element| attribute(builder.document, element, name));
                text.push_str(value.or(fallback.as_deref()).unwrap_or_default());
            }
            ContentItem::OpenQuote => {
                text.push_str(&quote(builder, node, computed, builder.generation.quote_depth, true));
                builder.generation.quote_depth += 1;
            }
            ContentItem::CloseQuote => {
                // https://drafts.csswg.org/css-content-3/#quotes: a quote that was not opened closes nothing.
                if let Some(depth) = builder.generation.quote_depth.checked_sub(1) {
                    builder.generation.quote_depth = depth;
                    text.push_str(&quote(builder, node, computed, depth, false));
                }
            }
            ContentItem::NoOpenQuote => builder.generation.quote_depth += 1,
            ContentItem::NoCloseQuote => {
                builder.generation.quote_depth = builder.generation.quote_depth.saturating_sub(1);
            }
            ContentItem::Image(image) => {
                flush(builder, source, parent, computed, &mut text, children);
                if let Some(id) = generated_image(builder, source, parent, computed, image) {
                    children.push(id);
                }
            }
        }
        if text.len() > MAX_GENERATED_TEXT {
            let end = (0..=MAX_GENERATED_TEXT).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            text.truncate(end);
            break;
        }
    }
    flush(builder, source, parent, computed, &mut text, children);
}

/// The attribute that `attr()` names, whatever the case of the name in an HTML document.
/// <https://drafts.csswg.org/css-values-5/#attr-notation>
fn attribute<'a>(document: &Document, element: &'a ElementData, name: &str) -> Option<&'a str> {
    if is_html(element) && !document.is_xml {
        element.attribute(&LocalName::from(name.to_ascii_lowercase()))
    } else {
        element.attribute(&LocalName::from(name))
    }
}

fn flush(
    builder: &mut Builder<'_>,
    source: BoxSource,
    parent: BoxId,
    computed: &Arc<ComputedStyle>,
    text: &mut String,
    children: &mut Vec<BoxId>,
) {
    if !text.is_empty() {
        let text: Arc<str> = std::mem::take(text).into();
        builder.text(source, parent, computed.clone(), text, children);
    }
}

/// The box of an image in `content`; nothing while the image is not there.
pub(super) fn generated_image(
    builder: &mut Builder<'_>,
    source: BoxSource,
    parent: BoxId,
    computed: &ComputedStyle,
    image: &CssImage,
) -> Option<BoxId> {
    let image = builder.replaced.css_image(image)?;
    let natural = image.intrinsic_size();
    let style = anonymous_style(computed, Display::INLINE);
    let replaced = Replaced { kind: ReplacedKind::Image(Some(image)), natural };
    Some(builder.add(source, Some(parent), style, BoxKind::Replaced(Box::new(replaced))))
}

/// The quotation mark at a depth. <https://drafts.csswg.org/css-content-3/#quotes-property>
fn quote(
    builder: &Builder<'_>,
    node: NodeId,
    computed: &ComputedStyle,
    depth: usize,
    opens: bool,
) -> Arc<str> {
    match &computed.list.quotes {
        Quotes::None => Arc::from(""),
        Quotes::Auto => Arc::from(quotes::mark(language_around(builder, node, computed), depth, opens)),
        Quotes::Pairs(pairs) => match pairs.get(depth).or(pairs.last()) {
            Some((open, close)) => if opens { open } else { close }.clone(),
            None => Arc::from(""),
        },
    }
}

/// The language that quotation marks are of. Those of a `<q>` belong to the text around it, as Chromium has it.
fn language_around<'a>(builder: &'a Builder<'_>, node: NodeId, computed: &'a ComputedStyle) -> &'a str {
    let is_quotation =
        builder.document.element(node).is_some_and(|element| element.is_html(&local_name!("q")));
    let around = if is_quotation { builder.document.parent_element(node) } else { None };
    let around = around.and_then(|parent| builder.styles.get(parent)).map_or(computed, |style| style);
    match &around.font.locale {
        AutoOr::Value(language) => &language.0,
        AutoOr::Auto => "",
    }
}
