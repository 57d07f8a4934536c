//! From what applies to an element to its computed style. Equal questions are answered once.

use std::sync::Arc;

use fanlight_base::atoms::ns;
use fanlight_base::geometry::CssSize;
use fanlight_base::{Atom, LocalName};
use fanlight_css::media::Device;
use fanlight_css::properties::cascade::{CascadeLevel, CascadeOrigin, Cascaded, StyleInput, compute_style};
use fanlight_css::properties::{ComputedStyle, CssWideKeyword, PropertyDeclaration};
use fanlight_css::syntax::QuirksMode;
use fanlight_css::values::FontMetricsProvider;
use fanlight_css::values::compute::ContainerSize;
use fanlight_css::values::display::Display;
use fanlight_css::variables::{Attributes, CustomValue};
use fanlight_dom::ElementData;
use rustc_hash::FxHashMap;

use crate::animation::{self, Edge};
use crate::containers;
use crate::matching::list::{Applied, AppliedList, Source};
use crate::rules::{CascadeData, Level};

/// A computed style, with what it was computed from: the list that was asked for, and what an animation adds.
#[derive(Clone, Debug)]
pub(crate) struct Computed {
    pub(crate) style: Arc<ComputedStyle>,
    pub(crate) applied: Arc<AppliedList>,
}

/// What an element inherits from; made by [`Computer::parent`].
#[derive(Clone, Debug)]
pub(crate) struct Parent {
    pub(crate) style: Arc<ComputedStyle>,
    /// The style of the nearest element, this or above, that has a box: `display: contents` is looked through.
    pub(crate) layout: Arc<ComputedStyle>,
    /// What `cq*` units of its children refer to.
    container: ContainerSize,
    pub(crate) id: ParentId,
}

/// Where no element above has a size that is known.
const NO_CONTAINER: ContainerSize = ContainerSize { width: None, height: None };

/// Names all parents of one computer that are the same to children which do not ask for more by `inherit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ParentId(u32);

/// What of a parent a child's style depends on, unless the child asks for more by `inherit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct ParentKey {
    /// Where the groups of inherited properties are; they stay there as long as the table holds on to the style.
    inherited: [usize; INHERITED_GROUPS],
    blockifies: bool,
    is_webkit_box: bool,
    inlinifies: bool,
    /// The bits of the width and the height of the containers around children.
    container: [Option<u32>; 2],
}

/// How many groups of properties inherit, custom properties among them.
const INHERITED_GROUPS: usize = 7;

/// The addresses of the groups that inherit.
fn inherited_groups(style: &ComputedStyle) -> [usize; INHERITED_GROUPS] {
    fn address<T>(group: &Arc<T>) -> usize {
        Arc::as_ptr(group).addr()
    }
    [
        address(&style.font),
        address(&style.inherited_text),
        address(&style.inherited_ui),
        address(&style.list),
        address(&style.table),
        address(&style.svg),
        address(&style.custom),
    ]
}

/// What children see of a change of their parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Inherits {
    /// Only what they explicitly ask for by `inherit`.
    OnRequest,
    /// Inherited properties, or what kind of box their own becomes.
    Always,
    /// So much that all below may see it.
    Deeply,
}

/// What children see when `new` replaces `old`.
pub(crate) fn inherited_change(old: &ComputedStyle, new: &ComputedStyle) -> Inherits {
    let (old_display, new_display) = (old.boxes.display, new.boxes.display);
    if (old_display == Display::Contents) != (new_display == Display::Contents) {
        return Inherits::Deeply;
    }
    let inherited =
        new.changed_groups(old).any(|group| group.longhands().iter().any(|longhand| longhand.inherited));
    let to_boxes = |style: &ComputedStyle| {
        let display = style.boxes.display;
        (display.is_flex_or_grid(), display.is_webkit_box(), style.inlinifies)
    };
    if inherited || new.custom != old.custom || to_boxes(old) != to_boxes(new) {
        return Inherits::Always;
    }
    Inherits::OnRequest
}

/// Whether two styles are the same, looking at groups that are shared but once.
pub(crate) fn same(one: &Arc<ComputedStyle>, other: &Arc<ComputedStyle>) -> bool {
    Arc::ptr_eq(one, other)
        || one.original_display == other.original_display
            && one.inlinifies == other.inlinifies
            && one.user_agent_margins == other.user_agent_margins
            && (Arc::ptr_eq(&one.custom, &other.custom) || one.custom == other.custom)
            && one.changed_groups(other).next().is_none()
}

/// A question that has been answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    list: usize,
    parent: Option<ParentId>,
    /// The parent itself, for lists that ask for more than inherited properties.
    whole_parent: usize,
}

/// An answer, with what keeps the addresses in its key from being used again.
struct Answer {
    computed: Computed,
    _list: Arc<AppliedList>,
    _whole_parent: Option<Arc<ComputedStyle>>,
}

/// A list, by its address, and the keyframes that are shown on top of it.
type AnimatedKey = (usize, Vec<(Atom, Edge)>);

