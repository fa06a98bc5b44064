"""What a way is given, and what it measures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """Make ``letters`` letters from ``source`` in the folder ``out``, with ``jobs`` processes.

    ``source`` is a campaign file, a template with its table beside it, or a folder of documents; see :mod:`.shapes`.
    """

    source: Path
    letters: int
    out: Path
    engine: str | None
    jobs: int


@dataclass(slots=True)
class Measurement:
    """Wall seconds in all and by stage, CPU seconds of the process and its children, bytes written, pages if known."""

    letters: int
    seconds: float
    bytes: int
    stages: dict[str, float] = field(default_factory=dict)
    cpu: float = 0.0
    pages: int | None = None


class Watch:
    """Wall seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        result = work()
        self.stages[stage] = time.perf_counter() - started
        return result

    def measurement(self, letters: int, out: Path, pages: int | None = None) -> Measurement:
        written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        return Measurement(letters, sum(self.stages.values()), written, self.stages, pages=pages)
