"""The Unicode form of a text: checked and compared, never silently rewritten.

Names are written in two ways that look the same (composed and decomposed letters), two ways that read
the same (Hòa and Hoà), and with letters of other alphabets that look like Vietnamese ones (Ð for Đ).
:func:`lookalikes` and :func:`findings` report it; :func:`fold` compares without regard to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse, islice
from typing import Final

from congvan.findings import Finding, Place, finding

TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
"""The five tone marks in the order of the dictionary: huyền, hỏi, ngã, sắc, nặng."""

_LETTERS_MEANT: Final = {
    # Latin letters of other languages, typed or converted for Vietnamese ones
    **dict(zip("ÐðƉɖǍǎıɑ", "ĐđĐđĂăia", strict=True)),
    # Cyrillic
    **dict(zip("АВЕКМНОРСТУХІЅЈаеорсухіѕј", "ABEKMHOPCTYXISJaeopcyxisj", strict=True)),
    # Greek
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι", "ABEZHIKMNOPTYXovi", strict=True)),
}
_D_WITH_STROKE: Final = str.maketrans({"ð": "đ", "ɖ": "đ", "Ð": "Đ", "Ɖ": "Đ"})
_DIRECTIONS: Final = "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of writing: ``gpj.exe`` may look like ``exe.jpg``."""

_FILLERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"
_INVISIBLE: Final = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    + _FILLERS
    + "".join(
        map(chr, (*range(0x2061, 0x2065), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)))
    )
)
WITHOUT_INVISIBLE: Final = str.maketrans("", "", _INVISIBLE + _DIRECTIONS)
"""For ``str.translate``: removes every character a reader cannot see."""

_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_MAX_WORD: Final = 20
_NAMELESS: Final = "khong-ten"


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A character that is not what it looks like.

    ``position`` counts from 0 in the text's NFC form; ``meant`` is the right character: a letter,
    an ordinary space, or nothing.
    """

    position: int
    character: str
    meant: str

    @property
    def code_point(self) -> str:
        """``U+00D0``, as character tables name it."""
        return f"U+{ord(self.character):04X}"


def nfc(text: str) -> str:
    """``text`` with composed letters (Unicode NFC), the form congvan stores every text in."""
    return unicodedata.normalize("NFC", text)


def is_nfc(text: str) -> bool:
    """True when :func:`nfc` would change nothing."""
    return unicodedata.is_normalized("NFC", text)


def lookalikes(text: str) -> tuple[Lookalike, ...]:
    """Every character of ``text`` that looks like another or like nothing, in order.

    Greek and Cyrillic letters count only in a word that also has Latin letters, so that a Greek or Russian
    word is left alone; Ð and similar letters, loose marks, odd spaces and invisible characters count always.
    """
    composed = nfc(text)
    latin = _in_latin_words(composed)
    odd = ((at, character, _meant(character, in_latin_word=at in latin)) for at, character in enumerate(composed))
    return tuple(Lookalike(at, character, meant) for at, character, meant in odd if meant is not None)


def findings(text: str, place: Place | None = None) -> tuple[Finding, ...]:
    """Report what is odd in the Unicode form of ``text``: one finding for each character, however often it occurs."""
    return (*_decomposed(text, place), *_look_alike(text, place))


def fold(text: str) -> str:
    """A key that is equal for texts a reader takes for the same.

    Without regard to case, Unicode form, the place of the tone mark in a word (Hòa, Hoà), Ð for Đ,
    invisible characters, and how white space is written. Not for printing.
    """
    return " ".join(filter(None, map(_folded, text.split())))


@lru_cache(maxsize=8192)  # names are made of few words
def _folded(word: str) -> str:
    """The key of one word; empty for a word of invisible characters."""
    visible = word.translate(WITHOUT_INVISIBLE)
    return nfc(_tones_last(unicodedata.normalize("NFD", letter_d(nfc(visible).casefold()))))


def without_marks(text: str) -> str:
    """Vietnamese letters as plain ASCII ones: ``Đỗ Thị Bưởi`` is ``Do Thi Buoi``; other characters stay."""
    plain = letter_d(text).replace("đ", "d").replace("Đ", "D")
    marks_apart = unicodedata.normalize("NFD", plain)
    return nfc("".join(filterfalse(unicodedata.combining, marks_apart)))


def letter_d(text: str) -> str:
    """``text`` with the look-alikes of Đ and đ replaced, for comparing and ordering."""
    return text.translate(_D_WITH_STROKE)


def slug(text: str, limit: int = 60) -> str:
    """``text`` as a file name for any system: ``Huyện Đông Sơn`` is ``huyen-dong-son``.

    Lower-case ASCII letters and digits, words joined by ``-``, cut after a whole word to at most ``limit``
    characters. Never empty, and never a name Windows reserves (``con``, ``nul``), which get ``_``.

    Raises:
        ValueError: for a limit below 1.
    """
    if limit < 1:
        raise ValueError(f"a name needs at least one character: {limit}")
    plain = without_marks(unicodedata.normalize("NFKC", text)).lower()
    name = _cut("-".join(re.findall(r"[a-z0-9]+", plain)) or _NAMELESS, limit)
    return f"{name[: limit - 1]}_" if name in _RESERVED else name


def _cut(name: str, limit: int) -> str:
    if len(name) <= limit:
        return name
    words = name[: limit + 1].rpartition("-")[0]
    return words or name[:limit]


def _tones_last(decomposed: str) -> str:
    """Each word's tone marks moved to its end, so that Hòa and Hoà become one."""
    moved: list[str] = []
    tones: list[str] = []
    for character in decomposed:
        if character in TONES:
            tones.append(character)
            continue
        if not (character.isalpha() or unicodedata.combining(character)):
            moved += tones
            tones.clear()
        moved.append(character)
    return "".join(moved + tones)


