//! What `::first-line` and `::first-letter` of a block mean for what is inside of it.
//! <https://drafts.csswg.org/css-pseudo-4/#first-line-inheritance>
//!
//! On the first line inline boxes inherit from the `::first-line` of their block. They have a second style for it, in the place
//! of a `::first-line` of their own, which inline boxes cannot have. A first letter inherits from the box that it is in: each
//! element that may hold it has the style that the letter would have there. Generated content has its own [`FirstLinePart`]s.

use std::sync::Arc;

use fanlight_css::properties::ComputedStyle;
use fanlight_css::properties::boxes::{Float, Position};
use fanlight_css::values::display::{Display, DisplayInside, DisplayInternal, DisplayOutside};
use fanlight_dom::{ElementData, NodeData, NodeId};
use smallvec::SmallVec;

use super::{Run, settle};
use crate::compute::Parent;
use crate::element::ElementRef;
use crate::limits::FIRST_LINE_SIBLINGS;
use crate::matching::list::AppliedList;
use crate::matching::{AFTER, BEFORE, FIRST_LETTER, FIRST_LINE};
use crate::style_map::{FirstLinePart, Styled, StyledPseudos};

/// What the blocks around give to the first line and the first letter in an element.
#[derive(Clone, Debug, Default)]
pub(super) struct FirstLines {
    /// What applies to the `::first-line`s of the blocks whose first line begins in the element's first block, outermost first.
    lines: SmallVec<[Arc<AppliedList>; 1]>,
    /// What the element is to its inline children on the first line.
    parent: Option<Parent>,
    /// What applies to the first letter, if it can be in the element.
    letter: Option<Arc<AppliedList>>,
}

/// How an element's box takes part in the first line of the block around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It is on the line, and has none of its own.
    Inline,
    /// The line may be in it, if it comes first.
    FlowingBlock,
    /// It has lines of its own only.
    SeparateBlock,
    /// It has no lines.
    Other,
}

impl Role {
    fn of(style: &ComputedStyle) -> Role {
        match style.boxes.display {
            Display::Contents => Role::Inline,
            Display::Box {
                outside: DisplayOutside::Inline,
                inside: DisplayInside::Flow | DisplayInside::Ruby,
                ..
            } => Role::Inline,
            Display::Box { outside, inside: DisplayInside::Flow | DisplayInside::FlowRoot, .. } => {
                if outside == DisplayOutside::Block && is_in_flow(style) {
                    Role::FlowingBlock
                } else {
                    Role::SeparateBlock
                }
            }
            Display::Internal(DisplayInternal::TableCell | DisplayInternal::TableCaption) => {
                Role::SeparateBlock
            }
            _ => Role::Other,
        }
    }
}

/// Whether an element's box is on a line of the box around it.
pub(super) fn is_inline(style: &ComputedStyle) -> bool {
    Role::of(style) == Role::Inline
}

fn is_in_flow(style: &ComputedStyle) -> bool {
    style.boxes.float == Float::None && !matches!(style.boxes.position, Position::Absolute | Position::Fixed)
}

/// The place of the `::first-line` that an element's own rules make, beside that which it has with those around.
const OWN_LINE: usize = FirstLinePart::COUNT_WITH_PSEUDOS;
/// The same for `::first-letter`.
const OWN_LETTER: usize = OWN_LINE + 1;

/// Where it is kept what an element's own rules say for a pseudo-element.
pub(super) fn own_place(pseudo: usize) -> usize {
    match pseudo {
        FIRST_LINE => OWN_LINE,
        FIRST_LETTER => OWN_LETTER,
        other => other,
    }
}

fn find(pseudos: &[(usize, Styled)], index: usize) -> Option<&Styled> {
    pseudos.iter().find(|(present, _)| *present == index).map(|(_, styled)| styled)
}

/// Whether the first line or letter that an element gives to what is inside of it has become another one.
pub(super) fn differ(old: &[(usize, Styled)], new: &[(usize, Styled)]) -> bool {
    [FIRST_LINE, FIRST_LETTER].into_iter().any(|index| match (find(old, index), find(new, index)) {
        (None, None) => false,
        (Some(old), Some(new)) => {
            !Arc::ptr_eq(&old.style, &new.style) || !Arc::ptr_eq(&old.applied, &new.applied)
        }
        _ => true,
    })
}

