"""The result of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from congvan.campaign import Plan
from congvan.findings import Report
from congvan.run.numbers import RegisterGiven
from congvan.run.output.manifest import FAILED, ManifestRow


@dataclass(frozen=True, slots=True)
class Run:
    """The letters of a run as rows of its manifest, in order, and a report of what there is to say about them.

    ``out`` is the output folder, None where the files went to an output of the caller's. ``print_files`` are the paths
    in it of the print files: of each tier (``thon``), and where it has several, of each round (``thon.bo-sung-1``) and
    issuing body (``thon/dlhl``). ``plan`` and ``register`` are those of a campaign's run, so that its letters can be
    issued.
    """

    out: Path | None
    letters: tuple[ManifestRow, ...]
    report: Report
    print_files: Mapping[str, str]
    plan: Plan | None = field(default=None, repr=False, compare=False)
    register: RegisterGiven | None = field(default=None, repr=False, compare=False)

    @property
    def pages(self) -> int:
        """Pages of all letters together."""
        return sum(row.trang or 0 for row in self.letters)

    @property
    def failed(self) -> tuple[ManifestRow, ...]:
        """The letters that a machine's failure kept from being made; the next run makes them."""
        return tuple(row for row in self.letters if row.trang_thai == FAILED)
