"""Pick the rows of a list that mean a recipient.

Offices merge the cells of a commune over its hamlets, number the columns under the header, repeat the
header on every page and add totals and signatures. Every row left out and every cell filled in is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.columns import KNOWN_COLUMNS
from congvan.recipients.table.table import Row, TableSource
from congvan.recipients.units.unit import CODE_WIDTHS

_UNIT_COLUMNS: Final = {level: (f"ma_{level}", level) for level in CODE_WIDTHS}
_UNITS: Final = frozenset(name for pair in _UNIT_COLUMNS.values() for name in pair)
_RECIPIENT_COLUMNS: Final = frozenset(KNOWN_COLUMNS) - {"stt", "ma_cu", "dot_gui", "nhom", "so_ho", "ghi_chu"}

_TOTAL: Final = re.compile(
    r"(?:tổng cộng|tổng số|tổng|cộng|tong cong|tong so|cong)"
    r"(?:[\W\d]*|\s*[:(=].*|\s+(?:toàn|các|xã|phường|thị trấn|huyện|tỉnh|danh sách|trang|toan|xa|phuong|huyen)\b.*)",
    re.DOTALL,
)
_SIGNATURE: Final = re.compile(
    r"(?:\((?:đã )?k[ýí][^()]*\)|\((?:chữ ký|ghi rõ|họ và tên)[^()]*\)"
    r"|(?:người|cán bộ|công chức) lập(?: (?:biểu|bảng|danh sách|báo cáo|phiếu))?|thủ trưởng (?:đơn vị|cơ quan)|lập biểu"
    r"|xác nhận của .+|(?:tm|kt|tl|tuq)\. ?\w.*"
    r"|(?:.{2,60}, )?ngày [\d.…_ ]* ?tháng [\d.…_ ]* ?năm [\d.…_ ]*"
    r"|(?:ấn định )?(?:danh sách|biểu)(?: này)? (?:có|gồm)\b.*|(?:ghi chú|lưu ý|nơi nhận)\s*:.*)[.:;/]*",
    re.IGNORECASE | re.DOTALL,
)
"""What stands below a list and nowhere in it: who made it, where and when, who signs, how many are in it."""

_BESIDE_A_SIGNATURE: Final = re.compile(
    r"(?:người|cán bộ|công chức|bộ phận|đơn vị) (?:kiểm tra|tổng hợp|duyệt|thống kê|báo cáo)(?: \w+){0,4}"
    r"|(?:lãnh đạo|đại diện)(?: \w+){0,5}|kế toán(?: trưởng)?|văn phòng|người phụ trách|xác nhận"
    r"|(?:phó )?(?:chủ tịch|giám đốc|chánh văn phòng|trưởng phòng|đội trưởng)(?: ubnd.*)?",
    re.IGNORECASE,
)
"""What may also be a title or a body of a list, and is a signature only beside one."""

_COLUMN_NUMBER: Final = re.compile(r"[(\[]?(\d{1,2}|[a-z])[)\]]?(?: ?= ?[()\d+\-*/ ]+)?")
_FIRST_NUMBERS: Final = frozenset({"1", "(1)", "[1]", "a", "(a)", "[a]"})
_DIGIT: Final = re.compile(r"\d")
_ORDINAL: Final = re.compile(r"\d+[.)]?")
_MOST_OF_A_SIGNATURE: Final = 4
"""Cells of a row of signatures; a row with more is looked at no further."""

_ROWS_COMPARED: Final = 100
"""Recipients that show which columns all of them have filled in."""

_FEWEST: Final = 3
"""Fewer titles or numbers than these, side by side, are a coincidence."""


class RecipientRows:
    """The rows of a table that mean recipients, in its order.

    ``needed`` are the columns a recipient of the list must have. A blank or merged cell of a unit takes the unit
    of the row above. Rows that are no recipient and cells filled in are reported in the table's log.
    """

    def __init__(self, source: TableSource, needed: Collection[str] = ()) -> None:
        self._source = source
        required = frozenset(needed) - _UNITS
        self._required = required if source.headers.keys() >= required else frozenset()
        self._recipient_columns = self._required | (_RECIPIENT_COLUMNS - _UNITS)
        self._units_above = _UnitsAbove()
        self._end = _EndOfList(self._required)

    def __iter__(self) -> Iterator[Row]:
        for row in self._source.rows():
            if reason := _heading(row) or _total(row) or self._end.reason(row) or self._without_recipient(row):
                self._source.log.add(reason)
            else:
                yield self._units_above.fill_down(row)
        self._source.log.extend(self._units_above.findings())

    def _without_recipient(self, row: Row) -> Finding | None:
        """Report a row without a value of a recipient: a bare number, a unit, a signature."""
        values = row.values
        number = values.get("stt", "")
        if row.refused or (number and _ORDINAL.fullmatch(number) and len(values) > 1):
            return None
        if values.keys() == {"stt"} and _ORDINAL.fullmatch(number):
            return finding("recipients-row-only-numbered", row.place)
        if not self._required or not self._recipient_columns.isdisjoint(values):
            return None
        text = "; ".join(values.values())
        if values.keys() & _UNITS:
            self._units_above.fill_down(row)  # the unit of the rows below it
            return finding("recipients-row-of-unit", row.place, text=text)
        return finding("recipients-row-beside", row.place, text=text)


class _EndOfList:
    """Whether the rows are still those of the list, or the signatures and notes below it.

    They begin with words of a signature in every cell of a row. What follows and is no whole recipient belongs to them,
    such as the signer's name; a row with a number, or with all columns that every recipient has filled in, begins
    the list anew, as on the next page.
    """

    def __init__(self, required: frozenset[str]) -> None:
        self._required = required
        self._whole_rows = 0
        self._always: frozenset[str] = frozenset()  # the columns that all of these have filled in
        self._sheet: str | None = None
        self._is_below = False

    def reason(self, row: Row) -> Finding | None:
        """Report a row below the list."""
        if row.place.sheet != self._sheet:
            self._sheet, self._is_below = row.place.sheet, False
        values = row.values
        if len(values) <= _MOST_OF_A_SIGNATURE and self._whole_rows and not row.refused:
            if self._says_signature(values):
                self._is_below = True
                return finding("recipients-row-signature", row.place, text="; ".join(values.values()))
            if self._is_below and not self._is_recipient(values):
                return finding("recipients-row-beside", row.place, text="; ".join(values.values()))
        self._is_below = False
        if self._whole_rows < _ROWS_COMPARED and values.keys() >= self._required:
            columns = frozenset(values) - _UNITS
            self._always = self._always & columns if self._whole_rows else columns
            self._whole_rows += 1
        return None

    def _says_signature(self, values: Mapping[str, str]) -> bool:
        """Whether every cell holds words of a signature, at least one of them words that stand nowhere else."""
        texts = [" ".join(text.split()) for text in values.values()]
        certain = [bool(_SIGNATURE.fullmatch(text)) for text in texts]
        if not any(certain) and not self._is_below and values.keys() >= self._required:
            return False
        return all(
            is_certain or _BESIDE_A_SIGNATURE.fullmatch(text) for is_certain, text in zip(certain, texts, strict=True)
        )

    def _is_recipient(self, values: Mapping[str, str]) -> bool:
        return bool(_ORDINAL.fullmatch(values.get("stt", ""))) or self._always <= values.keys()


def _heading(row: Row) -> Finding | None:
    """Report the header once more, a line that numbers the columns, or other titles in the middle of a list."""
    values = row.values
    if len(values) > 1 and all(text.casefold() == row.headers[name].casefold() for name, text in values.items()):
        return finding("recipients-row-heading", row.place)
    if len(values) >= _FEWEST and next(iter(values.values())).casefold() in _FIRST_NUMBERS and _numbers_columns(values):
        return finding("recipients-row-heading", row.place)
    if not any(map(_DIGIT.search, values.values())) and len(_titles(row.headers) & _titles(values)) >= _FEWEST:
        return finding("recipients-heading-changed", row.place, titles=", ".join(values.values()))
    return None


def _titles(texts: Mapping[str, str]) -> set[str]:
    return {text.casefold() for text in texts.values()}


def _numbers_columns(values: Mapping[str, str]) -> bool:
    """True for (1) (2) (3) and for A B 1 2 3."""
    matches = [_COLUMN_NUMBER.fullmatch(text.casefold()) for text in values.values()]
    numbers = [match[1] for match in matches if match]
    letters = [number for number in numbers if number.isalpha()]
    digits = [int(number) for number in numbers[len(letters) :] if number.isdecimal()]
    is_complete = len(letters) + len(digits) == len(values)
    return is_complete and letters == sorted(letters) and digits == sorted(set(digits))


def _total(row: Row) -> Finding | None:
    """Report a row of totals: its first cell calls it so, and it names no person."""
    name, first = next(iter(row.values.items()))
    person = row.values.get("ho_ten", "")
    if not _TOTAL.fullmatch(first.casefold()) or (name != "ho_ten" and person and not person[0].isdecimal()):
        return None
    return finding("recipients-row-total", row.place, text=first)


@dataclass(slots=True)
class _Filling:
    """The cells of one column of a sheet that took the unit above."""

    first: Place
    count: int = 0


class _UnitsAbove:
    """The units named by the rows above, for rows that leave theirs out."""

    def __init__(self) -> None:
        self._sheet: str | None = None
        self._named: dict[str, dict[str, str]] = {}
        self._fillings: dict[tuple[str | None, str], _Filling] = {}

    def fill_down(self, row: Row) -> Row:
        """Fill in the units a row leaves out; below another district none of the one above is taken."""
        if row.place.sheet != self._sheet:
            self._sheet, self._named = row.place.sheet, {}
        taken: dict[str, str] = {}
        for level, columns in _UNIT_COLUMNS.items():
            named = {name: row.values[name] for name in columns if name in row.values}
            if named:
                if named != self._named.get(level):
                    self._enter(level, named)
            elif not row.refused.intersection(columns):
                taken |= self._named.get(level, {})
        if not taken:
            return row
        for name in taken:
            place = row.place_of(name)
            self._fillings.setdefault((place.sheet, name), _Filling(place)).count += 1
        return row._replace(values={**taken, **row.values})

    def findings(self) -> Iterator[Finding]:
        """Report how many cells of each column were filled."""
        for filling in self._fillings.values():
            yield finding("recipients-filled-down", filling.first, count=filling.count)

    def _enter(self, level: str, named: dict[str, str]) -> None:
        """Enter the unit of ``level``; the units below it lie in another one and are forgotten."""
        before = self._named.get(level, {})
        shared = named.keys() & before.keys()
        if not shared or any(named[name].casefold() != before[name].casefold() for name in shared):
            for lower in list(_UNIT_COLUMNS)[list(_UNIT_COLUMNS).index(level) :]:
                self._named.pop(lower, None)
        self._named[level] = named
