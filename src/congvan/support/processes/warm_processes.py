"""A few worker processes kept warm, for calls that any thread may make and that may crash, hang or eat memory.

A call has a process to itself. One that takes long is set aside: it runs on at a lower priority, does not count any
more, and its process ends with it. So a call that hangs until its limit keeps no other call waiting.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from threading import Condition
from typing import Any, Final, NamedTuple, TypeVar

from congvan.errors import WorkerLostError
from congvan.findings.language import Language, language, set_language
from congvan.support.processes.own_process import is_worker
from congvan.support.processes.processors import usable_processors
from congvan.support.processes.worker_process import CallFailedError, Cause, WorkerProcess

T = TypeVar("T")

TIME_LIMIT: Final = 120.0
"""Seconds a call may take unless its caller says otherwise; a letter takes some milliseconds."""

MEMORY: Final = 2 * 1024**3
"""Bytes of data a process may have (on Linux)."""

_LONG: Final = 5.0
"""Seconds after which a call is set aside."""

_MOST_ASIDE: Final = 8
"""Calls that may be set aside at a time; then calls wait, so that hostile letters do not fill the memory."""

_MOST_CALLS: Final = 2_000
"""Calls after which a process is ended: what libraries lose in it goes with it."""

_LOWER_PRIORITY: Final = 10

_LOAD_SECONDS: Final = 60
"""Seconds to load a module; on a slow disk, with a virus scanner, a few are usual."""


class _Outcome(NamedTuple):
    """What a call returned or raised."""

    result: Any = None
    error: Exception | None = None


@dataclass(eq=False)
class _Slot:
    """A place for one call at a time; its process starts with the first."""

    process: WorkerProcess | None = None
    modules: set[str] = field(default_factory=set)
    calls: int = 0
    since: float = 0.0
    is_aside: bool = False


@dataclass
class WarmProcesses:
    """At most ``size`` processes that answer calls, and some more for calls that take long."""

    size: int
    memory: int = MEMORY
    _idle: list[_Slot] = field(default_factory=list)
    _busy: list[_Slot] = field(default_factory=list)
    _changed: Condition = field(default_factory=Condition)

    def call(self, fn: Callable[..., T], /, *args: Any, seconds: float, modules: Sequence[str] = ()) -> T:
        """Return ``fn(*args)``, called in a process; what it raises is raised here.

        Functions must be importable by name; arguments, results and errors are pickled. ``modules`` are what the call
        will import: they are loaded before its time begins.

        Raises:
            WorkerLostError: when there is no result within ``seconds``, or no free process; the process died, or no
                process can be started.
        """
        slot = self._take(seconds)
        try:
            _prepare(slot, self.memory, modules)
            outcome = _outcome(slot, fn, args, seconds)
        finally:
            self._give_back(slot)
        if outcome.error is not None:
            raise outcome.error
        result: T = outcome.result
        return result

    def forget(self) -> None:
        """Leave the processes to the one this was forked from, also those that another thread had."""
        self._idle, self._busy, self._changed = [], [], Condition()

    def stop(self) -> None:
        """End the processes that are idle; the next call starts one again."""
        with self._changed:
            idle, self._idle = self._idle, []
        for slot in idle:
            _end(slot)

    def _take(self, seconds: float) -> _Slot:
        until = time.monotonic() + seconds
        with self._changed:
            while (slot := self._free_slot()) is None:
                if time.monotonic() > until:
                    raise WorkerLostError("batch-worker-late", seconds=round(seconds))
                self._changed.wait(_LONG / 4)  # by then a call may have become one that takes long
            slot.since = time.monotonic()
            self._busy.append(slot)
        return slot

    def _free_slot(self) -> _Slot | None:
        while self._idle:
            slot = self._idle.pop()  # the one that worked last: the others may be swapped out
            if slot.process is None or slot.process.is_alive:
                return slot
        for slot in self._busy:
            if not slot.is_aside and time.monotonic() - slot.since > _LONG:
                _set_aside(slot)
        aside = sum(slot.is_aside for slot in self._busy)
        return _Slot() if len(self._busy) - min(aside, _MOST_ASIDE) < self.size else None

    def _give_back(self, slot: _Slot) -> None:
        slot.calls += 1
        is_spent = slot.is_aside or slot.calls >= _MOST_CALLS
        is_ended = slot.process is None or not slot.process.is_alive
        with self._changed:
            if slot in self._busy:  # else this is a fork, or stopped
                self._busy.remove(slot)
                if not is_spent and not is_ended:
                    self._idle.append(slot)
            self._changed.notify()
        if is_spent or is_ended:
            _end(slot)


def _prepare(slot: _Slot, memory: int, modules: Sequence[str]) -> None:
    """Start the process of ``slot`` if it has none, with ``modules`` loaded."""
    with _lost_worker():
        if slot.process is None:
            slot.process = WorkerProcess(memory=memory, modules=modules)
        else:
            for module in set(modules) - slot.modules:
                slot.process.call(_load, module, seconds=_LOAD_SECONDS)
    slot.modules |= set(modules)


def _outcome(slot: _Slot, fn: Callable[..., Any], args: Sequence[Any], seconds: float) -> _Outcome:
    assert slot.process is not None
    with _lost_worker():
        return slot.process.call(_answer, language(), fn, args, seconds=seconds)


@contextmanager
def _lost_worker() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WorkerLostError("batch-worker-failed", why=error.strerror or error) from error
    except CallFailedError as error:
        raise lost_worker(error) from error


def _load(module: str) -> None:
    with suppress(ImportError):  # the call that needs it will fail, and say so
        import_module(module)


_shared: Final = WarmProcesses(min(4, usable_processors()))
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.forget)


def call_within(seconds: float | None, fn: Callable[..., T], /, *args: Any, modules: Sequence[str] = ()) -> T:
    """Return ``fn(*args)``, called in a warm process of this program, which is ended after ``seconds``.

    Without ``seconds``, and in a worker process, which its parent ends, the call stays in this process.

    Raises:
        WorkerLostError: as :meth:`WarmProcesses.call`.
    """
    if seconds is None or is_worker():
        return fn(*args)
    return _shared.call(fn, *args, seconds=seconds, modules=modules)


_PLAIN: Final = frozenset({str, int, float, bool, type(None), Decimal, date, datetime, bytes})


def is_plain(value: Any) -> bool:
    """Whether ``value`` is made of texts, numbers, dates, lists and dicts alone, the same in any process."""
    kind = type(value)
    if kind is dict:
        return all(map(is_plain, value)) and all(map(is_plain, value.values()))
    if kind in {list, tuple, set, frozenset}:
        return all(map(is_plain, value))
    return kind in _PLAIN


def lost_worker(error: CallFailedError) -> WorkerLostError:
    """The error for a user: why a call has no result."""
    match error.cause:
        case Cause.DIED:
            return WorkerLostError("batch-worker-died", how=error.detail)
        case Cause.LATE:
            return WorkerLostError("batch-worker-late", seconds=error.detail)
        case Cause.MEMORY:
            return WorkerLostError("batch-worker-memory", most=error.detail)
        case Cause.RAISED:
            return WorkerLostError("batch-worker-failed", why=error)


def _answer(value: Language, fn: Callable[..., Any], args: Sequence[Any]) -> _Outcome:
    """The outcome of ``fn(*args)``, in the worker process, with messages in the language of the caller."""
    set_language(value)
    try:
        return _Outcome(fn(*args))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the caller gets it as it was raised
        return _Outcome(error=error.with_traceback(None))


def _set_aside(slot: _Slot) -> None:
    slot.is_aside = True
    if sys.platform != "win32" and slot.process is not None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, slot.process.pid, _LOWER_PRIORITY)


def _end(slot: _Slot) -> None:
    if slot.process is not None:
        slot.process.stop()
