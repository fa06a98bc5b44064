"""No academic title, rank or honour stands before the signer's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_TITLE: Final = re.compile(
    r"((GS|PGS|TS|ThS|Ths|TSKH|CN|KS|BS|BSCK\S*|NGND|NGƯT|NSND|NSƯT|AHLĐ|LS|DS)\.\s*)+"
    r"|(Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Kỹ sư|Cử nhân)\b\s*",
)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """``TS. Nguyễn Văn An``; armed forces, education, health and science bodies may."""
    for line in letter.parts["ho_ten"].lines:
        if found := _TITLE.match(line.text):
            yield finding("lint-academic-title", letter.place(line, 0, len(found[0].rstrip())), title=found[0].rstrip())


ACADEMIC_TITLE = Rule("lint-academic-title", find, needs=("ho_ten",))
