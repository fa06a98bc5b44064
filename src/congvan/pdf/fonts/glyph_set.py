"""Glyphs of a face as the bits of one number: what lines and letters show is joined often, and read rarely."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TypeAlias

GlyphSet: TypeAlias = int


def glyph_set(glyphs: Iterable[int]) -> GlyphSet:
    """The set of ``glyphs``; sets are joined with ``|``."""
    return reduce(or_, (1 << glyph for glyph in glyphs), 0)


def glyphs_in(shown: GlyphSet) -> frozenset[int]:
    """The glyphs of a set."""
    return frozenset(glyph for glyph in range(shown.bit_length()) if shown >> glyph & 1)
