"""The output folder: letters, print files, manifest and index, and what earlier runs left in it.

What an earlier run made of the same stays as it is. A run may make some tiers or some letters only: what there is
of the rest stays, and stays listed. What the campaign no longer has is taken away, so that no letter lies
there that is not meant. A file that cannot be written is one finding; a full disk ends the run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from congvan import __version__
from congvan.batch.basis import digest
from congvan.batch.journal import Begun, Journal, LetterLine, Line, PrintLine
from congvan.batch.laying import Laid, lay_down
from congvan.batch.lists import NAMES, Lists
from congvan.batch.manifest import ManifestRow, OutputFile, State
from congvan.batch.place import Places, tier_folders
from congvan.batch.portion import Portion
from congvan.batch.stream import Made
from congvan.batch.target import Target
from congvan.batch.writing import (
    file_digest,
    put_in_place,
    put_through,
    reason,
    remove_empty,
    take_away,
    write_through,
)
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import EngineError, OutputError
from congvan.findings import Finding, Report, finding

if TYPE_CHECKING:
    from congvan.batch.head_start import HeadStart, Printed


class OutputFolder:
    """The folder a plan is carried out in; ``formats`` are the kinds of file this run writes."""

    def __init__(self, out: Path, plan: Plan, formats: Sequence[str], journal: Journal) -> None:
        self.out = out
        self._plan = plan
        self.formats = formats
        self._places = Places(plan)
        self._folders = tier_folders(plan)
        self._journal = journal
        self._run = os.getpid()
        self._root = os.path.abspath(out)  # noqa: PTH100 - for processes that know no other folder
        self._ahead = iter(plan.whole)
        self._stems: dict[int, str] = {}
        self._head_starts: dict[str, HeadStart] = {}

    def kept(self, portion: Portion) -> dict[int, ManifestRow]:
        """The rows, by their place, of letters that an earlier run made from the same, if their files are whole."""
        if self._journal.letters.keys().isdisjoint(item.key for item in portion.items):
            return {}
        pairs = zip(portion.items, portion.bases, strict=True)
        return {item.position: row for item, basis in pairs if (row := self._kept(item, basis))}

    def _kept(self, item: PlannedLetter, basis: str) -> ManifestRow | None:
        line = self._journal.letters.get(item.key)
        if line is None or line.basis != basis or line.row.trang_thai != "xong":
            return None
        files = {kind: line.row.file(kind) for kind in self.formats}
        for kind, made in files.items():
            if made is None or made.path != self._path(item, kind) or not self._is_whole(made):
                return None
        return _row(item, line.row.trang, files, "xong")

    def target(self, item: PlannedLetter) -> Target:
        """Where the files of a letter go."""
        stem = self._stems[item.position] = self._places.of(item)
        return self._target(stem)

    def _target(self, stem: str) -> Target:
        return Target(f"{self._root}/{stem}", tuple(self.formats), self._run)

    def write_portion(self, portion: Portion, made: Sequence[Made]) -> list[tuple[ManifestRow, str | None]]:
        """Put the files of a portion's letters in place; the row of each, and why it is not whole if it is not.

        Which files they are is taken down before the first appears, so that a later run knows of them in any case.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        stems = [self._stems.pop(item.position, "") or self._places.of(item) for item in portion.items]
        self._journal.add(Begun(tuple(f"{stem}.{kind}" for stem in stems for kind in self.formats)))
        written: list[tuple[ManifestRow, str | None]] = []
        try:
            for item, stem, one in zip(portion.items, stems, made, strict=True):
                written.append(self._write_letter(item, stem, one))
        finally:
            told = zip(portion.items, _bases(portion, made), written, strict=False)
            lines = (LetterLine(item.key, "" if failure else basis, row) for item, basis, (row, failure) in told)
            self._journal.add(*lines)
        return written

    def _write_letter(self, item: PlannedLetter, stem: str, made: Made) -> tuple[ManifestRow, str | None]:
        laid = made if isinstance(made, Laid) else lay_down(made, self._target(stem))
        files: dict[str, OutputFile | None] = {}
        failure = laid.failure
        if laid.trouble:
            refused = self.out / f"{stem}{Path(laid.trouble.filename).suffix}"
            failure = _alone(OutputError(refused, laid.trouble)).message
        for file in laid.files:
            path = f"{stem}.{file.kind}"
            try:
                if file.new:
                    put_in_place(f"{self._root}/{path}", self._run)
                files[file.kind] = OutputFile(path, file.sha256)
            except OSError as error:
                failure = _alone(OutputError(self.out / path, error)).message
        if failure:
            self._clear(stem)
        return _row(item, laid.pages, files, "loi" if failure else "xong"), failure

    def _clear(self, stem: str) -> None:
        """Leave nothing of a letter beside its places, as a process may that died at it."""
        target = self._target(stem)
        for kind in target.kinds:
            take_away(target.path(kind), self._run)

    def with_earlier(self, rows: Mapping[int, ManifestRow]) -> tuple[ManifestRow, ...]:
        """``rows``, by their place, and those of earlier runs that the campaign still has and this run did not make."""
        found = (rows.get(item.position) or self._earlier(item) for item in self._plan.whole)
        return tuple(row for row in found if row)

    def _earlier(self, item: PlannedLetter) -> ManifestRow | None:
        line = self._journal.letters.get(item.key)
        is_there = line is not None and all((self.out / made.path).is_file() for made in line.row.files)
        return replace(line.row, thu_tu=item.position) if line and is_there else None

    def print_so_far(self, rows: Mapping[int, ManifestRow], last: PlannedLetter) -> None:
        """Go on with the print file of the tier of ``last``, a letter that was made, as far as there.

        Those of tiers in which nothing is made are left for the end: mostly they are there already.
        """
        found = (rows.get(item.position) or self._earlier(item) for item in self._up_to(last))
        if letters := list(_printed(row for row in found if row)):
            self._head_start(last.cap).add(letters)

    def _up_to(self, last: PlannedLetter) -> Iterator[PlannedLetter]:
        """The letters of the tier of ``last``, from where it was gone on last time."""
        for item in self._ahead:
            if item.cap == last.cap:
                yield item
            if item.position == last.position:
                return

    def _head_start(self, cap: str) -> HeadStart:
        from congvan.batch.head_start import HeadStart

        if cap not in self._head_starts:
            self._head_starts[cap] = HeadStart(self.out, self._print_path(cap), self._run)
        return self._head_starts[cap]

    def write_print_files(self, rows: Iterable[ManifestRow]) -> tuple[dict[str, str], list[Finding]]:
        """One PDF a tier for the printer: their paths by tier, and which could not be written.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        written: dict[str, str] = {}
        refused: list[Finding] = []
        for cap, group in groupby(rows, key=lambda row: row.cap):
            letters = list(_printed(group))
            try:
                if letters:
                    written[cap] = self._write_print_file(cap, self._print_path(cap), letters)
            except OutputError as error:
                refused.append(_alone(error))
            except EngineError as error:
                refused.append(_print_file_failure(cap, self.out / self._print_path(cap), error))
        return written, refused

    def remove_stale(self, rows: Iterable[ManifestRow], print_files: Iterable[str]) -> Iterator[Finding]:
        """Take away the files of earlier runs that are among neither."""
        wanted = {made.path for row in rows for made in row.files} | set(print_files)
        root = self.out.resolve()
        paths = [(self.out / name).resolve() for name in sorted(self._journal.earlier_paths - wanted)]
        gone = 0
        for path in paths:
            if path.is_relative_to(root) and path.is_file():
                try:
                    path.unlink()
                    gone += 1
                except OSError as error:
                    yield finding("batch-stale-stays", path=path.relative_to(root).as_posix(), why=reason(error))
                remove_empty(path.parent, root)
        if gone:
            yield finding("batch-stale-removed", count=gone)

    def lists(self, rows: Sequence[ManifestRow], print_files: dict[str, str], report: Report) -> Lists:
        """What is to be written about ``rows``."""
        campaign = self._plan.campaign
        return Lists(self._root, self._run, campaign.ma, campaign.ten, rows, print_files, report)

    def put_lists(self, laid: Sequence[OSError | None]) -> Iterator[Finding]:
        """Put the lists in place that were laid beside it; those that could not be written.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        for name, trouble in zip(NAMES, laid, strict=True):
            try:
                _put(self.out / name, trouble)
            except OutputError as error:
                yield _alone(error)

    def settle(self, rows: Iterable[ManifestRow], print_files: Mapping[str, str]) -> None:
        """Let the journal say what there is now, and nothing of how it came about.

        Raises:
            OutputError: when it cannot be written.
        """
        self._journal.settle(self._lines(rows, print_files))

    def _lines(self, rows: Iterable[ManifestRow], print_files: Iterable[str]) -> Iterator[Line]:
        keys = {item.position: item.key for item in self._plan.whole}
        letters = self._journal.letters
        for row in rows:
            line = letters[keys[row.thu_tu]]
            yield line if line.row is row else LetterLine(line.khoa, line.basis, row)
        yield from (self._journal.print_files[cap] for cap in print_files)

    def _write_print_file(self, cap: str, path: str, letters: Sequence[Printed]) -> str:
        basis = digest([__version__, path, *((title, made.sha256) for title, made in letters)])
        line = self._journal.print_files.get(cap)
        begun = self._head_starts.pop(cap, None)
        if line and line.basis == basis and self._is_whole(line.file):
            if begun:
                begun.give_up()
            return path
        self._journal.add(Begun((path,)))
        if begun and begun.completed(letters):
            made = OutputFile(path, put_through(self.out / path))
        else:
            made = OutputFile(path, write_through(self.out / path, _print_writer(_InOrder(self.out, letters))))
        self._journal.add(PrintLine(cap, basis, made))
        return path

    def _print_path(self, cap: str) -> str:
        return f"in/{self._folders[cap]}.pdf"

    def _path(self, item: PlannedLetter, kind: str) -> str:
        return f"{self._places.of(item)}.{kind}"

    def _is_whole(self, made: OutputFile) -> bool:
        return file_digest(self.out / made.path) == made.sha256


