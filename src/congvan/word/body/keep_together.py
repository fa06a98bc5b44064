"""Lines kept together at the end of a page, the same in Word, LibreOffice and the embedded engine.

A signature is never alone on a page: at least two lines of the text go with it. The engines agree only on paragraphs
kept whole: the embedded one breaks a paragraph of three lines after its second, LibreOffice moves a paragraph that is
kept with the next one whole where Word would leave lines behind. So short paragraphs are kept whole, as Word's widow
control does for two and three lines, and so is the one above a signature unless it is long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from congvan.text.width import text_width

_WHOLE: Final = 3
"""A paragraph of so many lines cannot be broken without leaving one line alone."""
_WHOLE_ABOVE_SIGNATURE: Final = 8
_LEAST_WITH_SIGNATURE: Final = 2
_STYLE: Final = re.compile(r'(<w:pPr><w:pStyle w:val="[^"]*"/>)(<w:keepNext/>)?(<w:keepLines/>)?')
_LINE_END: Final = re.compile(r"<w:br(?:/>|></w:br>)")
_TAGS: Final = re.compile(r"<[^>]+>")
_ROW: Final = "<w:tr>"
_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")  # where a line may end


def keep_whole(paragraph: str, width_pt: float, size_pt: float, first_line_pt: float) -> str:
    """Keep ``paragraph`` on one page if it has two or three lines."""
    lines = _line_count(paragraph_text(paragraph), width_pt, size_pt, first_line_pt)
    return _keep(paragraph, whole=True) if 1 < lines <= _WHOLE else paragraph


def is_long(text: str, width_pt: float, size_pt: float, first_line_pt: float) -> bool:
    """True for the text of a paragraph that has more lines than are kept whole."""
    return _line_count(text, width_pt, size_pt, first_line_pt) > _WHOLE


def keep_with_signature(blocks: str, width_pt: float, size_pt: float, first_line_pt: float) -> str:
    """Keep the last lines of ``blocks``, two at least, on the page of the following paragraph.

    Of a table it is the last row: its head is repeated above it.
    """
    start = _last_block(blocks)
    if start < 0 or not blocks.startswith("<w:p>", start):
        return _keep_with_next(blocks, width_pt, size_pt, first_line_pt)
    last = blocks[start:]
    lines = _line_count(paragraph_text(last), width_pt, size_pt, first_line_pt)
    before = blocks[:start]
    if lines < _LEAST_WITH_SIGNATURE:
        before = _keep_with_next(before, width_pt, size_pt, first_line_pt)
    return before + _keep(last, whole=lines <= _WHOLE_ABOVE_SIGNATURE, with_next=True)


def _keep_with_next(blocks: str, width_pt: float, size_pt: float, first_line_pt: float) -> str:
    """Keep the last of ``blocks``, or the last row of a table, with the next paragraph."""
    start = _last_block(blocks)
    if start < 0:
        return blocks
    if blocks.startswith("<w:tbl>", start):
        row = blocks.rindex(_ROW)
        return blocks[:row] + re.sub(r"<w:pPr>(<w:pStyle [^>]*/>)?", r"\g<0><w:keepNext/>", blocks[row:])
    lines = _line_count(paragraph_text(blocks[start:]), width_pt, size_pt, first_line_pt)
    return blocks[:start] + _keep(blocks[start:], whole=lines <= _WHOLE_ABOVE_SIGNATURE, with_next=True)


def _last_block(blocks: str) -> int:
    """The start of the last paragraph or table outside cells; -1 if there is none."""
    table = blocks.rfind("</w:tbl>")
    paragraph = blocks.rfind("<w:p>")
    return blocks.rfind("<w:tbl>") if table > paragraph else paragraph


def _keep(paragraph: str, *, whole: bool, with_next: bool = False) -> str:
    found = _STYLE.search(paragraph)
    if found is None:
        return paragraph
    following = "<w:keepNext/>" if with_next or found[2] else ""
    lines = "<w:keepLines/>" if whole or found[3] else ""
    return f"{paragraph[: found.start()]}{found[1]}{following}{lines}{paragraph[found.end() :]}"


def paragraph_text(paragraph: str) -> str:
    """The text of a paragraph with its line ends."""
    lines = _LINE_END.sub("\n", paragraph.replace("\n", " "))
    return html.unescape(_TAGS.sub("", lines))


@lru_cache(maxsize=512)
def _line_count(text: str, width_pt: float, size_pt: float, first_line_pt: float) -> int:
    """The number of lines ``text`` takes, filled word by word."""
    space = text_width(" ", size_pt)
    count, room = 1, width_pt - first_line_pt
    for part in text.split("\n"):
        for word in _SPACE.split(part.strip()):
            width = _word_width(word, size_pt)
            if width > room:
                count, room = count + 1, width_pt
            room -= width + space
        count, room = count + 1, width_pt
    return count - 1


@lru_cache(maxsize=4096)
def _word_width(word: str, size_pt: float) -> float:
    return text_width(word, size_pt)


def _filter(keep: Callable[[str, float, float, float], str]) -> Callable[[str, float, float, float], Markup]:
    """``keep`` as a filter: a filled block comes as Markup, which would escape what is added to it."""
    return lambda blocks, *area: Markup(keep(str(blocks), *area))  # noqa: S704  # the template escaped its values


FILTERS: Final[dict[str, Callable[..., Markup]]] = {
    "giu_doan": _filter(keep_whole),
    "giu_chu_ky": _filter(keep_with_signature),
}
"""Filters for texts whose length is known only when a letter is filled."""
