"""Settings of Python's garbage collector for congvan's own programs.

The collector walks through all objects for cycles, again and again while their number grows. A campaign's letters live
to the end of the run and hold no cycles, so that it finds nothing: with the usual settings it took 17 % of a run.
A program that imports congvan decides for itself.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_THRESHOLD: Final = 10_000
"""New objects before the collector looks at the youngest of them (Python's own setting: 700)."""

HIGH_THRESHOLD: Final = 250_000
"""The same for a phase in which nearly all new objects stay."""


@contextmanager
def paused() -> Iterator[None]:
    """Switch the collector off inside the block, and back to what it was at the end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def relax(threshold: int = _THRESHOLD) -> None:
    """Exempt all present objects, which stay, and collect only after ``threshold`` new ones."""
    gc.freeze()
    gc.set_threshold(threshold, 50, 100)
    gc.enable()  # a forked process inherits a collector that was paused
