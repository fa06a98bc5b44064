"""PDFs for the printer, one a tier and for its rounds and bodies, written from the committed letters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from congvan.errors import EngineError, OutputError
from congvan.findings import Finding, finding
from congvan.run.fingerprint import fingerprint
from congvan.run.jobs import Job
from congvan.run.output.folder import OutputFolder, finding_of_one_file
from congvan.run.output.journal import PrintLine
from congvan.run.output.manifest import ManifestRow, OutputFile
from congvan.support.files import writing
from congvan.support.version import VERSION

COVER: Final = "Phiếu trình ký"
"""The bookmark of what goes in front of letters that are to be signed."""


def write_print_files(
    folder: OutputFolder, job: Job[Any], rows: Iterable[ManifestRow]
) -> tuple[dict[str, str], list[Finding]]:
    """The paths of the print files by what they are called, and the findings about those that could not be written.

    Raises:
        OutputError: when the disk is full or refuses all files.
    """
    paths: dict[str, str] = {}
    findings: list[Finding] = []
    for (name, path), letters in _letters_by_file(job, rows).items():
        try:
            if _write_print_file(folder, name, path, letters, job.cover(letters)):
                paths[name] = path
        except OutputError as error:
            findings.append(finding_of_one_file(error))
        except EngineError as error:
            findings.append(_unreadable(folder.path / path, name, error))
    return paths, findings


def _letters_by_file(job: Job[Any], rows: Iterable[ManifestRow]) -> dict[tuple[str, str], list[ManifestRow]]:
    """The letters of each print file, by its name and path; the whole tier's before those of its parts."""
    files: dict[tuple[str, str], list[ManifestRow]] = {}
    for row in rows:
        if row.pdf:
            for file in job.print_paths(row).items():
                files.setdefault(file, []).append(row)
    return files


def _write_print_file(folder: OutputFolder, name: str, path: str, letters: Sequence[ManifestRow], cover: bytes) -> bool:
    """Write the print file, unless it is there already; False where there is none, since no letter is there.

    A finding names an issued letter that is missing: a print file that has it stays, a new one has the others.
    """
    if _is_in_place(folder, name, path, _build(path, letters, cover)):
        return True
    there = [row for row in letters if row.pdf and (folder.path / row.pdf.path).is_file()]
    build = _build(path, there, cover)
    if not there or _is_in_place(folder, name, path, build):
        return bool(there)
    place = folder.path / path
    try:
        with writing(place) as target:
            _write_letters(target, _Letters(folder.path, there, cover))
            target.seek(0)
            sha256 = hashlib.file_digest(target, "sha256").hexdigest()  # type: ignore[arg-type]  # a real file
            folder.journal.add(PrintLine(name, build, OutputFile(path, sha256)))
    except OSError as error:
        raise OutputError(place, error) from error
    return True


def _build(path: str, letters: Sequence[ManifestRow], cover: bytes) -> str:
    """The fingerprint of what the print file is made from."""
    front = [hashlib.sha256(cover).hexdigest()] if cover else []
    return fingerprint([VERSION, path, *front, *((_bookmark(row), row.pdf) for row in letters)])


def _is_in_place(folder: OutputFolder, name: str, path: str, build: str) -> bool:
    line = folder.journal.print_files.get(name)
    return bool(line and line.build == build and line.file.path == path and folder.is_whole(line.file))


def _write_letters(target: BinaryIO, letters: _Letters) -> None:
    from congvan.pdf.print.print_file import write_print_file

    write_print_file(target, letters)


class _Letters:
    """Bookmark and PDF of each letter, read one at a time; may be iterated again."""

    def __init__(self, out: Path, rows: Sequence[ManifestRow], cover: bytes) -> None:
        self._out = out
        self._rows = rows
        self._cover = cover

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        if self._cover:
            yield COVER, self._cover
        for row in self._rows:
            assert row.pdf is not None
            yield _bookmark(row), (self._out / row.pdf.path).read_bytes()


def _bookmark(row: ManifestRow) -> str:
    number = "…" if row.so is None else f"{row.so:02}"
    addressee = row.kinh_gui[0] if len(row.kinh_gui) == 1 else f"{len(row.kinh_gui)} nơi nhận"
    return f"{row.thu_tu}. {number}/{row.ky_hieu} - {addressee}"


def _unreadable(path: Path, name: str, error: EngineError) -> Finding:
    """The finding of a print file that could not be made; a full disk ends the run."""
    cause = error.__cause__
    if isinstance(cause, OSError) and (refused := OutputError(path, cause)).of_all_files:
        raise refused from error
    return finding("batch-print-file-failed", cap=name, why=error.reason)
