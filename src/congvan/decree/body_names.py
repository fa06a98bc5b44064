"""The names of bodies and titles: how a sentence writes them, and where a person breaks them into lines.

The words they are made of are in ``body_names.toml``; words that are not there are taken for the body's own name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from congvan.decree.unit_names import UNIT_KINDS, unit_in_sentence
from congvan.text.unicode_form import fold, without_marks


class WordKind(Enum):
    """What a word of a name says; ``OWN`` is part of the body's own name, ``HẬU LỘC``."""

    BODY = auto()
    FUNCTION = auto()
    TITLE = auto()
    JOINING = auto()
    UNIT = auto()
    DASH = auto()
    OWN = auto()


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name, of one syllable or more: ``ỦY BAN NHÂN DÂN``; ``written`` is its form in a sentence."""

    syllables: tuple[str, ...]
    kind: WordKind
    written: str


_TABLES: Final = {
    "joining": WordKind.JOINING,
    "titles": WordKind.TITLE,
    "functions": WordKind.FUNCTION,
    "bodies": WordKind.BODY,
}
"""A word of several tables is of the last one."""

_DASHES: Final = ("-", "–", "—")
_MARKS: Final = ",;"
_SYLLABLE: Final = re.compile(r"[^aeiouy]*[aeiouy]+(?:ch|ng|nh|[ckmnptlrsh])?", re.IGNORECASE)

_ROMAN: Final = re.compile("[IVX]+")

_BETWEEN_NAMES: Final = 300.0
_INSIDE_WORD: Final = 200.0
_INSIDE_UNIT: Final = 400.0
_INSIDE_LONG_WORD: Final = 60.0
_AT_A_MARK: Final = 8.0
_AFTER_UNIT: Final = 250.0
_AFTER_JOINING: Final = 150.0
_INSIDE_DOUBLE_NAME: Final = 60.0
_BETWEEN_WORDS: Final = 6.0
_AFTER_BODY: Final = 12.0
_BEFORE_OWN_NAME: Final = 4.0
_LINE: Final = 30.0
_UNEVEN: Final = 6.0
_LONE_SYLLABLE: Final = 25.0
"""What a break, a line, an uneven line cost; only their order matters."""


@lru_cache(maxsize=1024)  # letters of a campaign have few issuers
def in_sentence(name: str) -> str:
    """A name in capitals as a sentence writes it: ``Công ty Điện lực Thanh Hóa``; any other is returned as it is.

    A capital stands at each word that says what the body is and what it does (Decree 30/2020, Annex II, part III);
    words that are not known count as its own name, with a capital at each syllable.
    """
    line = " ".join(name.split())
    if not line.isupper():
        return line
    text = " ".join(_written(name_words(line)))
    return text[:1].upper() + text[1:]


def name_lines(name: str, share: Callable[[str], float]) -> tuple[str, ...]:
    """``name`` in lines, broken where a person breaks it; ``share`` is how much of the width a text takes, 1 all of it.

    As few lines as sense allows: a word of several syllables, or a unit and its name, are torn only where nothing else
    helps, and a last syllable is not left alone.
    """
    syllables = name.split()
    costs = break_costs(name)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(syllables) + 1):
        ways = []
        for start in range(end - 1, -1, -1):
            taken = share(" ".join(syllables[start:end]))
            if taken > 1 and start < end - 1:
                break
            ways.append((best[start][0] + costs[start] + _line_cost(end - start, taken, len(syllables)), start))
        best.append(min(ways))
    return tuple(_lines(syllables, best))


def _lines(syllables: Sequence[str], best: Sequence[tuple[float, int]]) -> list[str]:
    lines: list[str] = []
    end = len(syllables)
    while end:
        start = best[end][1]
        lines.insert(0, " ".join(syllables[start:end]))
        end = start
    return lines


def _line_cost(length: int, taken: float, of: int) -> float:
    lone = _LONE_SYLLABLE if length == 1 and of > 1 else 0
    return _LINE + lone + _UNEVEN * (1 - min(taken, 1)) ** 2


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[NameWord, ...]:
    """The words of ``name``, whatever its case; of those that are known the longest counts."""
    return tuple(_words(name.split(), _longest()))


def _words(syllables: Sequence[str], longest: int) -> Iterator[NameWord]:
    at = 0
    while at < len(syllables):
        word = _word(syllables[at : at + longest])
        yield word
        at += len(word.syllables)


def _word(syllables: Sequence[str]) -> NameWord:
    """The longest known word at the start of ``syllables``; its first syllable when none is known."""
    for length in range(len(syllables), 0, -1):
        taken = tuple(syllables[:length])
        text = " ".join(taken)
        known = _known().get(fold(text.rstrip(_MARKS)))
        if known is not None:
            mark = text[len(text.rstrip(_MARKS)) :]
            return NameWord(taken, known[0], known[1] + mark)
    first = syllables[0]
    if first in _DASHES:
        return NameWord((first,), WordKind.DASH, first)
    return NameWord((first,), WordKind.OWN, _own(first))


def _own(syllable: str) -> str:
    """``HẬU`` is ``Hậu``, ``RANG-THÁP`` is ``Rang-Tháp``; an abbreviation (``EVN``, ``TNHH``) stays."""
    return re.sub(r"[^\W\d_]+", lambda found: _capitalized(found[0]), syllable)


def _capitalized(letters: str) -> str:
    return letters.capitalize() if _SYLLABLE.fullmatch(without_marks(letters)) else letters


def _written(words: Sequence[NameWord]) -> Iterator[str]:
    """Each word in its form, a unit and its name together."""
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.kind is not WordKind.UNIT:
            yield word.written
            continue
        name: list[str] = []
        while at < len(words) and words[at].kind is WordKind.OWN:
            number = " ".join(words[at].syllables)
            name.append(number if _ROMAN.fullmatch(number) else words[at].written)
            at += 1
        is_area = word.written not in UNIT_KINDS
        text = " ".join((word.written, *name)) if is_area else unit_in_sentence(word.written, " ".join(name))
        yield text.rstrip()


@lru_cache(maxsize=4096)
def break_costs(name: str) -> tuple[float, ...]:
    """What it costs to begin a line with each syllable of ``name``; the first costs nothing."""
    costs: list[float] = []
    words = name_words(name)
    for at, word in enumerate(words):
        costs.append(_cost_between(words, at) if at else 0.0)
        costs += _costs_inside(word)
    return tuple(costs)


def _cost_between(words: Sequence[NameWord], at: int) -> float:
    """The cost of a break before the word ``at``."""
    left, right = words[at - 1], words[at]
    if right.kind is WordKind.DASH or left.syllables[-1].endswith("."):
        return _BETWEEN_NAMES
    if left.kind is WordKind.DASH:
        is_one_name = right.kind is WordKind.OWN and at > 1 and words[at - 2].kind is WordKind.OWN
        return _INSIDE_DOUBLE_NAME if is_one_name else 0.0
    if left.syllables[-1].endswith(tuple(_MARKS)):
        return _BEFORE_OWN_NAME
    if left.kind is WordKind.JOINING:
        return _AFTER_JOINING
    if left.kind is WordKind.UNIT:
        return _AFTER_UNIT
    is_nameless_unit = right.kind is WordKind.UNIT and at == len(words) - 1
    return _AFTER_BODY if is_nameless_unit else _cost_of_kinds(left.kind, right.kind)


def _cost_of_kinds(left: WordKind, right: WordKind) -> float:
    match left, right:
        case _, WordKind.UNIT:
            return 0.0
        case WordKind.OWN, WordKind.OWN:
            return _BETWEEN_NAMES
        case WordKind.BODY, WordKind.FUNCTION | WordKind.BODY:
            return _AFTER_BODY
        case _, WordKind.BODY:
            return 0.0
        case _, WordKind.OWN:
            return _BEFORE_OWN_NAME
        case _:
            return _BETWEEN_WORDS


def _costs_inside(word: NameWord) -> Iterator[float]:
    """The costs of breaks inside a word: little in one made of known words, such as ``CÔNG TY | CỔ PHẦN``."""
    length = len(word.syllables)
    if length == 1:
        return
    torn = _INSIDE_UNIT if word.kind is WordKind.UNIT else _INSIDE_WORD
    for at, part in enumerate(parts := tuple(_words(word.syllables, length - 1))):
        if at:
            yield _cost_inside(parts[at - 1], part, torn)
        yield from [torn] * (len(part.syllables) - 1)


def _cost_inside(left: NameWord, right: NameWord, torn: float) -> float:
    if left.kind is WordKind.JOINING or right.kind is WordKind.DASH:
        return torn
    is_at_a_mark = left.kind is WordKind.DASH or left.syllables[-1].endswith(tuple(_MARKS))
    if is_at_a_mark or right.kind is WordKind.JOINING:
        return _AT_A_MARK
    return torn if WordKind.OWN in (left.kind, right.kind) else _INSIDE_LONG_WORD


@cache
def _known() -> dict[str, tuple[WordKind, str]]:
    """Every known word by its key, with its kind and its form in a sentence."""
    table = tomllib.loads((files("congvan.decree") / "body_names.toml").read_text(encoding="utf-8"))
    known = {fold(word): (kind, word) for name, kind in _TABLES.items() for word in table[name]}
    known |= {fold(word): (WordKind.UNIT, word) for word in (*UNIT_KINDS, *table["areas"])}
    return known


@cache
def _longest() -> int:
    return max(len(key.split()) for key in _known())
