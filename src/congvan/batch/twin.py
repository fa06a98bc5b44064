"""A process that is a twin of this one: it has loaded already what this one has, which is most of what starting takes.

Only Linux makes such, and only a program that does nothing else meanwhile may have one: another thread would be missing
in the twin, with whatever it was holding.
"""

from __future__ import annotations

import math
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from subprocess import TimeoutExpired
from threading import Lock
from time import monotonic, sleep
from typing import BinaryIO, Final

_TASKS: Final = Path("/proc/self/task")
_STREAMS: Final = range(3)
"""Where a process reads, prints and complains."""
_GLANCE: Final = 0.005
"""Seconds between two looks whether a twin has ended."""


def twins_are_possible() -> bool:
    """Whether this process may have a twin now: on Linux, while it has no second thread."""
    if sys.platform != "linux":
        return False
    try:
        return sum(1 for _ in _TASKS.iterdir()) == 1
    except OSError:
        return False


class Twin:
    """A twin of this process that does ``work`` with what it is asked and what it answers, and ends with it.

    ``strange`` are files of this process that it must not keep open. From here it looks as a
    :class:`subprocess.Popen` does.

    Raises:
        OSError: when the system makes none.
    """

    def __init__(self, work: Callable[[BinaryIO, BinaryIO], None], strange: Iterable[BinaryIO] = ()) -> None:
        asked, self.stdin = _pipe()
        self.stdout, answers = _pipe()
        self._status: int | None = None
        self._ending = Lock()
        self.pid = os.fork()
        if self.pid == 0:
            _live(work, asked, answers, (self.stdin, self.stdout, *strange))
        asked.close()
        answers.close()

    def wait(self, timeout: float = math.inf) -> int:
        """With what it ended: a status, or a signal as a negative number.

        Raises:
            TimeoutExpired: when it has not in so many seconds.
        """
        until = monotonic() + timeout
        while (status := self._ended()) is None:
            if monotonic() > until:
                raise TimeoutExpired("congvan", timeout)
            sleep(_GLANCE)
        return status

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it by force."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        with self._ending:
            if self._status is None:  # else the number may be another's by now
                os.kill(self.pid, number)

    def _ended(self) -> int | None:
        with self._ending:
            if self._status is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                self._status = os.waitstatus_to_exitcode(status) if pid else None
            return self._status


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    end, beginning = os.pipe()
    return open(end, "rb"), open(beginning, "wb")  # noqa: PTH123 - whoever has the ends closes them


def _live(
    work: Callable[[BinaryIO, BinaryIO], None], asked: BinaryIO, answers: BinaryIO, strange: Iterable[BinaryIO]
) -> None:
    """The life of a twin, from which it never comes back."""
    status = 1
    try:
        os.setpgid(0, 0)  # an interrupt from the keyboard is not for it
        _say_nothing()
        for file in strange:
            file.close()
        work(asked, answers)
        status = 0
    except SystemExit as told:
        status = told.code if isinstance(told.code, int) else 1
    finally:
        os._exit(status)  # what its twin does at the end is not for it


def _say_nothing() -> None:
    """Nobody hears what it prints: that was for its twin's terminal."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in _STREAMS:
        os.dup2(nowhere, stream)
    if nowhere not in _STREAMS:  # else it is one of them
        os.close(nowhere)
