"""Executors on other machines: a cluster, named by a URL.

Staging a batch of letters is a pure function, so it gives the same bytes on any machine with the same versions of the
programs that make them. A cluster whose workers differ is refused before a number is taken. Plan, register and output
folder stay with this process.
"""

from __future__ import annotations

import logging
import platform
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from congvan.errors import ExecutorError
from congvan.findings import Finding, Report, finding
from congvan.run.workers.pool import WorkerPool

T = TypeVar("T")

CONNECT_SECONDS: Final = 10
"""Seconds in which a scheduler must answer."""

DEFAULT_QUEUE_DEPTH: Final = 4
"""Calls to have under way in an executor whose size is unknown."""

_DASK_PORT: Final = 8786
_CALLS_PER_THREAD: Final = 2  # one in work, one in the queue, so that no worker is idle while a result travels
_PACKAGES: Final = ("congvan", "dxpdf", "docxtpl", "python-docx", "Jinja2", "lxml", "pikepdf", "Babel", "num2words")


class Cluster(Executor):
    """The workers of a cluster; ``queue_depth`` calls under way keep all of them busy.

    When a worker dies, its calls go to another. When the whole cluster is lost, each unfinished call fails with
    :class:`ExecutorError`.
    """

    def __init__(self, executor: Executor, queue_depth: int) -> None:
        self._executor = executor
        self.queue_depth = queue_depth

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Let a worker call ``fn``; as :meth:`concurrent.futures.Executor.submit`."""
        future: Future[T] = Future()
        self._executor.submit(fn, *args, **kwargs).add_done_callback(partial(_copy_outcome, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Disconnect from the cluster; unfinished calls are cancelled unless waited for."""
        self._executor.shutdown(wait=wait and not cancel_futures)


def _copy_outcome(future: Future[T], done: Future[T]) -> None:
    if done.cancelled():
        future.set_exception(_error(finding("executor-lost")))
    elif (error := done.exception()) is not None:
        future.set_exception(error)
    else:
        future.set_result(done.result())


def opened(executor: Executor | str | None) -> AbstractContextManager[Executor | None]:
    """Return a context manager for ``executor`` itself, or for the cluster its URL names (``dask://host:port``).

    A cluster is left at the end of the block; an executor stays open.

    Raises:
        ExecutorError: when the URL names no cluster that can be used.
    """
    return _opener(executor)(executor) if isinstance(executor, str) else nullcontext(executor)


def queue_depth_of(executor: Executor) -> int:
    """Return how many calls to have under way in ``executor``."""
    return executor.queue_depth if isinstance(executor, Cluster | WorkerPool) else DEFAULT_QUEUE_DEPTH


def versions() -> dict[str, str]:
    """Return the versions of the programs that determine the bytes of a letter."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, **{name: _version(name) for name in _PACKAGES}, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


@contextmanager
def _dask_cluster(url: str) -> Iterator[Cluster]:
    with _muted("distributed"), _dask_client(url) as client:
        threads = _checked_threads(client, url)
        cluster = Cluster(client.get_executor(pure=False), _CALLS_PER_THREAD * threads)
        try:
            yield cluster
        finally:
            cluster.shutdown(wait=False)


def _dask_client(url: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise _error(finding("executor-extra-missing")) from None
    parts = urlsplit(url)
    address = f"tcp://{parts.netloc}" if parts.port else f"tcp://{parts.netloc}:{_DASK_PORT}"
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="congvan")  # type: ignore[no-untyped-call]
    except OSError:
        raise _error(finding("executor-unreachable", url=url, seconds=CONNECT_SECONDS)) from None


@contextmanager
def _muted(logger: str) -> Iterator[None]:
    """Mute the log of a library inside the block, since its failures become findings."""
    log = logging.getLogger(logger)
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def _checked_threads(client: Any, url: str) -> int:
    """Return how many calls the cluster works on at once.

    Raises:
        ExecutorError: when it has no workers, or some have other versions than this process.
    """
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise _error(finding("executor-without-workers", url=url))
    local = versions()
    by_worker: dict[str, Any] = client.run(versions, on_error="return")
    differences = [
        _difference(worker, remote, local) for worker, remote in sorted(by_worker.items()) if remote != local
    ]
    if differences:
        raise _error(*differences)
    return sum(threads.values())


def _difference(worker: str, remote: Mapping[str, str] | Exception, local: Mapping[str, str]) -> Finding:
    if isinstance(remote, Exception):  # another version of congvan, or none
        return finding("executor-worker-differs", worker=worker, what=f"congvan ({type(remote).__name__})")
    what = [f"{name} {remote.get(name, '-')} ({local[name]})" for name in local if remote.get(name) != local[name]]
    return finding("executor-worker-differs", worker=worker, what=", ".join(what))


_OPENERS: Final[Mapping[str, Callable[[str], AbstractContextManager[Cluster]]]] = {"dask": _dask_cluster}


def _opener(url: str) -> Callable[[str], AbstractContextManager[Cluster]]:
    try:
        parts = urlsplit(url)
        is_known = bool(parts.hostname) and parts.port != 0 and parts.scheme in _OPENERS
    except ValueError:  # the port is not a number
        is_known = False
    if not is_known:
        schemes = ", ".join(f"{scheme}://host:port" for scheme in _OPENERS)
        raise _error(finding("executor-unknown", url=url, known=schemes))
    return _OPENERS[parts.scheme]


def _error(*findings: Finding) -> ExecutorError:
    return ExecutorError(Report.of(findings))
