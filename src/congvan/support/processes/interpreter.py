"""The command that starts Python for congvan's processes, also where this program is no Python.

``sys.executable`` is the program that runs, which may be uWSGI, or one file made by PyInstaller. Then
the interpreter of the installation is used. A program in one file has none: it serves as its own worker when it calls
:func:`freeze_support` first; any program may name another interpreter (:func:`use_python`, or ``CONGVAN_PYTHON``).
"""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import Final

from congvan.findings import finding

VARIABLE: Final = "CONGVAN_PYTHON"
"""The environment variable that names the interpreter."""

WORKER: Final = "--congvan-worker"
"""The first argument of a program in one file that is to serve as a worker."""

_PYTHON: Final = re.compile(r"(python|pypy)[\d.]*t?(w|d|_d)?(\.exe)?", re.IGNORECASE)
_PLACES: Final = ("python.exe",) if sys.platform == "win32" else ("bin/python3", "bin/python")

_chosen: str | None = None
_is_own_worker = False


def use_python(program: str | os.PathLike[str] | None) -> None:
    """Start congvan's processes with the interpreter ``program`` from here on; None finds it again by itself."""
    global _chosen  # noqa: PLW0603 - a fact about the whole process
    _chosen = None if program is None else os.fspath(program)


def freeze_support() -> None:
    """Call this first in a program frozen into one file: the program then also serves as its own worker process.

    Does nothing in any other program. In a worker process it never returns.
    """
    global _is_own_worker  # noqa: PLW0603 - a fact about the whole process
    if sys.argv[1:2] == [WORKER]:
        from congvan.support.processes.process_server import serve

        serve(*sys.argv[2:])
        sys.exit(0)
    _is_own_worker = bool(getattr(sys, "frozen", False))


def python_command() -> list[str]:
    """The command that starts a worker process, up to the arguments of the worker.

    Raises:
        OSError: when no Python can be found; ``strerror`` says what to do.
    """
    program = _chosen or os.environ.get(VARIABLE)
    if program is None and _is_own_worker:
        return [sys.executable, WORKER]
    return [program or _found(), "-P", "-c", _SERVE]


_SERVE: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from congvan.support.processes.process_server import serve; serve(*sys.argv[1:])"
)
"""-P beside it: before the path of the parent is in force, no module of the current folder may be imported."""


def _found() -> str:
    if sys.executable and _PYTHON.fullmatch(Path(sys.executable).name):
        return sys.executable
    if not getattr(sys, "frozen", False):
        for prefix in (sys.prefix, sys.base_prefix):
            for place in _PLACES:
                if (program := Path(prefix, place)).is_file():
                    return str(program)
    missing = finding("outside-no-python")
    raise OSError(errno.ENOENT, f"{missing.message}. {missing.hint}", sys.executable)
