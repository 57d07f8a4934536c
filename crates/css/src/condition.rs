//! Conditions joined by `and`, `or` and `not`: what media, feature and container queries have in common.
//! <https://drafts.csswg.org/mediaqueries-5/#typedef-media-condition>

use std::ops::Not;
use std::sync::Arc;

use cssparser::match_ignore_ascii_case;

use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, Parser, ToCss, Token};
use crate::variables::TokenText;

/// The result of a condition: what is not understood is neither true nor false.
/// <https://drafts.csswg.org/mediaqueries-5/#evaluating>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It cannot be said; where an answer is needed, no.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Whether it holds; unknown is no.
    pub const fn holds(self) -> bool {
        matches!(self, Truth::True)
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

/// A condition over operands of one kind. An operand writes itself with its parentheses.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition<T> {
    /// One test.
    Operand(T),
    /// A condition in parentheses.
    Group(Box<Condition<T>>),
    /// `not`
    Not(Box<Condition<T>>),
    /// All of these; at least two.
    And(Vec<Condition<T>>),
    /// One of these; at least two.
    Or(Vec<Condition<T>>),
    /// `<general-enclosed>`: something in parentheses that is not understood, as it was written.
    Unknown(Arc<str>),
}

/// Knows the operands of one kind of condition.
pub(crate) trait OperandParser {
    /// The operands.
    type Operand;

    /// Parses what stands in parentheses, up to their end.
    fn parse_parenthesised(&mut self, input: &mut Parser<'_>) -> CssResult<Self::Operand>;

    /// Parses the arguments of a function, up to its end.
    fn parse_function(&mut self, _name: &str, _input: &mut Parser<'_>) -> CssResult<Self::Operand> {
        Err(invalid_value())
    }
}

/// Which words may join operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joints {
    /// `and` and `or`.
    All,
    /// Not `or`: what follows a media type.
    WithoutOr,
}

impl<T> Condition<T> {
    /// Parses a condition. The depth of nesting is bounded by that of blocks in the parser.
    ///
    /// # Errors
    /// The input does not begin with a condition.
    pub(crate) fn parse<P: OperandParser<Operand = T>>(
        input: &mut Parser<'_>,
        operands: &mut P,
        joints: Joints,
    ) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("not")).is_ok() {
            return Ok(Condition::Not(Box::new(parse_in_parentheses(input, operands)?)));
        }
        let first = parse_in_parentheses(input, operands)?;
        let Ok(joint) = input.try_parse(|input| parse_joint(input, joints)) else {
            return Ok(first);
        };
        let mut all = vec![first, parse_in_parentheses(input, operands)?];
        while input.try_parse(|input| input.expect_ident_matching(joint.as_str())).is_ok() {
            all.push(parse_in_parentheses(input, operands)?);
        }
        Ok(match joint {
            Joint::And => Condition::And(all),
            Joint::Or => Condition::Or(all),
        })
    }

    /// The result, where `test` says which operands hold.
    pub fn evaluate(&self, test: &mut impl FnMut(&T) -> Truth) -> Truth {
        match self {
            Condition::Operand(operand) => test(operand),
            Condition::Group(condition) => condition.evaluate(test),
            Condition::Not(condition) => !condition.evaluate(test),
            Condition::And(conditions) => {
                let mut result = Truth::True;
                for condition in conditions {
                    match condition.evaluate(test) {
                        Truth::False => return Truth::False,
                        Truth::Unknown => result = Truth::Unknown,
                        Truth::True => {}
                    }
                }
                result
            }
            Condition::Or(conditions) => {
                let mut result = Truth::False;
                for condition in conditions {
                    match condition.evaluate(test) {
                        Truth::True => return Truth::True,
                        Truth::Unknown => result = Truth::Unknown,
                        Truth::False => {}
                    }
                }
                result
            }
            Condition::Unknown(_) => Truth::Unknown,
        }
    }

    /// Whether a test holds for all operands.
    pub fn all_operands(&self, test: &mut impl FnMut(&T) -> bool) -> bool {
        match self {
            Condition::Operand(operand) => test(operand),
            Condition::Group(condition) | Condition::Not(condition) => condition.all_operands(test),
            Condition::And(conditions) | Condition::Or(conditions) => {
                conditions.iter().all(|condition| condition.all_operands(test))
            }
            Condition::Unknown(_) => true,
        }
    }

    /// Whether part of it is not understood; returns the first such part.
    pub fn unknown_part(&self) -> Option<&str> {
        match self {
            Condition::Operand(_) => None,
            Condition::Group(condition) | Condition::Not(condition) => condition.unknown_part(),
            Condition::And(conditions) | Condition::Or(conditions) => {
                conditions.iter().find_map(Condition::unknown_part)
            }
            Condition::Unknown(text) => Some(text),
        }
    }
}

