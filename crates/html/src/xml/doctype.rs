//! The document type declaration and what its internal subset declares. External subsets are not read.
//! <https://www.w3.org/TR/xml/#sec-prolog-dtd>

use std::collections::HashMap;

use fanlight_dom::Doctype;

use super::cursor::{Cursor, excerpt};
use super::references;
use super::{IllFormed, names};

/// What an entity is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entity {
    /// Its replacement text.
    Internal(String),
    /// It is elsewhere, and not read.
    External,
}

/// An attribute that elements have unless they say otherwise.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DefaultAttribute {
    pub(super) name: String,
    pub(super) value: String,
}

/// The declarations that parsing depends on.
#[derive(Debug, Default)]
pub(super) struct DocumentType {
    entities: HashMap<String, Entity>,
    defaults: HashMap<String, Vec<DefaultAttribute>>,
    /// Whether HTML's named characters are entities.
    pub(super) has_html_entities: bool,
    /// Whether there are declarations that are not read, so that an unknown entity is no error.
    /// <https://www.w3.org/TR/xml/#wf-entdeclared>
    pub(super) may_declare_elsewhere: bool,
}

/// The public identifiers of document types that declare HTML's named characters.
/// <https://html.spec.whatwg.org/multipage/xhtml.html#parsing-xhtml-documents>
const HTML_ENTITY_DOCTYPES: [&str; 10] = [
    "-//W3C//DTD XHTML 1.0 Transitional//EN",
    "-//W3C//DTD XHTML 1.1//EN",
    "-//W3C//DTD XHTML 1.0 Strict//EN",
    "-//W3C//DTD XHTML 1.0 Frameset//EN",
    "-//W3C//DTD XHTML Basic 1.0//EN",
    "-//W3C//DTD XHTML 1.1 plus MathML 2.0//EN",
    "-//W3C//DTD XHTML 1.1 plus MathML 2.0 plus SVG 1.1//EN",
    "-//W3C//DTD MathML 2.0//EN",
    "-//WAPFORUM//DTD XHTML Mobile 1.0//EN",
    "-//WAPFORUM//DTD XHTML Mobile 1.1//EN",
];

impl DocumentType {
    pub(super) fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.get(name)
    }

    /// The attributes that elements of this name have by default.
    pub(super) fn defaults(&self, element: &str) -> &[DefaultAttribute] {
        self.defaults.get(element).map_or(&[], Vec::as_slice)
    }

    /// Reads what stands between `<!DOCTYPE` and `>`.
    pub(super) fn read(&mut self, declaration: &str) -> Result<Doctype, IllFormed> {
        let mut cursor = Cursor::new(declaration);
        cursor.skip_blanks();
        let mut doctype = Doctype { name: cursor.name()?.to_owned(), ..Doctype::default() };
        cursor.skip_blanks();
        if let Some((public_id, system_id)) = external_id(&mut cursor)? {
            self.may_declare_elsewhere = true;
            self.has_html_entities = HTML_ENTITY_DOCTYPES.contains(&public_id.as_str());
            doctype.public_id = public_id;
            doctype.system_id = system_id;
        }
        cursor.skip_blanks();
        if cursor.eat("[") {
            self.internal_subset(&mut cursor)?;
            cursor.skip_blanks();
        }
        if cursor.is_at_end() {
            Ok(doctype)
        } else {
            Err(IllFormed(format!("'{}' is not expected in a document type", excerpt(cursor.rest()))))
        }
    }

    /// <https://www.w3.org/TR/xml/#NT-intSubset>
    fn internal_subset(&mut self, cursor: &mut Cursor<'_>) -> Result<(), IllFormed> {
        // After a reference to a parameter entity that is not read, declarations are not processed either.
        let mut is_processing = true;
        loop {
            cursor.skip_blanks();
            if cursor.eat("]") {
                return Ok(());
            } else if cursor.eat("%") {
                cursor.name()?;
                expect(cursor, ";")?;
                self.may_declare_elsewhere = true;
                is_processing = false;
            } else if cursor.eat("<!--") {
                cursor.take_until("-->").ok_or_else(unclosed)?;
            } else if cursor.eat("<?") {
                cursor.take_until("?>").ok_or_else(unclosed)?;
            } else if cursor.eat("<!ENTITY") {
                self.entity_declaration(cursor, is_processing)?;
            } else if cursor.eat("<!ATTLIST") {
                self.attribute_list(cursor, is_processing)?;
            } else if cursor.eat("<!ELEMENT") {
                cursor.take_until(">").ok_or_else(unclosed)?;
            } else if cursor.eat("<!NOTATION") {
                cursor.skip_blanks();
                cursor.name()?;
                cursor.skip_blanks();
                external_id(cursor)?;
                cursor.skip_blanks();
                expect(cursor, ">")?;
            } else {
                return Err(IllFormed(format!(
                    "'{}' is not expected in a document type",
                    excerpt(cursor.rest())
                )));
            }
        }
    }

    /// <https://www.w3.org/TR/xml/#NT-EntityDecl>
    fn entity_declaration(&mut self, cursor: &mut Cursor<'_>, is_processing: bool) -> Result<(), IllFormed> {
        cursor.skip_blanks();
        let is_parameter = cursor.eat("%");
        cursor.skip_blanks();
        let name = cursor.name()?;
        cursor.skip_blanks();
        let entity = match external_id(cursor)? {
            Some(_) => {
                cursor.skip_blanks();
                if cursor.eat("NDATA") {
                    cursor.skip_blanks();
                    cursor.name()?;
                }
                Entity::External
            }
            None => Entity::Internal(replacement_text(cursor.literal()?)?),
        };
        cursor.skip_blanks();
        expect(cursor, ">")?;
        // The first declaration counts.
        if !is_parameter && is_processing && !self.entities.contains_key(name) {
            self.entities.insert(name.to_owned(), entity);
        }
        Ok(())
    }

    /// <https://www.w3.org/TR/xml/#NT-AttlistDecl>
    fn attribute_list(&mut self, cursor: &mut Cursor<'_>, is_processing: bool) -> Result<(), IllFormed> {
        cursor.skip_blanks();
        let element = cursor.name()?;
        loop {
            cursor.skip_blanks();
            if cursor.eat(">") {
                return Ok(());
            }
            let name = cursor.name()?;
            cursor.skip_blanks();
            if cursor.eat("NOTATION") {
                cursor.skip_blanks();
            }
            if cursor.eat("(") {
                cursor.take_until(")").ok_or_else(unclosed)?;
            } else {
                cursor.name()?;
            }
            cursor.skip_blanks();
            if cursor.eat("#REQUIRED") || cursor.eat("#IMPLIED") {
                continue;
            }
            if cursor.eat("#FIXED") {
                cursor.skip_blanks();
            }
            let value = cursor.literal()?.to_owned();
            let defaults = self.defaults.entry(element.to_owned()).or_default();
            if is_processing && defaults.iter().all(|present| present.name != name) {
                defaults.push(DefaultAttribute { name: name.to_owned(), value });
            }
        }
    }
}

