//! Parsing calculations, and checking their types.
//! <https://drafts.csswg.org/css-values-4/#calc-syntax>

use cssparser::match_ignore_ascii_case;

use super::node::{Calculation, Leaf, MathFunction, Node, RoundingStrategy};
use super::types::{CalcType, Range};
use crate::syntax::error::{CssErrorKind, invalid_value};
use crate::syntax::{CssError, CssResult, Parser, Token};
use crate::values::units::LengthUnit;

/// What a calculation may hold and must give.
#[derive(Clone, Copy)]
struct Rules {
    /// What percentages are: the type they resolve to.
    percentage: CalcType,
    /// The names of an origin colour's channels.
    channels: &'static [&'static str],
}

/// Whether a function is a calculation.
pub fn is_math_function(name: &str) -> bool {
    math_function(name).is_some()
}

enum Function {
    Calc,
    Clamp,
    Round,
    Plain(MathFunction),
}

fn math_function(name: &str) -> Option<Function> {
    use MathFunction as F;
    Some(match_ignore_ascii_case! { name,
        "calc" | "-webkit-calc" => Function::Calc,
        "clamp" => Function::Clamp,
        "round" => Function::Round,
        "min" => Function::Plain(F::Min),
        "max" => Function::Plain(F::Max),
        "mod" => Function::Plain(F::Mod),
        "rem" => Function::Plain(F::Rem),
        "sin" => Function::Plain(F::Sin),
        "cos" => Function::Plain(F::Cos),
        "tan" => Function::Plain(F::Tan),
        "asin" => Function::Plain(F::Asin),
        "acos" => Function::Plain(F::Acos),
        "atan" => Function::Plain(F::Atan),
        "atan2" => Function::Plain(F::Atan2),
        "pow" => Function::Plain(F::Pow),
        "sqrt" => Function::Plain(F::Sqrt),
        "hypot" => Function::Plain(F::Hypot),
        "log" => Function::Plain(F::Log),
        "exp" => Function::Plain(F::Exp),
        "abs" => Function::Plain(F::Abs),
        "sign" => Function::Plain(F::Sign),
        _ => return None,
    })
}

/// Parses the arguments of the math function `name`, whose opening has just been taken from `input`. The result has one of
/// the types `wanted`; percentages in it count as `percentage`.
///
/// # Errors
/// The calculation is invalid or has another type.
pub fn parse_calculation(
    name: &str,
    input: &mut Parser<'_>,
    wanted: &[CalcType],
    percentage: CalcType,
    range: Range,
    channels: &'static [&'static str],
) -> CssResult<(Calculation, CalcType)> {
    let function = math_function(name).ok_or_else(invalid_value)?;
    let rules = Rules { percentage, channels };
    let (mut root, found) = input.parse_nested_block(|input| parse_function(&function, input, rules))?;
    if !wanted.contains(&found) {
        return Err(type_error());
    }
    root.simplify();
    Ok((Calculation { root, range }, found))
}

fn type_error() -> CssError {
    CssError::custom(CssErrorKind::CalcType)
}

fn parse_function(function: &Function, input: &mut Parser<'_>, rules: Rules) -> CssResult<(Node, CalcType)> {
    match function {
        Function::Calc => parse_sum(input, rules),
        Function::Clamp => parse_clamp(input, rules),
        Function::Round => parse_round(input, rules),
        Function::Plain(function) => {
            let arguments = input.parse_comma_separated(|input| parse_sum(input, rules))?;
            let result = function_type(*function, &arguments)?;
            let trigonometric = matches!(function, MathFunction::Sin | MathFunction::Cos | MathFunction::Tan);
            let nodes = arguments.into_iter().map(|(node, argument)| match argument {
                // A number is in radians; evaluation thinks in degrees.
                CalcType::NUMBER if trigonometric => {
                    Node::Product(vec![node, Node::Leaf(Leaf::Number(180.0 / std::f64::consts::PI))])
                }
                _ => node,
            });
            Ok((Node::Function(*function, nodes.collect()), result))
        }
    }
}