keywords! {
    /// What joins operands.
    pub enum Joint { And = "and", Or = "or" }
}

fn parse_joint(input: &mut Parser<'_>, joints: Joints) -> CssResult<Joint> {
    match Joint::from_keyword(input.expect_ident()?) {
        Some(Joint::Or) if joints == Joints::WithoutOr => Err(invalid_value()),
        Some(joint) => Ok(joint),
        None => Err(invalid_value()),
    }
}

/// A condition in parentheses, an operand, or something in parentheses that is not understood.
pub(crate) fn parse_in_parentheses<P: OperandParser>(
    input: &mut Parser<'_>,
    operands: &mut P,
) -> CssResult<Condition<P::Operand>> {
    input.skip_whitespace();
    let start = input.state();
    match input.next()? {
        Token::ParenthesisBlock => {
            let understood = input.parse_nested_block(|input| parse_contents(input, operands));
            if let Ok(condition) = understood {
                return Ok(condition);
            }
            input.reset(&start);
            input.expect_parenthesis_block()?;
        }
        Token::Function(name) => {
            let name = name.clone();
            let understood = input.parse_nested_block(|input| operands.parse_function(&name, input));
            if let Ok(operand) = understood {
                return Ok(Condition::Operand(operand));
            }
            input.reset(&start);
            input.expect_function()?;
        }
        _ => return Err(invalid_value()),
    }
    let before = input.slice_from(start.position());
    let contents = input.parse_nested_block(TokenText::parse_any)?;
    Ok(Condition::Unknown([before, &contents, ")"].concat().into()))
}

fn parse_contents<P: OperandParser>(
    input: &mut Parser<'_>,
    operands: &mut P,
) -> CssResult<Condition<P::Operand>> {
    let start = input.state();
    if begins_condition(input) {
        let condition = Condition::parse(input, operands, Joints::All);
        if let Ok(condition) = condition
            && input.is_exhausted()
        {
            return Ok(Condition::Group(Box::new(condition)));
        }
        input.reset(&start);
    }
    operands.parse_parenthesised(input).map(Condition::Operand)
}

/// Whether what follows looks like a condition rather than an operand.
fn begins_condition(input: &mut Parser<'_>) -> bool {
    let start = input.state();
    let begins = match input.next() {
        Ok(Token::ParenthesisBlock) => true,
        // Mathematical functions begin a range: `(calc(1px) < width)`.
        Ok(Token::Function(name)) => !crate::values::calc::is_math_function(name),
        Ok(Token::Ident(word)) => match_ignore_ascii_case! { word,
            "not" => matches!(input.next(), Ok(Token::ParenthesisBlock | Token::Function(_))),
            _ => false,
        },
        _ => false,
    };
    input.reset(&start);
    begins
}

impl<T: ToCss> ToCss for Condition<T> {
    fn to_css(&self, out: &mut String) {
        match self {
            Condition::Operand(operand) => operand.to_css(out),
            Condition::Group(condition) => {
                out.push('(');
                condition.to_css(out);
                out.push(')');
            }
            Condition::Not(condition) => {
                out.push_str("not ");
                condition.to_css(out);
            }
            Condition::And(conditions) => write_joined(conditions, " and ", out),
            Condition::Or(conditions) => write_joined(conditions, " or ", out),
            Condition::Unknown(text) => out.push_str(text),
        }
    }
}

fn write_joined<T: ToCss>(conditions: &[Condition<T>], joint: &str, out: &mut String) {
    for (index, condition) in conditions.iter().enumerate() {
        if index > 0 {
            out.push_str(joint);
        }
        condition.to_css(out);
    }
}
