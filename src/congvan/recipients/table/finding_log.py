"""Collect findings while a file is read: every error a person would read, and enough of the warnings.

A list typed in decomposed Unicode has the same warning in every cell. Fifty of them show it; the rest
are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from congvan.findings import Finding, Place, Report, Severity, finding

LIMIT: Final = 50
"""Warnings of one kind reported for one column."""

ERROR_LIMIT: Final = 10_000
"""Errors of one kind reported for one column: more than a person reads, few enough for memory."""

_WHOLE: Final = frozenset({"recipients-mended"})
"""Kinds reported as fully as errors: whoever has a list changed can ask for every change."""


class FindingLog:
    """Findings in the order they were found.

    One kind in one column is stored at most :data:`LIMIT` times, an error :data:`ERROR_LIMIT` times.
    """

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._findings: list[Finding] = []
        self._seen: Counter[tuple[str, Place]] = Counter()
        self._limits: dict[str, int] = {}
        self.extend(findings)

    def add(self, found: Finding) -> None:
        """Store ``found``, or only count it if it is one more of many."""
        column = Place(file=found.place.file, sheet=found.place.sheet, column=found.place.column)
        self._seen[found.code, column] += 1
        limit = self._limits.setdefault(found.code, _limit_of(found))
        if self._seen[found.code, column] <= limit:
            self._findings.append(found)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Store or count each of ``findings``."""
        for found in findings:
            self.add(found)

    def report(self) -> Report:
        """The stored findings, and how many of each kind were only counted."""
        more = (
            finding("recipients-more", column, same=code, count=count - self._limits[code])
            for (code, column), count in self._seen.items()
            if count > self._limits[code]
        )
        return Report.of((*self._findings, *more))


def _limit_of(found: Finding) -> int:
    return ERROR_LIMIT if found.severity is Severity.ERROR or found.code in _WHOLE else LIMIT
