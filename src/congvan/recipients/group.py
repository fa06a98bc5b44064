"""The group a recipient is named under after "Kính gửi": "Các sở", "Các hội, đoàn thể"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.text.unicode_form import fold

_MARKS_BEFORE: Final = re.compile(r"^(?:[-–—•+*]\s*)+")
_MARKS_AFTER: Final = re.compile(r"[\s:;,.]+$")


def group_name(written: str) -> str:
    """The heading without the marks the layout adds: ``Các sở`` from "- Các sở:"; it may be empty."""
    return _MARKS_AFTER.sub("", _MARKS_BEFORE.sub("", written))


def group_key(name: str) -> str:
    """Equal for two writings of one group: "Các sở" and "CÁC SỞ"."""
    return fold(name)


@dataclass(slots=True)
class _Group:
    """A group of a list, by its first recipient."""

    name: str
    first: Place
    count: int = 0


class GroupCounter:
    """Count the recipients of each group of a list."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group] = {}

    def add(self, name: str, place: Place) -> None:
        """Count one more recipient of the group ``name``; ``place`` is that of its cell."""
        self._groups.setdefault(group_key(name), _Group(name, place)).count += 1

    def findings(self) -> Iterator[Finding]:
        """Report groups of one: mostly a misspelt name, or a cell merged over rows, of which only the first has it."""
        for group in self._groups.values():
            if group.count == 1:
                yield finding("recipients-group-of-one", group.first, group=group.name)