/// Public and system identifier. <https://www.w3.org/TR/xml/#NT-ExternalID>
fn external_id(cursor: &mut Cursor<'_>) -> Result<Option<(String, String)>, IllFormed> {
    if cursor.eat("SYSTEM") {
        cursor.skip_blanks();
        return Ok(Some((String::new(), cursor.literal()?.to_owned())));
    }
    if !cursor.eat("PUBLIC") {
        return Ok(None);
    }
    cursor.skip_blanks();
    // Blanks in a public identifier are like one. <https://www.w3.org/TR/xml/#dt-pubid>
    let public_id = cursor.literal()?.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    cursor.skip_blanks();
    let has_system_id = cursor.rest().starts_with(['"', '\'']);
    let system_id = if has_system_id { cursor.literal()?.to_owned() } else { String::new() };
    Ok(Some((public_id, system_id)))
}

/// Characters by number are put in when an entity is declared, other references when it is used.
/// <https://www.w3.org/TR/xml/#intern-replacement>
fn replacement_text(literal: &str) -> Result<String, IllFormed> {
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let (reference, after) =
            after.split_once(';').ok_or_else(|| IllFormed::new("a reference in an entity lacks its ';'"))?;
        match reference.strip_prefix('#') {
            Some(number) => text.push(references::character(number)?),
            None if names::is_name(reference) => {
                text.push('&');
                text.push_str(reference);
                text.push(';');
            }
            None => return Err(IllFormed(format!("'&{};' is no reference", excerpt(reference)))),
        }
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

fn expect(cursor: &mut Cursor<'_>, expected: &str) -> Result<(), IllFormed> {
    if cursor.eat(expected) {
        Ok(())
    } else {
        Err(IllFormed(format!("'{expected}' is missing before '{}'", excerpt(cursor.rest()))))
    }
}

fn unclosed() -> IllFormed {
    IllFormed::new("a declaration in the document type is not closed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_and_their_entities() {
        let mut types = DocumentType::default();
        let doctype =
            types.read("html PUBLIC '-//W3C//DTD  XHTML 1.0\nStrict//EN' \"http://x/strict.dtd\"").unwrap();
        assert_eq!(doctype.public_id, "-//W3C//DTD XHTML 1.0 Strict//EN");
        assert_eq!(doctype.system_id, "http://x/strict.dtd");
        assert!(types.has_html_entities && types.may_declare_elsewhere);
    }

    #[test]
    fn the_internal_subset_declares_entities_and_defaults() {
        let mut types = DocumentType::default();
        types
            .read(
                "a [<!-- ]> --><?pi ]>?><!ELEMENT a (b|c)*>\n<!ENTITY x '&#38;y;<b/>'><!ENTITY x 'later'>\
                 <!ENTITY e SYSTEM 'e.xml' NDATA n><!NOTATION n PUBLIC 'n'>\
                 <!ATTLIST a k (u|v) 'u' l CDATA #IMPLIED m NMTOKEN #FIXED \"w\">]",
            )
            .unwrap();
        assert_eq!(types.entity("x"), Some(&Entity::Internal("&y;<b/>".to_owned())));
        assert_eq!(types.entity("e"), Some(&Entity::External));
        let defaults: Vec<_> =
            types.defaults("a").iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
        assert_eq!(defaults, [("k", "u"), ("m", "w")]);
        assert!(!types.may_declare_elsewhere);
    }

    #[test]
    fn declarations_after_an_unread_parameter_entity_do_not_count() {
        let mut types = DocumentType::default();
        types.read("a [<!ENTITY % p SYSTEM 'p'> %p; <!ENTITY x 'x'>]").unwrap();
        assert_eq!(types.entity("x"), None);
        assert!(types.may_declare_elsewhere);
    }

    #[test]
    fn what_is_malformed_is_an_error() {
        for declaration in ["", "a b", "a [", "a [<!ENTITY>]", "a [<!ENTITY x 'y]", "a PUBLIC", "a [<!FOO>]"]
        {
            assert!(DocumentType::default().read(declaration).is_err(), "{declaration}");
        }
    }
}
