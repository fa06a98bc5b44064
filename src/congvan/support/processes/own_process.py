"""Whether this process is a worker of congvan's; kept apart, as the process server must start quickly."""

from __future__ import annotations

from pathlib import Path

_folder: Path | None = None


def become_worker(folder: str) -> None:
    """Say that this process only answers calls; its parent removes ``folder``, which is for its temporary files."""
    global _folder  # noqa: PLW0603 - a fact about the whole process
    _folder = Path(folder)


def worker_folder() -> Path | None:
    """The folder of this worker process for temporary files; None in a process of another kind."""
    return _folder


def is_worker() -> bool:
    """Whether this process only answers calls, so that its environment and settings are nobody else's."""
    return _folder is not None