/// Computes styles, and remembers them as long as it lives.
pub(crate) struct Computer<'a> {
    device: Device,
    fonts: &'a dyn FontMetricsProvider,
    quirks: QuirksMode,
    data: Arc<CascadeData>,
    root: Option<Arc<ComputedStyle>>,
    answers: FxHashMap<Key, Answer>,
    /// All different parents, each with a style that keeps the addresses in its key from being used again.
    parents: FxHashMap<ParentKey, (ParentId, Arc<ComputedStyle>)>,
    /// The parent that was asked for last: elements beside each other often are the same to their children.
    last_parent: Option<Parent>,
    animated: FxHashMap<AnimatedKey, Arc<AppliedList>>,
}

impl<'a> Computer<'a> {
    pub(crate) fn new(
        device: Device,
        fonts: &'a dyn FontMetricsProvider,
        quirks: QuirksMode,
        data: Arc<CascadeData>,
    ) -> Computer<'a> {
        Computer {
            device,
            fonts,
            quirks,
            data,
            root: None,
            answers: FxHashMap::default(),
            parents: FxHashMap::default(),
            last_parent: None,
            animated: FxHashMap::default(),
        }
    }

    /// Says what the style of the root element is, which units refer to.
    pub(crate) fn set_root(&mut self, style: &Arc<ComputedStyle>) {
        self.root = Some(style.clone());
    }

    /// The parent that an element of this style is to its children, being itself a child of `above`.
    ///
    /// `size` is that of its content box, where it is a size container.
    pub(crate) fn parent(
        &mut self,
        style: Arc<ComputedStyle>,
        above: Option<&Parent>,
        size: Option<CssSize>,
    ) -> Parent {
        let own = containers::container_size(&style, size);
        let around = above.map_or(NO_CONTAINER, |above| above.container);
        let container =
            ContainerSize { width: own.width.or(around.width), height: own.height.or(around.height) };
        let layout = match above {
            Some(above) if style.boxes.display == Display::Contents => &above.layout,
            _ => &style,
        };
        if let Some(last) = &self.last_parent
            && Arc::ptr_eq(&last.style, &style)
            && Arc::ptr_eq(&last.layout, layout)
            && last.container == container
        {
            return last.clone();
        }
        let key = ParentKey {
            inherited: inherited_groups(&style),
            blockifies: layout.boxes.display.is_flex_or_grid(),
            is_webkit_box: layout.boxes.display.is_webkit_box(),
            inlinifies: layout.inlinifies,
            container: [container.width, container.height].map(|size| size.map(f32::to_bits)),
        };
        let next =
            ParentId(u32::try_from(self.parents.len()).expect("there are no more parents than elements"));
        let id = self.parents.entry(key).or_insert_with(|| (next, style.clone())).0;
        let parent = Parent { layout: layout.clone(), style, container, id };
        self.last_parent = Some(parent.clone());
        parent
    }

    /// The style of an element or pseudo-element to which `list` applies and whose parent is `parent`.
    pub(crate) fn compute(
        &mut self,
        list: &Arc<AppliedList>,
        parent: Option<&Parent>,
        element: &ElementData,
    ) -> Computed {
        if list.reads_attributes {
            return self.compute_anew(list, parent, element);
        }
        let whole_parent = parent.filter(|_| list.inherits_on_request).map(|parent| &parent.style);
        let key = Key {
            list: Arc::as_ptr(list).addr(),
            parent: parent.map(|parent| parent.id),
            whole_parent: whole_parent.map_or(0, |style| Arc::as_ptr(style).addr()),
        };
        // What depends on the root cannot be remembered before there is one.
        if parent.is_some()
            && let Some(answer) = self.answers.get(&key)
        {
            return answer.computed.clone();
        }
        let computed = self.compute_anew(list, parent, element);
        if parent.is_some() {
            let answer = Answer {
                computed: computed.clone(),
                _list: list.clone(),
                _whole_parent: whole_parent.cloned(),
            };
            self.answers.insert(key, answer);
        }
        computed
    }

    fn compute_anew(
        &mut self,
        list: &Arc<AppliedList>,
        parent: Option<&Parent>,
        element: &ElementData,
    ) -> Computed {
        let style = self.compute_list(list, parent, element);
        let shown = animation::shown(&style.animation);
        if shown.is_empty() || self.data.keyframes.is_empty() {
            return Computed { style: Arc::new(style), applied: list.clone() };
        }
        let animated = self.with_animations(list, shown);
        let style = self.compute_list(&animated, parent, element);
        Computed { style: Arc::new(style), applied: animated }
    }

    fn compute_list(
        &self,
        list: &AppliedList,
        parent: Option<&Parent>,
        element: &ElementData,
    ) -> ComputedStyle {
        let declarations = declarations(list);
        compute_style(&StyleInput {
            declarations: &declarations,
            parent: parent.map(|parent| &*parent.style),
            layout_parent: parent.map(|parent| &*parent.layout),
            root: self.root.as_deref().filter(|_| parent.is_some()),
            device: &self.device,
            fonts: self.fonts,
            quirks: self.quirks,
            container: parent.map_or(NO_CONTAINER, |parent| parent.container),
            registered: &self.data.registered,
            attributes: &ElementAttributes(element),
        })
    }

    /// The list with the keyframes that the animations show.
    fn with_animations(&mut self, list: &Arc<AppliedList>, shown: Vec<(Atom, Edge)>) -> Arc<AppliedList> {
        let key = (Arc::as_ptr(list).addr(), shown);
        if let Some(animated) = self.animated.get(&key) {
            return animated.clone();
        }
        let mut entries = list.entries.to_vec();
        for (name, edge) in &key.1 {
            let Some(keyframes) = self.data.keyframes.get(name) else { continue };
            let block = match edge {
                Edge::From => &keyframes.from,
                Edge::To => &keyframes.to,
            };
            entries.extend(block.iter().map(|block| Applied {
                level: Level::Animation,
                layer: 0,
                source: Source::Animation,
                block: block.clone(),
            }));
        }
        let animated = Arc::new(AppliedList::new(entries));
        self.animated.insert(key, animated.clone());
        animated
    }
}

