"""The run's list for people: ``danh-muc.xlsx`` beside the manifest, with real dates, links and states in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from congvan.letter import KINDS
from congvan.letter.official_copy import COPIES
from congvan.letter.record.letter_state import LetterState
from congvan.recipients.tiers import Tier
from congvan.run.output.manifest import ManifestRow, OutputFile
from congvan.text import capitalize_first, short_date

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEET: Final = "Danh mục"
_SHEET_PART: Final = "xl/worksheets/sheet1.xml"

COLUMNS: Final = (
    ("TT", 6),
    ("Cấp", 10),
    ("Đợt gửi", 14),
    ("Số, ký hiệu", 18),
    ("Ngày", 12),
    ("Loại", 14),
    ("Trích yếu", 50),
    ("Kính gửi", 44),
    ("Cơ quan ban hành", 30),
    ("Số trang", 9),
    ("Trạng thái", 16),
    ("Ghi chú", 24),
    ("Word", 8),
    ("PDF", 8),
)
"""The columns and their widths in characters."""

_AT: Final = {name: at for at, (name, _) in enumerate(COLUMNS)}

STATES: Final = {
    LetterState.MADE: "đã tạo",
    LetterState.FAILED: "lỗi, chưa tạo được",
    LetterState.DRAFT: "dự thảo",
    LetterState.NUMBERED: "đã cấp số",
    LetterState.ISSUED: "đã ban hành",
    LetterState.REPLACED: "đã thay thế",
    LetterState.RECALLED: "đã thu hồi",
    LetterState.CORRECTED: "đã đính chính",
    LetterState.VOID: "hủy",
}
"""The states of the manifest in words."""

_HEAD: Final = 0
_LONGEST_LINK: Final = 255
"""Characters of a text inside a formula."""

_MOST_CHARACTERS: Final = 32_767
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in the file: a fixed one, so that the same run gives the same bytes."""

_WHOLE: Final = len("2026-01-05")


_LETTERS: Final = "ABCDEFGHIJKLMN"
_FIRST_DAY: Final = date(1899, 12, 30)
"""The day that Excel counts dates from."""

_PATTERN_ROW: Final = re.compile(
    rb'<row r="2"><c r="A2" s="(\d+)"><v>1</v></c><c r="B2" s="(\d+)"><v>1</v></c><c r="C2" s="(\d+)".*?</row>'
)
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"/>')
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def danh_muc(title: str, rows: Iterable[ManifestRow], hidden: int) -> Iterator[bytes]:
    """The list as .xlsx. ``hidden`` letters have a secrecy mark: they are counted below it, and nothing more.

    What looks like a formula stays text, also after somebody has edited the cell. The library writes the workbook, and
    one line as a pattern; the lines of the letters are written after it. That saves 10 % of a run of Word documents.
    """
    letters = list(rows)
    book = _workbook(title, len(letters), hidden)
    target = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as source, ZipFile(target, "w", ZIP_DEFLATED) as filled:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _SHEET_PART:
                content = _with_lines(content, letters)
            filled.writestr(part, content)
    yield target.getvalue()


def _workbook(title: str, letters: int, hidden: int) -> bytes:
    """The workbook with its head, a pattern line, and what stands below the lines of the letters."""
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"constant_memory": True}) as workbook:
        workbook.set_properties({"title": title[:255], "created": _CREATED})
        cell = {"valign": "top", "text_wrap": True, "quote_prefix": True}
        sheet = workbook.add_worksheet(SHEET)
        _set_up(sheet, workbook.add_format({**cell, "bold": True, "bottom": 1}))
        sheet.write_number(1, 0, 1, workbook.add_format(cell))
        day = {"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"}
        sheet.write_number(1, 1, 1, workbook.add_format(day))
        link = {"valign": "top", "font_color": "#0563C1", "underline": 1}
        sheet.write_formula(1, 2, '=HYPERLINK("")', workbook.add_format(link))
        sheet.autofilter(_HEAD, 0, letters, len(COLUMNS) - 1)
        if hidden:
            sheet.write_string(letters + 2, 0, f"Không liệt kê {hidden} văn bản có độ mật.")
    return target.getvalue()


