"""A plan carried out: :func:`check` finds what would stop it, :func:`render` numbers, renders and writes it."""

from congvan.batch.executors import ExecutorError
from congvan.batch.manifest import ManifestRow, OutputFile
from congvan.batch.records import render_records
from congvan.batch.run import Run, check, numbered_preview, render
from congvan.batch.writing import OutputError

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
]
