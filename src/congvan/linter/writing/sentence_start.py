"""A sentence begins with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_SMALL: Final = re.compile(r"(?<=[a-zà-ỹ]{2}[.?!] )(?P<word>[a-zà-ỹ]{2,})")
_SHORTENED: Final = re.compile(r"(v\.v|tp|tr|tt|đ|vd|st|gs|ts|ths|bs|ks)[.] $", re.IGNORECASE)


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A small letter behind a full stop, a question or an exclamation mark; not behind an abbreviation."""
    for passage in letter.passages():
        for found in _SMALL.finditer(passage.text):
            if not _SHORTENED.search(passage.text[: found.start()]):
                place = passage.place(*found.span())
                yield finding("lint-sentence-start", place, written=found[0], wanted=found[0].capitalize())


SENTENCE_START = Rule("lint-sentence-start", find)
