"""The line below an annex names this letter: its number, symbol and date, not those of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.header.date_parts import date_parts
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_NUMBER: Final = re.compile(r"số:? (?P<number>\d+)/(?P<symbol>[\w&Đđ/-]+)")
_DAY: Final = re.compile(r"ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A number or a date in the bracket line that is not the letter's."""
    for passage in letter.passages("kem_theo"):
        named, own = _NUMBER.search(passage.text), number_parts(letter)
        if named and own and own.number and (int(named["number"]), named["symbol"]) != (int(own.number), own.symbol):
            shown = f"{own.number}/{own.symbol}"
            yield finding("lint-other-letter", passage.place(*named.span()), written=named[0], wanted=f"số {shown}")
        dated, head = _DAY.search(passage.text), date_parts(letter.parts["dia_danh_ngay"].text)
        if dated and head and head.number("day") and head.number("month"):
            own_day = tuple(head.number(name) for name in ("day", "month", "year"))
            if tuple(int(dated[name]) for name in ("day", "month", "year")) != own_day:
                wanted = head.found.string[head.found.start("ngay") :]
                yield finding("lint-other-letter", passage.place(*dated.span()), written=dated[0], wanted=wanted)


OTHER_LETTER = Rule("lint-other-letter", find, needs=("so_ky_hieu", "dia_danh_ngay", "kem_theo"))
