"""Work off the event loop: some threads, a bounded number of requests waiting for them, and a limit of time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, Final, ParamSpec, TypeVar

from congvan.findings import finding
from congvan.web.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")

RETRY_AFTER: Final = 1
"""Seconds after which a request that found the queue full may try again."""


class WorkQueue:
    """At most ``workers`` calls at a time and ``waiting`` more behind them; used in one event loop.

    A call that takes too long is answered with a refusal at once; its thread is free again when the call ends, which
    the limits of the package see to. Until then it counts as under way, so that slow calls do not pile up.
    """

    def __init__(self, workers: int, waiting: int, seconds: float) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="congvan-web")
        self._room = workers + waiting
        self._seconds = seconds
        self._under_way = 0

    async def run(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return ``fn(…)``, called in a thread, in the language of the request.

        Raises:
            Refusal: 503 when too many calls are waiting, 504 when this one takes too long.
        """
        if self._under_way >= self._room:
            headers = {"Retry-After": str(RETRY_AFTER)}
            raise Refusal(503, finding("web-busy", seconds=RETRY_AFTER), headers)
        loop = asyncio.get_running_loop()
        self._under_way += 1
        future: Future[T] = self._threads.submit(copy_context().run, partial(fn, *args, **kwargs))
        future.add_done_callback(lambda _: _call_soon(loop, self._count_off))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError:
            raise Refusal(504, finding("web-too-slow", seconds=f"{self._seconds:g}")) from None

    def close(self) -> None:
        """Start no further call."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _count_off(self) -> None:
        self._under_way -= 1


def _call_soon(loop: asyncio.AbstractEventLoop, act: Callable[[], Any]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(act)
