//! Container queries: what a style sheet asks of an element's ancestors.
//! <https://drafts.csswg.org/css-conditional-5/#container-queries>

use cssparser::match_ignore_ascii_case;
use fanlight_base::Atom;

use crate::condition::{Condition, Joints, OperandParser, Truth};
use crate::media::range::{RangeTest, ValueKind};
use crate::media::{Device, initial_context};
use crate::properties::{ComputedStyle, CssWideKeyword};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_identifier;
use crate::syntax::{CssResult, Parser, ToCss};
use crate::values::compute::ContainerSize;
use crate::values::identifier::CustomIdent;
use crate::values::overflow::ContainerType;
use crate::values::{ComputeContext, FontMetricsProvider, NoneOr};
use crate::variables::{NoAttributes, RegisteredProperties, Replacements, TokenText};

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
#[derive(Clone, Debug, PartialEq)]
pub struct StyleFeature {
    /// The custom property, with its dashes.
    pub name: Atom,
    /// The value that it must have; `None` asks whether it has any but the initial one.
    pub value: Option<TokenText>,
}

/// What is known of a container.
pub struct QueryContainer<'a> {
    /// The width and height of its content box in CSS px, where they are known and may be asked for.
    pub size: ContainerSize,
    /// The style of its element.
    pub style: &'a ComputedStyle,
    /// The style of the root element.
    pub root: &'a ComputedStyle,
    /// The custom properties that `@property` registers.
    pub registered: &'a RegisteredProperties,
    /// The output.
    pub device: &'a Device,
    /// Measures fonts.
    pub fonts: &'a dyn FontMetricsProvider,
}

/// Along which axes the size of an element may be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueryableAxes {
    /// Its width.
    pub horizontal: bool,
    /// Its height.
    pub vertical: bool,
}

/// Along which axes a style lets queries ask for the size of its element.
/// <https://drafts.csswg.org/css-conditional-5/#container-type>
pub fn queryable_axes(style: &ComputedStyle) -> QueryableAxes {
    let kind = style.size.container_type;
    let inline = kind.intersects(ContainerType::SIZE | ContainerType::INLINE_SIZE);
    let block = kind.contains(ContainerType::SIZE);
    if style.inherited_text.writing_mode.is_vertical() {
        QueryableAxes { horizontal: block, vertical: inline }
    } else {
        QueryableAxes { horizontal: inline, vertical: block }
    }
}

