"""Makes the fonts of these tests: python3 make.py (needs fonttools and brotli).

boxes.ttf     glyphs that are boxes, a kerning pair (A B), a ligature (f i), a two-layer colour glyph (c)
boxes.woff    the same, packed
boxes.woff2   the same, packed
weights.ttf   one glyph (A) whose width follows the axis wght (100 to 900), and which leans with slnt (-15 to 0)
"""

from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import build as build_variable


def box(left, bottom, right, top, lean=0):
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    pen.lineTo((left + lean, top))
    pen.lineTo((right + lean, top))
    pen.lineTo((right, bottom))
    pen.closePath()
    return pen.glyph()


def font(family, glyphs, cmap, weight=400):
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: shape for name, (_, shape) in glyphs.items()})
    builder.setupHorizontalMetrics({name: (advance, 0) for name, (advance, _) in glyphs.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "fullName": family, "psName": family.replace(" ", "")})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWeightClass=weight, sxHeight=500, sCapHeight=700)
    builder.setupPost(underlinePosition=-100, underlineThickness=50)
    return builder


empty = TTGlyphPen(None).glyph()
boxes = font(
    "Fanlight Boxes",
    {
        ".notdef": (500, box(50, 0, 450, 700)),
        "space": (250, empty),
        "A": (600, box(0, 0, 600, 700)),
        "B": (500, box(0, 0, 500, 700)),
        "f": (300, box(0, 0, 300, 700)),
        "i": (200, box(0, 0, 200, 700)),
        "f_i": (400, box(0, 0, 400, 700)),
        "c": (1000, box(0, 0, 1000, 1000)),
        "inner": (1000, box(250, 250, 750, 750)),
    },
    {32: "space", 65: "A", 66: "B", 99: "c", 102: "f", 105: "i"},
)
addOpenTypeFeaturesFromString(
    boxes.font,
    "feature kern { pos A B -100; pos B space -50; } kern; feature liga { sub f i by f_i; } liga;",
)
boxes.font["COLR"] = buildCOLR({"c": [("c", 0), ("inner", 0xFFFF)]})
boxes.font["CPAL"] = buildCPAL([[(1.0, 0.0, 0.0, 1.0)]])
boxes.save("boxes.ttf")
for flavor in ("woff", "woff2"):
    packed = TTFont("boxes.ttf")
    packed.flavor = flavor
    packed.save("boxes." + flavor)

space = DesignSpaceDocument()
for tag, name, least, default, greatest in (("wght", "Weight", 100, 400, 900), ("slnt", "Slant", -15, 0, 0)):
    axis = AxisDescriptor()
    axis.tag, axis.name, axis.minimum, axis.default, axis.maximum = tag, name, least, default, greatest
    space.addAxis(axis)
for width, lean, location in (
    (400, 0, {"Weight": 400, "Slant": 0}),
    (300, 0, {"Weight": 100, "Slant": 0}),
    (900, 0, {"Weight": 900, "Slant": 0}),
    (400, 200, {"Weight": 400, "Slant": -15}),
):
    source = SourceDescriptor()
    source.font = font(
        "Fanlight Weights",
        {".notdef": (500, box(50, 0, 450, 700)), "space": (250, empty), "A": (width, box(0, 0, width, 700, lean))},
        {32: "space", 65: "A"},
    ).font
    source.location = location
    space.addSource(source)
variable, _, _ = build_variable(space)
variable.save("weights.ttf")
