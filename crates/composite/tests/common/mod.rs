//! Display lists for tests: by hand, and at random from a seed.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, OnceLock};

use fanlight_base::geometry::{CssPoint, CssRect, CssSize, CssTransform, CssVector, DeviceSize};
use fanlight_base::{Rgba, Sides};
use fanlight_composite::{CompositeOptions, Composited, GlyphCache, composite};
use fanlight_image::{DecodeOptions, Image, RasterImage, decode};
use fanlight_paint::DisplayList;
use fanlight_paint::display_list::*;
use fanlight_text::{FontContext, FontDescription, FontSource, Fonts, ShapeOptions};

pub fn rect(x: f32, y: f32, width: f32, height: f32) -> CssRect {
    CssRect::new(CssPoint::new(x, y), CssSize::new(width, height))
}

pub fn item(kind: ItemKind) -> DisplayItem {
    DisplayItem {
        node: None,
        bounds: rect(-1000.0, -1000.0, 4000.0, 4000.0),
        clip: None,
        spatial: SpatialId::DOCUMENT,
        effect: None,
        kind,
    }
}

pub fn filled(rect: CssRect, color: Rgba) -> DisplayItem {
    DisplayItem { bounds: rect, ..item(ItemKind::Rect { rect, color }) }
}

pub fn list(items: Vec<DisplayItem>) -> DisplayList {
    DisplayList { items, ..DisplayList::default() }
}

pub fn border(outer: RoundedRect, width: f32, style: BorderStyle, colors: [Rgba; 4]) -> DisplayItem {
    let side = |color| BorderSide { style, color };
    item(ItemKind::Border(Box::new(Border {
        outer,
        widths: Sides::all(width),
        sides: Sides::new(side(colors[0]), side(colors[1]), side(colors[2]), side(colors[3])),
    })))
}

pub fn text(content: &str, size: f32, x: f32, baseline: f32, color: Rgba, blur: f32) -> DisplayItem {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    let fonts =
        FONTS.get_or_init(|| Fonts::without_web_fonts(Arc::new(FontContext::new(FontSource::Pinned))));
    let stack = fonts.stack(&FontDescription { size, ..FontDescription::default() });
    let shaped = stack.shape(content, 0..content.len(), &ShapeOptions::default());
    let mut pen = x;
    let mut glyphs = Vec::new();
    for glyph in shaped.runs().next().expect("the text has glyphs").glyphs() {
        glyphs
            .push(PositionedGlyph { id: glyph.id, position: CssPoint::new(pen + glyph.x_offset, baseline) });
        pen += glyph.advance;
    }
    let bounds = rect(
        x - size - blur * 2.0,
        baseline - size * 1.5 - blur * 2.0,
        pen - x + size * 2.0 + blur * 4.0,
        size * 3.0 + blur * 4.0,
    );
    DisplayItem {
        bounds,
        ..item(ItemKind::Text(Box::new(TextItem {
            font: shaped.runs().next().expect("the text has glyphs").font().clone(),
            glyphs: glyphs.into(),
            color,
            blur,
            turn: Default::default(),
            text: content.into(),
        })))
    }
}

pub fn options(width: i32, height: i32) -> CompositeOptions {
    CompositeOptions { threads: 1, ..CompositeOptions::new(DeviceSize::new(width, height), 1.0) }
}

pub fn draw(list: &DisplayList, options: &CompositeOptions) -> Composited {
    composite(&Arc::new(list.clone()), options, &GlyphCache::new(), None)
}

/// The red components of a part of a row.
pub fn reds(frame: &Composited, y: i32, from: i32, to: i32) -> Vec<u8> {
    let width = frame.size().width;
    (from..to).map(|x| frame.pixels()[(y * width + x) as usize][0]).collect()
}

pub fn pixel(frame: &Composited, x: i32, y: i32) -> [u8; 3] {
    let [red, green, blue, _] = frame.pixels()[(y * frame.size().width + x) as usize];
    [red, green, blue]
}

/// Numbers that look random, the same for the same seed.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    pub fn below(&mut self, limit: u32) -> u32 {
        self.next() % limit
    }

    pub fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * (self.next() % 4096) as f32 / 4096.0
    }

    pub fn color(&mut self) -> Rgba {
        let alpha = if self.below(2) == 0 { 255 } else { self.below(256) as u8 };
        Rgba::from_u8(self.below(256) as u8, self.below(256) as u8, self.below(256) as u8, alpha)
    }

    pub fn rect(&mut self) -> CssRect {
        let (x, y) = (self.between(-30.0, 200.0), self.between(-30.0, 150.0));
        let rect = rect(x, y, self.between(1.0, 120.0), self.between(1.0, 90.0));
        if self.below(2) == 0 { rect.round() } else { rect }
    }

    pub fn rounded(&mut self) -> RoundedRect {
        let rect = self.rect();
        let radii = std::array::from_fn(|_| CssSize::new(self.between(0.0, 30.0), self.between(0.0, 30.0)));
        RoundedRect::new(rect, radii)
    }
}

