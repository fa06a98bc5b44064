"""The font every PDF carries: Liberation Serif 2.1.5, with Times New Roman's metrics and all of Vietnamese.

A letter says "Times New Roman", as the decree does (Decree 30/2020, Annex I.I.3); a PDF made here draws
it with these four faces on every machine. ``OFL.txt`` beside them is their licence.
:mod:`congvan.pdf.fonts.coverage` says which characters they have.
"""

from functools import cache
from importlib.resources import files
from typing import Final

FAMILY: Final = "Liberation Serif"
STANDS_FOR: Final = "Times New Roman"
SYMBOLS: Final = "Congvan Symbols"
"""The font of boxes to tick, which :mod:`congvan.word.body.symbols` puts into a document."""
_FACES: Final = ("Regular", "Bold", "Italic", "BoldItalic")

__all__ = ["FAMILY", "STANDS_FOR", "faces", "is_pinned"]


@cache
def faces() -> tuple[bytes, ...]:
    """The four TrueType files: regular, bold, italic, bold italic."""
    folder = files("congvan.pdf.fonts")
    return tuple((folder / f"LiberationSerif-{face}.ttf").read_bytes() for face in _FACES)


def is_pinned(face: str) -> bool:
    """True when ``face``, as a PDF names it, belongs to the pinned family or to the one it stands for.

    An office suite may use the machine's own Times New Roman, which is what the letter asks for.
    """
    name = face.rpartition("+")[2].replace(" ", "")
    return name.startswith(tuple(family.replace(" ", "") for family in (FAMILY, STANDS_FOR, SYMBOLS)))
