"""A table of a body as WordprocessingML: borders, merged cells, a head that is repeated, columns that fit its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.findings import Finding
from congvan.support.lengths import Twips
from congvan.word import styles
from congvan.word.body.columns import USUAL_SIZE, CellText, fitted_widths, grid, too_wide
from congvan.word.body.reading.model import Cell, Inline, LineBreak, Picture, Row, Run, Table
from congvan.word.body.reading.source_text import TAG, SourceText
from congvan.word.body.runs import RunWriter
from congvan.word.body.unbroken import keep_unbroken

REFIT_FILTER: Final = "{% filter vua_cot"
_SIDES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_BORDERS: Final = f"<w:tblBorders>{_SIDES}</w:tblBorders>"
_FIXED: Final = '<w:tblLayout w:type="fixed"/>'


@dataclass(frozen=True, slots=True)
class TableWriter:
    """Writes tables with the styles ``known`` to the template; ``refuse`` takes a finding and its offset."""

    source: SourceText
    runs: RunWriter
    known: frozenset[str]
    refuse: Callable[[Finding, int], None]

    def write(self, table: Table, width: Twips) -> str:
        """The XML of ``table``, as wide as ``width``; where fields bring words, its columns are fitted once more."""
        size = table.size or USUAL_SIZE
        rows = [row for row in table.rows if isinstance(row, Row)]
        texts = [[CellText(_cell_text(cell), cell.columns) for cell in row.cells] for row in rows]
        fixed = [[CellText(TAG.sub(" ", text), columns) for text, columns in row] for row in texts]
        if found := too_wide(width, len(table.shares), fixed, size):
            self.refuse(found, table.offset)
        widths = fitted_widths(width, table.shares, fixed, size)
        written = "".join(self._rows(table, widths))
        properties = f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>{_BORDERS}{_FIXED}</w:tblPr>'
        xml = f"<w:tbl>{properties}{grid(widths)}{written}</w:tbl>"
        if any(TAG.search(text) for row in texts for text, _ in row):
            form = ", ".join(map(str, (width, *table.shares)))
            return f"{REFIT_FILTER}({form}, size={size:g}) %}}{xml}{{% endfilter %}}"
        return xml

    def _rows(self, table: Table, widths: Sequence[int]) -> Iterator[str]:
        continued = _columns_continued_below(table)
        for index, row in enumerate(table.rows):
            if isinstance(row, Row):
                yield self._row(row, widths, table.size, continued[index])
            else:
                yield row.tags

    def _row(self, row: Row, widths: Sequence[int], size: float | None, continued: frozenset[int]) -> str:
        cells, column = [], 0
        for cell in row.cells:
            width = sum(widths[column : column + cell.columns])
            cells.append(self._cell(cell, width, size, begins_merge=column in continued and not cell.continues))
            column += cell.columns
        repeat = "<w:tblHeader/>" if row.is_head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"

    def _cell(self, cell: Cell, width: int, size: float | None, *, begins_merge: bool) -> str:
        align = f'<w:jc w:val="{cell.align}"/>' if cell.align else ""
        style = f'<w:pStyle w:val="{styles.O_BANG}"/>' if styles.O_BANG in self.known else ""
        runs = self.source.restored(self.runs.write(cell.inlines, bold=cell.is_head, size=size))
        paragraph = f"<w:p><w:pPr>{style}{align}</w:pPr>{runs}</w:p>"
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = "<w:vMerge/>" if cell.continues else '<w:vMerge w:val="restart"/>' if begins_merge else ""
        middle = '<w:vAlign w:val="center"/>' if begins_merge or (cell.is_head and cell.columns > 1) else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{middle}</w:tcPr>{paragraph}</w:tc>'


def _columns_continued_below(table: Table) -> list[frozenset[int]]:
    """For each row the columns at which the next row goes on with the cell above."""
    continued: list[frozenset[int]] = []
    below: frozenset[int] = frozenset()
    for row in reversed(table.rows):
        continued.append(below)
        if isinstance(row, Row):
            below = frozenset(_continuing(row))
    return continued[::-1]


def _continuing(row: Row) -> Iterator[int]:
    column = 0
    for cell in row.cells:
        if cell.continues:
            yield column
        column += cell.columns


def _cell_text(cell: Cell) -> str:
    return "".join(map(_inline_text, cell.inlines))


def _inline_text(inline: Inline) -> str:
    match inline:
        case Run():
            return keep_unbroken(inline.text)
        case LineBreak() | Picture():
            return " "
        case _:
            return ""