impl Run<'_> {
    /// The pseudo-elements of an element, with the styles that it has because of first lines and letters.
    pub(super) fn with_first_lines(
        &mut self,
        element: ElementRef<'_>,
        own: &Styled,
        pseudos: Option<Arc<StyledPseudos>>,
        old: &[(usize, Styled)],
    ) -> Option<Arc<StyledPseudos>> {
        let matched: &[(usize, Styled)] = pseudos.as_deref().map_or(&[], |pseudos| pseudos);
        let has_own = find(matched, FIRST_LINE).is_some() || find(matched, FIRST_LETTER).is_some();
        let around = self.path.last().and_then(|above| above.first_lines.clone());
        if !has_own && around.is_none() {
            return pseudos;
        }
        let role = Role::of(&own.style);
        let around = around.unwrap_or_default();
        let leads = self.leads(element.node());
        let mut made: StyledPseudos =
            matched.iter().map(|(index, styled)| (own_place(*index), styled.clone())).collect();

        let line = match role {
            Role::Inline => around.parent.as_ref().map(|parent| (own.applied.clone(), parent.clone())),
            Role::FlowingBlock | Role::SeparateBlock => {
                let outer = if role == Role::FlowingBlock && leads { &around.lines[..] } else { &[] };
                let own_line = find(matched, FIRST_LINE).map(|line| &line.applied);
                self.innermost_line(element, &own.style, outer.iter().chain(own_line))
            }
            Role::Other => None,
        };
        let line = line.map(|(list, parent)| self.style_part(element, &list, &parent, old, FIRST_LINE));
        let letter = match role {
            Role::Inline => around.letter.filter(|_| leads),
            Role::FlowingBlock | Role::SeparateBlock => {
                let outer = around.letter.filter(|_| role == Role::FlowingBlock && leads);
                find(matched, FIRST_LETTER).map(|letter| letter.applied.clone()).or(outer)
            }
            Role::Other => None,
        };
        for (index, part) in [(BEFORE, FirstLinePart::Before), (AFTER, FirstLinePart::After)] {
            if let (Some(line), Some(generated)) = (&line, find(matched, index)) {
                let parent = self.parent_of(line.style.clone(), element.node());
                let styled = self.style_part(element, &generated.applied, &parent, old, part.index());
                made.push((part.index(), styled));
            }
        }
        if let Some(list) = &letter {
            let around = line.as_ref().map_or(&own.style, |line| &line.style);
            let parent = self.parent_of(around.clone(), element.node());
            made.push((FIRST_LETTER, self.style_part(element, list, &parent, old, FIRST_LETTER)));
            let before = find(&made, FirstLinePart::Before.index()).or_else(|| find(matched, BEFORE));
            if let Some(before) = before.map(|before| before.style.clone()) {
                let parent = self.parent_of(before, element.node());
                let index = FirstLinePart::LetterInBefore.index();
                made.push((index, self.style_part(element, list, &parent, old, index)));
            }
        }
        made.extend(line.map(|line| (FIRST_LINE, line)));
        made.sort_by_key(|(index, _)| *index);
        (!made.is_empty()).then(|| Arc::new(made))
    }

    /// What applies to the innermost of the `::first-line`s that are nested in each other, and what that inherits from.
    fn innermost_line<'l>(
        &mut self,
        element: ElementRef<'_>,
        style: &Arc<ComputedStyle>,
        lists: impl Iterator<Item = &'l Arc<AppliedList>>,
    ) -> Option<(Arc<AppliedList>, Parent)> {
        let mut innermost: Option<(Arc<AppliedList>, Parent)> = None;
        for list in lists {
            let around = match &innermost {
                None => style.clone(),
                Some((list, parent)) => self.computer.compute(list, Some(parent), element.data()).style,
            };
            innermost = Some((list.clone(), self.parent_of(around, element.node())));
        }
        innermost
    }

    fn style_part(
        &mut self,
        element: ElementRef<'_>,
        list: &Arc<AppliedList>,
        parent: &Parent,
        old: &[(usize, Styled)],
        index: usize,
    ) -> Styled {
        settle(find(old, index), self.computer.compute(list, Some(parent), element.data())).0
    }

    /// What an element that has been styled gives to the first line and letter in what is inside of it.
    pub(super) fn first_lines_below(&mut self, node: NodeId) -> Option<FirstLines> {
        let styled = self.styles.elements[node.index()].as_ref()?;
        let pseudos = styled.pseudos.clone();
        let pseudos: &[(usize, Styled)] = pseudos.as_deref().map_or(&[], |pseudos| pseudos);
        let around = self.path.last().and_then(|above| above.first_lines.clone());
        if around.is_none() && find(pseudos, FIRST_LINE).is_none() && find(pseudos, FIRST_LETTER).is_none() {
            return None;
        }
        let role = Role::of(&styled.own.style);
        if role == Role::Other {
            return None;
        }
        let mut below = FirstLines { parent: None, ..around.unwrap_or_default() };
        // What is generated before comes first, and then nothing else does.
        let is_first = role != Role::SeparateBlock && find(pseudos, BEFORE).is_none() && self.leads(node);
        if !is_first {
            below.lines.clear();
        }
        below.letter = find(pseudos, FIRST_LETTER)
            .filter(|_| find(pseudos, BEFORE).is_none())
            .map(|letter| letter.applied.clone());
        if let Some(line) = find(pseudos, FIRST_LINE) {
            let own =
                find(pseudos, OWN_LINE).filter(|_| role != Role::Inline && find(pseudos, BEFORE).is_none());
            below.lines.extend(own.map(|own| own.applied.clone()));
            below.parent = Some(self.parent_of(line.style.clone(), node));
        }
        let has_any = !below.lines.is_empty() || below.parent.is_some() || below.letter.is_some();
        has_any.then_some(below)
    }

    /// Whether nothing that makes a line is before a node in its parent.
    fn leads(&self, node: NodeId) -> bool {
        let siblings = std::iter::successors(self.document.node(node).previous_sibling(), |&at| {
            self.document.node(at).previous_sibling()
        });
        siblings.take(FIRST_LINE_SIBLINGS).all(|sibling| self.makes_no_line(sibling))
    }

    fn makes_no_line(&self, node: NodeId) -> bool {
        match self.document.node(node).data() {
            NodeData::Text(text) => text.trim_ascii().is_empty(),
            NodeData::Element(element) => {
                let Some(style) = self.styles.get(node) else { return true };
                style.boxes.display.is_none()
                    || !is_in_flow(style)
                    || Role::of(style) == Role::Inline && !is_replaced(element) && {
                        let mut below = self.document.descendants(node).take(FIRST_LINE_SIBLINGS);
                        below.all(|below| match self.document.node(below).data() {
                            NodeData::Text(text) => text.trim_ascii().is_empty(),
                            NodeData::Element(element) => !is_replaced(element),
                            _ => true,
                        })
                    }
            }
            _ => true,
        }
    }
}

