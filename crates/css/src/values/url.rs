//! `url()`.
//! <https://drafts.csswg.org/css-values-4/#urls>

use std::sync::Arc;

use super::Parse;
use crate::syntax::serialize::write_string;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

/// A reference to a resource, resolved against the stylesheet that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CssUrl {
    /// As it was written.
    pub specified: Arc<str>,
    /// The absolute URL; `None` where it is no URL, or only a fragment, which means the document.
    pub resolved: Option<Arc<str>>,
}

impl CssUrl {
    /// Resolves `specified` against the context's base.
    pub fn new(specified: &str, context: &ParseContext<'_>) -> Self {
        let resolved = if specified.is_empty() || specified.starts_with('#') {
            None
        } else {
            url::Url::options()
                .base_url(context.base_url.map(|base| &**base))
                .parse(specified)
                .ok()
                .map(|url| url.as_str().into())
        };
        CssUrl { specified: specified.into(), resolved }
    }

    /// The fragment, where the URL refers to an element of the document: `#clip`.
    pub fn local_fragment(&self) -> Option<&str> {
        self.specified.strip_prefix('#')
    }
}

impl Parse for CssUrl {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let specified = input.expect_url()?;
        Ok(CssUrl::new(&specified, context))
    }
}

impl ToCss for CssUrl {
    fn to_css(&self, out: &mut String) {
        out.push_str("url(");
        write_string(self.resolved.as_deref().unwrap_or(&self.specified), out);
        out.push(')');
    }
}

computes_to_itself!(CssUrl);
