"""What a body is made of: paragraphs with their labels, headings, tables, breaks; runs, marks and pictures in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

LabelKind: TypeAlias = Literal["number", "letter", "dash", "other"]
Align: TypeAlias = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a run is set; ``raised`` is ``superscript``, ``subscript`` or empty."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    raised: str = ""


PLAIN: Final = Format()


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one form; ``link`` is the address it leads to."""

    text: str
    form: Format = PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place of a footnote; ``inlines`` are its text."""

    inlines: Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its file's ``content``, its size in mm as given, None for what follows from the other or the file.

    ``caption`` is what the clerk wrote in the brackets; ``offset`` is its place in the text.
    """

    content: bytes
    caption: str
    width: float | None
    height: float | None
    offset: int


Inline: TypeAlias = Run | LineBreak | NoteMark | Picture


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its label as typed (``1. ``, ``a) ``, ``- ``; empty for none), of a kind, and what follows it."""

    inlines: Sequence[Inline]
    label: str = ""
    kind: LabelKind = "other"
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1."""

    inlines: Sequence[Inline]
    level: int
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: as wide as ``columns``, merged with the one above if it ``continues`` it."""

    inlines: Sequence[Inline]
    align: Align = ""
    columns: int = 1
    continues: bool = False
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; its first ones are repeated on every page if they are the head."""

    cells: Sequence[Cell]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """Tags on a line of their own, which choose or repeat what stands around them."""

    tags: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows with the tags that choose or repeat them, shares of the width, type size in points (None: usual).

    ``is_wide``: on landscape pages. ``offset`` is its place in the text.
    """

    rows: Sequence[Row | Control]
    shares: Sequence[int]
    size: float | None = None
    is_wide: bool = False
    offset: int = 0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page; ``offset`` is its place in the text."""

    offset: int = 0


@dataclass(frozen=True, slots=True)
class PageTurn:
    """What follows is on landscape pages, or upright again."""

    is_wide: bool


Block: TypeAlias = Paragraph | Heading | Table | Control | PageBreak | PageTurn


def plain_text(inlines: Sequence[Inline]) -> str:
    """The text of ``inlines`` without its form, in one line."""
    return "".join(" " if isinstance(one, LineBreak) else one.text if isinstance(one, Run) else "" for one in inlines)
