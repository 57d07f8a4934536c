//! `::first-letter`: an inline or floating box around the first letter of a block container.
//! <https://drafts.csswg.org/css-pseudo-4/#first-letter-pseudo>

use std::sync::Arc;

use fanlight_css::ComputedStyle;
use fanlight_css::selectors::PseudoElement;
use fanlight_css::values::NormalOr;
use fanlight_dom::NodeId;
use fanlight_style::FirstLinePart;
use fanlight_text::next_grapheme_boundary;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use super::construct::{Builder, kind_of};
use super::{BlockContents, BoxId, BoxKind, BoxSource, BoxTree, GeneratedFor, inline_items};
use crate::limits::MAX_FIRST_LETTER_SEARCH;
use crate::style::{self, Positioning};

/// A space that is as wide as a letter, and ends what comes before one.
const IDEOGRAPHIC_SPACE: char = '\u{3000}';

/// Puts the first letter of the block container `id` of an element into a box, where it has a style.
pub(super) fn insert(builder: &mut Builder<'_>, node: NodeId, id: BoxId) {
    if builder.styles.pseudo(node, &PseudoElement::FirstLetter).is_none() {
        return;
    }
    if !matches!(builder.tree.get(id).kind, BoxKind::BlockContainer(_)) {
        return;
    }
    let Some((text, length)) = find(&builder.tree, id) else { return };
    let found = builder.tree.get(text);
    let (Some(parent), BoxKind::Text(characters)) = (found.parent, &found.kind) else { return };
    let source = found.source;
    let Some(computed) = style_in(builder, node, source) else { return };
    let (letter, rest): (Arc<str>, Arc<str>) = (characters[..length].into(), characters[length..].into());
    let start = found.text_start;

    let kind = match computed.text.initial_letter {
        NormalOr::Normal => kind_of(computed.boxes.display),
        // https://drafts.csswg.org/css-inline-3/#initial-letter-box
        NormalOr::Value(_) => BoxKind::BlockContainer(BlockContents::Blocks(Vec::new())),
    };
    let letter_box =
        builder.add(BoxSource::Pseudo(node, GeneratedFor::FirstLetter), Some(parent), computed.clone(), kind);
    let mut children = Vec::new();
    builder.text(source, letter_box, computed, letter, &mut children);
    for &child in &children {
        builder.tree.get_mut(child).text_start = start;
    }
    builder.fill(letter_box, children, None);
    let is_empty = rest.is_empty();
    let remaining = builder.tree.get_mut(text);
    remaining.kind = BoxKind::Text(rest);
    remaining.text_start = start + length as u32;
    let replacement = if is_empty { vec![letter_box] } else { vec![letter_box, text] };
    replace(&mut builder.tree, parent, text, replacement);
}

/// The style of a letter of the block `block`, which inherits from what the text with this source is in.
fn style_in(builder: &Builder<'_>, block: NodeId, text: BoxSource) -> Option<Arc<ComputedStyle>> {
    let in_generated = match text {
        BoxSource::Pseudo(element, GeneratedFor::Before) => {
            builder.styles.first_line_part(element, FirstLinePart::LetterInBefore)
        }
        _ => None,
    };
    let around = match text {
        BoxSource::Node(text) => builder.document.node(text).parent(),
        BoxSource::Pseudo(element, _) | BoxSource::Anonymous(element, _) => Some(element),
    };
    let of = |element: NodeId| builder.styles.pseudo(element, &PseudoElement::FirstLetter);
    in_generated.or_else(|| of(around?)).or_else(|| of(block)).cloned()
}

/// The text box with the first letter on the first line of a block container, and how many bytes of it are the letter's.
fn find(tree: &BoxTree, container: BoxId) -> Option<(BoxId, usize)> {
    let mut pending = tree.children(container).to_vec();
    pending.reverse();
    for _ in 0..MAX_FIRST_LETTER_SEARCH {
        let id = pending.pop()?;
        let layout_box = tree.get(id);
        let computed = &layout_box.style;
        match (&layout_box.kind, layout_box.source) {
            (BoxKind::Text(text), _) => {
                if !text.chars().all(char::is_whitespace) {
                    let length = first_letter_length(text);
                    return (length > 0).then_some((id, length));
                }
            }
            // The letter has a box of its own inside.
            (_, BoxSource::Pseudo(_, GeneratedFor::FirstLetter)) => return None,
            (BoxKind::WordBreakOpportunity, _) | (_, BoxSource::Pseudo(_, GeneratedFor::Marker)) => {}
            (BoxKind::LineBreak, _) => return None,
            _ if style::is_floating(computed)
                || matches!(style::position(computed), Positioning::Absolute | Positioning::Fixed) => {}
            (BoxKind::Inline(children), _) => pending.extend(children.iter().rev()),
            (BoxKind::BlockContainer(_), _) if !style::is_inline_level(computed) => {
                pending.extend(tree.children(id).iter().rev());
            }
            _ => return None,
        }
    }
    None
}

