"""Every recipient begins with a hyphen and a space."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.closing.recipient_lines import recipients
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The first one that begins otherwise."""
    for lines in recipients(letter):
        text = lines[0].text
        if not text.startswith("- "):
            yield finding("lint-recipients-dash", letter.place(lines[0], 0))
            return


RECIPIENT_DASHES = Rule("lint-recipients-dash", find, needs=("noi_nhan",))