impl QueryContainer<'_> {
    /// What units in a query refer to: the container's own font.
    fn context(&self) -> ComputeContext<'_> {
        ComputeContext {
            font: self.style.font.clone(),
            font_size: self.style.font.font_size.px(),
            line_height_font: self.style.font.clone(),
            root_font: self.root.font.clone(),
            root_font_size: self.root.font.font_size.px(),
            root_line_height_font: self.root.font.clone(),
            vertical_writing: self.style.inherited_text.writing_mode.is_vertical(),
            fonts: self.fonts,
            ..initial_context(self.device)
        }
    }

    /// <https://drafts.csswg.org/css-conditional-5/#style-container>
    fn has_style(&self, feature: &StyleFeature, context: &ComputeContext<'_>) -> bool {
        let replacements = Replacements {
            variables: &self.style.custom,
            registered: self.registered,
            attributes: &NoAttributes,
        };
        let actual = replacements.variable(&feature.name);
        let initial = self.registered.initial(&feature.name);
        let Some(asked) = &feature.value else { return actual != initial };
        let asked = if asked.has_references { asked.substitute(&replacements) } else { Some(asked.clone()) };
        let Some(asked) = asked else { return false };
        let asked = match CssWideKeyword::from_keyword(&asked.css) {
            Some(CssWideKeyword::Initial) => initial.cloned(),
            // What else they mean depends on more than the container.
            Some(_) => return false,
            None => self.registered.computed(&feature.name, &asked, context),
        };
        asked.map(|text| text.css) == actual.map(|text| text.css.clone())
    }
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

    /// Whether an element of a style can answer the query: it has the name, and its size may be asked for as the query does.
    pub fn can_ask(&self, style: &ComputedStyle) -> bool {
        let is_named = self.name.as_ref().is_none_or(|name| match &style.size.container_name {
            NoneOr::None => false,
            NoneOr::Value(names) => names.iter().any(|own| own == name),
        });
        let has = queryable_axes(style);
        let is_vertical = style.inherited_text.writing_mode.is_vertical();
        is_named
            && self.query.as_ref().is_none_or(|query| {
                query.all_operands(&mut |feature| {
                    let asked = feature.asked_axes(is_vertical);
                    has.horizontal >= asked.horizontal && has.vertical >= asked.vertical
                })
            })
    }

    /// Whether the query asks for custom properties.
    pub fn asks_styles(&self) -> bool {
        let is_size = &mut |feature: &ContainerFeature| !matches!(feature, ContainerFeature::Style(_));
        self.query.as_ref().is_some_and(|query| !query.all_operands(is_size))
    }

    /// Whether the query holds for a container.
    pub fn evaluate(&self, container: &QueryContainer<'_>) -> Truth {
        let Some(query) = &self.query else { return Truth::True };
        let context = container.context();
        query.evaluate(&mut |feature| feature.evaluate(container, &context))
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
    /// Along which axes of a container with lines that run so the feature asks for its size.
    fn asked_axes(&self, is_vertical: bool) -> QueryableAxes {
        let (horizontal, vertical) = match self {
            ContainerFeature::Size(SizeFeature::Width, _) => (true, false),
            ContainerFeature::Size(SizeFeature::Height, _) => (false, true),
            ContainerFeature::Size(SizeFeature::InlineSize, _) => (!is_vertical, is_vertical),
            ContainerFeature::Size(SizeFeature::BlockSize, _) => (is_vertical, !is_vertical),
            ContainerFeature::Size(SizeFeature::AspectRatio, _) | ContainerFeature::Orientation(_) => {
                (true, true)
            }
            ContainerFeature::Style(_) => (false, false),
        };
        QueryableAxes { horizontal, vertical }
    }

    fn evaluate(&self, container: &QueryContainer<'_>, context: &ComputeContext<'_>) -> Truth {
        let (width, height) = (container.size.width, container.size.height);
        let known = |value: Option<f32>| value.map(|value| (f64::from(value), 1.0));
        match self {
            ContainerFeature::Size(feature, test) => {
                let actual = match feature {
                    SizeFeature::Width => known(width),
                    SizeFeature::Height => known(height),
                    SizeFeature::InlineSize => known(if context.vertical_writing { height } else { width }),
                    SizeFeature::BlockSize => known(if context.vertical_writing { width } else { height }),
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
            ContainerFeature::Style(condition) => {
                condition.evaluate(&mut |feature| container.has_style(feature, context).into())
            }
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
        Ok(StyleFeature { name, value: Some(TokenText::parse(input)?) })
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
            value.to_css(out);
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
    use crate::properties::cascade_tests::root;
    use crate::values::MissingMetrics;

    /// The answer of a container of this style whose width alone is known.
    fn evaluate_in(style: &ComputedStyle, text: &str) -> Truth {
        let condition = ContainerCondition::parse_one(&mut Parser::new(text)).unwrap();
        let device = Device::new(CssSize::new(800.0, 600.0), 1.0);
        let container = QueryContainer {
            size: ContainerSize { width: Some(300.0), height: None },
            style,
            root: ComputedStyle::initial(),
            registered: &RegisteredProperties::default(),
            device: &device,
            fonts: &MissingMetrics,
        };
        condition.evaluate(&container)
    }

    fn evaluate(text: &str) -> Truth {
        evaluate_in(&root("--theme: dark; --same: dark"), text)
    }

    #[test]
    fn containers_are_asked_for_what_their_type_lets_be_asked() {
        for (style, query, expected) in [
            ("", "(width > 1px)", false),
            ("container-type: inline-size", "(width > 1px)", true),
            ("container-type: inline-size", "(inline-size > 1px)", true),
            ("container-type: inline-size", "(height > 1px)", false),
            ("container-type: inline-size", "(width > 1px) or (orientation: portrait)", false),
            ("container-type: size", "(aspect-ratio > 1)", true),
            ("container-type: inline-size; writing-mode: vertical-rl", "(width > 1px)", false),
            ("container-type: inline-size; writing-mode: vertical-rl", "(height > 1px)", true),
            ("", "style(--a)", true),
            ("", "name style(--a)", false),
            ("container-name: other name", "name style(--a)", true),
            ("container-name: name", "name", true),
        ] {
            let condition = ContainerCondition::parse_one(&mut Parser::new(query)).unwrap();
            assert_eq!(condition.can_ask(&root(style)), expected, "{query} of {style}");
        }
    }

    #[test]
    fn units_refer_to_the_container() {
        assert_eq!(evaluate_in(&root("font-size: 30px"), "(width: 10em)"), Truth::True);
        assert_eq!(evaluate_in(&root("font-size: 30px"), "(width: 10rem)"), Truth::False);
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
        assert_eq!(evaluate("style(--theme: var(--same))"), Truth::True);
        assert_eq!(evaluate("style(--theme: initial)"), Truth::False);
        assert_eq!(evaluate("style(--other: initial)"), Truth::True);
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
