//! `Permissions-Policy`: what a document and the frames in it may use. It is read and shown; nothing that it governs is
//! built yet.
//! <https://www.w3.org/TR/permissions-policy/>

use sfv::{BareItem, Dictionary, Item, ListEntry, Parser};

use crate::headers::HeaderList;

/// What a `Permissions-Policy` header field says of one feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The feature: `geolocation`.
    pub feature: String,
    /// Who may use it.
    pub allowed: Allowlist,
}

/// Who may use a feature.
/// <https://www.w3.org/TR/permissions-policy/#allowlists>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowlist {
    /// Everyone.
    Everyone,
    /// The document where `is_self`, and these origins; nobody where there are none.
    Some {
        /// Whether the document's own origin may.
        is_self: bool,
        /// The other origins, as they are written.
        origins: Vec<String>,
    },
}

/// `*`, `()`, `(self "https://a")`.
impl std::fmt::Display for Allowlist {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Allowlist::Everyone => formatter.write_str("*"),
            Allowlist::Some { is_self, origins } => {
                let own = is_self.then(|| "self".to_owned());
                let members = own.into_iter().chain(origins.iter().map(|origin| format!("\"{origin}\"")));
                write!(formatter, "({})", members.collect::<Vec<_>>().join(" "))
            }
        }
    }
}

/// What the header says, in its order. A field that is no dictionary says nothing, as all structured fields.
/// <https://www.w3.org/TR/permissions-policy/#algo-construct-policy>
pub fn from_headers(headers: &HeaderList) -> Vec<Permission> {
    let Some(value) = headers.get("permissions-policy") else { return Vec::new() };
    let Ok(dictionary) = Parser::new(&value).parse::<Dictionary>() else { return Vec::new() };
    dictionary
        .iter()
        .map(|(feature, entry)| {
            let allowed = match entry {
                ListEntry::Item(item) => allowlist(std::slice::from_ref(item)),
                ListEntry::InnerList(list) => allowlist(&list.items),
            };
            Permission { feature: feature.as_str().to_owned(), allowed }
        })
        .collect()
}

fn allowlist(items: &[Item]) -> Allowlist {
    let mut is_self = false;
    let mut origins = Vec::new();
    for item in items {
        match &item.bare_item {
            BareItem::Token(token) if token.as_str() == "*" => return Allowlist::Everyone,
            BareItem::Token(token) if token.as_str() == "self" => is_self = true,
            BareItem::String(origin) => origins.push(origin.as_str().to_owned()),
            // What means nothing allows nothing.
            _ => {}
        }
    }
    Allowlist::Some { is_self, origins }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str) -> Vec<String> {
        let headers = HeaderList::from_iter([("Permissions-Policy", value)]);
        from_headers(&headers)
            .iter()
            .map(|permission| format!("{}={}", permission.feature, permission.allowed))
            .collect()
    }

    #[test]
    fn features_are_allowed_to_some() {
        let value = "geolocation=(self \"https://a.example\"), camera=(), fullscreen=*, usb=self, x=?0;y";
        let expected =
            ["geolocation=(self \"https://a.example\")", "camera=()", "fullscreen=*", "usb=(self)", "x=()"];
        assert_eq!(shown(value), expected);
    }

    #[test]
    fn a_malformed_field_says_nothing() {
        assert!(shown("geolocation 'none'; camera *").is_empty());
    }
}