def _meant(character: str, *, in_latin_word: bool) -> str | None:
    """The character meant by ``character``; None when it is right."""
    category = unicodedata.category(character)
    if character.isascii():
        return None
    if character in _INVISIBLE or character in _DIRECTIONS or category == "Mn":
        return ""
    if category == "Zs":
        return " "
    if unicodedata.decomposition(character).startswith(("<wide>", "<font>")):
        return unicodedata.normalize("NFKC", character)
    return _LETTERS_MEANT.get(character) if in_latin_word else None


def _in_latin_words(text: str) -> set[int]:
    """The positions inside words with at least one Latin letter."""
    words = re.finditer(r"\w+", text)
    return {at for word in words if any(map(_is_latin, word[0])) for at in range(*word.span())}


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN ")


def _decomposed(text: str, place: Place | None) -> Iterator[Finding]:
    if words := [word for word in text.split() if not is_nfc(word)]:
        yield finding("text-not-nfc", place, words=_some(words))


def _look_alike(text: str, place: Place | None) -> Iterator[Finding]:
    composed = nfc(text)
    seen: dict[str, list[Lookalike]] = {}
    for odd in lookalikes(text):
        seen.setdefault(odd.character, []).append(odd)
    for character, odds in seen.items():
        words = _some(_around(composed, odd.position) for odd in odds)
        yield finding(
            _code(character), place, sign=character, point=odds[0].code_point, meant=odds[0].meant, words=words
        )


def _code(character: str) -> str:
    if character in _DIRECTIONS:
        return "text-direction"
    if character in _INVISIBLE:
        return "text-invisible"
    return {"Mn": "text-stray-mark", "Zs": "text-odd-space"}.get(unicodedata.category(character), "text-lookalike")


def _around(text: str, at: int) -> str:
    """The word at a position, or the two words beside an odd space."""
    before = re.split(r"\s", text[max(0, at - _MAX_WORD) : at])[-1]
    after = re.split(r"\s", text[at + 1 : at + 1 + _MAX_WORD])[0]
    return f"{before}{text[at]}{after}"


def _some(words: Iterable[str]) -> str:
    """The first three different words."""
    return ", ".join(islice(dict.fromkeys(words), 3))
