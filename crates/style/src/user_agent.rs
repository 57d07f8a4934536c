//! The user-agent style sheets, parsed once for each mode of documents.

use std::sync::{Arc, LazyLock};

use fanlight_base::diagnostics::Unheard;
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::syntax::QuirksMode;

/// The sheet for all documents.
const USER_AGENT: &str = include_str!("../../../assets/user-agent.css");
/// What is added for documents in quirks mode.
const QUIRKS: &str = include_str!("../../../assets/quirks.css");

static SHEETS: LazyLock<[SheetWithImports; 2]> = LazyLock::new(|| {
    [("user-agent.css", USER_AGENT), ("quirks.css", QUIRKS)].map(|(name, text)| parse(name, text))
});

fn parse(name: &str, text: &str) -> SheetWithImports {
    let options = ParseOptions::new(format!("resource:{name}"), Origin::UserAgent);
    // A test makes sure that nothing of it is dropped.
    SheetWithImports::new(Arc::new(Stylesheet::parse(text, &options, &Unheard)))
}

/// The sheets for a document of a mode.
pub(crate) fn sheets(quirks: QuirksMode) -> &'static [SheetWithImports] {
    match quirks {
        QuirksMode::NoQuirks => &SHEETS[..1],
        QuirksMode::Quirks => &SHEETS[..],
    }
}

#[cfg(test)]
mod tests {
    use fanlight_base::Diagnostics;
    use fanlight_css::stylesheet::{Origin, ParseOptions, Stylesheet};

    #[test]
    fn nothing_of_the_user_agent_sheets_is_dropped() {
        for text in [super::USER_AGENT, super::QUIRKS] {
            let diagnostics = Diagnostics::default();
            let options = ParseOptions::new("resource:user-agent.css", Origin::UserAgent);
            Stylesheet::parse(text, &options, &diagnostics);
            let messages: Vec<String> = diagnostics.to_vec().iter().map(ToString::to_string).collect();
            assert!(messages.is_empty(), "{}", messages.join("\n"));
        }
    }
}
