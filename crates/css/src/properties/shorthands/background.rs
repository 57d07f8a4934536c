//! `background`, `mask` and their positions: layers with commas between them.
//! <https://drafts.csswg.org/css-backgrounds-4/#background> <https://drafts.csswg.org/css-masking-1/#the-mask>

use super::ShorthandInfo;
use crate::properties::PropertyDeclaration;
use crate::properties::background::BlendMode;
use crate::properties::background::{
    BackgroundAttachment, BackgroundClip, BackgroundOrigin, Declaration as B, Longhand as L,
};
use crate::properties::effects::{
    Declaration as E, Longhand as M, MaskClip, MaskComposite, MaskMode, MaskOrigin,
};
use crate::syntax::error::invalid_value;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};
use crate::values::color::{AbsoluteColor, NamedColor, SpecifiedColor};
use crate::values::image::{BackgroundRepeat, BackgroundSize, SpecifiedBackgroundSize, SpecifiedImageOrNone};
use crate::values::length::SpecifiedLengthPercentage;
use crate::values::position::{Position, SpecifiedPosition, SpecifiedPositionX, SpecifiedPositionY};
use crate::values::{AutoOr, CommaList, NoneOr, Parse};

pub(super) static TABLE: &[ShorthandInfo] = &[
    ShorthandInfo {
        name: "background",
        longhands: &[
            L::BackgroundColor.id(),
            L::BackgroundImage.id(),
            L::BackgroundPositionX.id(),
            L::BackgroundPositionY.id(),
            L::BackgroundSize.id(),
            L::BackgroundRepeat.id(),
            L::BackgroundAttachment.id(),
            L::BackgroundOrigin.id(),
            L::BackgroundClip.id(),
            L::BackgroundBlendMode.id(),
        ],
        parse: |_, input, context, added| parse_background(input, context, added),
        write: write_background,
    },
    ShorthandInfo {
        name: "background-position",
        longhands: &[L::BackgroundPositionX.id(), L::BackgroundPositionY.id()],
        parse: |_, input, context, added| {
            // Three-value positions are for backgrounds only.
            let (x, y) = parse_positions(input, context, true)?;
            added.push(PropertyDeclaration::Background(B::BackgroundPositionX(x)));
            added.push(PropertyDeclaration::Background(B::BackgroundPositionY(y)));
            Ok(())
        },
        write: |_, declarations, out| {
            if let [
                PropertyDeclaration::Background(B::BackgroundPositionX(x)),
                PropertyDeclaration::Background(B::BackgroundPositionY(y)),
            ] = declarations
            {
                write_positions(x, y, out);
            }
        },
    },
    ShorthandInfo {
        name: "mask",
        longhands: &[
            M::MaskImage.id(),
            M::MaskPositionX.id(),
            M::MaskPositionY.id(),
            M::MaskSize.id(),
            M::MaskRepeat.id(),
            M::MaskOrigin.id(),
            M::MaskClip.id(),
            M::MaskComposite.id(),
            M::MaskMode.id(),
        ],
        parse: |_, input, context, added| parse_mask(input, context, added),
        write: write_mask,
    },
    ShorthandInfo {
        name: "mask-position",
        longhands: &[M::MaskPositionX.id(), M::MaskPositionY.id()],
        parse: |_, input, context, added| {
            let (x, y) = parse_positions(input, context, false)?;
            added.push(PropertyDeclaration::Effects(E::MaskPositionX(x)));
            added.push(PropertyDeclaration::Effects(E::MaskPositionY(y)));
            Ok(())
        },
        write: |_, declarations, out| {
            if let [
                PropertyDeclaration::Effects(E::MaskPositionX(x)),
                PropertyDeclaration::Effects(E::MaskPositionY(y)),
            ] = declarations
            {
                write_positions(x, y, out);
            }
        },
    },
];

type Positions = (CommaList<SpecifiedPositionX>, CommaList<SpecifiedPositionY>);

fn parse_positions(input: &mut Parser<'_>, context: &ParseContext<'_>, three: bool) -> CssResult<Positions> {
    let positions =
        input.parse_comma_separated(|input| SpecifiedPosition::parse_with(input, context, three))?;
    let (x, y): (Vec<_>, Vec<_>) = positions.into_iter().map(|position| (position.x, position.y)).unzip();
    Ok((x.into_iter().collect(), y.into_iter().collect()))
}

