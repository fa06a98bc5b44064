"""Child processes with limits of time and memory, ended together with the processes they started themselves.

:class:`WorkerProcess` is a Python process that calls functions, for code that may crash, hang or eat memory.
:func:`run_program` runs a foreign program. Both work from any thread; neither forks this process.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from threading import Event, Timer
from typing import Any, Final, TypeVar

from congvan.support.processes.interpreter import python_command
from congvan.support.processes.process_server import SIZE_BYTES, Request, Response
from congvan.support.processes.scratch_folder import scratch_folder

T = TypeVar("T")

_START_SECONDS: Final = 120
"""Seconds until a process must be ready; on a slow disk, with a virus scanner, a dozen are usual."""
_STOP_SECONDS: Final = 2
"""Seconds a process gets to end by itself, and to end the programs it has started."""

# On Windows no console opens for it; elsewhere a group of its own keeps an interrupt from the keyboard away.
_NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0
_NEW_GROUP: Final = None if sys.platform == "win32" else 0


class Cause(Enum):
    """Why a call has no result."""

    DIED = "died"
    """The process ended; the detail is its status, or the name of the signal that ended it."""
    LATE = "late"
    """The call took too long; the detail is its limit in seconds."""
    MEMORY = "memory"
    """The call needed too much memory; the detail is the limit in MB."""
    RAISED = "raised"
    """The call raised an exception, or its result cannot be pickled; the detail is the message."""


class CallFailedError(Exception):
    """A call of a :class:`WorkerProcess` without a result; ``exception`` is the class of what it raised.

    Not one of congvan's errors: whoever made the call turns it into one that a user understands.
    """

    def __init__(self, cause: Cause, detail: str, exception: str = "") -> None:
        super().__init__(cause, detail, exception)
        self.cause = cause
        self.detail = detail
        self.exception = exception

    def __str__(self) -> str:
        return f"{self.exception or self.cause.value}: {self.detail}"


class WorkerProcess:
    """A Python process that calls functions, one at a time; it is ended after a call without a result.

    Functions must be importable by name; arguments and results are pickled. The process is also ended with the last
    reference to this object, and ends by itself when this process is gone.

    Raises:
        OSError: when the system starts no process.
    """

    def __init__(self, *, memory: int, modules: Sequence[str] = ()) -> None:
        """Start the process: with at most ``memory`` bytes of data (on Linux), and ``modules`` imported beforehand."""
        self._memory = memory
        command = python_command()
        folder = tempfile.mkdtemp(dir=scratch_folder())
        try:
            self._process = _started_child([*command, json.dumps(sys.path), str(memory), folder, *modules])
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._is_ready = False
        self._end = weakref.finalize(self, _end_child, self._process, os.getpid(), folder)
        _started.add(self)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """False once the process has ended, for whatever reason."""
        return self._end.alive and self._process.poll() is None

    def abandon(self) -> None:
        """Leave the process to the one this was forked from: close this end of its pipes, and write nothing to them."""
        null = os.open(os.devnull, os.O_RDWR)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                os.dup2(null, pipe.fileno())  # not close(): that would flush what the parent was about to write
        os.close(null)
        self._process.returncode = 0  # not the child of this process, so not to be waited for

    def call(self, fn: Callable[..., T], /, *args: Any, seconds: float) -> T:
        """Return ``fn(*args)``, called in the process.

        Raises:
            CallFailedError: when there is no result within ``seconds``; the process is ended then.
        """
        request = pickle.dumps(Request(fn, args, seconds))
        try:
            result: T = self._result(request, seconds)
        except BaseException:
            self.stop()
            raise
        return result

    def stop(self) -> None:
        """End the process, whatever it is doing, by force if need be; another thread's call fails then."""
        self._end()

    def _result(self, request: bytes, seconds: float) -> Any:
        if not self._is_ready:
            self._exchange(b"", _START_SECONDS)
            self._is_ready = True
        response = self._exchange(request, seconds)
        if response.exception is not None:
            raise self._failure(response)
        return response.result

    def _exchange(self, request: bytes, seconds: float) -> Response:
        """Send ``request`` and return the response to it, or the sign that the process is ready."""
        error: Exception | None = None
        with _time_limit(self._process, seconds) as is_late:
            try:
                content = self._send_and_receive(request)
            except (OSError, EOFError, ValueError) as raised:  # ValueError: stop() has closed the pipes
                error = raised
        if is_late.is_set():
            raise CallFailedError(Cause.LATE, str(round(seconds)))
        if error:
            raise CallFailedError(Cause.DIED, self._status()) from error
        try:
            response: Response = pickle.loads(content)  # noqa: S301 - from the process started above
        except Exception as raised:
            raise CallFailedError(Cause.RAISED, str(raised), type(raised).__name__) from raised
        return response

    def _send_and_receive(self, request: bytes) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(len(request).to_bytes(SIZE_BYTES) + request if request else b"")
        self._process.stdin.flush()
        size = int.from_bytes(self._process.stdout.read(SIZE_BYTES))
        content = self._process.stdout.read(size)
        if not size or len(content) < size:
            raise EOFError
        return content

    def _status(self) -> str:
        """Return how the process has ended, or is about to end."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        self.stop()
        return _status_name(self._process.wait())

    def _failure(self, response: Response) -> CallFailedError:
        if response.exception == MemoryError.__name__:
            return CallFailedError(Cause.MEMORY, str(self._memory // 1024**2))
        return CallFailedError(Cause.RAISED, response.message, response.exception or "")


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """The exit status of a program, and what it printed, errors included."""

    status: int
    output: str


def run_program(
    args: Sequence[str], *, seconds: float, memory: int | None = None, env: Mapping[str, str] | None = None
) -> ProgramResult:
    """Run a foreign program without input or shell; end it and all it started after ``seconds``, or on any error.

    It gets at most ``memory`` bytes of data (on Linux), and ``env`` instead of this process's environment.

    Raises:
        TimeoutError: when it was not done in time.
        OSError: when it does not start.
    """
    with subprocess.Popen(  # noqa: S603 - callers pass programs they have found themselves
        args,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        creationflags=_NO_WINDOW,
        process_group=_NEW_GROUP,
    ) as process:
        try:
            if memory is not None:
                _limit_memory(process.pid, memory)
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"not done after {seconds} seconds") from None
        finally:
            _end_tree(process, patience=0)
    return ProgramResult(process.returncode, output.decode("utf-8", errors="replace"))


def _limit_memory(pid: int, limit: int) -> None:
    """Limit a process that has just begun, and all it will start; to do so before it begins is unsafe with threads."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):  # it has ended already, or a lower limit is in force
            resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))


