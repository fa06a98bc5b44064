"""A plan carried out: :func:`check` finds what would stop it, :func:`render` numbers, renders and writes it.

The names are loaded when they are asked for: a process that only makes letters needs little of this folder.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from congvan.errors import ExecutorError, OutputError

if TYPE_CHECKING:
    from congvan.batch.crew import workers
    from congvan.batch.manifest import ManifestRow, OutputFile
    from congvan.batch.records import render_records
    from congvan.batch.run import Run, check, numbered_preview, render

_HOMES = {
    "ManifestRow": "manifest",
    "OutputFile": "manifest",
    "Run": "run",
    "check": "run",
    "numbered_preview": "run",
    "render": "run",
    "render_records": "records",
    "workers": "crew",
}

__all__ = [
    "ExecutorError",
    "ManifestRow",
    "OutputError",
    "OutputFile",
    "Run",
    "check",
    "numbered_preview",
    "render",
    "render_records",
    "workers",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"congvan.batch.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'congvan.batch' has no attribute {name!r}")
