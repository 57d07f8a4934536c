//! Shorthands: a table of their names and longhands, and how their values are parsed and written.
//! <https://drafts.csswg.org/css-cascade-5/#shorthand>

mod sides;

use super::declaration::parse_longhand;
use super::{LonghandId, PropertyDeclaration};
use crate::syntax::{CssResult, ParseContext, Parser};

/// A shorthand: its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShorthandId(u8);

/// Parses a shorthand's value and adds the declarations that it stands for.
type ParseShorthand =
    fn(&ShorthandInfo, &mut Parser<'_>, &ParseContext<'_>, &mut Vec<PropertyDeclaration>) -> CssResult<()>;
/// Writes the value that gives these declarations, one a longhand in the table's order; nothing where there is none.
type WriteShorthand = fn(&[&PropertyDeclaration], &mut String);

pub(super) struct ShorthandInfo {
    name: &'static str,
    longhands: &'static [LonghandId],
    parse: ParseShorthand,
    write: WriteShorthand,
}

static TABLE: &[&[ShorthandInfo]] = &[sides::TABLE];

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
        self.info().longhands
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

    /// The value that gives these declarations, one for each longhand in the table's order; empty where there is none.
    pub fn write(self, declarations: &[&PropertyDeclaration], out: &mut String) {
        (self.info().write)(declarations, out);
    }
}
