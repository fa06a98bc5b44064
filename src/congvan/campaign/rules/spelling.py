"""The tone marks of an office's own texts, compared with its own style; reported, never rewritten."""

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

OfficeText = tuple[Place, str]
"""The place of a text with fields, and the text; a whole file has no line of its own."""

_EXAMPLES: Final = 3
_CAPITAL: Final = f"[{''.join(filter(str.isupper, map(chr, range(0x41, 0x1EFA))))}]"
_PERSON: Final = rf"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)(?: {_CAPITAL}\w*)+"
"""A person in a sentence: ``ông Lê Văn Hoà``; a name is written as its bearer writes it."""


def spelling_findings(texts: Iterable[OfficeText], style: ToneStyle, names: Collection[str]) -> Iterator[Finding]:
    """One finding for each text with tone marks placed otherwise than in ``style``; it quotes the first such words.

    Fields, ``names`` and persons called ông, bà, đồng chí are ignored.
    """
    ignored = _ignored(names)
    for place, text in dict.fromkeys(texts):
        words = list(_words(text, style, ignored))
        if not words:
            continue
        changes = list(islice(dict.fromkeys(f"{found} → {wanted}" for _, found, wanted in words), _EXAMPLES + 1))
        examples = ", ".join(changes[:_EXAMPLES]) + (", …" if len(changes) > _EXAMPLES else "")
        # A whole file has no line of its own: point to the first such word in it.
        at = place if place.line else replace(place, line=words[0][0])
        yield finding("campaign-tone-marks", at, count=len(words), words=examples, style=style)


def _words(text: str, style: ToneStyle, ignored: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """Line, spelling and wanted spelling of each word that differs from ``style``."""
    try:
        pieces = fixed_text(text)
    except TemplateError:  # reported where fields are read
        return
    for first, piece in pieces:
        for number, line in enumerate(piece.split("\n"), first):
            rest = ignored.sub(lambda name: " " * len(name[0]), line)
            yield from ((number, found, wanted) for _, found, wanted in other_spellings(rest, style))


def _ignored(names: Collection[str]) -> re.Pattern[str]:
    """Matches the names of bodies and persons; of two names that begin alike the longer one."""
    known = sorted(filter(None, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join([*map(re.escape, known), _PERSON])})(?!\w)")
