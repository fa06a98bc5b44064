"""The run's list for people: ``danh-muc.xlsx`` beside the manifest, with real dates, links and states in words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from congvan.letter import KINDS
from congvan.letter.official_copy import COPIES
from congvan.letter.record.letter_state import LetterState
from congvan.recipients.tiers import Tier
from congvan.run.output.manifest import ManifestRow, OutputFile
from congvan.text import capitalize_first, short_date

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET: Final = "Danh mục"

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


@dataclass(frozen=True, slots=True)
class _Faces:
    """The formats of the cells."""

    head: Any
    text: Any
    day: Any
    link: Any


def danh_muc(title: str, rows: Iterable[ManifestRow], hidden: int) -> Iterator[bytes]:
    """The list as .xlsx. ``hidden`` letters have a secrecy mark: they are counted below it, and nothing more.

    What looks like a formula stays text, also after somebody has edited the cell.
    """
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"constant_memory": True}) as workbook:
        workbook.set_properties({"title": title[:255], "created": _CREATED})
        cell = {"valign": "top", "text_wrap": True, "quote_prefix": True}
        faces = _Faces(
            workbook.add_format({**cell, "bold": True, "bottom": 1}),
            workbook.add_format(cell),
            workbook.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"}),
            workbook.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1}),
        )
        sheet = workbook.add_worksheet(SHEET)
        _set_up(sheet, faces)
        last = _write_rows(sheet, rows, faces)
        sheet.autofilter(_HEAD, 0, last, len(COLUMNS) - 1)
        if hidden:
            sheet.write_string(last + 2, 0, f"Không liệt kê {hidden} văn bản có độ mật.")
    yield target.getvalue()


def _set_up(sheet: Worksheet, faces: _Faces) -> None:
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, name, faces.head)
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_rows(sheet: Worksheet, rows: Iterable[ManifestRow], faces: _Faces) -> int:
    """Write a line for each letter; returns the number of the last line."""
    line = _HEAD
    for line, row in enumerate(rows, start=_HEAD + 1):
        sheet.write_number(line, 0, row.thu_tu, faces.text)
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
        for name, text in texts.items():
            if text:
                sheet.write_string(line, _AT[name], text[:_MOST_CHARACTERS], faces.text)
        _write_day(sheet, line, _AT["Ngày"], row.ngay, faces)
        if row.trang is not None:
            sheet.write_number(line, _AT["Số trang"], row.trang, faces.text)
        for name, file in (("Word", row.docx), ("PDF", row.pdf)):
            if file:
                _write_link(sheet, line, _AT[name], name, file, faces)
    return line


def _write_day(sheet: Worksheet, line: int, column: int, ngay: str, faces: _Faces) -> None:
    """A real date; one with a blank to fill in by hand as text."""
    if len(ngay) == _WHOLE:
        sheet.write_datetime(line, column, _day(ngay), faces.day)
    elif ngay:
        sheet.write_string(line, column, short_date(*(int(part) for part in ngay.split("-"))), faces.text)


def _write_link(sheet: Worksheet, line: int, column: int, name: str, file: OutputFile, faces: _Faces) -> None:
    """A link to the file from where the list lies.

    As a formula: links of the other kind have the slashes of Windows, and Excel opens no file with over 65,530 of them.
    """
    if len(file.path) > _LONGEST_LINK:
        sheet.write_string(line, column, file.path, faces.text)
        return
    path = file.path.replace('"', '""')
    sheet.write_formula(line, column, f'=HYPERLINK("{path}","{name}")', faces.link, name)


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
