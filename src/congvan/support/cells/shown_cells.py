"""Find the cells of a workbook that show something else than their value: errors, and numbers under a format.

The reader of workbooks gives values: nothing for ``#N/A``, 123 for 00123, 0.155 for 15,5 %. Only the cells whose tag
says so are looked at, so that a list of texts costs one search through its bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from typing import IO, Any, Final, NamedTuple

from congvan.support.cells.number_format import BUILT_IN, PLAIN, shown, vietnamese_marks
from congvan.support.cells.xls_cells import xls_cells

_CHUNK: Final = 1 << 20
_ATTRIBUTES: Final = rb"""((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?>"""
_ATTRIBUTE: Final = re.compile(rb"""(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL_STYLES: Final = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>]")
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>]")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_REFERENCE: Final = re.compile(r"([A-Z]+)(\d+)")

_TABLE_TAG: Final = re.compile(
    rb"<table:(table|table-row|(?:covered-)?table-cell)\b(?!-)([^>]*)>(?:\s*<text:p[^>]*>([^<]*)</text:p>)?"
)
_OTHER_THAN_TEXT: Final = re.compile(rb'value-type="(?:error|(?!string)\w+")')
_NUMBER: Final = re.compile(r"\d+")
_PARTS_OF_A_DATE: Final = 3


class _Shown(NamedTuple):
    """What a cell shows: a text, or its value under a number format."""

    text: str
    is_format: bool = False

    def of(self, value: Any) -> Any:
        return shown(value, self.text) if self.is_format else self.text


class ShownCells:
    """What the cells of one sheet show; rows and columns count from 0."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, _Shown]] = defaultdict(dict)

    def add(self, row: int, column: int, cell: _Shown) -> None:
        """Say what a cell shows."""
        self._rows[row][column] = cell

    def in_row(self, number: int, values: list[Any]) -> list[Any]:
        """The values of a row as its cells show them."""
        if cells := self._rows.get(number):
            for column, cell in cells.items():
                if column < len(values):
                    values[column] = cell.of(values[column])
        return values


def shown_cells(source: IO[bytes], sheet: str, last: tuple[int, int]) -> ShownCells:
    """The cells of a sheet, of .xlsx, .ods or .xls, up to the row and column ``last``."""
    found = ShownCells()
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as package:
            if "content.xml" in package.namelist():
                _add_open_document(package, sheet, last, found)
            elif part := _part_of(package, sheet):
                _add_office(package, part, found)
    else:
        source.seek(0)
        for cell in xls_cells(source.read(), sheet):
            found.add(cell.row, cell.column, _Shown(cell.error or cell.code, is_format=not cell.error))
    return found


def _tags(xml: bytes, name: str) -> Iterator[dict[str, str]]:
    """The attributes of every tag of this name, without their prefixes."""
    for tag in re.finditer(rb"<(?:\w+:)?" + name.encode() + _ATTRIBUTES, xml):
        yield _attributes(tag[1])


def _attributes(written: bytes) -> dict[str, str]:
    pairs = ((name, double or single) for name, double, single in _ATTRIBUTE.findall(written))
    return {name.decode(): unescape(value.decode("utf-8", "replace")) for name, value in pairs}


def _part_of(package: zipfile.ZipFile, sheet: str) -> str | None:
    """The part of the package with the sheet of this name."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    sheets = {one.get("name"): one.get("id") for one in _tags(package.read("xl/workbook.xml"), "sheet")}
    relations = _tags(package.read("xl/_rels/workbook.xml.rels"), "Relationship")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    target = targets.get(sheets.get(sheet) or "", "")
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
    return part if part in names else None


def _formats(package: zipfile.ZipFile) -> Mapping[int, str]:
    """The number formats of the cell styles by number, those that change what is shown."""
    if "xl/styles.xml" not in package.namelist():
        return {}
    xml = package.read("xl/styles.xml")
    known = {**BUILT_IN, **{int(one["numFmtId"]): one["formatCode"] for one in _tags(xml, "numFmt")}}
    styles = _CELL_STYLES.search(xml)
    codes = (known.get(int(one.get("numFmtId", 0)), "") for one in _tags(styles[0], "xf")) if styles else ()
    return {number: code for number, code in enumerate(codes) if code not in PLAIN}


def _add_office(package: zipfile.ZipFile, part: str, found: ShownCells) -> None:
    formats = _formats(package)
    wanted = rb"|".join([rb"t=[\"']e[\"']", *(rb"s=[\"']%d[\"']" % number for number in formats)])
    interesting = re.compile(rb"<(?:\w+:)?c(?=\s)([^>]*?\s(?:" + wanted + rb")[^>]*)>")
    before = 0
    for rows in _whole_rows(package, part, b"row>"):
        if formats or b'"e"' in rows or b"'e'" in rows:
            for tag in interesting.finditer(rows):
                cell = _attributes(tag[1])
                row, column = _position(cell.get("r", "")) or _counted_position(rows[: tag.start()], before)
                found.add(row, column, _office_cell(cell, rows, tag.end(), formats))
        before += len(_ROW.findall(rows))


def _office_cell(cell: Mapping[str, str], rows: bytes, end: int, formats: Mapping[int, str]) -> _Shown:
    if cell.get("t") == "e":
        value = _VALUE.search(rows, end)
        return _Shown(value[1].decode() if value else "#N/A")
    return _Shown(formats[int(cell["s"])], is_format=True)


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column of ``B12``, from 0; None where the cell does not say."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _counted_position(rows: bytes, before: int) -> tuple[int, int]:
    """Row and column of the cell behind ``rows``, whose cells do not say where they are."""
    starts = [match.start() for match in _ROW.finditer(rows)]
    return before + len(starts) - 1, len(_CELL.findall(rows, starts[-1] if starts else 0))


def _whole_rows(package: zipfile.ZipFile, part: str, end: bytes) -> Iterator[bytes]:
    """The part in pieces that end with a whole row."""
    with package.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            at = chunk.rfind(end)
            if at < 0:
                rest += chunk
                continue
            yield rest + chunk[: at + len(end)]
            rest = chunk[at + len(end) :]
        yield rest


def _add_open_document(package: zipfile.ZipFile, sheet: str, last: tuple[int, int], found: ShownCells) -> None:
    """Walk through the cells of a sheet; those of a whole file of texts only are not looked at."""
    if not any(map(_OTHER_THAN_TEXT.search, _whole_rows(package, "content.xml", b"table-row>"))):
        return
    is_here, row, column, times = False, 0, 0, 1
    for rows in _whole_rows(package, "content.xml", b"table-row>"):
        for tag in _TABLE_TAG.finditer(rows):
            kind = tag[1]
            if kind == b"table":
                is_here, row, times = _attributes(tag[2]).get("name") == sheet, 0, 0
            elif not is_here:
                continue
            elif kind == b"table-row":
                row, column, times = row + times, 0, _repeated(tag[2], b"rows")
            elif (repeated := _repeated(tag[2], b"columns")) and column <= last[1]:
                if cell := _open_document_cell(tag):
                    _add_repeated(found, cell, (row, min(last[0] + 1, row + times)), (column, column + repeated), last)
                column += repeated


def _add_repeated(
    found: ShownCells, cell: _Shown, rows: tuple[int, int], columns: tuple[int, int], last: tuple[int, int]
) -> None:
    for row in range(*rows):
        for column in range(columns[0], min(columns[1], last[1] + 1)):
            found.add(row, column, cell)


def _repeated(attributes: bytes, what: bytes) -> int:
    if b"-repeated" not in attributes:
        return 1
    match = re.search(rb"number-" + what + rb'-repeated="(\d+)"', attributes)
    return int(match[1]) if match else 1


def _open_document_cell(tag: re.Match[bytes]) -> _Shown | None:
    """What a cell shows, where that is not its value; its text stands in the file as people saw it."""
    if tag[3] is None or not _OTHER_THAN_TEXT.search(tag[2]):
        return None
    text = unescape(tag[3].decode("utf-8", "replace")).strip()
    attributes = _attributes(tag[2])
    match attributes.get("value-type"):
        case "date" if len(_NUMBER.findall(text)) >= _PARTS_OF_A_DATE or not text:
            return None
        case "boolean":
            return None
        case _ if attributes.get("value") == text or not text:
            return None
        case _ if value := attributes.get("value"):
            return _Shown(vietnamese_marks(text, value))
        case _:
            return _Shown(text)
