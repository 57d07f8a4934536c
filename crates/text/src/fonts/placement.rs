//! Whether fontconfig's configuration has glyphs placed at whole px, which fontique does not tell.
//!
//! With full hinting Chromium on Linux rounds every advance to a whole px: glyphs that are fitted to pixels look the same
//! wherever they stand. With slight hinting, which is what most systems are set to, or none, advances are fractional.

use std::ffi::OsString;
use std::path::Path;

use fontconfig_parser::{Constant, EditMode, Expression, FontConfig, Match, MatchTarget, Property, Value};

/// Where fontconfig reads its configuration, if `FONTCONFIG_FILE` does not say otherwise.
const CONFIGURATION: &str = "/etc/fonts/fonts.conf";

/// fontconfig's number for `hintfull`.
const FULL: u32 = 3;

/// Whether the system's configuration asks for full hinting of all fonts. What it asks for some fonts only is left aside.
pub(super) fn is_at_whole_px() -> bool {
    let _span = tracing::info_span!("read fontconfig's hinting").entered();
    let file = std::env::var_os("FONTCONFIG_FILE").filter(|file| !file.is_empty());
    let mut configuration = FontConfig::default();
    // What can be read counts, whatever is missing.
    let _ = configuration.merge_config(Path::new(&file.unwrap_or_else(|| OsString::from(CONFIGURATION))));
    hint_style(&configuration.matches) == Some(FULL)
}

/// The last style that is set for all fonts, else the first that is offered.
fn hint_style(matches: &[Match]) -> Option<u32> {
    let mut style = None;
    let applies = |rule: &&Match| rule.tests.is_empty() && rule.target != MatchTarget::Scan;
    for edit in matches.iter().filter(applies).flat_map(|rule| &rule.edits) {
        let Property::HintStyle(Expression::Simple(value)) = &edit.value else { continue };
        let value = match value {
            Value::Int(number) => Some(*number),
            Value::Constant(Constant::Hintnone) => Some(0),
            Value::Constant(Constant::Hintslight) => Some(1),
            Value::Constant(Constant::Hintmedium) => Some(2),
            Value::Constant(Constant::Hintfull) => Some(FULL),
            _ => None,
        };
        match edit.mode {
            EditMode::Append | EditMode::AppendLast => style = style.or(value),
            _ => style = value.or(style),
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(mode: EditMode, style: Constant) -> Match {
        let edit = fontconfig_parser::Edit {
            mode,
            value: Property::HintStyle(Expression::Simple(Value::Constant(style))),
            ..Default::default()
        };
        Match { target: MatchTarget::Pattern, tests: Vec::new(), edits: vec![edit] }
    }

    #[test]
    fn what_is_set_wins_over_what_is_offered() {
        let offered = edit(EditMode::Append, Constant::Hintslight);
        let set = edit(EditMode::Assign, Constant::Hintfull);
        assert_eq!(hint_style(&[]), None);
        assert_eq!(hint_style(&[offered.clone(), edit(EditMode::Append, Constant::Hintfull)]), Some(1));
        assert_eq!(hint_style(&[offered.clone(), set.clone()]), Some(FULL));
        assert_eq!(hint_style(&[set.clone(), offered]), Some(FULL));
        let for_some = Match { tests: vec![Default::default()], ..set };
        assert_eq!(hint_style(&[for_some]), None);
    }
}
