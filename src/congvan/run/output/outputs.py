"""Outputs that are no folder: a zip archive, an object store, a callback for each letter."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final, Protocol, Self

from congvan.run.output.manifest import ManifestRow

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)


class Output(Protocol):
    """Where the files of a run go when that is no folder.

    A run writes each file once, in order: the letters, then print files and lists. Only after the last one its numbers
    are issued; an exception of yours ends the run before, and the numbers stay reserved for the next try.
    """

    def write(self, path: str, content: bytes, row: ManifestRow | None) -> None:
        """Take the file ``path`` (with forward slashes); ``row`` is its letter, None for print files and lists."""


class ZipOutput:
    """A zip archive as the output of a run; the same run gives the same bytes.

    ::

        with ZipOutput("dot.zip") as archive:
            congvan.render(plan, archive, register="so.sqlite3")
    """

    def __init__(self, path: Path | str) -> None:
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)

    def write(self, path: str, content: bytes, row: ManifestRow | None) -> None:  # noqa: ARG002 - part of the protocol
        """Add a file to the archive."""
        self._archive.writestr(zipfile.ZipInfo(path, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)

    def close(self) -> None:
        """Finish the archive."""
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
