"""dxpdf runs in a helper process beside this one on Linux, so that its environment is its own.

A program that imports congvan keeps its environment as it is, whatever its other threads look at or start meanwhile
(:mod:`congvan.pdf.fonts.isolation`). Its first letter starts one helper, which converts the letters of all
threads one after another and ends with the program. Documents travel without the faces, which the helper adds.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from threading import Lock, Thread
from typing import IO, Final

from congvan.errors import EngineError
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.pdf.fonts.embedding import with_font_files
from congvan.pdf.fonts.isolation import isolated_fonts

_NEEDS_HELPER: Final = sys.platform == "linux"  # fontconfig is Linux's
_PROGRAM: Final = """import json, sys; sys.path[:] = json.loads(sys.argv[1])
from congvan.pdf.engines.dxpdf.renderer import serve; serve()"""
_SECONDS_TO_END: Final = 2
_HEADER: Final = struct.Struct(">?Q")  # whether the request succeeded, and the length of what follows


def render(docx: bytes) -> bytes:
    """The PDF of a prepared ``docx``, which names the pinned faces and does not hold them.

    Raises:
        EngineError: when dxpdf cannot convert it.
    """
    return _helper.render(docx) if _NEEDS_HELPER else _convert(docx)


def start() -> None:
    """Start the helper where one is needed: it gets ready while a first letter is prepared.

    Raises:
        EngineError: when it cannot be started.
    """
    if _NEEDS_HELPER:
        _helper.start()


def serve() -> None:
    """Convert the documents that come in on stdin until it ends; the helper's main function."""
    requests, responses = sys.stdin.buffer, sys.stdout.buffer
    with isolated_fonts() as folder:
        Thread(target=_end_with_program, args=(folder,), daemon=True).start()
        while header := requests.read(_HEADER.size):
            try:
                succeeded, content = True, _convert(requests.read(_HEADER.unpack(header)[1]))
            except EngineError as error:
                succeeded, content = False, error.reason.encode()
            responses.write(_HEADER.pack(succeeded, len(content)) + content)
            responses.flush()


def _end_with_program(folder: Path) -> None:
    """End this process as soon as nobody can write to its stdin, even in the middle of a conversion."""
    waiting = select.poll()
    waiting.register(sys.stdin.fileno(), 0)  # no event but the end of the other side
    waiting.poll()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _convert(docx: bytes) -> bytes:
    import dxpdf

    try:
        pdf: bytes = dxpdf.convert(with_font_files(docx))
    except (RuntimeError, ValueError, OSError) as error:
        raise EngineError(ENGINE, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # Rust's; it derives from BaseException and cannot be imported
            raise
        raise EngineError(ENGINE, str(error)) from error
    return pdf


class _Helper:
    """The helper process, one for all threads; started when first needed, and anew after it ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._lock:
            self._running()

    def render(self, docx: bytes) -> bytes:
        with self._lock:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                _write(process.stdin, _HEADER.pack(True, len(docx)) + docx)
                succeeded, length = _HEADER.unpack(_read(process.stdout, _HEADER.size))
                content = _read(process.stdout, length)
            except (OSError, EOFError):
                raise EngineError(ENGINE, f"the process that converts ended: {self._stop()}") from None
            except BaseException:  # an interrupt: the answer to come would be taken for the next letter's
                self._stop()
                raise
        if not succeeded:
            raise EngineError(ENGINE, content.decode())
        return content

    def close(self) -> None:
        """End the helper, if there is one."""
        with self._lock:
            if self._process is not None:
                self._stop()

    def forget(self) -> None:
        """Leave the helper to the process this one was forked from."""
        process, self._process, self._lock = self._process, None, Lock()
        if process is not None:
            _close(process)
            process.returncode = 0  # it is no child of this process, and nothing to wait for

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        if self._process is not None:
            self._stop()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this Python and a program written here
                [sys.executable, "-c", _PROGRAM, json.dumps(sys.path)],
                bufsize=0,  # nothing in memory that a forked process would write a second time
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,  # an interrupt from the keyboard is for the program, not for its helper
            )
        except OSError as error:
            raise EngineError(ENGINE, str(error)) from error
        return self._process

    def _stop(self) -> int:
        """End the process, which removes its files when its stdin is closed; its exit status."""
        process, self._process = self._process, None
        assert process is not None
        _close(process)
        try:
            return process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _write(stream: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[stream.write(rest) :]


def _read(stream: IO[bytes], length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        piece = stream.read(length - len(content))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)


_helper = _Helper()
atexit.register(_helper.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_helper.forget)
