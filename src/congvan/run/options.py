"""The choices of one run that are the caller's, not the campaign's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

from congvan.errors import RunCancelledError
from congvan.pdf.engine import Engine
from congvan.support.processes.warm_processes import TIME_LIMIT

FORMATS: Final = ("docx", "pdf")
"""The kinds of file a run makes of each letter, unless the caller names others."""

Progress = Callable[[int, int], None]
"""Called with the letters done and all letters."""

Cancelled = Callable[[], bool]
"""Asked between two batches whether the run is to stop."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run makes its files.

    ``engine`` is a PDF engine or the name of one. ``jobs`` processes share the work, as many as there are cores if
    None, unless an ``executor`` is given: one of :mod:`concurrent.futures` or the URL of a cluster. ``time_limit`` is
    in seconds a letter. ``fresh`` makes again what is there already. ``stops_at_issued`` refuses a run whose
    campaign says something else than an issued letter. ``accepts_changes`` accepts the tracked changes in templates.
    """

    formats: Sequence[str] = FORMATS
    engine: str | Engine | None = None
    jobs: int | None = None
    executor: Executor | str | None = None
    time_limit: float = TIME_LIMIT
    fresh: bool = False
    progress: Progress | None = None
    cancelled: Cancelled | None = None
    stops_at_issued: bool = False
    accepts_changes: bool = False

    @property
    def makes_pdf(self) -> bool:
        """Whether letters are converted to PDF."""
        return "pdf" in self.formats

    def stop_if_cancelled(self) -> None:
        """Raise :class:`RunCancelledError` if the caller wants the run to stop."""
        if self.cancelled and self.cancelled():
            raise RunCancelledError
