"""Read a book that an office kept in a spreadsheet before congvan; its numbers are already issued.

The columns are those of the decree's book (Decree 30/2020, Annex IV), however the header writes them. A line
is taken with its number, symbol and date, or refused with everything that is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from congvan.findings import Finding, Report, finding
from congvan.letter import KINDS
from congvan.letter.official_copy import COPIES, COPY_CODES
from congvan.recipients import Row, read_table
from congvan.register.entry import LARGEST_START, IssuedNumber, NumberRequest, Series
from congvan.text import TextError, parse_date, slug

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "so_ky_hieu": (
        "Số, ký hiệu văn bản",
        "Số, ký hiệu",
        "Số, ký hiệu VB",
        "Số và ký hiệu",
        "Số và ký hiệu văn bản",
        "Số hiệu",
        "Số hiệu văn bản",
    ),
    "so": ("Số", "Số văn bản", "Số VB", "Số đi"),
    "ky_hieu": ("Ký hiệu", "Ký hiệu văn bản", "Ký hiệu VB"),
    "ngay": (
        "Ngày tháng văn bản",
        "Ngày, tháng, năm văn bản",
        "Ngày tháng VB",
        "Ngày tháng",
        "Ngày, tháng, năm",
        "Ngày văn bản",
        "Ngày ban hành",
        "Ngày tháng ban hành",
        "Ngày ký",
        "Ngày",
    ),
    "loai": ("Tên loại", "Tên loại văn bản", "Loại văn bản", "Loại VB", "Loại"),
    "trich_yeu": (
        "Tên loại và trích yếu nội dung văn bản",
        "Tên loại và trích yếu nội dung",
        "Tên loại và trích yếu",
        "Tên loại, trích yếu nội dung",
        "Trích yếu nội dung văn bản",
        "Trích yếu nội dung",
        "Trích yếu",
        "Nội dung",
        "Nội dung văn bản",
    ),
    "nguoi_ky": ("Người ký", "Người ký văn bản", "Họ tên người ký"),
    "noi_nhan": ("Nơi nhận", "Nơi nhận văn bản", "Nơi nhận VB"),
    "don_vi_luu": (
        "Đơn vị, người nhận bản lưu",
        "Đơn vị hoặc người nhận bản lưu",
        "Đơn vị nhận bản lưu",
        "Người nhận bản lưu",
        "Đơn vị lưu",
        "Nơi lưu",
    ),
    "so_ban": ("Số lượng bản", "Số bản", "Số lượng"),
    "ghi_chu": ("Ghi chú",),
}
"""The columns that are imported, and the ways books write them."""

_NUMBER: Final = re.compile(r"(?:số ?:? ?)?([0-9]{1,9}) ?(?:/ ?(\S.*))?", re.IGNORECASE)
_COPIES: Final = re.compile(r"([0-9]{1,6})(?: bản)?", re.IGNORECASE)
_COLUMN_NUMBER: Final = re.compile(r"\(?([0-9]{1,2})\)?")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_ABOUT: Final = re.compile(r"[\s:,-]*(?:v/v\b[\s:]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LegacyBook:
    """The lines that could be read, and every finding about the file."""

    lines: tuple[IssuedNumber, ...]
    report: Report


def read_legacy_book(path: Path | str, series: Series, *, sheet: str | None = None) -> LegacyBook:
    """Read the book of ``series`` in a .xlsx, .ods or .csv file. Enters nothing: see ``Register.enter_issued``.

    Raises:
        UnreadableFileError: when the file cannot be read at all.
        RegisterError: for a series without a body.
    """
    table = read_table(path, sheet=sheet, naming=_column, expected=frozenset(COLUMNS))
    lines: list[IssuedNumber] = []
    findings: list[Finding] = [*table.report, *_columns(table.headers, table.rows[0] if table.rows else None)]
    if not any(found.code == "register-column-missing" for found in findings):
        for row in table.rows:
            if not _numbers_the_columns(row):
                line, wrong = _line(row, series)
                findings += wrong
                lines += [line] if line else []
    return LegacyBook(tuple(lines), Report.of(findings))


def _column(header: str) -> str:
    """The column a header means, or the header's own name; a note in brackets does not matter."""
    if not _key(header):
        return ""
    for written in (header, _BRACKETS.sub(" ", header)):
        if name := _BY_KEY.get(_key(written)):
            return name
    return _key(header)


def _columns(headers: Mapping[str, str], first: Row | None) -> Iterator[Finding]:
    if first is None:
        return
    if "so_ky_hieu" not in headers and "so" not in headers:
        yield finding("register-column-missing", first.place, column=COLUMNS["so_ky_hieu"][0])
    if "ngay" not in headers:
        yield finding("register-column-missing", first.place, column=COLUMNS["ngay"][0])
    for name in headers:
        if name not in COLUMNS:
            yield finding("register-column-left-out", first.place_of(name))


