"""The subject of a công văn begins with «V/v»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_BEGINNING: Final = re.compile(r"[Vv]\s*/\s*[Vv]\s*[:.]?|[Vv]ề việc\s*:?")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """«v/v», «V/V», «V/v:», «Về việc»."""
    line = letter.parts["trich_yeu_cong_van"].lines[0]
    found = _BEGINNING.match(line.text)
    if found and found[0].rstrip() != "V/v":
        yield finding("lint-subject-about", letter.place(line, 0, len(found[0].rstrip())), written=found[0].rstrip())


ABOUT = Rule("lint-subject-about", find, needs=("trich_yeu_cong_van",))
