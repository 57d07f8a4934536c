//! The `@font-face` rules that hold. Fonts are asked for before anything is styled, so these are looked for by themselves,
//! long before the style rules are made ready for matching.

use std::sync::Arc;

use fanlight_css::media::Device;
use fanlight_css::stylesheet::{FontFaceRule, Rule as SheetRule, SheetWithImports};

/// Adds the `@font-face` rules of a sheet, and of what it imports, that hold on a device, in order of appearance.
pub(crate) fn add_sheet(sheet: &SheetWithImports, device: &Device, found: &mut Vec<Arc<FontFaceRule>>) {
    if !sheet.sheet.media.matches(device) {
        return;
    }
    for (rule, imported) in sheet.rules() {
        match (rule, imported) {
            (SheetRule::Import(import), Some(imported)) if import.applies(device) => {
                add_sheet(imported, device, found);
            }
            _ => add_rule(rule, device, found),
        }
    }
}

/// The parser limits how deep rules nest.
fn add_rule(rule: &SheetRule, device: &Device, found: &mut Vec<Arc<FontFaceRule>>) {
    let rules = match rule {
        SheetRule::FontFace(rule) => return found.push(rule.clone()),
        SheetRule::Media(rule) if rule.queries.matches(device) => &rule.rules,
        SheetRule::Supports(rule) if rule.is_supported => &rule.rules,
        SheetRule::LayerBlock(rule) => &rule.rules,
        _ => return,
    };
    for rule in rules {
        add_rule(rule, device, found);
    }
}

#[cfg(test)]
mod tests {
    use fanlight_css::stylesheet::Origin;

    use crate::StyleSet;
    use crate::test_support::{device, parse, sheet};

    #[test]
    fn font_faces_are_found_in_groups_that_hold() {
        let face = |name: &str| format!("@font-face {{ font-family: {name}; src: url({name}.woff2) }}");
        let css = [
            face("plain"),
            format!("@media screen {{ {} @supports (color: red) {{ {} }} }}", face("screen"), face("nested")),
            format!(
                "@media print {{ {} }} @supports (color: 7) {{ {} }}",
                face("print"),
                face("unsupported")
            ),
            format!("@layer a {{ {} }}", face("layered")),
        ];
        let set = StyleSet::new(&parse(""), None, device(), vec![sheet(&css.concat(), Origin::Author)]);
        let names: Vec<&str> = set.font_faces().iter().filter_map(|face| face.family.as_deref()).collect();
        assert_eq!(names, ["plain", "screen", "nested", "layered"]);
    }
}