@contextmanager
def _time_limit(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Event]:
    """End ``process`` after ``seconds`` unless the block is done by then; the event tells so, after the block."""
    is_late = Event()

    def end() -> None:
        is_late.set()
        _end_tree(process)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()
        timer.join()


def _started_child(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - Python itself, with a program from this package
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_NO_WINDOW,
        process_group=_NEW_GROUP,
    )


_started: Final[weakref.WeakSet[WorkerProcess]] = weakref.WeakSet()


_inherited: Final[list[WorkerProcess]] = []
"""The processes of the one this was forked from; never collected, since their pipes may be locked for ever."""


def _abandon_all() -> None:
    _inherited.extend(_started)
    _started.clear()
    for process in _inherited:
        process.abandon()


if hasattr(os, "register_at_fork"):  # a pipe left open in a fork would keep a worker waiting for ever
    os.register_at_fork(after_in_child=_abandon_all)


def _end_child(process: subprocess.Popen[bytes], parent: int, folder: str) -> None:
    """End a worker process, close its pipes and remove its files, unless this is a fork of its parent."""
    if os.getpid() != parent:
        return
    _end_tree(process)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):  # a request that was not read
                pipe.close()
    shutil.rmtree(folder, ignore_errors=True)


def _end_tree(process: subprocess.Popen[bytes], patience: float = _STOP_SECONDS) -> None:
    """End ``process`` and the processes it has started; ask it first, if there is ``patience`` (in seconds)."""
    if sys.platform == "win32":
        if process.poll() is None:
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(command, check=False, capture_output=True, creationflags=_NO_WINDOW)  # noqa: S603
            process.kill()
    else:
        if patience and process.poll() is None:
            _signal_group(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
        _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(group: int, number: int) -> None:
    if sys.platform != "win32":
        with suppress(OSError):  # all of them have ended
            os.killpg(group, number)


def _status_name(status: int) -> str:
    if status >= 0:
        return str(status)
    try:
        return signal.Signals(-status).name
    except ValueError:
        return str(-status)
