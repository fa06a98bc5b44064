"""Reads a workbook in a child process, within limits of memory and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from congvan.errors import UnreadableFileError
from congvan.recipients.sources.package_size import CELL_LIMIT
from congvan.recipients.sources.sheet import unreadable
from congvan.support.cells.workbook_rows import SheetTooLargeError, next_rows, open_workbook
from congvan.support.processes.worker_process import CallFailedError, Cause, WorkerProcess

T = TypeVar("T")

MEMORY_LIMIT: Final = 1024**3
"""Bytes the process may allocate; a list of 64,000 rows takes less than 10 %."""

TIME_LIMIT: Final = 60.0
"""Seconds to wait for a response; opening a list of 64,000 rows takes two or three."""


class WorkbookProcess:
    """A workbook open in a child process; ``sheets`` are the names of its sheets and whether each is visible.

    The process ends with the last reference to this object, also one held by rows that are still being read.

    Raises:
        UnreadableFileError: when it is not a workbook, is protected by a password, or takes too much memory or time.
        OSError: when the system starts no process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process = WorkerProcess(memory=MEMORY_LIMIT, modules=("python_calamine",))
        self.sheets: Sequence[tuple[str, bool]] = self._call(open_workbook, path, CELL_LIMIT)

    def rows(self, index: int) -> Iterator[list[Any]]:
        """Yield the rows of the sheet with this number, with the values calamine reads.

        Raises:
            UnreadableFileError: as for the workbook.
        """
        while rows := self._call(next_rows, index):
            yield from rows

    def _call(self, fn: Callable[..., T], *args: object) -> T:
        try:
            return self._process.call(fn, *args, seconds=TIME_LIMIT)
        except CallFailedError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: CallFailedError) -> UnreadableFileError:
        match error.cause:
            case Cause.LATE:
                return unreadable(self._path, "file-needs-time", seconds=round(TIME_LIMIT))
            case Cause.RAISED if error.exception == "PasswordError":
                return unreadable(self._path, "file-password")
            case Cause.RAISED if error.exception == SheetTooLargeError.__name__:
                rows, columns = error.detail.split()
                return unreadable(self._path, "sheet-too-large", rows=rows, columns=columns)
            case Cause.RAISED:
                return unreadable(self._path, "file-format", why=" ".join(error.detail.split()))
            case _:  # a Rust library without memory does not raise, it aborts the process
                return unreadable(self._path, "file-needs-memory", limit=MEMORY_LIMIT // 2**20)
