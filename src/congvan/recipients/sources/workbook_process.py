"""A workbook opened by a process of its own, within a limit of memory and of time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any, Final

from congvan.errors import UnreadableFileError
from congvan.recipients.sources.package_size import CELL_LIMIT
from congvan.recipients.sources.sheet import unreadable

MEMORY_LIMIT: Final = 1024**3
"""Bytes the process may ask for; a list of 64,000 rows takes less than a tenth."""

TIME_LIMIT: Final = 60.0
"""Seconds to wait for an answer; opening a list of 64,000 rows takes two or three."""

_WORKER: Final = Path(__file__).with_name("workbook_worker.py")
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, where a console would open


class WorkbookProcess:
    """A workbook being read elsewhere; ``sheets`` are the names of its sheets and whether each is visible.

    The process ends with the last reference to this object, also to rows that are still being read.

    Raises:
        UnreadableFileError: when it is no workbook, protected by a password, or takes too much memory or time.
        OSError: when the system starts no process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # -P: the modules beside the worker are no substitutes for those of the standard library.
        command = [sys.executable, "-P", str(_WORKER), str(path), str(CELL_LIMIT), str(MEMORY_LIMIT)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(  # noqa: S603 (Python itself, and a file of this package)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=_NO_WINDOW,
        )
        weakref.finalize(self, _end, self._process)
        self.sheets: Sequence[tuple[str, bool]] = self._answer()

    def rows(self, index: int) -> Iterator[list[Any]]:
        """The rows of the sheet with this number, as calamine gives them.

        Raises:
            UnreadableFileError: as for the workbook.
        """
        while rows := self._ask(index):
            yield from rows

    def _ask(self, index: int) -> list[list[Any]]:
        assert self._process.stdin
        with suppress(OSError):  # it has ended; what it said last is still to be read
            self._process.stdin.write(f"{index}\n".encode())
            self._process.stdin.flush()
        rows: list[list[Any]] = self._answer()
        return rows

    def _answer(self) -> Any:
        assert self._process.stdout
        watch = Timer(TIME_LIMIT, self._process.kill)
        watch.start()
        try:
            kind, *content = pickle.load(self._process.stdout)  # noqa: S301 (written by our own worker)
        except (EOFError, pickle.UnpicklingError) as error:
            raise self._ended(in_time=watch.is_alive()) from error
        finally:
            watch.cancel()
        if kind == "refused":
            raise self._refusal(*content)
        return content[0]

    def _refusal(self, why: str, text: str) -> UnreadableFileError:
        match why:
            case "password":
                return unreadable(self._path, "file-password")
            case "memory":
                return unreadable(self._path, "file-needs-memory", limit=MEMORY_LIMIT // 2**20)
            case "size":
                rows, columns = text.split()
                return unreadable(self._path, "sheet-too-large", rows=rows, columns=columns)
            case _:
                return unreadable(self._path, "file-format", why=" ".join(text.split()))

    def _ended(self, *, in_time: bool) -> UnreadableFileError:
        """Without a word, as a process ends that gets no memory, or that is ended."""
        if in_time:
            return unreadable(self._path, "file-needs-memory", limit=MEMORY_LIMIT // 2**20)
        return unreadable(self._path, "file-needs-time", seconds=round(TIME_LIMIT))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    process.wait()
