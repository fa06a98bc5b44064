"""The text of a body with its tags, comments and embedded pictures set aside, and the way back to its lines.

Tags (``{{ … }}``) become one letter each that nobody types, so that no sign in them counts as Markdown. Every place in
the shortened text knows its line and column in the text the clerk wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from congvan.findings import Place

_SET_ASIDE: Final = re.compile(
    r"(?P<tag>\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|(?P<comment>(?: (?=<!--(?:(?!<!--).)*?--> ))?<!--(?:(?!<!--).)*?-->)"
    r"|(?P<picture>data:image/[\w.+-]+;base64,[\w+/=]+)"
    "|(?P<private>[\ue000-\uf8ff])|(?P<line_end>\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])",
    re.DOTALL,
)
_FIRST_TAG: Final = 0xE000  # private use: Markdown reads it as a letter and nobody types it
TAG: Final = re.compile("[\ue000-\uf8ff]")
"""A letter that stands for a tag."""

MAX_TAGS: Final = 0xF8FF - _FIRST_TAG + 1
"""Tags of one text: as many as there are letters to stand for them."""

PICTURE: Final = re.compile(r"picture:(\d+)")
"""The name of an embedded picture in the shortened text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the shortened text, joined from one or more lines; ``starts`` are pairs of an index and its offset."""

    text: str
    starts: Sequence[tuple[int, int]]

    def offset(self, index: int) -> int:
        """Where in the shortened text the character at ``index`` is."""
        found = bisect_right(self.starts, index, key=lambda start: start[0]) - 1
        first, offset = self.starts[max(found, 0)]
        return offset + index - first

    def part(self, start: int, end: int | None = None) -> Passage:
        """The characters from ``start`` to ``end``."""
        last = len(self.text) if end is None else end
        inner = [(first - start, offset) for first, offset in self.starts if start < first < last]
        return Passage(self.text[start:last], ((0, self.offset(start)), *inner))

    def stripped(self) -> Passage:
        """Without spaces at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))


def joined(lines: Sequence[Passage]) -> Passage:
    """``lines`` as one passage, a line end between two."""
    starts: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        starts += ((length + index, offset) for index, offset in line.starts)
        length += len(line.text) + 1
    return Passage("\n".join(line.text for line in lines), starts)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A body: the shortened ``text``, the ``tags`` and ``pictures`` set aside, in order.

    ``moved`` are pairs of an offset in the shortened text and the one in the written text, ``line_starts`` offsets in
    the written text.
    """

    text: str
    tags: tuple[str, ...]
    pictures: tuple[str, ...]
    moved: tuple[tuple[int, int], ...]
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, written: str) -> Self:
        """Set aside what is no Markdown; letters of private use, which no font has, are dropped.

        Tags after the first :data:`MAX_TAGS` stay in the text, where they are found as braces that stand alone.
        """
        tags: list[str] = []
        pictures: list[str] = []
        pieces: list[str] = []
        moved = [(0, 0)]
        end = length = 0
        for found in _SET_ASIDE.finditer(written):
            stand_in = _stand_in(found, tags, pictures)
            pieces += (written[end : found.start()], stand_in)
            length += found.start() - end + len(stand_in)
            end = found.end()
            moved.append((length, end))
        line_starts = (0, *(found.end() for found in re.finditer(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", written)))
        return cls("".join((*pieces, written[end:])), tuple(tags), tuple(pictures), tuple(moved), line_starts)

    def lines(self) -> list[Passage]:
        """The lines of the shortened text."""
        found, offset = [], 0
        for line in self.text.split("\n"):
            found.append(Passage(line, ((0, offset),)))
            offset += len(line) + 1
        return found

    def place(self, offset: int) -> Place:
        """Line and column, from 1, of an offset in the shortened text."""
        shortened, written = self.moved[bisect_right(self.moved, offset, key=lambda pair: pair[0]) - 1]
        at = written + offset - shortened
        line = bisect_right(self.line_starts, at)
        return Place(line=line, column=str(at - self.line_starts[line - 1] + 1))

    def tag(self, letter: str) -> str:
        """The tag a letter stands for."""
        return self.tags[ord(letter) - _FIRST_TAG]

    def restored(self, xml: str) -> str:
        """``xml`` with its tags in their places."""
        return TAG.sub(lambda found: self.tag(found.group()), xml)


def _stand_in(found: re.Match[str], tags: list[str], pictures: list[str]) -> str:
    match found.lastgroup:
        case "tag" if len(tags) < MAX_TAGS:
            tags.append(found.group())
            return chr(_FIRST_TAG + len(tags) - 1)
        case "picture":
            pictures.append(found.group())
            return f"picture:{len(pictures) - 1}"
        case "line_end":
            return "\n"
        case "tag":
            return found.group()
        case _:
            return ""
