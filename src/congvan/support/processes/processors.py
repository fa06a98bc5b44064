"""How many processors this process may use, which may be fewer than the computer has."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import Final

_QUOTA: Final = Path("/sys/fs/cgroup/cpu.max")
"""The limit of a container (Linux, cgroup v2): microseconds of work in microseconds of time, ``150000 100000``."""


def usable_processors() -> int:
    """The processors this process may use, by its affinity and the limit of its container; 1 at least."""
    return max(1, min(_allowed(), _quota()))


def _allowed() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quota() -> int:
    with suppress(OSError, ValueError):  # no container, or ``max``: no limit
        work, time = _QUOTA.read_text(encoding="ascii").split()
        return ceil(int(work) / int(time))
    return sys.maxsize
