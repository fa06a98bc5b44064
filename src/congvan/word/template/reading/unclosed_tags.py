"""Tags that are opened and not closed, found before docxtpl reads them.

docxtpl looks for the end of every tag by searching on from its beginning; thousands that have no end make it search
for hours.
"""

from __future__ import annotations

import re
from typing import Final

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.word.package import Package

MAX_OPEN_TAGS: Final = 50
"""Tags opened one after the other without a closed one in between; in a sound template there are none."""

_STORY: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
_MARKUP: Final = re.compile(r"<[^>]*>")
_DELIMITER: Final = re.compile(r"(\{[{%#])|[}%#]\}")
_PADDED: Final = re.compile(r"\{%\s*(?:colspan|cellbg)[^%]{300}")


def refuse_unclosed_tags(package: Package, name: str) -> None:
    """Refuse a template with tags that do not end; ``name`` is the file in the finding.

    Raises:
        TemplateError: when more than 50 tags are opened and not closed.
    """
    for part in filter(_STORY.fullmatch, package.names):
        text = package.text(part)
        if "{" in text and _has_unclosed_tags(_MARKUP.sub("", text)):
            raise TemplateError(Report((finding("field-too-complex", Place(file=name)),)))


def _has_unclosed_tags(text: str) -> bool:
    opened = 0
    for delimiter in _DELIMITER.finditer(text):
        opened = opened + 1 if delimiter[1] else 0
        if opened > MAX_OPEN_TAGS:
            return True
    return bool(_PADDED.search(text))
