//! The sheets of a document in order, each with the sheets that it imports. Parsed sheets do not change: what was fetched for
//! an `@import` stands beside it.

use std::sync::Arc;

use super::rules::{ImportRule, Rule};
use super::{Origin, Stylesheet};

/// A sheet with what it imports.
#[derive(Clone, Debug)]
pub struct SheetWithImports {
    /// The sheet.
    pub sheet: Arc<Stylesheet>,
    /// What has been fetched for each of [`Stylesheet::imports`], in their order; `None` where nothing came, or not yet.
    pub imports: Vec<Option<SheetWithImports>>,
}

impl SheetWithImports {
    /// A sheet of which no import has been fetched.
    pub fn new(sheet: Arc<Stylesheet>) -> Self {
        let imports = vec![None; sheet.imports().count()];
        SheetWithImports { sheet, imports }
    }

    /// The top-level rules in order, each `@import` with the sheet that was fetched for it. The conditions and the layer of
    /// the import are its rule's.
    pub fn rules(&self) -> impl Iterator<Item = (&Rule, Option<&SheetWithImports>)> {
        let mut fetched = self.imports.iter();
        self.sheet.rules.iter().map(move |rule| {
            let imported = match rule {
                Rule::Import(_) => fetched.next().and_then(Option::as_ref),
                _ => None,
            };
            (rule, imported)
        })
    }

    /// The imports that are wanted and have no sheet yet, with their places in `imports`.
    pub fn missing_imports(&self) -> impl Iterator<Item = (usize, &ImportRule)> {
        let imports = self.sheet.imports().enumerate();
        imports.filter(|(index, import)| {
            import.is_wanted() && self.imports.get(*index).is_some_and(Option::is_none)
        })
    }
}

/// The sheets of a document in the order of the cascade: user agent, user, author; those of one origin in the order of the
/// document.
/// <https://drafts.csswg.org/cssom/#documentorshadowroot-final-css-style-sheets>
#[derive(Clone, Debug, Default)]
pub struct SheetList {
    sheets: Vec<SheetWithImports>,
}

impl SheetList {
    /// Adds a sheet after all of its origin and of lower ones.
    pub fn add(&mut self, sheet: SheetWithImports) {
        let origin = sheet.sheet.origin;
        let place = self.sheets.partition_point(|other| other.sheet.origin <= origin);
        self.sheets.insert(place, sheet);
    }

    /// The sheets in order.
    pub fn sheets(&self) -> &[SheetWithImports] {
        &self.sheets
    }

    /// The sheets of one origin in order.
    pub fn of_origin(&self, origin: Origin) -> impl Iterator<Item = &SheetWithImports> {
        self.sheets.iter().filter(move |sheet| sheet.sheet.origin == origin)
    }
}

impl FromIterator<SheetWithImports> for SheetList {
    fn from_iter<I: IntoIterator<Item = SheetWithImports>>(sheets: I) -> Self {
        let mut list = SheetList::default();
        for sheet in sheets {
            list.add(sheet);
        }
        list
    }
}
