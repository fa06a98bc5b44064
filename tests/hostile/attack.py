"""One entry of the corpus: something hostile, what is done with it, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECRET = "BI-MAT-7d1f"
"""Stands in a file the attacks try to read; it must turn up nowhere."""


@dataclass(frozen=True)
class Surroundings:
    """Where an attack takes place: its own ``folder``, a ``secret`` file beside it, a ``url`` where somebody listens."""

    folder: Path
    secret: Path
    url: str


@dataclass(frozen=True)
class Attack:
    """``act`` makes the hostile thing and hands it to congvan; it returns what came of it.

    That is the codes of the findings, ``unreadable`` for a file that is refused as such, and ``engine`` where no PDF
    can be made of it; ``outcome`` is what must be among them. None at all (``()``) means that it does no harm.
    """

    name: str
    act: Callable[[Surroundings], list[str]]
    outcome: tuple[str, ...]
