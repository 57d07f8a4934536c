//! Where a document's reports go: `Reporting-Endpoints`.
//! <https://www.w3.org/TR/reporting-1/#header>

use std::sync::Arc;

use sfv::{BareItem, Dictionary, ListEntry, Parser};
use url::Url;

use crate::headers::HeaderList;
use crate::limits::MAX_REPORTING_ENDPOINTS;
use crate::policy::trustworthy::is_potentially_trustworthy;

/// The endpoints that a document has declared, by name. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportingEndpoints {
    named: Arc<[(String, Url)]>,
}

impl ReportingEndpoints {
    /// Those of a document's response. Only trustworthy addresses count, of a trustworthy document.
    /// <https://www.w3.org/TR/reporting-1/#process-header>
    pub fn from_headers(headers: &HeaderList, document: &Url) -> Self {
        let Some(value) = headers.get("reporting-endpoints").filter(|_| is_potentially_trustworthy(document))
        else {
            return Self::default();
        };
        let Ok(dictionary) = Parser::new(&value).parse::<Dictionary>() else { return Self::default() };
        let endpoint = |(name, entry): (&sfv::Key, &ListEntry)| {
            let ListEntry::Item(item) = entry else { return None };
            let BareItem::String(address) = &item.bare_item else { return None };
            let url = document.join(address.as_str()).ok().filter(is_potentially_trustworthy)?;
            Some((name.as_str().to_owned(), url))
        };
        ReportingEndpoints {
            named: dictionary.iter().filter_map(endpoint).take(MAX_REPORTING_ENDPOINTS).collect(),
        }
    }

    /// The address of a name.
    pub fn get(&self, name: &str) -> Option<&Url> {
        self.named.iter().find(|(own, _)| own == name).map(|(_, url)| url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_have_names_and_trustworthy_addresses() {
        let headers = HeaderList::from_iter([(
            "Reporting-Endpoints",
            "main=\"/reports\", other=\"https://b/r\", plain=\"http://c/\", number=1, list=(\"https://d/\")",
        )]);
        let endpoints =
            ReportingEndpoints::from_headers(&headers, &Url::parse("https://a/dir/page").unwrap());
        let of = |name: &str| endpoints.get(name).map(Url::as_str);
        assert_eq!(of("main"), Some("https://a/reports"));
        assert_eq!(of("other"), Some("https://b/r"));
        assert_eq!((of("plain"), of("number"), of("list")), (None, None, None));
        let plain = ReportingEndpoints::from_headers(&headers, &Url::parse("http://a/").unwrap());
        assert_eq!(plain, ReportingEndpoints::default());
    }
}
