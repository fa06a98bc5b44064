"""In a reference Điều, Chương and Mục have a capital, khoản and điểm have none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SMALL: Final = re.compile(r"\b(điều|chương|phần) (?=\d+\b|[IVXLC]+\b)(?! *%)")
_CAPITAL: Final = re.compile(r"(?<=[\wà-ỹ,;] )(Khoản (?=\d)|Điểm (?=[a-zđ]\b))")
_IN_REFERENCE: Final = re.compile(r"(khoản \d+,? |điểm \w,? |tại |theo |của |quy định |Căn cứ |, |và )$", re.IGNORECASE)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Each provision named in the wrong case."""
    for passage in letter.passages():
        for found in _CAPITAL.finditer(passage.text):
            wanted = found[0].strip().lower()
            yield finding("lint-provision-case", passage.place(*_word(found)), written=found[0].strip(), wanted=wanted)
        for found in _SMALL.finditer(passage.text):
            if _IN_REFERENCE.search(passage.text[: found.start()]):
                wanted = found[1].capitalize()
                yield finding("lint-provision-case", passage.place(*found.span(1)), written=found[1], wanted=wanted)


def _word(found: re.Match[str]) -> tuple[int, int]:
    return found.start(), found.start() + len(found[0].strip())


PROVISION_CASE = Rule("lint-provision-case", find)
