"""Writes ``src/congvan/word/body/CongvanSymbols.ttf``: the boxes to tick ☐ ☑ ☒, which the pinned font lacks.

The outlines are drawn here, so that the font is congvan's own. Run it again when they change::

    python templates/make_symbols.py
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

TARGET = Path(__file__).resolve().parents[1] / "src" / "congvan" / "word" / "body" / "CongvanSymbols.ttf"
EM = 1000
WIDTH = 850
LEFT, BOTTOM, SIDE, LINE = 75, -60, 700, 60
NAMES = {0x20: "space", 0x2610: "box", 0x2611: "checked", 0x2612: "crossed"}
Point = tuple[int, int]


def main() -> None:
    """Draw the glyphs and write the font; the same bytes every time."""
    glyphs = {".notdef": outline([]), "space": outline([])}
    glyphs |= {"box": outline(box()), "checked": outline([*box(), tick()]), "crossed": outline([*box(), *cross()])}
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(NAMES)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (250 if name == "space" else WIDTH, LEFT) for name in glyphs})
    builder.setupHorizontalHeader(ascent=891, descent=-216)
    builder.setupNameTable(
        {
            "familyName": "Congvan Symbols",
            "styleName": "Regular",
            "psName": "CongvanSymbols",
            "fullName": "Congvan Symbols",
            "uniqueFontIdentifier": "CongvanSymbols-1",
            "version": "Version 1.0",
        }
    )
    builder.setupOS2(sTypoAscender=891, sTypoDescender=-216, usWinAscent=891, usWinDescent=216, fsType=0)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(TARGET)


def outline(contours: list[list[Point]]) -> object:
    """A glyph of straight lines."""
    pen = TTGlyphPen(None)
    for contour in contours:
        pen.moveTo(contour[0])
        for point in contour[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def box() -> list[list[Point]]:
    """The frame: the inner square runs the other way round, and so is left out."""
    outer = square(LEFT, BOTTOM, SIDE)
    inner = square(LEFT + LINE, BOTTOM + LINE, SIDE - 2 * LINE)
    return [outer, inner[::-1]]


def square(left: int, bottom: int, side: int) -> list[Point]:
    """Its corners, clockwise from the lower left."""
    return [(left, bottom), (left, bottom + side), (left + side, bottom + side), (left + side, bottom)]


def tick() -> list[Point]:
    """The mark in a checked box."""
    return [(205, 330), (265, 385), (375, 255), (585, 530), (645, 480), (380, 120)]


def cross() -> list[list[Point]]:
    """The two strokes in a crossed box."""
    return [
        [(215, 120), (165, 170), (635, 520), (685, 470)],
        [(635, 120), (165, 470), (215, 520), (685, 170)],
    ]


if __name__ == "__main__":
    main()