fn checkers() -> Image {
    let pixels = (0..24 * 18).flat_map(|index| {
        let value = if (index / 3 + index / 24) % 2 == 0 { 250 } else { 40 };
        [value, (index % 251) as u8, 128, 255]
    });
    Image::Raster(RasterImage::from_premultiplied(24, 18, pixels.collect()).expect("the pixels fit the size"))
}

fn drawing() -> Image {
    let source = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><circle cx='5' cy='5' r='4' fill='teal'/></svg>";
    decode(source, Some("image/svg+xml"), &DecodeOptions::default()).expect("a well-formed drawing")
}

/// A list of all kinds of items, clips, transforms and groups.
pub fn random_list(seed: u64, items: usize) -> DisplayList {
    let mut random = Random(seed);
    let mut list = DisplayList::default();
    let turned = CssTransform::rotation(0.0, 0.0, 1.0, euclid::Angle::degrees(17.0))
        .then_translate(euclid::vec3(20.3, 11.7, 0.0));
    let spaces = [
        SpatialId::DOCUMENT,
        SpatialId::VIEWPORT,
        list.spatial
            .push(SpatialId::DOCUMENT, SpatialKind::Transform { matrix: turned, backface_hidden: false }),
        list.spatial.push(
            SpatialId::DOCUMENT,
            SpatialKind::Transform { matrix: CssTransform::scale(1.5, 0.7, 1.0), backface_hidden: false },
        ),
    ];
    let mut clips = vec![None, None, None];
    for _ in 0..4 {
        let shape = match random.below(2) {
            0 => ClipShape::Rect(random.rect().inflate(30.0, 30.0)),
            _ => ClipShape::RoundedRect(random.rounded()),
        };
        let parent = clips[random.below(clips.len() as u32) as usize];
        let spatial = spaces[random.below(4) as usize];
        clips.push(Some(list.clips.push(ClipNode { parent, spatial, shape })));
    }
    let mut effect = None;
    for _ in 0..items {
        match random.below(8) {
            0 => effect = None,
            1 => {
                let clip = clips[random.below(clips.len() as u32) as usize];
                let node = EffectNode::isolated(effect, SpatialId::DOCUMENT, clip);
                let node = match random.below(6) {
                    0 => EffectNode { opacity: random.between(0.1, 1.0), ..node },
                    1 => EffectNode { blend_mode: BlendMode::Multiply, ..node },
                    2 => EffectNode { filters: vec![Filter::Blur(random.between(0.5, 6.0))], ..node },
                    3 => EffectNode { blend_mode: BlendMode::DestinationIn, ..node },
                    4 => EffectNode {
                        filters: vec![Filter::DropShadow {
                            offset: CssVector::new(3.0, 5.0),
                            deviation: 2.5,
                            color: Rgba::BLACK,
                        }],
                        ..node
                    },
                    _ => node,
                };
                effect = Some(list.effects.push(node));
                if random.below(4) == 0 {
                    list.items.push(backdrop(&mut random, effect, clip));
                }
            }
            _ => {}
        }
        let mut made = random_item(&mut random);
        made.clip = clips[random.below(clips.len() as u32) as usize];
        made.spatial = spaces[random.below(4) as usize];
        made.effect = effect;
        list.items.push(made);
    }
    list
}

/// A filtered backdrop, as the first item of a group.
fn backdrop(random: &mut Random, effect: Option<EffectId>, clip: Option<ClipId>) -> DisplayItem {
    let area = random.rounded();
    let filters = vec![Filter::Blur(3.0), Filter::Invert(1.0)];
    let kind = ItemKind::Backdrop(Box::new(Backdrop { area, filters }));
    DisplayItem { bounds: area.rect, clip, effect, ..item(kind) }
}

