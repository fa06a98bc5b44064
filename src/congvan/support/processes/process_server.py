"""The child side of :class:`congvan.support.processes.worker_process.WorkerProcess`: answers calls, one at a time.

Requests arrive on standard input, responses leave on standard output, both pickled. The process ends with its input, so
that it never outlives its parent. Its modules are few (no dataclasses),
as starting it is part of the wait for the first result.
"""

from __future__ import annotations

import faulthandler
import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO, Final, NamedTuple

from congvan.support import gc_tuning
from congvan.support.processes.own_process import become_worker

SIZE_BYTES: Final = 8
"""The length of a pickled request or response is sent before it, in so many bytes."""

_GRACE: Final = 60
"""Seconds after its limit at which a call that no parent stopped ends the process."""


class Request(NamedTuple):
    """A function to call, its arguments, and the seconds it may take."""

    fn: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float


class Response(NamedTuple):
    """The result of a call, or the name and the message of the exception it raised."""

    result: Any = None
    exception: str | None = None
    message: str = ""


def serve(path: str, memory: str, scratch: str, *modules: str) -> None:
    """Import ``modules``, then answer requests with at most ``memory`` bytes of data, where the system can limit them.

    ``path`` is the parent's ``sys.path`` as JSON, ``scratch`` the folder for temporary files. A module that cannot be
    imported is left out: the call that needs it will fail, and say so.
    """
    become_worker(scratch)
    os.environ.update(TMPDIR=scratch, TEMP=scratch, TMP=scratch)
    sys.path[:] = json.loads(path)
    requests, responses = _take_streams()
    _limit_memory(int(memory))
    _handle_signals()
    with gc_tuning.paused():
        for module in modules:
            with suppress(ImportError):
                import_module(module)
    gc_tuning.relax()
    try:
        _send(responses, Response())  # ready
        _answer_all(requests, responses)
    except (EOFError, BrokenPipeError):  # the parent has closed its end, or is gone
        _leave_nothing()


def _leave_nothing() -> None:
    """Remove what a parent that was killed could not; loaded now, as starting must be quick."""
    from congvan.support.processes.scratch_folder import remove_folder_of_ended_program

    remove_folder_of_ended_program()


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for the protocol; a library that reads or prints gets the null device."""
    requests, responses = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(null, stream)
    os.close(null)
    return requests, responses


def _limit_memory(limit: int) -> None:
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):  # a lower limit is in force, or the system (macOS) knows none
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _handle_signals() -> None:
    """Leave an interrupt from the keyboard to the parent. End on SIGTERM by an exception, so that a call cleans up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def _answer_all(requests: BinaryIO, responses: BinaryIO) -> None:
    with open(os.devnull, "w", encoding="utf-8") as null:  # noqa: PTH123 - pathlib is not needed for anything else
        while True:
            content = _receive(requests)
            try:
                request: Request = pickle.loads(content)  # noqa: S301 - from the parent
            except Exception as error:  # noqa: BLE001 - a class or function that cannot be imported here
                _send(responses, _failure(error))
                continue
            # Works even while a C library holds the interpreter, and when the parent is gone.
            faulthandler.dump_traceback_later(request.seconds + _GRACE, exit=True, file=null)
            _send(responses, _answer(request))
            faulthandler.cancel_dump_traceback_later()


def _receive(requests: BinaryIO) -> bytes:
    size = int.from_bytes(requests.read(SIZE_BYTES))
    content = requests.read(size)
    if not size or len(content) < size:
        raise EOFError
    return content


def _answer(request: Request) -> Response:
    try:
        return Response(request.fn(*request.args))
    except SystemExit:  # on SIGTERM
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of a Rust library is no Exception
        return _failure(error)


def _send(responses: BinaryIO, response: Response) -> None:
    try:
        content = pickle.dumps(response)
    except Exception as error:  # noqa: BLE001 - a result that cannot be pickled
        content = pickle.dumps(_failure(error))
    responses.write(len(content).to_bytes(SIZE_BYTES))
    responses.write(content)
    responses.flush()


def _failure(error: BaseException) -> Response:
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - an exception class may have a fault of its own
        message = ""
    kind = MemoryError if isinstance(error, MemoryError) else type(error)  # NumPy and others have subclasses of it
    return Response(exception=kind.__name__, message=message)
