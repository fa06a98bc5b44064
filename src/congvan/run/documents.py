"""Many finished Word documents as PDF: grouped where they can be, converted by worker processes, lazily, in order.

A group whose worker was lost is converted document by document, each by a call of its own: a document that makes an
engine crash or hang is the only one without a PDF.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from congvan.errors import EngineError, ExecutorError
from congvan.pdf.bundling import DocumentGroup, document_name, group_documents
from congvan.pdf.engine import Engine
from congvan.pdf.engines.available import engine as open_engine
from congvan.pdf.metadata import PdfMetadata
from congvan.run.workers.pool import worker_pool
from congvan.run.workers.remote import opened, queue_depth_of
from congvan.support.processes.warm_processes import TIME_LIMIT

_MAX_GROUP: Final = 50
"""Documents in a group: larger ones gain little, and the first PDF would come later."""


def to_pdfs(
    documents: Iterable[bytes],
    *,
    engine: str | Engine | None = None,
    metadata: Iterable[PdfMetadata] | None = None,
    jobs: int | None = None,
    executor: Executor | str | None = None,
    time_limit: float = TIME_LIMIT,
) -> Iterator[bytes]:
    """Convert many .docx to PDF, in order; documents are read, and PDFs made, as they are asked for.

    Consecutive documents of one template are converted together, which takes a fraction of the time; the embedded
    engine makes the same bytes as :func:`congvan.to_pdf`. ``metadata`` has one entry for each document, whose own
    properties count without it. ``jobs``
    processes share the work, as many as there are cores if None, unless an ``executor`` is given: one of
    :mod:`concurrent.futures` or the URL of a cluster. ``time_limit`` is in seconds a document. Closing the iterator
    ends the processes.

    Raises:
        EngineError: at once when the engine is missing; else as below.
        TemplateError, UnreadableFileError, EngineError: for a document that has no PDF, after the PDFs of those before
            it; the message names the document by its number, from 1.
        ValueError: when there are fewer ``metadata`` than documents.
        ExecutorError: when the cluster cannot be used, or is lost.
    """
    groups = group_documents(documents, min(open_engine(engine).max_letters, _MAX_GROUP))
    tasks = _tasks(groups, engine, metadata)
    return _convert_all(tasks, _open_executor(executor, jobs, time_limit))


@dataclass(frozen=True, slots=True)
class _Task:
    """A group to convert; all that a worker needs to know."""

    group: DocumentGroup
    engine: str | Engine | None
    metadata: Sequence[PdfMetadata]

    def __len__(self) -> int:  # the time limit depends on it
        return len(self.group)

    @property
    def singles(self) -> list[_Task]:
        """A task for each document."""
        pairs = zip(self.group.singles, self.metadata, strict=True)
        return [_Task(group, self.engine, [about]) for group, about in pairs]


class _Converted(NamedTuple):
    """The PDFs of a group up to the document that failed, and its error."""

    pdfs: list[bytes]
    error: EngineError | None = None


def _tasks(
    groups: Iterator[DocumentGroup], engine: str | Engine | None, metadata: Iterable[PdfMetadata] | None
) -> Iterator[_Task]:
    if metadata is None:
        yield from (_Task(group, engine, group.about) for group in groups)
        return
    entries = iter(metadata)
    for group in groups:
        about = list(islice(entries, len(group)))
        if len(about) < len(group):
            raise ValueError("fewer metadata than documents")
        yield _Task(group, engine, about)


def _convert(task: _Task) -> _Converted:
    """Convert the documents of a task, in the worker."""
    from congvan.pdf.convert import convert_group  # loads pikepdf, which the caller's process does not need

    pdfs: list[bytes] = []
    try:
        for letter in convert_group(task.group, open_engine(task.engine), task.metadata):
            pdfs.append(letter.pdf)  # noqa: PERF401 - those before an error count
    except EngineError as error:
        return _Converted(pdfs, error)
    return _Converted(pdfs)


def _convert_all(tasks: Iterator[_Task], workers: AbstractContextManager[Executor]) -> Iterator[bytes]:
    with workers as executor:
        conversions = _Conversions(executor)
        try:
            yield from conversions.pdfs(tasks)
        finally:
            conversions.cancel()


class _Conversions:
    """Tasks through an executor: results in order, few under way at a time so that memory stays flat."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._under_way: deque[tuple[_Task, Future[_Converted]]] = deque()
        self._input_error: Exception | None = None

    def pdfs(self, tasks: Iterator[_Task]) -> Iterator[bytes]:
        """The PDFs of all documents, in order, then the error that ended ``tasks``, if one did."""
        depth = queue_depth_of(self._executor)
        for task in self._until_error(tasks):
            self._under_way.append((task, self._submit(task)))
            if len(self._under_way) > depth:
                yield from self._next()
        while self._under_way:
            yield from self._next()
        if self._input_error is not None:
            raise self._input_error

    def cancel(self) -> None:
        """Cancel the tasks that no worker has begun."""
        for _, future in self._under_way:
            future.cancel()

    def _until_error(self, tasks: Iterator[_Task]) -> Iterator[_Task]:
        try:
            yield from tasks
        except Exception as error:  # noqa: BLE001 - whatever the source of the documents raises
            self._input_error = error

    def _submit(self, task: _Task) -> Future[_Converted]:
        try:
            return self._executor.submit(_convert, task)
        except Exception as error:  # noqa: BLE001 - a broken pool takes nothing any more
            refused: Future[_Converted] = Future()
            refused.set_exception(error)
            return refused

    def _next(self) -> Iterator[bytes]:
        task, future = self._under_way.popleft()
        return self._result(task, future, self._one_by_one)

    def _result(
        self, task: _Task, future: Future[_Converted], otherwise: Callable[[_Task, Exception], Iterator[bytes]]
    ) -> Iterator[bytes]:
        try:
            converted = future.result()
        except ExecutorError:  # no cluster any more
            raise
        except Exception as error:  # noqa: BLE001 - a worker may be lost in any way
            yield from otherwise(task, error)
            return
        yield from converted.pdfs
        if converted.error is not None:
            raise converted.error

    def _one_by_one(self, task: _Task, _: Exception) -> Iterator[bytes]:
        singles = [(single, self._submit(single)) for single in task.singles]
        self._under_way.extendleft(reversed(singles))  # cancelled with the others if one of them fails
        for _single in singles:
            yield from self._result(*self._under_way.popleft(), _refuse)


def _refuse(task: _Task, error: Exception) -> Iterator[bytes]:
    """Raise the error of a document that no worker could convert."""
    reason = f"{document_name(task.group.first)}: {str(error) or type(error).__name__}"
    raise EngineError(open_engine(task.engine).name, reason) from error


@contextmanager
def _open_executor(executor: Executor | str | None, jobs: int | None, time_limit: float) -> Iterator[Executor]:
    if executor is None:
        with worker_pool(jobs, time_limit) as pool:
            yield pool
    else:
        with opened(executor) as other:
            assert other is not None  # opened() hands back what it was given
            yield other