pub fn random_item(random: &mut Random) -> DisplayItem {
    let styles = [
        BorderStyle::Solid,
        BorderStyle::Dotted,
        BorderStyle::Dashed,
        BorderStyle::Double,
        BorderStyle::Groove,
        BorderStyle::Inset,
    ];
    match random.below(9) {
        0 => filled(random.rect(), random.color()),
        1 => item(ItemKind::RoundedRect { rounded: random.rounded(), color: random.color() }),
        2 => {
            let style = styles[random.below(6) as usize];
            let colors = std::array::from_fn(|_| random.color());
            let outer =
                if random.below(2) == 0 { random.rounded() } else { RoundedRect::sharp(random.rect()) };
            border(outer, random.between(1.0, 12.0).round(), style, colors)
        }
        3 => item(ItemKind::BoxShadow(Box::new(BoxShadow {
            edge: if random.below(2) == 0 { random.rounded() } else { RoundedRect::sharp(random.rect()) },
            offset: CssVector::new(random.between(-9.0, 9.0), random.between(-9.0, 9.0)),
            blur: if random.below(3) == 0 { 0.0 } else { random.between(0.0, 20.0) },
            spread: random.between(-5.0, 5.0),
            color: random.color(),
            side: if random.below(2) == 0 { ShadowSide::Outer } else { ShadowSide::Inner },
        }))),
        4 => {
            let blur = if random.below(3) == 0 { random.between(1.0, 8.0) } else { 0.0 };
            let (x, y) = (random.between(-5.0, 120.0), random.between(0.0, 140.0));
            text("Sphinx of quartz", random.between(8.0, 40.0), x, y, random.color(), blur)
        }
        5 => item(ItemKind::Decoration(Box::new(DecorationLine {
            origin: random.rect().origin,
            length: random.between(5.0, 150.0),
            thickness: random.between(1.0, 5.0),
            vertical: random.below(4) == 0,
            style: [
                DecorationStyle::Solid,
                DecorationStyle::Double,
                DecorationStyle::Dotted,
                DecorationStyle::Dashed,
                DecorationStyle::Wavy,
            ][random.below(5) as usize],
            color: random.color(),
            blur: 0.0,
        }))),
        6 => {
            let image = if random.below(3) == 0 { drawing() } else { checkers() };
            let dest = random.rect();
            let tile = rect(
                dest.origin.x + 3.0,
                dest.origin.y,
                random.between(5.0, 40.0),
                random.between(5.0, 40.0),
            );
            let tiling = Tiling { tile, spacing: CssSize::new(random.between(0.0, 4.0), 0.0) };
            item(ItemKind::Image(Box::new(ImageItem {
                image,
                object_size: CssSize::new(24.0, 18.0),
                source: rect(0.0, 0.0, 24.0, 18.0),
                dest,
                tiling: (random.below(2) == 0).then_some(tiling),
                rendering: ImageRendering::Smooth,
            })))
        }
        7 => {
            let dest = random.rect();
            let kind = match random.below(3) {
                0 => GradientKind::Linear {
                    start: CssPoint::new(0.0, random.between(0.0, 9.0)),
                    end: CssPoint::new(dest.size.width, dest.size.height),
                },
                1 => GradientKind::Radial {
                    center: CssPoint::new(dest.size.width / 2.0, 10.0),
                    radii: CssSize::new(random.between(1.0, 60.0), random.between(1.0, 60.0)),
                },
                _ => GradientKind::Conic {
                    center: CssPoint::new(9.5, 11.5),
                    angle: random.between(0.0, 360.0),
                },
            };
            let stops = vec![
                GradientStop { offset: 0.0, color: random.color() },
                GradientStop { offset: random.between(0.1, 0.9), color: random.color() },
                GradientStop { offset: 1.0, color: random.color() },
            ];
            let space = if random.below(3) == 0 { GradientSpace::Oklab } else { GradientSpace::Srgb };
            let gradient = Gradient { kind, stops, repeating: random.below(3) == 0, space };
            item(ItemKind::Gradient(Box::new(GradientItem {
                gradient: Arc::new(gradient),
                dest,
                tiling: None,
            })))
        }
        _ => {
            let points: Vec<CssPoint> = (0..5).map(|_| random.rect().origin).collect();
            let segments = vec![
                PathSegment::MoveTo(points[0]),
                PathSegment::CubicTo(points[1], points[2], points[3]),
                PathSegment::LineTo(points[4]),
                PathSegment::Close,
            ];
            let stroke = Stroke {
                color: random.color(),
                width: random.between(0.5, 6.0),
                cap: LineCap::Round,
                join: LineJoin::Round,
                dashes: Vec::new(),
                dash_offset: 0.0,
            };
            item(ItemKind::Path(Box::new(PathItem {
                path: Arc::new(Path { segments }),
                fill: Some((random.color(), FillRule::EvenOdd)),
                stroke: Some(stroke),
            })))
        }
    }
}
