"""A run: letters staged, then numbered, then committed to the output.

The public names are loaded when they are asked for, so that a worker process loads only what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from congvan.run.deliveries.delivering import Deliveries, deliver
    from congvan.run.documents import to_pdfs
    from congvan.run.life.following import correct, recall, replace
    from congvan.run.life.issuing import Issued, issue, undo_issue
    from congvan.run.output.manifest import ManifestRow, OutputFile
    from congvan.run.output.outputs import Output, ZipOutput
    from congvan.run.output.owner import campaign_folder, earlier_default_findings
    from congvan.run.pipeline import check, preview_numbers, render, render_table
    from congvan.run.result import Run
    from congvan.run.workers.pool import worker_pool

_HOMES = {
    "Deliveries": "deliveries.delivering",
    "ManifestRow": "output.manifest",
    "Output": "output.outputs",
    "OutputFile": "output.manifest",
    "Run": "result",
    "ZipOutput": "output.outputs",
    "Issued": "life.issuing",
    "campaign_folder": "output.owner",
    "check": "pipeline",
    "earlier_default_findings": "output.owner",
    "correct": "life.following",
    "deliver": "deliveries.delivering",
    "issue": "life.issuing",
    "recall": "life.following",
    "replace": "life.following",
    "preview_numbers": "pipeline",
    "render": "pipeline",
    "render_table": "pipeline",
    "to_pdfs": "documents",
    "undo_issue": "life.issuing",
    "worker_pool": "workers.pool",
}

__all__ = [
    "Deliveries",
    "Issued",
    "ManifestRow",
    "Output",
    "OutputFile",
    "Run",
    "ZipOutput",
    "campaign_folder",
    "check",
    "correct",
    "deliver",
    "earlier_default_findings",
    "issue",
    "preview_numbers",
    "recall",
    "render",
    "render_table",
    "replace",
    "to_pdfs",
    "undo_issue",
    "worker_pool",
]


if not TYPE_CHECKING:  # a type checker that sees it accepts every misspelt name

    def __getattr__(name: str) -> Any:
        if name in _HOMES:
            return getattr(import_module(f"congvan.run.{_HOMES[name]}"), name)
        raise AttributeError(f"module 'congvan.run' has no attribute {name!r}")
