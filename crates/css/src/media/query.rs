//! Media queries and lists of them.
//! <https://drafts.csswg.org/mediaqueries-5/#mq-syntax>

use cssparser::{Delimiter, match_ignore_ascii_case};
use fanlight_base::Atom;

use super::device::{Device, DeviceKind};
use super::features::MediaFeature;
use super::initial_context;
use crate::condition::{Condition, Joints, OperandParser, Truth};
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_identifier;
use crate::syntax::{CssError, CssResult, Parser, ToCss, write_comma_separated};
use crate::values::ComputeContext;

/// A list of media queries; one that holds is enough, and so is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaList(pub Vec<MediaQuery>);

/// `not` or `only` before a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// The query holds where the rest does not.
    Not,
    /// No meaning; old browsers stopped at it.
    Only,
}

/// A media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `all`, also where none is given.
    All,
    /// A kind of output.
    Kind(DeviceKind),
    /// Any other word, in lower case: no output is of this kind.
    Other(Atom),
}

/// A media query.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaQuery {
    /// `not` or `only`.
    pub qualifier: Option<Qualifier>,
    /// The media type.
    pub media_type: MediaType,
    /// What else must hold.
    pub condition: Option<Condition<MediaFeature>>,
}

struct Features;

/// Parses a condition from the front of `input` and says whether it holds.
pub(super) fn parse_condition(input: &mut Parser<'_>, context: &ComputeContext<'_>) -> CssResult<Truth> {
    let condition = Condition::parse(input, &mut Features, Joints::All)?;
    Ok(condition.evaluate(&mut |feature: &MediaFeature| feature.evaluate(context)))
}

impl OperandParser for Features {
    type Operand = MediaFeature;

    fn parse_parenthesised(&mut self, input: &mut Parser<'_>) -> CssResult<MediaFeature> {
        MediaFeature::parse(input)
    }
}

impl MediaQuery {
    /// The query that never holds: what becomes of one that is malformed.
    /// <https://drafts.csswg.org/mediaqueries-5/#error-handling>
    pub const fn not_all() -> Self {
        MediaQuery { qualifier: Some(Qualifier::Not), media_type: MediaType::All, condition: None }
    }

    /// Parses a query up to the end of the input.
    ///
    /// # Errors
    /// It is malformed.
    pub fn parse(input: &mut Parser<'_>) -> CssResult<Self> {
        if let Ok((qualifier, media_type)) = input.try_parse(parse_type) {
            let condition = match input.try_parse(|input| input.expect_ident_matching("and")) {
                Ok(()) => Some(Condition::parse(input, &mut Features, Joints::WithoutOr)?),
                Err(_) => None,
            };
            input.expect_exhausted()?;
            return Ok(MediaQuery { qualifier, media_type, condition });
        }
        let condition = Condition::parse(input, &mut Features, Joints::All)?;
        input.expect_exhausted()?;
        Ok(MediaQuery { qualifier: None, media_type: MediaType::All, condition: Some(condition) })
    }

    fn evaluate(&self, context: &ComputeContext<'_>) -> bool {
        let of_type = match &self.media_type {
            MediaType::All => true,
            MediaType::Kind(kind) => *kind == context.device.kind,
            MediaType::Other(_) => false,
        };
        let condition = match &self.condition {
            Some(condition) if of_type => condition.evaluate(&mut |feature| feature.evaluate(context)),
            _ => Truth::True,
        };
        let result = if of_type { condition } else { Truth::False };
        match self.qualifier {
            Some(Qualifier::Not) => (!result).holds(),
            _ => result.holds(),
        }
    }
}

/// `[ not | only ]? <media-type>`
fn parse_type(input: &mut Parser<'_>) -> CssResult<(Option<Qualifier>, MediaType)> {
    let qualifier = input
        .try_parse(|input| {
            Ok::<_, CssError>(match_ignore_ascii_case! { input.expect_ident()?,
                "not" => Qualifier::Not,
                "only" => Qualifier::Only,
                _ => return Err(invalid_value()),
            })
        })
        .ok();
    let word = input.expect_ident()?;
    let media_type = match_ignore_ascii_case! { word,
        "not" | "only" | "and" | "or" | "layer" => return Err(invalid_value()),
        "all" => MediaType::All,
        _ => match DeviceKind::from_keyword(word) {
            Some(kind) => MediaType::Kind(kind),
            None => MediaType::Other(Atom::from(word.to_ascii_lowercase())),
        },
    };
    Ok((qualifier, media_type))
}

impl ToCss for MediaQuery {
    fn to_css(&self, out: &mut String) {
        match self.qualifier {
            Some(Qualifier::Not) => out.push_str("not "),
            Some(Qualifier::Only) => out.push_str("only "),
            None => {}
        }
        let plain = self.qualifier.is_none() && self.condition.is_some();
        match &self.media_type {
            MediaType::All if plain => {}
            MediaType::All => out.push_str("all"),
            MediaType::Kind(kind) => kind.to_css(out),
            MediaType::Other(word) => write_identifier(word, out),
        }
        if let Some(condition) = &self.condition {
            if !(plain && self.media_type == MediaType::All) {
                out.push_str(" and ");
            }
            condition.to_css(out);
        }
    }
}

impl MediaList {
    /// Parses a list up to the end of the input. A malformed query becomes `not all`; the others stay.
    pub fn parse(input: &mut Parser<'_>) -> Self {
        let mut queries = Vec::new();
        if input.is_exhausted() {
            return MediaList(queries);
        }
        loop {
            let query = input.parse_until_before(Delimiter::Comma, MediaQuery::parse);
            queries.push(query.unwrap_or_else(|_| MediaQuery::not_all()));
            if input.next().is_err() {
                return MediaList(queries);
            }
        }
    }

    /// Parses the text of a list: a `media` attribute.
    pub fn parse_text(text: &str) -> Self {
        Self::parse(&mut Parser::new(text))
    }

    /// Whether there is no query, so that the list always holds.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the list holds on a device.
    pub fn matches(&self, device: &Device) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let context = initial_context(device);
        self.0.iter().any(|query| query.evaluate(&context))
    }

    /// The parts of the queries that are not understood, as they were written.
    pub fn unknown_parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|query| query.condition.as_ref()?.unknown_part())
    }
}

impl ToCss for MediaList {
    fn to_css(&self, out: &mut String) {
        write_comma_separated(&self.0, out);
    }
}
