"""One administrative unit, and when two names of units are the same name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from congvan.decree.unit_names import unit_in_sentence
from congvan.text.unicode_form import fold, nfc

CODE_WIDTHS: Final = {"tinh": 2, "huyen": 3, "xa": 5}
"""Digits of a unit's code at each level (Decision 124/2004/QĐ-TTg, kept by Decision 19/2025/QĐ-TTg)."""

_SHORT_KINDS: Final = {
    "t": "tỉnh",
    "tp": "thành phố",
    "tx": "thị xã",
    "q": "quận",
    "h": "huyện",
    "p": "phường",
    "x": "xã",
    "tt": "thị trấn",
    "đk": "đặc khu",
}
_KIND_BEFORE: Final = re.compile(
    r"(?:(?P<kind>tỉnh|thành phố|thị xã|quận|huyện|phường|xã|thị trấn|đặc khu) "
    r"|(?P<short>tp|tx|tt|đk|q|h|p|x|t)(?:\. ?| |(?=\d)))(?P<name>.+)",
    re.IGNORECASE,
)
_PUNCTUATION: Final = re.compile(r"[-–—'’‘`.,]")
_ZEROS: Final = re.compile(r"\b0+(?=\d)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, district or commune.

    ``ma`` is its code, ``ten`` its full name as the list writes it (``Huyện Hậu Lộc``), ``cap`` its level
    (``tinh``, ``huyen``, ``xa``), ``parent`` the code of the unit it belongs to, None for a province.
    """

    ma: str
    ten: str
    cap: str
    parent: str | None = None

    @property
    def loai(self) -> str:
        """The kind word, lower-case: ``huyện``; empty when the name has none."""
        return split_name(self.ten)[0]

    @property
    def ten_rieng(self) -> str:
        """The name without the kind word: ``Hậu Lộc``."""
        return split_name(self.ten)[1]

    @property
    def in_sentence(self) -> str:
        """The name inside a sentence: ``huyện Hậu Lộc``, but ``Quận 1``, ``Xã Quang Trung``.

        The kind word is lower-case unless the unit is named by a number, a person or an event (Decree
        30/2020, Annex II). Which names are persons' is known for the well-known ones only.
        """
        kind, name = split_name(self.ten)
        return unit_in_sentence(kind, name) if kind else self.ten


def split_name(name: str) -> tuple[str, str]:
    """A unit's name as kind and own name: ``("thành phố", "Thanh Hóa")`` from ``TP. Thanh Hóa``.

    The kind is empty when the name begins with none.
    """
    match = _KIND_BEFORE.fullmatch(" ".join(nfc(name).split()))
    if match is None:
        return "", name
    kind, short = match["kind"], match["short"]
    return kind.lower() if kind else _SHORT_KINDS[short.lower()], match["name"]


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """A key equal for two spellings of one name: case, place of tone marks, hyphens, apostrophes, ``Phường 01``."""
    spaced = _PUNCTUATION.sub(" ", fold(name))
    return _ZEROS.sub("", " ".join(spaced.split()))