/// The type of a function's result, if its arguments are right.
fn function_type(function: MathFunction, arguments: &[(Node, CalcType)]) -> CssResult<CalcType> {
    use MathFunction as F;
    let Some(&(_, first)) = arguments.first() else { return Err(type_error()) };
    if arguments.iter().any(|&(_, other)| other != first) {
        return Err(type_error());
    }
    let number = first == CalcType::NUMBER;
    let right_count = match function {
        F::Min | F::Max | F::Hypot => true,
        F::Mod | F::Rem | F::Atan2 | F::Pow => arguments.len() == 2,
        F::Log => arguments.len() <= 2,
        F::Clamp | F::Round(_) => false,
        _ => arguments.len() == 1,
    };
    let right_type = match function {
        F::Sin | F::Cos | F::Tan => number || first == CalcType::ANGLE,
        F::Asin | F::Acos | F::Atan | F::Pow | F::Sqrt | F::Log | F::Exp => number,
        _ => true,
    };
    if !right_count || !right_type {
        return Err(type_error());
    }
    Ok(match function {
        F::Asin | F::Acos | F::Atan | F::Atan2 => CalcType::ANGLE,
        F::Min | F::Max | F::Hypot | F::Mod | F::Rem | F::Abs | F::Clamp | F::Round(_) => first,
        _ => CalcType::NUMBER,
    })
}

fn parse_clamp(input: &mut Parser<'_>, rules: Rules) -> CssResult<(Node, CalcType)> {
    let bound = |input: &mut Parser<'_>| -> CssResult<Option<(Node, CalcType)>> {
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            return Ok(None);
        }
        parse_sum(input, rules).map(Some)
    };
    let least = bound(input)?;
    input.expect_comma()?;
    let (value, result) = parse_sum(input, rules)?;
    input.expect_comma()?;
    let most = bound(input)?;
    if [&least, &most].into_iter().flatten().any(|(_, other)| *other != result) {
        return Err(type_error());
    }
    let node = match (least, most) {
        (None, None) => value,
        (Some((least, _)), None) => Node::Function(MathFunction::Max, vec![least, value]),
        (None, Some((most, _))) => Node::Function(MathFunction::Min, vec![value, most]),
        (Some((least, _)), Some((most, _))) => Node::Function(MathFunction::Clamp, vec![least, value, most]),
    };
    Ok((node, result))
}

fn parse_round(input: &mut Parser<'_>, rules: Rules) -> CssResult<(Node, CalcType)> {
    let strategy = input.try_parse(|input| -> CssResult<RoundingStrategy> {
        let strategy = match_ignore_ascii_case! { input.expect_ident()?,
            "nearest" => RoundingStrategy::Nearest,
            "up" => RoundingStrategy::Up,
            "down" => RoundingStrategy::Down,
            "to-zero" => RoundingStrategy::ToZero,
            _ => return Err(invalid_value()),
        };
        input.expect_comma()?;
        Ok(strategy)
    });
    let strategy = strategy.unwrap_or(RoundingStrategy::Nearest);
    let (value, result) = parse_sum(input, rules)?;
    let step = if input.try_parse(Parser::expect_comma).is_ok() {
        let (step, other) = parse_sum(input, rules)?;
        if other != result {
            return Err(type_error());
        }
        step
    } else if result == CalcType::NUMBER {
        Node::Leaf(Leaf::Number(1.0))
    } else {
        return Err(type_error());
    };
    Ok((Node::Function(MathFunction::Round(strategy), vec![value, step]), result))
}

