"""Letters through an executor, results in order, only a few under way at a time so that memory stays flat.

A task that is lost with its process is tried once more, then its letters one by one: whatever happens, every
letter has an outcome.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from congvan.batch.crew import Crew
from congvan.batch.executors import ahead_of
from congvan.batch.laying import KEPT_WHOLE, Laid, lay_kept, lay_task
from congvan.batch.portion import Portion
from congvan.batch.proofs import RunProofs
from congvan.batch.target import Target
from congvan.batch.task import Outcome, Task, render_task
from congvan.campaign import PlannedLetter
from congvan.errors import ExecutorError

Made = Outcome | Laid
"""A letter handed back, or laid down by the process that made it."""

K = TypeVar("K")
T = TypeVar("T")


class Awaited(Iterator[tuple[K, Future[T]]]):
    """What is ``asked`` of ``executor``, in order; the first are asked at once, and never many ahead.

    So many that it is kept busy, or ``ahead`` if that is more.
    """

    def __init__(self, asked: Iterable[tuple[K, Future[T]]], executor: Executor, ahead: int = 0) -> None:
        self._rest = iter(asked)
        self._waiting = deque(islice(self._rest, max(ahead, ahead_of(executor))))

    def __next__(self) -> tuple[K, Future[T]]:
        if not self._waiting:
            raise StopIteration
        self._waiting.extend(islice(self._rest, 1))
        return self._waiting.popleft()

    def call_off(self) -> None:
        """Ask for nothing more; what nobody has begun is not done either."""
        self._rest = iter(())
        while self._waiting:
            self._waiting.pop()[1].cancel()


def made(
    portions: Iterable[Portion],
    target: Callable[[PlannedLetter], Target],
    proofs: RunProofs,
    executor: Executor,
    ahead: int = 0,
) -> Iterator[tuple[Portion, tuple[Made, ...]]]:
    """Each portion with what came of its letters, in order; the first, ``ahead`` or more, are begun at once.

    A run's own processes lay them down at their ``target``.
    """
    asked = (
        ((portion, task), _asked(task, executor))
        for portion in portions
        for proven in [_proven(portion, proofs)]
        for task in [_laying(proven, map(target, portion.items)) if isinstance(executor, Crew) else proven]
    )
    under_way = Awaited(asked, executor, ahead)
    return ((portion, _made(task, future, executor)) for (portion, task), future in under_way)


def submitted(executor: Executor, work: Callable[[Task], T], task: Task) -> Future[T]:
    """``work`` on ``task`` handed to ``executor``."""
    try:
        return executor.submit(work, task)
    except Exception as error:  # noqa: BLE001 - a pool that is broken takes nothing any more
        refused: Future[T] = Future()
        refused.set_exception(error)
        return refused


def _proven(portion: Portion, proofs: RunProofs) -> Task:
    """The task of ``portion`` with what was laid out on trial."""
    if kept := proofs.kept(portion.places):
        return replace(portion.task, kept=kept)
    return replace(portion.task, proofs=tuple(map(proofs.of, portion.places)))


def _laying(task: Task, targets: Iterable[Target]) -> Task:
    return replace(task, targets=tuple(targets))


def _made(task: Task, future: Future[tuple[Made, ...]], executor: Executor) -> tuple[Made, ...]:
    try:
        return future.result() or _once_more(task, executor)
    except ExecutorError:  # there is nobody left to ask
        raise
    except Exception:  # noqa: BLE001 - a process may be lost in any way; the letters are not
        return _once_more(task, executor)


def _once_more(task: Task, executor: Executor) -> tuple[Made, ...]:
    try:
        return _asked(replace(task, kept=None), executor).result()
    except Exception as error:  # noqa: BLE001
        if len(task.letters) == 1:
            return (_failed(task, str(error) or type(error).__name__, executor),)
    return tuple(
        _alone(one, future, executor) for one, future in [(one, _asked(one, executor)) for one in task.apart()]
    )


def _alone(task: Task, future: Future[tuple[Made, ...]], executor: Executor) -> Made:
    try:
        return future.result()[0]
    except Exception as error:  # noqa: BLE001
        return _failed(task, str(error) or type(error).__name__, executor)


def _failed(task: Task, why: str, executor: Executor) -> Made:
    """The letter without its PDF, as long as Word can be had."""
    try:
        (only,) = _asked(replace(task, pdf_engine=None), executor).result()
    except Exception:  # noqa: BLE001
        return Outcome(failure=why)
    return only._replace(failure=only.failure or why)


def _asked(task: Task, executor: Executor) -> Future[tuple[Made, ...]]:
    if task.kept and isinstance(executor, Crew):
        if task.targets[0].kinds == KEPT_WHOLE:
            return executor.submit_to(task.kept.keeper, lay_kept, task.kept, task.targets)
        return executor.submit_to(task.kept.keeper, lay_task, task)
    work: Callable[[Task], tuple[Made, ...]] = lay_task if task.targets else render_task
    return submitted(executor, work, task)
