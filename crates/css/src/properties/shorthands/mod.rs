//! Shorthands: a table of their names and longhands, and how their values are parsed and written.
//! <https://drafts.csswg.org/css-cascade-5/#shorthand>
//!
//! Most are of one of two shapes: values for sides ([`sides`]), or values in any order ([`any_order`]). The others have a module
//! for each specification.

mod all;
mod animation;
mod any_order;
mod background;
mod border;
mod flex;
mod font;
mod grid;
mod grid_template;
mod sides;
mod text;

use std::sync::LazyLock;

use super::declaration::parse_longhand;
use super::{ComputedStyle, CssWideKeyword, LonghandId, PropertyDeclaration};
use crate::syntax::{CssResult, ParseContext, Parser};

/// A shorthand: its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShorthandId(u8);

/// Parses a shorthand's value and adds the declarations that it stands for.
type ParseShorthand =
    fn(&ShorthandInfo, &mut Parser<'_>, &ParseContext<'_>, &mut Vec<PropertyDeclaration>) -> CssResult<()>;
/// Writes the value that gives these declarations, one a longhand in the table's order; nothing where there is none.
type WriteShorthand = fn(&ShorthandInfo, &[&PropertyDeclaration], &mut String);

/// A row of the table.
pub(super) struct ShorthandInfo {
    name: &'static str,
    longhands: &'static [LonghandId],
    parse: ParseShorthand,
    write: WriteShorthand,
}

/// The parts of the table. A longhand that is in two shorthands is written by the first that covers it.
static TABLE: &[&[ShorthandInfo]] = &[
    all::TABLE,
    border::TABLE,
    sides::TABLE,
    any_order::TABLE,
    background::TABLE,
    flex::TABLE,
    font::TABLE,
    grid_template::TABLE,
    grid::TABLE,
    text::TABLE,
    animation::TABLE,
];

impl ShorthandId {
    /// All shorthands, in the table's order.
    pub fn all() -> impl Iterator<Item = ShorthandId> {
        (0..TABLE.iter().map(|part| part.len()).sum::<usize>() as u8).map(ShorthandId)
    }

    fn info(self) -> &'static ShorthandInfo {
        let mut index = usize::from(self.0);
        for part in TABLE {
            match part.get(index) {
                Some(info) => return info,
                None => index -= part.len(),
            }
        }
        unreachable!("ids are made by all(), which counts the table")
    }

    /// The name in CSS.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The longhands that it sets.
    pub fn longhands(self) -> &'static [LonghandId] {
        match self.info().longhands {
            // `all` cannot list them before the table is there.
            [] => &all::LONGHANDS,
            longhands => longhands,
        }
    }

    /// Parses a value and adds the declarations that it stands for.
    ///
    /// # Errors
    /// The value is invalid; something may have been added even so.
    pub(crate) fn parse(
        self,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        added: &mut Vec<PropertyDeclaration>,
    ) -> CssResult<()> {
        let info = self.info();
        (info.parse)(info, input, context, added)
    }

    /// The value that gives these declarations, one for each longhand in the table's order; nothing where there is none.
    /// <https://drafts.csswg.org/cssom/#serialize-a-css-value>
    pub fn write(self, declarations: &[&PropertyDeclaration], out: &mut String) {
        let [first, rest @ ..] = declarations else { return };
        if declarations.len() != self.longhands().len() {
            return;
        }
        match first {
            PropertyDeclaration::CssWide(_, keyword) => {
                let same = |other: &&PropertyDeclaration| matches!(other, PropertyDeclaration::CssWide(_, other) if other == keyword);
                if rest.iter().all(same) {
                    out.push_str(keyword.as_str());
                }
            }
            PropertyDeclaration::Unparsed(_, value) if value.shorthand == Some(self) => {
                let same = |other: &&PropertyDeclaration| matches!(other, PropertyDeclaration::Unparsed(_, other) if std::sync::Arc::ptr_eq(other, value));
                if rest.iter().all(same) {
                    out.push_str(&value.text.css);
                }
            }
            _ => {
                let plain = |declaration: &&PropertyDeclaration| {
                    !matches!(
                        declaration,
                        PropertyDeclaration::CssWide(..) | PropertyDeclaration::Unparsed(..)
                    )
                };
                if declarations.iter().all(plain) {
                    (self.info().write)(self.info(), declarations, out);
                }
            }
        }
    }
}

/// The initial specified value of each physical longhand, where its computed value says something else.
fn initial_text(id: LonghandId) -> Option<&'static str> {
    Some(match id.name() {
        "border-top-width"
        | "border-right-width"
        | "border-bottom-width"
        | "border-left-width"
        | "outline-width"
        | "column-rule-width" => "medium",
        "-webkit-text-stroke-width" => "0",
        "font-size" => "medium",
        "font-weight" | "font-stretch" => "normal",
        "background-color" => "transparent",
        "fill" | "stop-color" | "flood-color" | "color" => "black",
        _ => return None,
    })
}

static INITIAL: LazyLock<Vec<PropertyDeclaration>> = LazyLock::new(|| {
    let initial = ComputedStyle::initial();
    LonghandId::physical()
        .map(|id| {
            let mut text = String::new();
            match initial_text(id) {
                Some(initial) => text.push_str(initial),
                None => initial.write_value(id, &mut text),
            }
            parse_longhand(id, &mut Parser::new(&text), &ParseContext::default())
                .unwrap_or(PropertyDeclaration::CssWide(id, CssWideKeyword::Initial))
        })
        .collect()
});

/// The declaration of a longhand's initial value, which a shorthand sets where its value says nothing of the longhand.
fn initial(id: LonghandId) -> PropertyDeclaration {
    match id.logical() {
        None => INITIAL[id.index()].clone(),
        Some(logical) => {
            PropertyDeclaration::Logical(logical, Box::new(INITIAL[logical.representative().index()].clone()))
        }
    }
}

/// Whether a declaration is of the initial value.
fn is_initial(declaration: &PropertyDeclaration) -> bool {
    declaration.longhand().is_some_and(|id| *declaration == initial(id))
}

/// The text of a declaration's value.
fn text_of(declaration: &PropertyDeclaration) -> String {
    let mut text = String::new();
    declaration.write_value(&mut text);
    text
}

/// Adds a word after a blank, if something stands before it.
fn push_word(out: &mut String, start: usize, word: &str) {
    if word.is_empty() {
        return;
    }
    if out.len() > start {
        out.push(' ');
    }
    out.push_str(word);
}

#[cfg(test)]
mod tests;
