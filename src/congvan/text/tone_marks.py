"""Where a tone mark stands in a syllable that may be written in two ways: hòa, khỏe, thủy or hoà, khoẻ, thuỷ.

The decree does not say which (its own text has both), so an office may hold to one. Only open syllables in ``oa``,
``oe`` and ``uy`` differ: where a letter follows (hoàn, khoẻn, huỳnh), and after ``qu`` (quý), all write alike. Two
spellings are compared by :func:`congvan.text.fold`, which does not mind where the mark stands; here they are told
apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from congvan.text.unicode_form import TONES, nfc


class ToneStyle(StrEnum):
    """The two ways, each by the word that shows it."""

    OLD = "hòa"
    NEW = "hoà"


_ONSETS: Final = "ngh?|nh|ch|gh|kh|ph|th|tr|[bcdđghklmnprstvx]"
"""Consonants a syllable may begin with; not ``q``, whose ``u`` belongs to it."""

_PAIRS: Final = tuple(
    (nfc(first + tone) + second, first + nfc(second + tone))
    for vowels in ("oa", "oe", "uy")
    for first in (vowels[0], vowels[0].upper())
    for second in (vowels[1], vowels[1].upper())
    for tone in TONES
)
_WRITTEN: Final[Mapping[ToneStyle, Mapping[str, str]]] = {
    ToneStyle.OLD: {new: old for old, new in _PAIRS},
    ToneStyle.NEW: dict(_PAIRS),
}
"""For each style the vowels of the other, and how it writes them."""

_VOWELS: Final = "|".join(vowels for pair in _PAIRS for vowels in pair)
_SYLLABLE: Final = re.compile(rf"(?<![^\W_])(?<![\u0300-\u036f])(?i:{_ONSETS})?(?:{_VOWELS})(?![^\W_]|[\u0300-\u036f])")


def tone_style(word: str) -> ToneStyle | None:
    """The way ``word`` is written; None where both write it alike, or where it has syllables of both."""
    styles = {style for style in ToneStyle if with_tones(word, style) != nfc(word)}
    if len(styles) != 1:
        return None
    return ToneStyle.NEW if ToneStyle.OLD in styles else ToneStyle.OLD


def with_tones(text: str, style: ToneStyle) -> str:
    """``text`` in Unicode form NFC with its tone marks placed as ``style`` does; everything else as it was."""
    other = _WRITTEN[style]
    return _SYLLABLE.sub(lambda found: _moved(found[0], other), nfc(text))


def otherwise_written(text: str, style: ToneStyle) -> list[tuple[int, str, str]]:
    """Every syllable of ``text`` in the other way: its place in the NFC form, itself, and how ``style`` writes it."""
    other = _WRITTEN[style]
    syllables = ((found.start(), found[0], _moved(found[0], other)) for found in _SYLLABLE.finditer(nfc(text)))
    return [each for each in syllables if each[1] != each[2]]


def _moved(syllable: str, other: Mapping[str, str]) -> str:
    vowels = syllable[-2:]
    return syllable[:-2] + other.get(vowels, vowels)
