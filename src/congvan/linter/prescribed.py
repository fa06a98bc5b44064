"""Texts the decree prescribes word by word, compared without regard to the place of tone marks (HÒA, HOÀ)."""

from __future__ import annotations

from itertools import takewhile

from congvan.text.tone_marks import ToneStyle, with_tones


def as_prescribed(text: str, wanted: str) -> bool:
    """Whether ``text`` says the wanted words, letter by letter and mark by mark."""
    return _one_style(text) == _one_style(wanted)


def first_difference(text: str, wanted: str) -> tuple[int, int]:
    """The characters of ``text`` from the first that is not as wanted to the end of its word."""
    pairs = zip(_one_style(text), _one_style(wanted), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = min(same, max(len(text) - 1, 0))
    end = text.find(" ", start)
    return start, max(start + 1, end if end >= 0 else len(text))


def _one_style(text: str) -> str:
    return with_tones(text, ToneStyle.OLD)
