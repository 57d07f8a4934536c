//! Writing blocks of declarations, and the values of shorthands in them.
//! <https://drafts.csswg.org/cssom/#serialize-a-css-declaration-block>

use std::sync::{Arc, LazyLock};

use super::PropertyDeclaration;
use super::declaration::{Declaration, DeclarationBlock};
use super::id::{LonghandId, PropertyId};
use super::shorthands::ShorthandId;
use crate::syntax::ToCss;
use crate::syntax::serialize::write_identifier;

/// The shorthands of each longhand in the order in which they are tried: those of most longhands first.
static SHORTHANDS_OF: LazyLock<Vec<Vec<ShorthandId>>> = LazyLock::new(|| {
    let mut of: Vec<Vec<ShorthandId>> = vec![Vec::new(); LonghandId::COUNT];
    // Those of one longhand are old names of it.
    for shorthand in ShorthandId::all().filter(|shorthand| shorthand.longhands().len() > 1) {
        for longhand in shorthand.longhands() {
            of[longhand.index()].push(shorthand);
        }
    }
    for shorthands in &mut of {
        shorthands.sort_by_key(|shorthand| std::cmp::Reverse(shorthand.longhands().len()));
    }
    of
});

impl DeclarationBlock {
    /// The declaration of a longhand.
    fn find(&self, id: LonghandId) -> Option<&Declaration> {
        self.declarations().iter().rev().find(|declaration| declaration.property.longhand() == Some(id))
    }

    /// The value of a property as `getPropertyValue()` gives it: empty where it is not declared, or where a shorthand cannot be
    /// written.
    /// <https://drafts.csswg.org/cssom/#dom-cssstyledeclaration-getpropertyvalue>
    pub fn value_of(&self, property: &PropertyId) -> String {
        let mut out = String::new();
        match property {
            PropertyId::Longhand(id) => {
                if let Some(declaration) = self.find(*id) {
                    declaration.property.write_value(&mut out);
                }
            }
            PropertyId::Shorthand(id) => {
                let found: Option<Vec<&Declaration>> =
                    id.longhands().iter().map(|&id| self.find(id)).collect();
                if let Some(found) = found
                    && found.iter().all(|declaration| declaration.important == found[0].important)
                {
                    let properties: Vec<&PropertyDeclaration> =
                        found.iter().map(|declaration| &declaration.property).collect();
                    id.write(&properties, &mut out);
                }
            }
            PropertyId::Custom(name) => {
                for declaration in self.declarations() {
                    if let PropertyDeclaration::Custom(custom) = &declaration.property
                        && custom.name == *name
                    {
                        out.clear();
                        custom.value.to_css(&mut out);
                    }
                }
            }
        }
        out
    }

    /// The shorthand that can stand for a declaration and others that follow, with its value.
    fn shorthand_for(
        &self,
        id: LonghandId,
        written: &[bool],
        important: bool,
    ) -> Option<(ShorthandId, String)> {
        for &shorthand in &SHORTHANDS_OF[id.index()] {
            let longhands = shorthand.longhands();
            if longhands.len() > self.declarations().len() {
                continue;
            }
            let mut properties = Vec::with_capacity(longhands.len());
            for longhand in longhands {
                let position = self.declarations().iter().position(|declaration| {
                    declaration.property.longhand() == Some(*longhand) && declaration.important == important
                });
                match position {
                    Some(position) if !written[position] => {
                        properties.push(&self.declarations()[position].property)
                    }
                    _ => break,
                }
            }
            if properties.len() != longhands.len() {
                continue;
            }
            let mut value = String::new();
            shorthand.write(&properties, &mut value);
            if !value.is_empty() {
                return Some((shorthand, value));
            }
        }
        None
    }
}

fn write_declaration(name: &str, value: &str, important: bool, out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '{', '\n']) {
        out.push(' ');
    }
    write_identifier(name, out);
    // An empty value of a custom property stands without a blank.
    out.push(':');
    if !value.is_empty() {
        out.push(' ');
        out.push_str(value);
    }
    if important {
        out.push_str(" !important");
    }
    out.push(';');
}

impl ToCss for DeclarationBlock {
    /// One line: `color: red; margin: 1px !important;`
    fn to_css(&self, out: &mut String) {
        let mut text = String::new();
        let mut written = vec![false; self.declarations().len()];
        for index in 0..self.declarations().len() {
            if written[index] {
                continue;
            }
            let declaration = &self.declarations()[index];
            let important = declaration.important;
            if let Some(id) = declaration.property.longhand()
                && let Some((shorthand, value)) = self.shorthand_for(id, &written, important)
            {
                for (other, written) in self.declarations().iter().zip(&mut written) {
                    let covered =
                        other.property.longhand().is_some_and(|id| shorthand.longhands().contains(&id));
                    *written |= covered && other.important == important;
                }
                write_declaration(shorthand.name(), &value, important, &mut text);
                continue;
            }
            if let PropertyDeclaration::Unparsed(_, value) = &declaration.property
                && let Some(shorthand) = value.shorthand
            {
                // CSSOM has nothing to write for part of a shorthand that is not parsed yet. All of it means the same here: what
                // overrides the rest is important, or follows.
                for (other, written) in self.declarations().iter().zip(&mut written) {
                    let is_part = matches!(&other.property, PropertyDeclaration::Unparsed(_, part) if Arc::ptr_eq(part, value));
                    *written |= is_part && other.important == important;
                }
                write_declaration(shorthand.name(), &value.text.css, important, &mut text);
                continue;
            }
            written[index] = true;
            let value = declaration.property.to_css_string();
            write_declaration(declaration.property.name(), &value, important, &mut text);
        }
        out.push_str(&text);
    }
}
