"""Recipients end with a semicolon, the last line with a full stop."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.closing.recipient_lines import recipients
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """The first line with another mark, or none; a drafter's code ends the last one with a bracket."""
    groups = recipients(letter)
    coded = {id(line) for line in letter.parts["nguoi_soan"].lines} if "nguoi_soan" in letter.parts else set()
    for lines in groups:
        last, wanted = lines[-1], "." if lines is groups[-1] else ";"
        if id(last) in coded or last.text.endswith((wanted, ":")):
            continue
        yield finding("lint-recipients-mark", letter.place(last, len(last.text) - 1), wanted=wanted)
        return


RECIPIENT_MARKS = Rule("lint-recipients-mark", find, needs=("noi_nhan",))
