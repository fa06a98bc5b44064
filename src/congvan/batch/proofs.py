"""Letters as they were laid out on trial, kept until they are made, so that none is filled twice.

A run lays out every letter with the numbers the register would give it, and takes the numbers when all of them are in
order. If they are the same then, the letters are too. They are kept in a file without a name, so that nothing stays
behind whatever becomes of the run, and memory does not grow with their number.
"""

from __future__ import annotations

from array import array
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, Self


class Proofs:
    """The .docx of letters by their place in the plan, as far as there was room for them."""

    def __init__(self, letters: int) -> None:
        self._file: IO[bytes] | None = None
        self._start = array("Q", bytes(8 * (letters + 1)))
        self._size = array("Q", bytes(8 * (letters + 1)))

    def __enter__(self) -> Self:
        with suppress(OSError):  # nowhere to keep them: they are made again
            self._file = TemporaryFile(prefix="congvan-", buffering=0)
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def keep(self, thu_tu: int, docx: bytes) -> None:
        """Keep the letter at this place of the plan."""
        if self._file is None:
            return
        try:
            self._start[thu_tu] = self._file.tell()
            self._size[thu_tu] = self._file.write(docx)
        except OSError:
            self._size[thu_tu] = 0
        if self._size[thu_tu] < len(docx):  # no room: they are made again
            self.discard()

    def of(self, thu_tu: int) -> bytes:
        """The letter at this place; nothing when it was not kept."""
        size = self._size[thu_tu]
        if self._file is None or not size:
            return b""
        try:
            self._file.seek(self._start[thu_tu])
            docx = self._file.read(size)
        except OSError:
            return b""
        return docx if len(docx) == size else b""

    def discard(self) -> None:
        """Keep nothing any more, as when numbers turned out to be others."""
        file, self._file = self._file, None
        if file:
            with suppress(OSError):
                file.close()
