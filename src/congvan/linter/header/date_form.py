"""Place and date: ``Thanh Hóa, ngày 05 tháng 3 năm 2026``, a day there is, on one line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from congvan.findings import Finding, finding
from congvan.linter.header.date_parts import DateParts, date_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """No line of place and date, one without its comma or in other words, or a day no calendar has."""
    part = letter.part("dia_danh_ngay")
    if part is None:
        yield finding("lint-date-missing", letter.file_place())
        return
    line = part.lines[0]
    parts = date_parts(part.text)
    if parts is None:
        return
    if parts.text("place") and parts.found["comma"] != ", ":
        start, end = parts.found.span("comma")
        yield finding("lint-date-form", letter.place(line, max(start - 1, 0), max(end, start + 1)))
    if not _is_day(parts):
        start, end = parts.span("day")[0], parts.span("year")[1]
        yield finding("lint-date-impossible", letter.place(line, start, end), day=part.text[start:end])


def _is_day(parts: DateParts) -> bool:
    """Whether the calendar has the day; one that is still open may be any."""
    year, month, day = (parts.number(name) for name in ("year", "month", "day"))
    try:
        date(year or 2024, month or 1, day or 1)
    except ValueError:
        return False
    return True


DATE_FORM = Rule(
    "lint-date-form",
    find,
    kinds=lambda kind: kind.ma != "bien-ban" and not kind.la_thu,
    also=("lint-date-missing", "lint-date-impossible"),
)
