"""Abbreviations of the authority: TM., KT., TL., TUQ., Q., each with its full stop and a space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_FORM: Final = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S")
_ODD: Final = re.compile(
    r"(?P<odd>T/M|K/T|T/L|TUQ|T\.U\.Q|T\.M|K\.T|T\.L|TM|KT|TL|TƯQ|Q)(?P<mark>\s*[.:,/]?)(?=[\s.:,/]|[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """``T/M``, ``KT``, ``TL:``, ``TM.UBND``."""
    for line in letter.parts["quyen_han"].lines:
        if _FORM.match(line.text):
            continue
        found = _ODD.match(line.text)
        if found and (found["mark"] or " " in line.text[found.end() : found.end() + 1]):
            short = found["odd"].upper().replace("/", "").replace(".", "").replace("Ư", "U")
            yield finding("lint-authority", letter.place(line, 0, found.end()), written=found[0], wanted=f"{short}. ")


AUTHORITY = Rule("lint-authority", find, needs=("quyen_han",))
