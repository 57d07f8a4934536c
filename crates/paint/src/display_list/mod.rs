//! The display list: what to draw, in painting order. Paint makes it, composite draws it, and neither looks further.
//!
//! It is flat. Beside the items stand three trees that items point into: where an item's coordinates live
//! ([`SpatialTree`]), what cuts it ([`ClipTree`]) and what it is composited with ([`EffectTree`]).
//!
//! **Coordinates** are CSS px in the item's spatial node.
//!
//! **Snapping is paint's**: edges of boxes (backgrounds, borders, replaced content, clips of overflow, decorations) are
//! put on whole device px of their spatial node before they come here, with [`PixelSnapping`]. Composite draws what it
//! is given: an edge on a device px is sharp, any other is anti-aliased. Glyph positions are not snapped by paint:
//! composite puts baselines that are axis-parallel on whole px, and glyphs on quarters of a px along them.
//!
//! **Groups**: the items of one effect, and of the effects inside it, are next to each other. An effect is a group that is
//! drawn apart and then composited as a whole.

mod arena;
mod border;
mod clip;
mod dump;
mod effect;
mod gradient;
mod image;
mod item;
mod path;
mod rounded;
mod snap;
mod spatial;
mod text;

pub use arena::{Arena, ArenaNode};
pub use border::{Border, BorderSide, BorderStyle, BoxShadow, ShadowSide};
pub use clip::{ClipId, ClipNode, ClipShape, ClipTree};
pub use effect::{Backdrop, BlendMode, EffectId, EffectNode, EffectTree, Filter};
pub use gradient::{Gradient, GradientItem, GradientKind, GradientSpace, GradientStop, HueMethod};
pub use image::{ImageItem, ImageRendering, Tiling};
pub use item::{DisplayItem, ItemKind};
pub use path::{FillRule, LineCap, LineJoin, Path, PathItem, PathSegment, Stroke};
pub use rounded::RoundedRect;
pub use snap::PixelSnapping;
pub use spatial::{ScrollNode, SpatialId, SpatialKind, SpatialNode, SpatialTree};
pub use text::{DecorationLine, DecorationStyle, GlyphTurn, PositionedGlyph, TextItem};

use fanlight_base::Rgba;
use fanlight_base::geometry::CssSize;

/// Everything that is drawn of a page, in painting order.
/// <https://drafts.csswg.org/css2/#elaborate-stacking-contexts>
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisplayList {
    /// What to draw, the lowest first.
    pub items: Vec<DisplayItem>,
    /// Where items are.
    pub spatial: SpatialTree,
    /// What cuts items.
    pub clips: ClipTree,
    /// What items are composited with.
    pub effects: EffectTree,
    /// The size of the document, viewport or scrollable overflow, whichever is greater, in CSS px.
    pub content_size: CssSize,
    /// The colour of the canvas: what the root element's background becomes, painted under everything and without end.
    /// <https://drafts.csswg.org/css-backgrounds-3/#special-backgrounds>
    pub canvas_color: Option<Rgba>,
}
