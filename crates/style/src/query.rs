//! Elements by selector, apart from any style sheet.
//! <https://dom.spec.whatwg.org/#scope-match-a-selectors-string>

use cssparser::{BasicParseErrorKind, ParseErrorKind};
use fanlight_css::selectors::{Namespaces, SelectorImpl, SelectorParser};
use fanlight_css::syntax::{CssErrorKind, Parser};
use fanlight_dom::{Document, NodeId};
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, SelectorCaches,
};
use selectors::matching::matches_selector_list;
use selectors::parser::{ParseRelative, SelectorParseErrorKind};
use thiserror::Error;

use crate::element::ElementRef;
use crate::matching::quirks_of;

/// The text is no selector.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct InvalidSelector {
    /// What is wrong with it.
    pub reason: String,
}

/// The first element in tree order that a selector matches.
/// <https://dom.spec.whatwg.org/#dom-parentnode-queryselector>
///
/// # Errors
/// The text is no selector list.
pub fn query_selector(document: &Document, selector: &str) -> Result<Option<NodeId>, InvalidSelector> {
    let namespaces = Namespaces::default();
    let list = SelectorParser::new(&namespaces)
        .parse_list(&mut Parser::new(selector), ParseRelative::No)
        .map_err(|error| InvalidSelector { reason: reason(&error.kind) })?;
    let mut caches = SelectorCaches::default();
    let mut context: MatchingContext<'_, SelectorImpl> = MatchingContext::new(
        MatchingMode::Normal,
        None,
        &mut caches,
        quirks_of(document),
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    Ok(document.descendants(NodeId::DOCUMENT).find(|&node| {
        ElementRef::new(document, node)
            .is_some_and(|element| matches_selector_list(&list, element, &mut context))
    }))
}

fn reason(kind: &ParseErrorKind<SelectorParseErrorKind>) -> String {
    match kind {
        ParseErrorKind::Basic(BasicParseErrorKind::EndOfInput) => "it ends too soon".to_owned(),
        ParseErrorKind::Basic(_) => "there is something in it that no selector has".to_owned(),
        ParseErrorKind::Custom(kind) => CssErrorKind::Selector(kind.clone()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{ParserOptions, parse_document};

    use super::*;

    #[test]
    fn the_first_match_in_tree_order_is_found() {
        let html = "<p id=a class=x><p id=b class=x>";
        let document = parse_document(html.as_bytes(), &ParserOptions::new("about:blank", Arc::new(Unheard)));
        let id = |selector: &str| {
            let node = query_selector(&document, selector).unwrap()?;
            document.element(node)?.id().map(ToString::to_string)
        };
        assert_eq!(id("p.x"), Some("a".to_owned()));
        assert_eq!(id("#none, .x + .x"), Some("b".to_owned()));
        assert_eq!(id("q"), None);
        assert!(query_selector(&document, "p:::").is_err());
    }
}
