//! What boxes read of the document besides its tree, its text and its styles.

use fanlight_base::LocalName;
use fanlight_base::atoms::local_name;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::generated::{Content, ContentItem};
use fanlight_dom::{ElementState, NodeId};

use crate::ElementStyles;

/// The states that boxes know nothing of.
const UNREAD_STATES: ElementState = ElementState::HOVER
    .union(ElementState::ACTIVE)
    .union(ElementState::FOCUS)
    .union(ElementState::FOCUS_VISIBLE)
    .union(ElementState::FOCUS_WITHIN)
    .union(ElementState::TARGET)
    .union(ElementState::VISITED);

/// Whether other boxes may be generated where these states of an element changed.
pub fn reads_states(changed: ElementState) -> bool {
    !UNREAD_STATES.contains(changed)
}

/// Whether other boxes may be generated where an attribute of an element changed, besides what its style says. Of an
/// attribute that this does not know the answer is yes.
pub fn reads_attribute(styles: &dyn ElementStyles, element: NodeId, name: &LocalName) -> bool {
    let is_unread = matches!(
        *name,
        local_name!("class")
            | local_name!("style")
            | local_name!("href")
            | local_name!("name")
            | local_name!("rel")
            | local_name!("target")
            | local_name!("lang")
            | local_name!("dir")
            | local_name!("role")
            | local_name!("tabindex")
    ) || name.starts_with("data-")
        || name.starts_with("aria-");
    !is_unread || is_in_content(styles, element, name)
}

/// Whether generated content of an element shows an attribute.
/// <https://drafts.csswg.org/css-values-5/#attr-notation>
fn is_in_content(styles: &dyn ElementStyles, element: NodeId, name: &LocalName) -> bool {
    let shows = |content: &Content| match content {
        Content::Items(items, _) => {
            items.iter().any(|item| matches!(item, ContentItem::Attr(shown, _) if **shown == **name))
        }
        Content::Normal | Content::None => false,
    };
    let pseudos = [PseudoElement::Before, PseudoElement::After, PseudoElement::Marker];
    let generated = pseudos.iter().filter_map(|pseudo| styles.pseudo(element, pseudo));
    styles.get(element).into_iter().chain(generated).any(|style| shows(&style.content.content))
}
