"""A run of a campaign behind the page: its progress, how to stop it, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, Literal

from congvan.errors import CongvanError, RunCancelledError
from congvan.findings import Report, finding

State = Literal["running", "done", "failed", "cancelled"]


@dataclass
class Job:
    """One run. ``seconds_left`` is None until there is something to reckon from."""

    kind: str
    state: State = "running"
    done: int = 0
    total: int = 0
    result: Any = None
    report: Report = field(default_factory=Report)
    begun: float = field(default_factory=time.monotonic)
    _ended: float | None = None
    _is_cancelled: bool = False

    def show(self, done: int, total: int) -> None:
        """Take the letters done and all letters, from the run."""
        self.done, self.total = done, total

    def cancel(self) -> None:
        """Ask the run to stop; the next one goes on from there."""
        self._is_cancelled = True

    def is_cancelled(self) -> bool:
        """Whether the run is to stop, for the run."""
        return self._is_cancelled

    @property
    def seconds(self) -> float:
        """How long it has been at work."""
        return (self._ended or time.monotonic()) - self.begun

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.done / self.seconds if self.done and self.seconds else 0

    @property
    def seconds_left(self) -> float | None:
        """Seconds until all letters are done at this rate."""
        return (self.total - self.done) / self.rate if self.rate and self.state == "running" else None

    def as_dict(self) -> dict[str, Any]:
        """Its progress as JSON."""
        left = self.seconds_left
        numbers = {"done": self.done, "total": self.total, "rate": round(self.rate, 1)}
        return {"kind": self.kind, "state": self.state, **numbers, "left": None if left is None else round(left)}

    def run(self, act: Callable[[Job], Any]) -> None:
        """Do the work and note how it ended."""
        try:
            self.result = act(self)
            self.report = getattr(self.result, "report", Report())
            state: State = "done"
        except RunCancelledError as error:
            self.report, state = error.report, "cancelled"
        except CongvanError as error:
            self.report, state = error.report, "failed"
        except Exception as error:  # noqa: BLE001  # the page says why, and goes on
            why = finding("error-internal", kind=type(error).__name__, why=error)
            self.report, state = Report((why,)), "failed"
        self._ended = time.monotonic()
        self.state = state


class Jobs:
    """The latest run of each campaign; one at a time for each."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def latest(self, name: str) -> Job | None:
        """The latest run of a campaign."""
        return self._jobs.get(name)

    def forget(self, name: str) -> None:
        """Keep nothing of a run that has ended."""
        with self._lock:
            if (job := self._jobs.get(name)) and job.state != "running":
                del self._jobs[name]

    def start(self, name: str, kind: str, act: Callable[[Job], Any]) -> Job:
        """Start a run in a thread of its own; the one under way is given back where there is one."""
        with self._lock:
            job = self._jobs.get(name)
            if job and job.state == "running":
                return job
            job = self._jobs[name] = Job(kind)
        Thread(target=copy_context().run, args=(job.run, act), name="congvan-run", daemon=True).start()
        return job
