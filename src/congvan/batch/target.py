"""Where a letter's files go, as whoever writes them needs to know it."""

from __future__ import annotations

from typing import NamedTuple


class Target(NamedTuple):
    """The path of a letter's files without their ending, which ``kinds`` there are of them, and the run's process."""

    stem: str
    kinds: tuple[str, ...]
    run: int

    def path(self, kind: str) -> str:
        """The place of the letter's ``docx`` or ``pdf``."""
        return f"{self.stem}.{kind}"
