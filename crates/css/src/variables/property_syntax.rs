//! What values a registered custom property, or the attribute in an `attr()`, may have.
//! <https://drafts.css-houdini.org/css-properties-values-api/#syntax-strings>

use fanlight_base::Atom;

use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::identifier::{CssString, CustomIdent};
use crate::values::{
    Compute, ComputeContext, Parse, angle, color, image, length, number, time, transform, url,
};

/// The values that a registered property takes.
/// <https://drafts.css-houdini.org/css-properties-values-api/#syntax-strings>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PropertySyntax {
    /// `*`: anything.
    Universal,
    /// One of these.
    Alternatives(Vec<SyntaxComponent>),
}

/// One alternative of a syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxComponent {
    /// The type of each value.
    pub value: SyntaxValue,
    /// Whether it is a list.
    pub multiplier: Option<SyntaxMultiplier>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxValue {
    /// `<length>` and others.
    Type(SyntaxType),
    /// A keyword.
    Keyword(Atom),
}

/// What a list has between its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxMultiplier {
    /// `+`: blanks.
    Blanks,
    /// `#`: commas.
    Commas,
}

keywords! {
    /// A type that a syntax can name.
    /// <https://drafts.css-houdini.org/css-properties-values-api/#supported-names>
    pub enum SyntaxType {
        Length = "length", Number = "number", Percentage = "percentage", LengthPercentage = "length-percentage",
        Color = "color", Image = "image", Url = "url", Integer = "integer", Angle = "angle", Time = "time",
        Resolution = "resolution", TransformFunction = "transform-function", TransformList = "transform-list",
        CustomIdent = "custom-ident", String = "string",
    }
}

impl PropertySyntax {
    /// Understands a syntax string.
    pub fn from_string(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        if text == "*" {
            return Some(PropertySyntax::Universal);
        }
        text.split('|')
            .map(SyntaxComponent::from_string)
            .collect::<Option<_>>()
            .map(PropertySyntax::Alternatives)
    }

    /// Whether a text is a value of this syntax.
    pub fn accepts(&self, text: &str, context: &ParseContext<'_>) -> bool {
        self.parse(text, context, None).is_some()
    }

    /// The computed value of a text as CSS; `None` where the text is no value of this syntax.
    /// <https://drafts.css-houdini.org/css-properties-values-api/#calculation-of-computed-values>
    pub fn compute(&self, text: &str, context: &ComputeContext<'_>) -> Option<String> {
        self.parse(text, &ParseContext::default(), Some(context))
    }

    fn parse(
        &self,
        text: &str,
        context: &ParseContext<'_>,
        compute: Option<&ComputeContext<'_>>,
    ) -> Option<String> {
        let PropertySyntax::Alternatives(components) = self else { return Some(text.to_owned()) };
        components.iter().find_map(|component| {
            let mut input = Parser::new(text);
            let value = component.parse(&mut input, context, compute).ok()?;
            input.is_exhausted().then_some(value)
        })
    }
}

impl SyntaxComponent {
    fn from_string(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let (name, multiplier) = match text.strip_suffix('+') {
            Some(name) => (name, Some(SyntaxMultiplier::Blanks)),
            None => match text.strip_suffix('#') {
                Some(name) => (name, Some(SyntaxMultiplier::Commas)),
                None => (text, None),
            },
        };
        let value = match name.strip_prefix('<') {
            Some(name) => {
                // Names of types are case-sensitive, unlike keywords of CSS.
                let name = name.strip_suffix('>')?;
                SyntaxValue::Type(SyntaxType::from_keyword(name).filter(|known| known.as_str() == name)?)
            }
            None => {
                let mut input = Parser::new(name);
                let keyword = CustomIdent::parse(&mut input, &ParseContext::default()).ok()?.0;
                if !input.is_exhausted() || name.starts_with(|c: char| c.is_ascii_whitespace()) {
                    return None;
                }
                SyntaxValue::Keyword(keyword)
            }
        };
        let is_list_already = value == SyntaxValue::Type(SyntaxType::TransformList);
        (!(is_list_already && multiplier.is_some())).then_some(SyntaxComponent { value, multiplier })
    }

