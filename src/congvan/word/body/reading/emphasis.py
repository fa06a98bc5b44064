"""Which stars and underscores belong together, by CommonMark's rules (section 6.2).

One rule is congvan's own: a star between two digits multiplies, "2*3*4", and stays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_STRONG: Final = 2


@dataclass(slots=True)
class Delimiter:
    """A row of ``count`` equal signs, the token at ``index``; what it may do follows from the letters around it."""

    index: int
    sign: str
    count: int
    opens: bool
    closes: bool
    first_count: int

    @classmethod
    def between(cls, index: int, signs: str, before: str, after: str) -> Delimiter:
        """The row ``signs`` between two letters, empty at an end of the text."""
        left = _is_left(before, after)
        right = _is_left(after, before)
        if signs[0] == "_":  # never inside a word: snake_case
            opens, closes = left and (not right or _is_sign(before)), right and (not left or _is_sign(after))
            return cls(index, "_", len(signs), opens, closes, len(signs))
        multiplies = before.isdigit() and after.isdigit()
        return cls(index, signs[0], len(signs), left and not multiplies, right and not multiplies, len(signs))


@dataclass(frozen=True, slots=True)
class Emphasis:
    """From the token at ``first`` to the one at ``last``, both excluded, everything is bold or italic."""

    first: int
    last: int
    is_bold: bool


def emphases(delimiters: Sequence[Delimiter]) -> Iterator[Emphasis]:
    """Match ``delimiters``, in order; the ``count`` of each becomes what is left over of it."""
    openers: list[Delimiter] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    for closer in delimiters:
        kind = (closer.sign, closer.opens, closer.first_count % 3)
        while closer.closes and closer.count and (found := _opener(openers, closer, bottoms.get(kind, 0))) is not None:
            opener = openers[found]
            width = _STRONG if min(opener.count, closer.count) >= _STRONG else 1
            opener.count -= width
            closer.count -= width
            yield Emphasis(opener.index, closer.index, is_bold=width == _STRONG)
            del openers[found + (opener.count > 0) :]
            bottoms = {key: min(bottom, len(openers)) for key, bottom in bottoms.items()}
        if closer.closes and closer.count:
            bottoms[kind] = len(openers)
        if closer.opens and closer.count:
            openers.append(closer)


def _opener(openers: Sequence[Delimiter], closer: Delimiter, bottom: int) -> int | None:
    for index in range(len(openers) - 1, bottom - 1, -1):
        opener = openers[index]
        if opener.sign == closer.sign and not _is_odd_pair(opener, closer):
            return index
    return None


def _is_odd_pair(opener: Delimiter, closer: Delimiter) -> bool:
    """CommonMark's rule of three, which keeps ``**a*b**`` one bold text."""
    if not (opener.closes or closer.opens):
        return False
    both = opener.first_count + closer.first_count
    return both % 3 == 0 and not (opener.first_count % 3 == 0 and closer.first_count % 3 == 0)


def _is_left(before: str, after: str) -> bool:
    """Left-flanking: not before a space, and before a sign only after a space or a sign."""
    if not after or after.isspace():
        return False
    return not _is_sign(after) or not before or before.isspace() or _is_sign(before)


def _is_sign(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter)[0] in "PS"
