//! `@page`.
//! <https://drafts.csswg.org/css-page-3/#at-page-rule>

use std::sync::Arc;

use cssparser::Token;
use fanlight_base::Atom;

use super::declarations::{Importance, parse_declaration_list};
use super::descriptors::{Descriptors, parse_descriptors};
use super::report::Reporter;
use crate::properties::{DeclarationBlock, SourcePosition};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_identifier;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::Parse;
use crate::values::calc::Range;
use crate::values::length::{ParseInRange, SpecifiedLength};

keywords! {
    /// A pseudo-class of pages.
    /// <https://drafts.csswg.org/css-page-3/#page-selectors>
    pub enum PagePseudoClass { Left = "left", Right = "right", First = "first", Blank = "blank" }
}
keywords! {
    /// A size of paper.
    /// <https://drafts.csswg.org/css-page-3/#typedef-page-size-page-size>
    pub enum PaperSize {
        A5 = "a5", A4 = "a4", A3 = "a3", B5 = "b5", B4 = "b4", JisB5 = "jis-b5", JisB4 = "jis-b4", Letter = "letter",
        Legal = "legal", Ledger = "ledger",
    }
}
keywords! {
    /// How paper lies.
    pub enum PaperOrientation { Portrait = "portrait", Landscape = "landscape" }
}
keywords! {
    /// `page-orientation`
    pub enum PageOrientation { Upright = "upright", RotateLeft = "rotate-left", RotateRight = "rotate-right" }
}

/// A page selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSelector {
    /// The page type.
    pub name: Option<Atom>,
    /// The pseudo-classes, all of which must hold.
    pub pseudo_classes: Vec<PagePseudoClass>,
}

/// `size`
/// <https://drafts.csswg.org/css-page-3/#page-size-prop>
#[derive(Clone, Debug, PartialEq)]
pub enum PageSize {
    /// `auto`
    Auto,
    /// A width and a height.
    Lengths(SpecifiedLength, SpecifiedLength),
    /// A size of paper, an orientation, or both.
    Paper(Option<PaperSize>, Option<PaperOrientation>),
}

/// A box in a page's margin.
/// <https://drafts.csswg.org/css-page-3/#margin-at-rules>
#[derive(Clone, Debug)]
pub struct MarginRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The name, without `@`, in lower case.
    pub name: &'static str,
    /// The declarations.
    pub block: Arc<DeclarationBlock>,
}

/// `@page`
#[derive(Clone, Debug)]
pub struct PageRule {
    /// Where it stands.
    pub position: SourcePosition,
    /// The pages; none means all.
    pub selectors: Vec<PageSelector>,
    /// `size`
    pub size: Option<PageSize>,
    /// `page-orientation`
    pub orientation: Option<PageOrientation>,
    /// The properties.
    pub block: Arc<DeclarationBlock>,
    /// The boxes in the margins.
    pub margins: Vec<MarginRule>,
}

const MARGIN_NAMES: [&str; 16] = [
    "top-left-corner",
    "top-left",
    "top-center",
    "top-right",
    "top-right-corner",
    "bottom-left-corner",
    "bottom-left",
    "bottom-center",
    "bottom-right",
    "bottom-right-corner",
    "left-top",
    "left-middle",
    "left-bottom",
    "right-top",
    "right-middle",
    "right-bottom",
];

fn margin_name(name: &str) -> Option<&'static str> {
    MARGIN_NAMES.into_iter().find(|known| name.eq_ignore_ascii_case(known))
}

/// Parses the prelude.
pub(super) fn parse_selectors(input: &mut Parser<'_>) -> CssResult<Vec<PageSelector>> {
    if input.is_exhausted() { Ok(Vec::new()) } else { input.parse_comma_separated(PageSelector::parse) }
}

impl PageSelector {
    fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        let name = input.try_parse(Parser::expect_ident_cloned).ok().map(|name| Atom::from(&*name));
        let mut pseudo_classes = Vec::new();
        if name.is_none() {
            input.skip_whitespace();
        }
        while let Ok(pseudo_class) = input.try_parse(|input| -> CssResult<PagePseudoClass> {
            // No blanks between the parts.
            if !matches!(input.next_including_whitespace()?, Token::Colon) {
                return Err(invalid_value());
            }
            match input.next_including_whitespace()? {
                Token::Ident(word) => PagePseudoClass::from_keyword(word).ok_or_else(invalid_value),
                _ => Err(invalid_value()),
            }
        }) {
            pseudo_classes.push(pseudo_class);
        }
        if name.is_none() && pseudo_classes.is_empty() {
            return Err(invalid_value());
        }
        Ok(PageSelector { name, pseudo_classes })
    }
}

impl ToCss for PageSelector {
    fn to_css(&self, out: &mut String) {
        if let Some(name) = &self.name {
            write_identifier(name, out);
        }
        for pseudo_class in &self.pseudo_classes {
            out.push(':');
            pseudo_class.to_css(out);
        }
    }
}

impl Parse for PageSize {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(PageSize::Auto);
        }
        let length =
            |input: &mut Parser<'_>| SpecifiedLength::parse_in_range(input, context, Range::NonNegative);
        if let Ok(width) = input.try_parse(length) {
            let height = input.try_parse(length).unwrap_or_else(|_| width.clone());
            return Ok(PageSize::Lengths(width, height));
        }
        let orientation = input.try_parse(|input| PaperOrientation::parse(input, context)).ok();
        let paper = input.try_parse(|input| PaperSize::parse(input, context)).ok();
        let orientation =
            orientation.or_else(|| input.try_parse(|input| PaperOrientation::parse(input, context)).ok());
        if paper.is_none() && orientation.is_none() {
            return Err(invalid_value());
        }
        Ok(PageSize::Paper(paper, orientation))
    }
}

impl ToCss for PageSize {
    fn to_css(&self, out: &mut String) {
        match self {
            PageSize::Auto => out.push_str("auto"),
            PageSize::Lengths(width, height) => {
                width.to_css(out);
                if width != height {
                    out.push(' ');
                    height.to_css(out);
                }
            }
            PageSize::Paper(paper, orientation) => {
                paper.to_css(out);
                if paper.is_some() && orientation.is_some() {
                    out.push(' ');
                }
                orientation.to_css(out);
            }
        }
    }
}

/// Parses the body.
pub(super) fn parse_page(
    position: SourcePosition,
    selectors: Vec<PageSelector>,
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    reporter: Reporter<'_>,
) -> PageRule {
    let empty = PageRule {
        position,
        selectors,
        size: None,
        orientation: None,
        block: Arc::default(),
        margins: Vec::new(),
    };
    parse_descriptors(empty, input, context, reporter)
}

impl Descriptors for PageRule {
    fn parse_descriptor(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        position: SourcePosition,
    ) -> CssResult<()> {
        match name {
            "size" => self.size = Some(PageSize::parse(input, context)?),
            "page-orientation" => self.orientation = Some(PageOrientation::parse(input, context)?),
            property => {
                let block = Arc::make_mut(&mut self.block);
                block.parse_declaration(property, input, context, position)?;
                block.remove_overridden();
            }
        }
        Ok(())
    }

    fn accepts_at_rule(name: &str) -> bool {
        margin_name(name).is_some()
    }

    fn parse_at_rule(
        &mut self,
        name: &str,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        reporter: Reporter<'_>,
        position: SourcePosition,
    ) {
        if let Some(name) = margin_name(name) {
            let block = parse_declaration_list(input, context, reporter, Importance::Allowed);
            self.margins.push(MarginRule { position, name, block: Arc::new(block) });
        }
    }
}
