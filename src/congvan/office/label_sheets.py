"""Labels, one a recipient, on sheets of self-adhesive labels as shops sell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from congvan.office.consignment import SentCopy
from congvan.register.book.printed_book import printable
from congvan.support.lengths import Mm, Pt, Twips
from congvan.support.plain_document import element, new_document, qualified, saved

if TYPE_CHECKING:
    from docx.document import Document

_A4: Final = (Mm(210), Mm(297))
_TITLE: Final = "Nhãn địa chỉ"
_PADDING: Final = Mm(5)
_CELL_SIZE: Final = Pt(11)
_NUMBER_SIZE: Final = Pt(10)


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of A4: ``columns`` by ``rows`` labels of ``width`` by ``height``.

    ``top`` and ``left`` are the margins of the sheet, ``gap`` what is between two columns. Rows touch.
    """

    columns: int
    rows: int
    width: Mm
    height: Mm
    top: Mm
    left: Mm
    gap: Mm = Mm(0)

    @property
    def labels(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


LABEL_SHEETS: Final = {
    "70x37": LabelSheet(3, 8, Mm(70), Mm(37.125), Mm(0), Mm(0)),
    "70x29.7": LabelSheet(3, 10, Mm(70), Mm(29.7), Mm(0), Mm(0)),
    "63.5x38.1": LabelSheet(3, 7, Mm(63.5), Mm(38.1), Mm(15.15), Mm(7.25), Mm(2.5)),
    "99.1x33.9": LabelSheet(2, 8, Mm(99.1), Mm(33.9), Mm(12.9), Mm(4.65), Mm(2.5)),
    "99.1x38.1": LabelSheet(2, 7, Mm(99.1), Mm(38.1), Mm(15.15), Mm(4.65), Mm(2.5)),
    "99.1x67.7": LabelSheet(2, 4, Mm(99.1), Mm(67.7), Mm(13.1), Mm(4.65), Mm(2.5)),
    "105x37": LabelSheet(2, 8, Mm(105), Mm(37), Mm(0.5), Mm(0)),
    "105x57": LabelSheet(2, 5, Mm(105), Mm(57), Mm(6), Mm(0)),
}
"""Common sheets by the size of their labels in mm, which the makers print on the box; no rule prescribes any."""

DEFAULT_LABELS: Final = "70x37"


def label_pages(copies: Sequence[SentCopy], sheet: LabelSheet) -> bytes:
    """A label for each of ``copies`` as .docx, row by row, in their order."""
    width, height = _A4
    bottom = Mm(max(0.0, height - sheet.top - sheet.rows * sheet.height - 0.2))
    document = new_document(width, height, left=sheet.left, right=Mm(0), top=sheet.top, bottom=bottom)
    _remove_headers(document)
    widths = _widths(sheet)
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for grid, twips in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.set(qualified("w"), str(int(twips)))
    table._tbl.tblPr.append(_padding(0, "tblCellMar"))  # Word moves a table left by the padding of its cells
    empty = table.rows[0]._tr
    _shape_row(empty, sheet, widths)
    step = 2 if sheet.gap else 1
    for row in _rows(copies, sheet.columns):
        filled = deepcopy(empty)
        for cell, copy in zip(filled.tc_lst[::step], row, strict=False):
            _fill(cell, copy)
        table._tbl.append(filled)
    table._tbl.remove(empty)
    _end_without_a_line(document)
    return saved(document, _TITLE)


def _rows(copies: Sequence[SentCopy], columns: int) -> Iterator[Sequence[SentCopy]]:
    for start in range(0, len(copies), columns):
        yield copies[start : start + columns]


def _remove_headers(document: Document) -> None:
    """Let no room for headers push the first label down."""
    section = document.sections[0]
    section.header_distance = section.footer_distance = 0


def _widths(sheet: LabelSheet) -> list[Twips]:
    """The widths of the table's columns: those of labels, and between two of them the gap, where there is one."""
    widths = [sheet.width.twips]
    for _ in range(1, sheet.columns):
        widths += [sheet.gap.twips, sheet.width.twips] if sheet.gap else [sheet.width.twips]
    return widths


def _shape_row(row: Any, sheet: LabelSheet, widths: Sequence[Twips]) -> None:
    """Exact height and widths: rounded down, since a row too high would push the last of a sheet to the next."""
    row.get_or_add_trPr().append(element("trHeight", val=int(sheet.height.pt * 20), hRule="exact"))
    for cell, width in zip(row.tc_lst, widths, strict=True):
        properties = cell.get_or_add_tcPr()
        for old in properties.findall(qualified("tcW")):
            properties.remove(old)
        properties.append(element("tcW", w=width, type="dxa"))
        properties.append(_padding(min(_PADDING.twips, width)))
        properties.append(element("vAlign", val="center"))


def _padding(twips: int, name: str = "tcMar") -> Any:
    margins = element(name)
    for side in ("left", "right"):
        margins.append(element(side, w=twips, type="dxa"))
    return margins


def _fill(cell: Any, copy: SentCopy) -> None:
    lines = copy.address_lines
    first = cell.p_lst[0]
    _write(first, lines[0], _CELL_SIZE, bold=True)
    for line in lines[1:]:
        _write(cell.add_p(), line, _CELL_SIZE)
    _write(cell.add_p(), f"Số: {copy.letter.so_ky_hieu}", _NUMBER_SIZE)


def _write(paragraph: Any, text: str, size: Pt, *, bold: bool = False) -> None:
    run = paragraph.add_r()
    properties = run.get_or_add_rPr()
    if bold:
        properties.append(element("b"))
    properties.append(element("sz", val=int(size * 2)))
    run.text = printable(text)


def _end_without_a_line(document: Document) -> None:
    """Word ends a document with a paragraph; one without height starts no sheet of its own."""
    last = document.add_paragraph()._p
    properties = last.get_or_add_pPr()
    properties.append(element("spacing", before=0, after=0, line=1, lineRule="exact"))
    mark = element("rPr")
    mark.append(element("sz", val=2))
    properties.append(mark)
