"""What the runs into a folder have done so far, a line a letter, so that the next run need not do it again.

Lines are added as letters are written, each in one piece; of a run that was killed, the last may be torn and
counts for nothing. A finished run rewrites the journal in the letters' order, so that a continued run and an
undisturbed one leave the same journal. It says no more than the manifest does, except what each file was
made from (:mod:`congvan.batch.basis`).
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from pydantic_core import to_json

from congvan.batch.manifest import ManifestRow, OutputFile, read_file, read_row
from congvan.batch.writing import write_through
from congvan.errors import OutputError
from congvan.support.untrusted_files import LIST_LIMIT, read_untrusted

JOURNAL: Final = ".congvan/journal.jsonl"
"""The journal in the output folder."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter, by its key: its row of the manifest, and what it was made from (nothing for one that failed)."""

    khoa: str
    basis: str
    row: ManifestRow


@dataclass(frozen=True, slots=True)
class PrintLine:
    """The print file of a tier, and what it was made from."""

    cap: str
    basis: str
    file: OutputFile


@dataclass(frozen=True, slots=True)
class Begun:
    """Files a run set out to write: they may be there although no letter's line names them."""

    paths: tuple[str, ...]


Line = LetterLine | PrintLine | Begun

_REMEMBERED: Final = 10_000
"""Letters of which it is remembered where their lines stand; more would take memory."""

_KINDS: Final = {LetterLine: b"letter", PrintLine: b"print_file", Begun: b"begun"}


class Journal:
    """The journal of one output folder; while it is open, lines are added to it.

    ``letters`` and ``print_files`` are what counts now; ``earlier_paths`` the files that runs before this one made or
    set out to make.
    """

    def __init__(self, path: Path) -> None:
        self.letters: dict[str, LetterLine] = {}
        self.print_files: dict[str, PrintLine] = {}
        self.earlier_paths: set[str] = set()
        self._path = path
        self._file: BinaryIO | None = None
        self._told: dict[str, tuple[LetterLine, int, int]] = {}
        for line in _read(path):
            self._take(line)
            self.earlier_paths.update(_paths(line))

    @property
    def bases(self) -> frozenset[str]:
        """What letters were made from that turned out whole."""
        return frozenset(line.basis for line in self.letters.values() if line.basis)

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab", buffering=0)
            self._file.write(b"\n")  # whatever a run that was killed left unfinished ends here
        except OSError as error:
            self.__exit__()
            raise OutputError(self._path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def add(self, *lines: Line) -> None:
        """Put ``lines`` at the end; they count instead of earlier ones about the same.

        Raises:
            OutputError: when it cannot be written.
        """
        assert self._file is not None, "a journal is open while lines are added"
        told = [*map(_written, lines)]
        content = b"".join(told)
        try:
            end = self._file.tell()
            written = self._file.write(content)
        except OSError as error:
            raise OutputError(self._path, error) from error
        if written < len(content):  # as a disk does that has no room for all of it
            raise OutputError(self._path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        for line, text in zip(lines, told, strict=True):
            self._take(line)
            if isinstance(line, LetterLine) and len(self._told) < _REMEMBERED:
                self._told[line.khoa] = line, end, len(text)
            end += len(text)

    def settle(self, lines: Iterable[Line]) -> None:
        """Let ``lines`` be all there is, at the end of a run.

        Raises:
            OutputError: when they cannot be written.
        """
        self.__exit__()
        write_through(self._path, lambda target: target.writelines(self._as_told(lines)))

    def _as_told(self, lines: Iterable[Line]) -> Iterator[bytes]:
        """``lines`` as they are written; those that this run has told stand in the journal already."""
        try:
            journal: BinaryIO = self._path.open("rb")
        except OSError:  # somebody has taken it away
            journal = BytesIO()
        with journal:
            yield from (self._again(line, journal) for line in lines)

    def _again(self, line: Line, journal: BinaryIO) -> bytes:
        if isinstance(line, LetterLine) and line.khoa in self._told:
            told, start, size = self._told[line.khoa]
            journal.seek(start)
            if told is line and len(text := journal.read(size)) == size:
                return text
        return _written(line)

    def _take(self, line: Line) -> None:
        match line:
            case LetterLine():
                self.letters[line.khoa] = line
            case PrintLine():
                self.print_files[line.cap] = line


def _paths(line: Line) -> tuple[str, ...]:
    """The files ``line`` speaks of."""
    match line:
        case LetterLine():
            return tuple(made.path for made in line.row.files)
        case PrintLine():
            return (line.file.path,)
        case Begun():
            return line.paths


def _written(line: Line) -> bytes:
    return b'{"line":"%b",%b\n' % (_KINDS[type(line)], to_json(line)[1:])


def _read(path: Path) -> Iterator[Line]:
    """The lines that are whole; none where there is no journal that can be read."""
    try:
        content = read_untrusted(path, LIST_LIMIT)
    except OSError:
        return
    for text in content.splitlines():
        try:
            yield _line(**json.loads(text))
        except (
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # torn, or damaged: what it told is done again
            continue


def _line(line: str, **parts: Any) -> Line:
    if line == "letter":
        return LetterLine(str(parts["khoa"]), str(parts["basis"]), read_row(**parts["row"]))
    if line == "print_file":
        return PrintLine(str(parts["cap"]), str(parts["basis"]), read_file(**parts["file"]))
    return Begun(tuple(map(str, parts["paths"])))
