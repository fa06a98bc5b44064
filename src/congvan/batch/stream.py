"""Tasks through an executor, results in order, only a few under way at a time so that memory stays flat."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from congvan.batch.task import Outcome, Task, render_task

_FEW = 60  # letters: below this, starting processes takes longer than the work


@contextmanager
def workers(jobs: int | None, letters: int) -> Iterator[Executor | None]:
    """Processes to share the work, or None where this process alone is quicker."""
    count = jobs or os.cpu_count() or 1
    if count == 1 or letters < _FEW:
        yield None
        return
    # "spawn" behaves the same on Linux, Windows and macOS, and copies no open register into a child. An interrupt
    # is this process's to answer; the others would only die noisily.
    spawn = get_context("spawn")
    quiet = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(count, mp_context=spawn, initializer=signal.signal, initargs=quiet) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def outcomes(
    tasks: Iterable[Task], executor: Executor | None, ahead: int = 4
) -> Iterator[tuple[Task, tuple[Outcome, ...]]]:
    """Each task with its outcomes, in the order of ``tasks``; at most ``ahead`` wait beside the one awaited."""
    if executor is None:
        yield from ((task, render_task(task)) for task in tasks)
        return
    waiting: deque[tuple[Task, Future[tuple[Outcome, ...]]]] = deque()
    for task in tasks:
        waiting.append((task, executor.submit(render_task, task)))
        if len(waiting) > ahead:
            first, future = waiting.popleft()
            yield first, future.result()
    while waiting:
        first, future = waiting.popleft()
        yield first, future.result()