/// The attributes of an element, as `attr()` sees them.
struct ElementAttributes<'a>(&'a ElementData);

impl Attributes for ElementAttributes<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        // Names of HTML elements' attributes are in lower case.
        if self.0.name.namespace == ns!(html) && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.0.attribute(&LocalName::from(name.to_ascii_lowercase()));
        }
        self.0.attribute(&LocalName::from(name))
    }
}

/// The declarations of a list in ascending precedence, importance included.
/// <https://drafts.csswg.org/css-cascade-5/#cascade-sort>
pub(crate) fn declarations(list: &AppliedList) -> Vec<Cascaded<'_>> {
    ordered(list).into_iter().map(|(_, cascaded)| cascaded).collect()
}

/// The same, each with the place of its entry in the list and its own place in the entry's block.
pub(crate) fn ordered(list: &AppliedList) -> Vec<((usize, usize), Cascaded<'_>)> {
    let mut ordered = Vec::with_capacity(list.entries.len() * 4);
    let push = |index: usize, entry: &'_ Applied, important: bool, ordered: &mut Vec<_>| {
        let level = CascadeLevel { origin: origin(entry.level), important, layer: layer(entry) };
        let declarations: &[fanlight_css::properties::Declaration] = list.entries[index].block.declarations();
        for (place, declaration) in declarations.iter().enumerate() {
            // Importance means nothing in keyframes.
            if declaration.important == important || entry.level == Level::Animation && !important {
                ordered.push(((index, place), Cascaded { declaration: &declaration.property, level }));
            }
        }
    };
    for (index, entry) in list.entries.iter().enumerate() {
        push(index, entry, false, &mut ordered);
    }
    if list.has_important {
        let mut important: Vec<usize> =
            (0..list.entries.len()).filter(|&index| list.entries[index].level != Level::Animation).collect();
        // Origins and layers are turned round; what is in one of them keeps its order.
        important.sort_by_key(|&index| {
            let entry = &list.entries[index];
            let origin = match entry.level {
                Level::PresentationalHints | Level::Author | Level::Animation => 0,
                Level::StyleAttribute => 1,
                Level::User => 2,
                Level::UserAgent => 3,
            };
            (origin, std::cmp::Reverse(entry.layer))
        });
        for index in important {
            push(index, &list.entries[index], true, &mut ordered);
        }
    }
    ordered
}

fn origin(level: Level) -> CascadeOrigin {
    match level {
        Level::UserAgent => CascadeOrigin::UserAgent,
        Level::User => CascadeOrigin::User,
        Level::PresentationalHints => CascadeOrigin::PresentationalHints,
        Level::Author | Level::StyleAttribute => CascadeOrigin::Author,
        Level::Animation => CascadeOrigin::Animation,
    }
}

/// The `style` attribute is a layer of its own.
fn layer(entry: &Applied) -> u16 {
    match entry.level {
        Level::StyleAttribute => u16::MAX,
        _ => u16::try_from(entry.layer).unwrap_or(u16::MAX - 1),
    }
}

/// Whether a declaration takes a property that does not inherit from the parent.
pub(crate) fn inherits_on_request(declaration: &PropertyDeclaration) -> bool {
    match declaration {
        PropertyDeclaration::CssWide(id, CssWideKeyword::Inherit) => !id.is_inherited(),
        PropertyDeclaration::Unparsed(_, value) => value.text.css.contains("inherit"),
        _ => false,
    }
}

/// Whether a declaration has an `attr()` in it that is replaced.
pub(crate) fn reads_attributes(declaration: &PropertyDeclaration) -> bool {
    match declaration {
        PropertyDeclaration::Unparsed(_, value) => value.text.reads_attributes,
        PropertyDeclaration::Custom(custom) => {
            matches!(&custom.value, CustomValue::Tokens(text) if text.reads_attributes)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use fanlight_css::properties::GroupId;

    use super::INHERITED_GROUPS;

    #[test]
    fn every_group_that_inherits_is_in_the_key() {
        let inherited = GroupId::ALL
            .iter()
            .filter(|group| group.longhands().iter().any(|longhand| longhand.inherited))
            .count();
        assert_eq!(inherited + 1, INHERITED_GROUPS, "custom properties are one more");
    }
}
