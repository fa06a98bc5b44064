"""The language of messages: Vietnamese, unless the user or the locale chooses English.

A finding keeps no sentence: it is written when it is read, in the language in force there. A program that speaks one
language calls :func:`set_language` once; a service that answers in several sets it for each request by
:func:`speaking`, which counts in its thread or task alone.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, Literal, get_args

Language = Literal["vi", "en"]
_language: ContextVar[Language | None] = ContextVar("congvan_language", default=None)
_of_program: list[Language] = ["vi"]
"""The language of threads and tasks that have chosen none."""


def language() -> Language:
    """The language in force, ``"vi"`` or ``"en"``."""
    return _language.get() or _of_program[0]


def set_language(value: Language) -> None:
    """Write messages in ``value`` from here on, in this thread or task.

    Called in the main thread and outside of asyncio, as a program does when it starts, it counts for all threads that
    have not chosen another one.

    Raises:
        ValueError: for another language than ``"vi"`` or ``"en"``.
    """
    _language.set(_known(value))
    if threading.current_thread() is threading.main_thread() and not _is_in_task():
        _of_program[0] = value


@contextmanager
def speaking(value: Language) -> Iterator[None]:
    """Write messages in ``value`` inside the ``with`` block, in this thread or task alone.

    Raises:
        ValueError: for another language than ``"vi"`` or ``"en"``.
    """
    before = _language.set(_known(value))
    try:
        yield
    finally:
        _language.reset(before)


def _known(value: Any) -> Language:
    if value not in get_args(Language):
        raise ValueError(f"unknown language: {value!r}")
    return value  # type: ignore[no-any-return]  # one of the two


def _is_in_task() -> bool:
    """Whether asyncio runs in this thread; a program without it does not load it."""
    if asyncio := sys.modules.get("asyncio"):
        with suppress(RuntimeError):
            return bool(asyncio.get_running_loop())
    return False
