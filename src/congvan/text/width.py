"""The width of a text in the pinned font, so that lines and columns can be measured without Word.

The widths are those of Liberation Serif 2.1.5, which are Times New Roman's: a rule computed here fits in Word,
in LibreOffice and in the embedded engine alike. ``widths.json`` is made by ``templates/make_widths.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_DRAWN_AS: Final = {"\u2011": "-"}  # the font has no non-breaking hyphen; programs draw the plain one


@dataclass(frozen=True, slots=True)
class _Face:
    """One face: advance of each character in parts of the type size, and of a character it lacks."""

    advances: Mapping[str, float]
    average: float = 0.5  # a digit, and the letter n, are exactly half the type size wide

    def width(self, text: str) -> float:
        return sum(self.advances.get(letter, self.average) for letter in text)


def text_width(text: str, size_pt: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of ``text`` on one line, in points; without kerning, which Word leaves off by default.

    A character the font lacks counts as an average letter; :func:`is_covered` finds out whether there is one.
    """
    return _faces()[bold, italic].width(text) * size_pt


def is_covered(text: str) -> bool:
    """True when the pinned font can draw every character of ``text`` in all four faces.

    Line ends and tabs count as covered: Word lays them out and no font draws them.
    """
    return _missing().search(text) is None


def missing_characters(text: bytes) -> list[str]:
    """The characters of ``text``, which is UTF-8, the pinned font cannot draw, each once, in code point order."""
    rare = text.translate(None, _drawn_ascii()).decode("utf-8", "surrogatepass")
    return sorted(set(_missing().findall(rare)))


@cache
def _missing() -> re.Pattern[str]:
    return re.compile(f"[^{re.escape(''.join(_drawn()))}\n\r\t]")


@cache
def _drawn_ascii() -> bytes:
    """Most of a document is ASCII; removing it as bytes first is many times faster than searching each character."""
    return bytes(code for code in range(128) if is_covered(chr(code)))


@cache
def _faces() -> dict[tuple[bool, bool], _Face]:
    table = _table()
    letters = _letters(table["ranges"])
    faces = {(False, False): "regular", (True, False): "bold", (False, True): "italic", (True, True): "bold_italic"}
    return {key: _face(letters, table["widths"][name], table["em"]) for key, name in faces.items()}


def _drawn() -> Mapping[str, float]:
    return _faces()[False, False].advances


def _face(letters: list[str], widths: list[int], em: int) -> _Face:
    advances = {letter: width / em for letter, width in zip(letters, widths, strict=True)}
    return _Face(advances | {letter: advances[other] for letter, other in _DRAWN_AS.items()})


def _letters(ranges: list[list[int]]) -> list[str]:
    return [chr(code) for first, last in ranges for code in range(first, last + 1)]


def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((files("congvan.text") / "widths.json").read_text(encoding="utf-8"))
    return table
