"""The signature does not stand alone on a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_TEXT: Final = ("noi_dung", "de_muc", "o_bang", "can_cu")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A signature on a page behind the first without a line of text."""
    title = letter.parts["quyen_han"].lines[0]
    texts = {line.page for name in _TEXT if name in letter.parts for line in letter.parts[name].lines}
    if title.page > 1 and title.page not in texts:
        yield finding("lint-signature-alone", letter.place(title))


SIGNATURE_ALONE = Rule("lint-signature-alone", find, needs=("quyen_han",), source="pdf")
