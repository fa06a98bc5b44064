"""What whoever starts the application decides."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

MEGABYTE: Final = 1024**2
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the application answers, and whom.

    Attributes:
        token: what a program sends as ``Authorization: Bearer``; it also opens the clerk's page, once.
        hosts: names the application may be called by, without port.
        folder: the folder of the clerk's offices and campaigns; None for the service alone.
        register: the register that look-ups read; None for none.
        most_bytes: the largest request.
        seconds: the longest a request is worked on.
        workers: requests worked on at a time.
        waiting: requests that may wait beside them; further ones are refused with status 503.
    """

    SHORTEST_TOKEN: ClassVar[int] = 20

    token: str = field(repr=False)
    hosts: tuple[str, ...] = LOOPBACK
    folder: Path | None = None
    register: Path | str | None = None
    most_bytes: int = 20 * MEGABYTE
    seconds: float = 60
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 1))
    waiting: int = 32

    def __post_init__(self) -> None:
        if len(self.token) < self.SHORTEST_TOKEN:
            raise ValueError(f"a token has at least {self.SHORTEST_TOKEN} characters")
