"""«Kính gửi» stands in công văn, tờ trình, báo cáo and letters; other kinds name their recipients at the end."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.addressees.addressee_lines import opens_with_label
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """«Kính gửi» in another kind."""
    if letter.kind is not None and opens_with_label(letter):
        line = letter.parts["kinh_gui"].lines[0]
        yield finding("lint-addressees-unforeseen", letter.place(line, 0, 8), kind=letter.kind.ten)


UNFORESEEN = Rule("lint-addressees-unforeseen", find, kinds=lambda kind: not kind.co_kinh_gui)