def _numbers_the_columns(row: Row) -> bool:
    """True for the row (1), (2), (3) … of the printed book, which counts its columns."""
    counted = [_COLUMN_NUMBER.fullmatch(text) for text in row.values.values()]
    return [int(one[1]) for one in counted if one] == list(range(1, len(row.values) + 1)) and len(counted) > 1


def _line(row: Row, series: Series) -> tuple[IssuedNumber | None, list[Finding]]:
    parts, wrong = _parts(row)
    if any(found.severity == "error" for found in wrong) or row.refused & COLUMNS.keys():
        return None, wrong
    so = parts.pop("so")
    letter = NumberRequest(khoa=f"so-cu/{series}/{so}", **series._asdict(), **parts)
    return IssuedNumber(so, letter, row.place), wrong


def _parts(row: Row) -> tuple[dict[str, Any], list[Finding]]:
    """The values of a line, by the names of a request, and what is wrong with it."""
    wrong: list[Finding] = []
    so, ky_hieu = _number(row, wrong)
    subject = " ".join(part for name in ("loai", "trich_yeu") if (part := row.values.get(name)))
    if not subject:
        wrong.append(finding("register-line-subject-missing", row.place_of("trich_yeu")))
    kind, trich_yeu = _kind(subject, ky_hieu)
    parts = {"so": so, "ky_hieu": ky_hieu, "ngay": _date(row, wrong), "loai": kind, "trich_yeu": trich_yeu}
    texts = {name: row.values.get(name, "") for name in ("nguoi_ky", "noi_nhan", "don_vi_luu", "ghi_chu")}
    return {**parts, **texts, "so_ban": _copies(row, wrong)}, wrong


def _number(row: Row, wrong: list[Finding]) -> tuple[int, str]:
    column = "so_ky_hieu" if "so_ky_hieu" in row.values else "so"
    written = row.values.get(column)
    if written is None:
        if not row.refused & {"so_ky_hieu", "so"}:
            wrong.append(finding("register-line-number-missing", row.place_of(column)))
        return 0, ""
    match = _NUMBER.fullmatch(" ".join(written.split()))
    if not match or not 1 <= int(match[1]) <= LARGEST_START:
        wrong.append(finding("register-line-number-unreadable", row.place_of(column), value=written))
        return 0, ""
    symbol = "".join((match[2] or row.values.get("ky_hieu", "")).split())
    if not symbol:
        wrong.append(finding("register-line-symbol-missing", row.place_of(column), so=match[1]))
    return int(match[1]), symbol


def _date(row: Row, wrong: list[Finding]) -> date | None:
    written = row.values.get("ngay")
    if written is None:
        if "ngay" not in row.refused:
            wrong.append(finding("register-line-date-missing", row.place_of("ngay")))
        return None
    try:
        return parse_date(written)
    except TextError:
        wrong.append(finding("register-line-date-unreadable", row.place_of("ngay"), value=written))
        return None


def _copies(row: Row, wrong: list[Finding]) -> int | None:
    written = row.values.get("so_ban")
    if written is None:
        return None
    if match := _COPIES.fullmatch(written):
        return int(match[1])
    wrong.append(finding("register-line-copies-unreadable", row.place_of("so_ban"), value=written))
    return None


def _kind(subject: str, ky_hieu: str) -> tuple[str, str]:
    """The kind a line names, or its symbol does, and what is left as the subject; of a copy the form, by its symbol.

    A symbol begins with the code of its kind unless it is a công văn's (Annex I, part II, item 3).
    """
    code = ky_hieu.partition("-")[0]
    if form := _COPIES_BY_CODE.get(code):
        name = COPIES[form]
        about = subject[len(name) :] if subject.upper().startswith(name) else subject
        return form, about.lstrip(" :,-")
    for kind in _LONGEST_NAMES_FIRST:
        rest = subject[len(kind.ten) :]
        if subject.lower().startswith(kind.ten) and not rest[:1].isalpha():
            return kind.ma, _ABOUT.sub("", rest, count=1)
    kind = _BY_CODE.get(code, KINDS["cong-van"])
    return kind.ma, _ABOUT.sub("", subject, count=1)


def _key(header: str) -> str:
    return slug(header, limit=200).replace("-", "").strip("_") if any(map(str.isalnum, header)) else ""


_BY_KEY: Final = {_key(written): name for name, spellings in COLUMNS.items() for written in (name, *spellings)}
_COPIES_BY_CODE: Final = {code: form for form, code in COPY_CODES.items()}
_BY_CODE: Final = {kind.ky_hieu: kind for kind in KINDS.values() if kind.ky_hieu}
_LONGEST_NAMES_FIRST: Final = sorted(KINDS.values(), key=lambda kind: -len(kind.ten))
