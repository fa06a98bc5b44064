"""Tasks through an executor, results in order, only a few under way at a time so that memory stays flat.

A task that is lost with its process is tried once more, then its letters one by one: whatever happens, every
letter has an outcome.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from congvan.batch.crew import Crew
from congvan.batch.executors import AHEAD, ExecutorError
from congvan.batch.task import BUNDLE_SIZE, Outcome, Task, render_task

TIME_LIMIT: Final = 120
"""Seconds a letter may take by itself; a full bundle may take twice that. A thousand times what it takes."""

_FEW: Final = 60
"""Letters below which starting another process takes longer than the work."""

Outcomes = tuple[Outcome, ...]


@contextmanager
def workers(jobs: int | None, letters: int, time_limit: float = TIME_LIMIT) -> Iterator[Executor]:
    """Processes to share the work on so many letters: never this one, which an engine could take down with it."""

    def seconds(task: Task) -> float:
        return time_limit * (1 + len(task.letters) / BUNDLE_SIZE)

    useful = 1 + letters // _FEW if letters else 0
    crew = Crew(min(jobs or os.cpu_count() or 1, useful), seconds=seconds)
    try:
        yield crew
    except BaseException:
        crew.dismiss()
        raise
    crew.shutdown()


def outcomes(tasks: Iterable[Task], executor: Executor, ahead: int = AHEAD) -> Iterator[tuple[Task, Outcomes]]:
    """Each task with its outcomes, in the order of ``tasks``; at most ``ahead`` wait beside the one awaited."""
    waiting: deque[tuple[Task, Future[Outcomes]]] = deque()
    for task in tasks:
        waiting.append((task, _asked(task, executor)))
        if len(waiting) > ahead:
            yield _made(*waiting.popleft(), executor)
    while waiting:
        yield _made(*waiting.popleft(), executor)


def _made(task: Task, future: Future[Outcomes], executor: Executor) -> tuple[Task, Outcomes]:
    try:
        return task, future.result()
    except ExecutorError:  # there is nobody left to ask
        raise
    except Exception:  # noqa: BLE001 - a process may be lost in any way; the letters are not
        return task, _once_more(task, executor)


def _once_more(task: Task, executor: Executor) -> Outcomes:
    try:
        return _asked(task, executor).result()
    except Exception as error:  # noqa: BLE001
        if len(task.letters) == 1:
            return (_failed(task, str(error) or type(error).__name__, executor),)
    alone = [replace(task, letters=(letter,)) for letter in task.letters]
    return tuple(_alone(one, future, executor) for one, future in [(one, _asked(one, executor)) for one in alone])


def _alone(task: Task, future: Future[Outcomes], executor: Executor) -> Outcome:
    try:
        return future.result()[0]
    except Exception as error:  # noqa: BLE001
        return _failed(task, str(error) or type(error).__name__, executor)


def _failed(task: Task, why: str, executor: Executor) -> Outcome:
    """The letter without its PDF, as long as Word can be had."""
    try:
        (outcome,) = _asked(replace(task, pdf_engine=None), executor).result()
    except Exception:  # noqa: BLE001
        return Outcome(failure=why)
    return Outcome(outcome.docx, failure=outcome.failure or why)


def _asked(task: Task, executor: Executor) -> Future[Outcomes]:
    try:
        return executor.submit(render_task, task)
    except Exception as error:  # noqa: BLE001 - a pool that is broken takes nothing any more
        refused: Future[Outcomes] = Future()
        refused.set_exception(error)
        return refused
