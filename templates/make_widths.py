"""Writes ``src/congvan/text/widths.json``: how wide each character of the pinned font is, in font units.

Run it again when the fonts in ``src/congvan/pdf/fonts/`` change::

    python templates/make_widths.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from fontTools.ttLib import TTFont

SOURCE = Path(__file__).resolve().parents[1] / "src" / "congvan"
FACES = {
    "regular": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
    "bold_italic": "LiberationSerif-BoldItalic.ttf",
}


def main() -> None:
    """Read the four faces, keep the characters all of them have, and write their widths."""
    fonts = {name: TTFont(SOURCE / "pdf" / "fonts" / file) for name, file in FACES.items()}
    codes = sorted(set.intersection(*(set(font.getBestCmap()) for font in fonts.values())))
    # The first two characters of every TrueType cmap are controls (NUL, CR): a letter never prints them.
    codes = [code for code in codes if code >= ord(" ")]
    table = {
        "em": fonts["regular"]["head"].unitsPerEm,
        "ranges": ranges(codes),
        "widths": {name: widths(font, codes) for name, font in fonts.items()},
    }
    target = SOURCE / "text" / "widths.json"
    target.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")


def ranges(codes: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of code points without a gap, each as its first and last."""
    found: list[tuple[int, int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def widths(font: TTFont, codes: Iterable[int]) -> list[int]:
    """The advance of each code point, in font units."""
    names, advances = font.getBestCmap(), font["hmtx"]
    return [advances[names[code]][0] for code in codes]


if __name__ == "__main__":
    main()