def _set_up(sheet: Worksheet, head: Format) -> None:
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, name, head)
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _with_lines(sheet: bytes, letters: Sequence[ManifestRow]) -> bytes:
    """The sheet's XML with a line for each letter in place of the pattern."""
    pattern = _PATTERN_ROW.search(sheet)
    assert pattern, "the workbook has a pattern line"
    text, day, link = (style.decode() for style in pattern.groups())
    lines = "".join(_line(number, row, text, day, link) for number, row in enumerate(letters, start=2)).encode()
    filled = sheet[: pattern.start()] + lines + sheet[pattern.end() :]
    area = f'<dimension ref="A1:{_LETTERS[-1]}{len(letters) + 1}"/>'
    return _DIMENSION.sub(area.encode(), filled, count=1)


def _line(number: int, row: ManifestRow, text: str, day: str, link: str) -> str:
    """A line as XML; ``text``, ``day`` and ``link`` are the styles of its cells."""
    texts = {
        "Cấp": _tier(row.cap),
        "Đợt gửi": row.dot_gui,
        "Số, ký hiệu": _numbered(row),
        "Loại": _kind(row.loai),
        "Trích yếu": row.trich_yeu,
        "Kính gửi": "; ".join(row.kinh_gui),
        "Cơ quan ban hành": row.co_quan,
        "Trạng thái": STATES[LetterState(row.trang_thai)],
        "Ghi chú": row.ghi_chu,
    }
    cells = {_AT[name]: _text(number, _AT[name], words, text) for name, words in texts.items() if words}
    cells[0] = f'<c r="A{number}" s="{text}"><v>{row.thu_tu}</v></c>'
    if row.ngay:
        cells[_AT["Ngày"]] = _day_cell(number, row.ngay, text, day)
    if row.trang is not None:
        cells[_AT["Số trang"]] = f'<c r="{_LETTERS[_AT["Số trang"]]}{number}" s="{text}"><v>{row.trang}</v></c>'
    for name, file in (("Word", row.docx), ("PDF", row.pdf)):
        if file:
            cells[_AT[name]] = _link_cell(number, name, file, text, link)
    return f'<row r="{number}">{"".join(cells[at] for at in sorted(cells))}</row>'


def _text(number: int, column: int, words: str, style: str) -> str:
    escaped = escape(_UNWRITABLE.sub(_written_out, words[:_MOST_CHARACTERS]), quote=False)
    written = f'<is><t xml:space="preserve">{escaped}</t></is>'
    return f'<c r="{_LETTERS[column]}{number}" s="{style}" t="inlineStr">{written}</c>'


def _written_out(match: re.Match[str]) -> str:
    """A character XML has no place for, as Excel writes it: ``_x000B_``."""
    return f"_x{ord(match[0]):04X}_"


def _day_cell(number: int, ngay: str, text: str, style: str) -> str:
    """A real date; one with a blank to fill in by hand as text."""
    column = _AT["Ngày"]
    if len(ngay) == _WHOLE:
        return f'<c r="{_LETTERS[column]}{number}" s="{style}"><v>{(_day(ngay) - _FIRST_DAY).days}</v></c>'
    return _text(number, column, short_date(*(int(part) for part in ngay.split("-"))), text)


def _link_cell(number: int, name: str, file: OutputFile, text: str, style: str) -> str:
    """A link to the file from where the list lies.

    As a formula: links of the other kind have the slashes of Windows, and Excel opens no file with over 65,530 of them.
    """
    if len(file.path) > _LONGEST_LINK:
        return _text(number, _AT[name], file.path, text)
    path = escape(file.path.replace('"', '""'), quote=False)
    formula = f'<f>HYPERLINK("{path}","{name}")</f><v>{name}</v>'
    return f'<c r="{_LETTERS[_AT[name]]}{number}" s="{style}" t="str">{formula}</c>'


@lru_cache(64)  # a run has few dates
def _day(ngay: str) -> date:
    return date.fromisoformat(ngay)


@lru_cache(64)
def _tier(cap: str) -> str:
    return capitalize_first(Tier.of(cap).ten) if cap else ""


@lru_cache(64)
def _kind(loai: str) -> str:
    name = KINDS[loai].ten if loai in KINDS else COPIES.get(loai, loai).lower()
    return capitalize_first(name) if name else ""


def _numbered(row: ManifestRow) -> str:
    if not row.ky_hieu:
        return ""
    return f"{'…' if row.so is None else f'{row.so:02}'}/{row.ky_hieu}"
