"""What a run does, for the program's log: with the run, the stage it is in and the letter, and nothing of its words.

Each record of a logger made here has the attributes ``run``, ``stage`` and ``letter`` (a letter's key, or empty), for
a formatter such as ``%(run)s %(stage)s %(letter)s %(message)s``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_RUN: ContextVar[str] = ContextVar("congvan_run", default="")
_STAGE: ContextVar[str] = ContextVar("congvan_stage", default="")


class RunLogger(logging.LoggerAdapter[logging.Logger]):
    """A logger whose records say which run and stage they belong to."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:
        """Add run, stage and the ``letter`` that the call names."""
        letter = kwargs.pop("letter", "")
        kwargs["extra"] = {**kwargs.get("extra", {}), "run": _RUN.get(), "stage": _STAGE.get(), "letter": letter}
        return msg, kwargs


def run_logger(name: str) -> RunLogger:
    """The logger ``name``, a name below ``congvan``."""
    return RunLogger(logging.getLogger(name))


@contextmanager
def logged_run(run: str) -> Iterator[None]:
    """Say inside the block that records belong to this run."""
    before = _RUN.set(run), _STAGE.set("")
    try:
        yield
    finally:
        _RUN.reset(before[0])
        _STAGE.reset(before[1])


def enter_stage(stage: str) -> None:
    """Say from here on, to the end of the run, that records belong to this stage."""
    _STAGE.set(stage)
