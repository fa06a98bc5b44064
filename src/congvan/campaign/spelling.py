"""An office's own texts, held to its own spelling: where tone marks stand. Told, never rewritten."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from congvan.errors import TemplateError
from congvan.findings import Finding, Place, finding
from congvan.text.fields.pattern import fixed_text
from congvan.text.tone_marks import ToneStyle, other_spellings

OwnText = tuple[Place, str]
"""A text with fields, and where it stands; a whole file has no line of its own."""

_SHOWN: Final = 3
_CAPITAL: Final = f"[{''.join(filter(str.isupper, map(chr, range(0x41, 0x1EFA))))}]"
_PERSON: Final = rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)(?: {_CAPITAL}\w*)+"
"""A person in a sentence: ``ông Lê Văn Hoà``; a name is written as its bearer writes it."""


def spelling_findings(texts: Iterable[OwnText], style: ToneStyle, names: Collection[str]) -> Iterator[Finding]:
    """For each text one finding that shows the first words with tone marks placed otherwise than ``style`` does.

    Only what stands outside fields is looked at, and there neither ``names`` nor persons called ông, bà, đồng chí.
    """
    spared = _spared(names)
    for place, text in dict.fromkeys(texts):
        words = list(_words(text, style, spared))
        if not words:
            continue
        shown = list(islice(dict.fromkeys(f"{found} → {wanted}" for _, found, wanted in words), _SHOWN + 1))
        told = ", ".join(shown[:_SHOWN]) + (", …" if len(shown) > _SHOWN else "")
        at = place if place.line else replace(place, line=words[0][0])
        yield finding("campaign-tone-marks", at, count=len(words), words=told, style=style)


def _words(text: str, style: ToneStyle, spared: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """The line of each such word, the word, and how it is wanted."""
    try:
        pieces = fixed_text(text)
    except TemplateError:  # told where fields are read
        return
    for first, piece in pieces:
        for number, line in enumerate(piece.split("\n"), first):
            seen = spared.sub(lambda name: " " * len(name[0]), line)
            yield from ((number, found, wanted) for _, found, wanted in other_spellings(seen, style))


def _spared(names: Collection[str]) -> re.Pattern[str]:
    """Whatever is somebody's name; of two names that begin alike the longer one."""
    known = sorted(filter(None, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join([*map(re.escape, known), _PERSON])})(?!\w)")
