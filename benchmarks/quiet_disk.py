"""Waiting until the disk makes new files as quickly as it mostly does.

ext4 passes over the places of files that were deleted in the last minutes, one by one: where there are many, each new
file takes twenty times as long. A benchmark that was just run, or a suite of tests, leaves such a disk behind.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

_FILES = 300
_SLOW = 50e-6  # seconds a new file takes; mostly 20, after many deletions 300 and more
_LONGEST = 420  # seconds; ext4 itself looks back for at most 360
_EVERY = 20


def wait_for_quiet_disk(work: Path) -> None:
    """Wait, some minutes at the most, while new files in the folder ``work`` take long; what was tried stays there."""
    until = time.monotonic() + _LONGEST
    while (a_file := _seconds_a_file(work)) > _SLOW and time.monotonic() < until:
        print(f"a new file takes {a_file * 1e6:.0f} µs, since many were deleted a moment ago: waiting", flush=True)
        time.sleep(_EVERY)


def _seconds_a_file(work: Path) -> float:
    folder = Path(tempfile.mkdtemp(dir=work))
    begun = time.perf_counter()
    for number in range(_FILES):
        (folder / f"{number:04}").open("xb").close()
    return (time.perf_counter() - begun) / _FILES
