//! The attributes of a tag. <https://www.w3.org/TR/xml/#NT-Attribute>

use super::IllFormed;
use super::cursor::{Cursor, excerpt};

/// Names and raw values in their order.
pub(super) fn attributes(tag: &str) -> Result<Vec<(&str, &str)>, IllFormed> {
    let mut cursor = Cursor::new(tag);
    let mut attributes: Vec<(&str, &str)> = Vec::new();
    loop {
        let is_separated = cursor.skip_blanks();
        if cursor.is_at_end() {
            return Ok(attributes);
        }
        if !is_separated {
            return Err(IllFormed(format!("a blank is missing before '{}'", excerpt(cursor.rest()))));
        }
        let name = cursor.name()?;
        cursor.skip_blanks();
        if !cursor.eat("=") {
            return Err(IllFormed(format!("the attribute '{name}' has no value")));
        }
        cursor.skip_blanks();
        let value = cursor.literal()?;
        attributes.push((name, value));
        if attributes.len() > crate::limits::MAX_ATTRIBUTES {
            return Err(IllFormed(format!(
                "an element has more than {} attributes",
                crate::limits::MAX_ATTRIBUTES
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_quote_and_any_blanks() {
        assert_eq!(attributes("\n a = 'x\"' b=\"y'>\"").unwrap(), [("a", "x\""), ("b", "y'>")]);
        assert_eq!(attributes("").unwrap(), []);
    }

    #[test]
    fn what_html_forgives_is_an_error() {
        for tag in [" a", " a=b", " a='x'b='y'", " 1='x'", " a='x", " <b"] {
            assert!(attributes(tag).is_err(), "{tag}");
        }
    }
}