/// Whether an element without text is on a line all the same.
fn is_replaced(element: &ElementData) -> bool {
    ["br", "img", "input", "button", "select", "textarea", "video", "object", "iframe", "canvas", "svg"]
        .contains(&&*element.name.local)
}

#[cfg(test)]
mod tests {
    use fanlight_css::selectors::PseudoElement;

    use super::FirstLinePart;
    use crate::test_support::{Page, by_id};

    const RED: &str = "rgb(255, 0, 0)";
    const GREEN: &str = "rgb(0, 128, 0)";
    const BLUE: &str = "rgb(0, 0, 255)";

    fn line(page: &Page, id: &str, property: &str) -> Option<String> {
        page.pseudo_value(id, &PseudoElement::FirstLine, property)
    }

    fn letter(page: &Page, id: &str, property: &str) -> Option<String> {
        page.pseudo_value(id, &PseudoElement::FirstLetter, property)
    }

    #[test]
    fn inline_boxes_inherit_from_the_first_line() {
        let page = Page::new(
            "<p id=p><b id=b><i id=i>x</i></b> <u id=u>y</u> <q id=q>z</q></p>",
            "p::first-line { color: red; font-size: 32px } i { color: green; font-size: 2em } #q { display: inline-block }",
        );
        assert_eq!(line(&page, "b", "color").as_deref(), Some(RED));
        assert_eq!(line(&page, "u", "font-size").as_deref(), Some("32px"));
        assert_eq!(line(&page, "i", "color").as_deref(), Some(GREEN));
        assert_eq!(line(&page, "i", "font-size").as_deref(), Some("64px"));
        assert_eq!(line(&page, "q", "color"), None, "what has lines of its own is not on that line");
        assert_eq!(page.value("b", "color"), "rgb(0, 0, 0)");
    }

    #[test]
    fn the_first_line_is_in_the_first_block_inside() {
        let page = Page::new(
            "<div id=d><div style='float: left'>f</div> <p id=a><b id=b>x</b></p> <p id=c>y</p></div>",
            "#d::first-line { color: red } #a { color: blue; font-size: 20px } #a::first-line { font-size: 2em }",
        );
        assert_eq!(line(&page, "a", "color").as_deref(), Some(RED), "the outer line is around the inner one");
        assert_eq!(line(&page, "b", "font-size").as_deref(), Some("40px"));
        assert_eq!(line(&page, "c", "color"), None, "the first line of the document is above");
    }

    #[test]
    fn the_first_letter_inherits_from_what_it_is_in() {
        let page = Page::new(
            "<p id=p> <b id=b><i id=i>x</i></b> <u id=u>y</u></p><p id=n></p>",
            "p { color: blue } p::first-line { font-size: 32px } p::first-letter { font-size: 2em } b { color: red } \
             #n::before { content: 'z'; color: green }",
        );
        assert_eq!(letter(&page, "p", "color").as_deref(), Some(BLUE));
        assert_eq!(letter(&page, "p", "font-size").as_deref(), Some("64px"), "it is on the first line");
        assert_eq!(letter(&page, "i", "color").as_deref(), Some(RED));
        assert_eq!(letter(&page, "u", "color"), None, "it comes after the first letter");
        let generated =
            page.styles.first_line_part(by_id(&page.document, "n"), FirstLinePart::LetterInBefore);
        let color = generated.map(|style| style.inherited_text.color.clone());
        assert_eq!(
            color,
            Some(
                page.styles
                    .pseudo(by_id(&page.document, "n"), &PseudoElement::Before)
                    .unwrap()
                    .inherited_text
                    .color
                    .clone()
            )
        );
    }

    #[test]
    fn properties_that_lines_do_not_have_are_left_out() {
        let page =
            Page::new("<p id=p>x</p>", "p::first-line { color: red; margin: 3px; display: block; --x: 1px }");
        assert_eq!(line(&page, "p", "color").as_deref(), Some(RED));
        assert_eq!(line(&page, "p", "margin-left").as_deref(), Some("0px"));
        assert_eq!(line(&page, "p", "display").as_deref(), Some("inline"));
    }
}
