"""dxpdf runs in a helper process beside this one on Linux, so that the environment of this one stays as it is.

There dxpdf reads the machine's fonts by environment variables, which other threads and programs started meanwhile would
see (:mod:`congvan.pdf.fonts.isolation`). The first letter of a program starts one helper, which converts the letters of
all its threads one after another and ends with the program. A worker process of congvan's own needs no helper: its
environment belongs to nobody else. Documents travel without the faces, which are added where they are converted.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from functools import cache
from threading import Lock
from typing import Final, NamedTuple

from congvan.errors import EngineError
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.pdf.fonts.embedding import with_font_files
from congvan.pdf.fonts.isolation import isolated_fonts
from congvan.support.process_server import is_child_process
from congvan.support.processes import CallFailedError, WorkerProcess

_READS_ENVIRONMENT: Final = sys.platform == "linux"  # fontconfig is Linux's
_MEMORY: Final = 2 * 1024**3
"""Bytes of data the helper may have, as a worker process."""

_SECONDS: Final = 600
"""The longest conversion: some 50,000 pages. The helper is ended then, and the document fails."""


class _Conversion(NamedTuple):
    """The PDF, or the reason why there is none."""

    pdf: bytes
    failure: str | None = None


def render(docx: bytes) -> bytes:
    """The PDF of a prepared ``docx``, which names the pinned faces and does not hold them.

    Raises:
        EngineError: when dxpdf cannot convert it.
    """
    conversion = _helper.convert(docx) if _needs_helper() else _convert(docx)
    if conversion.failure is not None:
        raise EngineError(ENGINE, conversion.failure)
    return conversion.pdf


def start() -> None:
    """Start the helper where one is needed: it gets ready while a first letter is prepared.

    Raises:
        EngineError: when it cannot be started.
    """
    if _needs_helper():
        _helper.start()


def _needs_helper() -> bool:
    return _READS_ENVIRONMENT and not is_child_process()


def _convert(docx: bytes) -> _Conversion:
    import dxpdf

    if _READS_ENVIRONMENT:
        _hide_machine_fonts()
    try:
        return _Conversion(dxpdf.convert(with_font_files(docx)))
    except (RuntimeError, ValueError, OSError) as error:
        return _Conversion(b"", str(error))
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's; it derives from BaseException and cannot be imported
            raise
        return _Conversion(b"", str(error))


@cache
def _hide_machine_fonts() -> ExitStack:
    """Set this process's environment for the rest of its life; the files it names are removed at its end."""
    stack = ExitStack()
    stack.enter_context(isolated_fonts())
    return stack


class _Helper:
    """The helper process, one for all threads; started when first needed, and anew after it ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: WorkerProcess | None = None

    def start(self) -> None:
        with self._lock:
            self._running()

    def convert(self, docx: bytes) -> _Conversion:
        with self._lock:
            try:
                return self._running().call(_convert, docx, seconds=_SECONDS)
            except CallFailedError as error:
                raise EngineError(ENGINE, f"the process that converts ended: {error.detail}") from None

    def abandon(self) -> None:
        """Leave the helper to the process this one was forked from."""
        process, self._process, self._lock = self._process, None, Lock()
        if process is not None:
            process.abandon()

    def _running(self) -> WorkerProcess:
        if self._process is None or not self._process.is_alive:
            try:
                self._process = WorkerProcess(memory=_MEMORY, modules=(__name__, "dxpdf"))
            except OSError as error:
                raise EngineError(ENGINE, str(error)) from error
        return self._process


_helper = _Helper()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_helper.abandon)