/// How many bytes at the start of a text belong to its first letter: white space that comes before, punctuation around it
/// and the letter itself. A text of punctuation alone, such as a quotation mark that is generated, is a first letter too.
/// Nothing when white space or the end comes first.
/// <https://drafts.csswg.org/css-pseudo-4/#first-letter-pattern>
fn first_letter_length(text: &str) -> usize {
    let after_blanks = text.trim_start();
    if after_blanks.is_empty() {
        return 0;
    }
    let at_letter = after_punctuation(after_blanks, may_precede);
    if at_letter.is_empty() || at_letter.starts_with(char::is_whitespace) {
        return text.len() - at_letter.len();
    }
    let after = &at_letter[next_grapheme_boundary(at_letter, 0)..];
    text.len() - after_punctuation(after, may_follow).len()
}

/// What follows punctuation at the start of a text; marks belong to what they are put on.
fn after_punctuation(mut text: &str, is_taken: impl Fn(char) -> bool) -> &str {
    while text.chars().next().is_some_and(&is_taken) {
        text = &text[next_grapheme_boundary(text, 0)..];
    }
    text
}

fn category(character: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(character)
}

/// Punctuation, and the typographic spaces between it and the letter.
fn may_precede(character: char) -> bool {
    match category(character) {
        GeneralCategory::OpenPunctuation
        | GeneralCategory::DashPunctuation
        | GeneralCategory::ConnectorPunctuation => true,
        GeneralCategory::SpaceSeparator => character != IDEOGRAPHIC_SPACE,
        _ => may_follow(character),
    }
}

fn may_follow(character: char) -> bool {
    matches!(
        category(character),
        GeneralCategory::ClosePunctuation
            | GeneralCategory::InitialPunctuation
            | GeneralCategory::FinalPunctuation
            | GeneralCategory::OtherPunctuation
    )
}

/// Replaces a child of an inline box or of a block container with lines, and flattens the lines again.
fn replace(tree: &mut BoxTree, parent: BoxId, child: BoxId, replacement: Vec<BoxId>) {
    let splice = |children: &mut Vec<BoxId>| {
        if let Some(at) = children.iter().position(|&known| known == child) {
            children.splice(at..=at, replacement);
        }
    };
    let mut container = parent;
    let mut children = match &mut tree.get_mut(parent).kind {
        BoxKind::Inline(children) => {
            splice(children);
            None
        }
        BoxKind::BlockContainer(BlockContents::Lines(contents)) => {
            let mut children = contents.children.clone();
            splice(&mut children);
            Some(children)
        }
        _ => return,
    };
    while let BoxKind::Inline(_) = tree.get(container).kind {
        let Some(around) = tree.get(container).parent else { return };
        container = around;
    }
    if let BoxKind::BlockContainer(BlockContents::Lines(contents)) = &tree.get(container).kind {
        let children = children.take().unwrap_or_else(|| contents.children.clone());
        let contents = inline_items::collect(tree, container, children);
        tree.get_mut(container).kind = BoxKind::BlockContainer(BlockContents::Lines(Arc::new(contents)));
    }
}

#[cfg(test)]
mod tests {
    use super::first_letter_length;

    #[test]
    fn punctuation_belongs_to_the_letter() {
        let letter = |text: &'static str| &text[..first_letter_length(text)];
        assert_eq!(letter("Once"), "O");
        assert_eq!(letter("  \u{201c}Once"), "  \u{201c}O");
        assert_eq!(letter("(\u{ab}A.\u{bb}) rest"), "(\u{ab}A.\u{bb})");
        assert_eq!(letter("A(b"), "A", "opening brackets belong to what follows them");
        assert_eq!(letter("e\u{301}t"), "e\u{301}", "marks belong to their letter");
        assert_eq!(letter("+1"), "+", "symbols count as letters");
    }

    #[test]
    fn spaces_between_punctuation_and_letter_belong_to_it() {
        let letter = |text: &'static str| &text[..first_letter_length(text)];
        assert_eq!(letter("\u{2013} Test"), "\u{2013} T");
        assert_eq!(letter("\u{ab}\u{a0}Test"), "\u{ab}\u{a0}T");
        assert_eq!(
            letter("\u{104e}\u{300}T\u{300}\u{104e}\u{300}est"),
            "\u{104e}\u{300}T\u{300}\u{104e}\u{300}"
        );
    }

    #[test]
    fn punctuation_alone_is_a_letter_and_blanks_are_none() {
        assert_eq!(first_letter_length("\u{201c}"), "\u{201c}".len());
        assert_eq!(first_letter_length("  "), 0);
    }
}
