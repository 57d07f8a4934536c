//! The rules about fonts that hold. Fonts are asked for before anything is styled, so these are looked for by themselves,
//! long before the style rules are made ready for matching.

use std::sync::Arc;

use fanlight_css::media::Device;
use fanlight_css::stylesheet::{FontFaceRule, FontFeatureValuesRule, Rule as SheetRule, SheetWithImports};

/// The rules about fonts that hold, in order of appearance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FontRules {
    /// `@font-face`
    pub faces: Vec<Arc<FontFaceRule>>,
    /// `@font-feature-values`
    pub feature_values: Vec<Arc<FontFeatureValuesRule>>,
}

impl FontRules {
    /// Adds those of a sheet, and of what it imports, that hold on a device.
    pub(crate) fn add_sheet(&mut self, sheet: &SheetWithImports, device: &Device) {
        if !sheet.sheet.media.matches(device) {
            return;
        }
        for (rule, imported) in sheet.rules() {
            match (rule, imported) {
                (SheetRule::Import(import), Some(imported)) if import.applies(device) => {
                    self.add_sheet(imported, device);
                }
                _ => self.add_rule(rule, device),
            }
        }
    }

    /// The parser limits how deep rules nest.
    fn add_rule(&mut self, rule: &SheetRule, device: &Device) {
        let rules = match rule {
            SheetRule::FontFace(rule) => return self.faces.push(rule.clone()),
            SheetRule::FontFeatureValues(rule) => return self.feature_values.push(rule.clone()),
            SheetRule::Media(rule) if rule.queries.matches(device) => &rule.rules,
            SheetRule::Supports(rule) if rule.is_supported => &rule.rules,
            SheetRule::LayerBlock(rule) => &rule.rules,
            _ => return,
        };
        for rule in rules {
            self.add_rule(rule, device);
        }
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
        let names: Vec<&str> =
            set.font_rules().faces.iter().filter_map(|face| face.family.as_deref()).collect();
        assert_eq!(names, ["plain", "screen", "nested", "layered"]);
    }
}
