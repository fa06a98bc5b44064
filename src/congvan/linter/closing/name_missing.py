"""A letter shows the name of who signs it, and the title."""

from __future__ import annotations

from congvan.findings import finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated


def find(letter: ReadLetter) -> Findings:
    """A title without a name; where neither is found the letter may be signed in a way not recognised."""
    if "ho_ten" in letter.parts:
        return
    title = letter.part("quyen_han")
    if title is None:
        yield not_evaluated("unjudged-no-part", part="Quyền hạn, chức vụ")
    else:
        yield finding("lint-signer-missing", letter.place(title.lines[-1]))


NAME_MISSING = Rule("lint-signer-missing", find)