    /// Parses a value, and computes it where there is something to compute it for. Returns the computed value as text.
    fn parse(
        &self,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        compute: Option<&ComputeContext<'_>>,
    ) -> CssResult<String> {
        match self.multiplier {
            None => self.parse_one(input, context, compute),
            Some(SyntaxMultiplier::Commas) => {
                let values = input.parse_comma_separated(|input| self.parse_one(input, context, compute))?;
                Ok(values.join(", "))
            }
            Some(SyntaxMultiplier::Blanks) => {
                let mut values = vec![self.parse_one(input, context, compute)?];
                while let Ok(value) = input.try_parse(|input| self.parse_one(input, context, compute)) {
                    values.push(value);
                }
                Ok(values.join(" "))
            }
        }
    }

    fn parse_one(
        &self,
        input: &mut Parser<'_>,
        context: &ParseContext<'_>,
        compute: Option<&ComputeContext<'_>>,
    ) -> CssResult<String> {
        let value = match &self.value {
            SyntaxValue::Keyword(keyword) => {
                let word = input.expect_ident()?;
                return if **word == **keyword { Ok(keyword.to_css_string()) } else { Err(invalid_value()) };
            }
            SyntaxValue::Type(value) => value,
        };
        match value {
            SyntaxType::Length => computed::<length::SpecifiedLength>(input, context, compute),
            SyntaxType::Number => computed::<number::SpecifiedNumber>(input, context, compute),
            SyntaxType::Percentage => computed::<number::SpecifiedPercentage>(input, context, compute),
            SyntaxType::LengthPercentage => {
                computed::<length::SpecifiedLengthPercentage>(input, context, compute)
            }
            SyntaxType::Color => computed::<color::SpecifiedColor>(input, context, compute),
            SyntaxType::Image => computed::<image::SpecifiedImage>(input, context, compute),
            SyntaxType::Url => computed::<url::CssUrl>(input, context, compute),
            SyntaxType::Integer => computed::<number::SpecifiedInteger>(input, context, compute),
            SyntaxType::Angle => computed::<angle::SpecifiedAngle>(input, context, compute),
            SyntaxType::Time => computed::<time::SpecifiedTime>(input, context, compute),
            SyntaxType::Resolution => {
                Ok([&number::parse_resolution(input)?.to_css_string(), "dppx"].concat())
            }
            SyntaxType::TransformFunction => {
                computed::<transform::SpecifiedTransformFunction>(input, context, compute)
            }
            SyntaxType::TransformList => {
                let mut all = computed::<transform::SpecifiedTransformFunction>(input, context, compute)?;
                while let Ok(next) = input.try_parse(|input| {
                    computed::<transform::SpecifiedTransformFunction>(input, context, compute)
                }) {
                    all = [&*all, " ", &next].concat();
                }
                Ok(all)
            }
            SyntaxType::CustomIdent => computed::<CustomIdent>(input, context, compute),
            SyntaxType::String => computed::<CssString>(input, context, compute),
        }
    }
}

/// Parses a value of a type, and computes it where there is something to compute it for.
fn computed<T>(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    compute: Option<&ComputeContext<'_>>,
) -> CssResult<String>
where
    T: Parse + Compute<Computed: ToCss>,
{
    let value = T::parse(input, context)?;
    Ok(compute.map_or_else(String::new, |compute| value.compute(compute).to_css_string()))
}

impl ToCss for PropertySyntax {
    /// The syntax string, without quotes.
    fn to_css(&self, out: &mut String) {
        let PropertySyntax::Alternatives(components) = self else {
            out.push('*');
            return;
        };
        for (index, component) in components.iter().enumerate() {
            if index > 0 {
                out.push_str(" | ");
            }
            match &component.value {
                SyntaxValue::Type(name) => out.push_str(&["<", name.as_str(), ">"].concat()),
                SyntaxValue::Keyword(keyword) => keyword.to_css(out),
            }
            match component.multiplier {
                Some(SyntaxMultiplier::Blanks) => out.push('+'),
                Some(SyntaxMultiplier::Commas) => out.push('#'),
                None => {}
            }
        }
    }
}
