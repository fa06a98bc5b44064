"""A pool of worker processes: a call that crashes, hangs or eats memory fails alone, with a reason.

With ``concurrent.futures.ProcessPoolExecutor`` the death of one process ends all, a process that hangs cannot be
stopped, and the program must guard its main module. None of that is so here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence, Sized
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar

from congvan.errors import WorkerLostError
from congvan.findings.language import Language, language, set_language
from congvan.support.processes.processors import usable_processors
from congvan.support.processes.warm_processes import MEMORY, TIME_LIMIT, lost_worker
from congvan.support.processes.worker_process import CallFailedError, Cause, WorkerProcess

P = ParamSpec("P")
T = TypeVar("T")

_FULL_BUNDLE: Final = 50

_CALLS_PER_PROCESS: Final = 3
"""One in work and two in the queue, so that no process waits for the next."""

_WORD_MODULES: Final = ("congvan.run.rendering", "congvan.text.money")
_PDF_MODULES: Final = (
    "congvan.pdf.split.bundle_splitter",
    "congvan.pdf.convert",
    "congvan.pdf.engines.dxpdf.engine",
    "dxpdf",
)
"""What most calls need: imported while the first batches are put together."""


@dataclass(frozen=True, slots=True)
class _Call:
    fn: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    language: Language
    future: Future[Any]


_Queue: TypeAlias = "SimpleQueue[_Call | None]"
"""Calls in the order they were submitted; None tells a worker that there are no more."""


class WorkerPool(Executor):
    """At most ``size`` processes that call functions, each started when there is work, and again after a failure.

    A call fails with :class:`WorkerLostError` when its process dies, when it takes longer than ``seconds``, called with
    its arguments, returns, when it needs more than ``memory`` bytes (on Linux), and when it raises anything.
    Functions must be importable by name; arguments and results are pickled. ``modules`` are imported before the first
    call. Messages are in the language of the caller. Threads may share a pool; a fork of this process has workers of
    its own. ``queue_depth`` calls under way keep all processes busy.
    """

    def __init__(
        self, size: int, *, seconds: Callable[..., float], memory: int = MEMORY, modules: Sequence[str] = ()
    ) -> None:
        self._size = size
        self._seconds = seconds
        self._new_process = partial(WorkerProcess, memory=memory, modules=modules)
        self._reset()

    def _reset(self) -> None:
        self._owner = os.getpid()
        self._lock = Lock()
        self._queue: _Queue = SimpleQueue()
        self._workers: list[_Worker] = []
        self._unfinished = 0
        self._is_shut_down = False

    @property
    def queue_depth(self) -> int:
        """How many calls to have under way, so that no process is idle."""
        return _CALLS_PER_PROCESS * self._size

    def _start(self, count: int) -> None:
        while len(self._workers) < min(count, self._size):
            self._workers.append(_Worker(self._queue, self._new_process))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a process call ``fn``; as :meth:`concurrent.futures.Executor.submit`."""
        if os.getpid() != self._owner:  # threads and pipes of the parent are of no use in a fork of it
            self._inherited = self._workers  # never collected: their pipes may be locked for ever
            self._reset()
        future: Future[T] = Future()
        work = partial(fn, **kwargs) if kwargs else fn
        call = _Call(work, args, self._seconds(*args), language(), future)
        with self._lock:
            if self._is_shut_down:
                raise RuntimeError("cannot schedule new futures after shutdown")
            self._unfinished += 1
            self._start(self._unfinished)
            self._queue.put(call)
        future.add_done_callback(self._count_off)
        return future

    def _count_off(self, _: Future[Any]) -> None:
        with self._lock:
            self._unfinished -= 1

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes finish what was submitted, or only their present calls with ``cancel_futures``."""
        with self._lock:
            self._is_shut_down = True
            workers = list(self._workers)
        if cancel_futures:
            _cancel_all(self._queue)
        for _ in workers:
            self._queue.put(None)
        if wait:
            for worker in workers:
                worker.join()

    def terminate(self) -> None:
        """End the processes at once, whatever they do; their calls fail, those in the queue are cancelled."""
        self.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.terminate()


@contextmanager
def worker_pool(jobs: int | None = None, time_limit: float = TIME_LIMIT, *, pdf: bool = True) -> Iterator[Executor]:
    """Yield a pool of up to ``jobs`` processes (by default one a processor core); end them at once on an error.

    A call gets ``time_limit`` seconds, and as many more for a full bundle of letters. With ``pdf`` the processes import
    what PDF needs, too.
    """

    def seconds(letters: Sized, *_: object) -> float:
        return time_limit * (1 + len(letters) / _FULL_BUNDLE)

    modules = (*_WORD_MODULES, *_PDF_MODULES) if pdf else _WORD_MODULES
    pool = WorkerPool(jobs or usable_processors(), seconds=seconds, modules=modules)
    try:
        yield pool
    except BaseException:
        pool.terminate()
        raise
    pool.shutdown()


class _Worker:
    """A thread that takes calls from a queue, and the process that works on them."""

    def __init__(self, queue: _Queue, new_process: Callable[[], WorkerProcess]) -> None:
        self._queue = queue
        self._new_process = new_process
        self._process: WorkerProcess | None = None
        self._is_terminated = False
        self._lock = Lock()
        # A daemon: an interrupted program does not wait for it.
        self._thread = Thread(target=self._work, name="congvan-worker", daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def terminate(self) -> None:
        with self._lock:  # no process may start after this
            self._is_terminated = True
        self._stop()

    def _work(self) -> None:
        with suppress(OSError):  # the first call tries again, and reports it
            self._running_process()
        while (call := self._queue.get()) is not None:
            if call.future.set_running_or_notify_cancel():
                self._run_call(call)
        self._stop()

    def _run_call(self, call: _Call) -> None:
        set_language(call.language)  # of the reason, should it fail
        try:
            result = self._running_process().call(_in_language, call.language, call.fn, call.args, seconds=call.seconds)
        except BaseException as error:  # noqa: BLE001 - the caller gets it, and the thread goes on
            self._stop()
            call.future.set_exception(_reason(error))
        else:
            call.future.set_result(result)

    def _running_process(self) -> WorkerProcess:
        with self._lock:
            if self._is_terminated:
                raise CallFailedError(Cause.DIED, "SIGTERM")
            if self._process is None:
                self._process = self._new_process()
            return self._process

    def _stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.stop()


def _in_language(value: Language, fn: Callable[..., T], args: Sequence[Any]) -> T:
    """Return ``fn(*args)``, in the worker process, with messages in the language of the caller."""
    set_language(value)
    return fn(*args)


def _reason(error: BaseException) -> BaseException:
    """Return the error for the caller; a fault of the call itself, such as unpicklable arguments, stays as it is."""
    if isinstance(error, OSError):
        return WorkerLostError("batch-worker-failed", why=error.strerror or error)
    return lost_worker(error) if isinstance(error, CallFailedError) else error


def _cancel_all(queue: _Queue) -> None:
    with suppress(Empty):
        while call := queue.get_nowait():
            call.future.cancel()
