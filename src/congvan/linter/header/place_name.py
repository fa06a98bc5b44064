"""The name of the place begins with a capital, and says the place alone."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.header.date_parts import date_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A place in small letters, in capitals throughout, or none before the date."""
    part = letter.parts["dia_danh_ngay"]
    parts = date_parts(part.text)
    if parts is None:
        return
    place = parts.text("place")
    if not place:
        yield finding("lint-place-missing", letter.place(part.lines[0], 0, 4))
    elif not place[0].isupper() or (place.isupper() and len(place.split()) > 1):
        written = " ".join(word[:1].upper() + word[1:].lower() for word in place.split())
        yield finding("lint-place-name", letter.place(part.lines[0], *parts.span("place")), wanted=written)


PLACE_NAME = Rule("lint-place-name", find, needs=("dia_danh_ngay",), also=("lint-place-missing",))
