"""The paragraphs of the text in a Word file whose format the decree prescribes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.inspect.model import Line, ParagraphFormat
from congvan.linter.read_letter import ReadLetter

_MORE_THAN_A_LINE: Final = 110
"""Characters: a paragraph as long as this fills more than one line of any size allowed."""
_LISTED: Final = re.compile(r"[-–+•*]\s|\d{1,2}(\.\d{1,2})*[.)]\s|[a-zđ]\)\s")


def text_paragraphs(letter: ReadLetter) -> Iterator[tuple[Line, ParagraphFormat]]:
    """Each paragraph of the text that stands in no table, by its first line, with its format."""
    seen: set[int] = set()
    for line in letter.parts["noi_dung"].lines:
        if line.cell is None and line.region == "body" and line.paragraph not in seen and line.paragraph_format:
            seen.add(line.paragraph)
            yield line, line.paragraph_format


def long_paragraphs(letter: ReadLetter) -> Iterator[tuple[Line, ParagraphFormat]]:
    """Those that fill more than a line and are no item of a list."""
    for line, form in text_paragraphs(letter):
        if len(line.text) > _MORE_THAN_A_LINE and not _LISTED.match(line.text):
            yield line, form
