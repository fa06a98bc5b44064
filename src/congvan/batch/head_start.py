"""A print file begun while letters are still made, so that little of it is left to do when all are there.

It is a head start and no more. It grows beside its place, a portion at a time; whether it is of use shows at the end,
when all letters are known. If it was begun with others, or something went wrong on the way, it is given up, and the
file is written as a whole: that tells what is wrong, if it still is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from congvan.batch.manifest import OutputFile
from congvan.batch.writing import grow_beside, take_away
from congvan.pdf.print.merged_text import NotPlainError, PrintedText

Printed: TypeAlias = tuple[str, OutputFile]
"""A letter of a print file: its bookmark, and its PDF in the output folder."""


_AT_ONCE: Final = 1 << 20
"""Bytes held back until they are written together."""


class HeadStart:
    """The beginning of the print file at ``path`` in the folder ``out``, laid beside it by the process ``run``."""

    def __init__(self, out: Path, path: str, run: int) -> None:
        self._out = out
        self._file = _Beside(out / path, run)
        self._text = PrintedText(self._file)
        self._letters: list[Printed] = []
        self._given_up = False

    def add(self, letters: Iterable[Printed]) -> None:
        """Go on with ``letters``, which are there."""
        if self._given_up:
            return
        try:
            for title, made in letters:
                self._text.add(title, (self._out / made.path).read_bytes())
                self._letters.append((title, made))
            self._file.flush()
        except (NotPlainError, OSError):
            self.give_up()

    def completed(self, letters: Sequence[Printed]) -> bool:
        """Whether what lies beside the file's place is now all of the print file of ``letters``."""
        begun = len(self._letters)
        if self._letters != letters[:begun]:
            self.give_up()
        self.add(letters[begun:])
        if not self._given_up:
            self._close()
        return not self._given_up

    def give_up(self) -> None:
        """Leave nothing beside the file's place."""
        self._given_up = True
        self._file.take_away()

    def _close(self) -> None:
        try:
            self._text.close()
            self._file.flush()
        except OSError:
            self.give_up()


class _Beside:
    """What lies beside the place of a file, to be written to; it is opened only while something is added to it."""

    def __init__(self, path: Path, run: int) -> None:
        self._path = path
        self._run = run
        self._size = 0
        self._unwritten = bytearray()

    def write(self, content: bytes) -> None:
        self._unwritten += content
        if len(self._unwritten) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        grow_beside(self._path, self._run, self._size, self._unwritten)
        self._size += len(self._unwritten)
        self._unwritten.clear()

    def take_away(self) -> None:
        take_away(self._path, self._run)
