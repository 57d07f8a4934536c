//! What each stage made, as text or JSON.

use std::sync::Arc;

use fanlight_base::diagnostics::Unheard;
use fanlight_base::dump::to_string;
use fanlight_base::{DumpFormat, Observer, Stage};
use fanlight_css::stylesheet::SheetList;
use fanlight_css::stylesheet::dump::CssomDump;
use fanlight_html::tokenize;
use fanlight_layout::geometry::boxes_json;
use fanlight_style::{StyleDump, StyleDumpOptions};

use crate::page::Page;

/// What can be dumped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artefact {
    /// What a stage made.
    Stage(Stage),
    /// The computed styles, with options.
    Styles(StyleDumpOptions),
    /// The tokens of the document's text.
    Tokens,
    /// Every element's rectangle, for comparison with other engines. JSON, whatever the format.
    Boxes,
}

impl Page {
    /// The dump of an artefact. The stages that it needs are brought up to date, and no others.
    pub fn dump(&mut self, artefact: Artefact, format: DumpFormat, observer: &dyn Observer) -> String {
        let missing = || match format {
            DumpFormat::Text => String::new(),
            DumpFormat::Json => "null\n".to_owned(),
        };
        match artefact {
            Artefact::Tokens => self.loader.document_bytes().map_or_else(missing, |source| {
                let options = source.parser_options(self.address(), Arc::new(Unheard));
                to_string(&tokenize(&source.joined(), &options), format)
            }),
            Artefact::Styles(options) => {
                self.update(Stage::Style, observer);
                let resolved = self.pipeline.resolved.as_ref();
                resolved.map_or_else(missing, |resolved| {
                    to_string(&StyleDump { styles: &resolved.styles, options }, format)
                })
            }
            Artefact::Boxes => {
                self.update(Stage::Layout, observer);
                match (self.layout_of_all(observer), &self.pipeline.resolved) {
                    (Some(layout), Some(resolved)) => {
                        boxes_json(&layout, &self.document, &resolved.styles).to_string() + "\n"
                    }
                    _ => missing(),
                }
            }
            Artefact::Stage(Stage::Fetch) => to_string(self.environment.fetcher().log(), format),
            Artefact::Stage(Stage::Dom) => to_string(&self.document, format),
            Artefact::Stage(Stage::Cssom) => {
                let user = self.user_sheet();
                let owned = self.loader.sheets.in_order().into_iter().map(|(sheet, _)| sheet);
                let sheets: SheetList = user.into_iter().chain(owned).collect();
                let mut diagnostics = self.diagnostics();
                diagnostics.retain(|diagnostic| diagnostic.stage == Stage::Cssom);
                to_string(&CssomDump { sheets: &sheets, diagnostics: &diagnostics }, format)
            }
            Artefact::Stage(Stage::Style) => {
                self.dump(Artefact::Styles(StyleDumpOptions::default()), format, observer)
            }
            Artefact::Stage(Stage::Layout) => {
                self.update(Stage::Layout, observer);
                self.pipeline.layout.as_ref().map_or_else(missing, |layout| to_string(layout, format))
            }
            Artefact::Stage(Stage::Paint) => {
                self.update_with_frames(observer);
                self.update(Stage::Paint, observer);
                self.pipeline.list.as_ref().map_or_else(missing, |painted| to_string(&*painted.list, format))
            }
            Artefact::Stage(Stage::Composite) => {
                self.update_with_frames(observer);
                self.update(Stage::Composite, observer);
                self.pipeline.composited.as_ref().map_or_else(missing, |frame| to_string(frame, format))
            }
        }
    }

    /// Forgets all artefacts but the document and its sheets, so that the next update is a full run.
    pub fn forget_artefacts(&mut self) {
        self.pipeline.forget();
        self.document.take_mutations();
    }
}
