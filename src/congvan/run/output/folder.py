"""The output folder: what earlier runs left in it, and how this run's files get into place.

A letter that an earlier run made from the same stays as it is. A run may make some tiers or some letters only: what is
there of the rest stays, and stays listed. What the job no longer has is removed. A file that cannot be written is one
finding; a full disk ends the run.
"""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from congvan.errors import OutputError
from congvan.findings import Finding, finding
from congvan.run.output.journal import JOURNAL, Journal, LetterLine
from congvan.run.output.manifest import FAILED, ManifestRow, OutputFile
from congvan.support.files import TEMPORARY_FILES, remove_empty_folders, sha256_of
from congvan.support.files import replace as rename

_NAMED: Final = 10
"""Letters a finding names; the rest is counted."""


class OutputFolder:
    """The folder ``path``; whoever uses it holds its lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal = Journal(path / JOURNAL)
        self._sealed: frozenset[str] = frozenset()
        self._inside: set[Path] = set()

    def keep(self, paths: Iterable[str]) -> None:
        """Let nothing take the place of these files of issued letters, even where the journal knows their hashes."""
        self._sealed = frozenset(paths)

    @property
    def numbered_paths(self) -> dict[str, str]:
        """Where the letters that have a number lie, by key and without ending."""
        lines = [line for line in self.journal.letters.values() if line.row.so is not None and line.row.files]
        return {line.key: line.row.files[0].path.rpartition(".")[0] for line in lines}

    def remove_temporary_files(self) -> None:
        """Remove the half-written lists, print files and journals of a killed run; letters are never half written."""
        for folder in (self.path, *_print_folders(self.path / "in"), self.path / ".congvan"):
            for path in folder.glob(TEMPORARY_FILES):
                with suppress(OSError):  # in nobody's way; the next run tries again
                    path.unlink()

    def row_in_place(self, key: str, build: str, paths: Mapping[str, str]) -> ManifestRow | None:
        """The row of a letter that an earlier run made from the same, if it lies at these ``paths`` and is whole."""
        line = self.journal.letters.get(key)
        if line is None or line.build != build or not line.row.is_done:
            return None
        for kind, path in paths.items():
            file = line.row.file(kind)
            if file is None or file.path != path or not self.is_whole(file):
                return None
        return line.row

    def earlier_row(self, key: str, position: int) -> ManifestRow | None:
        """The row of a letter that this run does not make, at its position now; None if its files are gone."""
        line = self.journal.letters.get(key)
        if line is None or not all((self.path / file.path).is_file() for file in line.row.files):
            return None
        return replace(line.row, thu_tu=position)

    def is_whole(self, file: OutputFile) -> bool:
        """Whether the file has the hash that was noted for it."""
        return sha256_of(self.path / file.path) == file.sha256

    def is_edited(self, file: OutputFile) -> bool:
        """Whether somebody changed the file since congvan wrote it; one that is gone was not edited."""
        place = self.path / file.path
        return place.is_file() and sha256_of(place) not in self.journal.hashes.get(file.path, ())

    def is_blocked(self, file: OutputFile, staged: str) -> bool:
        """Whether something lies in the place of ``file`` that congvan did not write.

        ``staged`` is the path of the file that is to lie there. A part of it, which a power cut may have left, is no
        obstacle.
        """
        place = self.path / file.path
        if not place.is_file() or self.is_whole(file):
            return False
        if file.path in self._sealed:
            return True
        if not self.is_edited(file):
            return False
        return not (self.path / staged).read_bytes().startswith(place.read_bytes())

    def move_into_place(
        self, lines: Sequence[LetterLine], staged: Mapping[str, str], shared: Collection[str]
    ) -> Iterator[Finding | None]:
        """Rename the staged files of ``lines`` into place; yields for each letter why it could not be, or None.

        ``staged`` are their staged paths by the paths of their places. Files of the ``shared`` builds are copied, since
        other letters need them, too. The journal has the lines first, so that a later run knows of the files in any
        case.

        Raises:
            OutputError: when the disk is full or refuses all files.
        """
        self.journal.add(*lines)
        for line in lines:
            yield self._move_letter(line, staged, copy=line.build in shared)

    def _move_letter(self, line: LetterLine, staged: Mapping[str, str], *, copy: bool) -> Finding | None:
        for file in line.row.files:
            try:
                self._move(staged[file.path], file, copy=copy)
            except OSError as error:
                return finding_of_one_file(OutputError(self.path / file.path, error))
        return None

    def _move(self, source: str, file: OutputFile, *, copy: bool) -> None:
        place = self.path / file.path
        self._require_inside(place.parent)
        if place.exists():
            if self.is_whole(file):  # an unchanged file keeps its time stamp
                return
            if self.is_blocked(file, source):  # edited since the run began
                raise FileExistsError(errno.EEXIST, finding("batch-file-edited-now").message, str(place))
        moved = self.path / source
        if copy:
            duplicate = moved.with_name(f"{moved.name}.copy")
            duplicate.write_bytes(moved.read_bytes())
            moved = duplicate
        _rename(moved, place)

    def _require_inside(self, folder: Path) -> None:
        """Refuse a folder of letters that a symbolic link leads out of the output folder."""
        if folder not in self._inside:
            root = self.path.resolve()
            if not folder.resolve().is_relative_to(root):
                raise OSError(errno.ELOOP, finding("batch-folder-link", path=folder, why="").message, str(folder))
            self._inside.add(folder)

    def move(self, source: str, target: str) -> None:
        """Rename a file of the folder, and remove the folders that this leaves empty.

        Raises:
            OSError: when it cannot be moved: it may be open in another program.
        """
        _rename(self.path / source, self.path / target)
        remove_empty_folders((self.path / source).parent, self.path)

    def remove_stale(self, wanted: Iterable[str]) -> Iterator[Finding]:
        """Remove the files of earlier runs that are not ``wanted`` any more; what was edited by hand stays."""
        root = self.path.resolve()
        names = {file.path: line.row.name for line in self.journal.letters.values() for file in line.row.files}
        removed: dict[str, None] = {}
        for name in sorted(self.journal.earlier_paths.difference(wanted)):
            path = (self.path / name).resolve()
            if not path.is_relative_to(root) or not path.is_file():
                continue
            if self.is_edited(OutputFile(name, "")):
                yield finding("batch-stale-edited", path=name)
                continue
            try:
                path.unlink()
                removed[names.get(name, name)] = None
            except OSError as error:
                why = error.strerror or str(error)
                yield finding("batch-stale-stays", path=path.relative_to(root).as_posix(), why=why)
            remove_empty_folders(path.parent, root)
        if removed:
            yield finding("batch-stale-removed", count=len(removed), letters=shortened([*removed]))


def _rename(source: Path, target: Path) -> None:
    try:
        rename(source, target)
    except FileNotFoundError:  # the first file of its folder
        target.parent.mkdir(parents=True, exist_ok=True)
        rename(source, target)


def _print_folders(folder: Path) -> list[Path]:
    try:
        return [folder, *(path for path in folder.iterdir() if path.is_dir())]
    except OSError:
        return []


def failed_line(line: LetterLine) -> LetterLine:
    """The line of a letter that could not be put into place: the next run makes it again."""
    row = replace(line.row, trang_thai=FAILED, docx=None, pdf=None)
    return LetterLine(line.key, line.content, "", row)


def finding_of_one_file(error: OutputError) -> Finding:
    """The finding of an error about one file; one about the whole disk ends the run."""
    if error.of_all_files:
        raise error
    return error.finding


def shortened(names: Sequence[str]) -> str:
    """The first names of a list: ``12/ĐLHL, 13/ĐLHL … (40)``."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} … ({len(names)})"