class _InOrder:
    """The letters of a print file, read from disk one by one, as often as need be."""

    def __init__(self, out: Path, letters: Sequence[Printed]) -> None:
        self._out = out
        self._letters = letters

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return ((title, (self._out / made.path).read_bytes()) for title, made in self._letters)


def _print_writer(letters: _InOrder) -> Callable[[BinaryIO], object]:
    """What writes the letters one after another for the printer."""
    from congvan.pdf.print.print_file import write_print_file

    return lambda target: write_print_file(target, letters)


def _put(path: Path, trouble: OSError | None) -> None:
    """Put what was laid beside ``path`` in place, unless there was ``trouble`` with it.

    Raises:
        OutputError: when there was, or it cannot be put there.
    """
    if trouble:
        raise OutputError(path, trouble)
    put_through(path)


def _print_file_failure(cap: str, path: Path, error: EngineError) -> Finding:
    """Why there is no print file; a disk that takes nothing any more ends the run."""
    cause = error.__cause__
    if isinstance(cause, OSError) and (refused := OutputError(path, cause)).of_all_files:
        raise refused from error
    return finding("batch-print-file-failed", cap=cap, why=error.reason)


def _alone(error: OutputError) -> Finding:
    """What ``error`` found, if it is about one file alone; if about the disk, it ends the run."""
    if error.of_all_files:
        raise error
    return error.finding


