"""The journal of an output folder: which letter and print file lies where, and what it was made from.

A line is added before the files it names are renamed into place, so that a later run knows of them whatever happens in
between: a file that has the hash of its line is done, one that has not is staged or made again. Of a killed run the
last line may be torn; it counts for nothing. A finished run rewrites the journal in the order of the letters, so that a
continued run and an undisturbed one leave the same bytes.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from pydantic_core import to_json

from congvan.errors import OutputError
from congvan.run.output.manifest import ManifestRow, OutputFile, read_file, read_row
from congvan.support.files import writing
from congvan.support.private_files import make_private_folder, private_opener
from congvan.support.untrusted_files import LIST_LIMIT, read_untrusted

JOURNAL: Final = ".congvan/journal.jsonl"
"""The journal in the output folder."""


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """The campaign, or the template and table, whose folder this is."""

    job: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter by its key: its fingerprints (empty ``build`` for one that failed) and its row of the manifest."""

    key: str
    content: str
    build: str
    row: ManifestRow


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A print file by what it is called, a tier or a part of one, and the fingerprint of what it was made from."""

    cap: str
    build: str
    file: OutputFile


Line = OwnerLine | LetterLine | PrintLine


class Journal:
    """The journal at ``path``.

    ``letters`` and ``print_files`` are the latest line of each; ``earlier_paths`` are the files of all runs before this
    one and ``earlier_letters`` their letters; ``hashes`` are, by path, all that congvan ever noted of a file there;
    ``owner`` is whose folder it is, None for a new one.
    """

    def __init__(self, path: Path) -> None:
        self.owner: str | None = None
        self.letters: dict[str, LetterLine] = {}
        self.print_files: dict[str, PrintLine] = {}
        self.earlier_paths: set[str] = set()
        self.hashes: dict[str, set[str]] = {}
        self._path = path
        self._file: BinaryIO | None = None
        for line in _read(path):
            self._take(line)
            self.earlier_paths.update(file.path for file in _files(line))
        self.earlier_letters = dict(self.letters)

    def __enter__(self) -> Self:
        try:
            make_private_folder(self._path.parent)
            self._file = open(self._path, "ab", buffering=0, opener=private_opener)
            self._file.write(b"\n")  # ends the line that a killed run may have left torn
        except OSError as error:
            self.__exit__()
            raise OutputError(self._path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def add(self, *lines: Line) -> None:
        """Append ``lines``; they replace earlier ones about the same letter or print file.

        Raises:
            OutputError: when the disk is full or refuses.
        """
        assert self._file is not None, "the journal is open while lines are added"
        content = b"".join(map(_encoded, lines))
        try:
            written = self._file.write(content)
        except OSError as error:
            raise OutputError(self._path, error) from error
        if written < len(content):  # a full disk takes a part
            raise OutputError(self._path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        for line in lines:
            self._take(line)

    def rewrite(self, lines: Iterable[Line]) -> None:
        """Replace the whole journal by ``lines``, at the end of a run.

        Raises:
            OutputError: when it cannot be written.
        """
        self.__exit__()
        try:
            with writing(self._path, private=True) as target:
                target.writelines(map(_encoded, lines))
        except OSError as error:
            raise OutputError(self._path, error) from error

    def _take(self, line: Line) -> None:
        for path, sha256 in _files(line):
            self.hashes.setdefault(path, set()).add(sha256)
        match line:
            case OwnerLine():
                self.owner = line.job
            case LetterLine():
                self.letters[line.key] = line
            case PrintLine():
                self.print_files[line.cap] = line


def _files(line: Line) -> tuple[OutputFile, ...]:
    match line:
        case LetterLine():
            return line.row.files
        case PrintLine():
            return (line.file,)
        case OwnerLine():
            return ()


def _encoded(line: Line) -> bytes:
    match line:
        case LetterLine():
            parts = {"khoa": line.key, "content": line.content, "build": line.build, "row": line.row.as_dict()}
            return to_json({"line": "letter", **parts}) + b"\n"
        case PrintLine():
            parts = {"cap": line.cap, "build": line.build, "file": line.file._asdict()}
            return to_json({"line": "print_file", **parts}) + b"\n"
        case OwnerLine():
            return to_json({"line": "owner", "job": line.job}) + b"\n"


def _read(path: Path) -> Iterator[Line]:
    """The whole lines; none where there is no journal that can be read."""
    try:
        content = read_untrusted(path, LIST_LIMIT)
    except OSError:
        return
    for text in content.splitlines():
        try:
            line = _decoded(json.loads(text))
            if any("\0" in file.path for file in _files(line)):
                continue  # no path has such a sign
            yield line
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # torn or damaged: what it named is made again


def _decoded(line: dict[str, Any]) -> Line:
    match line["line"]:
        case "letter":
            return LetterLine(str(line["khoa"]), str(line["content"]), str(line["build"]), read_row(line["row"]))
        case "print_file":
            return PrintLine(str(line["cap"]), str(line["build"]), read_file(line["file"]))
        case "owner":
            return OwnerLine(str(line["job"]))
        case other:
            raise ValueError(other)
