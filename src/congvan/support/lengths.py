"""Lengths that know their unit: millimetres, points and twips, never a bare number.

Word counts in twips (20 a point), type sizes and PDF pages in points (72 an inch), the decree in millimetres. The three
types are numbers, so that they add up and compare as such; a conversion is always written out::

    Mm(20).twips        # 1134
    Twips(1134).mm      # 20.003…
"""

from __future__ import annotations

from typing import Final

_MM_PER_INCH: Final = 25.4
_PT_PER_INCH: Final = 72
_TWIPS_PER_PT: Final = 20


class Mm(float):
    """A length in millimetres."""

    __slots__ = ()

    @property
    def pt(self) -> Pt:
        """The same length in points."""
        return Pt(self / _MM_PER_INCH * _PT_PER_INCH)

    @property
    def twips(self) -> Twips:
        """The same length in twips, to the nearest one."""
        return self.pt.twips


class Pt(float):
    """A length in points, 1/72 of an inch."""

    __slots__ = ()

    @property
    def mm(self) -> Mm:
        """The same length in millimetres."""
        return Mm(self / _PT_PER_INCH * _MM_PER_INCH)

    @property
    def twips(self) -> Twips:
        """The same length in twips, to the nearest one."""
        return Twips(round(self * _TWIPS_PER_PT))


class Twips(int):
    """A length in twips, 1/20 of a point: Word's own unit (``w:dxa``)."""

    __slots__ = ()

    @property
    def pt(self) -> Pt:
        """The same length in points."""
        return Pt(self / _TWIPS_PER_PT)

    @property
    def mm(self) -> Mm:
        """The same length in millimetres."""
        return self.pt.mm
