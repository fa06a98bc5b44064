"""Batches through an executor: results in order, few under way at a time so that memory stays flat.

A batch whose worker was lost is tried once more, several letters that took too long are not; then come its letters one
by one: whatever happens, every letter has a result. A tier whose letters fail one after another for one cause is
stopped (:mod:`congvan.run.workers.circuit_breaker`).
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from congvan.errors import ExecutorError, WorkerLostError
from congvan.run.batches import Batch
from congvan.run.rendering import STAGING, StagedLetter, stage_batch
from congvan.run.workers.circuit_breaker import MOST_FAILURES, CircuitBreaker
from congvan.run.workers.pool import WorkerPool
from congvan.run.workers.remote import queue_depth_of
from congvan.support.files import sha256_of, write_whole

K = TypeVar("K")


class Dispatcher:
    """Stages batches by ``executor``, whose workers write below the output folder ``out`` where they can see it."""

    def __init__(self, executor: Executor, out: Path) -> None:
        self._executor = executor
        self._out = out
        self.breaker = CircuitBreaker()

    @cached_property
    def _folder(self) -> str | None:
        """The output folder for the workers; None where they cannot see it and hand back bytes."""
        out = str(self._out.absolute())
        if isinstance(self._executor, WorkerPool):
            return out
        probe = self._out / STAGING / "probe"
        try:
            write_whole(probe, secrets.token_bytes())
            seen = self._executor.submit(sha256_of, Path(out, STAGING, "probe")).result()
        except ExecutorError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, bytes can still travel
            return None
        return out if seen == sha256_of(probe) else None

    def staged(self, batches: Iterable[tuple[K, Batch]]) -> Iterator[tuple[K, tuple[StagedLetter, ...]]]:
        """The letters of each batch, in order, under the key it came with.

        Raises:
            ExecutorError: when a cluster is lost.
            OSError: when the staging folder cannot be written.
        """
        under_way: deque[tuple[K, Batch, Future[tuple[StagedLetter, ...]]]] = deque()
        depth = queue_depth_of(self._executor)
        for key, batch in batches:
            under_way.append((key, batch, self._submit(batch)))
            if len(under_way) > depth:
                yield self._next(under_way)
        while under_way:
            yield self._next(under_way)

    def _next(
        self, under_way: deque[tuple[K, Batch, Future[tuple[StagedLetter, ...]]]]
    ) -> tuple[K, tuple[StagedLetter, ...]]:
        key, batch, future = under_way.popleft()
        return key, self._result(batch, future, self._again)

    def _submit(self, batch: Batch) -> Future[tuple[StagedLetter, ...]]:
        try:
            return self._executor.submit(stage_batch, batch, self._folder)
        except Exception as error:  # noqa: BLE001 - a broken pool takes nothing any more
            refused: Future[tuple[StagedLetter, ...]] = Future()
            refused.set_exception(error)
            return refused

    def _result(
        self,
        batch: Batch,
        future: Future[tuple[StagedLetter, ...]],
        otherwise: Callable[[Batch, Exception], tuple[StagedLetter, ...]],
    ) -> tuple[StagedLetter, ...]:
        try:
            return self._noted(batch, future.result())
        except (ExecutorError, OSError) as error:
            if isinstance(error, ExecutorError) or error.filename:  # no cluster, or no room: nothing can go on
                raise
            return otherwise(batch, error)
        except Exception as error:  # noqa: BLE001 - a worker may be lost in any way; the letters are not
            return otherwise(batch, error)

    def _noted(self, batch: Batch, results: tuple[StagedLetter, ...]) -> tuple[StagedLetter, ...]:
        """``results``, which the circuit breaker has noted."""
        for result in results:
            if result.is_costly:
                costly = result.findings[0]
                self.breaker.note_failure(batch.tier, costly.code, costly.message)
            elif not result.is_skipped:
                self.breaker.note_success(batch.tier)
        return results

    def _again(self, batch: Batch, error: Exception) -> tuple[StagedLetter, ...]:
        is_late = isinstance(error, WorkerLostError) and error.code == "batch-worker-late"
        if (is_late and len(batch) > 1) or batch.tier in self.breaker.reasons:
            return self._one_by_one(batch, error)
        return self._result(batch, self._submit(batch), self._one_by_one)

    def _one_by_one(self, batch: Batch, error: Exception) -> tuple[StagedLetter, ...]:
        if len(batch) == 1:
            return self._failed(batch, error)
        results: list[StagedLetter] = []
        while len(results) < len(batch) and batch.tier not in self.breaker.reasons:
            results += self._next_letters(batch, len(results))
        results += [StagedLetter(is_skipped=True)] * (len(batch) - len(results))
        return tuple(results)

    def _next_letters(self, batch: Batch, start: int) -> Iterator[StagedLetter]:
        """The letters from ``start`` on, few at first: they may all hang."""
        count = MOST_FAILURES if start == 0 else queue_depth_of(self._executor)
        letters = [batch.only([index]) for index in range(start, min(start + count, len(batch)))]
        futures = [self._submit(letter) for letter in letters]
        for letter, future in zip(letters, futures, strict=True):
            yield self._result(letter, future, self._failed)[0]

    def _failed(self, batch: Batch, error: Exception) -> tuple[StagedLetter, ...]:
        """The result of a letter that no worker could make."""
        why = str(error) or type(error).__name__
        if isinstance(error, WorkerLostError):
            self.breaker.note_failure(batch.tier, error.code, why)
        return (StagedLetter(failure=why),)
