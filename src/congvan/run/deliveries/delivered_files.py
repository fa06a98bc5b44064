"""The files of deliveries in their folder: written whole, left alone once filled in, removed when stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from congvan.errors import OutputError
from congvan.findings import Finding, Place, finding
from congvan.run.output.folder import finding_of_one_file
from congvan.support.files import remove_empty_folders, sha256_of, write_whole
from congvan.support.untrusted_files import LIST_LIMIT, read_untrusted

NOTES: Final = ".congvan/giao-nhan.jsonl"
"""The hash of each file by its path, in the output folder: a line before it is written, so that a run that is killed
leaves no file it would not know again."""


class DeliveredFiles:
    """The folder ``name`` of the output folder ``out``; whoever uses it holds the output's lock."""

    def __init__(self, out: Path, name: str) -> None:
        self._out = out
        self._folder = out / name
        self._known = _read_notes(out / NOTES)
        self._now: dict[str, str] = {}

    def write(self, papers: Sequence[tuple[str, bytes]]) -> Iterator[Finding]:
        """Write files by their paths, unless somebody changed the one that is there; yields what was not written.

        Raises:
            OutputError: when the disk is full or refuses all files.
        """
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in papers}
        with (self._out / NOTES).open("ab") as notes:
            notes.writelines(_note(path, sha256) for path, sha256 in hashes.items())
        for path, content in papers:
            yield from self._write(path, content, hashes[path])

    def _write(self, path: str, content: bytes, wanted: str) -> Iterator[Finding]:
        place = self._folder / path
        there = sha256_of(place) if place.exists() else None
        self._now[path] = wanted
        if there == wanted:
            return
        if there is not None and there not in self._known.get(path, ()):
            yield finding("delivery-file-filled-in", Place(file=place.as_posix()))
            return
        if not place.parent.resolve().is_relative_to(self._out.resolve()):  # a link would lead it to files of others
            yield OutputError(place.parent, code="batch-folder-link").finding
            return
        try:
            write_whole(place, content)
        except OSError as error:
            yield finding_of_one_file(OutputError(place, error))

    def finish(self) -> None:
        """Remove what this run no longer makes and nobody changed, and note what there is.

        Raises:
            OutputError: when that cannot be noted.
        """
        for path in self._known.keys() - self._now.keys():
            place = self._folder / path
            if sha256_of(place) in self._known[path]:
                with suppress(OSError):
                    place.unlink()
                    remove_empty_folders(place.parent, self._folder)
        place = self._out / NOTES
        try:
            write_whole(place, b"".join(_note(path, self._now[path]) for path in sorted(self._now)))
        except OSError as error:
            raise OutputError(place, error) from error


def _note(path: str, sha256: str) -> bytes:
    return json.dumps([path, sha256], ensure_ascii=False).encode() + b"\n"


def _read_notes(path: Path) -> dict[str, set[str]]:
    """All hashes noted of each file; a line that is torn or damaged counts for nothing."""
    try:
        lines = read_untrusted(path, LIST_LIMIT).splitlines()
    except OSError:
        return {}
    notes: dict[str, set[str]] = {}
    for line in lines:
        try:
            name, sha256 = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            continue
        if isinstance(name, str) and _is_inside(name):
            notes.setdefault(name, set()).add(str(sha256))
    return notes


def _is_inside(path: str) -> bool:
    """Whether a path of the notes, which somebody may have edited, stays in the folder."""
    return not (path.startswith("/") or ".." in path.split("/") or set("\\:\0") & set(path))
