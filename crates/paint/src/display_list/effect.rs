//! What groups of items are composited with: opacity, blending, filters, masks.

use fanlight_base::Rgba;
use fanlight_base::geometry::CssVector;
use fanlight_image::SvgFilter;

use super::arena::{Arena, arena_id};
use super::{ClipId, RoundedRect, SpatialId};

/// Names a node of an [`EffectTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectId(pub u32);

/// A group: its items are drawn on a transparent surface, which is filtered, cut by `clip`, faded, and blended with what
/// is below.
///
/// A mask, and `background-clip: text`, is a last group inside the masked one with [`BlendMode::DestinationIn`].
#[derive(Clone, Debug, PartialEq)]
pub struct EffectNode {
    /// The group it is in.
    pub parent: Option<EffectId>,
    /// The space of lengths in filters.
    pub spatial: SpatialId,
    /// What cuts the finished group. Items inside name this clip, or one inside it; what of it they share is applied
    /// once, to the group.
    pub clip: Option<ClipId>,
    /// `opacity`, 0 to 1.
    pub opacity: f32,
    /// How it is blended.
    pub blend_mode: BlendMode,
    /// `filter`, in order.
    pub filters: Vec<Filter>,
}

impl EffectNode {
    /// A group that changes nothing but isolates: blending inside sees only the group.
    /// <https://drafts.fxtf.org/compositing-1/#isolation>
    pub fn isolated(parent: Option<EffectId>, spatial: SpatialId, clip: Option<ClipId>) -> Self {
        EffectNode { parent, spatial, clip, opacity: 1.0, blend_mode: BlendMode::Normal, filters: Vec::new() }
    }
}

/// How a group is blended with what is below.
/// <https://drafts.fxtf.org/compositing-1/#mix-blend-mode>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlendMode {
    /// `normal`
    #[default]
    Normal,
    /// `multiply`
    Multiply,
    /// `screen`
    Screen,
    /// `overlay`
    Overlay,
    /// `darken`
    Darken,
    /// `lighten`
    Lighten,
    /// `color-dodge`
    ColorDodge,
    /// `color-burn`
    ColorBurn,
    /// `hard-light`
    HardLight,
    /// `soft-light`
    SoftLight,
    /// `difference`
    Difference,
    /// `exclusion`
    Exclusion,
    /// `hue`
    Hue,
    /// `saturation`
    Saturation,
    /// `color`
    Color,
    /// `luminosity`
    Luminosity,
    /// `plus-lighter`
    PlusLighter,
    /// The group where nothing is below, and nothing else.
    /// <https://drafts.fxtf.org/compositing-1/#porterduffcompositingoperators_srcout>
    SourceOut,
    /// The group and what is below, each where the other is not.
    /// <https://drafts.fxtf.org/compositing-1/#porterduffcompositingoperators_xor>
    Xor,
    /// Keeps what is below where the group is opaque: a mask.
    /// <https://drafts.fxtf.org/compositing-1/#porterduffcompositingoperators_dstin>
    DestinationIn,
}

impl BlendMode {
    /// The keyword of CSS, or the operator's name.
    pub const fn name(self) -> &'static str {
        match self {
            BlendMode::Normal => "normal",
            BlendMode::Multiply => "multiply",
            BlendMode::Screen => "screen",
            BlendMode::Overlay => "overlay",
            BlendMode::Darken => "darken",
            BlendMode::Lighten => "lighten",
            BlendMode::ColorDodge => "color-dodge",
            BlendMode::ColorBurn => "color-burn",
            BlendMode::HardLight => "hard-light",
            BlendMode::SoftLight => "soft-light",
            BlendMode::Difference => "difference",
            BlendMode::Exclusion => "exclusion",
            BlendMode::Hue => "hue",
            BlendMode::Saturation => "saturation",
            BlendMode::Color => "color",
            BlendMode::Luminosity => "luminosity",
            BlendMode::PlusLighter => "plus-lighter",
            BlendMode::SourceOut => "source-out",
            BlendMode::Xor => "xor",
            BlendMode::DestinationIn => "destination-in",
        }
    }

    /// Whether it changes what is below where the group is transparent.
    pub const fn reaches_outside(self) -> bool {
        matches!(self, BlendMode::SourceOut | BlendMode::DestinationIn)
    }
}

/// The first item of a group whose box has a `backdrop-filter`: what is below the group, filtered.
/// <https://drafts.fxtf.org/filter-effects-2/#BackdropFilterProperty>
#[derive(Clone, Debug, PartialEq)]
pub struct Backdrop {
    /// The border box. Filters see what is inside it, mirrored at its edges.
    /// <https://drafts.fxtf.org/filter-effects-2/#backdrop-filter-operation>
    pub area: RoundedRect,
    /// The filters, in order.
    pub filters: Vec<Filter>,
}

/// One filter function. <https://drafts.fxtf.org/filter-effects-1/#FilterProperty>
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `blur()`: the standard deviation in CSS px.
    Blur(f32),
    /// `brightness()`: the factor.
    Brightness(f32),
    /// `contrast()`: the factor.
    Contrast(f32),
    /// `grayscale()`: the part, 0 to 1.
    Grayscale(f32),
    /// `hue-rotate()`: the angle in degrees.
    HueRotate(f32),
    /// `invert()`: the part, 0 to 1.
    Invert(f32),
    /// `opacity()`: the factor, 0 to 1.
    Opacity(f32),
    /// `saturate()`: the factor.
    Saturate(f32),
    /// `sepia()`: the part, 0 to 1.
    Sepia(f32),
    /// `drop-shadow()`
    DropShadow {
        /// Where the shadow is, relative to the group, in CSS px.
        offset: CssVector,
        /// The standard deviation in CSS px.
        deviation: f32,
        /// Its colour.
        color: Rgba,
    },
    /// A `<filter>` element.
    Reference(SvgFilter),
    /// How light something is becomes how opaque it is, as in masks. What is transparent is dark.
    /// <https://drafts.fxtf.org/css-masking-1/#MaskValues>
    LuminanceToAlpha,
}

/// All groups; a parent comes before its children. A chain has the groups that something is in, the innermost first.
pub type EffectTree = Arena<EffectNode>;

arena_id!(EffectId of EffectNode);
