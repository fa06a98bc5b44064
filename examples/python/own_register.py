"""An office system that numbers letters by itself: a register is any object with these four methods.

Run: ``python own_register.py CAMPAIGN.yaml OUT office.sqlite3``
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Mapping

import congvan

Numbers = Mapping[str, int]


class OfficeRegister:
    """Numbers in the office's own table, one run of them for each issuing body and year."""

    def __init__(self, path: str) -> None:
        self._table = sqlite3.connect(path)
        self._table.execute("CREATE TABLE IF NOT EXISTS numbers (key PRIMARY KEY, series, number, issued)")

    def preview(self, requests: Iterable[congvan.NumberRequest]) -> tuple[congvan.Report, Numbers]:
        """What speaks against the requests, and the numbers they would get now; takes none."""
        return congvan.Report(), self._assign(list(requests))

    def numbers_of(self, keys: Iterable[str]) -> Numbers:
        """The numbers that letters of these keys have already."""
        known = dict(self._table.execute("SELECT key, number FROM numbers"))
        return {key: known[key] for key in keys if key in known}

    def reserve(self, requests: Iterable[congvan.NumberRequest], *, expected: Numbers | None = None) -> Numbers:
        """Take the expected numbers, all or none; none if others were quicker and they would differ now."""
        with self._table:
            self._table.execute("BEGIN IMMEDIATE")  # nobody else writes until the end of the block
            numbers = self._assign(wanted := list(requests))
            if expected in (None, numbers):
                rows = [(one.khoa, str(one.series), numbers[one.khoa]) for one in wanted]
                self._table.executemany("INSERT OR IGNORE INTO numbers VALUES (?, ?, ?, 0)", rows)
        return numbers

    def issue(self, keys: Iterable[str]) -> None:
        """Mark the numbers of letters that are in place: they are never given again."""
        with self._table:
            self._table.executemany("UPDATE numbers SET issued = 1 WHERE key = ?", [(key,) for key in keys])

    def _assign(self, requests: list[congvan.NumberRequest]) -> dict[str, int]:
        last = dict(self._table.execute("SELECT series, max(number) FROM numbers GROUP BY series"))
        numbers = dict(self.numbers_of({one.khoa for one in requests}))
        for one in requests:
            if one.khoa not in numbers:
                numbers[one.khoa] = last[str(one.series)] = last.get(str(one.series), one.bat_dau - 1) + 1
        return numbers


if __name__ == "__main__":
    plan = congvan.plan(congvan.load_campaign(sys.argv[1]), only=["tinh", "huyen"])
    for row in congvan.render(plan, sys.argv[2], register=OfficeRegister(sys.argv[3]), formats=["docx"]).letters:
        print(f"{row.so}/{row.ky_hieu}")
