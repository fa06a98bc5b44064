"""How often a program of congvan's own looks for garbage: seldom.

Python looks through all there is for objects that only refer to each other, again and again while there get to be
more. A campaign's letters live to the end of the run and refer to nothing but their parts, so there is nothing to
find; looking took a sixth of a run. A program that imports congvan decides for itself.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NEW_OBJECTS: Final = 10_000
"""How many there may be before the newest are looked through (Python's own setting: 700)."""

MANY: Final = 250_000
"""The same where nearly all that is made stays."""


@contextmanager
def not_looking() -> Iterator[None]:
    """Do not look at all while little is made but what stays; afterwards as before, whatever happens."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


def look_seldom(new_objects: int = _NEW_OBJECTS) -> None:
    """Leave out what is there by now, which stays, and look through new objects when there are so many."""
    gc.freeze()
    gc.set_threshold(new_objects, 50, 100)
    gc.enable()  # a process may have begun as the twin of one that was not looking
