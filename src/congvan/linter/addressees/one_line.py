"""One addressee stands on the line of «Kính gửi», without a dash and without a mark at its end."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.addressees.addressee_lines import DASH, addressees
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """One addressee with a dash, or below the label."""
    found = addressees(letter)
    if found is None:
        return
    if found.behind and DASH.match(found.behind) and not found.begins:
        start = len(found.label.text) - len(found.behind)
        yield finding("lint-addressee-alone", letter.place(found.label, start))
    elif not found.behind and len(found.begins) == 1 and DASH.match(found.begins[0].text):
        yield finding("lint-addressee-alone", letter.place(found.begins[0], 0))


ONE_LINE = Rule("lint-addressee-alone", find, needs=("kinh_gui",))
