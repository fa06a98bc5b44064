"""Findings as a person reads them: grouped by cause, with the line, a caret and what to do, at most 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from congvan.findings.catalogue import Severity, meaning
from congvan.findings.finding import Finding, Place
from congvan.findings.language import Language, language

WIDTH: Final = 80
MANY: Final = 4
"""Causes of which each is shown whole; where they are more, all are shown in short and stay on one screen."""

_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_NAMES: Final[dict[Language, dict[Severity, str]]] = {
    "vi": {Severity.ERROR: "LỖI", Severity.WARNING: "LƯU Ý", Severity.INFO: "GỢI Ý"},
    "en": {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "HINT"},
}
_COUNTS: Final[dict[Language, tuple[str, str, str]]] = {
    "vi": ("{} lỗi", "{} lưu ý", "{} gợi ý"),
    "en": ("{} errors", "{} warnings", "{} hints"),
}
_MORE: Final[dict[Language, str]] = {"vi": "còn {count} chỗ nữa: {places}", "en": "{count} more places: {places}"}
_OTHERS: Final[dict[Language, str]] = {"vi": "và {} chỗ khác", "en": "and {} others"}
_IN_SHORT: Final[dict[Language, str]] = {
    "vi": "Cách sửa từng lỗi: congvan explain MÃ",
    "en": "What to do about each: congvan explain CODE",
}
_MOST_PLACES: Final = 60
"""Characters for the other places of a cause."""
_MARGIN: Final = "   | "


def listing(findings: Iterable[Finding], width: int = WIDTH, *, many: int = MANY) -> Iterator[str]:
    """The lines that show ``findings``, errors first; one cause stands once, with its further places and their count.

    Where the causes are more than ``many``, each takes two lines or three, without its line and its hint.
    """
    groups = by_cause(findings)
    in_short = len(groups) > many
    for group in groups:
        yield from _short(group, width) if in_short else _whole(group, width)
        if not in_short:
            yield ""
    if in_short:
        yield ""
        yield _IN_SHORT[language()]


def by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """``findings`` by their codes, errors first, each group in the order of its findings."""
    groups: dict[str, list[Finding]] = {}
    for found in findings:
        groups.setdefault(found.code, []).append(found)
    return sorted(groups.values(), key=lambda group: _ORDER.index(group[0].severity))


def counted(findings: Sequence[Finding]) -> str:
    """``2 lỗi, 1 lưu ý``: how many of each severity; those there are none of are left out."""
    counts = [sum(found.severity is severity for found in findings) for severity in _ORDER]
    shown = [text.format(count) for text, count in zip(_COUNTS[language()], counts, strict=True) if count]
    return ", ".join(shown)


def _whole(group: Sequence[Finding], width: int) -> Iterator[str]:
    first = group[0]
    yield from _wrapped(f"{_title(first)}: {first.message}", width)
    if place := _where(first.place):
        yield from _wrapped(f"  --> {place}", width, "      ")
    if first.place.near:
        yield from _excerpt(first.place, width)
    clause = meaning(first.code).clause
    for text in filter(None, (first.hint, clause, _further(group))):
        yield from _wrapped(f"   = {text}", width, "     ")


def _short(group: Sequence[Finding], width: int) -> Iterator[str]:
    first = group[0]
    yield from _wrapped(f"{_title(first)}: {first.message}", width)
    shown = "; ".join(filter(None, (_where(first.place), _further(group))))
    if shown:
        yield from _wrapped(f"  --> {shown}", width, "      ")


def _title(found: Finding) -> str:
    return f"{_NAMES[language()][found.severity]} [{found.code}]"


def _where(place: Place) -> str:
    """The place without the words that stand there, which the excerpt shows."""
    shown = replace(place, near=None, paragraph=None).text()
    if place.box is None:
        return shown
    left, top = (f"{edge:g}".replace(".", ",") for edge in place.box[:2])
    at = {"vi": f"cách mép trái {left} mm, mép trên {top} mm", "en": f"{left} mm from the left, {top} mm from the top"}
    return f"{shown}, {at[language()]}"


def _excerpt(place: Place, width: int) -> Iterator[str]:
    """The line, cut to the width around what is marked, and carets below that."""
    text, (start, end) = place.near or "", place.marked or (0, 0)
    room = width - len(_MARGIN)
    cut = 0
    if len(text) > room:
        cut = max(0, min(start - room // 3, len(text) - room))
    shown = text[cut : cut + room]
    yield f"{_MARGIN}{shown}"
    if place.marked is not None:
        length = max(1, min(end, cut + room) - start)
        yield f"{_MARGIN}{' ' * (start - cut)}{'^' * length}"


def _further(group: Sequence[Finding]) -> str:
    """Where else the cause was seen: the places as far as they fit, and the number of the others."""
    others = group[1:]
    if not others:
        return ""
    shown: list[str] = []
    for found in others:
        text = _beside(found.place, group[0].place)
        if shown and len("; ".join([*shown, text])) > _MOST_PLACES:
            break
        shown.append(text)
    left = len(others) - len(shown)
    places = "; ".join([*shown, *([_OTHERS[language()].format(left)] if left else [])])
    return _MORE[language()].format(count=len(others), places=places)


def _beside(place: Place, first: Place) -> str:
    """A further place, without the file and sheet where they are those of the first."""
    same = {name: None for name in ("file", "sheet") if getattr(place, name) == getattr(first, name)}
    return replace(place, **same, box=None, near=None, paragraph=None).text() or "…"


def _wrapped(text: str, width: int, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
