"""Processes that share the work: one that crashes, hangs or eats memory is lost alone, with a reason.

``concurrent.futures`` has such a pool, but there the death of one process ends all, and a process that
hangs cannot be stopped. A program that uses it must also guard its main module; this one need not.

Little is loaded with this module, so that the processes can start before their own program has loaded what it needs.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from threading import Condition, Lock, Thread
from time import monotonic, sleep
from typing import Any, BinaryIO, Final, ParamSpec, TypeAlias, TypeVar

from congvan.batch.twin import Twin, twins_are_possible
from congvan.batch.worker import Answer, Call, answer_calls
from congvan.errors import WorkerLostError
from congvan.findings.language import language

P = ParamSpec("P")
T = TypeVar("T")
_Process: TypeAlias = subprocess.Popen[bytes] | Twin

MEMORY: Final = 2 * 1024**3
"""Bytes of data a process may have; a bundle of 50 letters takes a tenth of it."""

_PROGRAM: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); \
from congvan.batch.worker import serve; serve(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])"
_TO_START: Final = 120
"""Seconds a process may take until it is ready; on a slow disk, with a virus scanner, it may be a dozen."""
_CALLS_A_PROCESS: Final = 3
"""One at work, the others ready when it is done."""
_BEHIND: Final = 5
"""Steps by which processes that make Word alone let the run go first, since all wait for what only it does. A run of
5,000 letters took a twentieth less time; with PDF, where it is the processes that have most to do, a sixth more."""
_GLANCE: Final = 0.1
"""Seconds between two looks at the clock, whether a call takes too long."""
_TO_STOP: Final = 2
"""Seconds a process is given to stop by itself, and to take along the programs it started."""
_NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0
_OWN_GROUP: Final = None if sys.platform == "win32" else 0


TIME_LIMIT: Final = 120
"""Seconds a letter may take by itself; a full bundle may take twice that. A thousand times what it takes."""

_FOR_WORD: Final = ("congvan.batch.trial", "congvan.batch.laying", "congvan.text.money", "docxtpl", "markdown_it.tree")
_FOR_PDF: Final = (
    *_FOR_WORD,
    "congvan.pdf.split.cut",
    "congvan.pdf.convert",
    "congvan.pdf.engines.dxpdf.prepared_bundle",
    "dxpdf",
)
"""What a process will mostly need: loaded while the campaign is read."""


class Crew(Executor):
    """At most ``size`` processes, each started when there is a call for it, and anew after a call that went wrong.

    A call fails with :class:`WorkerLostError` when its process dies, when it takes longer than ``seconds`` says of
    its arguments, when it needs more than ``memory`` bytes (on Linux; no other system limits that), and
    when it raises anything. Functions must be importable by name, arguments and results must travel by pickle.
    ``modules`` are loaded before the first call. The processes are ``behind`` steps less urgent than the one that asks
    (not on Windows). Those started before there is a call for them are ``twins`` of this one where they can be: only
    for a program that has nothing open then which two must not have. A call speaks the language of whoever asks.
    ``ahead`` calls at a time keep all processes busy.
    """

    def __init__(
        self,
        size: int,
        *,
        seconds: Callable[..., float],
        memory: int = MEMORY,
        behind: int = 0,
        modules: Sequence[str] = (),
        twins: bool = False,
    ) -> None:
        self.ahead = _CALLS_A_PROCESS * size
        self._size = size
        self._seconds = seconds
        self._calls = _Calls()
        self._under_way: list[Future[Any]] = []
        self._new_member = partial(_Member, memory, behind, modules)
        self._may_be_twins = twins
        self._members: list[_Member] = []
        self._first: Call | None = None

    def limit(self, count: int) -> None:
        """Start no more than ``count`` processes: there is no work for more."""
        self._size = min(self._size, count)
        self.ahead = _CALLS_A_PROCESS * self._size

    @property
    def twins(self) -> bool:
        """Whether processes started now are twins of this one: then it is well to load what they need before."""
        return self._may_be_twins and not self._members and twins_are_possible()

    def start(self, count: int) -> None:
        """Have ``count`` processes, as far as there may be so many, before there is a call for them."""
        self._start(count, twins=self.twins)

    def _start(self, count: int, *, twins: bool = False) -> None:
        missing = min(count, self._size) - len(self._members)
        if missing <= 0:
            return
        nobody, new = not self._members, [self._new_member() for _ in range(missing)]
        if twins:
            _be_twins(new)  # before there is a second thread
        for member in new:
            self._members.append(member)
            self._make_ready(member)
            # Daemons: an interrupted program does not wait for them.
            member.thread = Thread(target=_serve, args=(member, self._calls), daemon=True)
            member.thread.start()
        if nobody:
            Thread(target=_watch, args=(self._members,), daemon=True).start()

    def prepare(self, fn: Callable[..., object], /, *args: Any) -> None:
        """Let each process call ``fn`` with ``args`` before it does anything else; nobody is told what came of it."""
        self._first = Call(fn, args, self._seconds(*args), language())
        for member in self._members:
            self._make_ready(member)

    def _make_ready(self, member: _Member) -> None:
        if self._first:
            self._calls.put(_Asked(self._first, Future()), member)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let one of the processes call ``fn`` with ``args``; names are not passed on."""
        if kwargs:
            raise TypeError("a crew takes arguments by position")
        return self.submit_to(None, fn, *args)

    def submit_to(self, process: int | None, fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """Let the process of that number call ``fn`` with ``args``; any of them, if it is no more."""
        future: Future[T] = Future()
        self._under_way = [*(one for one in self._under_way if not one.done()), future]
        self._start(len(self._under_way))
        member = next((one for one in self._members if one.process == process), None) if process else None
        self._calls.put(_Asked(Call(fn, args, self._seconds(*args), language()), future), member)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once they have done what was asked, or what they are at with ``cancel_futures``.

        A call after it starts others.
        """
        calls, self._calls = self._calls, _Calls()
        members, self._members = self._members, []
        calls.end()
        for asked in calls.left() if cancel_futures else ():
            asked.future.cancel()
        for member in members if wait else ():
            member.thread.join()

    def dismiss(self) -> None:
        """End the processes at once, whatever they are at."""
        members = self._members
        self.shutdown(wait=False, cancel_futures=True)
        for member in members:
            member.stop()


@contextmanager
def workers(
    jobs: int | None = None, time_limit: float = TIME_LIMIT, *, pdf: bool = True, twins: bool = False
) -> Iterator[Crew]:
    """Up to ``jobs`` processes to share the work: never this one, which an engine could take down with it.

    A call may take ``time_limit`` seconds a letter and as many for the bundle; ``pdf`` is whether PDFs are made too,
    ``twins`` whether processes may be twins of this one (see :class:`Crew`).
    """

    def seconds(letters: Sized, *_: object) -> float:
        from congvan.batch.task import BUNDLE_SIZE

        return time_limit * (1 + len(letters) / BUNDLE_SIZE)

    behind, modules = (0, _FOR_PDF) if pdf else (_BEHIND, _FOR_WORD)
    size = jobs or os.cpu_count() or 1
    crew = Crew(size, seconds=seconds, behind=behind, modules=modules, twins=twins)
    try:
        yield crew
    except BaseException:
        crew.dismiss()
        raise
    crew.shutdown()


@dataclass(frozen=True, slots=True)
class _Asked:
    call: Call
    future: Future[Any]


class _Calls:
    """What was asked, in order, of one process or of any."""

    def __init__(self) -> None:
        self._of_any: deque[_Asked] = deque()
        self._of_one: dict[_Member, deque[_Asked]] = {}
        self._changed = Condition()
        self._ended = False

    def put(self, asked: _Asked, member: _Member | None) -> None:
        with self._changed:
            (self._of_one.setdefault(member, deque()) if member else self._of_any).append(asked)
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def left(self) -> list[_Asked]:
        """Take all that nobody has begun."""
        with self._changed:
            left = [asked for calls in (self._of_any, *self._of_one.values()) for asked in calls]
            self._of_any.clear()
            self._of_one.clear()
        return left

    def next_for(self, member: _Member) -> _Asked | None:
        """What ``member`` is to do next, waited for; None when there is to be no more."""
        with self._changed:
            while True:
                for calls in (self._of_one.get(member), self._of_any):
                    if calls:
                        return calls.popleft()
                if self._ended:
                    return None
                self._changed.wait()


def _be_twins(members: Sequence[_Member]) -> None:
    """Let ``members`` have twins of this process; those that the system makes none of start as others do."""
    with suppress(OSError):
        for place, member in enumerate(members):
            member.be_twin(members[:place])


def _serve(member: _Member, calls: _Calls) -> None:
    """Have ``member`` do what is asked, until there is to be no more."""
    member.start()
    while asked := calls.next_for(member):
        if asked.future.set_running_or_notify_cancel():
            _carry_out(asked, member)
    member.stop()


def _watch(members: Sequence[_Member]) -> None:
    """End whoever takes too long. One thread sees to all calls: to start one for each takes longer than some."""
    while any(member.thread.is_alive() for member in members):
        sleep(_GLANCE)
        for member in members:
            member.stop_if_late()


def _carry_out(asked: _Asked, member: _Member) -> None:
    try:
        asked.future.set_result(member.do(asked.call))
    except BaseException as error:  # noqa: BLE001 - whatever it is, whoever asked is told
        member.stop()
        asked.future.set_exception(error)


class _Member:
    """One process of a crew, as seen from here; ``thread`` is who talks to it."""

    thread: Thread

    def __init__(self, memory: int, behind: int, modules: Sequence[str]) -> None:
        self._memory = memory
        self._behind = behind
        self._modules = modules
        self._process: _Process | None = None
        self._is_ready = False
        self._clock = Lock()
        self._until: float | None = None
        self._late = False

    @property
    def process(self) -> int | None:
        """The number of its process, while there is one."""
        return self._process.pid if self._process else None

    def be_twin(self, others: Sequence[_Member]) -> None:
        """Have a twin of this process, which must not keep open what leads to those of ``others``.

        Raises:
            OSError: when the system makes none.
        """
        strange = [pipe for other in others for pipe in other.pipes]
        work = partial(answer_calls, memory=self._memory, behind=self._behind, modules=self._modules)
        self._process = Twin(work, strange)

    @property
    def pipes(self) -> tuple[BinaryIO, ...]:
        """What leads to its process and back."""
        process = self._process
        return (process.stdin, process.stdout) if process else ()  # type: ignore[return-value]  # both are pipes

    def start(self) -> None:
        """Start the process; should that fail, the next call tries again and says so."""
        try:
            self._running()
        except WorkerLostError:
            self.stop()

    def do(self, call: Call) -> Any:
        """What ``call`` gives.

        Raises:
            WorkerLostError: when it gives nothing.
        """
        asked = pickle.dumps(call)
        answer = self._answer(self._running(), asked, call.seconds)
        if answer.trouble is not None:
            code = "batch-worker-failed" if answer.trouble else "batch-worker-memory"
            raise WorkerLostError(code, why=answer.trouble, most=self._memory // 1024**2)
        return answer.result

    def stop(self) -> None:
        """End the process, by force if it does not follow."""
        process, pipes = self._process, self.pipes
        self._process, self._is_ready = None, False
        if process is None:
            return
        _end(process)
        for pipe in pipes:
            with suppress(OSError):  # what was not read any more
                pipe.close()

    def _running(self) -> _Process:
        if self._process is None:
            limits = [str(self._memory), str(self._behind)]
            words = [sys.executable, "-c", _PROGRAM, json.dumps(sys.path), *limits, *self._modules]
            try:
                self._process = subprocess.Popen(  # noqa: S603 - this Python and a program that stands here
                    words,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=_NO_WINDOW,
                    process_group=_OWN_GROUP,  # an interrupt from the keyboard is not for it
                )
            except OSError as error:
                raise WorkerLostError("batch-worker-failed", why=error.strerror or error) from error
        if not self._is_ready:
            self._answer(self._process, b"", _TO_START)
            self._is_ready = True
        return self._process

    def _answer(self, process: _Process, asked: bytes, seconds: float) -> Answer:
        """What ``process`` has to say to ``asked``; if it takes longer than that, it is ended."""
        self._late, self._until = False, monotonic() + seconds
        try:
            return _talk(process, asked)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):  # ValueError: a pipe closed by dismissal
            raise self._loss(process, seconds) from None
        finally:
            with self._clock:
                self._until = None

    def stop_if_late(self) -> None:
        """End the process if it is at a call for too long."""
        with self._clock:
            if self._until is None or monotonic() < self._until:
                return
            self._late, self._until = True, None
            process = self._process
        if process:
            _end(process)

    def _loss(self, process: _Process, seconds: float) -> WorkerLostError:
        status = _status(process)
        if self._late:
            return WorkerLostError("batch-worker-late", seconds=round(seconds))
        return WorkerLostError("batch-worker-died", how=_signal_name(-status) if status < 0 else status)


def _end(process: _Process) -> None:
    """Ask ``process`` to end, and end it by force if it does not."""
    with suppress(OSError):
        process.terminate()
    _status(process)


def _status(process: _Process) -> int:
    """With what ``process`` ends; it is about to."""
    try:
        return process.wait(_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _talk(process: _Process, asked: bytes) -> Answer:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(asked)
    process.stdin.flush()
    answer: Answer = pickle.load(process.stdout)  # noqa: S301 - from the process started above
    return answer


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
