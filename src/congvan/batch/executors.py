"""Where letters are rendered when not here: a cluster, named by a URL.

Rendering is a pure function of a task, so it gives the same bytes wherever it runs, as long as the programs
that make them are the same; a cluster whose workers differ is refused before a number is taken. Plan, register
and files stay with the process that was started: workers are sent letters and send back files.
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

from congvan.batch.crew import Crew
from congvan.errors import ExecutorError
from congvan.findings import Finding, Report, finding

CONNECT_SECONDS: Final = 10
"""How long a scheduler may take to answer."""

AHEAD: Final = 4
"""Tasks under way at a time beside the one awaited, where nothing is known of the executor."""

_DASK_PORT: Final = 8786
_TASKS_A_THREAD: Final = 2  # one at work, one waiting, so that no worker idles while its result travels
_PROGRAMS: Final = ("congvan", "dxpdf", "docxtpl", "python-docx", "Jinja2", "lxml", "pikepdf", "Babel", "num2words")
_Made = TypeVar("_Made")


class Cluster(Executor):
    """The workers of a cluster; ``ahead`` tasks at a time keep all of them busy.

    A worker that dies loses nothing: its tasks go to another. A cluster that is lost as a whole is an
    :class:`ExecutorError` of every task still out.
    """

    def __init__(self, pool: Executor, ahead: int) -> None:
        self._pool = pool
        self.ahead = ahead

    def submit(self, fn: Callable[..., _Made], /, *args: Any, **kwargs: Any) -> Future[_Made]:
        """As :meth:`concurrent.futures.Executor.submit`."""
        made: Future[_Made] = Future()
        self._pool.submit(fn, *args, **kwargs).add_done_callback(partial(_hand_on, made))
        return made

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the cluster go; tasks still out are cancelled unless waited for."""
        self._pool.shutdown(wait=wait and not cancel_futures)


def _hand_on(made: Future[_Made], done: Future[_Made]) -> None:
    if done.cancelled():
        made.set_exception(_refusal(finding("executor-lost")))
    elif (error := done.exception()) is not None:
        made.set_exception(error)
    else:
        made.set_result(done.result())


def opened(executor: Executor | str | None) -> AbstractContextManager[Executor | None]:
    """``executor`` itself, or the cluster its URL names (``dask://host:port``), as long as it is needed.

    Raises:
        ExecutorError: when the URL names none that can be used.
    """
    return _opener(executor)(executor) if isinstance(executor, str) else nullcontext(executor)


def ahead_of(executor: Executor) -> int:
    """How many tasks to hand to ``executor`` before the first is awaited."""
    return executor.ahead if isinstance(executor, Cluster | Crew) else AHEAD


def programs() -> dict[str, str]:
    """The versions of what makes the bytes of a letter."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, **{name: _version(name) for name in _PROGRAMS}, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


@contextmanager
def _dask(url: str) -> Iterator[Cluster]:
    with _silent("distributed"), _dask_client(url) as client:
        threads = _checked_threads(client, url)
        cluster = Cluster(client.get_executor(pure=False), _TASKS_A_THREAD * threads)
        try:
            yield cluster
        finally:
            cluster.shutdown(wait=False)


def _dask_client(url: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise _refusal(finding("executor-extra-missing")) from None
    parts = urlsplit(url)
    address = f"tcp://{parts.netloc}" if parts.port else f"tcp://{parts.netloc}:{_DASK_PORT}"
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="congvan")  # type: ignore[no-untyped-call]
    except OSError:
        raise _refusal(finding("executor-unreachable", url=url, seconds=CONNECT_SECONDS)) from None


@contextmanager
def _silent(logger: str) -> Iterator[None]:
    """What a library writes to its log meanwhile; what goes wrong is told as a finding."""
    log = logging.getLogger(logger)
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def _checked_threads(client: Any, url: str) -> int:
    """How many tasks the cluster takes at once; its workers make the same letters as this machine."""
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise _refusal(finding("executor-without-workers", url=url))
    here = programs()
    told: dict[str, Any] = client.run(programs, on_error="return")
    problems = [_difference(worker, there, here) for worker, there in sorted(told.items()) if there != here]
    if problems:
        raise _refusal(*problems)
    return sum(threads.values())


def _difference(worker: str, there: Mapping[str, str] | Exception, here: Mapping[str, str]) -> Finding:
    if isinstance(there, Exception):  # an older congvan, or none
        return finding("executor-worker-differs", worker=worker, what=f"congvan ({type(there).__name__})")
    what = [f"{name} {there.get(name, '-')} ({here[name]})" for name in here if there.get(name) != here[name]]
    return finding("executor-worker-differs", worker=worker, what=", ".join(what))


_OPENERS: Final[Mapping[str, Callable[[str], AbstractContextManager[Cluster]]]] = {"dask": _dask}


def _opener(url: str) -> Callable[[str], AbstractContextManager[Cluster]]:
    try:
        parts = urlsplit(url)
        known = bool(parts.hostname) and parts.port != 0 and parts.scheme in _OPENERS
    except ValueError:  # a port that is none
        known = False
    if not known:
        schemes = ", ".join(f"{scheme}://host:port" for scheme in _OPENERS)
        raise _refusal(finding("executor-unknown", url=url, known=schemes))
    return _OPENERS[parts.scheme]


def _refusal(*problems: Finding) -> ExecutorError:
    return ExecutorError(Report.of(problems))
