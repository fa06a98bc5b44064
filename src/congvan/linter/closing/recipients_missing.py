"""A letter says who gets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_MAY_LACK: Final = frozenset({"thu-cong", "hop-dong", "ban-ghi-nho", "ban-thoa-thuan"})
"""Kinds whose parties hold the copies, and letters in a person's own name."""


def find(letter: ReadLetter) -> Iterator[Finding]:
    """No «Nơi nhận»."""
    if "noi_nhan_tieu_de" not in letter.parts:
        yield finding("lint-recipients-missing", letter.file_place())


RECIPIENTS_MISSING = Rule("lint-recipients-missing", find, kinds=lambda kind: kind.ma not in _MAY_LACK)