fn write_positions(x: &CommaList<SpecifiedPositionX>, y: &CommaList<SpecifiedPositionY>, out: &mut String) {
    if x.len() != y.len() {
        return;
    }
    for (index, (x, y)) in x.iter().zip(y.iter()).enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        x.to_css(out);
        out.push(' ');
        y.to_css(out);
    }
}

/// `0% 0%`
fn top_left() -> SpecifiedPosition {
    let zero = SpecifiedLengthPercentage::Percentage(0.0);
    Position { x: SpecifiedPositionX::Offset(zero.clone()), y: SpecifiedPositionY::Offset(zero) }
}

fn auto_size() -> SpecifiedBackgroundSize {
    BackgroundSize::Explicit(AutoOr::Auto, AutoOr::Auto)
}

/// What layers of backgrounds and masks have in common.
struct Layer {
    image: Option<SpecifiedImageOrNone>,
    position: Option<SpecifiedPosition>,
    size: Option<SpecifiedBackgroundSize>,
    repeat: Option<BackgroundRepeat>,
}

impl Layer {
    const EMPTY: Layer = Layer { image: None, position: None, size: None, repeat: None };

    /// Takes one of the common values, if one is next and has not been taken yet.
    fn take(&mut self, input: &mut Parser<'_>, context: &ParseContext<'_>, three: bool) -> CssResult<bool> {
        if self.position.is_none()
            && let Ok(position) =
                input.try_parse(|input| SpecifiedPosition::parse_with(input, context, three))
        {
            self.position = Some(position);
            if input.try_parse(|input| input.expect_delim('/')).is_ok() {
                self.size = Some(SpecifiedBackgroundSize::parse(input, context)?);
            }
            return Ok(true);
        }
        if self.image.is_none()
            && let Ok(image) = input.try_parse(|input| SpecifiedImageOrNone::parse(input, context))
        {
            self.image = Some(image);
            return Ok(true);
        }
        if self.repeat.is_none()
            && let Ok(repeat) = input.try_parse(|input| BackgroundRepeat::parse(input, context))
        {
            self.repeat = Some(repeat);
            return Ok(true);
        }
        Ok(false)
    }
}

/// Takes a value, if one is next and has not been taken yet.
fn take<T: Parse>(slot: &mut Option<T>, input: &mut Parser<'_>, context: &ParseContext<'_>) -> bool {
    if slot.is_some() {
        return false;
    }
    *slot = input.try_parse(|input| T::parse(input, context)).ok();
    slot.is_some()
}

/// The lists of a background, layer by layer.
#[derive(Default)]
struct Lists {
    images: Vec<SpecifiedImageOrNone>,
    x: Vec<SpecifiedPositionX>,
    y: Vec<SpecifiedPositionY>,
    sizes: Vec<SpecifiedBackgroundSize>,
    repeats: Vec<BackgroundRepeat>,
}

impl Lists {
    fn push(&mut self, layer: Layer) {
        let position = layer.position.unwrap_or_else(top_left);
        self.images.push(layer.image.unwrap_or(NoneOr::None));
        self.x.push(position.x);
        self.y.push(position.y);
        self.sizes.push(layer.size.unwrap_or_else(auto_size));
        self.repeats.push(layer.repeat.unwrap_or(BackgroundRepeat::REPEAT));
    }
}

