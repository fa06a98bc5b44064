"""Read a book that an office kept in a spreadsheet before congvan; its numbers are already issued.

The columns are those of the decree's book (Decree 30/2020, Annex IV), however the header writes them. Such a book is
history: every line with a number is taken, with a warning for all that cannot be read in it. Rows that are no letters
(«Tháng 02», totals, signatures, a header once more) are passed over and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from congvan.findings import Finding, Report, Severity, finding
from congvan.letter import KINDS
from congvan.letter.official_copy import COPIES, COPY_CODES
from congvan.recipients import Row, read_table
from congvan.register.entry import HISTORY, LARGEST_START, IssuedNumber, NumberRequest, Series
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

_NUMBER: Final = re.compile(
    r"(?:số ?:? ?)?(?P<so>[0-9]{1,9}) ?(?P<so_phu>(?:[a-zđ]{1,3})?(?:\([0-9]{1,3}\))?) ?(?:/ ?(?P<ky_hieu>\S.*))?",
    re.IGNORECASE,
)
_DAY_OF_YEAR: Final = re.compile(r"(?:ngày )?[0-9]{1,2} ?(?:(?P<mark>[/.-])|tháng) ?[0-9]{1,2}", re.IGNORECASE)
_NO_LETTER: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:tháng|quý|năm) ?(?:[0-9]+|[ivx]+)\b.*",
        r"(?:tổng|cộng)\b.*",
        r"\(?ký\b.*",
        r"người (?:lập|giữ|vào) .*",
        r".*thủ trưởng.*",
        r"văn thư",
        r"(?:tm|kt|tl|tuq)\. .*",
        r"(?:phó |chánh |q\. ?)?(?:giám đốc|văn phòng|chủ tịch).*",
        r".*, ?ngày .* tháng .* năm .*",
    )
)
"""Texts of rows that stand for no letter: dividers, totals, the signatures below the table."""

_SHOWN: Final = 60
"""Characters of a row that a finding quotes."""
_COPIES: Final = re.compile(r"([0-9]{1,6})(?: bản)?", re.IGNORECASE)
_LOST_CELLS: Final = frozenset(
    {"recipients-text-broken", "recipients-text-misread", "recipients-letters-lost", "recipients-not-a-value"}
)
_COLUMN_NUMBER: Final = re.compile(r"\(?([0-9]{1,2})\)?")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_ABOUT: Final = re.compile(r"[\s:,-]*(?:v/v\b[\s:]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LegacyBook:
    """The lines that could be read, and every finding about the file; an error means that it is no book at all."""

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
    findings: list[Finding] = [*map(_as_history, table.report)]
    findings += _columns(table.headers, table.rows[0] if table.rows else None)
    if not any(found.code == "register-column-missing" for found in findings):
        for row in table.rows:
            line, found = _line(row, series)
            findings += found
            lines += [line] if line else []
    return LegacyBook(tuple(lines), Report.of(findings))


def _as_history(found: Finding) -> Finding:
    """A cell that lost its value is a warning: the line is entered without it."""
    return replace(found, severity=Severity.WARNING) if found.code in _LOST_CELLS else found


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


def _line(row: Row, series: Series) -> tuple[IssuedNumber | None, list[Finding]]:
    """The letter of a row; None where it has none. Findings say what could not be read."""
    found: list[Finding] = []
    number = _number(row, found)
    if number is None:
        return None, _without_number(row)
    so, so_phu, ky_hieu = number
    parts = _parts(row, series, ky_hieu, found)
    letter = NumberRequest(khoa=f"{HISTORY}{series}/{so}{so_phu}", **series._asdict(), **parts)
    return IssuedNumber(so, letter, row.place, so_phu), found


def _number(row: Row, found: list[Finding]) -> tuple[int, str, str] | None:
    """Number, what stands behind it, and symbol."""
    column = _number_column(row)
    match = _NUMBER.fullmatch(" ".join(row.values.get(column, "").split()))
    if not match or not 1 <= int(match["so"]) <= LARGEST_START or _numbers_the_columns(row):
        return None
    symbol = "".join((match["ky_hieu"] or row.values.get("ky_hieu", "")).split())
    if not symbol:
        found.append(finding("register-line-symbol-missing", row.place_of(column), so=match["so"]))
    return int(match["so"]), match["so_phu"].lower(), symbol


def _number_column(row: Row) -> str:
    return "so_ky_hieu" if "so_ky_hieu" in row.values or "so" not in row.headers else "so"


def _without_number(row: Row) -> list[Finding]:
    """What to say of a row without a number: nothing of a header, that it is passed over, or that a letter is lost."""
    if _numbers_the_columns(row) or all(_column(text) == name for name, text in row.values.items()):
        return []
    column = _number_column(row)
    texts = list(row.values.values())
    shown = " | ".join(texts)[:_SHOWN]
    if any(pattern.fullmatch(text) for pattern in _NO_LETTER for text in texts):
        return [finding("register-row-no-letter", row.place, text=shown)]
    if written := row.values.get(column):
        return [finding("register-line-number-unreadable", row.place_of(column), value=written)]
    return [finding("register-line-number-missing", row.place_of(column), text=shown)]


def _numbers_the_columns(row: Row) -> bool:
    """True for the row (1), (2), (3) … of the printed book, which counts its columns."""
    counted = [_COLUMN_NUMBER.fullmatch(text) for text in row.values.values()]
    return [int(one[1]) for one in counted if one] == list(range(1, len(row.values) + 1)) and len(counted) > 1


def _parts(row: Row, series: Series, ky_hieu: str, found: list[Finding]) -> dict[str, Any]:
    """The values of a line, by the names of a request; what cannot be read stays as words in the note."""
    subject = " ".join(part for name in ("loai", "trich_yeu") if (part := row.values.get(name)))
    if not subject:
        found.append(finding("register-line-subject-missing", row.place_of("trich_yeu")))
    kind, trich_yeu = _kind(subject, ky_hieu)
    notes = [note] if (note := row.values.get("ghi_chu")) else []
    texts = {name: row.values.get(name, "") for name in ("nguoi_ky", "noi_nhan", "don_vi_luu")}
    values = {"ngay": _date(row, series.nam, found, notes), "so_ban": _copies(row, found, notes)}
    return {"ky_hieu": ky_hieu, "loai": kind, "trich_yeu": trich_yeu, **texts, **values, "ghi_chu": "; ".join(notes)}


def _date(row: Row, year: int, found: list[Finding], notes: list[str]) -> date | None:
    """The date; one without a year is of the book's."""
    written = row.values.get("ngay")
    if written is None:
        if "ngay" not in row.refused:
            found.append(finding("register-line-date-missing", row.place_of("ngay")))
        return None
    day = " ".join(written.split())
    if short := _DAY_OF_YEAR.fullmatch(day):
        day = f"{day}{short['mark'] or ' năm '}{year}"
    try:
        return parse_date(day)
    except TextError:
        found.append(finding("register-line-date-unreadable", row.place_of("ngay"), value=written))
        notes.append(f"Ngày tháng ghi: {written}")
        return None


def _copies(row: Row, found: list[Finding], notes: list[str]) -> int | None:
    written = row.values.get("so_ban")
    if written is None:
        return None
    if match := _COPIES.fullmatch(written):
        return int(match[1])
    found.append(finding("register-line-copies-unreadable", row.place_of("so_ban"), value=written))
    notes.append(f"Số lượng bản: {written}")
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
