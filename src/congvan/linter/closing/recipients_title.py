"""«Nơi nhận:» stands on a line of its own, with its colon."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.prescribed import as_prescribed
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_TITLE = "Nơi nhận:"


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Another spelling, or no colon."""
    line = letter.parts["noi_nhan_tieu_de"].lines[0]
    if not as_prescribed(line.text, _TITLE):
        yield finding("lint-recipients-title", letter.place(line, 0, len(line.text)), wanted=_TITLE)


RECIPIENTS_TITLE = Rule("lint-recipients-title", find, needs=("noi_nhan_tieu_de",), even_unsure=True)
