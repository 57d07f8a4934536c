//! Container queries: what a style sheet asks of an element's ancestors.
//! <https://drafts.csswg.org/css-conditional-5/#container-queries>

use std::sync::Arc;

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use crate::condition::{Condition, Joints, OperandParser, Truth};
use crate::media::range::{RangeTest, ValueKind};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_identifier;
use crate::syntax::{CssResult, Parser, ToCss};
use crate::values::ComputeContext;
use crate::values::identifier::CustomIdent;

/// The prelude of `@container`; a name, a query, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerCondition {
    /// The container's name.
    pub name: Option<CustomIdent>,
    /// What is asked of the container.
    pub query: Option<Condition<ContainerFeature>>,
}

keywords! {
    /// A size that can be asked for.
    pub enum SizeFeature {
        Width = "width", Height = "height", InlineSize = "inline-size", BlockSize = "block-size",
        AspectRatio = "aspect-ratio",
    }
}
keywords! {
    /// What `orientation` can be.
    pub enum Orientation { Portrait = "portrait", Landscape = "landscape" }
}

/// A test of a container, with its parentheses.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerFeature {
    /// Of its size.
    Size(SizeFeature, RangeTest),
    /// `(orientation)`
    Orientation(Option<Orientation>),
    /// `style()`
    Style(Box<Condition<StyleFeature>>),
}

/// A test of the computed value of a custom property.
/// <https://drafts.csswg.org/css-conditional-5/#style-container>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleFeature {
    /// The custom property, with its dashes.
    pub name: Atom,
    /// The value that it must have; `None` asks whether it has any but the initial one.
    pub value: Option<Arc<str>>,
}

/// What is known of a container.
pub struct QueryContainer<'a> {
    /// The width and height of its content box in CSS px, where they may be asked for.
    pub size: crate::values::compute::ContainerSize,
    /// Whether its lines run down the page.
    pub vertical_writing: bool,
    /// The value of a custom property as text.
    pub custom_property: &'a dyn Fn(&Atom) -> Option<Arc<str>>,
}

impl ContainerCondition {
    /// Parses one of the conditions of the prelude, up to the end of the input or a comma.
    ///
    /// # Errors
    /// It is malformed.
    pub fn parse_one(input: &mut Parser<'_>) -> CssResult<Self> {
        let name =
            input.try_parse(|input| CustomIdent::parse_excluding(input, &["none", "and", "or", "not"])).ok();
        let query = if name.is_some() && input.is_exhausted() {
            None
        } else {
            Some(Condition::parse(input, &mut Features, Joints::All)?)
        };
        input.expect_exhausted()?;
        Ok(ContainerCondition { name, query })
    }

    /// Whether the query holds for a container. The context's units are those of the container's element.
    pub fn evaluate(&self, container: &QueryContainer<'_>, context: &ComputeContext<'_>) -> Truth {
        match &self.query {
            None => Truth::True,
            Some(query) => query.evaluate(&mut |feature| feature.evaluate(container, context)),
        }
    }
}

impl ToCss for ContainerCondition {
    fn to_css(&self, out: &mut String) {
        self.name.to_css(out);
        if self.name.is_some() && self.query.is_some() {
            out.push(' ');
        }
        self.query.to_css(out);
    }
}

impl ContainerFeature {
    fn evaluate(&self, container: &QueryContainer<'_>, context: &ComputeContext<'_>) -> Truth {
        let (width, height) = (container.size.width, container.size.height);
        let known = |value: Option<f32>| value.map(|value| (f64::from(value), 1.0));
        match self {
            ContainerFeature::Size(feature, test) => {
                let actual = match feature {
                    SizeFeature::Width => known(width),
                    SizeFeature::Height => known(height),
                    SizeFeature::InlineSize => known(if container.vertical_writing { height } else { width }),
                    SizeFeature::BlockSize => known(if container.vertical_writing { width } else { height }),
                    SizeFeature::AspectRatio => {
                        width.zip(height).map(|(width, height)| (f64::from(width), f64::from(height)))
                    }
                };
                actual.map_or(Truth::Unknown, |actual| test.evaluate(actual, context).into())
            }
            ContainerFeature::Orientation(asked) => match width.zip(height) {
                None => Truth::Unknown,
                Some((width, height)) => {
                    let actual = if height >= width { Orientation::Portrait } else { Orientation::Landscape };
                    asked.is_none_or(|asked| asked == actual).into()
                }
            },
            ContainerFeature::Style(condition) => condition.evaluate(&mut |feature| {
                let actual = (container.custom_property)(&feature.name);
                match &feature.value {
                    None => actual.is_some(),
                    Some(value) => actual.as_deref() == Some(&**value),
                }
                .into()
            }),
        }
    }
}

struct Features;

impl OperandParser for Features {
    type Operand = ContainerFeature;

