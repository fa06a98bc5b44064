"""Findings gathered while a file is read: every error, and enough of the warnings.

A list typed in decomposed Unicode has the same warning in every cell. Fifty of them show it; the rest
are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from congvan.findings import Finding, Place, Report, Severity, finding

LIMIT: Final = 50
"""How often one warning is told for one column."""


class FindingLog:
    """Findings in the order they were found, warnings of one kind in one column at most :data:`LIMIT` times."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._kept: list[Finding] = []
        self._seen: Counter[tuple[str, Place]] = Counter()
        self.extend(findings)

    def add(self, found: Finding) -> None:
        """Keep ``found``, or count it if it is one more warning of many."""
        if found.severity is not Severity.ERROR:
            column = Place(file=found.place.file, sheet=found.place.sheet, column=found.place.column)
            self._seen[found.code, column] += 1
            if self._seen[found.code, column] > LIMIT:
                return
        self._kept.append(found)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep or count each of ``findings``."""
        for found in findings:
            self.add(found)

    def report(self) -> Report:
        """What was kept, and how many of each kind were only counted."""
        more = (
            finding("recipients-more", column, same=code, count=count - LIMIT)
            for (code, column), count in self._seen.items()
            if count > LIMIT
        )
        return Report.of((*self._kept, *more))
