"""What keeps lines together over the end of a page, the same in Word, LibreOffice and the embedded engine.

A signature never stands alone: at least two lines of the text go with it. The engines agree only on paragraphs kept
whole: the embedded one cuts a paragraph of three lines after its second, LibreOffice moves a kept paragraph whole where
Word would leave lines behind. So short paragraphs are kept whole, as Word's own control of widows does for two
and three lines, and so is the one above a signature unless it is long.
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
"""A paragraph of so many lines cannot be parted without leaving one line alone."""
_WHOLE_ABOVE_SIGNATURE: Final = 8
_LEAST_WITH_SIGNATURE: Final = 2
_STYLE: Final = re.compile(r'(<w:pPr><w:pStyle w:val="[^"]*"/>)(<w:keepNext/>)?(<w:keepLines/>)?')
_LINE_END: Final = re.compile(r"<w:br(?:/>|></w:br>)")
_TAGS: Final = re.compile(r"<[^>]+>")
_ROW: Final = "<w:tr>"


def kept_whole(paragraph: str, width_pt: float, size_pt: float, first_line_pt: float) -> str:
    """``paragraph`` as it is, kept on one page where it has two or three lines."""
    lines = _line_count(text_of(paragraph), width_pt, size_pt, first_line_pt)
    return _keep(paragraph, whole=True) if 1 < lines <= _WHOLE else paragraph


def is_long(text: str, width_pt: float, size_pt: float, first_line_pt: float) -> bool:
    """True for the text of a paragraph that has more lines than are kept whole."""
    return _line_count(text, width_pt, size_pt, first_line_pt) > _WHOLE


def kept_with_signature(blocks: str, width_pt: float, size_pt: float, first_line_pt: float) -> str:
    """``blocks`` of which the last lines, two at least, stay on the page of what follows.

    Of a table it is the last row: its heads are repeated above it.
    """
    start = _last_block(blocks)
    if start < 0 or not blocks.startswith("<w:p>", start):
        return _kept_with_next(blocks, width_pt, size_pt, first_line_pt)
    last = blocks[start:]
    lines = _line_count(text_of(last), width_pt, size_pt, first_line_pt)
    before = blocks[:start]
    if lines < _LEAST_WITH_SIGNATURE:
        before = _kept_with_next(before, width_pt, size_pt, first_line_pt)
    return before + _keep(last, whole=lines <= _WHOLE_ABOVE_SIGNATURE, with_next=True)


def _kept_with_next(blocks: str, width_pt: float, size_pt: float, first_line_pt: float) -> str:
    """``blocks`` with the last one, or the last row of a table, kept with what follows."""
    start = _last_block(blocks)
    if start < 0:
        return blocks
    if blocks.startswith("<w:tbl>", start):
        row = blocks.rindex(_ROW)
        return blocks[:row] + re.sub(r"<w:pPr>(<w:pStyle [^>]*/>)?", r"\g<0><w:keepNext/>", blocks[row:])
    lines = _line_count(text_of(blocks[start:]), width_pt, size_pt, first_line_pt)
    return blocks[:start] + _keep(blocks[start:], whole=lines <= _WHOLE_ABOVE_SIGNATURE, with_next=True)


def _last_block(blocks: str) -> int:
    """Where the last paragraph or table of the text itself starts, cells aside; -1 if there is none."""
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


def text_of(paragraph: str) -> str:
    """What a paragraph says, its line ends as they are."""
    lines = _LINE_END.sub("\n", paragraph.replace("\n", " "))
    return html.unescape(_TAGS.sub("", lines))


@lru_cache(maxsize=512)
def _line_count(text: str, width_pt: float, size_pt: float, first_line_pt: float) -> int:
    """How many lines ``text`` takes, filled word by word."""
    space = text_width(" ", size_pt)
    count, room = 1, width_pt - first_line_pt
    for part in text.split("\n"):
        for word in part.split():
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
    """``keep`` for a template: what was filled comes as Markup, which would escape what is added to it."""
    return lambda blocks, *area: Markup(keep(str(blocks), *area))  # noqa: S704  # the template escaped its values


FILTERS: Final[dict[str, Callable[..., Markup]]] = {
    "giu_doan": _filter(kept_whole),
    "giu_chu_ky": _filter(kept_with_signature),
}
"""The same for texts whose length is known only when a letter is filled."""
