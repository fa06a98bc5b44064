"""The recipients of a letter with «Kính gửi» begin with «Như trên»."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.decree import phrases
from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A list without it."""
    part = letter.parts["noi_nhan"]
    if not any(
        "nhu tren" in phrases.plain(line.text) or "nhu kinh gui" in phrases.plain(line.text) for line in part.lines
    ):
        yield finding("lint-as-above", letter.place(part.lines[0]))


AS_ABOVE = Rule("lint-as-above", find, needs=("kinh_gui", "noi_nhan"), kinds=lambda kind: kind.la_cong_van)
