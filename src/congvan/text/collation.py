"""The order of Vietnamese names: the alphabet of 29 letters, tones after letters, numbers by their value."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, TypeAlias

from congvan.text.unicode_form import TONES, letter_d, nfc

Element: TypeAlias = tuple[int, int, str]
"""A letter, number or mark: its class, its rank in the class, and the digits of a number."""

CollationKey: TypeAlias = tuple[tuple[Element, ...], tuple[tuple[int, ...], ...], tuple[bool, ...], str, str]
"""Letters, then the tones of each word, then capitals, then the text itself, so that no two texts are equal."""

_ALPHABET: Final = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
"""The 29 letters, and f, j, w and z of foreign names where Latin order has them."""

_SHAPES: Final = "\u0302\u0306\u031b"
"""Circumflex, breve and horn make another letter; tones do not."""

_MARKS: Final = ",;:!?.'‘’\"“”()[]{}@*/\\&#%"
"""Marks of ASCII and quotation marks in the order of Unicode's collation (CLDR root), all others after them."""

_PIECE: Final = re.compile(r"[0-9]+|[^0-9]")
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")

_SPACE, _HYPHEN, _MARK, _NUMBER, _LETTER, _FOREIGN = range(6)


def collation_key(text: str) -> CollationKey:
    """The sort key of ``text`` in a Vietnamese list.

    Letters decide first (a ă â b c d đ e ê …), then tones word by word (level, huyền, hỏi, ngã, sắc, nặng,
    wherever in the word the mark is written), then capitals after small letters. A space comes before a
    hyphen, before other marks, before numbers, before letters; ``Thôn 2`` comes before ``Thôn 10``.
    White space counts as one space, and none at the ends. Only a text and itself have the same key.
    """
    plain = " ".join(nfc(text).split())
    return (
        tuple(element for piece in _PIECE.findall(plain) for element in _elements(piece)),
        tuple(_tones(word) for word in _WORD.findall(plain)),
        tuple(character.isupper() for character in plain),
        plain,
        text,
    )


def person_key(name: str) -> tuple[CollationKey, CollationKey]:
    """The sort key of a person: by the given name, which comes last, then by the whole name."""
    given_name = name.split()[-1:]
    return collation_key("".join(given_name)), collation_key(name)


@lru_cache(maxsize=8192)
def _tones(word: str) -> tuple[int, ...]:
    """The tone marks of a word; none for the level tone, which therefore comes first."""
    return tuple(TONES.index(character) for character in unicodedata.normalize("NFD", word) if character in TONES)


@lru_cache(maxsize=8192)
def _elements(piece: str) -> tuple[Element, ...]:
    """A number or one character as elements; a mark that composes with nothing and an invisible character have none."""
    if piece.isascii() and piece.isdigit():
        digits = piece.lstrip("0")
        return ((_NUMBER, len(digits), digits),)
    match unicodedata.category(piece):
        case "Zs":
            return ((_SPACE, 0, ""),)
        case "Pd":
            return ((_HYPHEN, ord(piece), ""),)
        case "Mn" | "Cf":
            return ()
    if piece.isalnum():
        return (_letter(piece),)
    at = _MARKS.find(piece)
    return ((_MARK, at if at >= 0 else len(_MARKS) + ord(piece), ""),)


def _letter(character: str) -> Element:
    apart = unicodedata.normalize("NFD", letter_d(character).lower())
    base = apart[0]
    shaped = nfc(base + "".join(mark for mark in apart[1:] if mark in _SHAPES))
    rank = _ALPHABET.get(shaped, _ALPHABET.get(base))
    return (_FOREIGN, ord(base), "") if rank is None else (_LETTER, rank, "")