/// `<calc-sum> = <calc-product> [ [ '+' | '-' ] <calc-product> ]*`
fn parse_sum(input: &mut Parser<'_>, rules: Rules) -> CssResult<(Node, CalcType)> {
    let (first, result) = parse_product(input, rules)?;
    let mut terms = vec![first];
    loop {
        let before = input.state();
        // The operators need blanks on both sides, or `1px -2px` could not be told from `1px-2px`.
        if !matches!(input.next_including_whitespace(), Ok(Token::WhiteSpace(_))) {
            input.reset(&before);
            break;
        }
        let negate = match input.next() {
            Ok(Token::Delim('+')) => false,
            Ok(Token::Delim('-')) => true,
            _ => {
                input.reset(&before);
                break;
            }
        };
        if !matches!(input.next_including_whitespace(), Ok(Token::WhiteSpace(_))) {
            return Err(invalid_value());
        }
        let (term, other) = parse_product(input, rules)?;
        if other != result {
            return Err(type_error());
        }
        terms.push(if negate { Node::Negate(Box::new(term)) } else { term });
    }
    Ok((if terms.len() == 1 { terms.swap_remove(0) } else { Node::Sum(terms) }, result))
}

/// `<calc-product> = <calc-value> [ [ '*' | / ] <calc-value> ]*`
fn parse_product(input: &mut Parser<'_>, rules: Rules) -> CssResult<(Node, CalcType)> {
    let (first, mut result) = parse_value(input, rules)?;
    let mut factors = vec![first];
    loop {
        let before = input.state();
        let divide = match input.next() {
            Ok(Token::Delim('*')) => false,
            Ok(Token::Delim('/')) => true,
            _ => {
                input.reset(&before);
                break;
            }
        };
        let (factor, other) = parse_value(input, rules)?;
        let other = if divide { other.inverted() } else { Some(other) };
        result = other.and_then(|other| result.multiplied(other)).ok_or_else(type_error)?;
        factors.push(if divide { Node::Invert(Box::new(factor)) } else { factor });
    }
    Ok((if factors.len() == 1 { factors.swap_remove(0) } else { Node::Product(factors) }, result))
}

fn parse_value(input: &mut Parser<'_>, rules: Rules) -> CssResult<(Node, CalcType)> {
    let (leaf, result) = match input.next()? {
        Token::Number { value, .. } => (Leaf::Number(f64::from(*value)), CalcType::NUMBER),
        Token::Percentage { unit_value, .. } => (Leaf::Percentage(f64::from(*unit_value)), rules.percentage),
        Token::Dimension { value, unit, .. } => {
            dimension(f64::from(*value), unit).ok_or_else(invalid_value)?
        }
        Token::Ident(name) => constant(name, rules).ok_or_else(invalid_value)?,
        Token::ParenthesisBlock => return input.parse_nested_block(|input| parse_sum(input, rules)),
        Token::Function(name) => {
            let function = math_function(name).ok_or_else(invalid_value)?;
            return input.parse_nested_block(|input| parse_function(&function, input, rules));
        }
        _ => return Err(invalid_value()),
    };
    Ok((Node::Leaf(leaf), result))
}

fn constant(name: &str, rules: Rules) -> Option<(Leaf, CalcType)> {
    let value = match_ignore_ascii_case! { name,
        "e" => std::f64::consts::E,
        "pi" => std::f64::consts::PI,
        "infinity" => f64::INFINITY,
        "-infinity" => f64::NEG_INFINITY,
        "nan" => f64::NAN,
        _ => {
            let channel = rules.channels.iter().position(|channel| channel.eq_ignore_ascii_case(name))?;
            return Some((Leaf::Channel(channel as u8), CalcType::NUMBER));
        },
    };
    Some((Leaf::Number(value), CalcType::NUMBER))
}

/// A number with any unit.
fn dimension(value: f64, unit: &str) -> Option<(Leaf, CalcType)> {
    if let Some(unit) = LengthUnit::from_keyword(unit) {
        return Some((Leaf::Length(value, unit), CalcType::LENGTH));
    }
    if let Some(degrees) = crate::values::angle::degrees(value, unit) {
        return Some((Leaf::Angle(degrees), CalcType::ANGLE));
    }
    if let Some(seconds) = crate::values::time::seconds(value, unit) {
        return Some((Leaf::Time(seconds), CalcType::TIME));
    }
    if let Some(dppx) = crate::values::number::dppx(value, unit) {
        return Some((Leaf::Resolution(dppx), CalcType::RESOLUTION));
    }
    unit.eq_ignore_ascii_case("fr").then_some((Leaf::Flex(value), CalcType::FLEX))
}
