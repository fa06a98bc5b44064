"""The line of place and date, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(
    r"(?P<place>[^\d:]*?)(?P<comma>\s*,?\s*)(?P<ngay>ngày)(?P<day>[\s\d.…_]*)(?P<thang>tháng)(?P<month>[\s\d.…_]*)"
    r"(?P<nam>năm)(?P<year>[\s\d.…_]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateParts:
    """The line ``Thanh Hóa, ngày 05 tháng 3 năm 2026`` by its parts, each as written and where it stands."""

    found: re.Match[str]

    def text(self, name: str) -> str:
        """What stands for ``place``, ``comma``, ``day``, ``month`` or ``year``."""
        return self.found[name].strip()

    def span(self, name: str) -> tuple[int, int]:
        """Where it stands in the line, without the white space around it."""
        start = self.found.start(name) + len(self.found[name]) - len(self.found[name].lstrip())
        return start, max(start + 1, start + len(self.text(name)))

    def number(self, name: str) -> int | None:
        """Its number; None while it is left open to be written by hand."""
        return int(self.text(name)) if self.text(name).isdecimal() else None


def date_parts(text: str) -> DateParts | None:
    """``text`` taken apart; None for a line that is written otherwise."""
    found = _LINE.fullmatch(text)
    return DateParts(found) if found else None
