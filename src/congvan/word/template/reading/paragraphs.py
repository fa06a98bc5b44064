"""The paragraphs of a template with their places as a clerk finds them: the words, the table, «đầu trang»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from congvan.findings import Place
from congvan.support.ooxml import MC, W

if TYPE_CHECKING:
    from lxml.etree import _Element

STORY: Final = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml|docProps/core\.xml")
"""The parts of a .docx that hold words; the group is the kind of part."""

_REGIONS: Final = {
    "header": "header",
    "footer": "footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "document": None,
    None: "properties",
}
_AROUND: Final = 30  # characters quoted before and behind what is wrong
_SPACES: Final = re.compile(r"\s+")
_TAKES_PLACE: Final = re.compile(r"(\{[{%#])(?:tr|tc|p|r)(?=if|for|else|endfor|endif|elif|set|endset|noi_dung|phan\.)")
_PLAIN_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
_SIGNS: Final = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}


@dataclass(eq=False)
class Paragraph:
    """One paragraph ``node`` of the ``part`` of a ``file``, and its text."""

    node: _Element
    part: str
    file: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    @cached_property
    def text(self) -> str:
        """All it says; asked when the part has been read to its end."""
        return "".join(self.pieces)

    def near(self, start: int = 0, end: int | None = None) -> Place:
        """Its place with the words around ``start`` to ``end`` of its text."""
        around = words_around(self.text, start, len(self.text) if end is None else end)
        return replace(self.place, near=around or None)

    @property
    def place(self) -> Place:
        """Its place: the region of the page, the table with row and column of its cell, or a number in the text."""
        story = STORY.fullmatch(self.part)
        region = _REGIONS[story[1]] if story else None
        outer = next(self.node.iterancestors(f"{W}txbxContent", f"{W}tc"), None)
        if outer is None:
            number = _number(self.node, f"{W}p") if region is None else None
            return Place(file=self.file, paragraph=number, region=region)
        if outer.tag == f"{W}txbxContent":
            return Place(file=self.file, region="text-box")
        row = next(outer.iterancestors(f"{W}tr"))
        table = next(row.iterancestors(f"{W}tbl"))
        at = _number(outer, f"{W}tc", within=row)
        return Place(
            file=self.file,
            region=region,
            table=_number(table, f"{W}tbl"),
            row=_number(row, f"{W}tr", within=table),
            column=str(at),
        )


class Words(NamedTuple):
    """What one element of text says, and where that begins in the text of its paragraph."""

    paragraph: Paragraph
    start: int
    text: str


@dataclass
class StoryWords:
    """All words of one part of a file: by paragraph, and in their order; those in a text box are in between."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def add(self, owner: Paragraph, text: str) -> None:
        """Add the next words, which stand in the paragraph ``owner``."""
        self.words.append(Words(owner, owner.length, text))
        owner.pieces.append(text)
        owner.length += len(text)


def read_story(root: _Element, part: str, file: str) -> StoryWords:
    """The words of a part; what stands in a text box twice, for old programs, counts once."""
    story = StoryWords()
    if not part.startswith("word/"):
        for node in root.iterchildren("{*}*"):
            story.paragraphs.append(Paragraph(node, part, file))
            story.add(story.paragraphs[-1], node.text or "")
        return story
    by_node: dict[_Element, Paragraph] = {}
    for element in root.iter(f"{W}p", f"{W}t", *_SIGNS):
        if element.tag == f"{W}p":
            if next(element.iterancestors(f"{MC}Fallback"), None) is None:
                by_node[element] = Paragraph(element, part, file)
                story.paragraphs.append(by_node[element])
        elif owner := by_node.get(next(element.iterancestors(f"{W}p"), element)):
            story.add(owner, _words_of(element))
    return story


def place_of_words(content: bytes, part: str, file: str, words: str) -> Place:
    """The place of the paragraph of a part that says ``words``, or begins with them; asked when something failed.

    Words that came into the text from elsewhere, as those of a body, have no place of their own.
    """
    from lxml import etree

    wanted = _bare(words)
    if wanted:
        for paragraph in read_story(etree.fromstring(content), part, file).paragraphs:
            if _bare(paragraph.text) == wanted:
                return paragraph.near()
    story = STORY.fullmatch(part)
    return Place(file=file, region=_REGIONS[story[1]] if story else None, near=words_around(words, 0, 0) or None)


def words_around(text: str, start: int, end: int) -> str:
    """``text`` from ``start`` to ``end`` with some whole words on either side."""
    first, last = max(0, start - _AROUND), min(len(text), max(end, start + 1) + _AROUND)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    shown = _SPACES.sub(" ", text[first:last]).strip()
    if len(shown) > 4 * _AROUND:
        shown = shown[: 4 * _AROUND].rstrip() + "…"
    return f"{'…' if text[:first].strip() else ''}{shown}{'…' if text[last:].strip() else ''}"


def _bare(text: str) -> str:
    """``text`` as docxtpl leaves it: no spaces, no letters that say what a tag takes the place of, plain quotes."""
    return _TAKES_PLACE.sub(r"\1", _SPACES.sub("", text.translate(_PLAIN_QUOTES)))


def _words_of(element: _Element) -> str:
    """What an element says; nothing for a tab that only a format defines."""
    parent = element.getparent()
    if parent is None or parent.tag != f"{W}r":
        return ""
    return _SIGNS.get(element.tag) or element.text or ""


def _number(node: _Element, tag: str, *, within: _Element | None = None) -> int:
    """The number of ``node`` among the elements of its kind, counted from 1, nested ones left out ``within`` one."""
    if within is None:
        earlier: Iterator[_Element] = takewhile(lambda one: one is not node, node.getroottree().getroot().iter(tag))
        return sum(1 for _ in earlier) + 1
    earlier = takewhile(lambda one: one is not node, within.iter(tag))
    return sum(1 for one in earlier if next(one.iterancestors(within.tag)) is within) + 1
