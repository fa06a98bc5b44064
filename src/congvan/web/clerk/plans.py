"""Plans of campaigns, kept until a file of the campaign changes: a list of thousands takes seconds to plan."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Final

from congvan.campaign import Plan, plan_file
from congvan.campaign.office import BOOK
from congvan.run import preview_numbers
from congvan.run.life.issuing import today_by

_MOST_KEPT: Final = 4


class Plans:
    """The plans of a few campaigns, each with the state of its files."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[object, Plan]] = {}
        self._lock = Lock()

    def kept(self, path: Path) -> Plan | None:
        """The plan of a campaign file, if it is known and nothing has changed since."""
        state, plan = self._kept.get(path, (None, None))
        return plan if plan is not None and state == _state_of(path) else None

    def of(self, path: Path) -> Plan:
        """The plan of a campaign file with the numbers its letters have or would get now.

        Raises:
            CampaignError: with every finding; RegisterError: when the register would refuse.
        """
        if plan := self.kept(path):
            return plan
        state = _state_of(path)
        unnumbered = plan_file(path, today=today_by(None), takes_numbers=True)
        plan = preview_numbers(unnumbered, book_of(unnumbered))
        with self._lock:
            while len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[path] = state, plan
        return plan


def book_of(plan: Plan) -> Path | str:
    """The register of a campaign, as the command line chooses it."""
    return plan.campaign.book or BOOK


def _state_of(path: Path) -> object:
    """Changes whenever a file of the campaign, of its office or the register does; and every day."""
    office = next((one for one in path.parents if (one / "co-quan.yaml").exists()), path.parent)
    return today_by(None), tuple(sorted({*_stamps(path.parent, 2), *_stamps(office, 0)}))


def _stamps(folder: Path, depth: int) -> Iterator[tuple[str, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_file():
            seen = entry.stat()
            yield entry.path, seen.st_mtime_ns, seen.st_size
        elif depth and entry.is_dir() and entry.name != "out":
            yield from _stamps(Path(entry.path), depth - 1)
