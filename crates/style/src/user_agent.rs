//! The user-agent style sheets, parsed and made ready for matching once for all documents.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use fanlight_base::diagnostics::Unheard;
use fanlight_css::media::Device;
use fanlight_css::stylesheet::{Origin, ParseOptions, SheetWithImports, Stylesheet};
use fanlight_css::syntax::QuirksMode;

use crate::rules::{CascadeData, collect};

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
fn sheets(quirks: QuirksMode) -> &'static [SheetWithImports] {
    match quirks {
        QuirksMode::NoQuirks => &SHEETS[..1],
        QuirksMode::Quirks => &SHEETS[..],
    }
}

/// The rules that were asked for last: the documents of a process are mostly of one mode, for one device.
static LAST: Mutex<Option<(Device, QuirksMode, CascadeData)>> = Mutex::new(None);

/// The rules of the sheets for a document of a mode that hold on a device, ready for matching.
pub(crate) fn rules(device: &Device, quirks: QuirksMode) -> CascadeData {
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((last_device, last_quirks, rules)) = &*last
        && last_device == device
        && *last_quirks == quirks
    {
        return rules.clone();
    }
    let sheets = sheets(quirks).iter().map(|sheet| (sheet, None));
    let rules = collect::collect(CascadeData::default(), sheets, device, quirks);
    *last = Some((device.clone(), quirks, rules.clone()));
    rules
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