    fn parse_parenthesised(&mut self, input: &mut Parser<'_>) -> CssResult<ContainerFeature> {
        let orientation = input.try_parse(|input| {
            input.expect_ident_matching("orientation")?;
            if input.is_exhausted() {
                return Ok(None);
            }
            input.expect_colon()?;
            let orientation = Orientation::from_keyword(input.expect_ident()?);
            orientation.map(Some).ok_or_else(invalid_value)
        });
        if let Ok(orientation) = orientation {
            input.expect_exhausted()?;
            return Ok(ContainerFeature::Orientation(orientation));
        }
        let find = |name: &str| {
            let feature = SizeFeature::from_keyword(name)?;
            let kind = if feature == SizeFeature::AspectRatio { ValueKind::Ratio } else { ValueKind::Length };
            Some((feature, kind))
        };
        let (feature, test) = RangeTest::parse(input, find)?;
        Ok(ContainerFeature::Size(feature, test))
    }

    fn parse_function(&mut self, name: &str, input: &mut Parser<'_>) -> CssResult<ContainerFeature> {
        match_ignore_ascii_case! { name,
            "style" => {},
            _ => return Err(invalid_value()),
        }
        let condition = input.try_parse(|input| {
            let condition = Condition::parse(input, &mut StyleFeatures, Joints::All)?;
            input.expect_exhausted()?;
            CssResult::Ok(condition)
        });
        let condition = match condition {
            Ok(condition) => condition,
            // One test needs no parentheses of its own.
            Err(_) => Condition::Operand(StyleFeatures.parse_parenthesised(input)?),
        };
        Ok(ContainerFeature::Style(Box::new(condition)))
    }
}

struct StyleFeatures;

impl OperandParser for StyleFeatures {
    type Operand = StyleFeature;

    fn parse_parenthesised(&mut self, input: &mut Parser<'_>) -> CssResult<StyleFeature> {
        let name = input.expect_ident()?;
        if !name.starts_with("--") {
            return Err(invalid_value());
        }
        let name = Atom::from(&**name);
        if input.is_exhausted() {
            return Ok(StyleFeature { name, value: None });
        }
        input.expect_colon()?;
        input.skip_whitespace();
        let start = input.position();
        input.expect_no_error_token()?;
        Ok(StyleFeature { name, value: Some(input.slice_from(start).trim_end().into()) })
    }
}

impl ToCss for StyleFeature {
    fn to_css(&self, out: &mut String) {
        out.push('(');
        self.write_bare(out);
        out.push(')');
    }
}

impl StyleFeature {
    fn write_bare(&self, out: &mut String) {
        write_identifier(&self.name, out);
        if let Some(value) = &self.value {
            out.push_str(": ");
            out.push_str(value);
        }
    }
}

impl ToCss for ContainerFeature {
    fn to_css(&self, out: &mut String) {
        match self {
            ContainerFeature::Size(feature, test) => test.write(feature.as_str(), out),
            ContainerFeature::Orientation(None) => out.push_str("(orientation)"),
            ContainerFeature::Orientation(Some(orientation)) => {
                out.push_str("(orientation: ");
                orientation.to_css(out);
                out.push(')');
            }
            ContainerFeature::Style(condition) => {
                out.push_str("style(");
                match &**condition {
                    Condition::Operand(feature) => feature.write_bare(out),
                    condition => condition.to_css(out),
                }
                out.push(')');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use fanlight_base::geometry::CssSize;

    use super::*;
    use crate::media::{Device, initial_context};
    use crate::values::compute::ContainerSize;

    fn evaluate(text: &str) -> Truth {
        let condition = ContainerCondition::parse_one(&mut Parser::new(text)).unwrap();
        let device = Device::new(CssSize::new(800.0, 600.0), 1.0);
        let container = QueryContainer {
            size: ContainerSize { width: Some(300.0), height: None },
            vertical_writing: false,
            custom_property: &|name| (&**name == "--theme").then(|| "dark".into()),
        };
        condition.evaluate(&container, &initial_context(&device))
    }

    #[test]
    fn sizes_that_are_not_known_are_unknown() {
        assert_eq!(evaluate("(min-width: 300px)"), Truth::True);
        assert_eq!(evaluate("(inline-size < 10em)"), Truth::False);
        assert_eq!(evaluate("(height > 0)"), Truth::Unknown);
        assert_eq!(evaluate("not (height > 0)"), Truth::Unknown);
        assert_eq!(evaluate("(orientation: portrait)"), Truth::Unknown);
        assert_eq!(evaluate("(aspect-ratio > 1) or (width)"), Truth::True);
    }

    #[test]
    fn styles_are_compared_as_text() {
        assert_eq!(evaluate("style(--theme: dark)"), Truth::True);
        assert_eq!(evaluate("style(--theme: light)"), Truth::False);
        assert_eq!(evaluate("style((--theme) and (not (--other)))"), Truth::True);
    }

    #[test]
    fn a_prelude_is_written_and_read_back() {
        for text in [
            "card",
            "card (width > 100px)",
            "(min-width: 10em) and (orientation: landscape)",
            "style(--a: b)",
            "style((--a: b) and (--c))",
            "not (width < 1px)",
            "scroll-state(stuck: top)",
        ] {
            let condition = ContainerCondition::parse_one(&mut Parser::new(text)).unwrap();
            assert_eq!(condition.to_css_string(), text);
        }
        for text in ["", "none (width > 1px)", "(width > 1px) card", "and (width > 1px)"] {
            assert!(ContainerCondition::parse_one(&mut Parser::new(text)).is_err(), "{text}");
        }
    }
}
