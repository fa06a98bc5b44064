"""The position of a tone mark in a syllable that may be written in two ways: hòa, khỏe, thủy or hoà, khoẻ, thuỷ.

The decree does not prescribe one (its own text has both), so an office may choose. Only open syllables in ``oa``,
``oe`` and ``uy`` differ: where a letter follows (hoàn, khoẻn, huỳnh), and after ``qu`` (quý), all write alike. Two
spellings are compared by :func:`congvan.text.fold`, which ignores the position of the mark; here they are
distinguished.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from congvan.text.unicode_form import TONES, nfc


class ToneStyle(StrEnum):
    """The two ways, each by an example."""

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
_REPLACEMENTS: Final[Mapping[ToneStyle, Mapping[str, str]]] = {
    ToneStyle.OLD: {new: old for old, new in _PAIRS},
    ToneStyle.NEW: dict(_PAIRS),
}
"""For each style: the vowels as the other style writes them, and as this one does."""

_VOWELS: Final = "|".join(vowels for pair in _PAIRS for vowels in pair)
_SYLLABLE: Final = re.compile(rf"(?<![^\W_])(?<![\u0300-\u036f])(?i:{_ONSETS})?(?:{_VOWELS})(?![^\W_]|[\u0300-\u036f])")


def tone_style(word: str) -> ToneStyle | None:
    """The way ``word`` is written; None where both write it alike, or where it has syllables of both."""
    styles = {style for style in ToneStyle if with_tones(word, style) != nfc(word)}
    if len(styles) != 1:
        return None
    return ToneStyle.NEW if ToneStyle.OLD in styles else ToneStyle.OLD


def with_tones(text: str, style: ToneStyle) -> str:
    """Place the tone marks of ``text`` as ``style`` does; the result is in Unicode form NFC, otherwise unchanged."""
    other = _REPLACEMENTS[style]
    return _SYLLABLE.sub(lambda found: _respell(found[0], other), nfc(text))


def other_spellings(text: str, style: ToneStyle) -> list[tuple[int, str, str]]:
    """Find the syllables of the other style: position in the NFC form, the syllable, its spelling in ``style``."""
    other = _REPLACEMENTS[style]
    syllables = ((found.start(), found[0], _respell(found[0], other)) for found in _SYLLABLE.finditer(nfc(text)))
    return [each for each in syllables if each[1] != each[2]]


def _respell(syllable: str, other: Mapping[str, str]) -> str:
    vowels = syllable[-2:]
    return syllable[:-2] + other.get(vowels, vowels)
