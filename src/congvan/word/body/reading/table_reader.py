"""Reads a table: rows of the head, widths below them, cells merged with ``<<`` (left) and ``^^`` (above)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from congvan.word.body.reading.attributes import Attributes, aligned, read_attributes
from congvan.word.body.reading.inlines import InlineReader
from congvan.word.body.reading.model import Align, Cell, Control, Row, Table
from congvan.word.body.reading.source_text import TAG, Passage, SourceText

MAX_HEAD_ROWS: Final = 4
LEAST_SIZE, LARGEST_SIZE = 8.0, 14.0
"""Type sizes of a table, in points."""

_LEFT, _ABOVE = "<<", "^^"
_WIDTHS: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_WIDTH: Final = re.compile(r":?-+:?")
_CELL_END: Final = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|(\|)", re.DOTALL)
_ATTRIBUTES: Final = re.compile(r"\s*\{([a-z][^{}]*)\}\s*")
_KNOWN: Final = frozenset({"rong", "co-chu", "ngang"})


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table in lines: how many of them are its head, how many belong to it in all."""

    heads: int
    length: int


def find_table(lines: Sequence[Passage], start: int, source: SourceText) -> FoundTable | None:
    """The table that begins at ``start`` of ``lines``; None if something else does."""
    for heads in range(min(MAX_HEAD_ROWS + 1, len(lines) - start)):
        if heads and "|" not in lines[start + heads - 1].text:
            return None
        below = lines[start + heads].text
        if "|" in below and _WIDTHS.fullmatch(below.strip()):
            end = start + heads + 1
            while end < len(lines) and _belongs(lines[end].text, source):
                end += 1
            if end < len(lines) and _ATTRIBUTES.fullmatch(lines[end].text):
                end += 1
            return FoundTable(heads, end - start)
    return None


def control_tags(line: str, source: SourceText) -> str | None:
    """The tags of a line that holds nothing but ``{% … %}`` and ``{# … #}``; None for any other line."""
    bare = "".join(line.split())
    if not bare or not all(map(TAG.match, bare)):
        return None
    tags = [source.tag(letter) for letter in bare]
    return "".join(tags) if all(tag.startswith(("{%", "{#")) for tag in tags) else None


class TableReader:
    """Reads the table in ``lines``."""

    def __init__(self, source: SourceText, inlines: InlineReader) -> None:
        self._source = source
        self._inlines = inlines

    def read(self, lines: Sequence[Passage], heads: int) -> Table:
        """The table whose first ``heads`` lines are its head."""
        offset = lines[0].offset(0)
        lines, attributes = self._attributes(lines)
        widths = _cells(lines[heads])
        aligns = [_align(cell.text) for cell in widths]
        rows: list[Row | Control] = []
        above: list[Cell] = []
        for index, line in enumerate(lines):
            if index == heads:
                continue
            if (tags := control_tags(line.text, self._source)) is not None:
                rows.append(Control(tags))
                continue
            row = self._row(line, aligns, above, is_head=index < heads)
            rows.append(row)
            above = list(row.cells)
        size = self._size(attributes, offset)
        return Table(tuple(rows), self._shares(widths, attributes, offset), size, "ngang" in attributes.names, offset)

    def _attributes(self, lines: Sequence[Passage]) -> tuple[Sequence[Passage], Attributes]:
        found = _ATTRIBUTES.fullmatch(lines[-1].text)
        if found is None:
            return lines, Attributes()
        note = partial(self._inlines.note, offset=lines[-1].offset(0))
        return lines[:-1], read_attributes(found[1], _KNOWN, note)

    def _size(self, attributes: Attributes, offset: int) -> float | None:
        sizes = attributes.numbers("co-chu")
        if not sizes:
            return None
        if len(sizes) > 1 or not LEAST_SIZE <= sizes[0] <= LARGEST_SIZE:
            low, high = f"{LEAST_SIZE:g}", f"{LARGEST_SIZE:g}"
            self._inlines.note("word-table-size", offset, low=low, high=high)
            return None
        return sizes[0]

    def _shares(self, widths: Sequence[Passage], attributes: Attributes, offset: int) -> list[int]:
        """Shares of the width: as they were given, or as long as the dashes below the head."""
        given = [round(number * 10) for number in attributes.numbers("rong")]
        if not given:
            return [len(cell.text.strip()) for cell in widths]
        if len(given) != len(widths):
            self._inlines.note("word-table-widths", offset, given=len(given), columns=len(widths))
            return [1] * len(widths)
        return given

    def _row(self, line: Passage, aligns: Sequence[Align], above: Sequence[Cell], *, is_head: bool) -> Row:
        written = _cells(line)
        for extra in written[len(aligns) :]:
            self._inlines.note("word-table-cells", extra.offset(0), columns=len(aligns), what=extra.text or "|")
        cells: list[Cell] = []
        for column, align in enumerate(aligns):
            passage = written[column] if column < len(written) else None
            text = passage.text if passage else ""
            if passage and text == _LEFT:
                self._merge_left(cells, passage)
            elif passage and text == _ABOVE:
                cells.append(Cell((), continues=True))
            else:
                cells.append(self._cell(passage, align, is_head=is_head))
        return Row(self._merged_above(cells, above, line), is_head)

    def _cell(self, passage: Passage | None, align: Align, *, is_head: bool) -> Cell:
        """A cell aligned as it says itself, else as its column; in the head in the middle."""
        if passage is None:
            return Cell((), align, is_head=is_head)
        text, own = aligned(passage, self._inlines)
        return Cell(tuple(self._inlines.read(text)), own or ("center" if is_head else align), is_head=is_head)

    def _merge_left(self, cells: list[Cell], passage: Passage) -> None:
        if not cells:
            self._inlines.note("word-table-merge", passage.offset(0), what=_LEFT)
            cells.append(Cell(()))
        else:
            cells[-1] = replace(cells[-1], columns=cells[-1].columns + 1)

    def _merged_above(self, cells: Sequence[Cell], above: Sequence[Cell], line: Passage) -> tuple[Cell, ...]:
        """Cells that continue the one above must begin and end where it does."""
        spans = dict(zip(_starts(above), above, strict=True))
        for start, cell in zip(_starts(cells), cells, strict=True):
            if cell.continues and (start not in spans or spans[start].columns != cell.columns):
                self._inlines.note("word-table-merge", line.offset(0), what=_ABOVE)
        return tuple(cells)


def _starts(cells: Sequence[Cell]) -> list[int]:
    """The column each cell begins at."""
    starts, column = [], 0
    for cell in cells:
        starts.append(column)
        column += cell.columns
    return starts


def _belongs(line: str, source: SourceText) -> bool:
    return "|" in line or control_tags(line, source) is not None


def _cells(line: Passage) -> list[Passage]:
    """The cells of a row, without the space around them."""
    row = line.stripped()
    ends = [found.start() for found in _CELL_END.finditer(row.text) if found[2]]
    if ends and ends[0] == 0:
        row, ends = row.part(1), [end - 1 for end in ends[1:]]
    if ends and ends[-1] == len(row.text) - 1:
        row, ends = row.part(0, ends[-1]), ends[:-1]
    starts = [0, *(end + 1 for end in ends)]
    return [row.part(start, end).stripped() for start, end in zip(starts, [*ends, len(row.text)], strict=True)]


def _align(dashes: str) -> Align:
    match dashes.startswith(":"), dashes.endswith(":"):
        case True, True:
            return "center"
        case False, True:
            return "right"
        case True, False:
            return "left"
        case _:
            return ""