fn parse_background(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let mut lists = Lists::default();
    let (mut attachments, mut origins, mut clips) = (Vec::new(), Vec::new(), Vec::new());
    let mut color: Option<SpecifiedColor> = None;
    input.parse_comma_separated(|input| -> CssResult<()> {
        // Only the last layer has a colour.
        if color.is_some() {
            return Err(invalid_value());
        }
        let mut layer = Layer::EMPTY;
        let (mut attachment, mut origin, mut clip) = (None, None, None);
        let mut any = false;
        loop {
            let taken = take(&mut color, input, context)
                || layer.take(input, context, true)?
                || take(&mut attachment, input, context)
                || take::<BackgroundOrigin>(&mut origin, input, context)
                || take::<BackgroundClip>(&mut clip, input, context);
            if !taken {
                break;
            }
            any = true;
        }
        if !any {
            return Err(invalid_value());
        }
        lists.push(layer);
        attachments.push(attachment.unwrap_or(BackgroundAttachment::Scroll));
        // One box is for both.
        let clip = clip.unwrap_or(match origin {
            None | Some(BackgroundOrigin::BorderBox) => BackgroundClip::BorderBox,
            Some(BackgroundOrigin::PaddingBox) => BackgroundClip::PaddingBox,
            Some(BackgroundOrigin::ContentBox) => BackgroundClip::ContentBox,
        });
        clips.push(clip);
        origins.push(origin.unwrap_or(BackgroundOrigin::PaddingBox));
        Ok(())
    })?;
    added.extend(
        [
            B::BackgroundColor(color.unwrap_or_else(transparent)),
            B::BackgroundImage(lists.images.into_iter().collect()),
            B::BackgroundPositionX(lists.x.into_iter().collect()),
            B::BackgroundPositionY(lists.y.into_iter().collect()),
            B::BackgroundSize(lists.sizes.into_iter().collect()),
            B::BackgroundRepeat(lists.repeats.into_iter().collect()),
            B::BackgroundAttachment(attachments.into_iter().collect()),
            B::BackgroundOrigin(origins.into_iter().collect()),
            B::BackgroundClip(clips.into_iter().collect()),
            B::BackgroundBlendMode(CommaList::one(BlendMode::Normal)),
        ]
        .map(PropertyDeclaration::Background),
    );
    Ok(())
}

fn transparent() -> SpecifiedColor {
    NamedColor::find("transparent")
        .map_or(SpecifiedColor::Absolute(AbsoluteColor::TRANSPARENT), SpecifiedColor::Named)
}

fn write_background(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [
        PropertyDeclaration::Background(B::BackgroundColor(color)),
        PropertyDeclaration::Background(B::BackgroundImage(images)),
        PropertyDeclaration::Background(B::BackgroundPositionX(x)),
        PropertyDeclaration::Background(B::BackgroundPositionY(y)),
        PropertyDeclaration::Background(B::BackgroundSize(sizes)),
        PropertyDeclaration::Background(B::BackgroundRepeat(repeats)),
        PropertyDeclaration::Background(B::BackgroundAttachment(attachments)),
        PropertyDeclaration::Background(B::BackgroundOrigin(origins)),
        PropertyDeclaration::Background(B::BackgroundClip(clips)),
        PropertyDeclaration::Background(B::BackgroundBlendMode(blends)),
    ] = declarations
    else {
        return;
    };
    let count = images.len();
    let lengths =
        [x.len(), y.len(), sizes.len(), repeats.len(), attachments.len(), origins.len(), clips.len()];
    if lengths.iter().any(|&length| length != count) || **blends != [BlendMode::Normal] {
        return;
    }
    for index in 0..count {
        if index > 0 {
            out.push_str(", ");
        }
        let position = Position { x: x[index].clone(), y: y[index].clone() };
        let mut words = layer_words(&images[index], &position, &sizes[index], repeats[index]);
        if attachments[index] != BackgroundAttachment::Scroll {
            words.push(attachments[index].to_css_string());
        }
        let (origin, clip) = (origins[index], clips[index]);
        if origin != BackgroundOrigin::PaddingBox || clip != BackgroundClip::BorderBox {
            words.push(origin.to_css_string());
            if origin.as_str() != clip.as_str() {
                words.push(clip.to_css_string());
            }
        }
        if index + 1 == count && *color != transparent() {
            words.push(color.to_css_string());
        }
        if words.is_empty() {
            words.push("none".to_owned());
        }
        out.push_str(&words.join(" "));
    }
}

/// The values of a layer that are not initial.
fn layer_words(
    image: &SpecifiedImageOrNone,
    position: &SpecifiedPosition,
    size: &SpecifiedBackgroundSize,
    repeat: BackgroundRepeat,
) -> Vec<String> {
    let mut words = Vec::new();
    if !image.is_none() {
        words.push(image.to_css_string());
    }
    let sized = *size != auto_size();
    if sized || *position != top_left() {
        words.push(position.to_css_string());
    }
    if sized {
        words.push(format!("/ {}", size.to_css_string()));
    }
    if repeat != BackgroundRepeat::REPEAT {
        words.push(repeat.to_css_string());
    }
    words
}

