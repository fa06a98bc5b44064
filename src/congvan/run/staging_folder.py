"""The staging folder: letters rendered and not yet committed, found again by fingerprint.

Its index has a line for each staged letter, written after its files. A run that was cut short leaves the folder behind,
and the next run takes from it whatever has the same fingerprint and is whole. A run that commits removes it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Self

from pydantic_core import to_json

from congvan.errors import OutputError
from congvan.run.output.manifest import OutputFile, read_file
from congvan.run.rendering import STAGING, StagedLetter
from congvan.support.files import sha256_of, write_whole
from congvan.support.private_files import make_private_folder, private_opener
from congvan.support.untrusted_files import LIST_LIMIT, read_untrusted

_INDEX: Final = f"{STAGING}/index.jsonl"
_LEAST_BYTES: Final = 8 * 1024
"""What a letter takes at least, as Word or as PDF."""


class StagingFolder:
    """The staging folder below the output folder ``out``; as a context it keeps its index open."""

    def __init__(self, out: Path, *, fresh: bool = False) -> None:
        self.out = out
        self._letters: dict[str, StagedLetter] = {}
        self._unverified: set[str] = set()
        self._index: BinaryIO | None = None
        if fresh:
            self.remove()
        self.read_index()

    def __enter__(self) -> Self:
        path = self.out / _INDEX
        try:
            make_private_folder(path.parent)
            self._index = open(path, "ab", buffering=0, opener=private_opener)
        except OSError as error:
            raise OutputError(path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._index:
            self._index.close()
            self._index = None

    def __bool__(self) -> bool:
        """Whether anything is staged."""
        return bool(self._letters)

    def read_index(self) -> None:
        """Look up which letters are staged; those added later are found after the next look."""
        self._letters = {letter.build: letter for letter in _read(self.out / _INDEX)}
        self._unverified = set(self._letters)

    def require_space(self, files: int) -> None:
        """Refuse a run of so many files that the disk surely cannot hold.

        Raises:
            OutputError: when there is too little room.
        """
        if shutil.disk_usage(self.out).free < files * _LEAST_BYTES:
            raise OutputError(self.out, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    def find(self, build: str) -> StagedLetter | None:
        """The staged letter of this build fingerprint, if all its files are whole."""
        letter = self._letters.get(build)
        if letter and build in self._unverified:  # it may be of an earlier run, and a power cut have torn its files
            self._unverified.discard(build)
            if not all(sha256_of(self.out / file.path) == file.sha256 for file in letter.files):
                del self._letters[build]
                return None
        return letter

    def add(self, letters: Iterable[StagedLetter]) -> list[StagedLetter]:
        """Enter letters into the index; those that travelled as bytes are written first.

        Raises:
            OutputError: when the disk is full or refuses.
        """
        entered = [self._written(letter) for letter in letters]
        whole = [letter for letter in entered if letter.files]
        assert self._index is not None, "the staging folder is open while letters are added"
        try:
            self._index.write(b"".join(map(_encoded, whole)))
        except OSError as error:
            raise OutputError(self.out / _INDEX, error) from error
        return entered

    def remove(self) -> None:
        """Remove the folder with all that is staged in it."""
        self.__exit__()
        self._letters.clear()
        shutil.rmtree(self.out / STAGING, ignore_errors=True)

    def _written(self, letter: StagedLetter) -> StagedLetter:
        for file, content in zip(letter.files, letter.contents, strict=False):
            path = self.out / file.path
            try:
                write_whole(path, content)
            except OSError as error:
                raise OutputError(path, error) from error
        return letter._replace(contents=())


def _encoded(letter: StagedLetter) -> bytes:
    files = [file._asdict() for file in letter.files]
    line = {"content": letter.content, "build": letter.build, "files": files, "pages": letter.pages}
    return to_json(line) + b"\n"


def _read(path: Path) -> Iterator[StagedLetter]:
    try:
        content = read_untrusted(path, LIST_LIMIT)
    except OSError:
        return
    for text in content.splitlines():
        try:
            line = json.loads(text)
            files = tuple(_staged_file(file) for file in line["files"])
            yield StagedLetter(str(line["content"]), str(line["build"]), files, line["pages"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # torn or damaged: the letter is made again


def _staged_file(file: dict[str, str]) -> OutputFile:
    """A file of the staging folder; an edited index may name any, and commit moves what it names."""
    read = read_file(file)
    if not read.path.startswith(f"{STAGING}/"):
        raise ValueError(read.path)
    return read
