"""A process that does what it is asked, one thing at a time, and may die of it: the far end of a :class:`Crew`.

It reads calls and writes what came of them, both as pickles: from its standard input to its standard output, unless
it is a twin of the process that asks. It ends when nobody asks any more, so that it never outlives that process.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO, Final

from congvan.findings.language import Language, set_language
from congvan.support import gc_tuning

_GRACE: Final = 60
"""Seconds after its limit at which a process that nobody stopped stops itself."""


@dataclass(frozen=True, slots=True)
class Call:
    """What to do, in how many seconds, and in which language to speak of it."""

    work: Callable[..., Any]
    given: tuple[Any, ...]
    seconds: float
    language: Language


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: its ``result``, or ``trouble`` saying why there is none (``""`` for want of memory)."""

    result: Any = None
    trouble: str | None = None


def serve(memory: int, behind: int = 0, modules: Iterable[str] = ()) -> None:
    """Answer the calls of standard input; see :func:`answer_calls`."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    answer_calls(sys.stdin.buffer, answers, memory=memory, behind=behind, modules=modules)


def answer_calls(calls: BinaryIO, answers: BinaryIO, *, memory: int, behind: int, modules: Iterable[str]) -> None:
    """Answer ``calls`` until there are no more, with at most ``memory`` bytes of data where the system can see to that.

    This process is ``behind`` steps less urgent than the one that asks. ``modules`` are what the calls will need; a
    call that needs one that is not here will say so itself.
    """
    _limit_memory(memory)
    _give_way(behind)
    _answer_no_interrupt()
    with gc_tuning.paused():
        for module in modules:
            with suppress(ImportError):
                import_module(module)
    gc_tuning.relax()
    _write(answers, Answer())  # ready
    with open(os.devnull, "w", encoding="utf-8") as nowhere, suppress(EOFError, BrokenPipeError):  # noqa: PTH123
        while True:
            call = pickle.load(calls)  # noqa: S301 - from the process that started this one
            # Kept even while the call holds the interpreter, and where the process that asked is gone.
            faulthandler.dump_traceback_later(call.seconds + _GRACE, exit=True, file=nowhere)
            _write(answers, _answer(call))
            faulthandler.cancel_dump_traceback_later()


def _answer(call: Call) -> Answer:
    set_language(call.language)
    try:
        return Answer(call.work(*call.given))
    except MemoryError:
        return Answer(trouble="")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told to the process that asked
        return Answer(trouble=f"{type(error).__name__}: {error}")


def _write(answers: BinaryIO, answer: Answer) -> None:
    try:
        content = pickle.dumps(answer)
    except MemoryError:
        content = pickle.dumps(Answer(trouble=""))
    except Exception as error:  # noqa: BLE001 - a result that cannot travel is no result
        content = pickle.dumps(Answer(trouble=f"{type(error).__name__}: {error}"))
    answers.write(content)
    answers.flush()


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):  # a lower limit is in force already
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _give_way(behind: int) -> None:
    if sys.platform != "win32":
        os.nice(behind)


def _answer_no_interrupt() -> None:
    """An interrupt is the asking process's to answer. Told to stop, this one takes its own helpers along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