def _row(item: PlannedLetter, pages: int | None, files: Mapping[str, OutputFile | None], state: State) -> ManifestRow:
    document = item.document
    return ManifestRow(
        thu_tu=item.position,
        cap=item.cap,
        ma=item.ma,
        co_quan=document.co_quan,
        so=document.so,
        ky_hieu=document.ky_hieu,
        ngay=sys.intern(str(document.ngay)),
        loai=item.loai,
        trich_yeu=item.letter.trich_yeu,
        kinh_gui=document.nguoi_nhan,
        trang=pages,
        docx=files.get("docx"),
        pdf=files.get("pdf"),
        trang_thai=state,
    )


def _printed(rows: Iterable[ManifestRow]) -> Iterator[Printed]:
    """What a print file has of the letters of ``rows``."""
    return ((_bookmark(row), row.pdf) for row in rows if row.pdf)


def _bases(portion: Portion, made: Sequence[Made]) -> Sequence[str]:
    """What each letter was made from, as whoever made it says."""
    told = [one.basis for one in made if isinstance(one, Laid) and one.basis]
    return told if len(told) == len(made) else portion.bases


def _bookmark(row: ManifestRow) -> str:
    number = "…" if row.so is None else f"{row.so:02}"
    addressee = row.kinh_gui[0] if len(row.kinh_gui) == 1 else f"{len(row.kinh_gui)} nơi nhận"
    return f"{row.thu_tu}. {number}/{row.ky_hieu} - {addressee}"