fn parse_mask(
    input: &mut Parser<'_>,
    context: &ParseContext<'_>,
    added: &mut Vec<PropertyDeclaration>,
) -> CssResult<()> {
    let mut lists = Lists::default();
    let (mut origins, mut clips, mut composites, mut modes) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    input.parse_comma_separated(|input| -> CssResult<()> {
        let mut layer = Layer::EMPTY;
        let (mut origin, mut clip, mut composite, mut mode) = (None, None, None, None);
        let mut any = false;
        loop {
            let taken = layer.take(input, context, false)?
                || take::<MaskOrigin>(&mut origin, input, context)
                || take::<MaskClip>(&mut clip, input, context)
                || take(&mut composite, input, context)
                || take(&mut mode, input, context);
            if !taken {
                break;
            }
            any = true;
        }
        if !any {
            return Err(invalid_value());
        }
        lists.push(layer);
        // One box is for both.
        clips.push(clip.unwrap_or_else(|| {
            origin.and_then(|origin| MaskClip::from_keyword(origin.as_str())).unwrap_or(MaskClip::BorderBox)
        }));
        origins.push(origin.unwrap_or(MaskOrigin::BorderBox));
        composites.push(composite.unwrap_or(MaskComposite::Add));
        modes.push(mode.unwrap_or(MaskMode::MatchSource));
        Ok(())
    })?;
    added.extend(
        [
            E::MaskImage(lists.images.into_iter().collect()),
            E::MaskPositionX(lists.x.into_iter().collect()),
            E::MaskPositionY(lists.y.into_iter().collect()),
            E::MaskSize(lists.sizes.into_iter().collect()),
            E::MaskRepeat(lists.repeats.into_iter().collect()),
            E::MaskOrigin(origins.into_iter().collect()),
            E::MaskClip(clips.into_iter().collect()),
            E::MaskComposite(composites.into_iter().collect()),
            E::MaskMode(modes.into_iter().collect()),
        ]
        .map(PropertyDeclaration::Effects),
    );
    Ok(())
}

fn write_mask(_: &ShorthandInfo, declarations: &[&PropertyDeclaration], out: &mut String) {
    let [
        PropertyDeclaration::Effects(E::MaskImage(images)),
        PropertyDeclaration::Effects(E::MaskPositionX(x)),
        PropertyDeclaration::Effects(E::MaskPositionY(y)),
        PropertyDeclaration::Effects(E::MaskSize(sizes)),
        PropertyDeclaration::Effects(E::MaskRepeat(repeats)),
        PropertyDeclaration::Effects(E::MaskOrigin(origins)),
        PropertyDeclaration::Effects(E::MaskClip(clips)),
        PropertyDeclaration::Effects(E::MaskComposite(composites)),
        PropertyDeclaration::Effects(E::MaskMode(modes)),
    ] = declarations
    else {
        return;
    };
    let count = images.len();
    let lengths = [
        x.len(),
        y.len(),
        sizes.len(),
        repeats.len(),
        origins.len(),
        clips.len(),
        composites.len(),
        modes.len(),
    ];
    if lengths.iter().any(|&length| length != count) {
        return;
    }
    for index in 0..count {
        if index > 0 {
            out.push_str(", ");
        }
        let position = Position { x: x[index].clone(), y: y[index].clone() };
        let mut words = layer_words(&images[index], &position, &sizes[index], repeats[index]);
        let (origin, clip) = (origins[index], clips[index]);
        if origin != MaskOrigin::BorderBox || clip != MaskClip::BorderBox {
            words.push(origin.to_css_string());
            if origin.as_str() != clip.as_str() {
                words.push(clip.to_css_string());
            }
        }
        if composites[index] != MaskComposite::Add {
            words.push(composites[index].to_css_string());
        }
        if modes[index] != MaskMode::MatchSource {
            words.push(modes[index].to_css_string());
        }
        if words.is_empty() {
            words.push("none".to_owned());
        }
        out.push_str(&words.join(" "));
    }
}
