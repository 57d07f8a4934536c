//! What references stand for. <https://www.w3.org/TR/xml/#sec-references>

use html5ever::data::NAMED_ENTITIES;

use super::IllFormed;
use super::doctype::{DocumentType, Entity};
use super::is_char;
use crate::limits::{MAX_ENTITY_DEPTH, MAX_ENTITY_EXPANSION_BYTES};

/// What a reference in content stands for.
pub(super) enum Referent<'a> {
    /// Characters that are not looked at again.
    Characters(String),
    /// Text that can hold markup.
    Text(&'a str),
    /// Something that is not read: an external entity, or one that may be declared where we do not look.
    Nothing,
}

/// `reference` is what stands between `&` and `;`.
pub(super) fn resolve<'a>(reference: &str, doctype: &'a DocumentType) -> Result<Referent<'a>, IllFormed> {
    if let Some(number) = reference.strip_prefix('#') {
        return character(number).map(|c| Referent::Characters(c.to_string()));
    }
    let predefined = match reference {
        "lt" => Some("<"),
        "gt" => Some(">"),
        "amp" => Some("&"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        _ => None,
    };
    if let Some(character) = predefined {
        return Ok(Referent::Characters(character.to_owned()));
    }
    match doctype.entity(reference) {
        Some(Entity::Internal(text)) => return Ok(Referent::Text(text)),
        Some(Entity::External) => return Ok(Referent::Nothing),
        None => {}
    }
    if doctype.has_html_entities
        && let Some(&(first, second)) = NAMED_ENTITIES.get(format!("{reference};").as_str())
    {
        let characters: String =
            [first, second].into_iter().filter(|&code| code != 0).filter_map(char::from_u32).collect();
        if !characters.is_empty() {
            return Ok(Referent::Characters(characters));
        }
    }
    if doctype.may_declare_elsewhere {
        return Ok(Referent::Nothing);
    }
    Err(IllFormed(format!("the entity '{reference}' is not defined")))
}

/// `number` is what follows `#`. <https://www.w3.org/TR/xml/#NT-CharRef>
pub(super) fn character(number: &str) -> Result<char, IllFormed> {
    let code = match number.strip_prefix('x') {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16).ok()
        }
        None if number.starts_with(|c: char| c.is_ascii_digit()) => number.parse().ok(),
        _ => None,
    };
    code.and_then(char::from_u32)
        .filter(|&c| is_char(c))
        .ok_or_else(|| IllFormed(format!("'&#{number};' is no character that XML allows")))
}

/// Counts what entities have been expanded to in the whole document: a few that refer to one another can stand for
/// thousands of millions of characters.
#[derive(Default)]
pub(super) struct Expansion {
    bytes: usize,
}

impl Expansion {
    pub(super) fn add(&mut self, text: &str, depth: usize) -> Result<(), IllFormed> {
        self.bytes = self.bytes.saturating_add(text.len()).saturating_add(1);
        if self.bytes > MAX_ENTITY_EXPANSION_BYTES {
            return Err(IllFormed(format!(
                "entities expand to more than {MAX_ENTITY_EXPANSION_BYTES} bytes"
            )));
        }
        if depth > MAX_ENTITY_DEPTH {
            return Err(IllFormed(format!(
                "entities refer to one another more than {MAX_ENTITY_DEPTH} deep"
            )));
        }
        Ok(())
    }
}

/// <https://www.w3.org/TR/xml/#AVNormalize>, for attributes of type CDATA.
pub(super) fn attribute_value(
    raw: &str,
    doctype: &DocumentType,
    expansion: &mut Expansion,
) -> Result<String, IllFormed> {
    let mut value = String::with_capacity(raw.len());
    append_value(raw, doctype, expansion, 0, &mut value)?;
    Ok(value)
}

/// Recursion is bounded by [`MAX_ENTITY_DEPTH`].
fn append_value(
    raw: &str,
    doctype: &DocumentType,
    expansion: &mut Expansion,
    depth: usize,
    value: &mut String,
) -> Result<(), IllFormed> {
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '<', '\t', '\n', '\r']) {
        value.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'&' => {
                let (reference, after) = rest[at + 1..]
                    .split_once(';')
                    .ok_or_else(|| IllFormed::new("a reference in an attribute's value lacks its ';'"))?;
                match resolve(reference, doctype)? {
                    Referent::Characters(characters) => value.push_str(&characters),
                    Referent::Text(text) => {
                        expansion.add(text, depth + 1)?;
                        append_value(text, doctype, expansion, depth + 1, value)?;
                    }
                    Referent::Nothing => {}
                }
                rest = after;
            }
            b'<' => return Err(IllFormed::new("'<' is not allowed in an attribute's value")),
            _ => {
                value.push(' ');
                rest = &rest[at + 1..];
            }
        }
    }
    value.push_str(rest);
    Ok(())
}
