//! Values of the user interface.
//! <https://drafts.csswg.org/css-ui-4/#cursor>

use std::sync::Arc;

use fanlight_base::Atom;

use super::Parse;
use super::calc::Range;
use super::color::{Color, SpecifiedColor};
use super::identifier::CustomIdent;
use super::number::parse_number;
use super::url::CssUrl;
use crate::syntax::error::invalid_value;
use crate::syntax::serialize::write_number;
use crate::syntax::{CssResult, ParseContext, Parser, ToCss};

keywords! {
    /// A named pointer.
    pub enum CursorKeyword {
        Auto = "auto", Default = "default", None = "none", ContextMenu = "context-menu", Help = "help",
        Pointer = "pointer" | "hand", Progress = "progress", Wait = "wait", Cell = "cell", Crosshair = "crosshair",
        Text = "text", VerticalText = "vertical-text", Alias = "alias", Copy = "copy", Move = "move",
        NoDrop = "no-drop", NotAllowed = "not-allowed", Grab = "grab" | "-webkit-grab",
        Grabbing = "grabbing" | "-webkit-grabbing", EResize = "e-resize", NResize = "n-resize",
        NeResize = "ne-resize", NwResize = "nw-resize", SResize = "s-resize", SeResize = "se-resize",
        SwResize = "sw-resize", WResize = "w-resize", EwResize = "ew-resize", NsResize = "ns-resize",
        NeswResize = "nesw-resize", NwseResize = "nwse-resize", ColResize = "col-resize", RowResize = "row-resize",
        AllScroll = "all-scroll", ZoomIn = "zoom-in" | "-webkit-zoom-in", ZoomOut = "zoom-out" | "-webkit-zoom-out",
    }
}

/// An image for the pointer, with its hot spot in px.
pub type CursorImage = (CssUrl, Option<(f32, f32)>);

/// `cursor`
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    /// Images in order of preference.
    pub images: Option<Arc<[CursorImage]>>,
    /// What is shown where no image can be.
    pub keyword: CursorKeyword,
}

impl Cursor {
    /// `auto`
    pub const AUTO: Cursor = Cursor { images: None, keyword: CursorKeyword::Auto };
}

impl Parse for Cursor {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let mut images = Vec::new();
        while let Ok(url) = input.try_parse(|input| CssUrl::parse(input, context)) {
            let hot_spot = input.try_parse(|input| -> CssResult<_> {
                Ok((parse_number(input, Range::All)?, parse_number(input, Range::All)?))
            });
            input.expect_comma()?;
            images.push((url, hot_spot.ok()));
        }
        let keyword = CursorKeyword::parse(input, context)?;
        Ok(Cursor { images: (!images.is_empty()).then(|| images.into()), keyword })
    }
}

impl ToCss for Cursor {
    fn to_css(&self, out: &mut String) {
        for (url, hot_spot) in self.images.iter().flat_map(|images| images.iter()) {
            url.to_css(out);
            if let Some((x, y)) = hot_spot {
                out.push(' ');
                write_number(*x, out);
                out.push(' ');
                write_number(*y, out);
            }
            out.push_str(", ");
        }
        self.keyword.to_css(out);
    }
}

/// `color-scheme`
/// <https://drafts.csswg.org/css-color-adjust-1/#color-scheme-prop>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColorScheme {
    /// The schemes by name; empty is `normal`.
    pub schemes: Arc<[Atom]>,
    /// Whether others are ruled out.
    pub only: bool,
}

/// The names of no schemes: `Arc<[T]>` has no constant, so `normal` shares this.
static NO_SCHEMES: std::sync::LazyLock<Arc<[Atom]>> = std::sync::LazyLock::new(|| Arc::new([]));

impl ColorScheme {
    /// `normal`
    pub fn normal() -> Self {
        ColorScheme { schemes: NO_SCHEMES.clone(), only: false }
    }

    /// Whether the used scheme is dark, where the user prefers it dark or not.
    pub fn is_dark(&self, prefers_dark: bool) -> bool {
        let has = |name: &str| self.schemes.iter().any(|scheme| &**scheme == name);
        has("dark") && (prefers_dark || !has("light"))
    }
}

impl Parse for ColorScheme {
    fn parse(input: &mut Parser<'_>, _context: &ParseContext<'_>) -> CssResult<Self> {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            return Ok(ColorScheme::normal());
        }
        let (mut schemes, mut only) = (Vec::new(), false);
        while !input.is_exhausted() {
            if !only && input.try_parse(|input| input.expect_ident_matching("only")).is_ok() {
                only = true;
                continue;
            }
            let name = CustomIdent::parse_excluding(input, &["normal", "only"])?.0;
            let lower = name.to_ascii_lowercase();
            schemes.push(if matches!(lower.as_str(), "light" | "dark") { Atom::from(lower) } else { name });
        }
        if schemes.is_empty() {
            Err(invalid_value())
        } else {
            Ok(ColorScheme { schemes: schemes.into(), only })
        }
    }
}

impl ToCss for ColorScheme {
    fn to_css(&self, out: &mut String) {
        if self.schemes.is_empty() {
            return out.push_str("normal");
        }
        crate::syntax::write_space_separated(&self.schemes, out);
        if self.only {
            out.push_str(" only");
        }
    }
}

keywords! {
    /// <https://drafts.csswg.org/css-images-3/#the-image-orientation>
    pub enum ImageOrientation { FromImage = "from-image", None = "none" }
}

computes_by_parts! {
    /// `scrollbar-color`
    pub struct ScrollbarColor<C = Color> {
        /// The thumb.
        pub thumb: C,
        /// The track.
        pub track: C,
    }
}

impl Parse for ScrollbarColor<SpecifiedColor> {
    fn parse(input: &mut Parser<'_>, context: &ParseContext<'_>) -> CssResult<Self> {
        let thumb = SpecifiedColor::parse(input, context)?;
        Ok(ScrollbarColor { thumb, track: SpecifiedColor::parse(input, context)? })
    }
}

impl<C: ToCss> ToCss for ScrollbarColor<C> {
    fn to_css(&self, out: &mut String) {
        self.thumb.to_css(out);
        out.push(' ');
        self.track.to_css(out);
    }
}

computes_to_itself!(Cursor, ColorScheme);
